"""Lesson 3 of the founding seminar: each exercise judged, right, empty and typically wrong."""

import ast
import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from lesson_tests import (  # noqa: F401
    cells,
    marked,
    placed,
    test_a_story_ends_as_it_was_told_and_says_where_it_turned,
    test_a_typical_mistake_is_named_and_the_rest_still_counts,
    test_every_message_of_a_key_can_be_reached,
    test_the_exercises_stand_in_their_order_with_their_points,
    test_the_right_answer_earns_everything_and_is_explained,
    values,
)

from manabiba_subjects import npo_case
from manabiba_subjects.derivation import is_certain
from manabiba_subjects.npo_law import (
    Activity,
    Article,
    Occasion,
    Way,
    absolute_test,
    annual_report,
    approval_ends,
    can_amend,
    change_articles,
    change_officer,
    change_registration,
    documents,
    donation_tax,
    examine_profit_business,
    needed_agreement,
    needed_attendance,
    posting_until,
    relative_test,
)
from manabiba_subjects.periods import months_after

NOTEBOOK = Path(__file__).parents[2] / "courses" / "npo-intro" / "03-running.ipynb"
ON = date(2026, 11, 23)

POINTS = {
    "n3-check-1": 1,
    "n3-check-2": 1,
    "n3-1": 3,
    "n3-2": 3,
    "n3-3": 3,
    "n3-4": 4,
    "n3-5": 3,
    "n3-6": 3,
    "n3-7": 3,
    "n3-8": 2,
    "n3-9": 3,
    "n3-10": 1,
    "n3-11": 2,
    "n3-12": 3,
    "n3-13": 3,
    "n3-reflection": 4,
}
JUDGED = [name for name in POINTS if name != "n3-reflection"]

RIGHT: dict[str, dict[str, Any]] = {
    "n3-check-1": {
        "values": {
            "inspection": "2026/10/20",
            "decision": "令和8年12月4日",
            "registration": "１２月８日",
        }
    },
    "n3-check-2": {"values": {"existence": "registered", "years": "2", "address": "hidden"}},
    "n3-1": {"values": {"march": "6/30", "december": "2027年3月31日", "august": "11/30"}},
    "n3-2": {"marked": {"assets": "notice", "idle": "always", "both": "separate"}},
    "n3-3": {
        "placed": {
            "leader": "tell_register",
            "moved": "tell",
            "purpose": "certify_register",
            "year": "tell",
            "notice": "tell",
            "number": "tell",
            "member": "certify",
        }
    },
    "n3-4": {
        "path": [
            ["start", "look"],
            ["which", "certify"],
            ["leader", "now"],
            ["wait", "wait"],
            ["arrived", "register"],
        ],
        "reasons": {"which": "目的は認証の表にあるから", "leader": "登記は2週間以内だから"},
        "consult": ["横浜市(所轄庁)の窓口", "法務局・司法書士"],
        "memo": "目的に若者を加えたい。総会は5月の予定。",
    },
    "n3-5": {
        "values": {
            "attend": "20",
            "agree": "18人",
            "more": "２１",
            "dissolve": "30",
            "request": "8",
        }
    },
    "n3-6": {
        "values": {
            "ours": "102.5",
            "ours_pass": "yes",
            "first": "105",
            "theirs": "96.5",
            "theirs_pass": "no",
        }
    },
    "n3-7": {
        "cells": {
            "limit.port": "138,000",
            "counted.port": "1,018,000",
            "base.port": "3,776,620円",
            "share.school": "20.9",
            "share.port": "27.0%",
        }
    },
    "n3-8": {"values": {"income": "11,200", "resident": "2,800", "total": "14,000円"}},
    "n3-9": {
        "placed": {
            "dues": "no",
            "gifts": "no",
            "goods": "yes",
            "parking": "yes",
            "desk": "ask",
            "workshop": "ask",
        }
    },
    "n3-10": {"chosen": ["april"]},
    "n3-11": {
        "placed": {
            "found": "certification",
            "donors": "approval",
            "shop": "taxed",
            "articles": "other",
            "statement": "revenue",
        }
    },
    "n3-12": {"values": {"reduction": "4/30", "notice": "5/20", "change": "6/9", "report": "6/30"}},
    "n3-13": {
        "fields": {
            "group": "いそごみんなの学び場。子どもの学習室です",
            "resources": [
                {"what": "部屋", "detail": "月2回、夕方"},
                {"what": "学生スタッフ", "detail": "3人"},
                {"what": "絵本", "detail": "200冊"},
                {"what": "近所の信頼", "detail": "3年続けている"},
                {"what": "寄附", "detail": "年20万円"},
            ],
            "lacks": [
                {"what": "夕ごはん", "why": "おなかをすかせずに帰れる"},
                {"what": "実験の道具", "why": "夏休みに実験ができる"},
                {"what": "ちらし", "why": "知らない家庭に届く"},
            ],
            "partners": [
                {"who": "子ども食堂", "ask": "月1回の共催", "offer": "20人の子どもとの顔なじみ"},
                {"who": "大学の学生", "ask": "実験教室", "offer": "教える経験の場"},
                {"who": "デザインの会社", "ask": "ちらし", "offer": "親子の声"},
            ],
            "first": "月に1回、一緒にごはんの日をつくりませんか。",
        }
    },
}


