"""Rewrite (書きかえ): a text in plainer words (やさしい日本語), with hints that judge nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from manabiba_subjects.plain_japanese import measure, rules

from .checks import Check, judge_checks
from .document_form import clean
from .exercise import CheckMode, Solution, refuse
from .free_text import Criterion, GradedByHand
from .judgement import Judgement, formal, incomplete, of_score
from .rewrite_key import (
    Fact,
    RewriteKey,
    RewriteSpec,
    is_same,
    key_errors,
    make_key,
    spec_errors,
    values_of,
)

_EMPTY = "まだ何も書かれていません。短い文からでかまいません。"
_SAME = "まだ元の文と同じです。むずかしい言葉を1つ、言いかえてみましょう。"


def judge(spec: RewriteSpec, key: RewriteKey | None, answer: Mapping[str, Any]) -> Judgement:
    """Score by checks: the share of the points of those that passed.

    Without a key (or with one that has no checks) only the form is judged: something else than
    the given text, within the limit. What is counted as a hint is never judged.
    """
    text = clean(answer.get("text"))
    problem = _EMPTY if not text else _SAME if is_same(text, spec.text) else ""
    if problem:
        return incomplete(problem)
    values = values_of(text)
    if key is None or not key.checks:
        over = 0 if spec.limit is None else values["length"] - spec.limit
        return incomplete(f"{over}文字多いので、短くしてみましょう。") if over > 0 else formal()
    score, told = judge_checks(key.checks, values, ())
    if all(part.ok for part in told):
        return of_score(1.0, "必要なことを残して、書きかえられています。", told)
    return of_score(score, "「まだ」の印がついたところを見直してみましょう。", told)


class Rewrite(GradedByHand):
    """A text to be said in plainer words. Answer: `{"text": words}`."""

    kind = "rewrite"

    def __init__(
        self,
        exercise_id: str,
        *,
        title: str,
        prompt: str,
        text: str,
        limit: int | None = None,
        hints: Sequence[str] = (),
        check: CheckMode = "full",
    ) -> None:
        self._spec = RewriteSpec(clean(text), limit)
        refuse(exercise_id, spec_errors(self._spec))
        super().__init__(
            exercise_id,
            title=title,
            prompt=prompt,
            hints=hints,
            check=check,
            text=self._spec.text,
            limit=limit,
            rules=rules(),
        )

    def key(
        self,
        *,
        facts: Sequence[Fact] = (),
        checks: Sequence[Check] = (),
        rubric: Sequence[Criterion] = (),
        example: str = "",
        explanation: str = "",
    ) -> None:
        """Set what a good rewriting has; the rubric is for what is graded by hand.

        With `facts` or `checks` the limit is a check too. A check gets `text` and `length`.
        Participants read the rubric. Without facts and checks everything is graded by hand: the
        points are the rubric's, and 「確かめる」 looks at the form alone. `example` is one good
        way, shown with the solution; it has to pass every check.
        """
        key = make_key(self._spec, facts, checks, clean(example), explanation)
        refuse(self.exercise_id, key_errors(self._spec, key, has_rubric=bool(rubric)))
        self._key = key
        self._show_rubric(rubric, is_checked=bool(key.checks))

    def judge(self, answer: Mapping[str, Any], *, with_key: bool) -> Judgement:
        return judge(self._spec, self._key if with_key else None, answer)

    def words(self, answer: Mapping[str, Any]) -> str:
        return clean(answer.get("text"))

    def solution(self) -> Solution | None:
        key = self._key
        if key is None or not (key.checks or key.example):
            return None
        lines = [f"書きかえの例:\n{key.example}"] if key.example else []
        if key.checks:
            lines += ["次のことがそろった文です。"]
            lines += [f"・{check.label or check.message}" for check in key.checks]
        return Solution(answer="\n".join(lines), explanation=key.explanation)

    def answer_html(self) -> str:
        """The answer for those who read it, with what was counted as a hint."""
        text = self.words(self.answer)
        if not text:
            return super().answer_html()
        found, before = measure(text), measure(self._spec.text)
        counted = (
            f"{found.length}字(元の文 {before.length}字)、"
            f"漢字 {found.kanji}%(元の文 {before.kanji}%)"
        )
        return f"{super().answer_html()}<p>{counted}</p>"
