"""Lesson 2 of コラボノプロジェクト: each exercise judged, right, empty and typically wrong."""

import re
from itertools import product
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

from manabiba_subjects.pro_bono import Task, by_priority
from manabiba_subjects.proportion import rounded_shares
from manabiba_subjects.team_example import example_task

NOTEBOOK = Path(__file__).parents[2] / "courses" / "collab" / "02-skills.ipynb"

POINTS = {
    "p2-check-1": 1,
    "p2-check-2": 1,
    "p2-vague": 3,
    "p2-1": 3,
    "p2-size": 2,
    "p2-2": 3,
    "p2-3": 4,
    "p2-talk": 4,
    "p2-4": 5,
    "p2-secret": 3,
    "p2-test": 3,
    "p2-reflection": 4,
}
JUDGED = [name for name in POINTS if name not in {"p2-4", "p2-reflection"}]

SKILLS = [
    {"verb": "書く", "object": "社内報の記事を、社員に", "proof": "5年で60本"},
    {"verb": "進める", "object": "10人の会議を", "proof": "月2回"},
    {"verb": "作り直す", "object": "店長に見せる資料を", "proof": "月2本、4年"},
    {"verb": "まとめる", "object": "アンケートの結果を", "proof": "年3回"},
    {"verb": "教える", "object": "新人に表計算を", "proof": "5人"},
    {"verb": "聞き取る", "object": "お客さまの声を", "proof": "年40人"},
    {"verb": "選ぶ", "object": "紙面の写真を", "proof": "5年"},
    {"verb": "直す", "object": "むずかしい文を", "proof": "毎月"},
    {"verb": "配る。", "object": "保護者会の連絡を30家庭に", "proof": "2年"},
    {"verb": "育てた", "object": "花だんの花を", "proof": "3回の夏"},
]
QUESTIONS = {
    "now": "お礼のはがきは、いつ、だれが書いていますか。",
    "hard": "どんなときに止まってしまいますか。",
    "value": "寄附した人と、どんな間柄でいたいですか。",
    "after": "わたしたちが帰ったあと、だれが続けますか。",
    "promise": "名簿を見てよいのは、だれまでですか。",
}
RIGHT: dict[str, dict[str, Any]] = {
    "p2-check-1": {"values": {"kind": "probono", "decide": "meeting", "odd": "note"}},
    "p2-check-2": {"chosen": ["time"]},
    "p2-vague": {"marked": {"pr": "full", "nature": "deed", "client": "hide"}},
    "p2-1": {
        "fields": {
            "skills": SKILLS,
            "first": "会議を進める力。話し合いが長くてつかれる団体の役に立ちたいからです。",
            "field": "文章",
            "hours": "平日の夜に2時間",
        }
    },
    "p2-size": {
        "placed": {
            "lonely": "large",
            "record": "right",
            "software": "tool",
            "card": "right",
            "famous": "large",
            "video": "tool",
        }
    },
    "p2-2": {
        "placed": {
            "roster": "sheet",
            "donors": "relation",
            "meeting": "chair",
            "cash": "money",
            "flyer": "words",
            "site": "web",
        }
    },
    "p2-3": {
        "products": {"news": "15", "record": "２０", "card": "12"},
        "order": ["record", "news", "card"],
    },
    "p2-talk": {
        "path": [
            ["start", "open"],
            ["notes", "blank"],
            ["wish", "together"],
            ["last", "written"],
        ],
        "reasons": {"start": "背景を知りたいから", "notes": "個人情報だから"},
        "consult": ["三浦さんと運営会議", "事務局の岡さん"],
        "memo": "お礼が止まっている。運営会議で点をつける。",
    },
    "p2-secret": {
        "placed": {
            "sample": "fine",
            "view": "first",
            "office": "never",
            "family": "never",
            "photo": "first",
            "leaflet": "fine",
        }
    },
    "p2-test": {
        "values": {"van": "10", "board": "16点", "map": "15", "first": "board", "who": "together"}
    },
}


