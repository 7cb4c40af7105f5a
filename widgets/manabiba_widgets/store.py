"""Where an exercise finds and leaves its answer."""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from .judgement import Judgement

FILE_NAME = "answers.json"


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What is kept of one exercise: the answer and how many hints were opened."""

    answer: dict[str, Any]
    hints_opened: int = 0


class AnswerStore(Protocol):
    """What an exercise needs of the place where answers are kept."""

    def load(self, exercise_id: str) -> Saved | None:
        """The saved answer, or None when there is none yet."""

    def save(self, exercise_id: str, saved: Saved) -> str | None:
        """Keep an answer; the time it was kept as `HH:MM`, None when somebody else keeps it."""

    def attempt(self, exercise_id: str, saved: Saved, judgement: Judgement) -> None:
        """Record that an answer was checked."""


class AnswersFileError(ValueError):
    """`answers.json` cannot be read as answers."""


def read_answers(path: Path) -> dict[str, Saved]:
    """The answers in a file written by `write_answers`.

    Raises AnswersFileError, naming the file, when it is not such a file.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {
            exercise_id: Saved(answer=dict(item["answer"]), hints_opened=int(item["hints_opened"]))
            for exercise_id, item in data["answers"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise AnswersFileError(
            f"{path}: not a file of answers ({error}); submit again or restore it"
        ) from error


def write_answers(path: Path, answers: Mapping[str, Saved]) -> None:
    """Write answers so that a crash leaves either the old file or the new one."""
    data = {
        "version": 1,
        "answers": {
            exercise_id: {"answer": saved.answer, "hints_opened": saved.hints_opened}
            for exercise_id, saved in answers.items()
        },
    }
    draft = path.with_name(path.name + ".draft")
    draft.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)


@dataclass(frozen=True)
class FileStore:
    """Answers in a JSON file: JupyterLab and autograding, where the notebook stands beside it."""

    path: Path

    def load(self, exercise_id: str) -> Saved | None:
        if not self.path.exists():
            return None
        return read_answers(self.path).get(exercise_id)

    def save(self, exercise_id: str, saved: Saved) -> str | None:
        answers = read_answers(self.path) if self.path.exists() else {}
        write_answers(self.path, {**answers, exercise_id: saved})
        return datetime.now().astimezone().strftime("%H:%M")

    def attempt(self, exercise_id: str, saved: Saved, judgement: Judgement) -> None:
        """Attempts are counted on the page only."""


def open_store() -> AnswerStore:
    """The store the surroundings name (`MANABIBA_STORE=module:factory`), else the file."""
    name = os.environ.get("MANABIBA_STORE", "")
    if not name:
        return FileStore(Path.cwd() / FILE_NAME)
    module, _, factory = name.partition(":")
    store: AnswerStore = getattr(importlib.import_module(module), factory)()
    return store


@dataclass(frozen=True)
class EmptyStore:
    """No answers and nowhere to keep any: a notebook that is executed to be rendered."""

    def load(self, exercise_id: str) -> Saved | None:
        return None

    def save(self, exercise_id: str, saved: Saved) -> str | None:
        return None

    def attempt(self, exercise_id: str, saved: Saved, judgement: Judgement) -> None:
        """Nothing is recorded."""


@dataclass(frozen=True)
class PageStore:
    """The answers a page's kernel begins with; keeping them is the server's business.

    So is recording attempts: the kernel has no way to the database.
    """

    answers: Mapping[str, Saved]

    def load(self, exercise_id: str) -> Saved | None:
        return self.answers.get(exercise_id)

    def save(self, exercise_id: str, saved: Saved) -> str | None:
        return None

    def attempt(self, exercise_id: str, saved: Saved, judgement: Judgement) -> None:
        """The server sees the judgement pass on its way to the page."""


def open_page_store() -> PageStore:
    """The answers in `MANABIBA_ANSWERS` (JSON: exercise id → answer and hints opened)."""
    data = json.loads(os.environ.get("MANABIBA_ANSWERS") or "{}")
    return PageStore(
        {
            exercise_id: Saved(answer=item["answer"], hints_opened=item["hints_opened"])
            for exercise_id, item in data.items()
        }
    )
