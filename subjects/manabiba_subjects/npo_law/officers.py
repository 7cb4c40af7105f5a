"""Officers (役員): numbers, pay, relatives, 監事, vacancies, terms, each with its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor

from ..derivation import Figure, Verdict, by_rule
from ..periods import in_words, months_from
from ._rules import rule


@dataclass(frozen=True)
class Board:
    """The officers of an organisation, as far as the law asks about them.

    `families` has one number for each group of relatives among the officers: an officer together
    with the spouse and the relatives up to the third degree who are officers too.
    """

    directors: int
    auditors: int
    paid: int = 0
    families: Sequence[int] = ()
    auditors_also_directors: int = 0
    auditors_also_employees: int = 0

    @property
    def officers(self) -> int:
        """理事 and 監事 together (役員総数)."""
        return self.directors + self.auditors


def examine_board(board: Board, on: date) -> Verdict:
    """Whether a board meets every test of its numbers, pay, relatives and 監事 (15–21条)."""
    verdicts = (
        examine_numbers(board.directors, board.auditors, on),
        examine_paid(board.paid, board.officers, on),
        *(examine_relatives(family, board.officers, on) for family in board.families),
        examine_auditors(
            on,
            are_directors=board.auditors_also_directors > 0,
            are_employees=board.auditors_also_employees > 0,
        ),
    )
    return Verdict(
        all(verdict.holds for verdict in verdicts),
        tuple(step for verdict in verdicts for step in verdict.steps),
    )


def examine_numbers(directors: int, auditors: int, on: date) -> Verdict:
    """Whether there are three 理事 and one 監事 at least (15条)."""
    row = rule("people", "numbers", on)
    needed = (row.whole("directors"), row.whole("auditors"))
    holds = directors >= needed[0] and auditors >= needed[1]
    working = f"理事{directors}人(必要{needed[0]}人以上)、監事{auditors}人(必要{needed[1]}人以上)"
    return Verdict(holds, (by_rule(row, "役員の数", working, _met(holds)),))


def paid_limit(officers: int, on: date) -> Figure[int]:
    """How many of the officers may be paid as officers: a third, what is left over cut off.

    >>> [paid_limit(officers, date(2026, 11, 24)).value for officers in (4, 5, 6, 9)]
    [1, 1, 2, 3]
    """
    row = rule("people", "paid", on)
    limit = floor(officers * row.share("share"))
    working = f"役員総数{officers}人の{_share(row.share('share'))}以下(端数は切り捨て)"
    return Figure(limit, (by_rule(row, "報酬を受けられる役員", working, f"最大{limit}人"),))


def examine_paid(paid: int, officers: int, on: date) -> Verdict:
    """Whether at most a third of the officers are paid as officers (2条2項)."""
    limit = paid_limit(officers, on)
    row = rule("people", "paid", on)
    holds = paid <= limit.value
    step = by_rule(row, "報酬を受ける役員", f"{paid}人、上限{limit.value}人", _met(holds))
    return Verdict(holds, (*limit.steps, step))


def examine_relatives(family: int, officers: int, on: date) -> Verdict:
    """Whether an officer and the relatives among the officers, `family` people in all, may serve.

    Two tests, and both have to hold (21条): at most one relative besides the officer, and together
    at most a third of all officers.

    >>> [examine_relatives(2, n, date(2026, 11, 24)).holds for n in (5, 6)]
    [False, True]
    """
    if not 0 <= family <= officers:
        raise ValueError(
            f"役員{officers}人のうち親族{family}人とあります。人数を確かめてください。"
        )
    row = rule("people", "relatives", on)
    others, allowed = max(0, family - 1), row.whole("others")
    one = others <= allowed
    share = row.share("share")
    third = family <= 1 or family <= officers * share
    label = _share(share)
    return Verdict(
        one and third,
        (
            by_rule(
                row,
                "本人のほかの親族の数",
                f"{others}人、{allowed}人まで",
                _met(one),
            ),
            by_rule(
                row,
                f"本人と親族が役員総数の{label}以下",
                f"{family}人×{share.denominator}={family * share.denominator}、総数{officers}人",
                _met(third),
            ),
        ),
    )


def examine_auditors(on: date, *, are_directors: bool, are_employees: bool) -> Verdict:
    """Whether nobody is 監事 and at once 理事 or an employee (19条)."""
    row = rule("people", "auditor", on)
    found = [word for word, found in (("理事", are_directors), ("職員", are_employees)) if found]
    holds = not found
    working = f"監事が{'・'.join(found)}を兼ねている" if found else "監事は理事・職員を兼ねていない"
    return Verdict(holds, (by_rule(row, "監事の兼職", working, _met(holds)),))


def examine_vacancy(quota: int, serving: int, on: date) -> Verdict:
    """Whether a board may wait with filling its vacancies (22条); `quota` is the number fixed.

    False when more than a third of the 理事, or of the 監事, is missing: then 遅滞なく補充.
    """
    row = rule("people", "vacancy", on)
    missing = max(0, quota - serving)
    holds = missing <= quota * row.share("share")
    working = f"定数{quota}人のうち{missing}人が欠けている({_share(row.share('share'))}を超えるか)"
    result = "すぐの補充は義務でない" if holds else "遅滞なく補充する"
    return Verdict(holds, (by_rule(row, "役員の欠員", working, result),))


def last_day_of_term(appointed_on: date) -> Figure[date]:
    """The last day that a term may have: two years from the day of appointment (24条)."""
    row = rule("people", "term", appointed_on)
    years = row.whole("years")
    last = months_from(appointed_on, 12 * years)
    working = f"{in_words(appointed_on)}から{years}年以内(再任できる)"
    return Figure(last, (by_rule(row, "任期", working, f"{in_words(last)}まで"),))


def _met(holds: bool) -> str:
    return "満たす" if holds else "満たさない"


def _share(share: object) -> str:
    numerator, denominator = str(share).split("/")
    return f"{denominator}分の{numerator}"
