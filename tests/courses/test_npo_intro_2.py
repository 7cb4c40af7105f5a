"""Lesson 2 of the introduction to NPOs: each exercise judged, right, empty and typically wrong."""

import ast
import re
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from lesson_tests import (  # noqa: F401
    marked,
    placed,
    test_a_typical_mistake_is_named_and_the_rest_still_counts,
    test_every_message_of_a_key_can_be_reached,
    test_the_exercises_stand_in_their_order_with_their_points,
    test_the_right_answer_earns_everything_and_is_explained,
    values,
)

from manabiba_subjects import npo_law
from manabiba_subjects.npo_law import (
    Article,
    BudgetLine,
    Occasion,
    Office,
    activity_budget,
    competent_authority,
    count_members,
    documents,
    find_application_errors,
    incorporation,
    inspected_documents,
    inspection_ends,
    missing_articles,
)
from manabiba_subjects.periods import in_words

NOTEBOOK = Path(__file__).parents[2] / "courses" / "npo-intro" / "02-founding.ipynb"
ON = date(2026, 12, 1)

POINTS = {
    "n2-check-1": 1,
    "n2-check-2": 1,
    "n2-check-3": 1,
    "n2-1": 3,
    "n2-2": 5,
    "n2-old": 4,
    "n2-5": 2,
    "n2-3": 3,
    "n2-4": 6,
    "n2-7": 2,
    "n2-articles": 3,
    "n2-6": 3,
    "n2-6-own": 2,
    "n2-8": 8,
    "n2-9": 2,
    "n2-reflection": 4,
}
BY_HAND = ["n2-8", "n2-reflection"]
JUDGED = [name for name in POINTS if name not in BY_HAND]
PAPERS = ["n2-articles", "n2-6-own"]
"""Their checks are tried one by one below."""
ROUTE = ["talk", "draft", "meeting", "apply", "inspect", "decide", "register", "report"]
FAIR = "目的に賛同する人なら、だれでも"

RIGHT: dict[str, dict[str, Any]] = {
    "n2-check-1": {"values": {"members": "7人", "missing": "３"}},
    "n2-check-2": {"values": {"paid": "1", "five": "no", "six": "yes", "nine": "no"}},
    "n2-check-3": {
        "placed": {
            "found": "certification",
            "tax": "approval",
            "quality": "neither",
            "purpose": "certification",
        }
    },
    "n2-1": {"order": ROUTE},
    "n2-2": {
        "order": ["accepted", "correct", "inspect", "certified", "decide", "register", "lapse"],
        "dates": {
            "correct": "2026年12月8日",
            "inspect": "12/15",
            "decide": "令和9年1月29日",
            "register": "２月８日",
            "lapse": "2027-07-25",
        },
    },
    "n2-old": {
        "marked": {"inspect": "14", "decide": "45", "birth": "registration", "assets": "none"}
    },
    "n2-5": {"placed": {"own": "mayor", "two": "governor", "tokyo": "governor", "wide": "mayor"}},
    "n2-3": {
        "placed": {
            "articles": "open",
            "officers": "part",
            "consent": "closed",
            "address": "closed",
            "members": "closed",
            "purpose": "open",
            "minutes": "closed",
            "plan": "open",
            "budget": "open",
        }
    },
    "n2-4": {
        "marked": {
            "officers": "three",
            "members": "member",
            "plan": "two",
            "budget": "activity",
            "articles": "notice",
            "residual": "listed",
        }
    },
    "n2-7": {"chosen": ["year", "notice"]},
    "n2-articles": {
        "fields": {
            "name": "特定非営利活動法人かわべの会",
            "purpose": (
                "この法人は、川を愛する人に対して、清掃と自然観察の事業を行い、"
                "川と暮らす地域をつくることを目的とする。"
            ),
            "office": "神奈川県横浜市磯子区",
            "entry": FAIR,
            "directors": "5",
            "auditors": "１人",
            "paid": "2",
            "notice": "電子公告",
            "residual": "社会福祉法人",
        }
    },
    "n2-6": {
        "cells": {
            "dues.yen": "150,000",
            "fees.yen": "240,000円",
            "teachers.yen": "２４００００",
            "hall.yen": "48,000",
            "income.yen": "590,000",
            "costs.yen": "398,000",
            "change.yen": "192,000",
        }
    },
    "n2-6-own": {
        "fields": {
            "name": "かわべの会",
            "year": "2027年4月1日から2028年3月31日まで",
            "income": [
                {"name": "会費", "working": "2,000円×20人", "yen": "40,000"},
                {"name": "寄附", "working": "", "yen": "３０，０００"},
            ],
            "income-total": "70,000",
            "costs": [
                {"name": "保険料", "working": "", "yen": "25,000"},
                {"name": "消耗品費", "working": "5,000円×12回", "yen": "60,000"},
            ],
            "cost-total": "85000円",
            "change": "▲15,000",
        }
    },
    "n2-9": {"values": {"inspect": "3/24", "decide": "5月8日", "register": "2027年5月10日"}},
}
"""The right answers, written down here from the facts and not read from the keys."""


