"""Lesson 1 of the labour seminar: each exercise judged, right, empty and typically wrong."""

import ast
import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from lesson_tests import (  # noqa: F401
    test_a_typical_mistake_is_named_and_the_rest_still_counts,
    test_every_message_of_a_key_can_be_reached,
    test_the_exercises_stand_in_their_order_with_their_points,
    test_the_right_answer_earns_everything_and_is_explained,
    values,
)

from manabiba_subjects.dated_table import DatedRow, dated_tables
from manabiba_subjects.labour.conditions import Contract, required_conditions
from manabiba_subjects.labour.overtime_limits import examine_limits
from manabiba_subjects.labour.paid_leave import Pattern, leave_grant
from manabiba_subjects.labour.premiums import hourly_base, premium_pay
from manabiba_subjects.labour.records import LabourBook, book_items, keeping_years
from manabiba_subjects.labour.timesheet import WorkedDay, examine_breaks, split_days
from manabiba_subjects.labour.worker_status import Likelihood, view_status
from manabiba_subjects.labour.working_hours import Kind, required_break
from manabiba_subjects.minimum_wage import minimum_wage
from manabiba_widgets import LeaveCalendar

NOTEBOOK = Path(__file__).parents[2] / "courses" / "labor" / "01-hiring.ipynb"
TODAY = date(2026, 11, 23)

POINTS = {
    "l1-check-1": 1,
    "l1-check-2": 1,
    "l1-check-3": 1,
    "l1-1": 4,
    "l1-10": 4,
    "l1-2": 2,
    "l1-2-paper": 5,
    "l1-3": 3,
    "l1-4": 4,
    "l1-7": 3,
    "l1-7-paper": 3,
    "l1-5": 4,
    "l1-6": 4,
    "l1-8": 2,
    "l1-8-days": 3,
    "l1-9": 2,
    "l1-reflection": 4,
}
JUDGED = [name for name in POINTS if name != "l1-reflection"]
PAPERS = ["l1-2-paper", "l1-7-paper"]

RIGHT: dict[str, dict[str, Any]] = {
    "l1-check-1": {"chosen": ["work"]},
    "l1-check-2": {"chosen": ["new"]},
    "l1-check-3": {"chosen": ["full"]},
    "l1-1": {
        "path": [
            ["start", "look"],
            ["freedom", "right"],
            ["money", "right"],
            ["other", "low"],
            ["next", "ask"],
        ],
        "reasons": {
            "start": "名前だけではわからない",
            "money": "交通費はべつに出ている",
            "next": "決めきれない",
        },
        "consult": ["社会保険労務士"],
        "memo": "シフト表と、払った記録を持っていく",
    },
    "l1-10": {
        "marked": {
            "wage": "same",
            "overtime": "actual",
            "leave": "law",
            "pay": "agreement",
            "interview": "applicants",
        }
    },
    "l1-2": {"chosen": ["scope", "limit", "leaving", "contact", "explain"]},
    "l1-2-paper": {
        "fields": {
            "ends": "令和9年11月30日",
            "limit": "更新は３回まで(通算4年まで)",
            "place": "横浜市内のほかの学習教室",
            "job": "団体の事務の全般",
            "rest": "60",
            "wage": "1,300円",
            "leaving": "自己都合の退職は30日前までに申し出る。解雇は、病気で働けないときなど。",
            "contact": "事務局長 森",
            "explain": "常勤の人との待遇の違いの内容や理由について、説明を求めることができます。",
            "handed": "書面で渡す",
        }
    },
    "l1-3": {
        "values": {
            "six": "0",
            "half": "45",
            "eight": "４５分",
            "over": "60",
            "general": "4",
            "small": "0",
        }
    },
    "l1-4": {
        "minutes": {
            "sun": {"holiday": "8:00"},
            "tue": {"regular": "8時間", "overtime": "120分"},
            "thu": {"regular": "８：００", "overtime": "1時間30分", "night": "90"},
            "sat": {"overtime": "4:00", "holiday": "0"},
        }
    },
    "l1-7": {
        "values": {
            "year": "401",
            "over": "1",
            "special": "need",
            "average": "82.5",
            "two": "broken",
            "below": "kept",
            "hundred": "broken",
        }
    },
    "l1-7-paper": {
        "fields": {
            "reason": "行事の準備と、助成金の報告のため",
            "elected": "36協定の代表を選ぶと知らせて、投票や挙手で選ぶ",
            "month": "40",
            "year": "360",
            "special_month": "60",
            "special_year": "420",
            "times": "2",
            "filed": "2027/3/25",
        }
    },
    "l1-5": {
        "values": {
            "base": "1,450",
            "overtime": "18,125円",
            "late": "4350",
            "holiday": "15,660",
            "holiday_late": "4,640",
            "long": "119,625",
        }
    },
    "l1-6": {
        "values": {
            "hourly": "1,250",
            "old": "enough",
            "new": "lacks",
            "missing": "29",
            "needed": "204,640",
            "difference": "3,920",
        }
    },
    "l1-8": {"values": {"granted": "2026年10月1日", "five": "令和9年9月30日"}},
    "l1-8-days": {
        "values": {"full": "10", "thirty": "10日", "four": "9", "three": "8", "absent": "0"}
    },
    "l1-9": {
        "placed": {
            "hired": "roll",
            "deducted": "ledger",
            "taken": "register",
            "history": "roll",
            "night": "ledger",
            "left": "roll",
            "days": "ledger",
            "base": "register",
        }
    },
}


