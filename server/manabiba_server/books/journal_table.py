"""Reading a journal (仕訳帳) from the rows of a table; all of it, or everything that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from manabiba_subjects import Entry, Line, Side

from .cells import Cell, CellError, day_of, plain, shown, text_of, yen_of
from .findings import Finding
from .fiscal_year import Year, day_text, likely_year
from .header import Column, Header, Rows, cell_at, find_header, is_blank, is_header_again

SEVERAL = "諸口"
"""Stands for several accounts of the other side; it is no account itself."""

BOTH_SIDES = frozenset({Column.DATE, Column.DEBIT_ACCOUNT, Column.CREDIT_ACCOUNT})
LAYOUTS = (
    BOTH_SIDES | {Column.DEBIT, Column.CREDIT},
    BOTH_SIDES | {Column.AMOUNT},
    frozenset({Column.DATE, Column.ACCOUNT, Column.DEBIT, Column.CREDIT}),
)
"""Two accounts and two amounts in a row; two accounts, one amount; one account, two amounts."""

_TOTAL = re.compile(
    r"(合|小|総|総合|累|月|年|日|頁|ページ|当月|当期|前月|期末|\d{1,2}月分?|[^の]{0,6}の)?(合|小|総|累)?計"
    r"|(前|次|翌)(月|期|年|年度|頁|ページ)?(より|へ)?繰越"
)
_CLOSING = re.compile(r".*決算.*|整理仕訳?")
_YES = frozenset({"1", "○", "◯", "〇", "はい", "true", "yes"})


@dataclass(frozen=True)
class JournalTable:
    """A journal that was read: entries of the year and closing adjustments, own account names.

    With any problem there are no entries at all. `columns` are pairs of what a column means and
    what the table calls it; `rows` is the number of rows that became entries.
    """

    entries: tuple[Entry, ...] = ()
    adjustments: tuple[Entry, ...] = ()
    year: Year | None = None
    columns: tuple[tuple[str, str], ...] = ()
    rows: int = 0
    notes: tuple[Finding, ...] = ()
    problems: tuple[Finding, ...] = ()


def read_journal(rows: Rows, *, year: Year | None = None) -> JournalTable:
    """The journal in a table; `year` is the fiscal year, guessed from the days when not given."""
    header = find_header(rows, LAYOUTS)
    if header is None:
        return JournalTable(problems=(_no_header(rows),))
    reader = _Reader(header, year)
    for number, row in enumerate(rows[header.row :], start=header.row + 1):
        reader.take(number, row)
    return reader.finish()


def find_journal(rows: Rows) -> bool:
    """Whether a table looks like a journal."""
    return find_header(rows, LAYOUTS) is not None


@dataclass
class _Row:
    number: int
    on: date
    slip: str
    is_adjustment: bool
    text: str
    lines: list[Line]
    is_whole: bool  # both sides are there, the same, and no 諸口


class _Reader:
    def __init__(self, header: Header, year: Year | None) -> None:
        self.header, self.year = header, year
        self.rows: list[_Row] = []
        self.notes: list[Finding] = []
        self.problems: list[Finding] = []
        self.last_day: date | None = None
        self.total = {Side.DEBIT: 0, Side.CREDIT: 0}
        self.before_total = dict(self.total)  # as it was at the last row of totals

    def take(self, number: int, row: Sequence[Cell]) -> None:
        if is_blank(row):
            return
        if is_header_again(row, self.header):
            self.notes.append(Finding(number, "見出しの繰り返しなので、読みとばしました。"))
            return
        if self._is_total(row):
            self._take_total(number, row)
            return
        before = len(self.problems)
        on = self._day(number, row)
        lines, has_several, empty = self._lines(number, row)
        if len(self.problems) > before:
            # a row with both accounts stands alone: what is wrong beside it is told as well
            accounts = [self._cell(row, c) for c in (Column.DEBIT_ACCOUNT, Column.CREDIT_ACCOUNT)]
            alone = all(text_of(cell) not in {"", SEVERAL} for cell in accounts)
            self.rows.append(_Row(number, date.min, "", False, "", [], alone))
            return
        if not lines:
            self.notes.append(Finding(number, empty))
            return
        assert on is not None  # otherwise it is a problem
        sides = [sum(x.amount for x in lines if x.side is side) for side in Side]
        for line in lines:
            self.total[line.side] += line.amount
        self.rows.append(
            _Row(
                number=number,
                on=on,
                slip=text_of(self._cell(row, Column.NUMBER)),
                is_adjustment=self._is_adjustment(row),
                text=text_of(self._cell(row, Column.TEXT))[:200],
                lines=lines,
                is_whole=sides[0] == sides[1] and not has_several,
            )
        )

    def finish(self) -> JournalTable:
        if not self.rows and not self.problems:
            self.problems.append(
                Finding(
                    self.header.row,
                    "見出しの下に仕訳がありません。1行に1件ずつ書いてください。",
                )
            )
        year = self.year or likely_year([r.on for r in self.rows if r.on != date.min])
        entries: list[Entry] = []
        adjustments: list[Entry] = []
        for group in self._groups():
            if any(row.on == date.min for row in group):
                continue  # told already
            entry = _entry(group)
            if found := _difference(group, entry):
                self.problems.append(found)
            elif year and not year.start <= group[0].on <= year.end:
                self.problems.append(self._outside(group[0], year))
            (adjustments if group[0].is_adjustment else entries).append(entry)
        if self.header.unread:
            names = "」「".join(dict.fromkeys(self.header.unread))
            self.notes.append(Finding(self.header.row, f"使わない列です: 「{names}」"))
        problems = tuple(sorted(self.problems, key=lambda found: found.row))
        # sums say nothing where rows are missing from them
        notes = [note for note in self.notes if not (problems and note.doubt)]
        return JournalTable(
            entries=() if problems else tuple(entries),
            adjustments=() if problems else tuple(adjustments),
            year=year,
            columns=tuple((c.value, self.header.titles[c]) for c in self.header.places),
            rows=len(self.rows),
            notes=tuple(sorted(notes, key=lambda found: found.row)),
            problems=problems,
        )

    def _cell(self, row: Sequence[Cell], column: Column) -> Cell:
        return cell_at(row, self.header.places.get(column))

    def _problem(self, number: int, column: Column, cell: Cell, message: str) -> None:
        self.problems.append(Finding(number, message, self.header.title(column), shown(cell)[:60]))

    def _day(self, number: int, row: Sequence[Cell]) -> date | None:
        cell = self._cell(row, Column.DATE)
        try:
            found = day_of(cell, year=self.year.start if self.year else None)
        except CellError as error:
            self._problem(number, Column.DATE, cell, str(error))
            return None
        if found is None and self.last_day is None and not self.rows:
            self._problem(number, Column.DATE, cell, "日付がありません。日付を書いてください。")
        self.last_day = found or self.last_day
        return self.last_day

    def _yen(self, number: int, row: Sequence[Cell], column: Column) -> int | None:
        cell = self._cell(row, column)
        try:
            found = yen_of(cell)
        except CellError as error:
            self._problem(number, column, cell, str(error))
            return None
        if found is not None and found < 0:
            advice = "マイナスの金額です。プラスの金額にして、借方と貸方を入れかえてください。"
            self._problem(number, column, cell, advice)
            return None
        return found

    def _lines(self, number: int, row: Sequence[Cell]) -> tuple[list[Line], bool, str]:
        """The row's lines, whether 諸口 is among them, and why there is none."""
        if Column.ACCOUNT in self.header.places:
            return self._single_account_lines(number, row)
        shared = (
            self._yen(number, row, Column.AMOUNT)
            if Column.DEBIT not in self.header.places
            else None
        )
        lines: list[Line] = []
        several = False
        for side, account_column, amount_column, department_column in _SIDES:
            account_cell = self._cell(row, account_column)
            account = text_of(account_cell)
            if Column.DEBIT in self.header.places:
                before = len(self.problems)
                amount = self._yen(number, row, amount_column)
                if len(self.problems) > before:
                    continue
            else:
                amount, amount_column = shared if account else None, Column.AMOUNT
            if account == SEVERAL:
                several = True
            elif account and amount is None:
                self._problem(
                    number,
                    amount_column,
                    self._cell(row, amount_column),
                    f"「{account}」の金額がありません。金額を書いてください。",
                )
            elif amount and not account:
                self._problem(
                    number,
                    account_column,
                    account_cell,
                    f"{amount:,}円の{side}の科目がありません。科目を書いてください。",
                )
            elif amount:
                lines.append(Line(side, account, amount, self._department(row, department_column)))
        return lines, several, "金額が0円か、科目がないので、読みとばしました。"

    def _single_account_lines(
        self, number: int, row: Sequence[Cell]
    ) -> tuple[list[Line], bool, str]:
        account_cell = self._cell(row, Column.ACCOUNT)
        account = text_of(account_cell)
        lines = []
        for side, column in ((Side.DEBIT, Column.DEBIT), (Side.CREDIT, Column.CREDIT)):
            amount = self._yen(number, row, column)
            if amount and not account:
                message = f"{amount:,}円の科目がありません。科目を書いてください。"
                self._problem(number, Column.ACCOUNT, account_cell, message)
            elif amount and account != SEVERAL:
                department = self._department(row, Column.DEPARTMENT)
                lines.append(Line(side, account, amount, department))
        return lines, True, "金額がないので、読みとばしました。"

    def _department(self, row: Sequence[Cell], column: Column) -> str:
        return text_of(self._cell(row, column)) or text_of(self._cell(row, Column.DEPARTMENT))

    def _is_adjustment(self, row: Sequence[Cell]) -> bool:
        kind = plain(self._cell(row, Column.KIND))
        if "決算" in self.header.title(Column.KIND) and kind in _YES:
            return True
        return bool(_CLOSING.fullmatch(kind))

    def _is_total(self, row: Sequence[Cell]) -> bool:
        accounts = (Column.DEBIT_ACCOUNT, Column.CREDIT_ACCOUNT, Column.ACCOUNT)
        first = [self._cell(row, c) for c in (Column.DATE, Column.NUMBER, *accounts)]
        if any(_TOTAL.fullmatch(plain(cell)) for cell in first):
            return True
        if any(text_of(self._cell(row, column)) for column in accounts):
            return False
        return any(_TOTAL.fullmatch(plain(cell)) for cell in row if isinstance(cell, str))

    def _take_total(self, number: int, row: Sequence[Cell]) -> None:
        sums = {}
        for side, column in ((Side.DEBIT, Column.DEBIT), (Side.CREDIT, Column.CREDIT)):
            try:
                sums[side] = yen_of(self._cell(row, column))
            except CellError:
                sums[side] = None
        self.notes.append(Finding(number, "合計・繰越の行なので、仕訳としては読みませんでした。"))
        is_grand = any(
            plain(cell) in {"合計", "総合計", "総計"} for cell in row if isinstance(cell, str)
        )
        for side, written in sums.items():
            read = self.total[side]
            if is_grand and written and written not in {read, read - self.before_total[side]}:
                message = (
                    f"ここまでに読んだ{side}の合計は{read:,}円で、"
                    f"この行の{written:,}円と合いません。行の漏れがないか確かめてください。"
                )
                self.notes.append(Finding(number, message, doubt=True))
        self.before_total = dict(self.total)

    def _groups(self) -> Iterator[list[_Row]]:
        """Rows that make one entry: the same slip number, or until both sides agree."""
        by_slip = any(
            a.slip and a.slip == b.slip for a, b in zip(self.rows, self.rows[1:], strict=False)
        )
        group: list[_Row] = []
        for row in self.rows:
            if group and not self._continues(group, row, by_slip=by_slip):
                yield group
                group = []
            group.append(row)
        if group:
            yield group

    @staticmethod
    def _continues(group: list[_Row], row: _Row, *, by_slip: bool) -> bool:
        first = group[0]
        if date.min in {row.on, group[-1].on}:
            # beside a row that could not be read nothing can be said about the sums
            return not row.is_whole and not group[-1].is_whole
        if row.is_adjustment != first.is_adjustment or row.on != first.on:
            return False
        if by_slip and (row.slip or first.slip):
            return row.slip == first.slip
        return not row.is_whole and _difference_of(group) != 0

    def _outside(self, row: _Row, year: Year) -> Finding:
        return Finding(
            row.number,
            f"事業年度({day_text(year.start)}から{day_text(year.end)}まで)の外の日付です。"
            "日付を直すか、この行を除いてください。",
            self.header.title(Column.DATE),
            shown(row.on),
        )


