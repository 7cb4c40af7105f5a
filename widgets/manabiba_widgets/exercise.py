"""The base of all exercise kinds: one thing to answer inside a lesson."""

from __future__ import annotations

import html
import io
import logging
import os
import re
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal

import anywidget
import traitlets

from .judgement import Judgement
from .store import AnswerStore, Saved, open_store

STATIC = Path(__file__).parent / "static"
CheckMode = Literal["full", "form"]
"""`form`: until grading, only the form of the answer is judged (確認テスト)."""

_log = logging.getLogger(__name__)
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([a-z_]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=function|const|class)", re.MULTILINE)
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


class ExerciseError(ValueError):
    """An author's mistake in an exercise; the message names the exercise."""


@dataclass(frozen=True)
class Solution:
    """The right answer in words and why; shown only after feedback is released."""

    answer: str
    explanation: str = ""


def refuse(exercise_id: str, errors: Sequence[str]) -> None:
    """Tell an author at once all that is wrong with an exercise or its key.

    Raises ExerciseError unless there are no errors.
    """
    if errors:
        raise ExerciseError(f"exercise {exercise_id}: {'; '.join(errors)}")


@cache
def module_source(name: str, folder: Path = STATIC) -> str:
    """An ES module with its own imports written into it.

    On a page the modules import each other; JupyterLab gets a module as one text. A module
    from another folder still imports from ours.
    """
    source = (folder / f"{name}.js").read_text(encoding="utf-8")
    inlined: set[str] = set()

    def inline(match: re.Match[str]) -> str:
        dependency = match[1]
        if dependency in inlined:
            return ""
        inlined.add(dependency)
        text = (STATIC / f"{dependency}.js").read_text(encoding="utf-8")
        return _EXPORT.sub("", _IMPORT.sub(inline, text))

    return _IMPORT.sub(inline, source)


def on_page() -> bool:
    """Whether this kernel serves a participant's page (ids are then the exercises' own)."""
    return os.environ.get("MANABIBA_PAGE") == "1"


def is_grading() -> bool:
    """Whether nbgrader is autograding this notebook; a missing key is then an error."""
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"


_exercises: dict[str, Exercise] = {}


def exercises() -> tuple[Exercise, ...]:
    """The exercises of this notebook, in the order in which they were made."""
    return tuple(_exercises.values())


def reopen() -> None:
    """Give all exercises this process's store and the answers in it.

    For a fork of a process in which the notebook has run: the surroundings are new.
    """
    store = open_store()
    for exercise in _exercises.values():
        exercise.reopen(store)


def rehearse() -> None:
    """Let every judge look at an empty answer and at none, without a trace.

    For a process in which the notebook has run and that will be forked: what a first judgement
    changes in memory is then shared by all forks.
    """
    for exercise in _exercises.values():
        exercise.judge({}, with_key=exercise._key is not None)
    reopen()


