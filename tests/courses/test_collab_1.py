"""Lesson 1 of コラボノプロジェクト: each exercise judged, right, empty and typically wrong."""

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

from lesson_tests import (  # noqa: F401
    placed,
    test_a_typical_mistake_is_named_and_the_rest_still_counts,
    test_every_message_of_a_key_can_be_reached,
    test_no_wrong_group_is_told_only_that_it_is_not_there,
    test_the_exercises_stand_in_their_order_with_their_points,
    test_the_right_answer_earns_everything_and_is_explained,
    values,
)

from manabiba_subjects import npo_case
from manabiba_subjects.income_mix import income_parts, income_shares
from manabiba_subjects.proportion import round_half_up, rounded_shares

NOTEBOOK = Path(__file__).parents[2] / "courses" / "collab" / "01-pro-bono.ipynb"

POINTS = {
    "p1-check-1": 1,
    "p1-check-2": 1,
    "p1-1": 4,
    "p1-gains": 3,
    "p1-habits": 3,
    "p1-2": 5,
    "p1-reading": 3,
    "p1-3": 3,
    "p1-4": 4,
    "p1-stumbles": 4,
    "p1-test": 3,
    "p1-reflection": 4,
}
JUDGED = [name for name in POINTS if name != "p1-reflection"]

RIGHT: dict[str, dict[str, Any]] = {
    "p1-check-1": {"chosen": ["power"]},
    "p1-check-2": {"chosen": ["share"]},
    "p1-1": {
        "placed": {
            "lawyer": "probono",
            "beach": "volunteer",
            "logo": "side",
            "student": "intern",
            "ledger": "probono",
            "noodles": "volunteer",
            "adviser": "side",
            "leaflet": "probono",
        }
    },
    "p1-gains": {
        "placed": {
            "see": "person",
            "solved": "group",
            "career": "promise",
            "society": "person",
            "fresh": "group",
            "income": "promise",
        }
    },
    "p1-habits": {"marked": {"decide": "meeting", "order": "ask", "result": "people"}},
    "p1-2": {
        "cells": {
            "fees-share.year": "10.0",
            "gifts-share.year": "２９．４",
            "grants-share.year": "45.0%",
            "services-share.year": "15.7",
            "rest-share.year": "0.0",
            "all-share.year": "100.1",
        }
    },
    "p1-reading": {
        "values": {"largest": "grants", "lost": "4.5", "odd": "note", "known": "grants"}
    },
    "p1-3": {"chosen": ["thanks", "one", "notes"]},
    "p1-4": {"values": {"deadline": "no", "secret": "no", "update": "yes", "more": "no"}},
    "p1-stumbles": {
        "placed": {
            "software": "update",
            "before": "assume",
            "roster": "private",
            "helping": "handover",
            "also": "scope",
        }
    },
    "p1-test": {
        "placed": {
            "d1": "probono",
            "d2": "crossing",
            "d3": "mission",
            "d4": "deciding",
            "d5": "mix",
            "d6": "background",
        }
    },
}


def share(**entered: str) -> dict[str, Any]:
    """Changed shares; `fees="9.9"` is the cell fees-share.year."""
    return {"cells": {f"{name}-share.year": figure for name, figure in entered.items()}}


