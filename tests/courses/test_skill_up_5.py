"""Lesson 5 of the coordinators' course: each exercise judged, right, empty and typically wrong."""

import ast
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from lesson_tests import (  # noqa: F401
    marked,
    placed,
    test_a_story_ends_as_it_was_told_and_says_where_it_turned,
    test_a_typical_mistake_is_named_and_the_rest_still_counts,
    test_every_message_of_a_key_can_be_reached,
    test_the_exercises_stand_in_their_order_with_their_points,
    test_the_right_answer_earns_everything_and_is_explained,
    values,
)

from manabiba_subjects.npo_law import (
    change_registration,
    examine_vacancy,
    last_day_of_term,
    latest_notice,
    may_receive_residual,
    needed_for_dissolution,
)
from manabiba_subjects.periods import months_from
from manabiba_subjects.succession import dependence, tasks_to_move

NOTEBOOK = Path(__file__).parents[2] / "courses" / "skill-up" / "05-succession.ipynb"
ON = date(2026, 11, 23)

POINTS = {
    "s5-check-1": 2,
    "s5-7": 1,
    "s5-1": 4,
    "s5-8": 4,
    "s5-6": 2,
    "s5-5": 3,
    "s5-11": 3,
    "s5-2": 3,
    "s5-3": 3,
    "s5-4": 2,
    "s5-9": 3,
    "s5-reflection": 4,
}
JUDGED = [name for name in POINTS if name != "s5-reflection"]

RIGHT: dict[str, dict[str, Any]] = {
    "s5-check-1": {"values": {"account": "group", "list": "needed", "backup": "apart"}},
    "s5-7": {"chosen": ["half"]},
    "s5-1": {"values": {"count": "7", "now": "５８．３%", "stay": "3件", "move": "4"}},
    "s5-8": {
        "path": [["start", "wish"], ["wish", "three"], ["three", "step"]],
        "reasons": {"start": "願いを先に聞くから", "wish": "決めるのは団体だから"},
        "consult": ["金融機関", "横浜市(所轄庁)の窓口"],
        "memo": "保証はだれの名前か。仕事を分けられるか。",
    },
    "s5-6": {
        "fields": {
            "former": "「役目がなくなったら、来る場所がない」",
            "former_help": "内田さんが、週1回の相談役を6月の理事会で提案する",
            "successor": "「保証まで引き受けるのは、こわい」",
            "successor_help": "センターが、7月に金融機関へ行く日を一緒に決める",
            "staff": "「どちらに聞けばよいのかわからない」",
            "staff_help": "三人が、仕事ごとに決める人の表を8月につくる",
            "first": "本多さんに1人で話を聞く",
            "when": "2025/6/20",
        }
    },
    "s5-5": {
        "placed": {
            **dict.fromkeys(["keys", "contacts", "payment", "safety", "mail"], "now"),
            **dict.fromkeys(
                ["calendar", "grants", "knack", "landlord", "role", "practice", "contract"],
                "before",
            ),
            **dict.fromkeys(["register", "notice", "bank"], "after"),
        }
    },
    "s5-11": {
        "marked": {"begin": "now", "power": "move", "contract": "group", "steps": "order"},
    },
    "s5-2": {"values": {"notice": "6/14", "register": "令和8年7月4日"}},
    "s5-3": {"order": ["meeting", "board", "register", "tell", "bank", "publish"]},
    "s5-4": {"chosen": ["meeting"]},
    "s5-9": {"values": {"vacancy": "3", "dissolve": "２６人", "left": "welfare"}},
}


def chosen(option: str) -> dict[str, Any]:
    return {"chosen": [option]}


def put(*order: str) -> dict[str, Any]:
    return {"order": [*order]}


FIFTEENTH = 3 * 14 / 15  # one of fifteen items is lost

