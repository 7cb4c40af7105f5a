"""Lesson 2 of the labour seminar: each exercise judged, right, empty and typically wrong."""

import ast
import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from lesson_tests import (  # noqa: F401
    cells,
    placed,
    test_a_typical_mistake_is_named_and_the_rest_still_counts,
    test_every_message_of_a_key_can_be_reached,
    test_the_exercises_stand_in_their_order_with_their_points,
    test_the_right_answer_earns_everything_and_is_explained,
    values,
)

from manabiba_subjects.dated_table import DatedRow, Status, dated_tables
from manabiba_subjects.derivation import is_certain, per_mille, percent
from manabiba_subjects.insurance import CARE_AGES, employment_share, insurance_row, social_insurance
from manabiba_subjects.labour.enrolment import Worker, in_employment_insurance, in_social_insurance
from manabiba_subjects.labour.harassment import Harassment, harassment_duty
from manabiba_subjects.labour.leaving import (
    average_wage,
    dismissal_allowance,
    indefinite_right_from,
    leaving,
    leaving_steps,
)
from manabiba_subjects.labour.payment import payment_principles
from manabiba_subjects.labour.payslip import COMMUTING, payslip, standard_remuneration
from manabiba_subjects.labour.yearly_duties import joining, yearly_deadlines
from manabiba_subjects.minimum_wage import minimum_wage
from manabiba_subjects.periods import in_words
from manabiba_widgets import PayslipExplorer

NOTEBOOK = Path(__file__).parents[2] / "courses" / "labor" / "02-paying-leaving.ipynb"
TODAY = date(2026, 11, 23)
PAID, CLOSED, MONTH = date(2026, 11, 25), date(2026, 10, 31), date(2026, 10, 1)

POINTS = {
    "l2-check-1": 1,
    "l2-check-2": 2,
    "l2-check-3": 1,
    "l2-1-who": 2,
    "l2-1-rates": 2,
    "l2-1": 7,
    "l2-1-more": 3,
    "l2-2": 4,
    "l2-3": 2,
    "l2-6": 3,
    "l2-4": 2,
    "l2-8": 2,
    "l2-9": 2,
    "l2-9-measures": 2,
    "l2-5": 3,
    "l2-7": 2,
    "l2-10": 3,
    "l2-11": 3,
    "l2-reflection": 4,
}
JUDGED = [name for name in POINTS if name != "l2-reflection"]
STEPS = ["notice", "pay", "last", "loss", "social", "employment", "slip", "certificate"]

RIGHT: dict[str, dict[str, Any]] = {
    "l2-check-1": {"chosen": ["high"]},
    "l2-check-2": {
        "values": {
            "hourly": "1,550",
            "overtime": "７，７５０円",
            "saturday": "overtime",
            "sunday": "holiday",
        }
    },
    "l2-check-3": {"values": {"ogawa": "7", "long": "10日"}},
    "l2-1-who": {
        "placed": {
            "health": "half",
            "support": "half",
            "pension": "half",
            "contribution": "employer",
            "employment": "both",
            "accident": "employer",
        }
    },
    "l2-1-rates": {
        "values": {"standard": "240,000", "april": "0", "may": "276", "employment": "old"}
    },
    "l2-1": {
        "cells": {
            "gross.yen": "258,125",
            "health.yen": "11,904",
            "support.yen": "276",
            "pension.yen": "21,960",
            "employment.yen": "１，２９１円",
            "insurance.yen": "35431",
            "taxable.yen": "214,694",
            "tax.yen": "4,840",
            "net.yen": "207,354",
        }
    },
    "l2-1-more": {
        "cells": {
            "health.care": "13,848",
            "insurance.care": "37,375",
            "taxable.care": "212,750",
            "tax.care": "4,770",
            "net.care": "205,480",
            "tax.family": "3,230",
            "net.family": "208,964",
        }
    },
    "l2-2": {
        "values": {
            "a_social": "out",
            "a_employment": "in",
            "b_social": "in",
            "b_employment": "in",
            "c_social": "in",
            "c_employment": "in",
            "d_social": "out",
            "d_employment": "out",
            "e_social": "out",
            "f_next": "ask",
        }
    },
    "l2-3": {"values": {"monthly": "110,846", "needed": "1,016", "now": "no"}},
    "l2-6": {
        "values": {"joined": "2027年1月10日", "left": "R8.12.11", "update": "7/10"},
    },
    "l2-4": {
        "values": {
            "before_loss": "d31",
            "before_premium": "no",
            "end_loss": "d1",
            "end_premium": "yes",
        }
    },
    "l2-8": {"values": {"apart": "no", "together": "yes", "consent": "false", "safe": "false"}},
    "l2-9": {
        "placed": {
            "family": "customer",
            "board": "power",
            "interview": "applicant",
            "pregnant": "birth",
        }
    },
    "l2-9-measures": {"chosen": ["m0", "m1", "m2", "m3"]},
    "l2-5": {
        "values": {
            "average": "7,173.91",
            "none": "215,217",
            "some": "129,130",
            "cut": "3,586",
        }
    },
    "l2-7": {"values": {"yearly": "2027年4月1日", "three": "令和10年4月1日"}},
    "l2-10": {
        "order": STEPS,
        "dates": {"loss": "12/16", "employment": "2026/12/26", "slip": "1月15日"},
    },
    "l2-11": {
        "marked": {
            "trial": "first",
            "rules": "all",
            "slip": "month",
            "consent": "dismissal",
            "allowance": "average",
        }
    },
}


