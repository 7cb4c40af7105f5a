"""Case: a consultation with a way to choose, reasons, an ending, whom to ask, and a memo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from .case_story import Ending, Option, Scene, Story, Way, spoken_lines, story_errors
from .exercise import CheckMode, Exercise, Solution, refuse
from .judgement import Judgement, Part, formal, incomplete, mapping_of, of_score, text_of

CONSULTANTS = ("税理士", "社会保険労務士", "弁護士", "建築士")
MEMO_LINES = ("いま困っていること", "経緯と数字", "聞きたいこと", "持っていく資料")
MEMO_TEMPLATE = "\n".join(f"{line}: " for line in MEMO_LINES)
SEVERAL_WAYS = "この相談には、よい進め方がいくつかあります。"


@dataclass(frozen=True)
class CaseSpec:
    """The story and whom one can ask."""

    story: Story
    consultants: tuple[str, ...]


@dataclass(frozen=True)
class CaseKey:
    """What each ending is worth (0…1), whom to ask, and messages for steps, endings and those who
    are not to be asked."""

    endings: Mapping[str, float]
    consult: frozenset[str]
    messages: Mapping[tuple[str, str], str] = field(default_factory=dict)
    ending_messages: Mapping[str, str] = field(default_factory=dict)
    consult_messages: Mapping[str, str] = field(default_factory=dict)
    explanation: str = ""


def consult_of(spec: CaseSpec, answer: Mapping[str, Any]) -> list[str]:
    """Whom an answer names, in the author's order."""
    given = answer.get("consult")
    named = given if isinstance(given, list) else []
    return [one for one in spec.consultants if one in named]


def is_memo_written(memo: object) -> bool:
    """Whether more stands there than the template.

    >>> is_memo_written(MEMO_TEMPLATE), is_memo_written("聞きたいこと: 料金は収益事業ですか")
    (False, True)
    """
    text = text_of(memo)
    for line in MEMO_LINES:
        text = text.replace(line, "", 1)
    return bool(text.strip(" \u3000:：\r\n\t"))


def judge(spec: CaseSpec, key: CaseKey | None, answer: Mapping[str, Any]) -> Judgement:
    """0.7 for the ending, 0.2 for whom to ask, 0.1 when the reasons and the memo are written.

    What reasons and memo say is for people to read and counts for nothing here.
    """
    way = spec.story.way_of(answer)
    if isinstance(way.place, Scene):
        return incomplete(
            "まだ相談の途中です。次にどうするかを選んで、進んでください。"
            if way.steps
            else "はじめの場面を読んで、どうするかを選んでください。"
        )
    chosen = consult_of(spec, answer)
    unwritten = _unwritten(way, answer)
    if key is None:
        missing = [*unwritten]
        if spec.consultants and not chosen:
            missing.insert(0, Part(input="consult", ok=False, message=_ASK))
        return (
            incomplete("\n".join(p.message for p in missing), tuple(missing))
            if missing
            else (formal())
        )
    asked, told_of_asked, parts_of_asked = _judge_consult(spec, key, chosen)
    asked_to_write = 1 + sum(bool(scene.reason) for scene, _ in way.steps)
    written = 1 - len(unwritten) / asked_to_write
    worth = key.endings[way.place.id]
    told = [
        key.ending_messages.get(way.place.id) or _about_ending(worth),
        *([_AT_STEPS] if any(_message_at(key, *step) for step in way.steps) else []),
        *([told_of_asked] if told_of_asked else []),
        *(["\n".join(part.message for part in unwritten)] if unwritten else []),
        *([SEVERAL_WAYS] if _has_several_ways(spec.story, key) else []),
    ]
    parts = [
        Part(
            input=f"step:{scene.id}",
            ok=_best(spec.story, key, option.to) == _best(spec.story, key, scene.id),
            message=message,
        )
        for scene, option in way.steps
        if (message := _message_at(key, scene, option))
    ]
    # In tenths: 0.7 + 0.2 + 0.1 is not 1 in binary.
    score = (7 * worth + 2 * asked + written) / 10
    return of_score(score, "\n\n".join(told), (*parts, *parts_of_asked, *unwritten))