MISTAKES = [
    # the last lesson's hardest points
    ("s5-check-1", values(account="person"), 4 / 3, "その人がやめると"),
    ("s5-check-1", values(account="shared"), 4 / 3, "1人に1つずつ"),
    ("s5-check-1", values(list="one"), 4 / 3, "その人が休んだときに止まります"),
    ("s5-check-1", values(backup="same"), 4 / 3, "3つともなくなります"),
    # the survey
    ("s5-7", chosen("overlap"), 0, "別々の質問の答え"),
    ("s5-7", chosen("yokohama"), 0, "全国の調査です"),
    ("s5-7", chosen("age"), 0, "それは意見で"),
    # 属人化率
    ("s5-1", values(count="5"), 3, "ほかの人もできる仕事の数"),
    ("s5-1", values(now="41.7"), 3, "ほかの人もできる仕事の割合"),
    ("s5-1", values(now="140"), 3, "残りの5件ではなく"),
    ("s5-1", values(now="58"), 3, "小数第1位まで"),
    ("s5-1", values(now="0.58"), 3, "100を掛けて"),
    ("s5-1", values(now="0.583"), 3, "100を掛けて"),
    ("s5-1", values(stay="4"), 3, "それは移す件数"),
    ("s5-1", values(move="3"), 3, "それは残ってよい件数"),
    ("s5-1", values(move="2"), 3, "7件の25%を移すのではありません"),
    ("s5-1", values(move="9"), 3, "12件の75%を移すのではありません"),
    # 優先度
    ("s5-5", placed(keys="after"), FIFTEENTH, "まず今月に"),
    ("s5-5", placed(payment="before"), FIFTEENTH, "まず今月に"),
    ("s5-5", placed(knack="after"), FIFTEENTH, "一緒に動く時間がなくなります"),
    ("s5-5", placed(role="after"), FIFTEENTH, "肩書だけの交代"),
    ("s5-5", placed(register="before"), FIFTEENTH, "新しい代表が決まってからでないと"),
    ("s5-5", placed(mail="after"), FIFTEENTH, "個人のメールに届きつづけます"),
    ("s5-5", placed(contract="now"), FIFTEENTH, "貸主との相談が要る"),
    ("s5-5", placed(calendar="after"), FIFTEENTH, "一緒に動く時間がなくなります"),
    # つまずき
    ("s5-11", marked(begin="age"), 3 * 3.5 / 4, "元気なうちだから"),
    ("s5-11", marked(power="both"), 3 * 3.5 / 4, "渡しおえる日"),
    ("s5-11", marked(contract="successor"), 3 * 3.5 / 4, "団体の名義にしましょう"),
    ("s5-11", marked(steps="ask"), 3 * 3.5 / 4, "期限のある登記と届出"),
    ("s5-11", marked(fallback="hide"), 3 * 3 / 4, "失敗とは限りません"),
    # 手続き
    ("s5-2", values(notice="6/15"), 1.5, "間が4日しかありません"),
    ("s5-2", values(register="7/3"), 1.5, "代わった日は数えず"),
    ("s5-2", values(register="7/20"), 1.5, "1か月ではありません"),
    ("s5-2", values(register="7/9"), 1.5, "14営業日"),
    (
        "s5-3",
        put("meeting", "board", "bank", "register", "tell", "publish"),
        2.4,
        "登記が先です",
    ),
    (
        "s5-3",
        put("meeting", "board", "register", "bank", "tell", "publish"),
        2.4,
        "届出は「遅れずに」です",
    ),
    (
        "s5-3",
        put("publish", "meeting", "board", "register", "tell", "bank"),
        2.4,
        "登記も名義もそろってから",
    ),
    # 任期、欠員、解散
    ("s5-4", chosen("gone"), 0, "伸長規定があります"),
    ("s5-4", chosen("again"), 0, "自動では続きません"),
    ("s5-4", chosen("ever"), 0, "最初の社員総会が終わるまで"),
    ("s5-9", values(vacancy="2"), 2, "ちょうどはふくみません"),
    ("s5-9", values(vacancy="4"), 2, "欠けた人数が3分の1を超えたとき"),
    ("s5-9", values(dissolve="25"), 2, "切り上げます"),
    ("s5-9", values(dissolve="18"), 2, "過半数では足りません"),
    ("s5-9", values(left="members"), 2, "社員で分けることができません"),
]


@pytest.mark.parametrize(
    ("exercise_id", "change"),
    [
        ("s5-5", placed(calendar="now")),
        ("s5-5", placed(mail="before")),
        ("s5-5", placed(contract="after")),
        ("s5-3", put("meeting", "board", "tell", "register", "bank", "publish")),
    ],
)
def test_what_may_be_done_either_way_is_right_either_way(
    lesson, assert_right, changed, exercise_id, change
) -> None:
    assert_right(lesson[exercise_id], changed(RIGHT[exercise_id], change))


def test_the_steps_as_they_are_shown_earn_little(lesson, points) -> None:
    shown = [step["id"] for step in lesson["s5-3"].spec["steps"]]
    assert points(lesson["s5-3"], {"order": shown}) == pytest.approx(3 / 5)


STORY = "s5-8"
WAYS = {
    "closed": ([["start", "push"]], 0.0, "まず、願いを聞きましょう"),
    "fallen": ([["start", "later"]], 0.0, "元気なうちだから、ゆっくり渡せます"),
    "title": ([["start", "wish"], ["wish", "title"]], 1 / 2, "肩書だけの交代です"),
    "refused": ([["start", "wish"], ["wish", "order"]], 1 / 2, "候補を決めるのは団体です"),
    "hasty": (
        [["start", "wish"], ["wish", "three"], ["three", "end"]],
        1 / 2,
        "しめくくることも選択肢",
    ),
    "open": (
        [["start", "wish"], ["wish", "three"], ["three", "ways"]],
        1.0,
        "失敗ではありません",
    ),
}


