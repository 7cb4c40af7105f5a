"""What owners say about their books in forms: account meanings, settings, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from manabiba_subjects import CostKind, Section, standard_accounts
from manabiba_subjects.notes import RestrictedFund
from manabiba_subjects.own_books import (
    OwnBooks,
    Place,
    TextNote,
    similar_places,
    suggested_place,
)

from .cells import CellError, day_of, text_of, yen_of
from .closed_books import POLICY
from .fiscal_year import day_text

NOTE_TITLES = (
    POLICY,
    "施設の提供等の物的サービスの受入の内訳",
    "ボランティアによる役務の提供の内訳",
    "役員及びその近親者との取引の内容",
    "その他必要な事項",
)
"""The notes in words; the order is that of the list in the accounting standard."""

LONGEST_TEXT = 4_000
MOST_FUNDS = 30


class FormError(ValueError):
    """A form that was not filled in right; `messages` by field, in Japanese."""

    def __init__(self, messages: dict[str, str]) -> None:
        self.messages = messages
        super().__init__("; ".join(f"{field}: {text}" for field, text in messages.items()))


@dataclass(frozen=True)
class AccountChoice:
    """One account to be explained: its name, how often it is used, what is chosen now."""

    number: int
    name: str
    uses: int
    chosen: str
    likely: tuple[Place, ...]
    is_confirmed: bool


def code_of(name: str, place: Place) -> str:
    """A place as a form sends it: a standard account, or the own name in a section."""
    is_standard = any(
        a.name == place.name and a.section is place.section for a in standard_accounts()
    )
    return f"s:{place.name}" if is_standard else f"k:{place.section.value}"


def place_of(name: str, code: str) -> Place | None:
    """The place that a code means for an account name; None for an unknown one."""
    kind, _, value = code.partition(":")
    if kind == "s":
        found = next((a for a in standard_accounts() if a.name == value), None)
        return Place(found.name, found.section) if found and found.section else None
    if kind == "k" and value in {section.value for section in Section}:
        return Place(name, Section(value))
    return None


def standard_by_section() -> list[tuple[Section, list[str]]]:
    """The standard accounts' names by section, in the order of the statements."""
    return [
        (section, [a.name for a in standard_accounts() if a.section is section])
        for section in Section
    ]


def account_choices(
    own: OwnBooks, given: Mapping[str, str], *, everything: bool
) -> tuple[AccountChoice, ...]:
    """The accounts to be shown in the form: those not confirmed and those given, or all."""
    uses: dict[str, int] = {}
    for entry in (*own.entries, *own.adjustments):
        for line in entry.lines:
            uses[line.account] = uses.get(line.account, 0) + 1
    found = []
    for number, name in enumerate(own.account_names):
        place = own.places.get(name)
        sure = suggested_place(name)
        if place is not None and not everything and name not in given:
            continue
        current = place or sure
        found.append(
            AccountChoice(
                number=number,
                name=name,
                uses=uses.get(name, 0),
                chosen=given.get(name, code_of(name, current) if current else ""),
                likely=() if current else tuple(similar_places(name)),
                is_confirmed=place is not None,
            )
        )
    return tuple(found)


def read_accounts(own: OwnBooks, given: Mapping[str, str]) -> dict[str, Place]:
    """The places chosen. Raises FormError by account name."""
    places: dict[str, Place] = {}
    errors: dict[str, str] = {}
    for name, code in given.items():
        place = place_of(name, code)
        if place is None:
            errors[name] = f"「{name}」が決算書のどの科目になるかを選んでください。"
        else:
            places[name] = place
    sections: dict[str, tuple[str, Section]] = {}
    for name, place in {**own.places, **places}.items():
        other = sections.setdefault(place.name, (name, place.section))
        if other[1] is not place.section and name in given:
            errors[name] = (
                f"「{place.name}」は「{other[0]}」で{other[1].value}に選ばれています。"
                "同じ場所を選んでください。"
            )
    if errors:
        raise FormError(errors)
    return places