def rule(file: str, key: str, on: date) -> DatedRow:
    """A row of law on a day."""
    return dated_tables(f"labour/{file}.toml")[key].at(on)


def chosen(*options: str) -> dict[str, Any]:
    return {"chosen": [*options]}


MISTAKES = [
    # いまの知識で
    ("l1-check-1", chosen("name"), 0, "「ボランティア」という名前ではなく、指示・拘束・諾否の自由"),
    ("l1-check-1", chosen("npo"), 0, "会社もNPO法人も同じです"),
    ("l1-check-2", chosen("old"), 0, "2026年10月1日から神奈川県は1,279円です(基準日を"),
    ("l1-check-2", chosen("almost"), 0, "あと9円足りません"),
    ("l1-check-3", chosen("none"), 0, "パートの人にも、法律の条件を満たせば"),
    ("l1-check-3", chosen("fewer"), 0, "週4日でも週30時間以上なら通常の日数です"),
    # 求人票
    ("l1-10", {"marked": {"wage": "agree"}}, 3.6, "本人が同意しても、その部分が無効"),
    ("l1-10", {"marked": {"overtime": "none"}}, 3.6, "割増賃金が要ります"),
    ("l1-10", {"marked": {"leave": "year"}}, 3.6, "8割以上出勤すれば"),
    ("l1-10", {"marked": {"pay": "say"}}, 3.6, "書面の協定が要ります(24条)"),
    ("l1-10", {"marked": {"interview": "later"}}, 3.6, "採用が決まる前の"),
    ("l1-10", {"marked": {"hours": "short"}}, 3.2, "働くのは6時間です"),
    # 足りないもの
    ("l1-2", chosen("scope", "limit", "leaving", "contact"), 1.6, "ほかにもあります"),
    (
        "l1-2",
        chosen("scope", "limit", "leaving", "contact", "explain", "bonus"),
        1.6,
        "ないことも、示したことになります",
    ),
    # 休憩と週
    ("l1-3", values(eight="60"), 2.5, "8時間を「超える」とき"),
    ("l1-3", values(six="45"), 2.5, "ちょうど6時間なら"),
    ("l1-3", values(over="45"), 2.5, "15分超えています"),
    ("l1-3", values(small="4"), 2.5, "1週44時間までが法定内"),
    # 1週間
    (
        "l1-4",
        {"minutes": {"sat": {"holiday": "4:00"}}},
        3.5,
        "35%は法定休日です。所定休日の労働は週40時間を超えれば25%です。",
    ),
    (
        "l1-4",
        {"minutes": {"thu": {"regular": "8:00", "overtime": "0", "night": "1:30"}}},
        3.75,
        "時間外でもあります",
    ),
    (
        "l1-4",
        {"minutes": {"thu": {"regular": "8:00", "overtime": "1:30"}}},
        3.75,
        "時間外と重ねて数えます",
    ),
    (
        "l1-4",
        {"minutes": {"tue": {"regular": "8:00", "overtime": "3:00"}}},
        3.75,
        "休憩の1時間を引いていない",
    ),
    # 36協定
    ("l1-7", values(year="409"), 3 * 6 / 7, "月45・年360は時間外だけ、月100未満・平均80以下は"),
    ("l1-7", values(over="3"), 3 * 6 / 7, "45時間ちょうどの月も"),
    ("l1-7", values(over="2"), 3 * 6 / 7, "10月は、法定休日を入れて"),
    ("l1-7", values(average="65"), 3 * 6 / 7, "時間外だけの平均です"),
    ("l1-7", values(hundred="kept"), 3 * 6 / 7, "ちょうど100時間は違反"),
    # 割増賃金
    ("l1-5", values(base="1,500"), 4 * 5 / 6, "通勤手当が入っています。割増賃金の基礎から"),
    ("l1-5", values(base="1,375"), 4 * 5 / 6, "職務手当がぬけています"),
    ("l1-5", values(overtime="18,750"), 4 * 5 / 6, "通勤・家族・住宅手当などは除きます"),
    ("l1-5", values(overtime="14,500"), 4 * 5 / 6, "25%がついていません"),
    ("l1-5", values(late="3,625"), 4 * 5 / 6, "深夜の25%がぬけています"),
    ("l1-5", values(holiday="14,500"), 4 * 5 / 6, "法定休日は35%です"),
    ("l1-5", values(holiday_late="5,365"), 4 * 5 / 6, "時間外の25%は重なりません"),
    ("l1-5", values(long="117,812.5"), 4 * 5 / 6, "60時間を超えた5時間は1.5倍"),
    ("l1-5", values(long="141,375"), 4 * 5 / 6, "60時間までは1.25倍"),
    # 最低賃金
    ("l1-6", values(new="enough"), 4 * 5 / 6, "2026年10月1日から神奈川県は1,279円です"),
    ("l1-6", values(old="lacks"), 4 * 5 / 6, "まだ1,225円"),
    ("l1-6", values(missing="25"), 4 * 5 / 6, "古い最低賃金と比べています"),
    ("l1-6", values(needed="196,000"), 4 * 5 / 6, "古い最低賃金で計算"),
    ("l1-6", values(difference="0"), 4 * 5 / 6, "雇い入れたときの額ではなく、働いた日の額"),
    # 年次有給休暇
    ("l1-8", values(granted="2026/9/30"), 1, "その日で6か月が終わります"),
    ("l1-8", values(five="2027/10/1"), 1, "最後の日は、その前の日"),
    ("l1-8", values(five="2027/3/31"), 1, "年度の終わりではなく"),
    ("l1-8-days", values(thirty="7"), 3 * 4 / 5, "週4日でも週30時間以上なら通常の日数です"),
    ("l1-8-days", values(four="12"), 3 * 4 / 5, "比例付与です"),
    ("l1-8-days", values(absent="10"), 3 * 4 / 5, "8割に届いていません"),
    # 帳簿
    ("l1-9", {"placed": {"deducted": "roll"}}, 1.75, "賃金台帳に書きます"),
]


