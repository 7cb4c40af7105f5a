"""Lesson 1 of the NPO seminar: each exercise judged, right, empty and typically wrong."""

import ast
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lesson_tests import (  # noqa: F401
    marked,
    placed,
    test_a_typical_mistake_is_named_and_the_rest_still_counts,
    test_every_message_of_a_key_can_be_reached,
    test_the_right_answer_earns_everything_and_is_explained,
    values,
)

from manabiba_subjects.dated_table import Status
from manabiba_subjects.npo_law import (
    Board,
    Cause,
    Form,
    Group,
    Office,
    Person,
    Weight,
    can_take,
    competent_authority,
    count_members,
    examine_board,
    examine_relatives,
    fields_of_activity,
    inspection_ends,
    may_pursue,
    paid_limit,
    traits_of,
)
from manabiba_widgets import Explorable

NOTEBOOK = Path(__file__).parents[2] / "courses" / "npo-intro" / "01-basics.ipynb"
DAY = date(2026, 11, 23)

POINTS = {
    "n1-check-1": 1,
    "n1-check-2": 1,
    "n1-check-3": 1,
    "n1-4": 4,
    "n1-8": 3,
    "n1-6": 3,
    "n1-3": 4,
    "n1-1": 4,
    "n1-2": 4,
    "n1-5": 3,
    "n1-9": 4,
    "n1-7": 4,
    "n1-reflection": 4,
}
JUDGED = [name for name in POINTS if name != "n1-reflection"]

TO_TIME = [["people", "count"], ["field", "welfare"], ["open", "explain"]]
ASKED = ["補助金を出すところの窓口", "法人の設立にくわしい専門家(司法書士・行政書士など)"]

RIGHT: dict[str, dict[str, Any]] = {
    "n1-check-1": {"chosen": ["voting"]},
    "n1-check-2": {"chosen": ["both"]},
    "n1-check-3": {"chosen": ["law"]},
    "n1-4": {
        "placed": {
            "river": "f7",
            "shelter": "f8",
            "watch": "f9",
            "training": "f17",
            "computer": "f14",
            "advice": "f19",
            "meal": "f13",
            "guide": "f4",
        }
    },
    "n1-8": {
        "placed": {
            "profit": "may",
            "wage": "may",
            "share": "not",
            "fee": "may",
            "next": "may",
            "close": "not",
        }
    },
    "n1-6": {"placed": {"policy": "may", "candidate": "not", "church": "may", "doctrine": "not"}},
    "n1-3": {
        "values": {
            "members": "８人",
            "missing": "2",
            "library_members": "10",
            "library_missing": "0",
        }
    },
    "n1-1": {"values": {"six": "2", "four": "1", "five": "1人", "nine": "３"}},
    "n1-2": {"placed": {"five": "not", "six": "may", "nine": "not", "four": "may"}},
    "n1-5": {"values": {"staff": "not", "director": "not", "spouse": "care"}},
    "n1-9": {"marked": {"seal": "law", "gift": "approval", "member": "voting", "vote": "drop"}},
    "n1-7": {
        "path": [*TO_TIME, ["time", "association"]],
        "reasons": {"people": "人数が足りないと始まらないから", "time": "来月までに要るから"},
        "consult": ASKED,
        "memo": "いま困っていること: 来月の補助金に法人格が要る",
    },
}


def test_the_exercises_stand_in_their_order_with_their_points(lesson) -> None:
    assert [(name, found.spec["points"]) for name, found in lesson.items()] == [*POINTS.items()]


def chosen(option: str) -> dict[str, Any]:
    return {"chosen": [option]}


def way(*steps: tuple[str, str]) -> dict[str, Any]:
    return {"path": [list(step) for step in steps]}


MEMBER = "「社員」は総会で表決権を持つ会員のことです"
FAMILY = "親族規定は「各役員の親族は1人まで」と「本人と親族で総数の3分の1以下」の両方を"
THIRD = "「3分の1以下」なので端数は切り捨てます。5人なら1人までです。"
WORDS = "「認証」は設立、「認定」は寄附の税優遇です。"
EIGHTH, SIXTH = 4 * 7 / 8, 3 * 5 / 6