def cell(name: str, figure: str) -> dict[str, Any]:
    return {"cells": {f"{name}.yen": figure}}


def dates(**entered: str) -> dict[str, Any]:
    return {"dates": entered}


def fields(**entered: Any) -> dict[str, Any]:
    """Changed fields; `cost_total="1"` is the field cost-total."""
    return {"fields": {name.replace("_", "-"): text for name, text in entered.items()}}


def swapped(order: list[str], before: str, after: str) -> dict[str, Any]:
    """The right order, but `before` stands directly before `after`."""
    steps = [step for step in order if step != before]
    steps.insert(steps.index(after), before)
    return {"order": steps}


TIMELINE = RIGHT["n2-2"]["order"]
NINTH = 5 - 5 / 2 / 5  # one date of five is lost

MISTAKES = [
    # the last lesson's hardest points
    ("n2-check-1", values(members="19"), 0.5, "職員や表決権のない賛助会員は数えません"),
    ("n2-check-1", values(members="8"), 0.5, "職員や表決権のない賛助会員は数えません"),
    ("n2-check-1", values(members="11"), 0.5, "ボランティアは"),
    ("n2-check-1", values(missing="2"), 0.5, "職員を1人に数えて"),
    ("n2-check-2", values(paid="2"), 0.75, "「3分の1以下」なので端数は切り捨てます"),
    ("n2-check-2", values(five="yes"), 0.75, "の両方を確かめます"),
    ("n2-check-2", values(six="no"), 0.75, "どちらも満たします"),
    ("n2-check-2", values(nine="yes"), 0.75, "はじめの条件を満たしません"),
    ("n2-check-3", placed(found="approval"), 0.75, "「認証」は設立、「認定」は寄附の税優遇です"),
    ("n2-check-3", placed(tax="certification"), 0.75, "「認定」は寄附の税優遇です"),
    ("n2-check-3", placed(quality="certification"), 0.75, "市が保証するものではありません"),
    # the eight steps
    ("n2-1", swapped(ROUTE, "register", "decide"), 3 * 6 / 7, "認証が先です"),
    ("n2-1", swapped(ROUTE, "apply", "meeting"), 3 * 6 / 7, "議事録の写しは、申請書類の1つ"),
    ("n2-1", swapped(ROUTE, "meeting", "draft"), 3 * 6 / 7, "事前確認を受けてから総会に"),
    # the days
    ("n2-2", dates(correct="12/7"), NINTH, "受理した日は数えず、翌日から数えます(初日不算入)"),
    ("n2-2", dates(inspect="12/14"), NINTH, "受理した日は数えず、翌日から数えます(初日不算入)"),
    ("n2-2", dates(inspect="2027/1/1"), NINTH, "縦覧は2週間です(2021年6月9日施行の改正後)"),
    ("n2-2", dates(inspect="2027/2/1"), NINTH, "古い解説に注意しましょう"),
    ("n2-2", dates(inspect="12/21"), NINTH, "14営業日ではありません"),
    ("n2-2", dates(decide="2027/2/15"), NINTH, "横浜市は縦覧期間終了後45日以内です"),
    ("n2-2", dates(decide="2027/2/1"), NINTH, "数え始めも、受理の日ではありません"),
    ("n2-2", dates(decide="2027/1/15"), NINTH, "縦覧が終わってから数えます"),
    ("n2-2", dates(register="2027/2/12"), NINTH, "14営業日ではなく"),
    ("n2-2", dates(register="2027/2/15"), NINTH, "14営業日ではなく"),
    ("n2-2", dates(lapse="2027/7/24"), NINTH, "初日不算入"),
    ("n2-2", dates(lapse="2027/6/1"), NINTH, "認証の日から6か月です"),
    (
        "n2-2",
        swapped(TIMELINE, "register", "certified"),
        5 - 5 / 2 * 1 / 6,
        "登記は、認証書が届いてからです",
    ),
    # what old pages say
    ("n2-old", marked(inspect="months"), 3.5, "古い解説に注意しましょう"),
    ("n2-old", marked(decide="months"), 3.5, "法律の上限は2か月ですが、横浜市は"),
    ("n2-old", marked(birth="arrival"), 3.5, "認証だけではまだ法人ではありません"),
    ("n2-old", marked(assets="once"), 3.5, "NPO法人にはもうありません"),
    ("n2-old", marked(register="workdays"), 3.0, "14営業日ではなく"),
    ("n2-old", marked(address="all"), 3.0, "住所を除いた名簿"),
    # where to, and which papers
    ("n2-5", placed(wide="governor"), 1.5, "事務所の場所で決まります"),
    ("n2-5", placed(two="mayor"), 1.5, "主たる事務所のある県の知事"),
    ("n2-5", placed(tokyo="tokyo"), 1.5, "主たる事務所は横浜市です"),
    ("n2-3", placed(officers="open"), 3 * 8 / 9, "住所を除いた部分です"),
    ("n2-3", placed(members="open"), 3 * 8 / 9, "社員の名簿は、縦覧・公表されません"),
    ("n2-3", placed(minutes="open"), 3 * 8 / 9, "議事録は"),
    ("n2-4", marked(officers="unpaid"), 5.5, "足りないのは理事の人数です(15条)"),
    ("n2-4", marked(members="supporter"), 5.5, "表決権のない賛助会員は数えません"),
    ("n2-4", marked(members="staff"), 5.5, "職員や表決権のない賛助会員は数えません"),
    ("n2-4", marked(plan="five"), 5.5, "2年度分です(10条1項)"),
    ("n2-4", marked(budget="one"), 5.5, "2年度分が要ります"),
    ("n2-4", marked(articles="other"), 5.5, "行うときだけ書きます"),
    ("n2-4", marked(residual="share"), 5.5, "(11条3項)"),
    ("n2-4", marked(minutes="drop"), 5.0, "この行は正しいです"),
    # the articles
    ("n2-7", {"chosen": ["year"]}, 1.0, "ほかにもあります"),
    ("n2-7", {"chosen": ["year", "notice", "other"]}, 1.0, "学び場は行いません"),
    ("n2-7", {"chosen": ["year", "meetings"]}, 0.0, "会議にあたります"),
    ("n2-articles", fields(purpose="川をきれいにする。"), 2.5, "30字以上"),
    ("n2-articles", fields(entry="代表が気に入った人だけ"), 2.5, "不当な制限は"),
    ("n2-articles", fields(directors="2", paid="1"), 2.5, "理事は3人以上、監事は1人以上"),
    ("n2-articles", fields(auditors="0", paid="1"), 2.5, "理事は3人以上、監事は1人以上"),
    ("n2-articles", fields(paid="3"), 2.5, "端数は切り捨てます"),
    ("n2-articles", fields(paid="-1"), 2.5, "端数は切り捨てます"),
    ("n2-articles", fields(residual="代表理事"), 2.5, "代表や会員のものにできません"),
    ("n2-articles", fields(residual="正会員で分ける"), 2.5, "代表や会員のものにできません"),
    ("n2-articles", fields(notice=""), 2.5, "4つの中から選びましょう"),
    # the budget
    ("n2-6", cell("dues", "200,000"), 3 * 6 / 7, "20人は子どもの数です"),
    ("n2-6", cell("fees", "12,000"), 3 * 6 / 7, "子ども1人分です"),
    ("n2-6", cell("fees", "10,000"), 3 * 6 / 7, "1回分です"),
    ("n2-6", cell("teachers", "200,000"), 3 * 6 / 7, "24回を掛けます"),
    ("n2-6", cell("hall", "960,000"), 3 * 6 / 7, "回数だけを掛けます"),
    ("n2-6", cell("income", "390,000"), 3 * 6 / 7, "寄附も収益です"),
    ("n2-6", cell("costs", "288,000"), 3 * 6 / 7, "保険・電話・文房具"),
    ("n2-6", cell("change", "0"), 3 * 6 / 7, "黒字でかまいません"),
    ("n2-6", cell("change", "▲192,000"), 3 * 6 / 7, "プラスとマイナスが逆"),
    ("n2-6-own", fields(income_total="71,000"), 1.0, "収益の金額の合計とちがいます"),
    ("n2-6-own", fields(cost_total="80,000"), 1.0, "費用の金額の合計とちがいます"),
    ("n2-6-own", fields(change="15,000"), 1.5, "減るときは▲をつけます"),
    # the test
    ("n2-9", values(inspect="4/10"), 4 / 3, "縦覧は2週間です"),
    ("n2-9", values(inspect="3/23"), 4 / 3, "初日不算入"),
    ("n2-9", values(decide="5/24"), 4 / 3, "横浜市は縦覧期間終了後45日以内です"),
    ("n2-9", values(register="5/14"), 4 / 3, "14営業日ではありません"),
]