_ASK = "だれに相談するかを選びましょう。"
_AT_STEPS = "「ここまでの道すじ」の場面にも、ひとことがあります。読んでみましょう。"


def _unwritten(way: Way, answer: Mapping[str, Any]) -> list[Part]:
    reasons = mapping_of(answer.get("reasons"))
    found = [
        Part(
            input=f"reason:{scene.id}",
            ok=False,
            message=f"場面{number}の理由を、ひとことで書いておきましょう。",
        )
        for number, (scene, _) in enumerate(way.steps, 1)
        if scene.reason and not text_of(reasons.get(scene.id)).strip()
    ]
    if not is_memo_written(answer.get("memo")):
        found.append(
            Part(input="memo", ok=False, message="メモを、ご自分のことばで書いておきましょう。")
        )
    return found


def _judge_consult(
    spec: CaseSpec, key: CaseKey, chosen: Sequence[str]
) -> tuple[float, str, tuple[Part, ...]]:
    """The share for whom to ask, what to say about it, and a part for each one chosen."""
    if not spec.consultants:
        return 1.0, "", ()
    if not chosen:
        return 0.0, _ASK, (Part(input="consult", ok=False, message=_ASK),)
    parts = tuple(
        Part(
            input=f"consult:{one}",
            ok=one in key.consult,
            message=key.consult_messages.get(one, ""),
        )
        for one in chosen
    )
    hits = sum(part.ok for part in parts)
    told = []
    if hits < len(parts):
        told.append("選んだ相談先の中に、この件には合わないところがあります。")
    if hits < len(key.consult):
        told.append("相談先は、ほかにもあります。" if hits else "相談先をもう一度考えましょう。")
    share = max(0.0, (2 * hits - len(parts)) / len(key.consult))
    return share, "".join(told) or "相談先は合っています。", parts


def _about_ending(worth: float) -> str:
    if worth == 1.0:
        return "よい進め方です。"
    if worth > 0.0:
        return "よいところもあります。「一つ戻る」で、別の進め方もためしてみましょう。"
    return "このままだと困ることになりそうです。「一つ戻る」で、別の進め方をためしてみましょう。"


def _message_at(key: CaseKey, scene: Scene, option: Option) -> str:
    return key.messages.get((scene.id, option.id), "")


def _best(story: Story, key: CaseKey, place: str) -> float:
    """The best worth that can still be reached from a place."""
    found = story.places[place]
    if isinstance(found, Ending):
        return key.endings[place]
    return max(_best(story, key, option.to) for option in found.options)


def _has_several_ways(story: Story, key: CaseKey) -> bool:
    right = (ending.id for ending in story.endings if key.endings[ending.id] == 1.0)
    ways = (way for ending in right for way in story.ways_to(ending))
    return len(list(islice(ways, 2))) == 2