SEVENTH, FIFTH = 3 * 6 / 7, 3 * 4 / 5  # one of seven items, of five fields, is lost

MISTAKES = [
    # the last lesson's hardest points
    ("n3-check-1", values(inspection="10/19"), 2 / 3, "受理した日は数えず、翌日から"),
    ("n3-check-1", values(inspection="11/6"), 2 / 3, "縦覧は2週間です(2021年6月9日施行"),
    ("n3-check-1", values(inspection="12/6"), 2 / 3, "縦覧は2週間です(2021年6月9日施行"),
    ("n3-check-1", values(decision="12/20"), 2 / 3, "横浜市は縦覧期間終了後45日以内です"),
    ("n3-check-1", values(decision="11/20"), 2 / 3, "受理された日からではなく"),
    ("n3-check-1", values(registration="12/14"), 2 / 3, "14営業日"),
    ("n3-check-1", values(registration="12/18"), 2 / 3, "認証書が届いてから"),
    ("n3-check-2", values(existence="arrived"), 2 / 3, "認証だけではまだ法人ではありません"),
    ("n3-check-2", values(existence="told"), 2 / 3, "成立したあとの報告"),
    ("n3-check-2", values(years="1"), 2 / 3, "1年度分では足りません"),
    ("n3-check-2", values(address="shown"), 2 / 3, "住所を除いて"),
    # the year
    ("n3-1", values(march="5/31"), 2, "2か月で数えている"),
    ("n3-1", values(december="4/30"), 2, "4か月になっています"),
    ("n3-1", values(august="12/1"), 2, "1日おそく"),
    ("n3-1", values(march="2027/3/31"), 2, "年度が終わる日です"),
    ("n3-2", marked(assets="city"), 2.5, "貸借対照表の公告です"),
    ("n3-2", marked(idle="next"), 2.5, "毎事業年度1回"),
    ("n3-2", marked(both="city"), 2.5, "みんなに知らせることはべつ"),
    ("n3-2", marked(officers="end"), 2.0, "全員書きます"),
    ("n3-2", marked(poster="month"), 2.0, "掲示は1年間です"),
    ("n3-2", marked(meeting="two"), 2.0, "少なくとも毎年1回"),
    # 認証・届出・登記
    ("n3-3", placed(leader="tell"), SEVENTH, "2週間以内に登記もします"),
    ("n3-3", placed(moved="tell_register"), SEVENTH, "代表権のない理事の住所は、届出だけ"),
    ("n3-3", placed(purpose="tell_register"), SEVENTH, "市の認証が要ります"),
    ("n3-3", placed(purpose="certify"), SEVENTH, "法務局の記録にも"),
    ("n3-3", placed(year="certify"), SEVENTH, "そこまでの手続きは要りません"),
    ("n3-3", placed(notice="tell_register"), SEVENTH, "登記は要りません"),
    ("n3-3", placed(number="certify"), SEVENTH, "定数だけは届出"),
    ("n3-3", placed(member="tell"), SEVENTH, "認証が要ります"),
    # 総会
    ("n3-5", values(attend="21"), FIFTH, "ちょうど半分でも足ります"),
    ("n3-5", values(attend="30"), FIFTH, "賛成の数です"),
    ("n3-5", values(agree="30"), FIFTH, "社員全員の4分の3"),
    ("n3-5", values(agree="13"), FIFTH, "過半数"),
    ("n3-5", values(more="20"), FIFTH, "端数は切り上げます"),
    ("n3-5", values(dissolve="18"), FIFTH, "出席した人の4分の3です"),
    ("n3-5", values(request="5"), FIFTH, "出席した人の5分の1"),
    ("n3-5", values(request="4"), FIFTH, "10分の1では"),
    # 認定
    ("n3-6", values(ours="205"), FIFTH, "2年分の合計です"),
    ("n3-6", values(ours="8.5"), FIFTH, "12を掛けるのを"),
    ("n3-6", values(ours_pass="no"), FIFTH, "平均が100人以上なら"),
    ("n3-6", values(first="110"), FIFTH, "役員と生計を一にする人は寄附者の数から除きます"),
    ("n3-6", values(theirs="99.0"), FIFTH, "役員と生計を一にする人は寄附者の数から除きます"),
    ("n3-6", values(theirs_pass="yes"), FIFTH, "平均が100人に届いていません"),
    ("n3-7", cells(limit_port="50,000"), FIFTH, "大きな寄附の10%です"),
    ("n3-7", cells(limit_port="690,000"), FIFTH, "ここでは10%"),
    ("n3-7", cells(counted_port="1,380,000"), FIFTH, "上限を超えた分を引いていません"),
    ("n3-7", cells(counted_port="880,000"), FIFTH, "上限までは数えます"),
    ("n3-7", cells(base_port="5,276,620"), FIFTH, "市の補助金も除きます"),
    ("n3-7", cells(base_port="4,016,620"), FIFTH, "受入評価益も除きます"),
    ("n3-7", cells(share_school="478.3"), FIFTH, "割られる数が逆"),
    ("n3-7", cells(share_school="0.2"), FIFTH, "100を掛けて"),
    ("n3-7", cells(share_port="36.5"), FIFTH, "上限を使っていません"),
    ("n3-7", cells(share_port="18.5"), FIFTH, "経常収益の合計のまま"),
    # 寄附した人の税
    ("n3-8", values(income="12,000"), 4 / 3, "寄附額から2,000円を引いてから率を掛けます"),
    ("n3-8", values(income="10,000"), 4 / 3, "率を掛けたあとで"),
    ("n3-8", values(income="28,000"), 4 / 3, "40%を掛けます"),
    ("n3-8", values(resident="3,000"), 4 / 3, "寄附額から2,000円を引いてから率を掛けます"),
    ("n3-8", values(resident="2,240"), 4 / 3, "県の2%も"),
    ("n3-8", values(total="15,000"), 4 / 3, "寄附額から2,000円を引いてから率を掛けます"),
    ("n3-8", values(total="28,000"), 4 / 3, "全部が軽くなるのではありません"),
    # 収益事業と均等割
    ("n3-9", placed(dues="yes"), 2.5, "見返りのないお金"),
    ("n3-9", placed(goods="no"), 2.5, "赤字でも、収益事業です"),
    ("n3-9", placed(parking="no"), 2.5, "34の業種にあります"),
    ("n3-9", placed(desk="yes"), 2.5, "自分で決めず"),
    ("n3-9", placed(workshop="no"), 2.5, "税務署・税理士に確認"),
    ("n3-10", {"chosen": ["november"]}, 0, "どの団体も4月末日"),
    ("n3-10", {"chosen": ["june"]}, 0, "べつの手続き"),
    ("n3-10", {"chosen": ["none"]}, 0, "自動では0円になりません"),
    ("n3-11", placed(found="approval"), 1.6, "「認証」は設立、「認定」は寄附の税優遇です"),
    ("n3-11", placed(donors="certification"), 1.6, "「認証」は設立、「認定」は寄附の税優遇です"),
    ("n3-11", placed(shop="revenue"), 1.6, "「収益事業」は法人税、「その他の事業」はNPO法"),
    ("n3-11", placed(articles="taxed"), 1.6, "「収益事業」は法人税、「その他の事業」はNPO法"),
    # 確認テスト
    ("n3-12", values(reduction="6/30"), 2.25, "4月末日です"),
    ("n3-12", values(notice="5/21"), 2.25, "間が4日しか"),
    ("n3-12", values(change="6/8"), 2.25, "代わった日は数えず"),
    ("n3-12", values(report="8/26"), 2.25, "総会からではなく"),
]