def rule(file: str, key: str, on: date = TODAY) -> DatedRow:
    return dated_tables(f"labour/{file}.toml")[key].at(on)


def order(before: str, after: str) -> dict[str, Any]:
    """The right order, but `before` stands directly before `after`."""
    steps = [step for step in STEPS if step != before]
    steps.insert(steps.index(after), before)
    return {"order": steps}


EIGHT_NINTHS, SIX_SEVENTHS = 7 * 8 / 9, 3 * 6 / 7  # one cell of nine, of seven, is lost

MISTAKES = [
    # the first lesson's hardest points
    ("l2-check-1", {"chosen": ["name"]}, 0, "指示・拘束・諾否の自由"),
    ("l2-check-1", {"chosen": ["consent"]}, 0, "本人が承知していても"),
    ("l2-check-2", values(hourly="1,625"), 1.5, "割増賃金の基礎から通勤"),
    ("l2-check-2", values(overtime="8,125"), 1.5, "通勤手当を入れて"),
    ("l2-check-2", values(saturday="holiday"), 1.5, "35%は法定休日です"),
    ("l2-check-2", values(sunday="overtime"), 1.5, "法定休日に働いた分"),
    ("l2-check-3", values(long="7"), 0.5, "週30時間以上なら通常の日数"),
    ("l2-check-3", values(ogawa="10"), 0.5, "比例付与の日数"),
    # who pays, grades, and from when
    ("l2-1-who", placed(support="employer"), 2 * 5 / 6, "「拠出金」0.36%は事業主だけ"),
    ("l2-1-who", placed(contribution="half"), 2 * 5 / 6, "「支援金」0.23%は労使折半"),
    ("l2-1-who", placed(employment="half"), 2 * 5 / 6, "半分ずつではありません"),
    ("l2-1-who", placed(accident="both"), 2 * 5 / 6, "団体だけが払います"),
    ("l2-1-rates", values(standard="200,000"), 1.5, "通勤手当も、社会保険では報酬に入ります"),
    ("l2-1-rates", values(standard="220,000"), 1.5, "ちょうど230,000円"),
    ("l2-1-rates", values(april="276"), 1.5, "前の月の3月分"),
    ("l2-1-rates", values(may="0"), 1.5, "4月分から始まりました"),
    ("l2-1-rates", values(may="864"), 1.5, "事業主だけです"),
    ("l2-1-rates", values(employment="new"), 1.5, "締切日が4月1日より前"),
    # the payslip
    ("l2-1", cells(gross_yen="250,125"), EIGHT_NINTHS, "支払う額に入ります"),
    ("l2-1", cells(health_yen="13,848"), EIGHT_NINTHS, "40歳から64歳の人です"),
    ("l2-1", cells(health_yen="23,808"), EIGHT_NINTHS, "2で割りましょう"),
    ("l2-1", cells(health_yen="12,803"), EIGHT_NINTHS, "標準報酬月額の240,000円"),
    ("l2-1", cells(support_yen="864"), EIGHT_NINTHS, "「支援金」0.23%は労使折半"),
    ("l2-1", cells(support_yen="432"), EIGHT_NINTHS, "0.36%を使っています"),
    ("l2-1", cells(support_yen="0"), EIGHT_NINTHS, "2026年4月分から始まり"),
    ("l2-1", cells(pension_yen="43,920"), EIGHT_NINTHS, "2で割りましょう"),
    ("l2-1", cells(employment_yen="1,200"), EIGHT_NINTHS, "その月の賃金総額に掛けます"),
    ("l2-1", cells(employment_yen="1,251"), EIGHT_NINTHS, "通勤手当も賃金の総額"),
    ("l2-1", cells(employment_yen="1,420"), EIGHT_NINTHS, "2025年度の率"),
    ("l2-1", cells(employment_yen="1,290"), EIGHT_NINTHS, "切り上げます"),
    ("l2-1", cells(employment_yen="2,194"), EIGHT_NINTHS, "団体の分の率"),
    ("l2-1", cells(insurance_yen="35,155"), EIGHT_NINTHS, "支援金がぬけています"),
    ("l2-1", cells(taxable_yen="222,694"), EIGHT_NINTHS, "通勤手当の8,000円を引いていません"),
    ("l2-1", cells(taxable_yen="250,125"), EIGHT_NINTHS, "社会保険料を引いた後の金額で"),
    ("l2-1", cells(tax_yen="3,230"), EIGHT_NINTHS, "扶養0人の列です"),
    ("l2-1", cells(tax_yen="4,910"), EIGHT_NINTHS, "となりの行"),
    ("l2-1", cells(net_yen="217,854"), EIGHT_NINTHS, "住民税も"),
    ("l2-1", cells(net_yen="199,354"), EIGHT_NINTHS, "支払う額からは引きません"),
    ("l2-1-more", cells(health_care="15,792"), SIX_SEVENTHS, "介護保険も折半"),
    ("l2-1-more", cells(health_care="1,944"), SIX_SEVENTHS, "介護保険の分だけ"),
    ("l2-1-more", cells(tax_care="4,840"), SIX_SEVENTHS, "行が1つ上に変わります"),
    ("l2-1-more", cells(net_care="205,410"), SIX_SEVENTHS, "所得税も少し下がります"),
    ("l2-1-more", cells(tax_family="4,840"), SIX_SEVENTHS, "扶養1人の列"),
    # who is insured
    ("l2-2", values(a_social="in"), 3.6, "51人以上の団体です"),
    ("l2-2", values(a_employment="out"), 3.6, "団体の大きさを問いません"),
    ("l2-2", values(b_social="out"), 3.6, "月額8.8万円の要件は2026年10月1日になくなりました"),
    ("l2-2", values(c_social="out"), 3.6, "ちょうど4分の3"),
    ("l2-2", values(d_social="in"), 3.6, "週20時間に届きません"),
    ("l2-2", values(e_social="in"), 3.6, "4分の3に届かない学生"),
    ("l2-2", values(f_next="same"), 3.6, "役員は、ふつう雇用保険の対象にならない"),
    ("l2-3", values(monthly="106,166"), 4 / 3, "1,279円です(基準日"),
    ("l2-3", values(monthly="102,320"), 4 / 3, "1か月を4週"),
    ("l2-3", values(needed="1,015"), 4 / 3, "あと少し"),
    ("l2-3", values(now="yes"), 4 / 3, "月額8.8万円の要件は"),
    # by when
    ("l2-6", values(joined="2026/12/11"), 2.0, "翌月の10日まで"),
    ("l2-6", values(left="2026/12/10"), 2.0, "その日は数えず"),
    ("l2-6", values(update="2027/7/11"), 2.0, "6月1日を1日目"),
    ("l2-4", values(before_loss="d30"), 1.5, "その翌日です"),
    ("l2-4", values(before_premium="yes"), 1.5, "その月の分はかかりません"),
    ("l2-4", values(end_loss="d31"), 1.5, "資格喪失日は退職日の翌日です"),
    ("l2-4", values(end_premium="no"), 1.5, "月末退職ならその月の保険料"),
    # rules and harassment
    ("l2-8", values(apart="yes"), 1.5, "事業場ごとに数えます"),
    ("l2-8", values(together="no"), 1.5, "パートの人も数えます"),
    ("l2-8", values(consent="true"), 1.5, "意見を聴き"),
    ("l2-8", values(safe="true"), 1.5, "届け出るだけでは足りません"),
    ("l2-9", placed(family="power"), 1.5, "2026年10月1日から"),
    ("l2-9", placed(interview="sexual"), 1.5, "まだ職員ではない応募者"),
    ("l2-9", placed(pregnant="power"), 1.5, "妊娠を理由に"),
    ("l2-9", placed(board="customer"), 1.5, "立場の強い理事長"),
    ("l2-9-measures", {"chosen": ["m0", "m1", "m2", "m3", "names"]}, 1.5, "プライバシー"),
    ("l2-9-measures", {"chosen": ["m0", "m1", "m2", "patience"]}, 1.0, "団体として対応"),
    # leaving
    ("l2-5", values(average="7,333.33"), 2.25, "暦の日数の92日"),
    ("l2-5", values(none="220,000"), 2.25, "平均賃金の30日分"),
    ("l2-5", values(some="121,956"), 2.25, "予告した日は数えません"),
    ("l2-5", values(some="86,086"), 2.25, "足りない日数の分"),
    ("l2-5", values(cut="7,173"), 2.25, "半日分"),
    ("l2-5", values(cut="22,000"), 2.25, "総額の上限"),
    ("l2-7", values(yearly="2027/3/31"), 1.0, "ちょうど5年です"),
    ("l2-7", values(three="2030/4/1"), 1.0, "初日から申し込めます"),
    ("l2-10", {"dates": {"loss": "12/15"}}, 2.5, "その翌日です"),
    ("l2-10", {"dates": {"employment": "12/25"}}, 2.5, "12月16日は数えません"),
    ("l2-10", {"dates": {"slip": "1/31"}}, 2.5, "働き続けている人の期限"),
    ("l2-11", {"marked": {"trial": "wish"}}, 2.7, "本人の希望では決まりません"),
    ("l2-11", {"marked": {"consent": "sign"}}, 2.7, "だれが決めたか"),
    ("l2-11", {"marked": {"allowance": "gross"}}, 2.7, "平均賃金を使います"),
    ("l2-11", {"marked": {"rules": "file"}}, 2.7, "届け出るだけでは"),
    ("l2-11", {"marked": {"rate": "standard"}}, 2.4, "この行は正しいです"),
]


