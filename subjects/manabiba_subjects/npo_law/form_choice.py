"""What speaks for and against a form for a group: NPO法人, 一般社団法人, 任意団体."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..dated_table import DatedRow, Status
from ..derivation import Step, Verdict
from ._rules import rule
from .form_traits import trait
from .forms import Form
from .officers import examine_relatives


class Topic(StrEnum):
    """What a group is asked about."""

    PEOPLE = "人数"
    OFFICERS = "役員"
    RELATIVES = "役員の親族"
    PURPOSE = "活動の目的"
    TIME = "急ぎ"
    LEGAL_PERSON = "法人格"
    DISCLOSURE = "情報公開"


class Stance(StrEnum):
    """How a condition of a form stands to a group; `BESIDE`: it does not matter to this group."""

    FOR = "合う"
    AGAINST = "合わない"
    ASK = "確かめる"
    BESIDE = "関係しない"


@dataclass(frozen=True)
class Wish:
    """A group and what it wants. None: not decided yet, or for `days`: no hurry.

    `people` have a vote, `officers` are 理事 and 監事 together, `relatives` those of them
    who are one family (0 or 1: there are none), `days` in how many days the form is needed.
    """

    people: int
    officers: int = 4
    relatives: int = 0
    in_fields: bool | None = True
    days: int | None = None
    needs_legal_person: bool = False
    accepts_disclosure: bool | None = True


@dataclass(frozen=True)
class Condition:
    """What a form asks in a topic: its numbers, and what to say in each stance (Japanese).

    `limits` are the least people or officers, the usual days, (others, 1 / share) for relatives;
    otherwise 1 when the form asks for it (or, for LEGAL_PERSON, is one) and 0 when it does not.
    """

    topic: Topic
    limits: tuple[int, ...]
    texts: Mapping[Stance, str]
    row: DatedRow

    def examine(self, wish: Wish, on: date) -> Stance:
        """How a group stands to this condition."""
        limit = self.limits[0]
        match self.topic:
            case Topic.PEOPLE:
                holds: bool | None = wish.people >= limit
            case Topic.OFFICERS:
                holds = wish.officers >= limit
            case Topic.RELATIVES:
                if wish.relatives <= 1:
                    return Stance.BESIDE
                holds = examine_relatives(wish.relatives, wish.officers, on).holds
            case Topic.PURPOSE:
                holds = wish.in_fields if limit else True
            case Topic.TIME:
                if wish.days is None:
                    return Stance.BESIDE
                holds = wish.days >= limit
            case Topic.LEGAL_PERSON:
                if not wish.needs_legal_person:
                    return Stance.BESIDE
                holds = limit == 1
            case Topic.DISCLOSURE:
                holds = wish.accepts_disclosure if limit else True
        if holds is None:
            return Stance.ASK
        return Stance.FOR if holds else Stance.AGAINST


def conditions_of(form: Form, on: date) -> tuple[Condition, ...]:
    """What a form asks of a group, each with the row of law that says so."""
    return {
        Form.NPO: _npo_conditions,
        Form.ASSOCIATION: _association_conditions,
        Form.VOLUNTARY: _voluntary_conditions,
    }[form](on)


def weigh(form: Form, wish: Wish, on: date) -> Verdict:
    """Whether a form fits a group, with a step for each condition that matters to it.

    False only where a verified condition speaks against it, True only where all are verified and
    speak for it; otherwise None: it has to be asked.

    >>> [weigh(form, Wish(people=4), date(2026, 11, 24)).holds for form in Form]
    [False, None, None]
    """
    found = [(one, one.examine(wish, on)) for one in conditions_of(form, on)]
    steps = tuple(
        Step(
            one.topic,
            one.texts[stance],
            stance,
            one.row.source,
            one.row.status,
            one.row.read_on,
            one.row.note,
        )
        for one, stance in found
        if stance is not Stance.BESIDE
    )
    if any(s.result == Stance.AGAINST and s.status is not Status.UNVERIFIED for s in steps):
        return Verdict(False, steps)
    verdict = Verdict(True, steps)
    all_for = all(step.result == Stance.FOR for step in steps)
    return verdict if all_for and verdict.is_certain else Verdict(None, steps)


def _told(met: str, not_met: str = "", not_decided: str = "") -> Mapping[Stance, str]:
    told = {Stance.FOR: met, Stance.AGAINST: not_met, Stance.ASK: not_decided}
    return {stance: text for stance, text in told.items() if text}


def _npo_conditions(on: date) -> tuple[Condition, ...]:
    form = Form.NPO
    people, board = rule("forms", "npo", on), rule("people", "numbers", on)
    relatives, time = rule("people", "relatives", on), rule("forms", "npo_time", on)
    least, days = people.whole("people"), time.whole("days")
    directors, auditors = board.whole("directors"), board.whole("auditors")
    others, parts = relatives.whole("others"), relatives.share("share").denominator
    return (
        Condition(
            Topic.PEOPLE,
            (least,),
            _told(
                f"社員(総会で表決権を持つ人)が{least}人以上います。",
                f"社員(総会で表決権を持つ人)が{least}人以上必要です。",
            ),
            people,
        ),
        Condition(
            Topic.OFFICERS,
            (directors + auditors,),
            _told(
                f"理事{directors}人以上と監事{auditors}人以上を置けます。",
                f"理事{directors}人以上と監事{auditors}人以上、あわせて{directors + auditors}人"
                "以上の役員が必要です。",
            ),
            board,
        ),
        Condition(
            Topic.RELATIVES,
            (others, parts),
            _told(
                "役員の親族は、決まりの範囲です。",
                f"役員の親族は、本人のほか{others}人まで、本人と合わせて役員の{parts}分の1以下です。",
            ),
            relatives,
        ),
        Condition(
            Topic.PURPOSE,
            (1,),
            _told(
                "20の分野に当てはまり、広く多くの人のための活動です。",
                "20の分野に当てはまり、不特定かつ多数の人のためになる活動でなければなりません。",
                "20の分野に当てはまるかどうかを、所轄庁に相談しましょう。",
            ),
            trait(form, "purpose", on),
        ),
        _time(days, time),
        _is_legal_person(trait(form, "basis", on)),
        Condition(
            Topic.DISCLOSURE,
            (1,),
            _told(
                "毎年の事業報告書等の提出と公開を引き受けられます。",
                "事業報告書等を毎年提出し、だれでも見られるようになります。",
                "事業報告書等は毎年提出して公開されます。引き受けられるかを話し合いましょう。",
            ),
            trait(form, "disclosure", on),
        ),
    )


def _association_conditions(on: date) -> tuple[Condition, ...]:
    form = Form.ASSOCIATION
    people, time = rule("forms", "association", on), rule("forms", "association_time", on)
    least, board = people.whole("people"), trait(form, "board", on)
    return (
        Condition(
            Topic.PEOPLE,
            (least,),
            _told(f"設立時の社員が{least}人以上います。", f"設立時の社員が{least}人以上必要です。"),
            people,
        ),
        Condition(
            Topic.OFFICERS,
            (board.whole("directors"),),
            _told("理事を置けます。", f"理事が{board.whole('directors')}人以上必要です。"),
            board,
        ),
        Condition(
            Topic.PURPOSE,
            (0,),
            _told("分野の決まりはありません。"),
            trait(form, "purpose", on),
        ),
        _time(time.whole("days"), time),
        _is_legal_person(trait(form, "basis", on)),
        Condition(
            Topic.DISCLOSURE,
            (1,),
            _told(
                "貸借対照表の公告などを引き受けられます。",
                "貸借対照表の公告などが必要です。",
                "貸借対照表の公告などがあります。引き受けられるかを話し合いましょう。",
            ),
            trait(form, "disclosure", on),
        ),
    )


def _voluntary_conditions(on: date) -> tuple[Condition, ...]:
    form = Form.VOLUNTARY
    people = rule("forms", "voluntary", on)
    return (
        Condition(
            Topic.PEOPLE,
            (people.whole("people"),),
            _told("人数の決まりはありません。", "いっしょに始める人が必要です。"),
            people,
        ),
        Condition(
            Topic.PURPOSE,
            (0,),
            _told("分野の決まりはありません。"),
            trait(form, "purpose", on),
        ),
        Condition(
            Topic.TIME,
            (0,),
            _told("仲間の申し合わせで、すぐに始められます。"),
            trait(form, "founding", on),
        ),
        Condition(
            Topic.LEGAL_PERSON,
            (0,),
            _told("", "法人ではないので、契約や口座は代表者個人の名義になることが多いです。"),
            trait(form, "basis", on),
        ),
        Condition(
            Topic.DISCLOSURE,
            (0,),
            _told("情報公開の決まりはありません。"),
            trait(form, "disclosure", on),
        ),
    )


def _time(days: int, row: DatedRow) -> Condition:
    return Condition(
        Topic.TIME,
        (days,),
        _told(
            f"目安の{days}日ほどに、間に合いそうです。",
            f"目安は{days}日ほどです。間に合わないかもしれません。",
        ),
        row,
    )


def _is_legal_person(row: DatedRow) -> Condition:
    return Condition(
        Topic.LEGAL_PERSON, (1,), _told("法人になるので、団体として契約できます。"), row
    )
