"""The three parts of a comment: what is asked for, and what stands in the way of sending it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from manabiba_widgets.document_form import clean

LONGEST = 400
"""Characters of a part that is sent."""

LONGEST_KEPT = 4000
"""Characters of a part that is kept as a draft, and of a reason."""


@dataclass(frozen=True)
class Words:
    """What somebody wrote in the three parts."""

    good: str = ""
    question: str = ""
    suggestion: str = ""

    def __bool__(self) -> bool:
        return any((self.good, self.question, self.suggestion))

    def as_dict(self) -> dict[str, str]:
        """The parts by the ids of their fields."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class Part:
    """A field of the form."""

    id: str
    label: str
    asked: str
    guide: str
    example: str


PARTS = (
    Part(
        "good",
        "よかったところ",
        "よいと思ったところを1つと、その理由を書きます。",
        "30〜150字がめやすです。",
        "「参加する人が、はじめの話し合いから加わるところがよかったです。自分たちの場だと感じて、"
        "続けて来てくれそうです。」",
    ),
    Part(
        "question",
        "質問",
        "もっと知りたいところ、わからなかったところを1つ聞きます。答える人が書きやすいように、"
        "1つにしぼります。",
        "20〜100字がめやすです。",
        "「当日の見守りは、何人で、どなたがする予定ですか。」",
    ),
    Part(
        "suggestion",
        "提案",
        "「わたしなら」で始めて、小さく、すぐ試せることを1つ書きます。",
        "30〜150字がめやすです。",
        "「わたしなら、はじめの3か月は月1回にして、来た人数を数えてから回数を増やします。」",
    ),
)


def read_words(given: Mapping[str, str]) -> Words:
    """What was typed, as it can be kept and printed.

    >>> read_words({"good": " よい\\r\\n点 ", "other": "x"})
    Words(good='よい\\n点', question='', suggestion='')
    """
    return Words(**{part.id: clean(given.get(part.id, "")) for part in PARTS})


def problems_of_comment(words: Words) -> dict[str, str]:
    """What is still to be done before a comment can be sent, by field (Japanese)."""
    found = {}
    for part in PARTS:
        text = words.as_dict()[part.id]
        if not text:
            found[part.id] = f"「{part.label}」を1つ書いてください。短くてもかまいません。"
        elif len(text) > LONGEST:
            found[part.id] = f"いま{len(text)}字です。{LONGEST}字までにすると送れます。"
    return found


def problems_of_draft(words: Words) -> dict[str, str]:
    """What is too long even for a draft, by field (Japanese)."""
    return {
        name: f"いま{len(text)}字です。下書きは{LONGEST_KEPT}字までにすると保存できます。"
        for name, text in words.as_dict().items()
        if len(text) > LONGEST_KEPT
    }