CHAINS = [
    # a mistake and what it leads to: only the mistake itself costs something
    ({"fees.yen": "12,000", "income.yen": "362,000", "change.yen": "▲36,000"}, 3 * 6 / 7),
    ({"hall.yen": "2,000", "costs.yen": "352,000", "change.yen": "238,000"}, 3 * 6 / 7),
    (
        {
            "dues.yen": "200,000",
            "teachers.yen": "200,000",
            "income.yen": "640,000",
            "costs.yen": "358,000",
            "change.yen": "282,000",
        },
        3 * 5 / 7,
    ),
]


@pytest.mark.parametrize(("entered", "earned"), CHAINS)
def test_a_mistake_in_the_budget_costs_its_own_cell_and_not_those_after_it(
    lesson, assert_only_the_first_cell_costs, changed, entered, earned
) -> None:
    answer = changed(RIGHT["n2-6"], {"cells": entered})
    assert_only_the_first_cell_costs(lesson["n2-6"], answer, earned)


def test_every_check_of_a_paper_can_fail_alone_or_with_what_follows(lesson) -> None:
    """What each change of a good paper costs, by the names of the checks."""
    no_amount = [
        {"name": "会費", "working": "", "yen": ""},
        RIGHT["n2-6-own"]["fields"]["income"][1],
    ]
    tried = {
        ("n2-articles", "purpose"): ({"purpose": "川をきれいにする。"}, {"purpose"}),
        ("n2-articles", "entry"): ({"entry": "代表が気に入った人だけ"}, {"entry"}),
        ("n2-articles", "numbers"): ({"directors": "2", "paid": "1"}, {"numbers"}),
        ("n2-articles", "paid"): ({"paid": "3"}, {"paid"}),
        ("n2-articles", "notice"): ({"notice": ""}, {"notice"}),
        ("n2-articles", "residual"): ({"residual": "代表理事"}, {"residual"}),
        ("n2-6-own", "amounts"): (
            {"income": no_amount, "income-total": "30,000", "change": "▲55,000"},
            {"amounts"},
        ),
        ("n2-6-own", "income"): ({"income-total": "71,000"}, {"income", "change"}),
        ("n2-6-own", "costs"): ({"cost-total": "80,000"}, {"costs", "change"}),
        ("n2-6-own", "change"): ({"change": "85,000"}, {"change"}),
    }
    for name in PAPERS:
        assert {check for one, check in tried if one == name} == {
            check.id for check in lesson[name]._key.checks
        }
    for (name, _), (change, failed) in tried.items():
        answer = deepcopy(RIGHT[name])
        answer["fields"] |= change
        parts = lesson[name].judge(answer, with_key=True).parts
        told = [part for part in parts if part.input.startswith("check:")]
        assert {part.input.split(":")[2] for part in told if not part.ok} == failed
        assert all(part.message for part in told)