GAPS = [
    ({"fields": {"successor": "こわい"}}, "三人それぞれの不安"),
    ({"fields": {"staff_help": "話し合う"}}, "だれが、何を、いつ"),
    (
        {"fields": {"staff_help": RIGHT["s5-6"]["fields"]["former_help"]}},
        "三人に同じ対応",
    ),
    ({"fields": {"when": "2026/6/20"}}, "交代の前からです"),
    ({"fields": {"when": "2025/5/31"}}, "交代の前からです"),
]


@pytest.mark.parametrize(("change", "message"), GAPS)
def test_a_gap_in_the_memo_costs_its_point_and_says_what_to_write(
    lesson, points, told, changed, change, message
) -> None:
    answer = changed(RIGHT["s5-6"], change)
    assert points(lesson["s5-6"], answer) == pytest.approx(2 * 3 / 4)
    assert message in told(lesson["s5-6"].judge(answer, with_key=True))


def test_the_memo_is_read_for_each_of_the_three_people(lesson) -> None:
    rubric = lesson["s5-6"].spec["rubric"]
    assert [criterion["points"] for criterion in rubric] == [2, 2, 2]
    for criterion, person in zip(rubric, ("大野", "内田", "本多"), strict=True):
        assert criterion["label"].startswith(person)


def test_no_name_or_number_of_a_person_is_asked_for(lesson) -> None:
    assert "個人の名前や電話番号は書か" in lesson["s5-reflection"].spec["prompt"]


def test_the_figures_of_the_answers_are_the_subjects(lesson, names) -> None:
    key = lesson["s5-1"]._key.values
    assert (names["tasks"], names["only_leader"], names["target"]) == (12, 7, Fraction(1, 4))
    assert key["now"] == dependence(12, 7).percent() == Decimal("58.3")
    assert key["move"] == tasks_to_move(12, 7, target=Fraction(1, 4)).value == 4
    assert dependence(12, int(key["stay"])).exact == Fraction(1, 4)
    days = lesson["s5-2"]._key.values
    assert days["register"] == change_registration(date(2026, 6, 20)).value == date(2026, 7, 4)
    assert days["notice"] == latest_notice(date(2026, 6, 20)).value
    assert days["register"].isoweekday() == 6
    limits = lesson["s5-9"]._key.values
    assert limits["dissolve"] == needed_for_dissolution(34, ON).value == 26
    serving = 6 - int(limits["vacancy"])
    assert examine_vacancy(6, serving + 1, ON).holds
    assert not examine_vacancy(6, serving, ON).holds


def test_what_decides_a_grade_is_checked_law() -> None:
    day = date(2026, 6, 20)
    assert all(step.status.name != "UNVERIFIED" for step in latest_notice(day).steps)
    assert change_registration(day).is_certain
    assert needed_for_dissolution(34, ON).is_certain
    assert examine_vacancy(6, 3, ON).is_certain
    assert may_receive_residual("社会福祉法人", ON).is_certain


def test_no_graded_figure_is_a_bare_number(code_cells) -> None:
    """In the hidden tests a figure comes from `subjects` or from what the prompt shows."""
    hidden = [cell.source for cell in code_cells if "BEGIN HIDDEN TESTS" in cell.source]
    assert len(hidden) == len(JUDGED)
    found = {
        node.value
        for source in hidden
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and type(node.value) in {int, float}
        if node.value > 100 and node.value not in {2025, 2026}
    }
    assert found == set()


def test_the_table_of_tasks_has_as_many_rows_as_the_exercise_says(text, names, table_of) -> None:
    rows = table_of(text, "仕事")
    assert len(rows) == names["tasks"]
    alone = [row for row in rows if row[1:] == ["○", "−", "−"]]
    assert len(alone) == names["only_leader"]
    assert all("○" in row[1:] and set(row[1:]) <= {"○", "−"} for row in rows)


def circles(picture: str) -> Iterator[int]:
    for group in re.findall(r"<g [^>]*>(.*?)</g>", picture, re.DOTALL):
        if count := len(re.findall("<circle", group)):
            yield count


def test_the_drawing_of_the_tasks_shows_the_example_and_not_the_answer(text, names) -> None:
    [picture] = re.findall(r'<svg [^>]*aria-labelledby="fig1-title.*?</svg>', text, re.DOTALL)
    alone, shared, may_stay, moved, still_shared = circles(picture)
    tasks = alone + shared
    assert (tasks, alone) == (10, 6) != (names["tasks"], names["only_leader"])
    assert (may_stay + moved, still_shared) == (alone, shared)
    assert moved == tasks_to_move(tasks, alone, target=Fraction(3, 10)).value
    assert "6 ÷ 10 × 100 = **60%**" in text and dependence(tasks, alone).percent() == 60
    assert "10件 × 30% = 3件まで" in text and "6 − 3 = **3件**" in text


