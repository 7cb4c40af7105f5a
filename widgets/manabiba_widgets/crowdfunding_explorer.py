"""CrowdfundingExplorer (クラウドファンディング): visitors, supporters, fee, and what is left."""

from __future__ import annotations

from decimal import Decimal

from manabiba_subjects.crowdfunding import Campaign, Fees, Method

from .explorable import Explorable, Still, refuse
from .number_text import format_number
from .worksheet_table import decimals_of

MOST_YEN = 100_000_000
MOST_PEOPLE = 1_000_000
DECIMALS = 3
_YEN = {"goal": 1, "average": 1, "return_cost": 0}


class CrowdfundingExplorer(Explorable):
    """A campaign from the visitors of its page to the money that is left for the work.

    Rates are per cent (17, 10, Decimal("2.5")) and always the author's: published fees
    disagree. `return_cost` is what the return of one supporter costs.
    """

    kind = "crowdfunding_explorer"

    def __init__(
        self,
        explorable_id: str,
        *,
        title: str,
        lead: str = "",
        goal: int,
        average: int,
        conversion: int | Decimal,
        visitors: int,
        fee_rate: int | Decimal,
        tax_rate: int | Decimal,
        return_cost: int = 0,
        method: Method = Method.ALL_OR_NOTHING,
    ) -> None:
        given = {"goal": goal, "average": average, "return_cost": return_cost}
        rates = {"conversion": conversion, "fee_rate": fee_rate, "tax_rate": tax_rate}
        refuse(
            explorable_id,
            [
                *(
                    f"{name} {value!r} is not {_YEN[name]} to {MOST_YEN} yen"
                    for name, value in given.items()
                    if not _is_whole(value, _YEN[name], MOST_YEN)
                ),
                *(
                    []
                    if _is_whole(visitors, 0, MOST_PEOPLE)
                    else [f"visitors {visitors!r} are not 0 to {MOST_PEOPLE}"]
                ),
                *(
                    f"{name} {value!r} is not 0 to {most} per cent with {DECIMALS} decimals at most"
                    for name, value in rates.items()
                    for most in (100 if name == "conversion" else 50,)
                    if not _is_rate(value, most)
                ),
            ],
        )
        self._campaign = Campaign(goal, average, Decimal(conversion) / 100, visitors, return_cost)
        self._method = method
        self._fees = Fees(Decimal(fee_rate) / 100, Decimal(tax_rate) / 100)
        super().__init__(
            explorable_id,
            title=title,
            lead=lead,
            **given,
            visitors=visitors,
            **{name: f"{Decimal(value):f}" for name, value in rates.items()},
            method=method.name,
            methods=[[one.name, one.value] for one in Method],
            most_yen=MOST_YEN,
            most_people=MOST_PEOPLE,
            decimals=DECIMALS,
        )

    def still(self) -> Still:
        made = self._campaign.settle(self._method, self._fees)
        rows = (
            ("ページを見る人", self._campaign.visitors, "人"),
            ("支援する人", self._campaign.supporters, "人"),
            ("支援総額", self._campaign.raised, "円"),
            ("支払われる額", made.gross, "円"),
            ("手数料と税", -made.fee, "円"),
            ("リターンの費用", -made.returns, "円"),
            ("手取り", made.net, "円"),
        )
        return Still(
            f"目標{format_number(self._campaign.goal, unit='円')}、{self._method.value}",
            ("項目", "人数・金額"),
            tuple((label, format_number(value, unit=unit)) for label, value, unit in rows),
        )


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_rate(value: object, most: int) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    rate = Decimal(value)
    return rate.is_finite() and 0 <= rate <= most and decimals_of(rate) <= DECIMALS