ENDINGS = {"employ": 4.0, "ask": 4.0, "free": 4.0, "rename": 1.2, "keep": 1.2}


@pytest.mark.parametrize(("last", "earned"), ENDINGS.items())
def test_preparing_asking_and_changing_the_work_are_all_right_and_a_new_name_is_not(
    lesson, points, last, earned
) -> None:
    path = [*RIGHT["l1-1"]["path"][:4], ["next", last]]
    assert points(lesson["l1-1"], {**RIGHT["l1-1"], "path": path}) == pytest.approx(earned)


def test_the_two_volunteers_are_seen_as_the_subjects_see_them(names, text) -> None:
    assert names["hayashi"].accepted == {Likelihood.HIGH, Likelihood.OPEN}
    hara = view_status({"来られる日だけ参加する", "実費だけが払われる"}, TODAY)
    assert hara.likelihood is Likelihood.LOW
    assert "労働者と判断される可能性は低い、と考えられます" in text


FIELDS = [
    # a paper, what is entered, the share of its points that is left, what is said
    ("l1-2-paper", {"ends": "2027/12/1"}, 10 / 11, "翌年の同じ日の前の日"),
    ("l1-2-paper", {"limit": "なるべく更新する"}, 10 / 11, "数字で書きます"),
    ("l1-2-paper", {"rest": "30"}, 10 / 11, "45分以上の休憩"),
    ("l1-2-paper", {"wage": "1,278"}, 10 / 11, "神奈川県は1,279円です"),
    ("l1-2-paper", {"leaving": "やめるときは30日前までに申し出る"}, 10 / 11, "解雇の理由も"),
    ("l1-2-paper", {"leaving": "解雇は、病気のときなど"}, 10 / 11, "自分からやめるときの手続き"),
    (
        "l1-2-paper",
        {"explain": "待遇は、常勤の人とちがいます"},
        10 / 11,
        "説明を求めることができる",
    ),
    ("l1-2-paper", {"handed": "口で説明するだけにする"}, 10 / 11, "口で説明するだけでは"),
    ("l1-2-paper", {"place": ""}, 10 / 11, "将来どこまで変わりうるか"),
    ("l1-2-paper", {"job": ""}, 10 / 11, "仕事が、将来どこまで"),
    ("l1-2-paper", {"contact": " "}, 10 / 11, "担当の人の名前や役職"),
    ("l1-2-paper", {"limit": "まだ決めていない"}, 10 / 11, "上限がなければ「なし」と"),
    ("l1-7-paper", {"reason": "残業"}, 7 / 8, "もう少しくわしく"),
    ("l1-7-paper", {"reason": "業務の都合により必要なため"}, 7 / 8, "「業務の都合」だけでは"),
    (
        "l1-7-paper",
        {"elected": "理事長が、まじめな人を指名する"},
        7 / 8,
        "投票や挙手などで選びます",
    ),
    ("l1-7-paper", {"month": "46"}, 7 / 8, "月45・年360は時間外だけ"),
    ("l1-7-paper", {"year": "361"}, 7 / 8, "360時間までです"),
    ("l1-7-paper", {"special_month": "100"}, 7 / 8, "100時間「未満」"),
    ("l1-7-paper", {"special_month": "40"}, 7 / 8, "ふだんより長く"),
    ("l1-7-paper", {"special_year": "721"}, 7 / 8, "720時間までです"),
    ("l1-7-paper", {"special_year": "300"}, 7 / 8, "短くせず"),
    ("l1-7-paper", {"times": "7"}, 7 / 8, "1年に6か月までです"),
    ("l1-7-paper", {"filed": "2027年4月2日"}, 7 / 8, "届け出てから"),
    # on the edge, and in other words
    ("l1-2-paper", {"rest": "45", "wage": "1279", "limit": "上限なし"}, 1, ""),
    (
        "l1-2-paper",
        {"limit": "三回まで", "handed": "本人が希望したので、印刷できるメールで送る"},
        1,
        "",
    ),
    (
        "l1-7-paper",
        {"month": "45", "special_month": "99", "special_year": "720", "times": "6"},
        1,
        "",
    ),
    ("l1-7-paper", {"filed": "令和9年4月1日"}, 1, ""),
]


