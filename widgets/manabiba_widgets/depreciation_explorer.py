"""DepreciationExplorer (定額法): an asset over its years, with the month rule and the last yen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from manabiba_subjects.dated_table import OutsideTableError, dated_tables
from manabiba_subjects.depreciation import depreciation_years, straight_line_row

from .explorable import Explorable, ExplorableError, Still, refuse
from .number_text import format_number

MOST_COST = 999_999_999
USUAL_LIVES = (2, 3, 4, 5, 6, 7, 8, 10, 15, 20)


class DepreciationExplorer(Explorable):
    """Cost, useful life, first month of use and closing month, and what they do to each year.

    The figure begins with an asset of `cost` yen and `life` years (耐用年数) in use from the day
    `in_use_from`, whose year also chooses the row of the table of rates. `lives` are offered.
    """

    kind = "depreciation_explorer"

    def __init__(
        self,
        explorable_id: str,
        *,
        title: str,
        lead: str = "",
        cost: int,
        life: int,
        in_use_from: date,
        closing_month: int = 3,
        lives: Sequence[int] = USUAL_LIVES,
    ) -> None:
        table = dated_tables("depreciation_rates.toml")["straight_line"]
        try:
            row = straight_line_row(in_use_from)
        except OutsideTableError as error:
            raise ExplorableError(f"explorable {explorable_id}: {error}") from error
        offered = sorted({*lives, life})
        refuse(
            explorable_id,
            [
                *(
                    f"no rate for {years} years in {table.file}"
                    for years in offered
                    if str(years) not in row.values
                ),
                *([] if 1 < cost <= MOST_COST else [f"cost {cost} is not 2 to {MOST_COST} yen"]),
                *(
                    []
                    if 1 <= closing_month <= 12
                    else [f"closing month {closing_month} is not 1 to 12"]
                ),
            ],
        )
        self._years = depreciation_years(cost, life, in_use_from, closing_month=closing_month)
        note = f" {row.note}。" if row.note else ""
        super().__init__(
            explorable_id,
            title=title,
            lead=lead,
            cost=cost,
            life=life,
            start_month=in_use_from.month,
            closing_month=closing_month,
            rates={str(years): str(row[str(years)]) for years in offered},
            memorandum=int(row["memorandum"]),
            most_cost=MOST_COST,
            source=f"{table.name}: {row.source}。{row.status}。{note}"
            f"基準日 {table.read_on.year}年{table.read_on.month}月{table.read_on.day}日。",
        )

    def still(self) -> Still:
        return Still(
            f"取得価額{format_number(self.spec['cost'], unit='円')}、"
            f"耐用年数{self.spec['life']}年の定額法(単位: 円)",
            ("年", "使った月数", "減価償却費", "残り(帳簿価額)"),
            tuple(
                (
                    f"{number}年目",
                    f"{year.months}か月",
                    format_number(year.depreciation),
                    format_number(year.book_value),
                )
                for number, year in enumerate(self._years, start=1)
            ),
        )
