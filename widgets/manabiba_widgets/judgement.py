"""What a judge says about an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Status = Literal["right", "partial", "wrong", "incomplete", "formal"]
"""`incomplete`: something is missing. `formal`: the form is right, judged after grading."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """What is said about one input of an exercise.

    `input` is the id of the input (a field, an item, a row) the message stands next to.
    """

    input: str
    ok: bool
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The score of an answer, 0 to 1, and what to tell the participant (Japanese)."""

    score: float
    status: Status
    message: str
    parts: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"score {self.score} is outside 0…1")

    def public(self) -> dict[str, Any]:
        """The judgement as JSON for the page."""
        data = asdict(self)
        data["parts"] = list(data["parts"])
        return data


def of_score(score: float, message: str, parts: tuple[Part, ...] = ()) -> Judgement:
    """A judgement whose status follows from its score; the score is clamped to 0…1."""
    score = min(1.0, max(0.0, float(score)))
    status: Status = "right" if score == 1.0 else "partial" if score > 0.0 else "wrong"
    return Judgement(score=score, status=status, message=message, parts=parts)


def incomplete(message: str, parts: tuple[Part, ...] = ()) -> Judgement:
    """Something is missing: no score yet, and what to fill in next."""
    return Judgement(score=0.0, status="incomplete", message=message, parts=parts)


def formal() -> Judgement:
    """The form is right; the rest is told after grading."""
    return Judgement(
        score=0.0,
        status="formal",
        message="記入もれはありません。結果は採点のあとでお知らせします。",
    )


def text_of(value: object) -> str:
    """An answer's value as text: anything that is not text counts as empty."""
    return value if isinstance(value, str) else ""


def is_filled(value: object) -> bool:
    """Whether there is anything in an answer (blanks are nothing)."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, dict):
        return any(is_filled(item) for item in value.values())
    if isinstance(value, list):
        return any(is_filled(item) for item in value)
    return value is not None and value is not False


def mapping_of(value: object) -> Mapping[str, Any]:
    """An answer's value as a mapping with text keys: anything else counts as empty."""
    if not isinstance(value, Mapping):
        return {}
    return {key: item for key, item in value.items() if isinstance(key, str)}