CHAINS = [
    # the whole gift left out, or none of it: the share follows
    ({"counted.port": "880,000", "share.port": "23.3"}, FIFTH),
    ({"counted.port": "1,380,000", "share.port": "36.5"}, FIFTH),
    # the limit of half: the figure counted and the share follow
    (
        {"limit.port": "690,000", "counted.port": "1,570,000", "share.port": "41.6"},
        FIFTH,
    ),
    # nothing taken off the income
    ({"base.port": "5,516,620", "share.port": "18.5"}, FIFTH),
]


@pytest.mark.parametrize(("entered", "earned"), CHAINS)
def test_a_mistake_in_the_share_costs_its_own_cell_and_not_those_after_it(
    lesson, assert_only_the_first_cell_costs, changed, entered, earned
) -> None:
    answer = changed(RIGHT["n3-7"], {"cells": entered})
    assert_only_the_first_cell_costs(lesson["n3-7"], answer, earned)


STORY = "n3-4"
WAYS = {
    # where somebody turns off, and what is told there
    "early": ([["start", "go"]], 0.0, "25条3項"),
    "returned": ([["start", "ask"], ["which", "tell"]], 1 / 3, "認証が要る項目"),
    "late": (
        [["start", "look"], ["which", "certify"], ["leader", "together"]],
        1 / 3,
        "代わった日から2週間以内",
    ),
    "unregistered": (
        [
            ["start", "look"],
            ["which", "certify"],
            ["leader", "now"],
            ["wait", "wait"],
            ["arrived", "done"],
        ],
        2 / 3,
        "法務局の記録にも",
    ),
}


