"""The story of a Case: scenes, where their options lead, endings, and the way somebody takes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

_SPEECH = re.compile(r"([^\s\d:：「」。、][^\s:：「」。、]{0,15})[:：]\s*(\S.*)", re.DOTALL)


@dataclass(frozen=True)
class Option:
    """One thing to do in a scene; `to` is the id of a scene or of an ending."""

    id: str
    label: str
    to: str


@dataclass(frozen=True)
class Scene:
    """What happens or is said, and what one may do; `reason` asks why ("": it is not asked)."""

    id: str
    text: str
    options: Sequence[Option]
    reason: str = ""


@dataclass(frozen=True)
class Ending:
    """Where a way ends, told in words."""

    id: str
    text: str


@dataclass(frozen=True)
class Way:
    """The steps somebody took, and the scene or ending in which they stand now."""

    steps: tuple[tuple[Scene, Option], ...]
    place: Scene | Ending


@dataclass(frozen=True)
class Story:
    """Scenes and endings; the first scene is the start. Read `story_errors` first."""

    scenes: tuple[Scene, ...]
    endings: tuple[Ending, ...]

    @cached_property
    def places(self) -> Mapping[str, Scene | Ending]:
        """Every scene and ending by its id."""
        found: list[Scene | Ending] = [*self.scenes, *self.endings]
        return {place.id: place for place in found}

    def way_of(self, answer: Mapping[str, Any]) -> Way:
        """The way an answer's `path` tells, as far as it can be walked from the start."""
        steps: list[tuple[Scene, Option]] = []
        place: Scene | Ending = self.scenes[0]
        given = answer.get("path")
        for step in given if isinstance(given, list) else []:
            if not isinstance(place, Scene) or not isinstance(step, list) or len(step) != 2:
                break
            chosen = next((option for option in place.options if option.id == step[1]), None)
            if step[0] != place.id or chosen is None:
                break
            steps.append((place, chosen))
            place = self.places[chosen.to]
        return Way(tuple(steps), place)

    def ways_to(self, ending: str) -> Iterator[tuple[tuple[Scene, Option], ...]]:
        """All ways from the start to an ending, in the author's order of options."""

        def walk(
            place: Scene | Ending, steps: tuple[tuple[Scene, Option], ...]
        ) -> Iterator[tuple[tuple[Scene, Option], ...]]:
            if isinstance(place, Ending):
                if place.id == ending:
                    yield steps
                return
            for option in place.options:
                yield from walk(self.places[option.to], (*steps, (place, option)))

        return walk(self.scenes[0], ())


def spoken_lines(text: str) -> list[dict[str, str]]:
    """A scene's text as lines of a conversation, one for each paragraph.

    A paragraph that begins with a name and a colon is said by that person; the others tell.

    >>> spoken_lines("夕方の事務所。\\n\\n理事: 会議室の料金を取りたい。")
    [{'who': '', 'text': '夕方の事務所。'}, {'who': '理事', 'text': '会議室の料金を取りたい。'}]
    """
    lines = []
    for paragraph in filter(None, (part.strip() for part in re.split(r"\n\s*\n", text))):
        said = _SPEECH.fullmatch(paragraph)
        who, words = (said[1], said[2]) if said else ("", paragraph)
        lines.append({"who": who, "text": words})
    return lines


def story_errors(scenes: Sequence[Scene], endings: Sequence[Ending]) -> list[str]:
    """All of an author's mistakes in a story."""
    if not scenes or not endings:
        return ["a case needs at least one scene and one ending"]
    places: list[Scene | Ending] = [*scenes, *endings]
    ids = Counter(place.id for place in places)
    errors = [f"the id {i!r} is used {n} times" for i, n in ids.items() if n > 1]
    errors += [f"{place.id} has no text" for place in places if not place.text.strip()]
    for scene in scenes:
        options = Counter(option.id for option in scene.options)
        errors += [
            f"scene {scene.id}: the option id {i!r} is used {n} times"
            for i, n in options.items()
            if n > 1
        ]
        errors += [
            f"scene {scene.id}: option {option.id} leads to {option.to!r}, which is not there"
            for option in scene.options
            if option.to not in ids
        ]
        if not scene.options:
            errors.append(f"scene {scene.id} is a dead end; give it options or make it an ending")
    leads = {scene.id: [o.to for o in scene.options if o.to in ids] for scene in scenes}
    seen = _reached(leads, scenes[0].id)
    errors += [f"no way leads to the scene {scene.id}" for scene in scenes if scene.id not in seen]
    errors += [
        f"no way leads to the ending {ending.id}" for ending in endings if ending.id not in seen
    ]
    in_loop = [
        scene.id
        for scene in scenes
        if any(scene.id in _reached(leads, to) for to in leads[scene.id])
    ]
    if in_loop:
        errors.append(
            f"scenes {in_loop} lead back to themselves; participants go back with 「一つ戻る」"
        )
    return errors


def _reached(leads: Mapping[str, Sequence[str]], start: str) -> set[str]:
    seen: set[str] = set()
    left = [start]
    while left:
        place = left.pop()
        if place not in seen:
            seen.add(place)
            left += leads.get(place, [])
    return seen
