"""A form of organisation in words: what it rests on, its people, its founding, its taxes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..dated_table import DatedRow
from ._rules import rule
from .forms import Form


def traits_of(form: Form, on: date) -> Mapping[str, tuple[str, DatedRow]]:
    """A form in words: what is compared → what it is with this form, and the row that says so."""
    people, time = rule("forms", form.value, on), trait(form, "founding", on)
    numbers = {
        Form.NPO: f"社員{people.whole('people')}人以上",
        Form.ASSOCIATION: f"設立時の社員{people.whole('people')}人以上",
        Form.VOLUNTARY: "決まりはありません。",
    }[form]
    lasts = "登記はないので、待つ期間はありません。"
    if form is not Form.VOLUNTARY:
        time = rule("forms", f"{form.value}_time", on)
        lasts = f"{time.whole('days')}日ほどが目安です。"
    if form is Form.NPO:
        board_row = rule("people", "numbers", on)
        board = f"理事{board_row.whole('directors')}人以上、監事{board_row.whole('auditors')}人以上"
    else:
        board_row = trait(form, "board", on)
        board = board_row.words("text")[0]

    def told(name: str) -> tuple[str, DatedRow]:
        row = trait(form, name, on)
        return row.words("text")[0], row

    return {
        "根拠": told("basis"),
        "人数": (numbers, people),
        "役員": (board, board_row),
        "つくり方": told("founding"),
        "目的": told("purpose"),
        "期間の目安": (lasts, time),
        "登録免許税": told("registration_tax"),
        "情報公開": told("disclosure"),
        "法人税": told("corporate_tax"),
        "契約・口座": told("contracts"),
    }


def trait(form: Form, name: str, on: date) -> DatedRow:
    """The row that says what a form is like in one respect, such as "disclosure"."""
    return rule("form_traits", f"{form.value}_{name}", on)