MISTAKES = [
    ("p1-check-1", {"chosen": ["cheap"]}, 0, "「ただの外注」ではありません"),
    ("p1-check-1", {"chosen": ["money"]}, 0, "プロボノではなく副業です"),
    ("p1-check-1", {"chosen": ["learner"]}, 0, "インターンです"),
    ("p1-check-2", {"chosen": ["zero"]}, 0, "悪いことではありません"),
    ("p1-check-2", {"chosen": ["split"]}, 0, "「営利」のしかたです"),
    # four words that are alike
    ("p1-1", placed(logo="probono"), 3.5, "報酬を受け取る仕事は副業です"),
    ("p1-1", placed(adviser="volunteer"), 3.5, "「顧問料」は報酬です"),
    ("p1-1", placed(leaflet="side"), 3.5, "実費は、報酬とは別"),
    ("p1-1", placed(noodles="probono"), 3.5, "その仕事の力は使っていません"),
    ("p1-1", placed(ledger="volunteer"), 3.5, "いまは働いていなくても"),
    ("p1-1", placed(student="probono"), 3.5, "はじめに①でインターンへ"),
    ("p1-gains", placed(career="person"), 2.5, "「かならず」とは約束できません"),
    ("p1-gains", placed(see="group"), 2.5, "出かけた本人です"),
    # a company's habits
    ("p1-habits", {"marked": {"decide": "self"}}, 2.5, "決めるのは団体の人たちです"),
    ("p1-habits", {"marked": {"order": "absent"}}, 2.5, "来る義務のある人ではありません"),
    ("p1-habits", {"marked": {"result": "likes"}}, 2.5, "きれいにできることは手段"),
    ("p1-habits", {"marked": {"night": "day"}}, 2, "このままで大丈夫です"),
    # the shares of the income
    ("p1-2", share(fees="9.9"), 5 * 5 / 6, "小数第2位を切り捨て"),
    ("p1-2", share(grants="0.4"), 5 * 5 / 6, "100を掛けるのを忘れて"),
    ("p1-2", share(rest="0.1"), 5 * 5 / 6, "0.01%ほどです"),
    ("p1-2", share(all="100.0"), 5 * 5 / 6, "そのまま足してみましょう"),
    ("p1-reading", values(lost="5.5"), 9 / 4, "残るほうの割合"),
    ("p1-reading", values(odd="fit"), 9 / 4, "数を動かすと"),
    ("p1-reading", values(odd="again"), 9 / 4, "計算の間違いではありません"),
    ("p1-reading", values(known="poor"), 9 / 4, "外から決めつけず"),
    # what stands behind a need
    ("p1-3", {"chosen": ["thanks", "one", "design"]}, 1, "デザインの話は、出てきていません"),
    ("p1-3", {"chosen": ["motive"]}, 0, "人のせいにしています"),
    ("p1-3", {"chosen": ["thanks", "one", "notes", "system"]}, 2, "解決のしかたです"),
    ("p1-3", {"chosen": ["economy"]}, 0, "推測です"),
    # promises
    ("p1-4", values(deadline="yes"), 3, "無償でも、期限は約束です"),
    ("p1-4", values(secret="yes"), 3, "紙に書いてお互いに"),
    ("p1-4", values(update="no"), 3, "すぐに古くなります"),
    ("p1-4", values(more="yes"), 3, "範囲が広がると"),
    ("p1-stumbles", placed(software="handover"), 16 / 5, "団体の道具で作ることが先"),
    ("p1-stumbles", placed(before="scope"), 16 / 5, "会う前に、理由を決めて"),
    ("p1-stumbles", placed(roster="scope"), 16 / 5, "置き場所と送り方の約束"),
    ("p1-stumbles", placed(helping="update"), 16 / 5, "やり方が残っていない"),
    ("p1-stumbles", placed(also="assume"), 16 / 5, "約束になかったものが"),
    ("p1-test", placed(d1="crossing"), 2.5, "持ち帰るのが越境学習"),
]


def test_a_wrong_share_costs_its_own_cell_and_not_the_sum(
    lesson, assert_only_the_first_cell_costs, changed
) -> None:
    answer = changed(RIGHT["p1-2"], share(gifts="29.3", all="100.0"))
    assert_only_the_first_cell_costs(lesson["p1-2"], answer, 5 * 5 / 6)


def test_the_shares_are_those_of_the_accounting_seminars_group(lesson, names) -> None:
    made = npo_case.statements()
    shares = income_shares(made)
    found = [*RIGHT["p1-2"]["cells"].values()][2:]
    assert [str(percent) for percent in shares.percents.values()][2:] == [
        figure.rstrip("%") for figure in found[:3]
    ]
    assert str(shares.total) == found[3] == "100.1"
    assert names["amounts"] == dict(
        zip(
            ("fees", "gifts", "grants", "services", "rest"),
            income_parts(made).values(),
            strict=True,
        )
    )
    assert names["total_income"] == made.activities.revenue_total == 5_516_620
    for exercise_id in ("p1-2", "p1-reading"):
        assert shares.remark in lesson[exercise_id].solution().explanation


