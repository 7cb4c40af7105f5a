"""FreeText: words of one's own, graded by hand along a rubric."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from IPython.display import HTML

from .exercise import CheckMode, Exercise, ExerciseError, Solution, is_grading
from .judgement import Judgement, formal, incomplete, text_of


@dataclass(frozen=True)
class Criterion:
    """One thing the grader looks for and the points it is worth."""

    label: str
    points: float
    description: str = ""


@dataclass(frozen=True)
class FreeTextSpec:
    """The length asked for, in characters; blanks at the ends do not count."""

    min_chars: int = 0
    max_chars: int = 2000


def judge(spec: FreeTextSpec, answer: Mapping[str, Any]) -> Judgement:
    """The form alone: whether the text has the length asked for."""
    length = len(text_of(answer.get("text")).strip())
    if length == 0:
        return incomplete("まだ何も書かれていません。短い文からでかまいません。")
    if length < spec.min_chars:
        return incomplete(f"あと{spec.min_chars - length}文字ほど書き足してみましょう。")
    if length > spec.max_chars:
        return incomplete(f"{length - spec.max_chars}文字多いので、短くしてみましょう。")
    return formal()


def for_the_grader(exercise: Exercise, rubric: Sequence[Criterion]) -> Any:
    """The participant's words and the rubric, to be displayed to the one who grades."""
    rows = "".join(
        f"<li>{html.escape(c.label)}({c.points:g}点){html.escape(c.description)}</li>"
        for c in rubric
    )
    show: Any = HTML
    return show(f"{exercise.answer_html()}<p>採点の観点</p><ul>{rows}</ul>")


class FreeText(Exercise):
    """A text graded by hand. Answer: `{"text": words}`."""

    kind = "free_text"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        rubric: Sequence[Criterion],
        min_chars: int = 0,
        max_chars: int = 2000,
        hints: Sequence[str] = (),
        check: CheckMode = "form",
    ) -> None:
        if not rubric or not 0 <= min_chars <= max_chars:
            raise ExerciseError(
                f"exercise {exercise_id}: a rubric and 0 ≤ min_chars ≤ max_chars are needed"
            )
        self._spec = FreeTextSpec(min_chars=min_chars, max_chars=max_chars)
        self._rubric = tuple(rubric)
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            check=check,
            min_chars=min_chars,
            max_chars=max_chars,
            rubric=[asdict(criterion) for criterion in self._rubric],
        )
        self.spec = {**self.spec, "points": sum(criterion.points for criterion in self._rubric)}

    def judge(self, answer: Mapping[str, Any], *, with_key: bool = False) -> Judgement:
        return judge(self._spec, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        return text_of(answer.get("text")).strip()

    def solution(self) -> Solution | None:
        return None

    def submission(self) -> Any:
        """The participant's words and the rubric, for the one who grades: the last value of
        the cell that is graded by hand. Nothing anywhere else."""
        if not is_grading():
            return None
        return for_the_grader(self, self._rubric)
