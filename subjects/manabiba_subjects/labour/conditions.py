"""労働条件の明示: `required_conditions`, `missing_conditions`; `longest_contract` (14条)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ..derivation import Figure, Step, by_rule
from ..periods import in_words, months_from
from ._rules import rule


@dataclass(frozen=True)
class Contract:
    """What decides which conditions are stated in writing."""

    is_part_time: bool = False
    is_fixed_term: bool = False
    may_convert: bool = False


def required_conditions(contract: Contract, on: date) -> dict[str, Step]:
    """What has to be stated in writing when a contract is made on a day, each with its rule.

    >>> [name for name in required_conditions(Contract(), date(2026, 11, 24)) if "変更" in name]
    ['就業の場所と業務の変更の範囲']
    """
    groups = [("conditions", True), ("conditions_fixed", contract.is_fixed_term)]
    groups.append(("conditions_conversion", contract.may_convert))
    groups.append(("conditions_part_time", contract.is_part_time or contract.is_fixed_term))
    found: dict[str, Step] = {}
    for key, applies in groups:
        if applies:
            row = rule("hiring", key, on)
            for name in row.words("items"):
                found[name] = by_rule(row, "明示する事項", "", name)
    return found


def missing_conditions(stated: Collection[str], contract: Contract, on: date) -> tuple[Step, ...]:
    """What a notice (労働条件通知書) lacks. Raises ValueError for a name in none of the tables."""
    required = required_conditions(contract, on)
    known = required_conditions(Contract(True, True, True), on)
    if unknown := set(stated) - set(known):
        raise ValueError(f"表にない事項です: {'、'.join(sorted(unknown))}")
    return tuple(step for name, step in required.items() if name not in stated)


def longest_contract(first_day: date, *, age: int, is_specialist: bool = False) -> Figure[date]:
    """The last day that a fixed-term contract may have (14条1項).

    >>> longest_contract(date(2026, 4, 1), age=32).value
    datetime.date(2029, 3, 31)
    """
    row = rule("hiring", "contract", first_day)
    years = row.whole("longer_years" if is_specialist or age >= row["age"] else "years")
    last = months_from(first_day, 12 * years)
    step = by_rule(row, "契約の期間の上限", f"{in_words(first_day)}から{years}年", in_words(last))
    return Figure(last, (step,))
