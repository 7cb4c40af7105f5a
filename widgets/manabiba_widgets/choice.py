"""Choice: one or several of some options, with an optional reason in one's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .exercise import CheckMode, Exercise, Solution, refuse
from .judgement import Judgement, Part, formal, incomplete, of_score, text_of


@dataclass(frozen=True)
class ChoiceSpec:
    """The options (id → text) and whether several may be chosen."""

    options: Mapping[str, str]
    multiple: bool = False


@dataclass(frozen=True)
class ChoiceKey:
    """The right options and what to say about each of the others."""

    right: frozenset[str]
    messages: Mapping[str, str] = field(default_factory=dict)
    explanation: str = ""


def chosen_of(spec: ChoiceSpec, answer: Mapping[str, Any]) -> list[str]:
    """The options that an answer names and that exist, in the author's order."""
    given = answer.get("chosen")
    named = [item for item in given if isinstance(item, str)] if isinstance(given, list) else []
    chosen = [option for option in spec.options if option in named]
    return chosen if spec.multiple else chosen[:1]


def judge(spec: ChoiceSpec, key: ChoiceKey | None, answer: Mapping[str, Any]) -> Judgement:
    """All or nothing for one choice; for several, right ones less wrong ones."""
    chosen = chosen_of(spec, answer)
    if not chosen:
        asked = "あてはまるものをすべて選んでください。" if spec.multiple else "1つ選んでください。"
        return incomplete(asked)
    if key is None:
        return formal()
    parts = tuple(
        Part(input=option, ok=option in key.right, message=key.messages.get(option, ""))
        for option in chosen
    )
    hits = sum(part.ok for part in parts)
    score = max(0.0, (hits - (len(parts) - hits)) / len(key.right))
    if score == 1.0:
        return of_score(1.0, "そのとおりです。", parts)
    wrong = [part.message for part in parts if not part.ok and part.message]
    if hits and hits == len(parts):
        return of_score(score, "選んだものは合っています。ほかにもあります。", parts)
    return of_score(score, "\n\n".join(wrong) or "もう一度考えてみましょう。", parts)


class Choice(Exercise):
    """One or several options. Answer: `{"chosen": [option id, …], "reason": text}`."""

    kind = "choice"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        options: Mapping[str, str],
        multiple: bool = False,
        reason: str = "",
        hints: Sequence[str] = (),
        check: CheckMode = "full",
    ) -> None:
        self._spec = ChoiceSpec(options=dict(options), multiple=multiple)
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            check=check,
            options=dict(options),
            multiple=multiple,
            reason=reason,
        )

    def key(
        self,
        *,
        right: str | set[str],
        messages: Mapping[str, str] | None = None,
        explanation: str = "",
    ) -> None:
        """Set the right option (or options) and messages for the wrong ones."""
        rights = frozenset({right} if isinstance(right, str) else right)
        key = ChoiceKey(rights, dict(messages or {}), explanation)
        refuse(self.exercise_id, _key_errors(self._spec, key))
        self._key = key

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        return judge(self._spec, self._key if with_key else None, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        lines = [self._spec.options[option] for option in chosen_of(self._spec, answer)]
        reason = text_of(answer.get("reason")).strip()
        return "\n".join([*lines, *([f"理由: {reason}"] if reason else [])])

    def solution(self) -> Solution | None:
        if self._key is None:
            return None
        right = [text for o, text in self._spec.options.items() if o in self._key.right]
        return Solution(answer="\n".join(right), explanation=self._key.explanation)


def _key_errors(spec: ChoiceSpec, key: ChoiceKey) -> list[str]:
    """All of the author's mistakes in a key."""
    unknown = sorted((key.right | set(key.messages)) - set(spec.options))
    errors = [f"the key names unknown options {unknown}"] if unknown else []
    if not key.right:
        errors.append("the key names no right option")
    if len(key.right) > 1 and not spec.multiple:
        errors.append(f"only one option can be chosen, and {sorted(key.right)} are right")
    errors += [
        f"option {o} is right and has a message" for o in sorted(key.right & set(key.messages))
    ]
    return errors