def test_the_good_end_of_the_story_goes_every_way_the_law_asks_for(lesson) -> None:
    asked = (
        change_articles(Article.PURPOSE, ON).ways | change_officer(ON, is_representative=True).ways
    )
    assert asked == set(Way)
    [best] = [name for name, worth in lesson["n3-4"]._key.endings.items() if worth == 1.0]
    [first, second] = lesson["n3-4"]._spec.story.ways_to(best)
    assert [option.id for _, option in first[1:]] == [option.id for _, option in second[1:]]


def shorter(field: str, column: str = "") -> dict[str, Any]:
    """The map with one row less, or with one cell of its last row left empty."""
    rows = RIGHT["n3-13"]["fields"][field]
    kept = [*rows[:-1], {**rows[-1], column: " "}] if column else rows[:-1]
    return {"fields": {field: kept}}


GAPS = [
    (shorter("resources"), 7, "資源を5つまで"),
    ({"fields": {"resources": [{"what": "部屋", "detail": ""}]}}, 6, "まず3つ"),
    (shorter("lacks"), 6, "足りないものを3つ"),
    (shorter("lacks", "why"), 7, "「あると、何ができるか」"),
    (shorter("partners"), 4, "相手を3つ"),
    (shorter("partners", "ask"), 7, "「お願いしたいこと」"),
    (shorter("partners", "offer"), 6, "お願いだけでは"),
]


@pytest.mark.parametrize(("change", "earned", "message"), GAPS)
def test_a_gap_in_the_map_costs_its_points_and_says_what_to_write(
    lesson, points, told, changed, change, earned, message
) -> None:
    answer = changed(RIGHT["n3-13"], change)
    assert points(lesson["n3-13"], answer) == pytest.approx(3 * earned / 8)
    assert message in told(lesson["n3-13"].judge(answer, with_key=True))


def test_no_name_or_number_of_a_person_is_asked_for(lesson) -> None:
    for name in ("n3-13", "n3-reflection"):
        assert re.search("個人の名前や電話番号は書か", lesson[name].spec["prompt"])


def test_no_graded_figure_is_a_bare_number(code_cells) -> None:
    """In the hidden tests a figure comes from `subjects` or from what the prompt shows."""
    hidden = [cell.source for cell in code_cells if "BEGIN HIDDEN TESTS" in cell.source]
    assert len(hidden) == len(JUDGED)
    found: set[int | float] = set()
    for source in hidden:
        tree = ast.parse(source)
        dates = [n for n in ast.walk(tree) if getattr(n, "func", None) and _is_date(n)]
        in_dates = {id(part) for call in dates for part in ast.walk(call)}
        found |= {
            n.value
            for n in ast.walk(tree)
            if isinstance(n, ast.Constant) and type(n.value) in {int, float}
            if n.value > 100 and id(n) not in in_dates
        }
    assert found == set()


def _is_date(call: Any) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "date"


