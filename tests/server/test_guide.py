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
    Status,
    follow,
    leads,
    load_guide,
    old_records,
    paths,
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


def test_lessons_of_every_course_are_named_and_those_there_are_exist(guide: Guide) -> None:
    courses = load_courses(ROOT / "courses")
    named = {lesson for way in WAYS for lesson in leads(way)[1]}
    assert {"accounting", "labor", "npo-intro"} <= {name.rpartition("-")[0] for name in named}
    lessons = {lesson.id for course in courses.values() for lesson in course.lessons}
    assert unknown_lessons(guide, lessons) == []
    assert unknown_lessons(guide, set()) == sorted(named)
    followed = {course for f in guide.follow_ups for course in (f.after, f.then)}
    assert followed <= set(courses)


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
            "guide/questions.toml: questions 3 worry: answers 2 money: "
            "next names the question monney, which does not exist",
        ),
        (
            "questions.toml",
            'destinations = ["ward-centre"]',
            'destinations = ["ward-center"]',
            "answers 1 ward: the destination ward-center does not exist; "
            "add it or correct the name",
        ),
        (
            "questions.toml",
            'because = "区をまたぐ活動なので"\n',
            "",
            'answers 2 city: it leads somewhere without a reason; add because = "…"',
        ),
        ("questions.toml", 'id = "ward"', 'id = "city"', "the id city is used twice"),
        ("questions.toml", 'id = "ward"', 'id = "区"', "use letters a to z, digits and hyphens"),
        ("contacts.toml", 'phone = "045', 'phone = "(045)', "write digits and hyphens"),
        ("contacts.toml", "https://kyodo", "http://kyodo", "begins with https://"),
        ("contacts.toml", 'status = "unverified"', 'status = "maybe"', "verified, unverified"),
        ("contacts.toml", "read_on = 2026-11-25", 'read_on = "きのう"', "read_on is no date"),
        ("contacts.toml", 'name = "横浜', 'nama = "横浜', 'name is missing; add name = "…"'),
        ("contacts.toml", 'hours = ["平日 9:00〜20:00", ', "hours = [9, ", "a list of texts"),
        ("destinations.toml", 'kind = "expert"', 'kind = "exprt"', "consultation, expert, place"),
        ("destinations.toml", 'contact = "ward"', 'contact = "war"', "the contact war does not"),
        ("destinations.toml", 'contact = "ward"\n', "", 'nobody to ask; add contact = "…"'),
        ("destinations.toml", '"/guide/history"', '"/guide/histry"', "the pages here are: /guide/"),
        ("destinations.toml", 'link_text = "協働の', 'linktext = "協働の', "link without words"),
        ("history.toml", "year = 1999", "year = 2001", "2000 stands after 2001; put it in order"),
        ("history.toml", "month = 10", "month = 13", "write a number from 1 to 12"),
        ("history.toml", 'side = "citizens"', 'side = "npo"', "write one of: city, citizens"),
        ("history.toml", "about_source", "about_sorce", "about without its source"),
        ("essence.toml", "[[essentials]]", "[[essentials]", "essence.toml: not readable as TOML"),
        ("follow_ups.toml", "because", "why", 'because is missing; add because = "…"'),
        ("memo.toml", 'label = "いま', 'labl = "いま', "memo 2 worry: label is missing"),
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
    assert (
        "guide/questions.toml: stage=npo > worry=money > money=tax > place=outside: "
        "leads to nobody who can be asked; add a destination"
    ) in lines
    assert (
        "guide/questions.toml: destination other-city: no answer leads to it; "
        "name it in an answer or delete it"
    ) in lines


def test_a_way_that_is_too_long_or_goes_in_circles_is_told(folder: Path) -> None:
    change(folder, "questions.toml", 'label = "横浜の1つの区の中"', 'label = "区"\nnext = "worry"')
    told_end = ": more than 5 questions; end it here or ask less"
    too_long = [line for line in told(folder) if line.endswith(told_end)]
    assert {line.count(" > ") + 1 for line in too_long} == {LONGEST}
    assert any("form=compare > place=ward > worry=form" in line for line in too_long)


def test_a_question_that_nobody_is_asked_is_told(folder: Path) -> None:
    change(folder, "questions.toml", 'next = "support"', 'next = "worry"')
    assert any(
        line == "guide/questions.toml: question support: no answer leads to it; "
        "name it in a next or delete it"
        for line in told(folder)
    )


def test_all_mistakes_are_told_together(folder: Path) -> None:
    change(folder, "contacts.toml", 'id = "ward"', 'id = "wrad"')
    change(folder, "memo.toml", "label", "labl")
    (folder / "essence.toml").unlink()
    (folder / "history.toml").write_text("", encoding="utf-8")
    lines = told(folder)
    assert "guide/essence.toml: no such file; the guide has one" in lines
    assert "guide/history.toml: no [[entries]]; write at least one" in lines
    files = {line.partition(": ")[0] for line in lines}
    assert files == {
        f"guide/{name}.toml" for name in ("destinations", "memo", "essence", "history")
    }


def test_what_was_read_long_ago_is_told(guide: Guide, folder: Path) -> None:
    assert old_records(guide, date(2027, 11, 25)) == []
    assert "contact centre (read 2026-11-25)" in old_records(guide, date(2027, 11, 26))
    change(folder, "contacts.toml", "read_on = 2026-11-25", "read_on = 2025-01-06")
    assert old_records(load_guide(folder), date(2026, 11, 25)) == [
        "contact centre (read 2025-01-06)"
    ]
