"""A lesson's snapshot: its notebook executed once and rendered once, kept by content hash."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import CellExecutionError

import manabiba_subjects
import manabiba_widgets
from manabiba_kernels import ForkError, SnapshotError
from manabiba_widgets import Solution

from ._voila import render_notebook
from .courses import Course, Lesson
from .execution import STATE_MIME, execute, has_forks_of
from .glossary import Term
from .shared_gzip import SharedText
from .term_links import link_terms

SECRETS_MIME = "application/vnd.manabiba.solutions+json"
VIEW_MIME = "application/vnd.jupyter.widget-view+json"

# Runs in the lesson's kernel after the lesson; its output never leaves the server.
_TELL_SOLUTIONS = f"""
from IPython.display import publish_display_data as _publish
from manabiba_widgets import exercises as _exercises
_publish({{"{SECRETS_MIME}": {{
    exercise.exercise_id: (lambda s: None if s is None else [s.answer, s.explanation])(
        exercise.solution())
    for exercise in _exercises()
}}}})
"""

# Runs in the lesson's kernel before the lesson: page and kernel agree on the ids of widgets.
_NUMBER_WIDGETS = "from manabiba_widgets.page import number_widgets as _n; _n(); del _n"

_log = logging.getLogger(__name__)


class LessonError(RuntimeError):
    """A lesson whose notebook cannot be executed; the message names cell and error."""


@dataclass(frozen=True, kw_only=True)
class ExerciseOnPage:
    """An exercise as the page shows it: nothing of it is secret."""

    id: str
    kind: str
    spec: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class ExplorableOnPage:
    """A figure the reader moves: no answer, no points, no kernel."""

    id: str
    kind: str
    spec: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading of the table of contents."""

    anchor: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A rendered lesson. `solutions` stays on the server until feedback is released."""

    lesson_id: str
    version: str
    html: str
    sections: tuple[Section, ...]
    exercises: tuple[ExerciseOnPage, ...]
    other_widgets: bool
    """Whether the page shows widgets that only Voilà's own front end knows."""
    solutions: Mapping[str, Solution] = field(repr=False)
    explorables: tuple[ExplorableOnPage, ...] = ()
    terms: tuple[Term, ...] = ()
    """The glossary's terms that the text links to."""

    @cached_property
    def shared_html(self) -> SharedText:
        """The lesson's text for its page."""
        return SharedText.of(self.html)

    @cached_property
    def shared_exercises(self) -> SharedText:
        """What its page knows of the exercises and explorables: JSON, the same for everybody."""
        shown = (*self.explorables, *self.exercises)
        data = {
            name: [vars(one) for one in shown if isinstance(one, kind)]
            for name, kind in (("explorables", ExplorableOnPage), ("exercises", ExerciseOnPage))
        }
        return SharedText.of(public_json(data))

    @property
    def exercise_ids(self) -> tuple[str, ...]:
        return tuple(exercise.id for exercise in self.exercises)

    @property
    def kinds(self) -> list[str]:
        """The kinds whose modules the page needs."""
        exercises = {exercise.kind for exercise in self.exercises}
        return sorted(exercises | {explorable.kind for explorable in self.explorables})


def code_cells(notebook: nbformat.NotebookNode) -> list[str]:
    """The sources that a kernel runs to become the lesson's kernel."""
    return [
        _NUMBER_WIDGETS,
        *(cell.source for cell in notebook.cells if cell.cell_type == "code"),
    ]


def lesson_version(lesson: Lesson) -> str:
    """A hash of everything the lesson's page is made of: notebook and our packages' sources."""
    found = lesson.notebook.stat()  # read again only when the file is another one or was written
    return _version(lesson.notebook, found.st_mtime_ns, found.st_size, found.st_ino)


@lru_cache(maxsize=1000)
def _version(notebook: Path, *written: int) -> str:
    digest = hashlib.sha256(notebook.read_bytes())
    digest.update(_packages_digest())
    return digest.hexdigest()[:16]


@cache
def _packages_digest() -> bytes:
    digest = hashlib.sha256()
    for package in (manabiba_widgets, manabiba_subjects):
        folder = Path(str(package.__file__)).parent
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".js", ".css", ".json", ".toml"}:
                digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.digest()


async def take_snapshot(lesson: Lesson, glossary: Sequence[Term] = ()) -> Snapshot:
    """Execute and render a lesson's notebook, its text linked to the glossary.

    Raises LessonError when a cell raises; names the notebook, the cell and the error.
    """
    version = lesson_version(lesson)
    notebook = nbformat.read(lesson.notebook, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(_NUMBER_WIDGETS))
    notebook.cells.append(nbformat.v4.new_code_cell(_TELL_SOLUTIONS))
    try:
        await execute(notebook, snapshot_key(lesson, version))
    except (CellExecutionError, SnapshotError, ForkError) as error:
        raise LessonError(_about(lesson, notebook, error)) from error
    del notebook.cells[0]
    told = notebook.cells.pop()
    secrets = next(
        output.data[SECRETS_MIME]
        for output in told.outputs
        if output.output_type == "display_data" and SECRETS_MIME in output.data
    )
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade"):
            cell.outputs = []
    widgets = notebook.metadata.get("widgets", {}).get(STATE_MIME, {}).get("state", {})
    other_widgets = _mark_other_widgets(notebook, widgets)
    html, terms = link_terms(await render_notebook(notebook), glossary)
    return Snapshot(
        lesson_id=lesson.id,
        version=version,
        html=html,
        sections=tuple(_sections(html)),
        exercises=tuple(_exercises(widgets, list(secrets))),
        other_widgets=other_widgets,
        solutions={
            exercise_id: Solution(answer=pair[0], explanation=pair[1])
            for exercise_id, pair in secrets.items()
            if pair is not None
        },
        explorables=tuple(_explorables(widgets)),
        terms=terms,
    )


