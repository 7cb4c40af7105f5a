"""Document: a guided form that becomes a real paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .checks import Check, check_errors, judge_checks
from .document_form import (
    DocumentField,
    clean,
    field_errors,
    in_words,
    is_empty,
    read_field,
)
from .document_paper import Block, Paper, paper_errors, public_paper
from .exercise import CheckMode, Solution, refuse
from .free_text import Criterion, GradedByHand
from .judgement import Judgement, Part, formal, incomplete, mapping_of, of_score

_OPEN = "まだ書かれていない欄や、読めない欄があります。書けるところからでかまいません。"


@dataclass(frozen=True)
class DocumentKey:
    """What a good paper has; without checks it is graded by hand."""

    checks: tuple[Check, ...]
    explanation: str = ""


def judge(paper: Paper, key: DocumentKey | None, answer: Mapping[str, Any]) -> Judgement:
    """Score by checks: the share of the points of those that passed.

    Without a key (or with one that has no checks) only the form is judged: what is required is
    there, can be read, and has about the length asked for.
    """
    given = mapping_of(answer.get("fields"))
    read = {field.id: read_field(field, given.get(field.id)) for field in paper.fields}
    gaps = [
        Part(input=field.id, ok=False, message=problem or _ask(field))
        for field in paper.fields
        if (problem := read[field.id][1]) or (field.required and read[field.id][0] is None)
    ]
    if all(is_empty(field, given.get(field.id)) for field in paper.fields):
        return incomplete("まだ何も書かれていません。書けるところからでかまいません。", tuple(gaps))
    if key is None or not key.checks:
        gaps += _lengths(paper, given, {part.input for part in gaps})
        return incomplete(_OPEN, tuple(gaps)) if gaps else formal()
    values = {name: value for name, (value, _) in read.items()}
    score, told = judge_checks(key.checks, values, {part.input for part in gaps})
    parts = (*gaps, *told)
    if gaps:
        return Judgement(score=score, status="incomplete", message=_OPEN, parts=parts)
    if all(part.ok for part in told):
        return of_score(1.0, "書類として、必要なことがそろっています。", parts)
    return of_score(score, "「まだ」の印がついたところを書き足してみましょう。", parts)


def _ask(field: DocumentField) -> str:
    if field.kind == "choice":
        return "選んでください。"
    return "1行めを書いてみましょう。" if field.kind == "rows" else "ここを書いてみましょう。"


def _lengths(paper: Paper, given: Mapping[str, Any], told: set[str]) -> list[Part]:
    parts = []
    for field in paper.fields:
        length = len(clean(given.get(field.id)))
        if field.length is None or field.id in told or not length:
            continue
        least, most = field.length
        message = f"あと{least - length}文字ほど書き足してみましょう。" if length < least else ""
        if length > most:
            message = f"{length - most}文字多いので、短くしてみましょう。"
        if message:
            parts.append(Part(input=field.id, ok=False, message=message))
    return parts


class Document(GradedByHand):
    """A form that becomes a paper. Answer: `{"fields": {id: text | [{column: text}]}}`."""

    kind = "document"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        paper: str,
        fields: Sequence[DocumentField],
        blocks: Sequence[Block],
        hints: Sequence[str] = (),
        check: CheckMode = "full",
    ) -> None:
        self._paper = Paper(title=paper, fields=tuple(fields), blocks=tuple(blocks))
        refuse(exercise_id, [*field_errors(fields), *paper_errors(self._paper)])
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            check=check,
            **public_paper(self._paper),
        )

    def key(
        self,
        *,
        checks: Sequence[Check],
        rubric: Sequence[Criterion] = (),
        explanation: str = "",
    ) -> None:
        """Set what a good paper has; the rubric is for what is graded by hand.

        Participants read the rubric. Without checks everything is graded by hand: the points
        are the rubric's, and 「確かめる」 looks at the form alone.
        """
        fields = {field.id for field in self._paper.fields}
        errors = [] if checks or rubric else ["checks or a rubric are needed"]
        refuse(self.exercise_id, errors + check_errors(checks, fields, dict.fromkeys(fields)))
        self._key = DocumentKey(tuple(checks), explanation)
        self._show_rubric(rubric, is_checked=bool(checks))

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        return judge(self._paper, self._key if with_key else None, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        given = mapping_of(answer.get("fields"))
        lines = []
        for field in self._paper.fields:
            text = in_words(field, given.get(field.id))
            if text:
                lines.append(f"{field.label}:{chr(10) if chr(10) in text else ' '}{text}")
        return "\n".join(lines)

    def solution(self) -> Solution | None:
        if self._key is None or not self._key.checks:
            return None
        lines = [f"・{check.label or check.message}" for check in self._key.checks]
        answer = "\n".join(["次のことがそろった書類です。", *lines])
        return Solution(answer=answer, explanation=self._key.explanation)
