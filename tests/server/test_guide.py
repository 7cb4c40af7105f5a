"""The guide's files and its conversation: every way through it, and what is told of mistakes."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_server.courses import load_courses
from manabiba_server.guide import (
    ASKED,
    Guide,
    GuideError,
    Kind,
    Reference,
    Status,
    doubtful_dates,
    follow,
    leads,
    load_guide,
    paths,
    unknown_courses,
    unknown_lessons,
)
from manabiba_server.guide.conversation import LONGEST
from manabiba_server.settings import OWN_GUIDE, read_settings

ROOT = Path(__file__).parents[2]
OFFERED = re.compile("募集中|開催中|受付中|受付けています|受け付けています|申し込めます|開講中")
OWN = load_guide(OWN_GUIDE)
WAYS = list(paths(OWN.questions))


@pytest.fixture
def guide() -> Guide:
    return OWN


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OWN_GUIDE, tmp_path / "guide"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def told(folder: Path) -> list[str]:
    with pytest.raises(GuideError) as error:
        load_guide(folder)
    return str(error.value).splitlines()


def way_to(guide: Guide, *answers: str) -> tuple[dict[str, str], dict[str, str]]:
    [way] = [way for way in WAYS if tuple(step.answer.id for step in way) == answers]
    return leads(way)


# The guide that comes with the program


def test_every_way_ends_with_somebody_to_ask_after_five_questions_at_most(guide: Guide) -> None:
    assert len(WAYS) > 200
    for way in WAYS:
        destinations, lessons = leads(way)
        kinds = {guide.destinations[name].kind for name in destinations}
        assert kinds & set(ASKED), way
        assert len(way) <= LONGEST == 5
        assert len(lessons) <= 3
        assert all({**destinations, **lessons}.values()), "each with its reason"


def test_every_way_can_be_walked_by_its_answers(guide: Guide) -> None:
    for way in WAYS:
        given = {step.question.id: step.answer.id for step in way}
        talk = follow(guide.questions, given)
        assert (talk.steps, talk.question) == (way, None)
        assert dict(talk.given) == given
        *before, last = way
        earlier = {step.question.id: step.answer.id for step in before}
        assert follow(guide.questions, earlier).question == last.question


@pytest.mark.parametrize(
    ("answers", "expert"),
    [
        (("npo", "money", "tax", "city"), "tax-accountant"),
        (("group", "staff", "pay", "ward"), "labour-consultant"),
        (("npo", "legal", "contract", "city"), "lawyer"),
        (("npo", "room", "base", "city"), "architect"),
    ],
)
def test_experts_as_the_brochure_gives_examples(guide: Guide, answers: tuple, expert: str) -> None:
    destinations, _ = way_to(guide, *answers)
    experts = [name for name in destinations if guide.destinations[name].kind is Kind.EXPERT]
    assert experts == [expert]
    assert "general" in destinations


def test_a_group_outside_yokohama_is_sent_to_its_own_city(guide: Guide) -> None:
    destinations, lessons = way_to(guide, "npo", "money", "books", "outside")
    assert list(destinations) == ["other-city"]
    assert list(lessons) == ["accounting-1", "accounting-2"]


def test_places_and_ward_centres_are_found(guide: Guide) -> None:
    destinations, _ = way_to(guide, "group", "room", "meeting", "ward")
    assert list(destinations) == ["lab", "spaces", "general", "ward-centre"]


def test_a_worry_that_is_not_in_the_list_has_its_end(guide: Guide) -> None:
    for answers in (
        ("group", "other", "ward"),
        ("npo", "other", "ward"),
        ("support", "other", "ward"),
    ):
        destinations, lessons = way_to(guide, *answers)
        assert (list(destinations), lessons) == (["general", "ward-centre"], {})


def test_who_has_an_idea_is_not_asked_about_what_comes_after_founding() -> None:
    ideas = [way for way in WAYS if way[0].answer.id == "idea"]
    assert ideas
    for way in ideas:
        assert not {"form", "money", "staff"} & {step.question.id for step in way}


def test_questions_are_told_apart_by_their_words(guide: Guide) -> None:
    texts = [question.text for question in guide.questions]
    assert len(set(texts)) == len(texts)


def test_lessons_of_every_course_are_named_and_those_there_are_exist(guide: Guide) -> None:
    courses = load_courses(ROOT / "courses")
    named = {lesson for way in WAYS for lesson in leads(way)[1]}
    assert {"accounting", "labor", "npo-intro"} <= {name.rpartition("-")[0] for name in named}
    lessons = {lesson.id for course in courses.values() for lesson in course.lessons}
    assert unknown_lessons(guide, lessons) == []
    assert unknown_lessons(guide, set()) == sorted(named)
    assert unknown_courses(guide, courses) == []
    assert unknown_courses(guide, set(courses) - {"trial"}) == ["trial"]


def test_nothing_says_that_a_programme_is_held_now() -> None:
    for file in OWN_GUIDE.glob("*.toml"):
        assert not OFFERED.search(file.read_text(encoding="utf-8")), file.name
    assert "6つのポイント" not in "".join(f.read_text("utf-8") for f in OWN_GUIDE.glob("*.toml"))


def test_names_are_the_official_ones(guide: Guide) -> None:
    project = guide.destinations["collabono"]
    assert project.title == "YOKOHAMAコラボノプロジェクト"
    assert project.alias == "YOKOHAMAコラボプロジェクト"


def test_contact_data_has_a_source_and_is_shown_as_to_be_confirmed(guide: Guide) -> None:
    centre = guide.contacts["centre"]
    assert centre.call == "tel:0456714732"
    for contact in guide.contacts.values():
        assert contact.reference.source
        assert contact.reference.status is Status.UNVERIFIED
    assert Status.UNVERIFIED.value == "ご確認ください"


def test_the_three_essentials(guide: Guide) -> None:
    titles = [essential.title for essential in guide.essence]
    assert titles == ["オープンソース", "人に会って話す", "小さく始める"]


@given(
    st.dictionaries(
        st.sampled_from(["stage", "idea", "worry", "money", "place", "x"]),
        st.sampled_from(["idea", "npo", "money", "books", "tax", "ward", "support", "", "😀"]),
    )
)
def test_whatever_an_address_says_there_is_a_question_or_an_end(given: dict[str, str]) -> None:
    talk = follow(OWN.questions, given)
    assert talk.question is not None or talk.steps in WAYS
    assert all(given[step.question.id] == step.answer.id for step in talk.steps)


# What a coordinator is told


def test_another_folder_can_be_named(folder: Path) -> None:
    change(folder, "contacts.toml", "045-671-4732", "045-000-0000")
    settings = read_settings({"MANABIBA_GUIDE": str(folder)})
    assert load_guide(settings.guide).contacts["centre"].phone == "045-000-0000"
    assert read_settings({}).guide == OWN_GUIDE


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "questions.toml",
            'next = "money"',
            'next = "monney"',
            "guide/questions.toml: 3番目の [[questions]](worry): 2番目の [[answers]](money): "
            "next の monney という質問がありません。足すか直してください",
        ),
        (
            "questions.toml",
            'destinations = ["ward-centre"]',
            'destinations = ["ward-center"]',
            "1番目の [[answers]](ward): ward-center が destinations.toml にありません。"
            "足すか直してください",
        ),
        (
            "questions.toml",
            'because = "区をまたぐ活動なので"\n',
            "",
            '2番目の [[answers]](city): 行き先や回があるのに、理由がありません。because = "…" と',
        ),
        ("questions.toml", 'id = "ward"', 'id = "city"', "id の city が2回使われています"),
        (
            "questions.toml",
            'id = "ward"',
            'id = "区"',
            "半角の英字、数字、ハイフンで書いてください",
        ),
        ("contacts.toml", 'phone = "045', 'phone = "(045)', "半角で、次の形に書いてください: 045-"),
        (
            "contacts.toml",
            'phone = "045',
            'phone = "０４５',
            "半角で、次の形に書いてください: 045-",
        ),
        (
            "contacts.toml",
            'phone = "045-671-4732"',
            "phone = 456714732",
            "phone が「456714732」です",
        ),
        ("contacts.toml", "https://kyodo", "http://kyodo", "https:// で始まるアドレス"),
        ("contacts.toml", 'status = "unverified"', 'status = "maybe"', "verified、unverified"),
        ("contacts.toml", "read_on = 2026-11-25", 'read_on = "きのう"', "日付になっていません"),
        ("contacts.toml", "read_on = 2026-11-25\n", "", "read_on がありません"),
        ("contacts.toml", "2026-11-25", "2026-11-31", "contacts.toml: 14行目の11文字目で読めなく"),
        ("contacts.toml", 'name = "横浜', 'nama = "横浜', 'name がありません。name = "…" と'),
        ("contacts.toml", "hours = ", "hour = ", "hour という項目は使いません。hours のことですか"),
        (
            "contacts.toml",
            "[[contacts]]",
            "[[contact]]",
            "contact という項目は使いません。contacts",
        ),
        ("contacts.toml", 'hours = ["平日 9:00〜20:00", ', "hours = [9, ", 'hours = ["…", "…"]'),
        ("destinations.toml", 'kind = "expert"', 'kind = "exprt"', "consultation、expert、place"),
        ("destinations.toml", 'contact = "ward"', 'contact = "war"', "contact の war が contacts."),
        ("destinations.toml", 'contact = "ward"\n', "", '問い合わせ先がありません。contact = "…"'),
        ("destinations.toml", '"/guide/history"', '"/guide/histry"', "ここのページは /guide/"),
        (
            "destinations.toml",
            'link_text = "協働の',
            'linktext = "協働の',
            "link_text のことですか",
        ),
        (
            "questions.toml",
            "leave_out =",
            "left_out =",
            "left_out という項目は使いません。leave_out",
        ),
        ("history.toml", "year = 1999", "year = 2001", "2000年が2001年の後にあります"),
        ("history.toml", "year = 1999\n", "", "year がありません"),
        ("history.toml", "month = 10", "month = 13", "1 から 12 までの数を書いてください"),
        ("history.toml", 'side = "citizens"', 'side = "npo"', "どれかを書いてください: city、cit"),
        ("history.toml", "about_source", "about_sorce", "about の出典がありません"),
        ("essence.toml", "[[essentials]]", "[[essentials]", "essence.toml: 7行目の"),
        ("follow_ups.toml", "because", "why", 'because がありません。because = "…" と'),
        (
            "memo.toml",
            'label = "いま',
            'labl = "いま',
            "2番目の [[memo]](worry): label がありません",
        ),
    ],
)
def test_a_mistake_is_told_with_its_file_and_what_to_do(
    folder: Path, file: str, old: str, new: str, expected: str
) -> None:
    change(folder, file, old, new)
    lines = told(folder)
    assert any(expected in line and f"guide/{file}: " in line for line in lines), lines


def test_ways_that_lead_nowhere_are_told(folder: Path) -> None:
    change(folder, "questions.toml", 'destinations = ["other-city"]\n', "")
    lines = told(folder)
    [nobody, unused] = lines  # the many ways that end with the same answer are told once
    assert nobody.startswith(
        "guide/questions.toml: stage=idea > idea=first > place=outside: "
        "相談できる行き先がありません。答えの destinations に足してください(同じ終わりかたが、"
    )
    assert unused == (
        "guide/questions.toml: 行き先 other-city: 案内する答えがありません。"
        "答えの destinations に書くか、消してください"
    )


def test_a_way_that_is_too_long_or_goes_in_circles_is_told(folder: Path) -> None:
    change(folder, "questions.toml", 'label = "横浜の1つの区の中"', 'label = "区"\nnext = "worry"')
    told_end = "質問が5つを超えます。ここで終わるか、質問をへらしてください"
    too_long = [line for line in told(folder) if told_end in line]
    assert {line.count(" > ") + 1 for line in too_long} == {LONGEST}
    assert any("place=ward > worry=form > form=compare" in line for line in too_long)


def test_a_question_that_nobody_is_asked_is_told(folder: Path) -> None:
    change(folder, "questions.toml", 'next = "support"', 'next = "worry"')
    assert any(
        line == "guide/questions.toml: 質問 support: ここに来る答えがありません。"
        "答えの next に書くか、消してください"
        for line in told(folder)
    )


def test_all_mistakes_are_told_together(folder: Path) -> None:
    change(folder, "contacts.toml", 'id = "ward"', 'id = "wrad"')
    change(folder, "memo.toml", "label", "labl")
    (folder / "essence.toml").unlink()
    (folder / "history.toml").write_text("", encoding="utf-8")
    lines = told(folder)
    assert "guide/essence.toml: ファイルがありません。フォルダーに戻してください" in lines
    assert "guide/history.toml: [[entries]] が1つもありません。書いてください" in lines
    files = {line.partition(": ")[0] for line in lines}
    assert files == {
        f"guide/{name}.toml" for name in ("destinations", "memo", "essence", "history")
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("contacts.toml", "2026-11-25", "2026-11-31", "guide/contacts.toml: 14行目の11文字目で"),
        (
            "destinations.toml",
            "read_on = 2026-11-25",
            'read_on = "2026-11-25"',
            "guide/destinations.toml: ファイルのはじめ: read_on が「2026-11-25」で、日付に",
        ),
        ("contacts.toml", 'id = "other-city"', "id = 5", "guide/contacts.toml: 3番目の"),
    ],
)
def test_one_mistake_is_told_once_and_not_what_follows_from_it(
    folder: Path, file: str, old: str, new: str, expected: str
) -> None:
    change(folder, file, old, new)
    first, *more = told(folder)
    assert first.startswith(expected)
    assert len(more) <= 1  # a contact without an id is not found by its destination


def test_a_file_of_windows_is_read_and_another_encoding_is_told(folder: Path) -> None:
    file = folder / "contacts.toml"
    text = file.read_text(encoding="utf-8")
    file.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert load_guide(folder).contacts == OWN.contacts
    file.write_bytes(text.replace("〒", "").replace("〜", "-").encode("cp932"))
    assert told(folder) == [
        "guide/contacts.toml: 文字コードが UTF-8 ではありません。UTF-8 で保存しなおしてください"
    ]


def test_what_was_confirmed_is_to_be_confirmed_again_after_a_year() -> None:
    confirmed = Reference(source="電話", read_on=date(2026, 11, 25), status=Status.VERIFIED)
    assert confirmed.status_on(date(2027, 11, 25)) is Status.VERIFIED
    assert confirmed.status_on(date(2027, 11, 26)) is Status.UNVERIFIED


def test_what_was_read_long_ago_or_after_today_is_told(guide: Guide, folder: Path) -> None:
    assert doubtful_dates(guide, date(2027, 11, 25)) == []
    names = [name for name, _ in doubtful_dates(guide, date(2027, 11, 26))]
    assert names[0] == "contacts.toml の centre"
    assert len(names) == len(guide.contacts) + len(guide.destinations)
    change(folder, "contacts.toml", "read_on = 2026-11-25", "read_on = 2025-01-06")
    change(folder, "contacts.toml", "read_on = 2026-11-25", "read_on = 2062-11-25")
    assert doubtful_dates(load_guide(folder), date(2026, 11, 25)) == [
        (
            "contacts.toml の centre",
            "読んだ日(2025年1月6日(月))から1年を過ぎました。いまも同じか確かめて、"
            "read_on を書きかえてください",
        ),
        (
            "contacts.toml の ward",
            "read_on が今日より後です(2062年11月25日(土))。読んだ日に直してください",
        ),
    ]
