"""A course's terms: read, told apart, in Japanese order."""

from pathlib import Path

import pytest

from manabiba_server.courses import CourseError, load_courses
from manabiba_server.glossary import Term, in_order, in_rows

ROOT = Path(__file__).parents[2]
COURSE = """id = "c"
title = "講座"
audience = "皆さん"
summary = "要約"
[[lessons]]
id = "c-1"
number = 1
title = "一回"
summary = "はじめ"
notebook = "01.ipynb"
minutes = 90
points = 3
"""
TERM = """[[terms]]
term = "仕訳"
reading = "しわけ"
meaning = "分けて書くこと。"
lesson = "c-1"
"""


def term(name: str, reading: str, meaning: str = "意味") -> Term:
    return Term(term=name, reading=reading, meaning=meaning, lesson_id="c-1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "course.toml").write_text(COURSE, encoding="utf-8")
    (tmp_path / "c" / "01.ipynb").touch()
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "c" / "glossary.toml").write_text(text, encoding="utf-8")


def test_a_course_has_its_terms_in_the_order_of_the_file(folder: Path) -> None:
    write(folder, TERM + TERM.replace("仕訳", "借方").replace("しわけ", "かりかた"))
    assert load_courses(folder)["c"].glossary == (
        term("仕訳", "しわけ", "分けて書くこと。"),
        term("借方", "かりかた", "分けて書くこと。"),
    )


def test_a_course_without_the_file_has_no_terms(folder: Path) -> None:
    assert load_courses(folder)["c"].glossary == ()


def test_the_projects_own_glossary_loads_and_every_row_has_a_heading() -> None:
    glossary = load_courses(ROOT / "courses")["accounting"].glossary
    assert len(glossary) > 100
    rows = in_rows(glossary)
    assert [row for row, _ in rows] == sorted({row for row, _ in rows})
    assert sum(len(terms) for _, terms in rows) == len(glossary)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("not toml", "c/glossary.toml: not readable as TOML"),
        ("terms = 3", "c/glossary.toml: terms is not a list"),
        ("terms = [3]", "c/glossary.toml: term 1: term, reading, meaning, lesson missing"),
        (TERM.replace('meaning = "分けて書くこと。"\n', ""), "term 1 仕訳: meaning missing"),
        (TERM.replace('"分けて書くこと。"', '" "'), "term 1 仕訳: meaning missing"),
        (TERM.replace("しわけ", "シワケ"), "term 1 仕訳: reading 'シワケ' is not hiragana; write"),
        (TERM.replace("しわけ", "・"), "term 1 仕訳: reading '・' is not hiragana; write"),
        (TERM.replace("c-1", "c-9"), "lesson c-9 is not in course.toml; name one of: c-1"),
        (TERM + TERM, "term 2 仕訳 is there twice; delete one of them"),
    ],
)
def test_a_mistake_is_told_with_file_term_and_what_to_do(
    folder: Path, text: str, told: str
) -> None:
    write(folder, text)
    with pytest.raises(CourseError) as error:
        load_courses(folder)
    assert told in str(error.value)
    assert "c/glossary.toml: " in str(error.value)


def test_all_mistakes_are_told_together_with_those_of_the_course(folder: Path) -> None:
    course = folder / "c" / "course.toml"
    course.write_text(COURSE.replace('title = "講座"\n', ""), encoding="utf-8")
    write(folder, TERM.replace("しわけ", "仕訳").replace("c-1", "c-2") + "[[terms]]\n")
    with pytest.raises(CourseError) as error:
        load_courses(folder)
    lines = str(error.value).splitlines()
    files = [line.partition(": ")[0].rpartition("/")[2] for line in lines]
    assert files == ["course.toml", *["glossary.toml"] * 3]


def test_terms_stand_in_the_order_of_a_japanese_dictionary() -> None:
    readings = ["かん", "がく", "かりかた", "ぱん", "はん", "きょう", "きよう", "じき", "しき"]
    found = [t.reading for t in in_order(term(reading, reading) for reading in readings)]
    assert found == ["がく", "かりかた", "かん", "きょう", "きよう", "しき", "じき", "はん", "ぱん"]


def test_rows_are_headed_by_their_first_sound() -> None:
    readings = ["んご", "ごうけい", "ぴん", "ゔぁ", "ょみ", "わり", "こてい"]
    rows = in_rows(term(reading, reading) for reading in readings)
    assert [(row, [t.reading for t in terms]) for row, terms in rows] == [
        ("あ", ["ゔぁ"]),
        ("か", ["ごうけい", "こてい"]),
        ("は", ["ぴん"]),
        ("や", ["ょみ"]),
        ("わ", ["わり", "んご"]),
    ]


@pytest.mark.parametrize("query", ["貸方", "かしかた", "カシカタ", "ｶｼ ｶﾀ", "右側", "ｂ/ｓ", ""])
def test_a_term_is_found_by_term_reading_and_meaning_however_typed(query: str) -> None:
    assert term("貸方", "かしかた", "右側。B/Sの右。").matches(query)


def test_a_term_is_not_found_by_another_word() -> None:
    assert not term("貸方", "かしかた", "右側").matches("借方")