def settings_values(own: OwnBooks) -> dict[str, str]:
    """The fields of the settings form as they are now."""
    values = {
        "organisation": own.organisation,
        "start": day_text(own.start),
        "end": day_text(own.end),
        "without": own.without_department,
    }
    for number, department in enumerate(own.departments):
        values[f"department{number}"] = department.name
        values[f"kind{number}"] = department.kind.value
    for row, account in enumerate(own.shared_accounts):
        weights = own.weights.get(account, {})
        for column, department in enumerate(own.departments):
            weight = weights.get(department.id)
            values[f"share{row}-{column}"] = "" if weight is None else str(weight)
    return values


def read_settings(own: OwnBooks, given: Mapping[str, str]) -> OwnBooks:
    """The books with the settings of a form. Raises FormError by field."""
    errors: dict[str, str] = {}
    organisation = text_of(given["organisation"])
    if len(organisation) > 60:
        errors["organisation"] = "団体名は60文字までで入れてください。"
    days = {}
    for field, label in (("start", "はじめの日"), ("end", "終わりの日")):
        try:
            days[field] = day_of(given[field])
            if days[field] is None:
                errors[field] = f"事業年度の{label}を入れてください。"
        except CellError as error:
            errors[field] = str(error)
    start, end = days.get("start"), days.get("end")
    if start and end:
        if end < start:
            errors["end"] = "終わりの日が、はじめの日より前です。"
        elif (end - start).days > 366:
            errors["end"] = "事業年度は1年までです。はじめの日と終わりの日を確かめてください。"
    departments = []
    for number, department in enumerate(own.departments):
        name = text_of(given[f"department{number}"])
        if not name or len(name) > 40:
            errors[f"department{number}"] = "部門の名前を40文字までで入れてください。"
        try:
            kind = CostKind(given[f"kind{number}"])
        except ValueError:
            errors[f"kind{number}"] = "事業費か管理費かを選んでください。"
            kind = department.kind
        departments.append(replace(department, name=name, kind=kind))
    without = given["without"]
    if without not in {department.id for department in own.departments}:
        errors["without"] = "一覧の部門から選んでください。"
    weights = {k: dict(v) for k, v in own.weights.items() if k not in own.shared_accounts}
    for row, account in enumerate(own.shared_accounts):
        parts: dict[str, int] = {}
        for column, department in enumerate(own.departments):
            field = f"share{row}-{column}"
            try:
                part = yen_of(given[field].replace("%", "").replace("％", "")) or 0
            except CellError as error:
                errors[field] = str(error)
                continue
            if not 0 <= part <= 1_000_000:
                errors[field] = "0以上の数字で入れてください。"
            parts[department.id] = part
        if any(parts.values()):
            weights[account] = parts
        elif not any(given[f"share{row}-{c}"].strip() for c in range(len(own.departments))):
            continue
        elif f"share{row}-0" not in errors:
            errors[f"share{row}-0"] = "どれか1つの部門に、0より大きい割合を入れてください。"
    if errors or start is None or end is None:
        raise FormError(errors)
    return replace(
        own,
        organisation=organisation,
        start=start,
        end=end,
        departments=tuple(departments),
        without_department=without,
        weights=weights,
    )


def read_notes(
    given: Mapping[str, str],
) -> tuple[tuple[RestrictedFund, ...], tuple[TextNote, ...]]:
    """The restricted funds and the notes in words of a form. Raises FormError by field."""
    errors: dict[str, str] = {}
    texts = []
    for number, title in enumerate(NOTE_TITLES):
        lines = given.get(f"text{number}", "").splitlines()
        text = "\n".join(line.rstrip() for line in lines).strip()
        if len(text) > LONGEST_TEXT:
            errors[f"text{number}"] = f"{LONGEST_TEXT:,}文字までで書いてください。"
        if text:
            texts.append(TextNote(title, text))
    funds = []
    for number in range(MOST_FUNDS):
        purpose = text_of(given.get(f"purpose{number}"))[:100]
        amounts = {"opening": 0, "increase": 0, "decrease": 0}
        for part in amounts:
            try:
                amounts[part] = yen_of(given.get(f"{part}{number}")) or 0
            except CellError as error:
                errors[f"{part}{number}"] = str(error)
        if any(amounts.values()) and not purpose:
            errors[f"purpose{number}"] = "何に使うお金かを書いてください。"
        if purpose:
            remark = text_of(given.get(f"remark{number}"))[:100]
            funds.append(RestrictedFund(purpose, **amounts, remark=remark))
    if errors:
        raise FormError(errors)
    return tuple(funds), tuple(texts)
