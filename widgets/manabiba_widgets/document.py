"""Document: a guided form that becomes a real paper."""

from __future__ import annotations

import html
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from IPython.display import HTML

from .document_form import (
    DocumentField,
    clean,
    field_errors,
    in_words,
    is_empty,
    read_field,
)
from .document_paper import Block, Paper, paper_errors, public_paper
from .exercise import CheckMode, Exercise, ExerciseError, Solution, is_grading, refuse
from .free_text import Criterion
from .judgement import Judgement, Part, formal, incomplete, mapping_of, of_score

_log = logging.getLogger(__name__)
_OPEN = "まだ書かれていない欄や、読めない欄があります。書けるところからでかまいません。"


@dataclass(frozen=True)
class Check:
    """One thing a good paper has.

    `passes` gets the values read, None where a field is empty or cannot be read: str, int
    (Decimal with decimals), date, a list of rows (dicts by column id). A check that raises has
    not passed; nor has one of a required `field` that is empty. `message` says what to do,
    `label` what is looked at (without it the field's label).
    """

    id: str
    message: str
    passes: Callable[[Mapping[str, Any]], bool]
    field: str | None = None
    points: float = 1
    label: str = ""


@dataclass(frozen=True)
class DocumentKey:
    """What a good paper has, and how the rest of it is graded by hand."""

    checks: tuple[Check, ...]
    rubric: tuple[Criterion, ...] = ()
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
    missing = {field.id for field in paper.fields if field.required and values[field.id] is None}
    passed = {
        check.id: check.field not in missing and _passes(check, values) for check in key.checks
    }
    earned = sum(check.points for check in key.checks if passed[check.id])
    score = min(1.0, max(0.0, earned / sum(check.points for check in key.checks)))
    told = (
        Part(
            input=f"check:{check.field or ''}:{check.id}",
            ok=passed[check.id],
            message=check.label if passed[check.id] else check.message,
        )
        for check in key.checks
    )
    parts = (*gaps, *told)
    if gaps:
        return Judgement(score=score, status="incomplete", message=_OPEN, parts=parts)
    if all(passed.values()):
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


def _passes(check: Check, values: Mapping[str, Any]) -> bool:
    try:
        return bool(check.passes(values))
    except Exception:  # an author's comparison with an empty field, say
        _log.debug("check %s raised", check.id, exc_info=True)
        return False


class Document(Exercise):
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
        key = DocumentKey(tuple(checks), tuple(rubric), explanation)
        refuse(self.exercise_id, _key_errors(self._paper, key))
        self._key = key
        public: dict[str, Any] = {"rubric": [asdict(criterion) for criterion in rubric]}
        if not checks:
            public |= {"check": "form", "points": sum(criterion.points for criterion in rubric)}
        self.spec = {**self.spec, **public}

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

    def submission(self) -> Any:
        """The participant's words and the rubric, for the one who grades: the last value of
        the cell that is graded by hand. Nothing anywhere else.

        Raises ExerciseError when the key has no rubric.
        """
        if not is_grading():
            return None
        if self._key is None or not self._key.rubric:
            raise ExerciseError(
                f"exercise {self.exercise_id}: graded by hand, but its key has no rubric"
            )
        rows = "".join(
            f"<li>{html.escape(c.label)}({c.points:g}点){html.escape(c.description)}</li>"
            for c in self._key.rubric
        )
        show: Any = HTML
        return show(f"{self.answer_html()}<p>採点の観点</p><ul>{rows}</ul>")


def _key_errors(paper: Paper, key: DocumentKey) -> list[str]:
    """All of the author's mistakes in a key."""
    fields = {field.id for field in paper.fields}
    ids = [check.id for check in key.checks]
    errors = [] if key.checks or key.rubric else ["checks or a rubric are needed"]
    errors += [
        f"check {i!r} is there {ids.count(i)} times" for i in sorted(set(ids)) if ids.count(i) > 1
    ]
    for check in key.checks:
        where = f"check {check.id}"
        if check.field is not None and check.field not in fields:
            errors.append(f"{where}: there is no field {check.field}")
        if not check.points > 0:
            errors.append(f"{where}: points must be more than 0")
        if not check.message:
            errors.append(f"{where}: a message is needed")
        try:
            check.passes(dict.fromkeys(fields))
        except KeyError as error:
            if isinstance(error.args[0], str):  # else a table of its own was asked for None
                errors.append(f"{where}: asks for field {error}, which is not there")
        except Exception:  # a comparison with an empty field has not passed
            _log.debug("check %s raised on an empty answer", check.id, exc_info=True)
    return errors