@pytest.mark.parametrize(("exercise_id", "entered", "share", "message"), FIELDS)
def test_a_paper_is_checked_field_by_field(
    lesson, points, told, changed, exercise_id, entered, share, message
) -> None:
    answer = changed(RIGHT[exercise_id], {"fields": entered})
    assert points(lesson[exercise_id], answer) == pytest.approx(POINTS[exercise_id] * share)
    assert message in told(lesson[exercise_id].judge(answer, with_key=True))


@pytest.mark.parametrize("exercise_id", PAPERS)
def test_each_check_of_a_paper_has_a_case_here(lesson, exercise_id) -> None:
    messages = {check.message for check in lesson[exercise_id]._key.checks}
    tried = {said for name, _, share, said in FIELDS if name == exercise_id and share < 1}
    assert all(any(said in message for said in tried) for message in messages)


def test_the_finished_notice_has_all_that_the_law_asks_for_and_keeps_to_it(lesson, names) -> None:
    paper = "".join(
        getattr(block, "text", "") for block in lesson["l1-2-paper"]._paper.blocks
    ) + "".join(field.label for field in lesson["l1-2-paper"]._paper.fields)
    words = {
        "契約の期間": "から{ends}まで",
        "就業の場所": "場所: ",
        "従事する業務": "仕事: ",
        "就業の場所と業務の変更の範囲": "変更の範囲: {job}",
        "始業と終業の時刻": "12時から19時まで",
        "所定時間を超える労働の有無": "所定時間を超える労働: なし",
        "休憩": "休憩{rest}分",
        "休日": "休日: ",
        "休暇": "休暇: ",
        "交替制の就業時転換": "交替制: なし",
        "賃金の決定・計算・支払の方法": "時給{wage}円",
        "賃金の締切と支払の時期": "毎月末日締め、翌月25日",
        "退職に関する事項(解雇の事由を含む)": "{leaving}",
        "更新の基準": "仕事の量と、勤務のようすで判断",
        "通算期間または更新回数の上限": "更新の上限: {limit}",
        "昇給の有無": "昇給: なし",
        "退職手当の有無": "退職手当: なし",
        "賞与の有無": "賞与: なし",
        "相談窓口": "相談窓口: {contact}",
        "待遇の相違の説明を求められる旨": "{explain}",
    }
    asked = required_conditions(Contract(is_part_time=True, is_fixed_term=True), date(2026, 12, 1))
    assert set(asked) == set(words)
    assert [name for name, said in words.items() if said not in paper] == []
    day = WorkedDay(date(2026, 12, 1), ((12 * 60, 19 * 60),), ((15 * 60, 16 * 60),))
    assert [test.missing for test in examine_breaks([day])] == [0]