def test_the_exercises_stand_in_their_order_with_their_points(lesson) -> None:
    assert [(name, found.spec["points"]) for name, found in lesson.items()] == [*POINTS.items()]


def test_what_is_graded_by_hand_has_the_points_of_its_rubric(code_cells, lesson) -> None:
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in code_cells}
    for name, points in (("p2-1-rubric", 4), ("p2-4", 5), ("p2-reflection", 4)):
        about = cells[name].metadata.nbgrader
        assert (about.points, about.solution, about.locked) == (points, True, False)
        rubric = lesson[name.removesuffix("-rubric")].spec["rubric"]
        assert sum(criterion["points"] for criterion in rubric) == points


MISTAKES = [
    # the last lesson's points
    ("p2-check-1", values(kind="side"), 2 / 3, "かかった分だけの実費です"),
    ("p2-check-1", values(decide="print"), 2 / 3, "話し合いがまだです"),
    ("p2-check-1", values(odd="fit"), 2 / 3, "書きかえると"),
    ("p2-check-2", {"chosen": ["lazy"]}, 0, "人のせいにしています"),
    ("p2-check-2", {"chosen": ["poster"]}, 0, "解決のしかたです"),
    # a skill has three parts
    ("p2-vague", marked(pr="title"), 2.5, "肩書きでは"),
    ("p2-vague", marked(nature="more"), 2.5, "性格は、頼めることの代わりに"),
    ("p2-vague", marked(client="bigger"), 2.5, "会社の秘密です"),
    ("p2-vague", marked(client="cut"), 2.5, "名前と金額を出さなければ"),
    ("p2-vague", marked(town="cut"), 2, "仕事のほかの経験も"),
    ("p2-1", {"fields": {"skills": SKILLS[:9]}}, 2, "10個まで増やしましょう"),
    ("p2-1", {"fields": {"skills": SKILLS[:2]}}, 1, "まず3行"),
    (
        "p2-1",
        {"fields": {"skills": [*SKILLS[:9], {**SKILLS[9], "proof": " "}]}},
        2,
        "動詞・対象・証拠がそろった行を",
    ),
    (
        "p2-1",
        {"fields": {"skills": [*SKILLS[:9], {**SKILLS[9], "verb": "広報"}]}},
        2,
        "名詞が入っていませんか",
    ),
    # tasks and skills
    ("p2-size", placed(software="right"), 5 / 3, "道具は、課題が決まってから"),
    ("p2-size", placed(lonely="right"), 5 / 3, "もっと小さく分けましょう"),
    ("p2-2", placed(donors="sheet"), 2.5, "足りないのは「届けること」です"),
    ("p2-2", placed(cash="sheet"), 2.5, "表計算は道具です"),
    ("p2-2", placed(site="words"), 2.5, "直せる人がいないこと"),
    # priorities: half by the three products, half by the two neighbours
    ("p2-3", {"order": ["news", "record", "card"]}, 3, "影響だけで並べていませんか"),
    ("p2-3", {"order": ["record", "card", "news"]}, 3, "実現性だけで並べていませんか"),
    ("p2-3", {"products": {"news": "8"}}, 2 + 4 / 3, "足すのではなく"),
    ("p2-3", {"products": {"record": "45"}}, 2 + 4 / 3, "4と5をかけます"),
    # secrecy
    ("p2-secret", placed(view="fine"), 2.5, "先に、団体と紙で決めます"),
    ("p2-secret", placed(office="first"), 2.5, "会社のメールやパソコンには入れません"),
    ("p2-secret", placed(family="fine"), 2.5, "めいわくがかかるおそれ"),
    ("p2-secret", placed(photo="fine"), 2.5, "写っている人の同意も"),
    ("p2-test", values(van="7"), 12 / 5, "足していませんか"),
    ("p2-test", values(first="van"), 12 / 5, "影響だけで選んで"),
    ("p2-test", values(first="map"), 12 / 5, "実現性だけで選んで"),
    ("p2-test", values(who="team"), 12 / 5, "外から決めると"),
]