_SIDES = (
    (Side.DEBIT, Column.DEBIT_ACCOUNT, Column.DEBIT, Column.DEBIT_DEPARTMENT),
    (Side.CREDIT, Column.CREDIT_ACCOUNT, Column.CREDIT, Column.CREDIT_DEPARTMENT),
)


def _difference_of(group: Sequence[_Row]) -> int:
    return sum(
        line.amount if line.side is Side.DEBIT else -line.amount
        for row in group
        for line in row.lines
    )


def _entry(group: Sequence[_Row]) -> Entry:
    first, last = group[0].number, group[-1].number
    where = f"{first}行目" if first == last else f"{first}〜{last}行目"
    texts = dict.fromkeys(row.text for row in group if row.text)
    return Entry(
        tuple(line for row in group for line in row.lines),
        name=where,
        on=group[0].on,
        text=" / ".join(texts)[:200],
    )


def _difference(group: Sequence[_Row], entry: Entry) -> Finding | None:
    difference = entry.difference
    if not difference:
        return None
    side = Side.DEBIT if difference > 0 else Side.CREDIT
    totals = f"借方{entry.total(Side.DEBIT):,}円、貸方{entry.total(Side.CREDIT):,}円"
    where = f"({entry.name}で1つの仕訳として読みました)" if len(group) > 1 else ""
    return Finding(
        group[0].number,
        f"{side}が{abs(difference):,}円多く、左右が合いません{where}。"
        "金額を直すか、足りない行を加えてください。",
        "借方金額・貸方金額",
        totals,
    )


def _no_header(rows: Rows) -> Finding:
    if all(is_blank(row) for row in rows):
        return Finding(0, "表に何も書かれていません。ひな形に書き写してみてください。")
    first = next(row for row in rows if not is_blank(row))
    return Finding(
        0,
        "仕訳帳の見出しが見つかりません。上から30行までに「日付・借方科目・借方金額・貸方科目・"
        "貸方金額」という見出しの行を置いてください(「摘要」「部門」もあれば読みます)。",
        value="、".join(filter(None, map(text_of, first)))[:60],
    )
