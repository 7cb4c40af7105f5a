"""CashVersusIncome (現金の出入りと収益・費用): a year of both, and why they differ."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from manabiba_subjects import Books, BooksError, Entry
from manabiba_subjects.books import check_books
from manabiba_subjects.cash_and_income import CashMonth, Gap, Reason, cash_months, walk

from .explorable import Explorable, Still, refuse
from .number_text import format_number

_WHY = {
    Reason.LOAN: "借りたお金は、入っても収益ではありません。"
    "返したお金は、出ても費用ではありません。",
    Reason.BOUGHT: "長く使う物を買うと、お金は一度に出ます。費用は、使う年に少しずつ分けます。",
    Reason.WRITTEN_OFF: "前に買った物の今年の分です。お金は出ませんが、費用になります。",
    Reason.RECEIVABLE: "入金がまだでも、今年の分は今年の収益です。前の年の未収が入金しても、"
    "今年の収益にはなりません。",
    Reason.ADVANCE: "先に受け取ったお金は、その年が来るまで(または使うまで)収益にしません。",
    Reason.PAYABLE: "支払いがまだでも、今年の分は今年の費用です。前の年の未払を払っても、"
    "今年の費用にはなりません。",
    Reason.PREPAID: "先に払ったお金は、その期間が来るまで費用にしません。",
    Reason.STOCK: "買ったけれどまだ使っていない物は、使うまで費用にしません。",
    Reason.WITHHELD: "人から預かった税金や保険料は、団体のお金ではないので、"
    "収益にも費用にもなりません。",
    Reason.OTHER: "収益でも費用でもないお金の動きです。",
}


class CashVersusIncome(Explorable):
    """Cash and income of the books' year by month, and the reasons between them one by one.

    The books need their first and last day, and a date on every entry.
    """

    kind = "cash_versus_income"

    def __init__(self, explorable_id: str, *, title: str, lead: str = "", books: Books) -> None:
        try:
            check_books(books)
            self._months = cash_months(books)
        except (BooksError, ValueError) as error:
            refuse(explorable_id, [str(error)])
        super().__init__(
            explorable_id,
            title=title,
            lead=lead,
            months=[_month_state(month) for month in self._months],
            reasons=[_reason_state(reason, self._months) for reason in _occurring(self._months)],
        )

    def still(self) -> Still:
        total = walk(self._months)[-1]
        rows = [("現金預金の増減", "", format_number(total))]
        for reason in _occurring(self._months):
            yen = sum(month.by_reason().get(reason, 0) for month in self._months)
            total += yen
            rows.append((reason.value, _signed(yen), format_number(total)))
        rows.append(("収益 − 費用", "", format_number(walk(self._months, Reason)[-1])))
        return Still(
            "現金預金の増減から、収益と費用の差まで(1年分。単位: 円)",
            ("理由", "足す額", "ここまでの合計"),
            tuple(rows),
        )


def _occurring(months: Iterable[CashMonth]) -> list[Reason]:
    found = {gap.reason for month in months for gap in month.gaps}
    return [reason for reason in Reason if reason in found]


def _month_state(month: CashMonth) -> dict[str, Any]:
    return {
        "label": f"{month.month.month}月",
        "cash_in": month.cash_in,
        "cash_out": month.cash_out,
        "revenue": month.revenue,
        "expense": month.expense,
        "gaps": {reason.name: yen for reason, yen in month.by_reason().items()},
    }


def _reason_state(reason: Reason, months: Iterable[CashMonth]) -> dict[str, Any]:
    gaps = [gap for month in months for gap in month.gaps if gap.reason is reason]
    return {
        "key": reason.name,
        "name": reason.value,
        "why": _WHY[reason],
        "entries": [_gap_state(gap) for gap in gaps],
    }


def _gap_state(gap: Gap) -> dict[str, Any]:
    return {"text": f"{_day(gap.entry)} {gap.entry.text}".strip(), "yen": gap.yen}


def _day(entry: Entry) -> str:
    return f"{entry.on.month}月{entry.on.day}日" if entry.on else ""


def _signed(yen: int) -> str:
    return f"＋{format_number(yen)}" if yen > 0 else format_number(yen)
