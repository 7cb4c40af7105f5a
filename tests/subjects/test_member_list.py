"""名寄せ: names and numbers made alike, and who is in a list twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects.member_list import (
    Member,
    duplicate_groups,
    has_lost_zero,
    normal_name,
    normal_phone,
)


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        (" 森　花 ", "森花"),
        ("髙橋 花子", "高橋花子"),
        ("﨑山 澤子", "崎山沢子"),
        ("ﾊﾅｺ", "ハナコ"),
        ("Ｓｍｉｔｈ ann", "smithann"),
        ("", ""),
    ],
)
def test_names_are_made_alike(name: str, normal: str) -> None:
    assert normal_name(name) == normal


@pytest.mark.parametrize(
    ("phone", "normal", "lost"),
    [
        ("090-1234-5678", "09012345678", False),
        ("０９０−１２３４−５６７８", "09012345678", False),
        ("9012345678", "09012345678", True),
        ("50-1234-5678", "05012345678", True),
        ("045(123)4567", "0451234567", False),
        ("451234567", "0451234567", True),
        ("45-123-4567", "0451234567", True),
        ("+81 90-1234-5678", "09012345678", False),
        ("+81451234567", "0451234567", False),
        ("1234567890", "1234567890", False),  # no Japanese number has lost a 0 there
        ("+81 (0)90 1234 5678", "09012345678", False),
        ("+1 912 345 678", "+1912345678", False),
        ("123", "123", False),
        ("なし", "", False),
        ("", "", False),
    ],
)
def test_numbers_are_made_alike(phone: str, normal: str, lost: bool) -> None:
    assert (normal_phone(phone), has_lost_zero(phone)) == (normal, lost)


def test_the_same_name_and_number_is_the_same_person() -> None:
    members = [
        Member("1", "森　花", "045-123-4567"),
        Member("2", "森 実", "045-123-4567"),  # a family
        Member("3", "森花", "451234567"),
        Member("4", "森 花", "090-0000-0001"),  # another 森 花
        Member("5", "髙橋 翔", ""),
        Member("6", "高橋 翔", ""),  # nothing to compare
        Member("7", "高橋 翔", "080-1111-2222"),
        Member("8", "髙橋翔", "８０１１１１２２２２"),
        Member("9", "森 花", "０４５１２３４５６７"),
    ]
    assert duplicate_groups(members) == (("1", "3", "9"), ("7", "8"))


@given(st.text(alphabet="髙高ﾊﾊﾞＡaé 　森+81０09-−()７八\n①", max_size=20))
def test_making_alike_twice_changes_nothing(text: str) -> None:
    assert normal_name(normal_name(text)) == normal_name(text)
    assert normal_phone(normal_phone(text)) == normal_phone(text)
    assert not has_lost_zero(normal_phone(text))


@given(
    st.lists(
        st.builds(Member, st.uuids().map(str), st.sampled_from("森林 "), st.just("0312345678"))
    )
)
def test_nobody_is_in_two_groups(members: list[Member]) -> None:
    ids = [one for group in duplicate_groups(members) for one in group]
    assert len(ids) == len(set(ids))
    assert all(len(group) > 1 for group in duplicate_groups(members))
