"""The statements line by line, for the page, for print and for a workbook with formulas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from manabiba_subjects import Activities, BalanceSheet, Block, Costs, PropertyList

COLUMNS = 3
"""Amounts stand in one of three columns: accounts, sub-totals, totals."""


@dataclass(frozen=True)
class Term:
    """A line that a total is made of, by its place in the statement, and its sign."""

    line: int
    sign: int = 1


@dataclass(frozen=True)
class StatementLine:
    """One line. `level` is its indent; `yen` is None for a heading; `terms` make up a total."""

    label: str
    level: int = 0
    yen: int | None = None
    column: int = 0
    terms: tuple[Term, ...] = ()
    is_total: bool = False


class _Lines(list[StatementLine]):
    def put(
        self,
        label: str,
        level: int = 0,
        yen: int | None = None,
        column: int = 0,
        terms: Iterable[Term] = (),
        *,
        is_total: bool = False,
    ) -> Term:
        self.append(StatementLine(label, level, yen, column, tuple(terms), is_total))
        return Term(len(self) - 1)

    def accounts(self, block: Block, level: int) -> list[Term]:
        return [self.put(row.account.name, level, row.yen) for row in block.rows]

    def total(self, label: str, terms: Sequence[Term], *, column: int, level: int = 0) -> Term:
        """A line that adds up others; with none of them it is simply 0."""
        yen = sum(term.sign * (self[term.line].yen or 0) for term in terms)
        return self.put(label, level, yen, column, terms, is_total=True)


def minus(term: Term) -> Term:
    """The same line, taken away."""
    return Term(term.line, -term.sign)


def activities_lines(activities: Activities) -> tuple[StatementLine, ...]:
    """活動計算書."""
    lines = _Lines()
    lines.put("Ⅰ 経常収益")
    revenues = []
    for block in activities.revenues:
        lines.put(block.title, 1)
        revenues.append(
            lines.total(
                f"{block.title.partition('.')[2]}計", lines.accounts(block, 2), column=1, level=1
            )
        )
    revenue = lines.total("経常収益計", revenues, column=2)
    lines.put("Ⅱ 経常費用")
    programme = _costs(lines, "1.事業費", activities.programme)
    management = _costs(lines, "2.管理費", activities.management)
    cost = lines.total("経常費用計", [programme, management], column=2)
    ordinary = lines.total("当期経常増減額", [revenue, minus(cost)], column=2)
    lines.put("Ⅲ 経常外収益")
    more = lines.total(
        "経常外収益計", lines.accounts(activities.extraordinary_revenues, 2), column=2
    )
    lines.put("Ⅳ 経常外費用")
    less = lines.total(
        "経常外費用計", lines.accounts(activities.extraordinary_expenses, 2), column=2
    )
    before_tax = lines.total("税引前当期正味財産増減額", [ordinary, more, minus(less)], column=2)
    taxes = lines.put("法人税、住民税及び事業税", 0, activities.taxes, 2)
    change = lines.total("当期正味財産増減額", [before_tax, minus(taxes)], column=2)
    forward = lines.put("前期繰越正味財産額", 0, activities.brought_forward, 2)
    lines.total("次期繰越正味財産額", [change, forward], column=2)
    return tuple(lines)


def balance_sheet_lines(sheet: BalanceSheet) -> tuple[StatementLine, ...]:
    """貸借対照表."""
    lines = _Lines()
    totals: list[Term] = []
    for part, blocks in (
        ("Ⅰ 資産の部", (sheet.current_assets, sheet.fixed_assets)),
        ("Ⅱ 負債の部", (sheet.current_liabilities, sheet.fixed_liabilities)),
    ):
        lines.put(part)
        subtotals = []
        for number, block in enumerate(blocks, start=1):
            lines.put(f"{number}.{block.title}", 1)
            terms = lines.accounts(block, 2)
            subtotals.append(lines.total(f"{block.title}合計", terms, column=1, level=1))
        totals.append(lines.total(f"{part[2]}{part[3]}合計", subtotals, column=2))
    lines.put("Ⅲ 正味財産の部")
    forward = lines.put("前期繰越正味財産", 1, sheet.brought_forward, 1)
    change = lines.put("当期正味財産増減額", 1, sheet.change, 1)
    net = lines.total("正味財産合計", [forward, change], column=2)
    lines.total("負債及び正味財産合計", [totals[1], net], column=2)
    return tuple(lines)


def property_lines(listed: PropertyList) -> tuple[StatementLine, ...]:
    """財産目録."""
    lines = _Lines()
    lines.put("Ⅰ 資産の部")
    assets = [lines.put(row.words, 1, row.yen) for row in listed.assets]
    asset_total = lines.total("資産合計", assets, column=2)
    lines.put("Ⅱ 負債の部")
    liabilities = [lines.put(row.words, 1, row.yen) for row in listed.liabilities]
    liability_total = lines.total("負債合計", liabilities, column=2)
    lines.total("正味財産", [asset_total, minus(liability_total)], column=2)
    return tuple(lines)


def _costs(lines: _Lines, title: str, costs: Costs) -> Term:
    lines.put(title, 1)
    halves = []
    for label, block in (("(1)人件費", costs.personnel), ("(2)その他経費", costs.other)):
        lines.put(label, 2)
        terms = lines.accounts(block, 3)
        halves.append(lines.total(f"{label[3:]}計", terms, column=0, level=2))
    return lines.total(f"{title[2:]}計", halves, column=1, level=1)