CATALOGUE = (
    # what is said about mistakes that many people make, always in the same words
    "「ボランティア」という名前ではなく、指示・拘束・諾否の自由・お金の性質で判断します。",
    "割増賃金の基礎から通勤・家族・住宅手当などは除きます。",
    "35%は法定休日です。所定休日の労働は週40時間を超えれば25%です。",
    "週4日でも週30時間以上なら通常の日数です。",
    "2026年10月1日から神奈川県は1,279円です(基準日を確認しましょう)。",
    "「支援金」0.23%は労使折半、「拠出金」0.36%は事業主だけです。",
    "雇用保険は標準報酬月額ではなく、その月の賃金総額に掛けます。",
    "非課税通勤手当と社会保険料を引いた後の金額で税額表を引きます。",
    "月額8.8万円の要件は2026年10月1日になくなりました。",
    "資格喪失日は退職日の翌日です。月末退職ならその月の保険料がかかります。",
    "予告した日は数えません。足りない日数分の平均賃金を払えば足ります。",
)


def test_every_common_mistake_has_its_message_in_some_key(lesson) -> None:
    told = repr([found._key for found in lesson.values()])
    assert [message for message in CATALOGUE if message not in told] == []


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("last", "pay", "退職の日までに確かめます"),
        ("social", "loss", "資格を失ってから"),
        ("slip", "employment", "期限の早いほう"),
        ("certificate", "slip", "請求されてから"),
    ],
)
def test_a_step_of_leaving_out_of_its_place_costs_part_of_the_order(
    lesson, points, told, changed, before, after, message
) -> None:
    answer = changed(RIGHT["l2-10"], order(before, after))
    assert 1.5 < points(lesson["l2-10"], answer) < 3
    assert message in told(lesson["l2-10"].judge(answer, with_key=True))


