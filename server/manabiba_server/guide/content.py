"""The guide's content: its files read and checked together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..japanese import day
from .conversation import Question, mistakes_on_the_way, read_questions
from .destinations import ASKED, Contact, Destination, read_contacts, read_destinations
from .essence import Essential, read_essence
from .history import HistoryEntry, read_history
from .next_steps import FollowUp, read_follow_ups
from .records import GuideError, Record, Reference, read_records, unique


@dataclass(frozen=True, kw_only=True)
class MemoField:
    """A field of the memo for a consultation; `short` is its name in a mail."""

    id: str
    label: str
    short: str
    help: str


@dataclass(frozen=True, kw_only=True)
class Guide:
    """Everything the guide says."""

    questions: tuple[Question, ...]
    memo: tuple[MemoField, ...]
    contacts: Mapping[str, Contact]
    destinations: Mapping[str, Destination]
    history: tuple[HistoryEntry, ...]
    essence: tuple[Essential, ...]
    follow_ups: tuple[FollowUp, ...]


def load_guide(folder: Path) -> Guide:
    """The guide in a folder. Raises GuideError with every mistake in its files."""
    errors: list[str] = []
    read: list[Record] = []

    def records(file: str, name: str) -> list[Record]:
        found = read_records(folder, file, name, errors)
        read.extend(found)
        return found

    contacts = read_contacts(records("contacts.toml", "contacts"))
    destinations = read_destinations(records("destinations.toml", "destinations"), contacts)
    found = len(errors)
    questions = read_questions(records("questions.toml", "questions"), destinations)
    if len(errors) == found:
        asked = {place.id for place in destinations.values() if place.kind in ASKED}
        wrong = mistakes_on_the_way(questions, asked, destinations)
        errors.extend(f"{folder.name}/questions.toml: {told}" for told in wrong)
    guide = Guide(
        questions=questions,
        memo=_memo(records("memo.toml", "memo")),
        contacts=contacts,
        destinations=destinations,
        history=read_history(records("history.toml", "entries")),
        essence=read_essence(records("essence.toml", "essentials")),
        follow_ups=read_follow_ups(records("follow_ups.toml", "follow_ups")),
    )
    for record in read:
        record.tell_unread()
    if errors:
        raise GuideError("\n".join(dict.fromkeys(errors)))
    return guide


def _memo(records: list[Record]) -> tuple[MemoField, ...]:
    unique(records)
    return tuple(
        MemoField(
            id=record.optional("id"),
            label=record.text("label"),
            short=record.text("short"),
            help=record.optional("help"),
        )
        for record in records
    )


def unknown_lessons(guide: Guide, lesson_ids: Collection[str]) -> list[str]:
    """The lessons that the guide names and that are not among those there are."""
    named = {
        lesson
        for question in guide.questions
        for answer in question.answers
        for lesson in answer.lessons
    }
    return sorted(named - set(lesson_ids))


def unknown_courses(guide: Guide, course_ids: Collection[str]) -> list[str]:
    """The courses that the guide names and that are not among those there are."""
    named = {
        course for follow_up in guide.follow_ups for course in (follow_up.after, follow_up.then)
    }
    return sorted(named - set(course_ids))


def doubtful_dates(guide: Guide, today: date) -> list[tuple[str, str]]:
    """Contacts and destinations read more than a year before `today`, or after it: what to do."""
    doubtful = []
    for name, reference in _references(guide):
        read_on = day(reference.read_on)
        if reference.read_on > today:
            told = f"read_on が今日より後です({read_on})。読んだ日に直してください"
        elif reference.is_old(today):
            told = (
                f"読んだ日({read_on})から1年を過ぎました。いまも同じか確かめて、"
                "read_on を書きかえてください"
            )
        else:
            continue
        doubtful.append((name, told))
    return doubtful


def _references(guide: Guide) -> Iterator[tuple[str, Reference]]:
    for contact in guide.contacts.values():
        yield f"contacts.toml の {contact.id}", contact.reference
    for destination in guide.destinations.values():
        yield f"destinations.toml の {destination.id}", destination.reference
