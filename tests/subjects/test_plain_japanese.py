"""What is counted in a notice, and the word list that the hints come from."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects.plain_japanese import Reading, measure, rules

NOTICE = (
    "参加者各位におかれましては、下記の日時に特定非営利活動法人事務所までご参集くださいますよう"
    "お願い申し上げます。なお、欠席の連絡がないわけではないと存じますが、ご一報ください。"
)


def test_nothing_to_count() -> None:
    assert measure("") == measure(" 　\n\t") == Reading(0, 0, "", 0, (), (), ())


def test_a_notice_in_office_language() -> None:
    found = measure(NOTICE)
    assert found.length == len(NOTICE)
    assert found.sentences == 2
    assert found.longest == NOTICE.split("。")[0]
    assert [word for word, _ in found.hard] == [
        "各位",
        "におかれましては",
        "下記",
        "ご参集",
        "申し上げます",
        "存じます",
        "ご一報",
    ]
    assert found.hard[0] == ("各位", "みなさん")
    assert found.compounds == ("参加者各位", "特定非営利活動法人事務所")
    assert found.double_negatives == ("ないわけではない",)


def test_blanks_count_nowhere_and_line_breaks_end_sentences() -> None:
    found = measure("あ い　う\nえおかき！？く。")
    assert (found.length, found.sentences, found.longest) == (11, 3, "えおかき")


@pytest.mark.parametrize(
    ("text", "kanji"),
    [("漢字", 100), ("漢あ", 50), ("漢ああ", 33), ("漢漢あ", 67), ("々𠮟あa", 50), ("1月", 50)],
)
def test_the_share_of_kanji_is_rounded_half_up(text: str, kanji: int) -> None:
    assert measure(text).kanji == kanji


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("参加できないことはありません", "ないことはありません"),
        ("わからなくはない", "なくはない"),
        ("雨が降らないとは限りません", "ないとは限りません"),
        ("雨が降らないとは限らない", "ないとは限らない"),
        ("中止せざるを得ません", "ざるを得ません"),
        ("言わずにはいられない", "ずにはいられない"),
        ("持ってこなければなりません", None),
        ("ありません", None),
        ("できないことがあります", None),
    ],
)
def test_double_negatives(text: str, found: str | None) -> None:
    assert measure(text).double_negatives == ((found,) if found else ())


def test_a_longer_word_is_found_before_a_shorter_one_in_it() -> None:
    assert measure("筆記具をご持参ください。持参").hard == (
        ("ご持参", "持ってきてください"),
        ("持参", "持ってくること"),
    )


def test_the_list_is_fit_for_use() -> None:
    words = rules()["words"]
    assert 80 <= len(words) <= 150
    for word, easier in words.items():
        assert word.strip() == word
        assert easier.strip() == easier != ""
        assert word not in easier, word
        assert measure(word).hard == ((word, easier),)
        harder = [other for other, _ in measure(easier).hard]
        assert not harder, f"{word}: {easier} has {harder}"
    for pattern in rules()["double_negatives"]:
        re.compile(pattern)


@given(st.text(alphabet="漢字各位開催 　。！\naあない、わけではありせん", max_size=60))
def test_what_is_counted_fits_together(text: str) -> None:
    found = measure(text)
    assert 0 <= len(found.longest) <= found.length <= len(text)
    assert 0 <= found.kanji <= 100
    assert bool(found.sentences) == bool(found.longest)
    assert all(
        word in text.replace(" ", "").replace("　", "").replace("\n", "") for word, _ in found.hard
    )