def test_what_decides_a_grade_is_checked_law(names) -> None:
    """Nothing unverified decides: what rests on it has the answer 「確認する」."""
    for procedure in names["needed"].values():
        assert all(step.status.name != "UNVERIFIED" for step in procedure.steps)
    for name, activity in names["activities"].items():
        verdict = examine_profit_business(activity, ON)
        assert verdict.is_certain or names["answers"][verdict.holds] == {"ask"}, name
    assert names["assets"].is_certain and not names["assets"].holds
    assert all(test.is_certain for test in [*names["result"].values(), *names["tests"].values()])


@pytest.mark.parametrize("name", ["goods", "parking"])
def test_whoever_asks_a_tax_adviser_is_right_as_well(lesson, points, changed, name) -> None:
    answer = changed(RIGHT["n3-9"], placed(**{name: "ask"}))
    assert points(lesson["n3-9"], answer) == POINTS["n3-9"]


def test_what_the_hidden_cells_take_for_the_tables_is_in_the_tables(names) -> None:
    cut = names["not_counted"]
    assert donation_tax(cut, ON).total == 0 < donation_tax(cut + 100, ON).total
    just, less = names["least"], names["least"] - 1
    donor = names["Donor"]
    assert names["count_donors"]([donor(just, "a"), donor(less, "b")], ON).value == 1
    assert names["large"] > names["limit"] > names["others"][0].yen
    assert names["left_out"] == [240_000, 1_500_000]


def test_the_table_of_the_articles_is_the_laws(text, table_of) -> None:
    rows = table_of(text, "定款の項目")
    assert [row[0].partition("(")[0] for row in rows] == [str(article) for article in Article]
    for article, (_, told) in zip(Article, rows, strict=True):
        usual, _, exception = told.partition("(")
        assert change_articles(article, ON).ways >= {Way(usual)}, article
        procedure = change_articles(article, ON)
        assert ("登記" in told) == (Way.REGISTRATION in procedure.ways), article
        assert ("要確認" in told) != is_certain(procedure.steps), article
        special = {
            Article.OFFICES: {"moves_authority": True},
            Article.OFFICERS: {"only_number": True},
            Article.DISSOLUTION: {"concerns_residual_assets": True},
        }.get(article)
        assert bool(special) == bool(re.search("認証|届出", exception))
        if special:
            [other] = change_articles(article, ON, **special).ways & {
                Way.CERTIFICATION,
                Way.NOTICE,
            }
            assert other in exception and other != usual


def test_the_papers_of_the_year_are_the_laws(text) -> None:
    [listed] = re.findall(r"\*\*事業報告書等\*\*は、(\S+)つの書類のまとまりです。(.+)", text)
    papers = documents(Occasion.YEARLY_REPORT, ON)
    assert int(listed[0]) == len(papers)
    marks = re.findall(r"[①-⑥]\s*([^①-⑥]+)", listed[1].replace("*", ""))
    for mark, paper in zip(marks, papers, strict=True):
        assert paper.name[:5].startswith(mark[:4]) or "10人以上の名簿" in mark


def test_the_examples_of_the_text_are_worked_out(text) -> None:
    assert annual_report(date(2027, 6, 30)).value == date(2027, 9, 30)
    assert (needed_attendance(25, ON).value, needed_agreement(15, ON).value) == (13, 12)
    assert "**13人以上**" in text and "**12人以上**" in text
    assert absolute_test((90, 130), ON, months=24).figure == 110
    assert "(90 + 130) × 12 ÷ 24 = **110人**" in text
    example = relative_test(400_000, 2_500_000, ON)
    assert (example.figure, example.holds) == (Fraction(16, 100), False)
    assert "400,000 ÷ 2,500,000 × 100 = **16%**" in text
    saved = donation_tax(10_000, ON)
    assert (saved.income_tax, saved.prefecture, saved.city) == (3_200, 160, 640)
    assert "= 3,200円、住民税が 160円 + 640円 = 800円。合わせて**4,000円**" in text
    assert saved.total == 4_000
    day = date(2027, 5, 1)
    assert posting_until(day).value == date(2028, 5, 1)
    years = {special: approval_ends(day, is_special=special).value.year for special in (0, 1)}
    assert years == {0: 2032, 1: 2030}
    assert "認定は5年、特例認定は3年" in text


def dots(picture: str) -> Iterator[int]:
    """How many circles each group of a drawing has."""
    for group in re.findall(r"<g [^>]*>(.*?)</g>", picture, re.DOTALL):
        if count := len(re.findall("<circle", group)):
            yield count