CHAINS = [
    # a mistake, what it leads to, and the points: only the mistake itself costs some
    (
        "l2-1",  # the overtime forgotten: employment insurance, tax and net follow
        {
            "gross.yen": "240,000",
            "employment.yen": "1,200",
            "insurance.yen": "35,340",
            "taxable.yen": "196,660",
            "tax.yen": "4,200",
            "net.yen": "189,960",
        },
        7 * 7 / 9,  # the excerpt of the tax table ends there: a tax made up does not follow
    ),
    (
        "l2-1",  # 介護保険 taken off at 32: the tax falls a row, the net follows
        {
            "health.yen": "13,848",
            "insurance.yen": "37,375",
            "taxable.yen": "212,750",
            "tax.yen": "4,770",
            "net.yen": "205,480",
        },
        EIGHT_NINTHS,
    ),
    (
        "l2-1",  # 拠出金 for 支援金
        {
            "support.yen": "864",
            "insurance.yen": "36,019",
            "taxable.yen": "214,106",
            "net.yen": "206,766",
        },
        EIGHT_NINTHS,
    ),
    (
        "l2-1",  # 雇用保険 from the 標準報酬月額
        {
            "employment.yen": "1,200",
            "insurance.yen": "35,340",
            "taxable.yen": "214,785",
            "net.yen": "207,445",
        },
        EIGHT_NINTHS,
    ),
    ("l2-1", {"tax.yen": "3,230", "net.yen": "208,964"}, EIGHT_NINTHS),
    (
        "l2-1-more",  # 介護保険 not halved
        {
            "health.care": "15,792",
            "insurance.care": "39,319",
            "taxable.care": "210,806",
            "tax.care": "4,770",
            "net.care": "203,536",
        },
        SIX_SEVENTHS,
    ),
    ("l2-1-more", {"tax.family": "4,840", "net.family": "207,354"}, SIX_SEVENTHS),
]


@pytest.mark.parametrize(("exercise_id", "entered", "earned"), CHAINS)
def test_a_mistake_costs_its_own_cell_and_not_those_after_it(
    lesson, assert_only_the_first_cell_costs, changed, exercise_id, entered, earned
) -> None:
    answer = changed(RIGHT[exercise_id], {"cells": entered})
    assert_only_the_first_cell_costs(lesson[exercise_id], answer, earned)


def test_the_average_wage_is_right_with_and_without_cutting(lesson, points, changed) -> None:
    for entered in ("7,173.91", "7173.92"):
        answer = changed(RIGHT["l2-5"], values(average=entered))
        assert points(lesson["l2-5"], answer) == POINTS["l2-5"]