GOOD = RIGHT["p2-talk"]["path"]
WAYS = {
    # where somebody turns off, and what is told there
    "assumed": ([["start", "lead"]], 0.0, "誘導の質問です"),
    "spread": ([GOOD[0], ["notes", "photo"]], 0.25, "個人情報があります"),
    "wide": ([*GOOD[:2], ["wish", "all"]], 0.5, "範囲が広がると"),
    "lost": ([*GOOD[:3], ["last", "memory"]], 0.75, "書いて、確かめてもらいましょう"),
}


@pytest.mark.parametrize("ending", WAYS)
def test_the_talk_ends_as_it_was_led_and_says_where_it_turned(lesson, told, points, ending) -> None:
    path, worth, message = WAYS[ending]
    answer = {**RIGHT["p2-talk"], "path": path}
    assert lesson["p2-talk"]._spec.story.way_of(answer).place.id == ending
    assert points(lesson["p2-talk"], answer) == pytest.approx(4 * (0.7 * worth + 0.3))
    assert message in told(lesson["p2-talk"].judge(answer, with_key=True))


def test_deciding_for_the_group_late_ends_as_badly_as_doing_so_at_once(lesson, points) -> None:
    late = {**RIGHT["p2-talk"], "path": [*GOOD[:2], ["wish", "mine"]]}
    assert points(lesson["p2-talk"], late) == pytest.approx(4 * 0.3)


def test_whoever_tells_colleagues_loses_the_points_for_whom_to_talk_to(lesson, points) -> None:
    answer = {**RIGHT["p2-talk"], "consult": ["会社の同僚"]}
    assert points(lesson["p2-talk"], answer) == pytest.approx(4 * 0.8)
    judgement = lesson["p2-talk"].judge(answer, with_key=True)
    assert ["守秘の約束" in part.message for part in judgement.parts] == [True]


def test_the_questions_are_graded_by_hand_and_only_gaps_are_told(lesson) -> None:
    exercise = lesson["p2-4"]
    assert exercise.solution() is None
    assert exercise.judge({"fields": QUESTIONS}, with_key=True).status == "formal"
    for name in QUESTIONS:
        judgement = exercise.judge({"fields": {**QUESTIONS, name: " "}}, with_key=True)
        assert judgement.status == "incomplete"
        assert [part.input for part in judgement.parts] == [name]


def test_the_example_word_for_word_is_no_reason(lesson) -> None:
    first = next(f for f in lesson["p2-1"].spec["fields"] if f["id"] == "first")
    answer = {"fields": {**RIGHT["p2-1"]["fields"], "first": first["example"]}}
    assert lesson["p2-1"].judge(answer, with_key=True).status == "incomplete"


def test_the_fields_of_the_inventory_are_the_skills_that_teams_are_made_by(lesson) -> None:
    task = example_task()
    known = {skill for one in task.participants for skill in one.skills}
    known |= {need for group in task.organisations for need in group.needs}
    [field] = [f for f in lesson["p2-1"].spec["fields"] if f["id"] == "field"]
    assert {*field["options"]} == known | {"そのほか"}


def test_the_ranking_is_the_one_of_the_subject(lesson, names) -> None:
    tasks = names["tasks"]
    assert [(t.impact, t.feasibility) for t in tasks.values()] == [(5, 3), (4, 5), (3, 4)]
    assert [t.score for t in by_priority(tuple(tasks.values()))] == [20, 15, 12]
    given = [item["given"] for item in lesson["p2-3"].spec["items"]]
    assert given == [[t.impact, t.feasibility] for t in tasks.values()]
    told = lesson["p2-3"].solution().explanation
    assert [int(n) for n in re.findall(r"=(\d+)", told)] == [20, 15, 12]
    for task in names["others"].values():
        told = lesson["p2-test"].spec["prompt"]
        assert f"「{task.name[2:]}」は影響{task.impact}・実現性{task.feasibility}" in told


