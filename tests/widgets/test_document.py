"""The judge of documents, and the paper they become."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_widgets import (
    Check,
    Criterion,
    Document,
    DocumentColumn,
    DocumentField,
    ExerciseError,
    Heading,
    Judgement,
    Paragraph,
    Part,
    Rows,
    Signature,
)
from manabiba_widgets.document import DocumentKey, judge
from manabiba_widgets.document_form import read_field
from manabiba_widgets.document_paper import Lines, Paper, Span, Table, fill, paper_of, public_paper

COSTS = DocumentField(
    "costs",
    "かかるお金",
    kind="rows",
    columns=(DocumentColumn("item", "使いみち"), DocumentColumn("yen", "金額", "number")),
)
PAPER = Paper(
    title="事業計画書",
    fields=(
        DocumentField("name", "事業の名前"),
        DocumentField("aim", "目的", kind="text", example="例の文", length=(10, 20)),
        DocumentField("people", "人数", kind="number"),
        DocumentField("start", "はじめる日", kind="date"),
        DocumentField("place", "場所", kind="choice", options=("会館", "学校")),
        COSTS,
        DocumentField("note", "そのほか", required=False),
    ),
    blocks=(
        Heading("1 {name}について"),
        Paragraph("{aim}\n{start}から{place}で{people}人。{note}"),
        Rows("costs", total="yen"),
        Signature("横浜市\n{name}"),
    ),
)
KEY = DocumentKey(
    checks=(
        Check("whom", "だれのためかを書きましょう。", lambda v: "ため" in v["aim"], field="aim"),
        Check("costs", "3つに分けましょう。", lambda v: len(v["costs"]) >= 3, label="内訳"),
        Check("early", "4月からにしましょう。", lambda v: v["start"].month == 4, points=2),
    )
)
RIGHT: dict[str, Any] = {
    "name": "学習支援",
    "aim": "こどものための場所をつくります。",
    "people": "２０",
    "start": "R9.4.1",
    "place": "会館",
    "costs": [
        {"item": "家賃", "yen": "30,000円"},
        {"item": "教材", "yen": "1,200.5"},
        {"item": "もどり", "yen": "▲200"},
        {"item": " ", "yen": ""},
    ],
}
GAPS = "まだ書かれていない欄や、読めない欄があります。書けるところからでかまいません。"


def answer(**changes: Any) -> dict[str, Any]:
    return {"fields": {**RIGHT, **changes}}


def document() -> Document:
    return Document(
        "plan",
        title="問",
        prompt="？",
        paper=PAPER.title,
        fields=PAPER.fields,
        blocks=PAPER.blocks,
    )


def test_everything_right() -> None:
    assert judge(PAPER, KEY, answer()) == Judgement(
        score=1.0,
        status="right",
        message="書類として、必要なことがそろっています。",
        parts=(
            Part(input="check:aim:whom", ok=True),
            Part(input="check::costs", ok=True, message="内訳"),
            Part(input="check::early", ok=True),
        ),
    )


def test_nothing_entered_asks_for_what_is_required() -> None:
    judged = judge(PAPER, KEY, {})
    assert (judged.score, judged.status) == (0.0, "incomplete")
    assert {part.input: part.message for part in judged.parts} == {
        "name": "ここを書いてみましょう。",
        "aim": "ここを書いてみましょう。",
        "people": "ここを書いてみましょう。",
        "start": "ここを書いてみましょう。",
        "place": "選んでください。",
        "costs": "1行めを書いてみましょう。",
    }


@pytest.mark.parametrize(
    ("change", "missed", "score"),
    [
        ({"aim": "こどもの場所をつくります。"}, "check:aim:whom", 0.75),
        ({"costs": RIGHT["costs"][:2]}, "check::costs", 0.75),
        ({"start": "2027/5/1"}, "check::early", 0.5),
    ],
)
def test_each_check_costs_its_points_and_has_its_message(
    change: dict[str, Any], missed: str, score: float
) -> None:
    judged = judge(PAPER, KEY, answer(**change))
    assert (judged.score, judged.status) == (score, "partial")
    message = next(check.message for check in KEY.checks if missed.endswith(f":{check.id}"))
    assert [part for part in judged.parts if not part.ok] == [
        Part(input=missed, ok=False, message=message)
    ]


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"aim": "例の文"}, ("aim", "例と同じ文です")),
        ({"people": "二十人"}, ("people", "数字として読めませんでした")),
        ({"start": "4/1"}, ("start", "年も書いてください")),
        ({"place": "公園"}, ("place", "選んでください。")),
        (
            {"costs": [{"item": "家賃", "yen": "3万"}]},
            ("costs", "1行目の「金額」: 「5万」ではなく"),
        ),
        ({"name": "\x00\u202e"}, ("name", "ここを書いてみましょう。")),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(
    change: dict[str, Any], part: tuple[str, str]
) -> None:
    judged = judge(PAPER, KEY, answer(**change))
    assert (judged.status, judged.message) == ("incomplete", GAPS)
    assert judged.parts[0].input == part[0]
    assert judged.parts[0].message.startswith(part[1])


def test_no_check_passes_on_what_cannot_be_read() -> None:
    wage = DocumentField("wage", "時給", kind="number", required=False)
    paper = Paper(title="プラン", fields=(wage,), blocks=(Paragraph("{wage}"),))
    key = DocumentKey(
        checks=(
            Check("wage", "時給を見ましょう。", lambda v: not v["wage"] or v["wage"] > 9, "wage"),
        )
    )
    assert judge(paper, key, {"fields": {"wage": "約1,300円"}}).score == 0
    assert judge(paper, key, {"fields": {"wage": "1,300円"}}).score == 1


def test_checks_get_what_was_read() -> None:
    seen: list[dict[str, Any]] = []
    key = DocumentKey((Check("all", "？", lambda v: bool(seen.append(dict(v))) or True),))
    assert judge(PAPER, key, answer()).score == 1.0
    assert seen == [
        {
            "name": "学習支援",
            "aim": "こどものための場所をつくります。",
            "people": 20,
            "start": date(2027, 4, 1),
            "place": "会館",
            "costs": [
                {"item": "家賃", "yen": 30000},
                {"item": "教材", "yen": Decimal("1200.5")},
                {"item": "もどり", "yen": -200},
            ],
            "note": None,
        }
    ]


def test_a_check_of_an_empty_field_has_not_passed() -> None:
    key = DocumentKey((Check("any", "書きましょう。", lambda v: True, field="aim"),))
    judged = judge(PAPER, key, answer(aim=" "))
    assert (judged.score, judged.status) == (0.0, "incomplete")
    optional = DocumentKey((Check("any", "？", lambda v: v["note"] is None, field="note"),))
    assert judge(PAPER, optional, answer()).score == 1.0


@pytest.mark.parametrize("key", [None, DocumentKey(())])
def test_without_checks_only_the_form_is_judged(key: DocumentKey | None) -> None:
    assert judge(PAPER, key, answer()).status == "formal"
    assert judge(PAPER, key, answer(note="")).status == "formal"
    short, long = judge(PAPER, key, answer(aim="短い")), judge(PAPER, key, answer(aim="長" * 23))
    assert short.parts == (
        Part(input="aim", ok=False, message="あと8文字ほど書き足してみましょう。"),
    )
    assert long.parts[0].message == "3文字多いので、短くしてみましょう。"
    assert (short.status, long.status) == ("incomplete", "incomplete")


def text(role: Any, *lines: str) -> Lines:
    return Lines(role, tuple((Span(line),) if line else () for line in lines))


def test_the_paper_of_an_answer() -> None:
    shown = fill(PAPER, answer(aim="一行め\r\n\r\n三行め", note="<b>"))
    assert shown[0] == text("title", "事業計画書")
    assert ["".join(span.text for span in line) for line in shown[2].lines] == [
        "一行め",
        "",
        "三行め",
        "2027年4月1日から会館で20人。<b>",
    ]
    assert shown[3] == Table(
        title="かかるお金",
        heads=("使いみち", "金額"),
        numeric=(False, True),
        rows=(("家賃", "30,000"), ("教材", "1,200.5"), ("もどり", "▲200")),
        total=("合計", "31,000.5"),
    )
    assert shown[4] == text("signature", "横浜市", "学習支援")


def test_empty_places_are_lines_to_write_on() -> None:
    shown = fill(PAPER, {})
    assert shown[1].lines == ((Span("1 "), Span("＿" * 12, empty=True), Span("について")),)
    words = "".join(span.text for line in shown[2].lines for span in line)
    assert words.startswith("＿" * 80)
    assert "＿＿＿＿年＿＿月＿＿日から" in words
    assert shown[3].rows == (("", ""),) * 3
    assert shown[3].total == ("合計", "＿" * 6)
    assert words.endswith("人。" + "＿" * 12)


def test_what_may_stay_empty_leaves_no_line_in_a_paper_that_is_begun() -> None:
    shown = fill(PAPER, {"fields": {"name": "学習支援"}})
    words = "".join(span.text for line in shown[2].lines for span in line)
    assert words.endswith("＿＿人。")


def paper_about_pay(**typed: str) -> list[str]:
    """The lines of a paper of which all may stay empty but the name."""
    paper = Paper(
        title="プラン",
        fields=(
            DocumentField("name", "名前"),
            DocumentField("wage", "時給", kind="number", required=False),
            DocumentField("fee", "謝金", kind="number", required=False),
            DocumentField("gone", "消した日", kind="date", required=False),
        ),
        blocks=(
            Paragraph("{name}"),
            Paragraph("時給(円): {wage}\n謝金(円): {fee}"),
            Paragraph("消した日: {gone}"),
        ),
    )
    blocks = fill(paper, {"fields": {"name": "カフェ", **typed}})[2:]
    return ["".join(span.text for span in line) for b in blocks for line in b.lines]


def test_a_label_with_nothing_behind_it_says_so_and_only_once() -> None:
    assert paper_about_pay() == ["(記入なし)", "消した日: (記入なし)"]
    assert paper_about_pay(wage="1,300") == [
        "時給(円): 1,300",
        "謝金(円): (記入なし)",
        "消した日: (記入なし)",
    ]
    assert paper_about_pay(fee="なし", gone="－") == [
        "時給(円): (記入なし)",
        "謝金(円): なし",
        "消した日: －",
    ]


@pytest.mark.parametrize("field", [PAPER.fields[2], PAPER.fields[3]])
@pytest.mark.parametrize("typed", ["なし", "－", "ー", "特になし"])
def test_nothing_is_read_as_nothing_only_where_it_may_be(field: DocumentField, typed: str) -> None:
    assert read_field(replace(field, required=False), typed) == (None, "")
    assert read_field(field, typed)[1] != ""


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("20人", 20),
        ("１，２００円／時", 1200),
        ("1,200円 / 1時間", 1200),
        ("30,000/回", 30000),
        ("２０　名", 20),
        ("1,200円", 1200),
        ("12.50％", Decimal("12.5")),
        ("9㎡", 9),
        ("▲3回", -3),
    ],
)
def test_a_number_may_have_its_unit(typed: str, value: int | Decimal) -> None:
    assert read_field(PAPER.fields[2], typed) == (value, "")


def test_an_amount_of_a_budget_is_no_price() -> None:
    assert "読めませんでした" in read_field(COSTS, [{"item": "人件費", "yen": "1,300円/時"}])[1]


def test_what_cannot_be_read_stands_there_as_typed() -> None:
    costs = [{"item": "家賃", "yen": "3万"}]
    shown = fill(PAPER, answer(people="多数", start="4/1", costs=costs))
    assert "4/1から会館で多数人。" in "".join(s.text for line in shown[2].lines for s in line)
    assert shown[3].rows == (("家賃", "3万"),)
    assert shown[3].total == ("合計", "＿" * 6)


def test_the_public_spec_is_the_paper() -> None:
    exercise = document()
    assert paper_of(exercise.spec) == paper_of(public_paper(PAPER))
    assert fill(paper_of(exercise.spec), answer()) == fill(PAPER, answer())


def test_the_browser_gets_nothing_of_the_checks_and_all_of_the_rubric() -> None:
    exercise = document()
    exercise.key(checks=KEY.checks, rubric=[Criterion("つながっている", 3)], explanation="理由")
    state = exercise.get_state()
    assert "だれのためか" not in str(state)
    assert state["spec"]["rubric"] == [{"label": "つながっている", "points": 3, "description": ""}]
    assert (state["spec"]["check"], "points" in state["spec"]) == ("full", False)


def test_points_words_and_solution() -> None:
    exercise = document()
    exercise.key(checks=KEY.checks, explanation="つながりが大切です。")
    exercise.answer = answer(start="2027/5/1")
    assert (exercise.points(4), type(exercise.points(4))) == (2.0, float)
    assert exercise.words(exercise.answer) == (
        "事業の名前: 学習支援\n目的: こどものための場所をつくります。\n人数: 20\n"
        "はじめる日: 2027年5月1日\n場所: 会館\n"
        "かかるお金:\n家賃 / 30,000\n教材 / 1,200.5\nもどり / ▲200"
    )
    assert exercise.words({}) == ""
    solution = exercise.solution()
    assert solution is not None
    assert solution.answer == (
        "次のことがそろった書類です。\n・だれのためかを書きましょう。\n・内訳\n・4月からにしましょう。"
    )


def test_without_checks_it_is_graded_by_hand(monkeypatch) -> None:
    exercise = document()
    exercise.key(checks=[], rubric=[Criterion("<目的>がある", 2), Criterion("金額", 1, "内訳も")])
    assert (exercise.spec["check"], exercise.spec["points"]) == ("form", 3)
    assert exercise.solution() is None
    exercise.answer = answer(name="<script>alert(1)</script>")
    assert exercise.submission() is None  # nothing to see on a page
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    shown = exercise.submission().data
    assert "<script>" not in shown
    assert "事業の名前: &lt;script&gt;alert(1)&lt;/script&gt;<br>目的: こどもの" in shown
    assert "<li>&lt;目的&gt;がある(2点)</li><li>金額(1点)内訳も</li>" in shown
    keyed = document()
    keyed.key(checks=KEY.checks)
    with pytest.raises(ExerciseError, match="plan: graded by hand, but its key has no rubric"):
        keyed.submission()


def test_an_authors_mistakes_in_the_paper_are_told_together() -> None:
    with pytest.raises(ExerciseError) as told:
        Document(
            "plan",
            title="問",
            prompt="？",
            paper=" ",
            fields=[
                DocumentField("A", "a"),
                DocumentField("b", "b", kind="choice"),
                DocumentField("c", "c", length=(9, 3)),
                DocumentField("c", "c"),
                COSTS,
                DocumentField("r", "r", kind="rows"),
                DocumentField("unseen", "u", kind="words"),  # type: ignore[arg-type]
            ],
            blocks=[
                Paragraph("{b}{c}{d}{costs}"),
                Rows("costs", total="item"),
                Rows("b"),
                Rows("r"),
            ],
        )
    assert str(told.value).removeprefix("exercise plan: ").split("; ") == [
        "field id 'A': use lower-case letters, digits, - and _",
        "field id 'c' is used 2 times",
        "field b: a choice, and nothing else, has options",
        "field c: length is for line and text, (least, most)",
        "field r: rows, and nothing else, have columns",
        "field unseen: there is no kind 'words'",
        "the paper has no title",
        "block 1: there is no field d",
        "block 1: field costs has rows, use Rows('costs')",
        "block 2: field costs: there is no column of numbers 'item'",
        "block 3: field b has no rows, write {b} in a Paragraph",
        "field A stands nowhere on the paper",
        "field unseen stands nowhere on the paper",
    ]


def test_an_authors_mistakes_in_the_key_are_told_together() -> None:
    with pytest.raises(ExerciseError) as told:
        document().key(
            checks=[
                Check("a", "？", lambda v: v["gone"] > 1),
                Check("a", "", lambda v: True, field="away", points=0),
            ]
        )
    assert str(told.value).removeprefix("exercise plan: ").split("; ") == [
        "check 'a' is there 2 times",
        "check a: asks for field 'gone', which is not there",
        "check a: there is no field away",
        "check a: points must be more than 0",
        "check a: a message is needed",
    ]
    document().key(checks=[Check("a", "？", lambda v: {"会館": 3}[v["place"]] == 3)])
    with pytest.raises(ExerciseError, match="checks or a rubric are needed"):
        document().key(checks=[])


def test_the_docs_example_works_as_it_stands() -> None:
    page = Path(__file__).parents[2] / "docs" / "exercises" / "document.md"
    asked, graded, by_hand = re.findall(
        r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    names: dict[str, Any] = {}
    exec(asked, names)
    exec(graded, names)
    costs = [{"item": item, "yen": "1,000"} for item in ("家賃", "教材", "おやつ")]
    typed = {"name": "学習支援", "aim": "こどもの" * 15 + "ために。", "start": "R9.4.1"}
    typed |= {"people": "20人", "place": "会館"}
    assert names["plan"].judge({"fields": {**typed, "costs": costs}}, with_key=True).score == 1.0
    exec(by_hand, names)
    assert names["plan"].spec["points"] == 3


def any_answer(any_json: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, Any]]:
    words = st.text() | st.sampled_from(["2027/4/1", "▲1,000.50", "9" * 40, "\ud800<b>\x00"])
    rows = st.lists(st.fixed_dictionaries({"item": words | any_json, "yen": words | any_json}))
    fields = {field.id: words | any_json for field in PAPER.fields} | {"costs": rows | any_json}
    return st.fixed_dictionaries({"fields": any_json | st.fixed_dictionaries(fields)})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_neither_judge_nor_paper_ever_raises(any_json, data) -> None:
    entered = data.draw(any_answer(any_json))
    for key in (KEY, None):
        assert 0.0 <= judge(PAPER, key, entered).score <= 1.0
    shown = fill(PAPER, entered)
    assert [type(block) for block in shown] == [Lines, Lines, Lines, Table, Lines]
    words = "".join(
        span.text for b in shown if isinstance(b, Lines) for line in b.lines for span in line
    )
    assert "\n" not in words
    words.encode()  # nothing that cannot be written down
