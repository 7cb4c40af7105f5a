"""The key of a rewriting: the facts that have to stay, checks, an example."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from manabiba_subjects.plain_japanese import measure

from .checks import Check, check_errors, judge_checks

_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Fact:
    """Something that a reader has to learn from the new text too: the day, the place.

    One of its `writings` has to stand in the text; blanks, full and half width and capitals make
    no difference, and a number counts only as a whole: 「6月7日」 is not in 「16月7日」. `message`
    says what to do when none does.
    """

    id: str
    label: str
    writings: Sequence[str]
    message: str = ""
    points: float = 1

    def stands_in(self, text: str) -> bool:
        """Whether somebody who reads the text learns of it."""
        plain = _plain(text)
        return any(_whole(_plain(one)).search(plain) for one in self.writings if _plain(one))

    def check(self) -> Check:
        """This fact as a check of the text."""
        return Check(
            self.id,
            self.message or f"{self.label}も、読む人に伝わるように残しましょう。",
            lambda values: self.stands_in(values["text"]),
            points=self.points,
            label=f"{self.label}が残っている",
        )


@dataclass(frozen=True)
class RewriteSpec:
    """The text to rewrite and how many characters the new one may have at most."""

    text: str
    limit: int | None = None


@dataclass(frozen=True)
class RewriteKey:
    """What a good rewriting has; `checks` are all that is judged, `facts` and limit among them."""

    facts: tuple[Fact, ...] = ()
    checks: tuple[Check, ...] = ()
    example: str = ""
    explanation: str = ""


def values_of(text: str) -> dict[str, Any]:
    """What a check gets: the text, and its length without blanks and line breaks."""
    return {"text": text, "length": measure(text).length}


def is_same(text: str, other: str) -> bool:
    """Whether nothing was rewritten."""
    return _plain(text) == _plain(other)


def make_key(
    spec: RewriteSpec,
    facts: Sequence[Fact],
    checks: Sequence[Check],
    example: str,
    explanation: str,
) -> RewriteKey:
    """The key with everything that is judged as checks: the limit first, facts, then the rest."""
    judged = [*(fact.check() for fact in facts), *checks]
    if judged and spec.limit is not None:
        judged.insert(0, _limit_check(spec.limit))
    return RewriteKey(tuple(facts), tuple(judged), example, explanation)


def spec_errors(spec: RewriteSpec) -> list[str]:
    """All of the author's mistakes in what is asked."""
    errors = [] if spec.text.strip() else ["there is no text to rewrite"]
    if spec.limit is not None and spec.limit < 1:
        errors.append(f"limit {spec.limit}: write at least 1 character or None")
    return errors


def key_errors(spec: RewriteSpec, key: RewriteKey, *, has_rubric: bool) -> list[str]:
    """All of the author's mistakes in a key."""
    errors = [] if key.checks or has_rubric else ["facts, checks or a rubric are needed"]
    for fact in key.facts:
        if not any(map(_plain, fact.writings)):
            errors.append(f"fact {fact.id}: there is no writing")
        elif not fact.stands_in(spec.text):
            errors.append(f"fact {fact.id}: none of its writings stands in the text to rewrite")
    errors += check_errors(key.checks, values_of(""), values_of(""))
    errors += [f"check {check.id}: a label is needed" for check in key.checks if not check.label]
    if errors or not key.example:
        return errors
    if is_same(key.example, spec.text):
        errors.append("the example is the text to rewrite")
    if key.checks:
        _, told = judge_checks(key.checks, values_of(key.example), ())
        errors += [
            f"the example does not pass check {part.input.rpartition(':')[2]}"
            for part in told
            if not part.ok
        ]
    elif spec.limit is not None and measure(key.example).length > spec.limit:
        errors.append(f"the example has more than {spec.limit} characters")
    return errors


def _limit_check(limit: int) -> Check:
    return Check(
        "limit",
        f"{limit}字以内に縮めてみましょう。なくても伝わる言葉から取ります。",
        lambda values: values["length"] <= limit,
        label=f"{limit}字以内で書けている",
    )


def _plain(text: str) -> str:
    return _BLANK.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _whole(writing: str) -> re.Pattern[str]:
    """A writing that is not a piece of a longer number."""
    before = r"(?<![0-9])" if writing[:1].isdigit() else ""
    after = r"(?![0-9])" if writing[-1:].isdigit() else ""
    return re.compile(f"{before}{re.escape(writing)}{after}")
