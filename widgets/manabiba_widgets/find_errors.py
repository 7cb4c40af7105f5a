"""FindErrors: mark what is wrong in a list, and say what it should be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from manabiba_subjects import Entry, Side

from .exercise import CheckMode, Exercise, Solution, refuse
from .judgement import Judgement, Part, formal, incomplete, mapping_of, of_score, text_of
from .number_text import format_number


@dataclass(frozen=True)
class ShownLine:
    """One line of the document: what it is about and what somebody wrote.

    What was written is a text, or cells (label → text) that are shown side by side.
    """

    id: str
    heading: str
    text: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What was written, in one line."""
        cells = [f"{label} {text}" for label, text in self.cells.items()]
        return "　".join([*([self.text] if self.text else []), *cells]).replace("\n", "・")


def entry_cells(entry: Entry) -> dict[str, str]:
    """A journal entry as the cells of a shown line; it need not balance.

    >>> from manabiba_widgets import debit_credit
    >>> entry_cells(debit_credit("受取寄附金", "普通預金", 880_000))
    {'借方(左)': '受取寄附金 880,000円', '貸方(右)': '普通預金 880,000円'}
    """
    labels = {Side.DEBIT: "借方(左)", Side.CREDIT: "貸方(右)"}
    return {
        label: "\n".join(
            f"{line.account} {format_number(line.amount, unit='円')}"
            for line in entry.lines
            if line.side is side
        )
        or "なし"
        for side, label in labels.items()
    }


@dataclass(frozen=True)
class FindErrorsSpec:
    """The lines, and for each line the corrections one may choose (id → text)."""

    lines: tuple[ShownLine, ...]
    corrections: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class FindErrorsKey:
    """The wrong lines and their right corrections; messages: line → correction → text.

    The correction "" stands for any: what to say about a good line that was marked, or about a
    wrong one with a correction that has no message of its own.
    """

    errors: Mapping[str, str]
    mistakes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    explanation: str = ""


def marked_of(spec: FindErrorsSpec, answer: Mapping[str, Any]) -> dict[str, str]:
    """The lines an answer marks and the correction chosen for each ("" for none yet)."""
    given = mapping_of(answer.get("marked"))
    marked = {}
    for line in spec.lines:
        if line.id in given:
            chosen = text_of(given[line.id])
            marked[line.id] = chosen if chosen in spec.corrections[line.id] else ""
    return marked


def judge(spec: FindErrorsSpec, key: FindErrorsKey | None, answer: Mapping[str, Any]) -> Judgement:
    """One for each error put right, half for one found alone; a good line marked takes one away."""
    marked = marked_of(spec, answer)
    if not marked:
        return incomplete("まちがっていると思う行に、印をつけてください。")
    unsaid = [line for line, chosen in marked.items() if not chosen]
    parts = [Part(input=line, ok=False, message="どう直すかを選んでください。") for line in unsaid]
    told = "印をつけた行について、どう直すかを選んでください。"
    if key is None:
        return incomplete(told, tuple(parts)) if unsaid else formal()
    earned = 0.0
    for line, chosen in marked.items():
        earned += _worth(key, line, chosen)
        if chosen:
            parts.append(_judge_line(key, line, chosen))
    score = max(0.0, earned) / len(key.errors)
    if unsaid:
        return Judgement(score=score, status="incomplete", message=told, parts=tuple(parts))
    if score == 1.0:
        return of_score(1.0, "まちがいをすべて見つけ、正しく直せました。", tuple(parts))
    messages = []
    if any(not part.ok for part in parts):
        messages.append("印をつけた行のメッセージを読んで、もう一度考えてみましょう。")
    missed = sum(line not in marked for line in key.errors)
    if missed:
        messages.append(f"まだ見つかっていないまちがいが{missed}つあります。")
    return of_score(score, "".join(messages), tuple(parts))


def _worth(key: FindErrorsKey, line: str, chosen: str) -> float:
    if line not in key.errors:
        return -1.0
    return 1.0 if key.errors[line] == chosen else 0.5


def _judge_line(key: FindErrorsKey, line: str, chosen: str) -> Part:
    if key.errors.get(line) == chosen:
        return Part(input=line, ok=True)
    known = key.mistakes.get(line, {})
    otherwise = (
        "まちがいは見つかりました。直し方をもう一度考えましょう。"
        if line in key.errors
        else "この行は、このままで正しいです。"
    )
    return Part(input=line, ok=False, message=known.get(chosen) or known.get("") or otherwise)


class FindErrors(Exercise):
    """Errors in a document. Answer: `{"marked": {line id: correction id}}`."""

    kind = "find_errors"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        lines: Sequence[ShownLine],
        corrections: Mapping[str, Mapping[str, str]],
        hints: Sequence[str] = (),
        check: CheckMode = "full",
    ) -> None:
        self._spec = FindErrorsSpec(tuple(lines), {k: dict(v) for k, v in corrections.items()})
        refuse(exercise_id, _spec_errors(self._spec))
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            check=check,
            lines=[
                {
                    "id": line.id,
                    "heading": line.heading,
                    "text": line.text,
                    "cells": dict(line.cells),
                    "corrections": dict(corrections[line.id]),
                }
                for line in lines
            ],
        )

    def key(
        self,
        *,
        errors: Mapping[str, str],
        mistakes: Mapping[str, Mapping[str, str]] | None = None,
        explanation: str = "",
    ) -> None:
        """Set the wrong lines with their right corrections, and messages."""
        key = FindErrorsKey(dict(errors), dict(mistakes or {}), explanation)
        refuse(self.exercise_id, _key_errors(self._spec, key))
        self._key = key

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        return judge(self._spec, self._key if with_key else None, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        return self._lines(marked_of(self._spec, answer))

    def solution(self) -> Solution | None:
        if self._key is None:
            return None
        return Solution(self._lines(self._key.errors), self._key.explanation)

    def _lines(self, marked: Mapping[str, str]) -> str:
        return "\n".join(
            f"{line.heading}: {line.words} → "
            f"{self._spec.corrections[line.id].get(marked[line.id], '(直し方は未記入)')}"
            for line in self._spec.lines
            if line.id in marked
        )


def _spec_errors(spec: FindErrorsSpec) -> list[str]:
    ids = Counter(line.id for line in spec.lines)
    return [
        *([] if ids else ["there are no lines"]),
        *(f"line id {i!r} is used {n} times" for i, n in ids.items() if n > 1),
        *(f"line {line.id} has neither text nor cells" for line in spec.lines if not line.words),
        *(
            f"line {i} has no corrections; give every line some, so that nothing is given away"
            for i in ids
            if not spec.corrections.get(i)
        ),
        *(
            f"corrections for a line {i} that is not there"
            for i in spec.corrections
            if i not in ids
        ),
        *(
            f'line {i}: "" is no id for a correction'
            for i, c in spec.corrections.items()
            if "" in c
        ),
    ]


def _key_errors(spec: FindErrorsSpec, key: FindErrorsKey) -> list[str]:
    errors = [] if key.errors else ["the key names no error"]
    for line, right in key.errors.items():
        if right not in spec.corrections.get(line, {}):
            errors.append(f"line {line} has no correction {right!r}")
    for line, known in key.mistakes.items():
        if line not in spec.corrections:
            errors.append(f"messages for a line {line} that is not there")
            continue
        unknown = set(known) - set(spec.corrections[line]) - {""}
        errors += [f"message for line {line}: no correction {c!r}" for c in sorted(unknown)]
        if key.errors.get(line) in known:
            errors.append(f"line {line}: {key.errors[line]!r} is right and has a mistake's message")
    return errors