def test_no_graded_figure_is_a_bare_number(code_cells) -> None:
    """In the hidden tests a figure comes from `subjects` or from what the prompt shows."""
    hidden = [cell.source for cell in code_cells if "BEGIN HIDDEN TESTS" in cell.source]
    assert len(hidden) == len(JUDGED)
    for source in hidden:
        numbers = {n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant)}
        large = {n for n in numbers if isinstance(n, int | float) and n > 100}
        assert large <= set(range(2026, 2032)), source  # years of dates


def test_the_payslip_is_the_one_of_the_first_lesson_with_its_overtime(names, text) -> None:
    assert names["pay"] == {
        "基本給": 220_000,
        "職務手当": 12_000,
        COMMUTING: 8_000,
        "時間外手当": 18_125,
    }
    assert names["average_pay"] == 240_000 == names["slip"].standard
    shown = names["sheet"].spec["rows"]
    given = {row["label"]: int(row["given"]["yen"]) for row in shown if row["given"]}
    assert given == {**names["pay"], "住民税": names["resident_tax"]}


def test_tanakas_table_of_the_text_is_the_exercises(text, table_of, yen, names) -> None:
    rows = {row[0].partition("(")[0]: yen(row[1]) for row in table_of(text, "田中さんの2026年11月")}
    slip = names["slip"]
    assert rows == {
        **names["pay"],
        "標準報酬月額": slip.standard,
        "住民税": slip.resident_tax,
    }


def test_what_the_organisation_pays_for_tanaka_is_told_in_round_figures(text, names) -> None:
    employers = int(sum(names["slip"].employers.values()))
    assert f"約{round(employers, -3):,}円を払う計算" in text


def test_both_lessons_and_the_figure_close_on_the_last_day_and_pay_on_the_25th(text, names) -> None:
    first_lesson = NOTEBOOK.with_name("01-hiring.ipynb").read_text(encoding="utf-8")
    assert "毎月末日締め、翌月25日に、本人の同意を得て口座へ振り込む" in first_lesson
    assert "毎月末日に締め、翌月25日に払います" in text
    assert names["closed"] + timedelta(days=1) == names["paid"].replace(day=1)
    assert "この図も、みなとこども応援ネットと同じ、末日締め・翌月25日払い" in text


def test_the_principles_of_payment_are_the_laws(text, table_of) -> None:
    told = [row[0].lstrip("①②③④⑤ ").removesuffix("を") for row in table_of(text, "原則")]
    principles = payment_principles(TODAY)
    assert len(told) == len(principles) == 5
    assert all(law.startswith(said) for said, law in zip(told, principles, strict=True))


def test_the_worked_example_comes_out(text, table_of, yen, names) -> None:
    slip = payslip(
        names["nakamura"],
        paid_on=PAID,
        closed_on=CLOSED,
        average_pay=sum(names["nakamura"].values()),
        age=28,
        resident_tax=6_000,
    )
    assert slip.standard == 200_000 and "標準報酬月額は200,000円、住民税は6,000円" in text
    assert {row[0]: yen(row[2]) for row in table_of(text, "順番")} == {
        "総支給額": slip.gross,
        "健康保険": slip.health,
        "支援金": slip.child_support,
        "厚生年金": slip.pension,
        "雇用保険": slip.employment,
        "社会保険料等の計": slip.insurance,
        "所得税のもとになる額": slip.taxable,
        "源泉所得税": slip.income_tax,
        "住民税": slip.resident_tax,
        "差引支給額": slip.net,
    }
    excerpt = rule("withholding_monthly", "kou", PAID)
    [row] = [
        row
        for row in zip(excerpt.series("lower"), excerpt.series("upper"), strict=True)
        if row[0] <= slip.taxable < row[1]
    ]
    assert f"税額表の{row[0]:,}〜{row[1]:,}の行" in text


def test_the_tables_of_grades_and_tax_are_the_laws(text, table_of, yen) -> None:
    for span, standard in table_of(text, "報酬の月額"):
        low, high = (yen(part) for part in span.split("〜"))
        assert {standard_remuneration(pay, MONTH) for pay in (low, high - 1)} == {yen(standard)}
        assert standard_remuneration(high, MONTH) > yen(standard)
    excerpt = rule("withholding_monthly", "kou", PAID)
    official = {
        (low, high): taxes
        for low, high, *taxes in zip(
            *(excerpt.series(key) for key in ("lower", "upper", "dependants0", "dependants1")),
            strict=True,
        )
    }
    shown = table_of(text, "もとになる額")
    assert len(shown) == 3
    for span, *taxes in shown:
        low, high = (yen(part) for part in span.split("〜"))
        assert official[low, high] == [yen(tax) for tax in taxes]