def test_what_the_text_says_of_that_group_is_in_its_books(text) -> None:
    after = npo_case.statements().after_adjustment
    lent, subsidy = (after.row(name).balance for name in ("施設等受入評価益", "受取補助金"))
    assert f"金額にしたもの{lent:,}円をふくみます" in text
    assert f"市の補助金{subsidy:,}円をふくみます" in text


def test_the_example_of_the_text_and_its_drawing_are_worked_out(text) -> None:
    example = {"会費": 60_000, "寄附": 150_000, "助成": 240_000, "参加費": 150_000}
    shares = rounded_shares(example, places=0)
    assert shares.total == 100 and not shares.remark
    assert "60,000 ÷ 600,000 × 100 = **10%**" in text
    assert "150,000 ÷ 600,000 × 100 = **25%**" in text
    [picture] = re.findall(r'<svg [^>]*aria-labelledby="fig3-title.*?</svg>', text, re.DOTALL)
    widths = [int(w) for w in re.findall(r'width="(\d+)" height="60"', picture)]
    assert [w * 100 // sum(widths) for w in widths] == [int(p) for p in shares.percents.values()]
    for label, yen in example.items():
        assert f"{label} {yen:,}円" in picture
    assert f"合計 {sum(example.values()):,}円" in picture


def test_the_practice_at_the_end_ties_out(text) -> None:
    [practice] = re.findall(r"### もう一度練習したい方へ(.*?)</details>", text, re.DOTALL)
    parts = {"会費": 90_000, "寄附": 210_000, "助成": 300_000, "事業": 150_000}
    for label, yen in parts.items():
        assert f"{label}{yen:,}円" in practice
    told = "、".join(f"{k}{p}%" for k, p in rounded_shares(parts, places=0).percents.items())
    assert f"合計は{sum(parts.values()):,}円。{told}" in practice
    thirds = rounded_shares({"a": 100, "b": 100, "c": 100})
    assert f"{thirds.percents['a']}%ずつ" in practice and f"{thirds.total}%。四捨五入" in practice


def test_every_stumble_of_the_table_is_a_group_and_each_is_asked_once(lesson, text, tables) -> None:
    [table] = [found for found in tables(text) if found[0][0] == "よくあるつまずき"]
    groups = lesson["p1-stumbles"].spec["groups"]
    assert [row[0][0] for row in table[1:]] == [label[0] for label in groups.values()]
    assert sorted(RIGHT["p1-stumbles"]["placed"].values()) == sorted(groups)


def test_the_examples_of_rounding_are_rounded_half_up(text) -> None:
    found = re.findall(r"(\d+\.\d{2})は(\d+\.\d)", text)
    assert len(found) == 3
    for exact, rounded in found:
        assert str(round_half_up(Fraction(exact), 1)) == rounded


def test_the_programme_is_named_with_its_alias_and_not_offered(text) -> None:
    assert "YOKOHAMAコラボノプロジェクト" in text and "YOKOHAMAコラボプロジェクト" in text
    assert "募集のお知らせではありません" in text
    assert not re.search("6つのポイント|申し込みは|受付中", text)


def test_no_secret_of_a_person_or_a_company_is_asked_for(lesson) -> None:
    assert (
        "個人や会社の名前、仕事の秘密は書かないでください" in lesson["p1-reflection"].spec["prompt"]
    )


def test_what_is_general_knowledge_says_so(text) -> None:
    sources = text[text.index("と、この回の資料") :]
    assert re.search("会社と地域団体の傾向のちがい.*一般的な知識[(]未確認[)]", sources)
    assert "団体によってちがいますが、一般に" in text