def test_the_week_is_split_as_the_subjects_split_it(names, lesson) -> None:
    assert names["sunday"].weekday() == 6
    days = {day.id: day for day in lesson["l1-4"]._spec.days}
    whole = {
        name: WorkedDay(
            date(2026, 11, 15 + number),
            days[name].span_minutes if name in days else ((9 * 60, 18 * 60),),
            days[name].break_minutes if name in days else ((12 * 60, 13 * 60),),
        )
        for number, name in enumerate(names["shifts"])
    }
    found = split_days(list(whole.values()), holidays={names["sunday"]})
    key = lesson["l1-4"]._key.minutes
    assert key == {name: found[whole[name].day] for name in days}
    assert sum(minutes for day in found.values() for minutes in [day["regular"]]) == 40 * 60
    assert all(not test.missing for test in examine_breaks(list(whole.values())))
    assert all(
        name in days or split["overtime"] == 0
        for name, split in zip(whole, found.values(), strict=True)
    )


def test_no_graded_figure_is_a_bare_number(code_cells) -> None:
    """In the hidden tests a figure comes from `subjects` or from what the prompt shows."""
    hidden = [cell.source for cell in code_cells if "BEGIN HIDDEN TESTS" in cell.source]
    assert len(hidden) == len(JUDGED)
    for source in hidden:
        numbers = {n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant)}
        large = {n for n in numbers if isinstance(n, int | float) and n > 100}
        assert large <= {2026, 2027, 650}, source  # years of dates, 65 hours in tenths


def test_the_tables_of_the_text_are_the_laws(text, table_of, yen) -> None:
    wages = table_of(text, "神奈川県の最低賃金")
    for words, amount in wages:
        year, month, day = map(int, re.findall(r"\d+", words))
        first = date(year, month, day)
        assert minimum_wage(first) == yen(amount)
        assert minimum_wage(date.fromordinal(first.toordinal() - 1)) != yen(amount)
    leave = table_of(text, "勤続(年)")
    patterns = [Pattern(5, 40), Pattern(4, 24), Pattern(3, 18), Pattern(2, 12), Pattern(1, 6)]
    for number, (years, *days) in enumerate(leave):
        assert years.rstrip("〜") == f"{number}.5"
        assert [int(cell) for cell in days] == [
            leave_grant(date(2020, 4, 1), number, pattern).days for pattern in patterns
        ]
    assert len(leave) == len(rule("leave", "ordinary", TODAY).series("days"))
    rests = table_of(text, "働く時間(休憩をのぞく)")
    assert [required_break(hours, TODAY) for hours in (360, 480, 481)] == [0, 45, 60]
    assert [row[1] for row in rests] == ["法律上は、なくてもよい", "45分以上", "60分以上"]