def test_the_rates_of_the_text_are_the_laws(text, table_of) -> None:
    rates = {row[0]: row[1:] for row in table_of(text, "保険料など")}
    on = {
        "健康保険(協会けんぽ神奈川)": ("health", MONTH),
        "介護保険(40〜64歳)": ("care", MONTH),
        "子ども・子育て**支援金**": ("child_support", MONTH),
        "厚生年金": ("pension", MONTH),
        "子ども・子育て**拠出金**": ("child_contribution", MONTH),
    }
    for label, (key, month) in on.items():
        assert rates[label.rstrip("*")][0] == percent(insurance_row(key, month)["rate"])
    employment, accident = (insurance_row(key, CLOSED) for key in ("employment", "accident"))
    shares = [per_mille(employment[side]) for side in ("employee", "employer")]
    assert rates["雇用保険(一般の事業)"][0] == f"本人{shares[0]}、団体{shares[1]}"
    assert rates["労災保険(その他の各種事業)"][0] == per_mille(accident["rate"])
    assert len(rates) == len(on) + 2
    assert (CARE_AGES[0], CARE_AGES[-1]) == (40, 64)
    old = insurance_row("employment", date(2026, 3, 31))
    assert f"2025年度の雇用保険の本人の率は、{per_mille(old['employee'])}でした" in text
    contribution = social_insurance(240_000, MONTH).contribution.employer
    assert f"拠出金(240,000 × 0.36% = {contribution:,}円)" in text


def test_who_is_insured_in_the_text_follows_from_the_law(text, names, table_of) -> None:
    size, hours, employment = (rule("enrolment", k) for k in ("size", "part_time", "employment"))
    assert f"団体が**{size['people']}人以上**" in text
    assert f"**週{hours['hours']}時間以上**" in text
    assert f"**週{employment['hours']}時間以上**で、**{employment['days']}日以上**" in text
    later = dated_tables("labour/enrolment.toml")["size"].rows[1:]
    assert f"2027年10月から{later[0]['people']}人、2029年10月から{later[1]['people']}人" in text
    assert (later[-1].effective_from, later[-1]["people"]) == (date(2035, 10, 1), 1)
    assert in_social_insurance(Worker(24), 8, TODAY).holds is False
    assert in_employment_insurance(Worker(24), TODAY).holds is True
    shown = {row[0]: row for row in table_of(text, "例")}
    for name, (people, worker) in names["people"].items():
        row = shown[name.upper()]
        assert row[1] == f"{people}人" and f"週{worker.weekly_hours}時間" in row[2]
        assert ("学生" in row[2]) is worker.is_student
    was = [row for row in dated_tables("labour/enrolment.toml")["wage"].rows if row["yen"]]
    assert was[-1].until == date(2026, 9, 30) and f"({was[-1].whole('yen'):,}円)" in text


def test_the_days_of_the_text_are_the_laws(text) -> None:
    days = leaving(date(2026, 10, 20))
    assert (days.loss, days.employment_notice) == (date(2026, 10, 21), date(2026, 10, 31))
    assert "10月20日に退職した人は、10月21日に資格を失います" in text
    assert "10月31日までです" in text
    assert leaving(date(2026, 6, 29)).last_premium.month == 5  # 図3
    assert leaving(date(2026, 6, 30)).last_premium.month == 6
    two_years = [(date(year, 4, 1), date(year + 2, 3, 31)) for year in (2023, 2025, 2027)]
    assert indefinite_right_from(two_years) == date(2027, 4, 1)
    assert "その初日の2027年4月1日から" in text
    dates = yearly_deadlines(2027)
    assert dates["定時決定"].value == date(2027, 7, 10) and "7月1日から7月10日まで" in text
    assert joining(date(2026, 12, 1)).employment_notice == date(2027, 1, 10)


def test_the_examples_of_notice_and_average_wage_come_out(text) -> None:
    days = sum((date(2026, m + 1, 1) - date(2026, m, 1)).days for m in (7, 8, 9))
    average = average_wage(736_000, days)
    assert f"736,000 ÷ {days} = {int(average):,}円" in text
    allowance = dismissal_allowance(average, date(2026, 6, 10), date(2026, 6, 30))
    assert allowance == 10 * average and f"{allowance:,}円です" in text
    cut = rule("leaving", "pay_cut")
    assert (cut.share("once"), cut.share("period")) == (Fraction(1, 2), Fraction(1, 10))
    assert "総額は、1回の支払の賃金の**10分の1**まで" in text


def test_the_calendar_days_of_the_exercise_are_those_of_its_months(names) -> None:
    months = [date(2026, 8, 1), date(2026, 11, 1)]
    assert (months[1] - months[0]).days == names["calendar_days"]
    assert (names["dismissed"] - names["notified"]).days == 12
    assert names["wages_of_three_months"] == 3 * 220_000


def test_the_steps_of_leaving_are_all_asked_in_the_order_of_the_subjects(names, lesson) -> None:
    assert [*names["known_steps"]] == [step.name for step in leaving_steps(names["last_day"])]
    filed = next(s.given for s in lesson["l2-10"]._spec.steps if s.id == "social")
    assert names["days"].loss < filed <= names["days"].loss + timedelta(days=4)


