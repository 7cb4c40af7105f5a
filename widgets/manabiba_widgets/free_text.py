"""FreeText: words of one's own, graded by hand along a rubric."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from IPython.display import HTML

from .exercise import Exercise, ExerciseError, Solution, is_grading
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


class GradedByHand(Exercise):
    """An exercise that somebody grades along a rubric, as a whole or beside its checks."""

    _rubric: tuple[Criterion, ...] = ()

    def _show_rubric(self, rubric: Sequence[Criterion], *, is_checked: bool) -> None:
        """Let participants read the rubric. Where nothing `is_checked` its points are all."""
        self._rubric = tuple(rubric)
        public: dict[str, Any] = {"rubric": [asdict(criterion) for criterion in rubric]}
        if not is_checked:
            public |= {"check": "form", "points": sum(criterion.points for criterion in rubric)}
        self.spec = {**self.spec, **public}

    def submission(self) -> Any:
        """The participant's words and the rubric, for the one who grades: the last value of
        the cell that is graded by hand. Nothing anywhere else.

        Raises ExerciseError when the key has no rubric.
        """
        if not is_grading():
            return None
        if not self._rubric:
            raise ExerciseError(
                f"exercise {self.exercise_id}: graded by hand, but its key has no rubric"
            )
        rows = "".join(
            f"<li>{html.escape(c.label)}({c.points:g}点){html.escape(c.description)}</li>"
            for c in self._rubric
        )
        show: Any = HTML
        return show(f"{self.answer_html()}<p>採点の観点</p><ul>{rows}</ul>")


class FreeText(GradedByHand):
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
    ) -> None:
        if not rubric or not 0 <= min_chars <= max_chars:
            raise ExerciseError(
                f"exercise {exercise_id}: a rubric and 0 ≤ min_chars ≤ max_chars are needed"
            )
        self._spec = FreeTextSpec(min_chars=min_chars, max_chars=max_chars)
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            min_chars=min_chars,
            max_chars=max_chars,
        )
        self._show_rubric(rubric, is_checked=False)

    def judge(self, answer: Mapping[str, Any], *, with_key: bool = False) -> Judgement:
        return judge(self._spec, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        return text_of(answer.get("text")).strip()

    def solution(self) -> Solution | None:
        return None
