"""The case NPO's year end, made from its journal and records: adjustments, statements, notes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from ..closing import (
    accrue_expense,
    accrue_revenue,
    defer_revenue,
    depreciate,
    prepay,
    receive_in_kind,
    take_stock,
)
from ..cross_check import Check, cross_checks
from ..fixed_assets import FixedAssetRow
from ..fixed_assets import fixed_asset_note as note_of
from ..journal import Entry
from ..notes import RestrictedNote, loan_note, value_in_kind
from ..property_list import Item
from ..statements import Statements
from ..statements import statements as make_statements
from .journal import books, entry, fiscal_year
from .records import (
    city_subsidy,
    facilities,
    fixed_assets,
    grant_use,
    prepaid_rent,
    records,
    restricted_funds,
    social_insurance_month,
    stamps_left,
    unpaid_utilities,
)


def closing_entries() -> tuple[Entry, ...]:
    """The closing adjustments #43 to #51, made from the records alone."""
    _, end = fiscal_year()
    granted, came_in = city_subsidy()
    depreciations = (depreciate(asset, end) for asset in fixed_assets())
    made = (
        *(found for found in depreciations if found is not None),
        prepay("地代家賃", prepaid_rent(), department="共通"),
        accrue_expense("水道光熱費", unpaid_utilities(), department="共通"),
        accrue_expense("法定福利費", social_insurance_month().employer, department="共通"),
        accrue_revenue("受取補助金", granted - came_in, asset="未収補助金"),
        defer_revenue("受取民間助成金", grant_use().unspent, liability="前受助成金"),
        take_stock("通信運搬費", stamps_left(), department="管理"),
        receive_in_kind(value_in_kind(facilities()), department="B"),
    )
    first = len(books().entries) + 1
    return tuple(replace(found, name=f"#{n}") for n, found in enumerate(made, start=first))


@cache
def statements() -> Statements:
    """The year's statements, with the items of 財産目録."""
    return make_statements(books(), items())


@cache
def items() -> dict[str, tuple[Item, ...]]:
    """What stands behind the accounts in 財産目録."""
    _, end = fiscal_year()
    assets = {asset.name: asset for asset in fixed_assets()}
    balances = make_statements(books()).after_adjustment
    found: dict[str, tuple[Item, ...]] = {}
    for row in records()["items"]:
        account = row["account"]
        if "transactions" in row:
            yen = sum(
                line.amount
                for number in row["transactions"]
                for line in entry(number).lines
                if line.account == account
            )
        elif "fixed_asset" in row:
            yen = assets[row["fixed_asset"]].book_value(end)
        else:
            yen = balances.row(account).balance
        found[account] = (*found.get(account, ()), Item(row["text"], yen))
    return found


def restricted_note() -> RestrictedNote:
    """使途等が制約された寄附金等の内訳."""
    return RestrictedNote(restricted_funds(), statements().balance_sheet.net_assets)


def fixed_asset_note() -> tuple[FixedAssetRow, ...]:
    """固定資産の増減内訳, from the register."""
    start, end = fiscal_year()
    return note_of(fixed_assets(), start=start, end=end)


def year_end_checks() -> tuple[Check, ...]:
    """All cross-checks of the statements and notes; all agree."""
    return cross_checks(
        books(),
        statements(),
        restricted=restricted_note(),
        fixed_assets=fixed_asset_note(),
        loans=loan_note(books()),
    )