def test_the_practice_at_the_end_comes_out(text) -> None:
    practice = text.partition("### もう一度練習したい方へ")[2]
    assert standard_remuneration(208_000 + 10_000, MONTH) == 220_000
    social = social_insurance(220_000, MONTH, age=30)
    for premium in (social.health, social.child_support, social.pension):
        assert f"÷ 2 = {premium.employee:,}円" in practice
    gross = 208_000 + 10_000 + 6_250
    assert f"{Decimal(gross) * 5 / 1000:,.2f}円" in practice
    assert f"切り捨てて、{employment_share(gross, CLOSED):,}円" in practice
    assert not in_social_insurance(Worker(28), 12, TODAY).holds
    assert in_employment_insurance(Worker(28), TODAY).holds
    days = leaving(date(2027, 5, 31))
    assert (days.loss, days.last_premium.month, days.employment_notice) == (
        date(2027, 6, 1),
        5,
        date(2027, 6, 11),
    )
    amount = dismissal_allowance(Decimal(8_000), date(2026, 6, 5), date(2026, 6, 30))
    assert f"8,000 × 5 = {amount:,}円" in practice


def test_the_duty_of_each_kind_of_harassment_begins_as_the_table_says(text, table_of) -> None:
    rows = {row[0]: row[2] for row in table_of(text, "種類")}
    assert set(rows) == {str(kind) for kind in Harassment}
    for kind in Harassment:
        is_old = harassment_duty(kind, date(2026, 9, 30)).holds
        assert harassment_duty(kind, date(2026, 10, 1)).holds
        assert rows[str(kind)].startswith("前から" if is_old else in_words(date(2026, 10, 1)))


def test_work_and_family_in_the_text_is_the_law(text, table_of) -> None:
    rows = {row[0]: row[1] for row in table_of(text, "両立のための制度")}
    birth, care = rule("duties", "maternity"), rule("duties", "childcare")
    assert rows["産前・産後の休業"] == (
        f"産前{birth['before_weeks']}週間(双子などは{birth['before_weeks_multiple']}週間)、"
        f"産後{birth['after_weeks']}週間"
    )
    assert rows["育児休業"] == (
        f"子が{care['until_age']}歳まで(条件により最長{care['longest_age']}歳まで)。"
        f"{care['times']}回に分けて取れる"
    )
    assert (
        f"年{care['nursing_days']}日、2人以上なら年{care['nursing_days_two']}日"
        in rows["子の看護等休暇"]
    )
    assert f"{care['birth_weeks']}週間のうち" in rows["出生時育児休業"]
    assert f"団体が{care['flexible_measures']}つ以上" in rows["3歳から小学校に入るまで"]
    kept, claims = rule("duties", "retirement"), rule("duties", "claims")
    assert (
        f"{kept['least_age']}歳以上。{kept['secured_until']}歳になるまで働ける道を用意する"
        in "\n".join(row[2] for row in table_of(text, "終わり方"))
    )
    assert (
        f"当分の間{claims['wage_years']}年(退職手当は{claims['severance_years']}年)残ります" in text
    )


def test_what_is_unverified_decides_no_grade(lesson, names) -> None:
    """Students' and officers' 雇用保険 and how 5日以内 is counted are not asked for."""
    student = in_employment_insurance(Worker(25, is_student=True), TODAY)
    assert not student.is_certain
    fields = {field["id"] for field in lesson["l2-2"].spec["fields"]}
    assert "e_employment" not in fields
    assert set(names["judged"]) | {"f_next"} == fields
    assert all(is_certain(v.steps) for n in "abcd" for v in names["verdicts"](n))
    assert not is_certain(leaving(names["left_on"]).steps)
    asked = {step.id for step in lesson["l2-10"]._spec.steps if step.asks_date}
    assert asked == {"loss", "employment", "slip"}
    unverified = [step for step in names["without"].steps if step.status is Status.UNVERIFIED]
    assert [step.label for step in unverified] == ["端数"]  # the exercise itself settles it
    exact = Decimal(names["wages_of_three_months"]) / names["calendar_days"]
    key = lesson["l2-5"]._key.values
    assert (int(exact * 30), int(exact * 18), int(exact / 2)) == (
        key["none"],
        key["some"],
        key["cut"],
    )


# Amounts of the text that are no table's own, each with where it comes from.
TOLD = {
    **dict.fromkeys((220_000, 12_000, 8_000, 18_125, 10_500, 240_000, 864, 38_000), "田中さん"),
    **dict.fromkeys((200_000, 5_000, 205_000, 6_000), "中村さん"),
    **dict.fromkeys((736_000, 80_000), "平均賃金の例"),
    88_000: "2026年9月30日までの要件",
}