def test_the_drawing_of_the_two_weeks_ends_on_the_last_day(text) -> None:
    [picture] = re.findall(r'<svg [^>]*aria-labelledby="fig3-title.*?</svg>', text, re.DOTALL)
    changed_on = date(2026, 5, 10)
    last = change_registration(changed_on).value
    days = re.findall(r"(\d+)日</text><text [^>]*>(\d+)</text>", picture)
    assert [(int(day), int(count)) for day, count in days] == [
        ((changed_on + timedelta(days=n)).day, n) for n in range(1, 15)
    ]
    assert last == date(2026, 5, 24) and "14日目は、5月24日です" in text
    assert latest_notice(changed_on).value == date(2026, 5, 4) and "通知は5月4日まで" in text


def test_the_examples_of_the_text_are_worked_out(text) -> None:
    assert examine_vacancy(9, 6, ON).holds and not examine_vacancy(9, 5, ON).holds
    assert "理事の定数が9人なら、3分の1は3人。超えるのは**4人**" in text
    assert needed_for_dissolution(25, ON).value == 19
    assert "25 × 3 ÷ 4 = 18.75 で、端数を切り上げて19人以上" in text


def test_the_practice_at_the_end_ties_out(text) -> None:
    [practice] = re.findall(r"### もう一度練習したい方へ(.*?)</details>", text, re.DOTALL)
    assert dependence(16, 10).percent() == Decimal("62.5") and "= 62.5%" in practice
    assert tasks_to_move(16, 10, target=Fraction(3, 10)).value == 6
    assert "10 − 4 = 6件以上" in practice
    last = change_registration(date(2026, 10, 10)).value
    assert (last, last.isoweekday()) == (date(2026, 10, 24), 6)
    assert "2026年10月24日。土曜日" in practice
    assert [examine_vacancy(7, serving, ON).holds for serving in (5, 4)] == [True, False]
    assert "超えるのは3人から" in practice
    assert needed_for_dissolution(30, ON).value == 23 and "23人以上" in practice


def test_every_stumble_is_named_and_answered(text, lesson) -> None:
    """The five typical mistakes stand in the text, and each is met in an exercise."""
    for stumble in (
        "元気なうちは考えない",
        "肩書だけ交代",
        "手続きの順番を飛ばす",
        "前の代表の個人名義の契約が残る",
        "合併や解散を、失敗とだけ見る",
    ):
        assert f"**{stumble}**" in text.replace("「", "").replace("」", ""), stumble
    assert len(lesson["s5-11"]._key.errors) == 4


def test_statutory_figures_show_the_day_of_their_text(text) -> None:
    for section, day in (
        ("いくつもの「記録」を直します", "2025年6月1日施行"),
        ("いくつもの「記録」を直します", "2025年4月1日施行"),
        ("内閣府の調査", "2019年3月公表"),
        ("内閣府の調査", "二次的な資料"),
    ):
        assert any(section in part and day in part for part in text.split("\n\n")), section


def test_what_is_not_verified_says_so(text) -> None:
    for told in ("**重任**", "個人の保証", "銀行、税務署、年金事務所"):
        places = [part for part in text.split("\n\n") if told in part]
        assert any(re.search("要確認", part) for part in places), told


def test_legal_advice_ends_with_whom_to_ask(text, lesson) -> None:
    assert text.rstrip().endswith("専門家に確認**してください。")
    for name in ("s5-2", "s5-3", "s5-9"):
        assert re.search("(横浜市|所轄庁).*確認", lesson[name].solution().explanation)


def test_the_page_to_print_has_the_deadlines_and_the_checklist(text) -> None:
    [page] = re.findall(r'<div class="one-page">(.*?)</div>', text, re.DOTALL)
    day = date(2026, 6, 20)
    assert change_registration(day).value - day == timedelta(weeks=2)
    assert day - latest_notice(day).value == timedelta(days=5 + 1)
    assert last_day_of_term(day).value == months_from(day, 2 * 12)
    assert [examine_vacancy(3, serving, ON).holds for serving in (2, 1)] == [True, False]
    assert needed_for_dissolution(4, ON).value == 3
    for told in ("2週間以内", "5日以上前", "2年以内", "3分の1を超えたら", "4分の3以上"):
        assert re.search(rf"^\|.*{told}", page, re.MULTILINE), told
    assert len(re.findall(r"^- □ (.+)$", page, re.MULTILINE)) == 8


def test_nothing_is_said_to_be_offered_now(text) -> None:
    assert not re.search("募集中|受付中|現在.*実施|申し込め", text)