def test_the_examples_of_the_text_and_of_the_drawing_are_worked_out(text) -> None:
    van, sign = Task("送り迎え", 5, 1), Task("看板", 2, 5)
    assert by_priority((van, sign)) == (sign, van)
    for task in (van, sign):
        working = f"{task.name}: {task.impact} × {task.feasibility} = **{task.score}**"
        assert working in text
    assert f"足し算だと、{van.impact + van.feasibility}と{sign.impact + sign.feasibility}で" in text
    [picture] = re.findall(r'<svg [^>]*aria-labelledby="fig3-title.*?</svg>', text, re.DOTALL)
    circles = [(int(x), int(y)) for x, y in re.findall(r'<circle cx="(\d+)" cy="(\d+)"', picture)]
    at = {(1 + (x - 60) // 56, 5 - (y - 20) // 52): (x, y) for x, y in circles}
    assert [*at] == [(task.feasibility, task.impact) for task in (van, sign)]
    for task in (van, sign):
        x, y = at[task.feasibility, task.impact]
        assert (
            f'<text x="{x}" y="{y + 5}" font-weight="bold" font-size="16">{task.score}' in picture
        )


def test_the_practice_at_the_end_ties_out(text) -> None:
    [practice] = re.findall(r"### もう一度練習したい方へ(.*?)</details>", text, re.DOTALL)
    small, large = Task("a", 3, 3), Task("b", 5, 2)
    assert f"3 × 3 = {small.score}、5 × 2 = {large.score}" in practice
    assert by_priority((small, large))[0] is large


def test_the_articles_of_the_example_are_as_many_as_its_years_make(text, lesson) -> None:
    lines = "\n".join(line["text"] for line in lesson["p2-vague"].spec["lines"])
    for where in (text, lines):
        found = re.findall(r"月(\d)回、(\d)年で(\d+)本", where)
        assert found
        assert all(int(a) * 12 * int(b) == int(made) for a, b, made in found)


def test_the_recalled_shares_are_rounded_as_the_prompt_says(lesson, names) -> None:
    shares = rounded_shares({"a": names["third"], "b": names["third"], "c": names["third"]})
    odd = next(f for f in lesson["p2-check-1"].spec["fields"] if f["id"] == "odd")
    assert f"{names['third']:,}円" in odd["label"] and f"{shares.total}%" in odd["label"]
    assert shares.remark in lesson["p2-check-1"].solution().explanation


def test_no_secret_of_a_person_or_a_company_is_asked_for(lesson) -> None:
    for name in ("p2-1", "p2-talk", "p2-4", "p2-reflection"):
        assert re.search("名前.*(書かないで|入れない)", lesson[name].spec["prompt"]), name


def test_what_is_general_knowledge_says_so(text) -> None:
    sources = text[text.index("と、この回の資料") :]
    assert re.search("守秘と写真の扱い.*一般的な知識[(]未確認[)]", sources)
    assert "団体と事務局に、そのときの決まりを確かめてください" in sources


def test_no_wrong_group_is_told_only_that_it_is_not_there(lesson) -> None:
    """Every item in every wrong group is told what to look at."""
    for name, exercise in lesson.items():
        if exercise.kind == "classify" and exercise.spec["check"] == "full":
            for item, group in product(exercise.spec["items"], exercise.spec["groups"]):
                answer = {"placed": {**RIGHT[name]["placed"], item: group}}
                [part] = [
                    part
                    for part in exercise.judge(answer, with_key=True).parts
                    if part.input == item
                ]
                assert part.ok or part.message != "ここではありません。", (name, item, group)