def test_every_amount_in_the_text_is_told_by_the_exercises_or_the_law(text, amounts_in) -> None:
    story = text.partition("### もう一度練習したい方へ")[0]
    prose = "\n".join(line for line in story.split("\n") if not line.startswith("|"))
    grades = {210_000, 220_000}
    assert amounts_in(prose) - set(TOLD) - grades == set()
    assert f"{minimum_wage(TODAY):,}円" not in prose  # it stands in the prompt, from the table


def test_the_payslip_to_play_with_is_the_example_and_no_answer(code_cells, names) -> None:
    [cell] = [cell for cell in code_cells if cell.metadata.nbgrader.grade_id == "x-payslip"]
    assert not cell.metadata.nbgrader.grade
    found = {**names, "PayslipExplorer": PayslipExplorer}
    shown = eval(compile(cell.source, "x-payslip", "eval"), found)
    rows = {row[0]: row[1] for row in shown.still().rows}
    assert rows["差引支給額"] == "166,255" and rows["雇用保険"] == "1,025"
    [april] = [month for month in shown.spec["months"] if month["key"] == "2026-04"]
    assert april["rates"]["employment"]["text"] == "5.5/1000"  # of pay closed on 31 March
    assert april["rates"]["child_support"]["rate"] == "0"
    assert set(rows.values()).isdisjoint(RIGHT["l2-1"]["cells"].values())


def test_old_material_is_met_and_put_right(text) -> None:
    found = re.findall(r"^> \*\*古い資料に注意: ([^*]+)\*\* (.+)$", text, re.MULTILINE)
    assert [title for title, _ in found] == ["支援金と拠出金", "月額8.8万円", "ハラスメント規程"]
    for (_, told), day in zip(
        found,
        ("2026年4月分から", "2026年10月1日になくなりました", "2026年10月1日から"),
        strict=True,
    ):
        assert day in told and "二次的な資料" in told


def test_statutory_figures_show_the_day_of_their_text_and_how_far_they_were_checked(text) -> None:
    for section, day in (
        ("労働基準法24条", "2026年6月24日施行の条文"),
        ("健康保険法40条", "2026年6月5日施行の条文"),
        ("健康保険法3条", "2026年6月5日施行の条文"),
        ("雇用保険法6条", "2026年5月13日施行の条文"),
        ("雇用保険法施行規則6条・7条", "2026年6月14日施行"),
        ("労働保険徴収法19条", "2025年10月1日施行"),
        ("所得税法226条", "2026年4月1日施行"),
        ("労災保険法3条", "2026年5月13日施行の条文"),
        ("労働契約法12条", "2020年4月1日施行の条文"),
        ("育児・介護休業法", "2025年10月1日施行の条文"),
    ):
        assert any(section in part and day in part for part in text.split("\n\n")), section
    assert text.count("教材の基準日: 2026年11月23日") >= 3
    for secondary in ("50銭以下なら切り捨て", "2027年10月から36人", "年収130万円", "月額表・甲欄"):
        assert any(secondary in line and "二次的な資料" in line for line in text.split("\n"))
    for unverified in ("随時改定", "昼間の学生や、法人の役員", "予告が要る場合", "年末調整"):
        assert re.search(rf"{unverified}[^\n]*一般的な知識", text), unverified


def test_every_term_is_met_before_the_glossary(text, table_of) -> None:
    lesson_text = text.partition("## 用語集")[0]
    words = [word for row in table_of(text, "用語") for word in row[0].split("・")]
    assert [word for word in words if word not in lesson_text] == []


def test_advice_ends_with_whom_to_ask(text) -> None:
    whom = "年金事務所・労働基準監督署・ハローワークや社会保険労務士に"
    assert text.count(whom) >= 3
    assert "最新の内容を**確認**しましょう" in text.strip().split("\n")[-1]


def test_the_page_to_print_has_the_summary_and_three_checklists(text) -> None:
    [page] = re.findall(r'<div class="one-page">(.*?)</div>', text, re.DOTALL)
    assert "### 今日の1枚 " in page
    assert page.count("チェックリスト**") == 3
    boxes = re.findall(r"^- □ (.+)$", page, re.MULTILINE)
    assert len(boxes) == 13
    for duty in (
        "介護保険",
        "支援金",
        "5日以内",
        "1か月以内",
        "年休の残り",
        "相談窓口",
        "就業規則",
    ):
        assert any(duty in box for box in boxes)


@pytest.mark.parametrize(
    ("taught", "exercise_id"),
    [
        ("試用期間のあいだも、条件を満たす人は、初めの日から入ります", "l2-11"),
        ("予告の要らない例外もあります(21条)", "l2-5"),
        ("③の**源泉所得税**", "l2-1"),
        ("雇用保険と労災保険を合わせて、**労働保険**", "l2-6"),
    ],
)
def test_what_an_exercise_needs_is_told_before_it(text: str, taught: str, exercise_id: str) -> None:
    source = NOTEBOOK.with_suffix(".md").read_text(encoding="utf-8")
    assert taught in text
    assert source.index(taught) < source.index(f"grade_id: {exercise_id}-ask")