def test_the_drawing_of_the_meeting_shows_the_example_and_not_the_answer(text, names) -> None:
    [picture] = re.findall(r'<svg [^>]*aria-labelledby="fig3-title.*?</svg>', text, re.DOTALL)
    agree, against, away = dots(picture)
    attending, members = agree + against, agree + against + away
    assert (members, attending) == (25, 15) != (names["members"], names["attending"])
    assert agree == needed_agreement(attending, ON).value
    assert f"出席 {attending}人({needed_attendance(members, ON).value}人以上" in picture
    assert can_amend(members, attending, agree, ON).holds
    assert not can_amend(members, attending, agree - 1, ON).holds


def test_the_port_group_is_the_one_of_the_accounting_seminar(names, text) -> None:
    made = npo_case.statements()
    assert names["income"] == made.activities.revenue_total
    assert f"寄附金{names['gifts']:,}円のうち、1人から{names['large']:,}円" in text


def test_the_practice_at_the_end_ties_out(text) -> None:
    [practice] = re.findall(r"### もう一度練習したい方へ(.*?)</details>", text, re.DOTALL)
    assert annual_report(date(2027, 9, 30)).value == date(2027, 12, 31)
    assert "12月31日" in practice
    assert (needed_attendance(33, ON).value, needed_agreement(21, ON).value) == (17, 16)
    assert "17人以上" in practice and "16人以上" in practice
    assert Way.CERTIFICATION in change_articles(Article.NAME, ON).ways
    average = absolute_test((96, 108), ON, months=24)
    assert (average.figure, average.holds) == (102, True)
    assert "(96 + 108) × 12 ÷ 24 = 102人" in practice
    assert relative_test(600_000, 2_400_000, ON).figure == Fraction(1, 4)
    assert f"(12,000 − 2,000) × 40% = {donation_tax(12_000, ON).income_tax:,}円" in practice


def test_statutory_figures_show_the_day_of_their_text(text) -> None:
    for section, day in (
        ("毎年することをまとめます", "基準日: 2025年6月1日施行の条文"),
        ("施行規則3条の2", "2024年1月25日施行"),
        ("組合等登記令3条1項", "2025年4月1日施行"),
        ("法人税法施行令5条", "2026年6月1日施行"),
        ("4月末日", "2025年3月13日更新"),
        ("二次的な資料", "2026年11月23日に確認"),
    ):
        assert any(section in part and day in part for part in text.split("\n\n")), section


def test_what_is_not_verified_says_so(text) -> None:
    for told in (
        "「重任",
        "再任の届出",
        "登記は要確認",
        "年1回だけのバザー",
        "実費だけを受け取る",
        "学校の補習",
        "神奈川県の分",
        "条例で指定された法人なら",
    ):
        places = [part for part in text.split("\n\n") if told in part]
        assert places, told
        assert any(re.search("要確認|確かめて", part) for part in places), told


def test_legal_advice_ends_with_whom_to_ask(text, lesson) -> None:
    assert "所轄庁(横浜市)や専門家に確認しましょう" in text
    assert text.rstrip().endswith("専門家に確認**してください。")
    for name in ("n3-check-1", "n3-1", "n3-3", "n3-4", "n3-7", "n3-12"):
        assert re.search("(横浜市|所轄庁|専門家).*確認", lesson[name].solution().explanation)
    assert examine_profit_business(Activity("請負業"), ON).holds is None


def test_the_page_to_print_has_the_summary_and_both_checklists(text) -> None:
    [page] = re.findall(r'<div class="one-page">(.*?)</div>', text, re.DOTALL)
    assert "### 今日の1枚 " in page
    assert "基準日: NPO法は2025年6月1日施行" in page
    posted, reported = date(2027, 5, 1), date(2027, 3, 31)
    assert change_registration(posted).value - posted == timedelta(weeks=2)
    assert annual_report(reported).value == months_after(reported, 3)
    assert posting_until(posted).value == months_after(posted, 12)
    for told in ("2週間以内", "3か月以内", "掲示は1年間", "4月末日"):
        assert re.search(rf"^\|.*{told}", page, re.MULTILINE), told
    boxes = re.findall(r"^- □ (.+)$", page, re.MULTILINE)
    assert len(boxes) == 11
    for duty in ("4月末日まで", "6月30日まで", "2週間以内", "公告", "税理士"):
        assert any(duty in box for box in boxes)