class Exercise(anywidget.AnyWidget):
    """An exercise: what is asked, the participant's answer, and what the judge says of it.

    A kind gives `kind`, its own part of the public `spec`, `key`, `judge`, `words`, `solution`.
    What is synced (every trait below) can be read in the browser and is never secret.
    """

    kind: ClassVar[str] = ""
    modules: ClassVar[Path] = STATIC
    _css = STATIC / "exercise.css"

    exercise_id = traitlets.Unicode().tag(sync=True)
    exercise_kind = traitlets.Unicode().tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)
    hints_opened = traitlets.Int(0).tag(sync=True)
    check = traitlets.Int(0).tag(sync=True)
    feedback = traitlets.Dict().tag(sync=True)
    saved_at = traitlets.Unicode("").tag(sync=True)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "kind" in cls.__dict__:  # not the class anywidget makes for each instance
            cls._esm = module_source(cls.kind, cls.modules)
        super().__init_subclass__(**kwargs)

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        hints: Sequence[str] = (),
        check: CheckMode = "full",
        **public: Any,
    ) -> None:
        if not _ID.fullmatch(exercise_id):
            raise ExerciseError(
                f"exercise id {exercise_id!r}: use lower-case letters, digits and hyphens"
            )
        if on_page() and exercise_id in _exercises:
            raise ExerciseError(f"exercise {exercise_id}: this id is used twice in the notebook")
        self._store: AnswerStore = open_store()
        self._key: Any = None
        saved = self._store.load(exercise_id) or Saved(answer={})
        identity = {"model_id": f"exercise-{exercise_id}"} if on_page() else {}
        super().__init__(
            exercise_id=exercise_id,
            exercise_kind=self.kind,
            spec={
                "title": title,
                "prompt": prompt,
                "hints": list(hints),
                "check": check,
                **public,
            },
            answer=saved.answer,
            hints_opened=saved.hints_opened,
            **identity,
        )
        _exercises[exercise_id] = self
        self.observe(self._save, names=["answer", "hints_opened"])
        self.observe(self._check, names="check")

    def open(self) -> None:
        """Tell a front end of this widget; while grading there is none."""
        if not is_grading():
            super().open()

    # What a kind provides

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        """What the kind's judge says; without the key it looks at form alone."""
        raise NotImplementedError

    def words(self, answer: Mapping[str, Any]) -> str:
        """An answer as a person reads it, a line for each input; empty when nothing is there."""
        raise NotImplementedError

    def solution(self) -> Solution | None:
        """The right answer in words, or None while there is no key."""
        raise NotImplementedError

    # What the notebook uses

    def points(self, maximum: float) -> float:
        """The points the saved answer earns, 0.0 to `maximum`: a grade cell's last value.

        Without a key (the release version) a complete form counts as all points, so that
        `nbgrader validate` says whether something is missing. While grading a missing key is an
        ExerciseError instead: never a silent score.
        """
        self.spec = {**self.spec, "points": float(maximum)}
        if self._key is None and is_grading():
            raise ExerciseError(
                f"exercise {self.exercise_id}: no key; its grade cell lost its hidden tests"
            )
        with redirect_stderr(io.StringIO()):  # nbgrader gives zero to a cell that warns
            judgement = self.judge(self.answer, with_key=self._key is not None)
        score = 1.0 if judgement.status == "formal" else judgement.score
        return float(min(max(score, 0.0), 1.0) * maximum)

    def reopen(self, store: AnswerStore) -> None:
        """Take the answer from `store`, and keep it there from now on; nothing is saved now."""
        self._store = store
        saved = store.load(self.exercise_id) or Saved(answer={})
        with self.hold_trait_notifications():
            self.unobserve(self._save, names=["answer", "hints_opened"])
            self.answer, self.hints_opened = saved.answer, saved.hints_opened
        self.observe(self._save, names=["answer", "hints_opened"])

    def answer_html(self) -> str:
        """The participant's answer, escaped, for those who read it (formgrader)."""
        words = html.escape(self.words(self.answer) or "(未記入)").replace("\n", "<br>")
        return (
            f"<h4>{html.escape(self.spec['title'])}</h4>"
            f"<p>受講者の解答</p><blockquote>{words}</blockquote>"
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        if is_grading():  # nobody can work with a widget there; the words are what is read
            return {"text/html": self.answer_html(), "text/plain": self.words(self.answer)}, {}
        return super()._repr_mimebundle_(**kwargs)

    def _save(self, change: Any) -> None:
        saved = Saved(answer=dict(self.answer), hints_opened=self.hints_opened)
        saved_at = self._store.save(self.exercise_id, saved)
        if saved_at is not None:
            self.saved_at = saved_at

    def _check(self, change: Any) -> None:
        number = int(change["new"])
        if number == 0:
            return
        with_key = self._key is not None and self.spec["check"] == "full"
        try:
            judgement = self.judge(self.answer, with_key=with_key)
            saved = Saved(answer=dict(self.answer), hints_opened=self.hints_opened)
            self._store.attempt(self.exercise_id, saved, judgement)
        except Exception:
            _log.exception("exercise %s could not be judged", self.exercise_id)
            self.feedback = {
                "check": number,
                "status": "unavailable",
                "score": 0.0,
                "message": "いまは確かめられませんでした。解答は消えていません。"
                "もう一度「確かめる」を押してください。",
                "parts": [],
            }
            return
        self.feedback = {"check": number, **judgement.public()}