class Case(Exercise):
    """A consultation, scene by scene.

    Answer: `{"path": [[scene id, option id], …], "reasons": {scene id: text}, "consult": [names],
    "memo": text}`. Reasons of scenes on another way stay in it.
    """

    kind = "case"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        scenes: Sequence[Scene],
        endings: Sequence[Ending],
        consultants: Sequence[str] = CONSULTANTS,
        memo_label: str = "相談に持っていくメモ",
        hints: Sequence[str] = (),
        check: CheckMode = "full",
    ) -> None:
        errors = story_errors(scenes, endings)
        errors += [
            f"the consultant {one} is named {n} times"
            for one, n in Counter(consultants).items()
            if n > 1
        ]
        refuse(exercise_id, errors)
        self._spec = CaseSpec(Story(tuple(scenes), tuple(endings)), tuple(consultants))
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            check=check,
            scenes=[
                {
                    "id": scene.id,
                    "lines": spoken_lines(scene.text),
                    "options": [asdict(option) for option in scene.options],
                    "reason": scene.reason,
                }
                for scene in scenes
            ],
            endings=[{"id": one.id, "lines": spoken_lines(one.text)} for one in endings],
            consultants=list(consultants),
            memo_label=memo_label,
            memo_template=MEMO_TEMPLATE,
        )

    def key(
        self,
        *,
        endings: Mapping[str, float],
        consult: Sequence[str] = (),
        messages: Mapping[tuple[str, str], str] | None = None,
        ending_messages: Mapping[str, str] | None = None,
        consult_messages: Mapping[str, str] | None = None,
        explanation: str = "",
    ) -> None:
        """Set what each ending is worth, whom to ask, and what to say at steps and endings and
        about those who are not to be asked."""
        key = CaseKey(
            dict(endings),
            frozenset(consult),
            dict(messages or {}),
            dict(ending_messages or {}),
            dict(consult_messages or {}),
            explanation,
        )
        refuse(self.exercise_id, _key_errors(self._spec, key))
        self._key = key

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        return judge(self._spec, self._key if with_key else None, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        way = self._spec.story.way_of(answer)
        reasons = mapping_of(answer.get("reasons"))
        lines = []
        for number, (scene, option) in enumerate(way.steps, 1):
            lines.append(f"場面{number}: {option.label}")
            if reason := text_of(reasons.get(scene.id)).strip():
                lines.append(f"理由: {reason}")
        if isinstance(way.place, Ending):
            lines.append(f"結末: {way.place.text}")
        if chosen := consult_of(self._spec, answer):
            lines.append(f"相談先: {'・'.join(chosen)}")
        if is_memo_written(answer.get("memo")):
            lines.append(f"メモ:\n{text_of(answer.get('memo')).strip()}")
        return "\n".join(lines)

    def solution(self) -> Solution | None:
        """One way to each of the best endings, and whom to ask."""
        if self._key is None:
            return None
        story, key = self._spec.story, self._key
        lines = []
        for ending in story.endings:
            if key.endings[ending.id] == 1.0:
                steps = next(story.ways_to(ending.id))
                labels = " → ".join(option.label for _, option in steps)
                lines.append(f"進め方の例: {labels}\n結末: {ending.text}")
        if key.consult:
            right = [one for one in self._spec.consultants if one in key.consult]
            lines.append(f"相談先: {'・'.join(right)}")
        return Solution("\n".join(lines), key.explanation)


def _key_errors(spec: CaseSpec, key: CaseKey) -> list[str]:
    """All of the author's mistakes in a key."""
    known = {ending.id for ending in spec.story.endings}
    options = {(scene.id, option.id) for scene in spec.story.scenes for option in scene.options}
    errors = [f"a score for an ending {i!r} that is not there" for i in set(key.endings) - known]
    errors += [f"the ending {i} has no score (0 to 1)" for i in sorted(known - set(key.endings))]
    errors += [
        f"ending {i}: the score {worth} is outside 0…1"
        for i, worth in key.endings.items()
        if not 0.0 <= worth <= 1.0
    ]
    if not any(worth == 1.0 for worth in key.endings.values()):
        errors.append("no ending has the score 1")
    errors += [
        f"a message for an ending {i!r} that is not there"
        for i in sorted(set(key.ending_messages) - known)
    ]
    errors += [
        f"a message for scene {scene}, option {option!r}, which is not there"
        for scene, option in sorted(set(key.messages) - options)
    ]
    errors += [f"unknown consultant {one}" for one in sorted(key.consult - set(spec.consultants))]
    errors += [
        f"a message for the consultant {one}, who is not there or is right"
        for one in sorted(set(key.consult_messages) - (set(spec.consultants) - key.consult))
    ]
    if spec.consultants and not key.consult:
        errors.append("the key names nobody to ask; give consultants=() when nobody is to be asked")
    return errors