def snapshot_key(lesson: Lesson, version: str) -> str:
    """The name of a version of a lesson among the snapshots that can be forked."""
    return f"{lesson.id}-{version}"


def _about(lesson: Lesson, notebook: nbformat.NotebookNode, error: Exception) -> str:
    """What an author needs: notebook, cell, error, what to do."""
    if not isinstance(error, SnapshotError):
        return f"{lesson.notebook.name}: {error}; correct it and open the page again"
    code = [(n, cell) for n, cell in enumerate(notebook.cells, -1) if cell.cell_type == "code"]
    number, cell = code[error.cell]  # counted without the cell put before the notebook's own
    name = cell.metadata.get("nbgrader", {}).get("grade_id", f"cell {number}")
    return (
        f"{lesson.notebook.name}: cell {number} ({name}): "
        f"{error.name}: {error.message}; correct it and open the page again"
    )


def _exercises(widgets: Mapping[str, Any], order: list[str]) -> list[ExerciseOnPage]:
    states = {
        model["state"]["exercise_id"]: model["state"]
        for model in widgets.values()
        if "exercise_id" in model.get("state", {})
    }
    return [
        ExerciseOnPage(id=name, kind=states[name]["exercise_kind"], spec=states[name]["spec"])
        for name in order
    ]


def _explorables(widgets: Mapping[str, Any]) -> list[ExplorableOnPage]:
    states = [model.get("state", {}) for model in widgets.values()]
    return [
        ExplorableOnPage(
            id=state["explorable_id"], kind=state["explorable_kind"], spec=state["spec"]
        )
        for state in states
        if "explorable_id" in state
    ]


def _mark_other_widgets(notebook: nbformat.NotebookNode, widgets: Mapping[str, Any]) -> bool:
    """Mark what Voilà's front end has to show; whether there is anything."""
    found = False
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            view = output.get("data", {}).get(VIEW_MIME)
            state = widgets.get(view["model_id"], {}).get("state", {}) if view else {}
            if view and not {"exercise_id", "explorable_id"} & state.keys():
                output.metadata["manabiba_voila"] = found = True
    return found


class _Headings(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Section] = []
        self._anchor: str | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "h2":
            self._anchor, self._text = dict(attrs).get("id") or "", []

    def handle_data(self, data: str) -> None:
        if self._anchor is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "h2" and self._anchor is not None:
            title = unescape("".join(self._text)).strip()
            self.found.append(Section(anchor=self._anchor, title=title))
            self._anchor = None


def _sections(html: str) -> list[Section]:
    headings = _Headings()
    headings.feed(html)
    return headings.found


class Snapshots:
    """The snapshots of all lessons, taken on demand, renewed when a notebook changes."""

    def __init__(self, courses: Mapping[str, Course]) -> None:
        self._courses = courses
        self._kept: dict[str, Snapshot] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    def latest(self, lesson_id: str) -> Snapshot | None:
        """The newest snapshot there is, without waiting for one."""
        return self._kept.get(lesson_id)

    async def of(self, lesson: Lesson) -> Snapshot:
        """The snapshot of the lesson's present notebook. Raises LessonError."""
        kept = self._kept.get(lesson.id)
        if kept is not None and kept.version == lesson_version(lesson):
            return kept
        async with self._locks.setdefault(lesson.id, asyncio.Lock()):
            kept = self._kept.get(lesson.id)
            if kept is None or kept.version != lesson_version(lesson):
                kept = await self._take(lesson)
            return kept

    async def forkable(self, lesson: Lesson) -> str:
        """The key of the present notebook's process, which is started again if it has ended.

        Raises LessonError.
        """
        key = snapshot_key(lesson, (await self.of(lesson)).version)
        if not has_forks_of(key):
            async with self._locks[lesson.id]:
                if not has_forks_of(key):
                    key = snapshot_key(lesson, (await self._take(lesson)).version)
        return key

    async def _take(self, lesson: Lesson) -> Snapshot:
        # In a thread with a loop of its own: in the main thread nbclient would take SIGINT and
        # SIGTERM from the server and put them back as "die at once".
        course = self._courses.get(lesson.course_id)
        glossary = course.glossary if course else ()
        taken = await asyncio.to_thread(lambda: asyncio.run(take_snapshot(lesson, glossary)))
        self._kept[lesson.id] = taken
        _log.info("snapshot of %s taken: %s", lesson.id, taken.version)
        return taken


def lesson_texts(lesson: Lesson) -> tuple[dict[str, str], dict[str, Solution]]:
    """Titles and solutions of a lesson's exercises by id, in the lesson's order."""
    snapshot = asyncio.run(take_snapshot(lesson))
    titles = {exercise.id: str(exercise.spec["title"]) for exercise in snapshot.exercises}
    return titles, dict(snapshot.solutions)


def public_json(data: object) -> str:
    """JSON to stand inside a `<script type="application/json">` element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