def test_the_limits_and_rates_of_the_text_are_the_laws(text) -> None:
    limits = rule("hours", "limits", TODAY)
    for said in (
        f"1か月{limits['month']}時間・1年{limits['year']}時間",
        f"1年{limits['year_special']}時間。月{limits['month']}時間を超えるのは年{limits['months_over']}か月まで",
        f"1か月{limits['single_below']}時間**未満**",
        f"どの平均も{limits['average']}時間以下",
    ):
        assert said in text
    rates = rule("hours", "premium", TODAY)
    percent = {name: int(rates[name] * 100) for name in ("overtime", "over60", "night", "holiday")}
    assert percent == {"overtime": 25, "over60": 50, "night": 25, "holiday": 35}
    for kind, is_night, times in (
        (Kind.OVERTIME, False, "1.25"),
        (Kind.OVERTIME, True, "1.5"),
        (Kind.OVER60, True, "1.75"),
        (Kind.HOLIDAY, False, "1.35"),
        (Kind.HOLIDAY, True, "1.6"),
    ):
        hour = premium_pay({(kind, is_night): 60}, Fraction(1000), TODAY).value
        assert hour == 1000 * Fraction(times)
        assert f">{times}倍</text>" in text
    legal, small = rule("hours", "legal", TODAY), rule("hours", "legal_small", TODAY)
    assert f"**1日{legal['day']}時間、1週{legal['week']}時間**" in text
    assert f"1週{small['week']}時間までとする特例" in text
    contract, kept = rule("hiring", "contract", TODAY), rule("hiring", "keeping", TODAY)
    assert f"原則{contract['years']}年まで。60歳以上の人などは{contract['longer_years']}年" in text
    assert f"保存は{kept['years']}年、当分のあいだは{keeping_years(TODAY).value}年" in text
    for name in rule("hours", "base", TODAY).words("excluded"):
        assert name.removesuffix("(賞与など)") in text


def test_the_worked_examples_of_the_text_come_out(text) -> None:
    shown = {"基本給": 250_000, "職務手当": 6_000, "家族手当": 12_000}
    hourly = hourly_base(shown, 160, TODAY).value
    paid = premium_pay({(Kind.OVERTIME, False): 5 * 60}, hourly, TODAY).value
    assert f"250,000 + 6,000 = {250_000 + 6_000:,}円" in text
    assert f"÷ 160 = {int(hourly):,}円" in text and f"× 1.25 × 5 = {paid:,}円" in text
    grant = leave_grant(date(2025, 7, 1), 0, Pattern(5, 40))
    assert f"{grant.granted_on.year}年1月1日に{grant.days}日が発生" in text
    assert grant.five_days_by == date(2026, 12, 31)
    long_day = WorkedDay(date(2026, 11, 18), ((9 * 60, 23 * 60),), ((12 * 60, 13 * 60),))
    [split] = split_days([long_day]).values()
    assert split == {"regular": 480, "overtime": 300, "night": 60, "holiday": 0}
    assert "時間外 18時から23時まで 5時間" in text and "深夜 22時から 1時間" in text


def test_the_year_of_the_text_is_the_exercises(text, table_of, names) -> None:
    found = re.findall(r"^\| (時間外|法定休日) \|([\d |]+)\|$", text, re.MULTILINE)
    rows = [(kind, [int(cell) for cell in cells.split("|")]) for kind, cells in found]
    overtime = [n for kind, cells in rows if kind == "時間外" for n in cells]
    holiday = [n for kind, cells in rows if kind == "法定休日" for n in cells]
    assert overtime == [month.overtime for month in names["months"]]
    assert holiday == [month.holiday for month in names["months"]]
    assert examine_limits(names["months"], TODAY).breaches == ()


def test_the_practice_at_the_end_comes_out(text) -> None:
    day = WorkedDay(date(2026, 11, 18), ((9 * 60, 17 * 60 + 30),), ((12 * 60, 12 * 60 + 45),))
    [test] = examine_breaks([day])
    assert (test.worked, test.missing) == (7 * 60 + 45, 0)
    week = [
        WorkedDay(date(2026, 11, 16 + n), ((9 * 60, (9 + hours) * 60),))
        for n, hours in enumerate((7, 7, 7, 7, 7, 6))
    ]
    assert sum(split["overtime"] for split in split_days(week).values()) == 60
    shown = {"基本給": 232_000, "資格手当": 8_000, "住宅手当": 20_000}
    hourly = hourly_base(shown, 160, TODAY).value
    paid = premium_pay({(Kind.OVERTIME, False): 4 * 60}, hourly, TODAY).value
    assert f"÷ 160 = {int(hourly):,}円。時間外4時間は" in text and f"= {paid:,}円" in text
    assert Fraction(202_000, 160) == Fraction("1262.5") < minimum_wage(date(2026, 10, 1))
    grant = leave_grant(date(2026, 6, 1), 0, Pattern(3, 18))
    assert (grant.granted_on, grant.days, grant.five_days_by) == (date(2026, 12, 1), 5, None)
    assert "6. 2026年12月1日に5日" in text


