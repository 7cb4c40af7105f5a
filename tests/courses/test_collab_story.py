"""The four lessons of コラボノプロジェクト tell one story: the same people, places and words."""

import re
from pathlib import Path

import pytest

LESSONS = sorted((Path(__file__).parents[2] / "courses" / "collab").glob("0*.md"))
READING = re.compile(r"\([ぁ-ん]+\)")
OTHER_WORDS = (
    "ひな型|了解|くらべ|たしかめ|べつ|スタッフ|取扱い|(?<![さば])んです|ホームページがない"
)


@pytest.fixture(scope="module")
def casts(tables) -> list[dict[str, str]]:
    """Who is who, lesson by lesson; names without their readings."""
    found = []
    for path in LESSONS:
        [cast] = [t for t in tables(path.read_text(encoding="utf-8")) if "登場する" in t[0][0]]
        found.append({READING.sub("", name): READING.sub("", who) for name, who in cast[1:]})
    return found


def test_whoever_is_in_every_lesson_is_described_alike(casts) -> None:
    for name in ("早瀬さん(43)", "岡さん", "三浦さん", "はまべ食堂"):
        assert len({cast[name] for cast in casts}) == 1, name


def test_a_name_has_its_reading_where_it_first_stands() -> None:
    for path in LESSONS:
        text = path.read_text(encoding="utf-8")
        for name, reading in (("早瀬", "はやせ"), ("岡", "おか"), ("三浦", "みうら")):
            assert text.index(f"{name}({reading})さん") < text.index(f"{name}さん")


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_one_thing_has_one_word(path: Path) -> None:
    assert re.findall(OTHER_WORDS, path.read_text(encoding="utf-8")) == []


def test_the_numbers_of_the_group_go_on_from_lesson_to_lesson() -> None:
    first, second, third, fourth = (path.read_text(encoding="utf-8") for path in LESSONS)
    assert "去年は18人でした" in first and "寄附した18人は、まだ" in fourth
    assert all("会員20人" in text for text in (first, second, third, fourth))
    assert "今年は12人です" in third and "平均12人から15人になった" in fourth
    assert "画面の写真をつけて12ページ" in third and "手順書は前半の6ページだけ" in fourth
    assert "3冊のノート" in first and "3冊のノート" in third


def test_the_team_of_the_practice_becomes_that_of_the_group() -> None:
    first, second, third, fourth = (path.read_text(encoding="utf-8") for path in LESSONS)
    assert "受講者5人の**練習のチーム**" in first and "5人の練習のチーム" in second
    assert "5人の練習のチームのなかま" in third
    assert "練習のチームは、そのまま、はまべ食堂の本番のチームになりました" in fourth
