"""nbgrader's own feedback pages of a run."""

from __future__ import annotations

from .grade import Progress
from .run_directory import RunDirectory


def generate_feedback(
    run: RunDirectory, lesson_id: str, *, on_progress: Progress = lambda done, of, who: None
) -> list[str]:
    """Write `feedback/<participant>/<lesson>/`; those for whom it failed, with the reason.

    The pages show words, scores and comments; keys and tests are never in them.
    """
    failed = []
    with run.nbgrader() as api:
        graded = sorted((run.path / "autograded").glob(f"*/{lesson_id}"))
        for number, folder in enumerate(graded):
            participant = folder.parent.name
            on_progress(number, len(graded), participant)
            said = api.generate_feedback(lesson_id, participant, force=True)
            if not said["success"]:
                failed.append(f"{participant}: {said.get('error') or said['log']}")
        on_progress(len(graded), len(graded), "")
    return failed