MISTAKES = [
    # what people believe
    ("n1-check-1", chosen("staff"), 0.0, MEMBER),
    ("n1-check-1", chosen("supporter"), 0.0, MEMBER),
    ("n1-check-1", chosen("helper"), 0.0, "手伝いに来るだけでは"),
    ("n1-check-2", chosen("third"), 0.0, FAMILY),
    ("n1-check-2", chosen("never"), 0.0, "まったくなれないわけではありません"),
    ("n1-check-2", chosen("unpaid"), 0.0, "報酬の決まりと、親族の決まりは別"),
    ("n1-check-3", chosen("quality"), 0.0, "お墨付き(活動の質の保証)ではありません"),
    ("n1-check-3", chosen("tax"), 0.0, WORDS),
    ("n1-check-3", chosen("subsidy"), 0.0, WORDS),
    # the 20 fields
    ("n1-4", placed(river="f3"), EIGHTH, "生きもののすむ水辺を守る"),
    ("n1-4", placed(shelter="f1"), EIGHTH, "災害にあった人を助ける"),
    ("n1-4", placed(watch="f8"), EIGHTH, "災害のときの活動ではありません"),
    ("n1-4", placed(training="f2"), EIGHTH, "ねらいは就職です"),
    ("n1-4", placed(computer="f17"), EIGHTH, "ふだんのくらしで使える"),
    ("n1-4", placed(advice="f3"), EIGHTH, "ほかの市民団体です"),
    ("n1-4", placed(meal="f2"), EIGHTH, "食事と居場所"),
    ("n1-4", placed(guide="f3"), EIGHTH, "観光に来た人をもてなす"),
    # 非営利
    ("n1-8", placed(profit="not"), SIXTH, "利益を出さないという意味ではありません"),
    ("n1-8", placed(wage="not"), SIXTH, "無償(むしょう)という意味ではありません"),
    ("n1-8", placed(fee="not"), SIXTH, "参加費をもらって"),
    ("n1-8", placed(share="may"), SIXTH, "使わなければなりません(5条)"),
    ("n1-8", placed(next="not"), SIXTH, "5条が求めている"),
    ("n1-8", placed(close="may"), SIXTH, "理事で分けることはできません"),
    # 宗教・政治・選挙
    ("n1-6", placed(policy="not"), 2.25, "政策の提言は"),
    ("n1-6", placed(candidate="may"), 2.25, "主たる目的でなくても"),
    ("n1-6", placed(church="not"), 2.25, "場所を借りて"),
    ("n1-6", placed(doctrine="may"), 2.25, "主たる目的にすることはできません"),
    # 社員
    ("n1-3", values(members="43"), 3.0, MEMBER),
    ("n1-3", values(members="13"), 3.0, MEMBER),
    ("n1-3", values(members="38"), 3.0, MEMBER),
    ("n1-3", values(members="5"), 3.0, MEMBER),
    ("n1-3", values(missing="0"), 3.0, MEMBER),
    ("n1-3", values(missing="5"), 3.0, MEMBER),
    ("n1-3", values(library_members="4"), 3.0, "理事や監事になる人も"),
    ("n1-3", values(library_members="19"), 3.0, MEMBER),
    ("n1-3", values(library_missing="6"), 3.0, "理事や監事になる人も"),
    # 役員報酬
    ("n1-1", values(five="2"), 3.0, THIRD),
    ("n1-1", values(four="2"), 3.0, THIRD),
    ("n1-1", values(six="1"), 3.0, "監事も役員なので"),
    ("n1-1", values(six="3"), 3.0, "それは半分です"),
    ("n1-1", values(nine="2"), 3.0, "監事も役員なので"),
    ("n1-1", values(six="0"), 3.0, "無償という意味ではありません"),
    # 親族
    ("n1-2", placed(five="may"), 3.0, FAMILY),
    ("n1-2", placed(six="not"), 3.0, "どちらも通れます"),
    ("n1-2", placed(nine="may"), 3.0, "門1を通れません"),
    ("n1-2", placed(four="not"), 3.0, "問題になりません"),
    # 監事
    ("n1-5", values(staff="fine"), 2.0, "職員を兼ねられません(19条)"),
    ("n1-5", values(staff="unpaid"), 2.0, "報酬の問題ではありません"),
    ("n1-5", values(director="minutes"), 2.0, "法律の決まりは変えられません"),
    ("n1-5", values(spouse="not"), 2.0, FAMILY),
    ("n1-5", values(spouse="fine"), 2.0, "ほかの人もさがしてみましょう"),
    # the leaflet
    ("n1-9", marked(seal="tax"), 3.5, WORDS),
    ("n1-9", marked(gift="half"), 3.5, WORDS),
    ("n1-9", marked(member="helpers"), 3.5, MEMBER),
    ("n1-9", marked(vote="small"), 3.5, "目的にすること自体ができません"),
    ("n1-9", marked(money="none"), 3.0, "この行は正しいです"),
    ("n1-9", marked(board="zero"), 3.0, "6 ÷ 3 = 2人"),
    # the consultation: 0.7 of 4 points for the ending
    ("n1-7", way(("people", "names")), 1.2, "総会で大切なことを決められなく"),
    ("n1-7", way(("people", "four")), 4 * 0.44, "10人以上の社員が要ります"),
    ("n1-7", way(TO_TIME[0], ("field", "none")), 4 * 0.44, "ねらいで考えます"),
    ("n1-7", way(*TO_TIME[:2], ("open", "small")), 1.2, "活動のなかった年でも、報告は出します"),
    ("n1-7", way(*TO_TIME, ("time", "rush")), 4 * 0.44, "縦覧だけで2週間"),
    ("n1-7", way(*TO_TIME, ("time", "apply")), 4 * 0.51, "任意団体には、法人格がありません"),
    ("n1-7", {"consult": [ASKED[0]]}, 3.6, "相談先は、ほかにもあります"),
    ("n1-7", {"consult": [*ASKED, "建築士"]}, 3.6, "この件には合わない"),
]