# Amounts of the text that are no table's own, each with where it comes from.
TOLD = {
    1_000: "林さんの1回",
    5_000: "固定の残業代",
    10_000: "固定の残業代",
    **dict.fromkeys((220000, 12000, 8000, 232000, 1450, 18125), "田中さん"),
    **dict.fromkeys((250000, 6000, 12000, 256000, 1600, 10000), "例"),
    **dict.fromkeys((1300, 200000, 1230), "小川さん・本多さん・松本さん"),
}


def test_every_amount_in_the_text_is_told_by_the_exercises_or_the_law(text, amounts_in) -> None:
    found = amounts_in(text.partition("### もう一度練習したい方へ")[0])
    law = {minimum_wage(date(year, 10, 10)) for year in (2024, 2025, 2026)}
    assert law <= found
    assert found - law - set(TOLD) == set()


def test_the_calendar_to_play_with_shows_the_five_days(code_cells) -> None:
    [cell] = [cell for cell in code_cells if cell.metadata.nbgrader.grade_id == "x-leave"]
    assert not cell.metadata.nbgrader.grade
    found: dict[str, Any] = {"LeaveCalendar": LeaveCalendar, "tanaka_from": date(2026, 4, 1)}
    shown = eval(compile(cell.source, "x-leave", "eval"), found)
    rows = ["".join(map(str, row)) for row in shown.still().rows]
    assert any("2026年10月1日" in row and "2027年9月30日" in row for row in rows)


def test_statutory_figures_show_the_day_of_their_text_and_how_far_they_were_checked(text) -> None:
    for section, day in (
        ("労働基準法9条", "2026年6月24日施行の条文"),
        ("労働契約法6条", "2020年4月1日施行の条文"),
        ("同施行規則5条", "2026年4月1日施行の条文"),
        ("パート・有期雇用労働法6条", "2020年6月1日施行の条文"),
        ("労働基準法32条", "2026年6月24日施行の条文"),
        ("労働基準法36条", "2026年6月24日施行の条文"),
        ("労働基準法37条・同施行規則20条", "2026年6月24日・2026年4月1日施行の条文"),
        ("労働基準法39条", "2026年6月24日施行の条文"),
        ("最低賃金法。", "2025年6月1日施行の条文"),
    ):
        assert any(section in part and day in part for part in text.split("\n\n")), section
    for secondary in (
        "厚生労働省のQ&A",
        "応募者など仕事を探している人へのセクシュアルハラスメント",
        "2024年4月1日から加わりました",
        "2026年10月1日から加わりました",
        "精皆勤手当",
        "厚生労働省の一覧",
    ):
        assert any(secondary in line and "二次的な資料" in line for line in text.split("\n"))
    for unverified in ("全員に同じ額を払う「住宅手当」", "始まりと終わりの時刻の記録"):
        assert re.search(rf"{unverified}[^\n]*(一般的な知識|とされて)", text)


def test_what_is_unverified_decides_no_grade(lesson) -> None:
    """The items of 出勤簿 are general knowledge: none of them is asked for."""
    loose = set(book_items(LabourBook.ATTENDANCE, TODAY))
    assert loose.isdisjoint(lesson["l1-9"].spec["items"].values())
    assert "出勤簿" not in "".join(lesson["l1-9"].spec["groups"].values())


def test_advice_ends_with_whom_to_ask(text) -> None:
    assert len(re.findall(r"労働基準監督署や社会保険労務士に[^。]*確認", text)) >= 3


def test_the_page_to_print_has_the_summary_and_both_checklists(text) -> None:
    [page] = re.findall(r'<div class="one-page">(.*?)</div>', text, re.DOTALL)
    assert "### 今日の1枚 " in page
    boxes = re.findall(r"^- □ (.+)$", page, re.MULTILINE)
    assert len(boxes) == 12
    for duty in ("最低賃金", "労働条件通知書", "相談窓口", "36協定", "5日の期限", "毎年10月"):
        assert any(duty in box for box in boxes)
    assert f"{minimum_wage(TODAY):,}円" in page


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("労務", "労務(ろうむ)とは"),
        ("就業規則", "就業規則(しゅうぎょうきそく・職場の決まりを書いたもの)"),
        ("事業場", "事業場(じぎょうじょう・働く場所ごとのまとまり)"),
    ],
)
def test_a_word_is_said_plainly_where_it_comes_first(text: str, word: str, said: str) -> None:
    story = text.partition("\n\n")[2]  # below the title
    assert story.index(said) == story.index(word)