def test_every_recipient_of_the_outline_is_judged_by_the_law(lesson, names) -> None:
    for recipient in names["recipients"]:
        answer = deepcopy(RIGHT["n2-articles"])
        answer["fields"]["residual"] = recipient
        is_right = lesson["n2-articles"].judge(answer, with_key=True).score == 1.0
        assert is_right == (recipient not in {"代表理事", "正会員で分ける"})


GOOD_STATEMENT = {
    "name": "特定非営利活動法人かわべの会",
    "issue": (
        "大雨のたびに、川べりには流れてきたごみがたまります。去年は、"
        "散歩の道がごみでふさがり、"
        "近くの保育園の子どもたちが遠回りをする日が2週間つづきました。"
    ),
    "people": (
        "川の近くに住む人も、遠くから来る人も、年齢に関係なく、"
        "だれでも参加できる清掃と自然観察の会をひらきます。申しこみも会費も要らない日を、"
        "毎月つくります。"
    ),
    "history": (
        "5年前に、犬の散歩で知り合った6人で始めました。毎月1回、第2日曜日に集まり、"
        "いまは毎回30人ほどが参加しています。拾ったごみの記録も、毎回つけてきました。"
    ),
    "reason": (
        "個人の名前では、区の倉庫を借りたり、"
        "道具の寄附を受けたりすることが難しくなってきました。法人として記録と会計を公開し、"
        "長く責任をもつために設立します。"
    ),
    "date": "2026年12月1日",
}