@pytest.mark.parametrize(
    ("item", "groups"),
    [("watch", ["f9", "f13"]), ("computer", ["f14", "f2"]), ("meal", ["f13", "f1", "f3"])],
)
def test_every_field_that_fits_is_right(lesson, points, changed, item, groups) -> None:
    for group in groups:
        answer = changed(RIGHT["n1-4"], placed(**{item: group}))
        assert points(lesson["n1-4"], answer) == POINTS["n1-4"]


def test_both_ways_that_suit_four_people_in_a_hurry_earn_everything(
    lesson, points, changed
) -> None:
    for option in ("association", "wait"):
        answer = changed(RIGHT["n1-7"], way(*TO_TIME, ("time", option)))
        assert points(lesson["n1-7"], answer) == POINTS["n1-7"]


def test_the_verdict_on_an_npo_of_four_rests_on_verified_law_alone(names) -> None:
    """What is unverified of 一般社団法人 decides nothing: it and 任意団体 earn the same."""
    verdict = count_members({Person.VOTING_MEMBER: names["companions"]}, DAY)
    assert verdict.is_certain and not verdict.holds
    assert not can_take(Form.NPO, Group(people=names["companions"], days=30), DAY).holds
    [scene] = [scene for scene in names["shoppers"].spec["scenes"] if scene["id"] == "time"]
    assert (inspection_ends(DAY).value - DAY).days == 14 and "2週間" in scene["lines"][1]["text"]
    worth = names["shoppers"]._key.endings
    assert worth["association"] == worth["voluntary"] == 1.0
    assert max(worth["refused"], worth["late"]) < 0.5


def test_every_law_that_decides_a_grade_is_verified(names) -> None:
    verdicts = [
        *(examine_relatives(family, n, DAY) for _, family, n in names["families"].values()),
        *(may_pursue(cause, weight, DAY) for _, cause, weight in names["planned"].values()),
        *(paid_limit(sum(board), DAY) for board in names["boards"].values()),
        count_members(names["manabiba"], DAY),
        count_members(names["library"], DAY),
    ]
    assert all(verdict.is_certain for verdict in verdicts)


def test_no_graded_figure_is_a_bare_number(code_cells) -> None:
    """In the hidden tests a figure comes from `npo_law` or from what the prompt shows."""
    hidden = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in code_cells
        if "BEGIN HIDDEN TESTS" in cell.source
    }
    assert list(hidden) == JUDGED
    for name, source in hidden.items():
        tree = ast.parse(source.partition("### END")[0])
        numbers = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
        found = [n for n in numbers if type(n) in {int, float} and n > 1]
        assert not found, name


def test_the_table_of_the_fields_is_the_acts(text, table_of) -> None:
    rows = {int(number): name for number, name in table_of(text, "番号")}
    assert rows == fields_of_activity(DAY)


def test_the_table_of_aims_is_the_functions(text, table_of) -> None:
    weights = (Weight.MAIN_AIM, Weight.SIDE_AIM, Weight.NO_AIM)
    rows = {row[0]: row[1:] for row in table_of(text, "どんな活動か")}
    assert rows == {
        str(cause): ["○" if may_pursue(cause, weight, DAY).holds else "×" for weight in weights]
        for cause in (Cause.RELIGION, Cause.POLITICS, Cause.CANDIDATE)
    }


