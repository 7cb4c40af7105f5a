"""Links from a lesson's text to its glossary: the first time a section uses a term."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from html.parser import HTMLParser
from itertools import accumulate

from .glossary import Term

_TEXT = frozenset({"p", "li", "td"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CONTROLS = frozenset({"a", "button", "label", "option", "summary", "textarea"})
_NO_PROSE = frozenset({"code", "kbd", "math", "pre", "rp", "rt", "script", "style", "svg", "title"})
_NOT_IN = _HEADINGS | _CONTROLS | _NO_PROSE
_NOT_IN_CLASSES = frozenset({"exercise-slot", "lesson-output"})
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "wbr"})
_GLOSSARY_HEAD = "用語"
"""The first head of a table that is itself a glossary."""

_SAME_KIND = ("一-龯々〆", "ァ-ヺー", "0-9０-９A-Za-zＡ-Ｚａ-ｚ")
"""Letters that run on into each other: 資産 is not meant where 固定資産 stands."""


def link_terms(html: str, glossary: Sequence[Term]) -> tuple[str, tuple[Term, ...]]:
    """The page with its links, and the linked terms in the glossary's order.

    A term is linked where it stands in running text (p, li, td) for the first time since the last
    heading of a section; nothing but `<a class="term">` and its end is added.
    """
    by_word = {word: term for term in reversed(glossary) for word in term.words}
    by_word |= {term.term: term for term in glossary}
    if not by_word:
        return html, ()
    text = _RunningText(html, by_word)
    text.feed(html)
    text.close()
    pieces, end = [], 0
    for start, stop, term in text.found:
        link = f'<a class="term" href="glossary#{escape(term.anchor)}">{html[start:stop]}</a>'
        pieces += [html[end:start], link]
        end = stop
    linked = {term for _, _, term in text.found}
    return "".join([*pieces, html[end:]]), tuple(term for term in glossary if term in linked)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, the longest first, not as a part of a longer one."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(_whole(escape(word, quote=False)) for word in longest_first))


def _whole(word: str) -> str:
    before = next((kind for kind in _SAME_KIND if re.match(f"[{kind}]", word[0])), None)
    after = next((kind for kind in _SAME_KIND if re.match(f"[{kind}]", word[-1])), None)
    return (
        (f"(?<![{before}])" if before else "")
        + re.escape(word)
        + (f"(?![{after}])" if after else "")
    )


class _RunningText(HTMLParser):
    """Finds the places to link: (start, stop, term) as positions in the source."""

    def __init__(self, html: str, by_word: dict[str, Term]) -> None:
        super().__init__(convert_charrefs=False)  # the text as it stands, so that positions hold
        self.found: list[tuple[int, int, Term]] = []
        self._html = html
        self._start: int | None = None  # of the text that is being read
        self._by_word = {escape(word, quote=False): term for word, term in by_word.items()}
        self._pattern = _pattern(by_word)
        self._lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self._open: list[tuple[str, bool]] = []  # each with whether it keeps links out
        self._seen: set[Term] = set()
        self._has_head = self._in_glossary = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_text()
        if tag in _VOID:
            return
        classes = set((dict(attrs).get("class") or "").split())
        self._open.append((tag, tag in _NOT_IN or bool(classes & _NOT_IN_CLASSES)))
        if tag in {"h1", "h2"}:
            self._seen.clear()
        elif tag == "table":
            self._has_head = self._in_glossary = False

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_text()  # and nothing stands inside it

    def handle_endtag(self, tag: str) -> None:
        self._end_text()
        places = [place for place, (name, _) in enumerate(self._open) if name == tag]
        if places:
            del self._open[places[-1] :]
        if tag == "table":
            self._in_glossary = False

    def handle_data(self, data: str) -> None:
        if self._start is None:
            self._start = self._position()

    def handle_entityref(self, name: str) -> None:
        self.handle_data(name)

    def handle_charref(self, name: str) -> None:
        self.handle_data(name)

    def handle_comment(self, data: str) -> None:
        self._end_text()

    def handle_decl(self, decl: str) -> None:
        self._end_text()

    def handle_pi(self, data: str) -> None:
        self._end_text()

    def unknown_decl(self, data: str) -> None:
        self._end_text()

    def close(self) -> None:
        super().close()
        self._end_text()

    def _position(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _end_text(self) -> None:
        """Look through the text between the last tag and here."""
        if self._start is None:
            return
        start, self._start = self._start, None
        text = self._html[start : self._position()]
        if self._open and self._open[-1][0] == "th" and not self._has_head:
            self._has_head = True
            self._in_glossary = text.strip() == _GLOSSARY_HEAD
        if self._in_glossary or not self._is_running_text():
            return
        prose = text.partition("<![CDATA[")[0]  # such a section that nothing ends is no prose
        for match in self._pattern.finditer(prose):
            term = self._by_word[match[0]]
            if term not in self._seen:
                self._seen.add(term)
                self.found.append((start + match.start(), start + match.end(), term))

    def _is_running_text(self) -> bool:
        return any(tag in _TEXT for tag, _ in self._open) and not any(
            keeps_out for _, keeps_out in self._open
        )