def test_the_statement_of_purpose_is_graded_by_hand_with_four_views_of_two_points(lesson) -> None:
    statement = lesson["n2-8"]
    assert [criterion["label"] for criterion in statement.spec["rubric"]] == [
        "社会の課題",
        "対象",
        "これまでの経過",
        "法人格が必要な理由",
    ]
    assert {criterion["points"] for criterion in statement.spec["rubric"]} == {2}
    lengths = [field["length"] for field in statement.spec["fields"] if field["length"]]
    assert [sum(length[end] for length in lengths) for end in (0, 1)] == [200, 400]
    judged = statement.judge({"fields": GOOD_STATEMENT}, with_key=True)
    assert judged.status == "formal"
    short = statement.judge({"fields": {**GOOD_STATEMENT, "issue": "ごみが多い。"}}, with_key=True)
    assert (short.status, short.score) == ("incomplete", 0.0)
    assert any("書き足して" in part.message for part in short.parts if part.input == "issue")


def test_the_example_of_a_statement_has_the_length_that_is_asked_for(text, names) -> None:
    views = re.findall(r"^> \*\*(\d) .+?\*\* (.+)$", text, re.MULTILINE)
    assert [number for number, _ in views] == ["1", "2", "3", "4"]
    least, most = names["four"]
    assert all(least <= len(view) <= most for _, view in views)


def test_no_graded_figure_is_a_bare_number(code_cells) -> None:
    """In the hidden tests a figure comes from `subjects` or from what the prompt shows."""
    hidden = [cell.source for cell in code_cells if "BEGIN HIDDEN TESTS" in cell.source]
    assert len(hidden) == len(JUDGED)
    for source in hidden:
        tree = ast.parse(source)
        numbers = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
        assert not [n for n in numbers if isinstance(n, int | float) and n > 30], source


def test_every_rule_that_decides_a_grade_was_checked(names) -> None:
    days = names["days"]
    graded = (days.correction, days.inspection, days.decision, days.registration, days.lapse)
    assert all(figure.is_certain for figure in graded)
    assert all(competent_authority(o, ON).is_certain for _, o in names["cases"].values())
    assert all(npo_law.paid_limit(n, ON).is_certain for n in (5, 6))
    assert all(
        npo_law.examine_relatives(family, total, ON).is_certain
        for family, total in names["boards"].values()
    )
    assert count_members(names["people"], ON).is_certain
    assert names["assets"].is_certain
    assert all(step.status == "条文・公的資料で確認" for step in names["wrong"])


