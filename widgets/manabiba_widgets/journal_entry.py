"""JournalEntry (仕訳): transactions into debits and credits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from manabiba_subjects import Account, Entry, JournalError, Line, Side

from .exercise import CheckMode, Exercise, Solution, refuse
from .journal_mistakes import Mistake, amounts_of, name_mistake, share_right, tell_difference
from .journal_rows import JournalSpec, Row, Transaction, read_rows
from .judgement import Judgement, Part, formal, incomplete, of_score
from .number_text import format_number

_ID = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class JournalKey:
    """The right entries of each transaction (any of them is right) and known mistakes."""

    entries: Mapping[str, tuple[Entry, ...]]
    mistakes: Mapping[str, tuple[Mistake, ...]] = field(default_factory=dict)
    explanation: str = ""


def debit_credit(debit: str, credit: str, amount: int) -> Entry:
    """The entry with one account on each side.

    >>> debit_credit("普通預金", "正会員受取会費", 370_000).difference
    0
    """
    return Entry((Line(Side.DEBIT, debit, amount), Line(Side.CREDIT, credit, amount)))


def entry_of(*, debit: Mapping[str, int], credit: Mapping[str, int]) -> Entry:
    """An entry with several accounts: account → yen for each side."""
    return Entry(
        tuple(Line(Side.DEBIT, account, amount) for account, amount in debit.items())
        + tuple(Line(Side.CREDIT, account, amount) for account, amount in credit.items())
    )


def judge(spec: JournalSpec, key: JournalKey | None, answer: Mapping[str, Any]) -> Judgement:
    """The mean over the transactions; each earns the share of its right lines."""
    parts: list[Part] = []
    scores: list[float] = []
    is_ready, is_empty = True, True
    types = {account.name: account.type for account in spec.accounts}
    for transaction in spec.transactions:
        rows = list(read_rows(spec, transaction.id, answer))
        entry = Entry(tuple(row.line for row in rows if row.line is not None), transaction.id)
        gaps = _gaps(transaction.id, rows)
        is_empty = is_empty and not rows
        is_ready = is_ready and not gaps
        parts.extend(gaps)
        if key is None:
            if not gaps and not entry.is_balanced:
                is_ready = False
                parts.append(Part(input=transaction.id, ok=False, message=tell_difference(entry)))
            continue
        right = key.entries[transaction.id]
        unread = sum(row.line is None for row in rows)
        score = max(share_right(entry, one, unread=unread) for one in right)
        scores.append(score)
        if not gaps:
            known = key.mistakes.get(transaction.id, ())
            told = "" if score == 1.0 else name_mistake(entry, right, known=known, types=types)
            parts.append(Part(input=transaction.id, ok=score == 1.0, message=told))
    if is_empty:
        return incomplete("仕訳を入れてください。1つの取引を、借方と貸方の両方に書きます。")
    unfinished = "まだ入っていない仕訳や、直すところがあります。"
    if key is None:
        return formal() if is_ready else incomplete(unfinished, tuple(parts))
    score = sum(scores) / len(scores)
    if not is_ready:
        return Judgement(score=score, status="incomplete", message=unfinished, parts=tuple(parts))
    if score == 1.0:
        return of_score(1.0, "すべて正しい仕訳です。", tuple(parts))
    return of_score(
        score, "それぞれの取引の下のメッセージを読んで、直してみましょう。", tuple(parts)
    )


def _gaps(transaction: str, rows: Sequence[Row]) -> list[Part]:
    """What keeps a transaction from being looked at as an entry: at the row, or at the whole."""
    problems = [Part(input=row.input, ok=False, message=row.problem) for row in rows if row.problem]
    if problems:
        return problems
    if not rows:
        return [Part(input=transaction, ok=False, message="まだ仕訳が入っていません。")]
    empty = {Side.DEBIT: "借方(左)", Side.CREDIT: "貸方(右)"}
    for row in rows:
        empty.pop(row.side, None)
    return [
        Part(
            input=transaction,
            ok=False,
            message=f"{side}がまだ空です。1つの取引を、左右の両方に書きます。",
        )
        for side in empty.values()
    ]


class JournalEntry(Exercise):
    """Entries of one or more transactions.

    Answer: `{"entries": {transaction id: {"debit": [{"account", "amount"}, …], "credit": […]}}}`
    with texts as typed.
    """

    kind = "journal_entry"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        accounts: Sequence[Account],
        transactions: Sequence[Transaction],
        hints: Sequence[str] = (),
        check: CheckMode = "full",
    ) -> None:
        self._spec = JournalSpec(tuple(transactions), tuple(accounts))
        refuse(exercise_id, _spec_errors(self._spec))
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            check=check,
            transactions=[asdict(transaction) for transaction in transactions],
            accounts=[{"name": a.name, "reading": a.reading} for a in accounts],
        )

    def key(
        self,
        *,
        entries: Mapping[str, Entry | Sequence[Entry]],
        mistakes: Mapping[str, Sequence[Mistake]] | None = None,
        explanation: str = "",
    ) -> None:
        """Set the right entry of each transaction, or a list of forms that are all right.

        Any order of rows and any splitting of an amount over rows of the same account is the
        same form. An account on both sides is right only where a form has it there.
        """
        rights = {
            name: (one,) if isinstance(one, Entry) else tuple(one) for name, one in entries.items()
        }
        known = {name: tuple(found) for name, found in (mistakes or {}).items()}
        key = JournalKey(rights, known, explanation)
        refuse(self.exercise_id, _key_errors(self._spec, key))
        self._key = key

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        return judge(self._spec, self._key if with_key else None, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        lines = []
        for transaction in self._spec.transactions:
            rows = list(read_rows(self._spec, transaction.id, answer))
            if rows:
                shown = [(row.side, _shown(row.line) if row.line else row.typed) for row in rows]
                lines.append(f"{transaction.text}\n  {_words(shown)}")
        return "\n".join(lines)

    def solution(self) -> Solution | None:
        if self._key is None:
            return None
        lines = []
        for transaction in self._spec.transactions:
            forms = [
                _words([(line.side, _shown(line)) for line in entry.lines])
                for entry in self._key.entries[transaction.id]
            ]
            either = "\n  または ".join(forms)
            lines.append(f"{transaction.text}\n  {either}")
        return Solution("\n".join(lines), self._key.explanation)


def _shown(line: Line) -> str:
    return f"{line.account} {format_number(line.amount, unit='円')}"


def _words(rows: Sequence[tuple[Side, str]]) -> str:
    """An entry in one line: its rows as text, side by side."""
    sides = []
    for side in Side:
        texts = [text for on, text in rows if on is side]
        sides.append(f"({side}) {'・'.join(texts) or 'なし'}")
    return "　".join(sides)


def _spec_errors(spec: JournalSpec) -> list[str]:
    ids = Counter(transaction.id for transaction in spec.transactions)
    names = Counter(account.name for account in spec.accounts)
    return [
        *([] if ids else ["there are no transactions"]),
        *(
            f"transaction id {i!r}: use lower-case letters and digits"
            for i in ids
            if not _ID.fullmatch(i)
        ),
        *(f"transaction id {i!r} is used {n} times" for i, n in ids.items() if n > 1),
        *(f"account {name} is offered {n} times" for name, n in names.items() if n > 1),
    ]


def _key_errors(spec: JournalSpec, key: JournalKey) -> list[str]:
    """All of the author's mistakes in a key."""
    asked = {transaction.id for transaction in spec.transactions}
    offered = {account.name for account in spec.accounts}
    errors = [f"no entry for transaction {name}" for name in sorted(asked - set(key.entries))]
    named = set(key.entries) | set(key.mistakes)
    errors += [f"there is no transaction {name}" for name in sorted(named - asked)]
    for name, forms in key.entries.items():
        if not forms:
            errors.append(f"{name}: no right entry")
        for entry in forms:
            try:
                entry.check()
            except JournalError as error:
                errors.append(f"{name}: {error}")
            errors += _unknown(name, entry, offered)
        for mistake in key.mistakes.get(name, ()):
            errors += _unknown(name, mistake.entry, offered)
            if any(amounts_of(mistake.entry) == amounts_of(entry) for entry in forms):
                errors.append(f"{name}: the mistake {mistake.message!r} is a right entry")
    return errors


def _unknown(name: str, entry: Entry, offered: set[str]) -> list[str]:
    used = dict.fromkeys(line.account for line in entry.lines)
    return [
        f"{name}: account {account} is not offered" for account in used if account not in offered
    ]
