import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_server.database import Person
from manabiba_server.people import (
    PeopleError,
    clean_line,
    create_person,
    device_key,
    person_by_device_key,
    person_by_token,
    reissue_token,
)


def test_a_personal_link_is_long_random_and_not_stored(world) -> None:
    assert len(world.learner_token) >= 32  # 192 bit
    with world.database.reading() as session:
        person = session.get_one(Person, world.learner)
        assert world.learner_token not in str(vars(person))
        assert person_by_token(session, world.learner_token).id == world.learner
        for wrong in ("", "x", world.learner_token[:-1], world.learner_token + "x"):
            assert person_by_token(session, wrong) is None


def test_a_new_link_ends_the_old_one_and_its_devices(world) -> None:
    with world.database.session() as session:
        key = device_key(session.get_one(Person, world.learner))
        assert person_by_device_key(session, key).id == world.learner
        fresh = reissue_token(session, world.learner)
        assert person_by_token(session, world.learner_token) is None
        assert person_by_device_key(session, key) is None
        assert person_by_token(session, fresh).id == world.learner


@pytest.mark.parametrize("key", ["", ":", "p-x", "p-x:", "nobody:0000000000000000"])
def test_a_made_up_device_key_opens_nothing(world, key: str) -> None:
    with world.database.reading() as session:
        assert person_by_device_key(session, key) is None


def test_names_are_cleaned_and_told_about(world) -> None:
    with world.database.session() as session:
        person, _ = create_person(session, name=" 山田\x00　\n花子\u202e ", now=world.now)
        assert person.name == "山田 花子\u202e"
        with pytest.raises(PeopleError, match="お名前を入れてください。"):
            create_person(session, name=" \x00 ", now=world.now)
        with pytest.raises(PeopleError, match="団体名は60文字まで"):
            create_person(session, name="あ", organisation="い" * 61, now=world.now)


@given(st.text())
def test_a_cleaned_line_is_one_line(text: str) -> None:
    try:
        line = clean_line(text, label="お名前")
    except PeopleError:
        return
    assert line == line.strip()
    assert not any(c in line for c in "\x00\n\r\t")