def test_the_examples_of_the_text_are_worked_out(text) -> None:
    assert f"7 ÷ 3 = 2.33… → {paid_limit(6 + 1, DAY).value}人まで" in text
    people = {Person.VOTING_MEMBER: 7, Person.EMPLOYEE: 6, Person.VOLUNTEER: 20}
    test = count_members(people, DAY)
    assert f"関わる人は{sum(people.values())}人ですが、社員は{test.members}人" in text
    assert f"10人まで、あと{test.missing}人です" in text
    assert "役員12人に、夫婦と子の3人" in text and not examine_relatives(3, 12, DAY).holds
    assert [n for n in range(3, 12) if not examine_relatives(2, n, DAY).holds] == [3, 4, 5]
    assert "役員が**5人以下**の団体では、親族2人がいっしょに役員になることはできません" in text
    assert 30_000 // 5 == 6_000 and "30,000円の利益" in text and "5人で6,000円ずつ" in text


def test_the_board_of_the_story_meets_every_test(text, names) -> None:
    directors, auditors = names["boards"]["six"]
    board = Board(directors, auditors)
    assert examine_board(board, DAY).holds
    assert f"学び場の案(理事{directors}人・監事{auditors}人、報酬なし、親族なし)" in text
    assert board.officers == names["officers"] == 6
    [line] = [line for line in names["leaflet"].spec["lines"] if line["id"] == "board"]
    assert f"役員報酬を受けるのは{paid_limit(board.officers, DAY).value}人まで" in line["text"]


def test_the_prompts_show_what_is_judged(lesson, names) -> None:
    prompt = lesson["n1-3"].spec["prompt"]
    for people in (names["manabiba"], names["library"]):
        assert f"賛助会員{people[Person.SUPPORTING_MEMBER]}人" in prompt
    assert sum((names["on_board"], names["other_voters"])) == 10
    for text, family, officers in names["families"].values():
        assert f"役員{officers}人" in text and (family == 1 or f"{family}人" in text)


def test_the_practice_at_the_end_is_worked_out(text) -> None:
    answers = text.partition("<summary>答えを見る</summary>")[2]
    assert f"8 ÷ 3 = 2.66… なので{paid_limit(6 + 2, DAY).value}人" in answers
    assert "2. なれます" in answers and examine_relatives(2, 7, DAY).holds
    assert "3. なれません" in answers and not examine_relatives(3, 15, DAY).holds
    people = {Person.VOTING_MEMBER: 9, Person.SUPPORTING_MEMBER: 15, Person.EMPLOYEE: 3}
    assert f"4. あと{count_members(people, DAY).missing}人" in answers
    office = Office("神奈川県", "横浜市")
    assert f"6. {competent_authority([office], DAY).value.removesuffix('長')}。" in answers


def test_what_is_unverified_is_said_to_be(text, table_of) -> None:
    rows = {row[0].partition("(")[0]: row[1:] for row in table_of(text, "くらべるところ")}
    traits = {form: traits_of(form, DAY) for form in (Form.NPO, Form.ASSOCIATION)}
    for name, trait in {
        "人数": "人数",
        "つくり方": "つくり方",
        "目的": "目的",
        "かかる期間": "期間の目安",
        "登録免許税": "登録免許税",
        "公開": "情報公開",
        "法人税": "法人税",
    }.items():
        for cell, form in zip(rows[name], traits, strict=False):
            _, row = traits[form][trait]
            assert cell.endswith("※") == (row.status is Status.UNVERIFIED), (name, form)
    assert rows["法人税"][2].endswith("※") and rows["契約・口座"][2].endswith("※")
    for unverified in (
        "役員報酬とは別だとされています",
        "入る人がいます",
        "分けない」という言い方",
    ):
        assert re.search(rf"{unverified}[^\n]*(未確認|一般的な)", text)


def test_advice_ends_with_whom_to_ask_and_law_with_its_day(text) -> None:
    assert len(re.findall(r"所轄庁\(横浜市\)や[^。]*専門家に[^。]*確認", text)) >= 4
    assert "2025年6月1日施行の条文が基準日です" in text
    assert "横浜市のページ。2024年4月26日更新" in text
    assert not re.search(r"(開催中|募集中|申込受付)", text)


def test_the_page_to_print_has_the_summary_and_the_checklist(text) -> None:
    [page] = re.findall(r'<div class="one-page">(.*?)</div>', text, re.DOTALL)
    assert "### 今日の1枚 NPO法人の基礎知識" in page
    boxes = re.findall(r"^- □ (.+)$", page, re.MULTILINE)
    assert len(boxes) == 12
    for duty in ("社員", "3分の1", "2つの門", "監事", "公開", "いつまで"):
        assert any(duty in box for box in boxes)


def test_the_figure_to_play_with_earns_nothing(code_cells, names) -> None:
    [cell] = [cell for cell in code_cells if cell.metadata.nbgrader.grade_id == "x-forms"]
    assert not cell.metadata.nbgrader.grade
    shown = eval(compile(cell.source, "x-forms", "eval"), dict(names))
    assert isinstance(shown, Explorable)
    assert shown.still().rows