def test_the_application_has_six_errors_and_the_lines_say_what_it_holds(names, lesson) -> None:
    draft, lines = names["draft"], {line["id"]: line for line in lesson["n2-4"].spec["lines"]}
    assert len(find_application_errors(draft, ON)) == 6
    assert f"理事{draft.directors}人、監事{draft.auditors}人" in lines["officers"]["text"]
    assert f"正会員{draft.listed_members}人" in lines["members"]["text"]
    assert lines["plan"]["text"] == "設立した年度の1年度分。" and draft.plan_years == 1
    assert draft.residual_to in lines["residual"]["text"]
    shown = lines["articles"]["text"].removesuffix("。").split("、")
    assert len(shown) == len(set(draft.articles)) == 12
    assert competent_authority([Office("神奈川県", "横浜市")], ON).value == "横浜市長"
    assert lines["authority"]["text"] == "横浜市長"
    assert npo_law.examine_paid(1, draft.directors + draft.auditors, ON).holds


def test_the_articles_of_the_text_are_those_of_the_law(text, table_of, names) -> None:
    rows = table_of(text, "号")
    assert [(int(row[0]), row[1]) for row in rows] == [(a.number, str(a)) for a in Article]
    absent = missing_articles(names["drafted"], has_other_business=False)
    assert [str(article) for article in absent] == ["事業年度", "公告の方法"]
    drafted = "".join(row[1] for row in table_of(text, "章"))
    for word in ("事業年度", "公告"):
        assert word not in drafted


def test_the_papers_of_the_text_are_those_of_the_law_and_unknown_copies_are_said_so(
    text, table_of
) -> None:
    rows = table_of(text, "申請の書類")
    papers = documents(Occasion.APPLICATION, ON)
    assert [re.sub(r"\(.+\)$", "", row[0]) for row in rows] == [paper.name for paper in papers]
    for row, paper in zip(rows, papers, strict=True):
        copies = row[1].partition("。")[0].removeprefix("各")
        assert copies == (f"{paper.copies}部" if paper.copies else "部数は要確認")
        assert ("2年度分" in row[1]) == (paper.years == 2)
    summary = text.partition('<div class="one-page">')[2].partition("</div>")[0]
    for paper in inspected_documents(ON):
        assert paper.name + ("(住所を除く)" if paper.without_address else "") in summary


def test_the_worked_days_of_the_text_are_the_laws(text, table_of) -> None:
    made = incorporation(date(2026, 9, 1), certificate_arrived_on=date(2026, 10, 19))
    figures = (made.correction, made.inspection, made.decision, made.registration, made.lapse)
    assert [row[2] for row in table_of(text, "A団体")] == [in_words(one.value) for one in figures]
    figure = re.findall(r"<svg .*?</svg>", text, re.DOTALL)[1]
    assert "2026年9月のカレンダー。1日に受理されたら、2日が1日めです。" in text
    assert date(2026, 9, 1).weekday() == 1 and "火曜日から始まる" in figure
    assert made.inspection.value.day == 15 and "9月15日が14日め" in figure
    assert made.correction.value.day == 8 and "9月8日が7日め" in figure


def test_planning_backwards_is_the_sum_of_the_longest_periods(text) -> None:
    last = date(2027, 4, 1)
    accepted = last - timedelta(days=73)
    made = incorporation(accepted)
    decision = made.decision.value
    longest = incorporation(accepted, certificate_arrived_on=decision)
    assert longest.registration.value == last
    assert (decision - accepted).days == 14 + 45 == 59
    assert "14 + 45 = 59日" in text and "73日さかのぼって、1月18日には" in text
    assert (accepted.month, accepted.day) == (1, 18)


def test_old_periods_of_inspection_are_told_as_old(text, table_of) -> None:
    rows = table_of(text, "申請があった日")
    assert [row[1] for row in rows] == ["2か月とされる(未確認)", "1か月", "2週間"]
    assert inspection_ends(date(2017, 4, 1)).value == date(2017, 5, 1)
    assert inspection_ends(date(2021, 6, 8)).value == date(2021, 7, 8)
    assert inspection_ends(date(2021, 6, 9)).value == date(2021, 6, 23)


