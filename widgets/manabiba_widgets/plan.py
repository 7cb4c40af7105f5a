"""Plan: a logic model, written in one's own words or sorted from given entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from . import classify
from .checks import Check, check_errors, judge_checks
from .classify import ClassifyKey, ClassifySpec, placed_of
from .exercise import CheckMode, Solution, refuse
from .free_text import Criterion, GradedByHand
from .judgement import Judgement, Part, formal, incomplete, of_score
from .plan_table import (
    LOGIC_MODEL,
    MOST_ENTRIES,
    PlanColumn,
    column_errors,
    read_entries,
)


@dataclass(frozen=True)
class PlanKey:
    """What a good plan has; without checks it is graded by hand."""

    checks: tuple[Check, ...]
    explanation: str = ""


def judge(
    columns: Sequence[PlanColumn], key: PlanKey | None, answer: Mapping[str, Any]
) -> Judgement:
    """The share of the points of the checks that passed.

    Without a key (or with one that has no checks) only the form is judged: every column has an
    entry.
    """
    entries = read_entries(columns, answer)
    gaps = tuple(
        Part(input=column.id, ok=False, message=f"「{column.label}」を1つ書いてみましょう。")
        for column in columns
        if not entries.texts[column.id]
    )
    if len(gaps) == len(columns):
        return incomplete("まだ何も書かれていません。書けるところからでかまいません。", gaps)
    left = f"まだ書かれていない列が{len(gaps)}つあります。"
    if key is None or not key.checks:
        return incomplete(left, gaps) if gaps else formal()
    empty = {part.input for part in gaps}
    score, told = judge_checks(key.checks, entries.values, empty)
    if gaps:
        told = tuple(part for part in told if part.input.split(":")[1] not in empty)
        return Judgement(score=score, status="incomplete", message=left, parts=(*gaps, *told))
    if all(part.ok for part in told):
        return of_score(1.0, "計画として、必要なことがそろっています。", told)
    return of_score(score, "「まだ」の印がついたところを書き足してみましょう。", told)


class Plan(GradedByHand):
    """Columns of a plan.

    Answer: `{"entries": {column: [{"id": "e1", "text": words}]}, "arrows": [["e1", "e2"]]}`; where
    entries are given to be sorted, `{"placed": {entry: column}}`.
    """

    kind = "plan"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        columns: Sequence[PlanColumn] = LOGIC_MODEL,
        entries: Mapping[str, str] | None = None,
        hints: Sequence[str] = (),
        check: CheckMode = "full",
    ) -> None:
        refuse(exercise_id, column_errors(columns))
        self._columns = tuple(columns)
        self._sorting: ClassifySpec | None = None
        if entries is not None:
            self._sorting = ClassifySpec({c.id: c.label for c in columns}, dict(entries))
        refuse(exercise_id, ["there are no entries"] if entries == {} else [])
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            check=check,
            columns=[asdict(column) for column in columns],
            entries=None if entries is None else dict(entries),
            most=MOST_ENTRIES,
        )

    def key(
        self,
        *,
        checks: Sequence[Check] = (),
        rubric: Sequence[Criterion] = (),
        placed: Mapping[str, str | set[str]] | None = None,
        mistakes: Mapping[str, Mapping[str, str]] | None = None,
        explanation: str = "",
    ) -> None:
        """Set what a good plan has: checks, and a rubric for what is graded by hand.

        Participants read the rubric. Without checks everything is graded by hand: the points
        are the rubric's, and 「確かめる」 looks at the form alone. Where entries are given to be
        sorted, `placed` has the right column (or columns) of each, `mistakes` what to say about
        a wrong one.
        """
        if self._sorting is not None:
            refuse(
                self.exercise_id,
                ["checks and rubric are for plans in own words"] if checks or rubric else [],
            )
            sorted_key = ClassifyKey(
                {
                    entry: frozenset({right} if isinstance(right, str) else right)
                    for entry, right in (placed or {}).items()
                },
                dict(mistakes or {}),
                explanation,
            )
            refuse(self.exercise_id, classify.key_errors(self._sorting, sorted_key))
            self._key = sorted_key
            return
        key = PlanKey(tuple(checks), explanation)
        errors = [] if checks or rubric else ["checks or a rubric are needed"]
        if placed or mistakes:
            errors.append("placed and mistakes are for entries that are given to be sorted")
        empty = read_entries(self._columns, {}).values
        errors += check_errors(key.checks, [column.id for column in self._columns], empty)
        refuse(self.exercise_id, errors)
        self._key = key
        self._show_rubric(rubric, is_checked=bool(checks))

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        key = self._key if with_key else None
        if self._sorting is not None:
            return classify.judge(self._sorting, key, answer)
        return judge(self._columns, key, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        if self._sorting is not None:
            placed = placed_of(self._sorting, answer)
            return self._sorted({entry: {column} for entry, column in placed.items()})
        entries = read_entries(self._columns, answer)
        lines = [
            f"{column.label}: {'、'.join(entries.texts[column.id])}"
            for column in self._columns
            if entries.texts[column.id]
        ]
        lines += [
            f"矢印: {entries.texts[start[0]][start[1]]} → {entries.texts[end[0]][end[1]]}"
            for start, end in entries.arrows
        ]
        return "\n".join(lines)

    def solution(self) -> Solution | None:
        if isinstance(self._key, ClassifyKey):
            return Solution(self._sorted(self._key.groups), self._key.explanation)
        if self._key is None or not self._key.checks:
            return None
        labels = {column.id: f"{column.label}: " for column in self._columns}
        lines = [
            f"・{labels.get(check.field or '', '')}{check.label or check.message}"
            for check in self._key.checks
        ]
        answer = "\n".join(["次のことがそろった計画です。", *lines])
        return Solution(answer, self._key.explanation)

    def _sorted(self, placed: Mapping[str, Any]) -> str:
        """A line for each column with what is put there."""
        texts = self._sorting.items if self._sorting else {}
        lines = []
        for column in self._columns:
            found = [texts[entry] for entry in texts if column.id in placed.get(entry, ())]
            if found:
                lines.append(f"{column.label}: {'、'.join(found)}")
        return "\n".join(lines)