def test_the_budget_of_the_text_is_the_exercises(text, table_of, names) -> None:
    rows = dict(table_of(text, "学び場の2027年度"))
    income, costs = names["income"], names["costs"]
    made = activity_budget([*income.values()], [*costs.values()])
    assert (made.total_income, made.total_costs, made.change) == (590_000, 398_000, 192_000)
    assert rows["会費"] == "正会員15人、1人10,000円" and income["dues"].amount == 150_000
    assert rows["参加費"] == "1回500円、子ども20人、年24回" and income["fees"].amount == 240_000
    assert rows["講師への謝金"] == "1回10,000円、年24回" and costs["teachers"].amount == 240_000
    assert rows["会場を借りる費用"] == "1回2,000円、年24回" and costs["hall"].amount == 48_000
    for head, line in (
        ("寄附", income["gifts"]),
        ("保険", costs["insurance"]),
        ("電話・郵便", costs["post"]),
        ("文房具など", costs["supplies"]),
    ):
        assert rows[head] == f"{line.amount:,}円"
    assert f"{300 * 10 * 12:,}円" in text
    without_gifts = made.change - income["gifts"].amount
    assert f"{-without_gifts:,}円の赤字" in names["plan"].solution().explanation


def test_the_practice_at_the_end_has_the_laws_answers(text) -> None:
    answers = text.partition("<summary>答えを見る</summary>")[2].partition("</details>")[0]
    made = incorporation(date(2026, 10, 5), certificate_arrived_on=date(2026, 11, 13))
    for figure in (made.decision, made.lapse):
        assert in_words(figure.value) in answers
    assert (
        f"補正は{in_words(made.correction.value)}、縦覧は{in_words(made.inspection.value)}まで"
        in answers
    )
    assert f"登記は{in_words(made.registration.value)}まで" in answers
    fees = [BudgetLine("会費", 5_000, (12,)), BudgetLine("参加費", 800, (15, 10))]
    made_budget = activity_budget(fees, [BudgetLine("費用", 150_000)])
    assert f"計{made_budget.total_income:,}円" in answers
    assert f"= {made_budget.change:,}円" in answers
    two = [Office("神奈川県", "横浜市"), Office("神奈川県", "鎌倉市")]
    authority = competent_authority(two, ON)
    assert authority.is_certain and f"5. {authority.value}" in answers


# Amounts the text works out itself, beside what they come from.
WORKED_OUT = {36_000: 300 * 10 * 12}


def test_every_amount_in_the_text_is_the_budgets_own(text, names, amounts_in) -> None:
    assert all(amount == worked_out for amount, worked_out in WORKED_OUT.items())
    lines = [*names["income"].values(), *names["costs"].values()]
    known = {line.amount for line in lines} | {line.unit_price for line in lines}
    told = amounts_in(text.partition("### もう一度練習したい方へ")[0])
    assert told - known - set(WORKED_OUT) == set()


def test_statutory_figures_show_the_day_of_their_text_and_unverified_ones_say_so(text) -> None:
    for section, day in (
        ("NPO法は2025年6月1日施行の条文", "組合等登記令は2025年4月1日施行の条文"),
        ("45日以内", "2024年12月19日更新"),
        ("部数は", "2024年4月26日更新"),
    ):
        assert any(section in part and day in part for part in text.split("\n\n"))
    for unverified in ("2017年3月31日まで", "当初の事業年度は、ふつう"):
        assert re.search(rf"{unverified}[^\n]*(未確認|とされ|一般的な知識)", text)
    assert text.count("所轄庁(横浜市)や専門家に確認") >= 1
    assert "所轄庁・法務局に確認" in text


def test_the_page_to_print_has_the_summary_and_the_checklist(text) -> None:
    [page] = re.findall(r'<div class="one-page">(.*?)</div>', text, re.DOTALL)
    assert "### 今日の1枚 " in page
    boxes = re.findall(r"^- □ (.+)$", page, re.MULTILINE)
    assert len(boxes) == 11
    for duty in ("10人以上", "公告の方法", "2年度分", "議事録", "事前確認", "期限"):
        assert any(duty in box for box in boxes)
    assert len(page.splitlines()) < 45
