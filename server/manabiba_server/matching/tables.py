"""Reading participants and organisations from tables, whole or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from manabiba_subjects.teams import Organisation, Participant, TeamTask
from manabiba_widgets.number_text import NumberTextError, parse_number

from ..books.cells import Cell, plain, shown, text_of
from ..books.findings import Finding
from ..books.header import SEARCHED_ROWS, Rows, cell_at, is_blank
from ..books.spreadsheet import LARGEST_FILE, is_spreadsheet, sheets_of
from ..books.text_table import FileError, rows_of_bytes

MOST_PEOPLE = 1_000
MOST_ORGANISATIONS = 200
SMALLEST, LARGEST = 2, 4
"""A team's sizes where a table says nothing."""

_SEPARATORS = re.compile(r"[、,，;；/／\n]")


class Column(StrEnum):
    """What a column means; the value is what we call it."""

    NAME = "お名前"
    SKILLS = "スキル"
    WISHES = "希望"
    FIRST = "第1希望"
    SECOND = "第2希望"
    THIRD = "第3希望"
    TIMES = "活動できる日時"
    ORGANISATION = "団体"
    NEEDS = "必要なスキル"
    SMALLEST = "最少人数"
    LARGEST = "最多人数"


_NAMES: Mapping[Column, str] = {
    Column.NAME: "お名前 名前 氏名 受講者 受講者名 参加者 参加者名",
    Column.SKILLS: "スキル 得意なこと できること",
    Column.WISHES: "希望 希望団体 希望する団体",
    Column.FIRST: "第1希望 第一希望 希望1",
    Column.SECOND: "第2希望 第二希望 希望2",
    Column.THIRD: "第3希望 第三希望 希望3",
    Column.TIMES: "活動できる日時 活動日時 日時 曜日 時間帯",
    Column.ORGANISATION: "団体 団体名",
    Column.NEEDS: "必要なスキル 求めるスキル 必要スキル",
    Column.SMALLEST: "最少人数 最小人数 下限",
    Column.LARGEST: "最多人数 最大人数 上限 定員",
}
_MEANING = {plain(name): column for column, names in _NAMES.items() for name in names.split()}
PEOPLE_HEADER = (
    Column.NAME,
    Column.SKILLS,
    Column.FIRST,
    Column.SECOND,
    Column.THIRD,
    Column.TIMES,
)
ORGANISATIONS_HEADER = (
    Column.ORGANISATION,
    Column.NEEDS,
    Column.SMALLEST,
    Column.LARGEST,
    Column.TIMES,
)


@dataclass(frozen=True)
class SentTable:
    """A file as it arrived; `name` is for messages only."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Reading:
    """What was read. `task` is None when anything has to be put right first: then `trouble` about
    the files, or the `problems` of each table by its title."""

    task: TeamTask | None
    problems: Mapping[str, tuple[Finding, ...]]
    trouble: str = ""

    @property
    def problem_count(self) -> int:
        """How many things have to be put right."""
        return sum(map(len, self.problems.values())) + bool(self.trouble)


def read_files(files: Iterable[SentTable]) -> Reading:
    """Participants and organisations from one .xlsx with two sheets, or from two files."""
    tables: dict[str, Rows] = {}
    for file in files:
        if len(file.data) > LARGEST_FILE:
            most = LARGEST_FILE // 1_000_000
            return _refused(f"「{file.name[:80]}」は大きすぎます({most}MBまで)。")
        try:
            found = (
                sheets_of(file.data)
                if is_spreadsheet(file.data)
                else {file.name: rows_of_bytes(file.data)}
            )
        except FileError as error:
            return _refused(f"「{file.name[:80]}」: {error}")
        tables |= {title if title not in tables else f"{title} ": r for title, r in found.items()}
    return read_tables(tables)


def read_tables(tables: Mapping[str, Rows]) -> Reading:
    """The task in tables by title; which is which is told by their headers."""
    if not tables:
        return _refused("ファイルが選ばれていません。受講者と団体の表を選んでください。")
    people = _find(tables, "受講者", Column.NAME, without=Column.ORGANISATION)
    groups = _find(tables, "団体", Column.ORGANISATION, without=Column.NAME)
    if people is None:
        return _refused(
            "受講者の表が見つかりません。「お名前・スキル・第1希望・活動できる日時」のような見出しの行を置いてください。"
        )
    if groups is None:
        return _refused(
            "団体の表が見つかりません。「団体・必要なスキル・最少人数・最多人数・活動できる日時」のような見出しの行を置いてください。"
        )
    spellings: dict[str, str] = {}
    group_table = _Table(people=False, found=groups, spellings=spellings)
    organisations = group_table.organisations()
    by_key = {_key(one.name): one.name for one in organisations}
    people_table = _Table(people=True, found=people, spellings=spellings)
    participants = people_table.participants(by_key)
    problems = {
        f"{what}({table.found.title})": tuple(sorted(table.problems, key=lambda one: one.row))
        for what, table in (("受講者", people_table), ("団体", group_table))
    }
    if any(problems.values()):
        return Reading(None, problems)
    return Reading(TeamTask(tuple(participants), tuple(organisations)), problems)


@dataclass(frozen=True)
class _Found:
    title: str
    rows: Rows
    row: int
    places: Mapping[Column, int]


class _Table:
    """One table while it is read; everything that is wrong with it is collected."""

    def __init__(self, *, people: bool, found: _Found, spellings: dict[str, str]) -> None:
        self.found = found
        self.what = "受講者" if people else "団体"
        self.most = MOST_PEOPLE if people else MOST_ORGANISATIONS
        self.unit = "人" if people else "団体"
        self.key = Column.NAME if people else Column.ORGANISATION
        self.spellings = spellings
        self.problems: list[Finding] = []

    def participants(self, organisations: Mapping[str, str]) -> list[Participant]:
        """The participants; wishes are known by the names of the organisations."""
        return [
            Participant(
                name,
                frozenset(self._words(row, Column.SKILLS)),
                self._wishes(number, row, organisations),
                frozenset(self._words(row, Column.TIMES)),
            )
            for number, name, row in self._named_rows()
        ]

    def organisations(self) -> list[Organisation]:
        """The organisations with the sizes of their teams."""
        found = []
        for number, name, row in self._named_rows():
            smallest = self._people(number, row, Column.SMALLEST, SMALLEST)
            largest = self._people(number, row, Column.LARGEST, max(LARGEST, smallest))
            if smallest > largest:
                message = "最少人数が最多人数より多くなっています。どちらかを直してください。"
                self._tell(number, message, Column.SMALLEST, f"{smallest}人〜{largest}人")
            needs = tuple(dict.fromkeys(self._words(row, Column.NEEDS)))
            times = frozenset(self._words(row, Column.TIMES))
            found.append(Organisation(name, needs, smallest, max(smallest, largest), times))
        return found

    def _named_rows(self) -> list[tuple[int, str, Sequence[Cell]]]:
        seen: dict[str, int] = {}
        named: list[tuple[int, str, Sequence[Cell]]] = []
        for number, row in enumerate(self.found.rows[self.found.row :], start=self.found.row + 1):
            if is_blank(row):
                continue
            name = self._text(row, self.key)
            if not name:
                message = f"{self.key}がありません。書くか、この行を除いてください。"
                self._tell(number, message, self.key, "")
            elif _key(name) in seen:
                message = (
                    f"{seen[_key(name)]}行目と同じ名前です。"
                    f"「{name}(2)」のように書き分けてください。"
                )
                self._tell(number, message, self.key, name)
            elif len(named) == self.most:
                message = f"{self.what}は{self.most:,}{self.unit}までです。表を分けてください。"
                self._tell(number, message, self.key, name)
                break
            else:
                seen[_key(name)] = number
                named.append((number, name, row))
        if not named and not self.problems:
            self._tell(self.found.row, f"見出しの下に{self.what}がありません。", self.key, "")
        return named

    def _wishes(
        self, number: int, row: Sequence[Cell], organisations: Mapping[str, str]
    ) -> tuple[str, ...]:
        wishes: list[str] = []
        for column in (Column.WISHES, Column.FIRST, Column.SECOND, Column.THIRD):
            written = self._text(row, column)
            if _key(written) in organisations:  # a name may have a separator in it
                words = [written]
            else:
                words = [word for word in map(text_of, _SEPARATORS.split(written)) if word]
            for word in words:
                wish = organisations.get(_key(word))
                if wish is None:
                    message = "団体の表にない名前です。団体の表と同じ書き方にしてください。"
                    self._tell(number, message, column, word)
                elif wish in wishes:
                    message = "同じ団体が2回あります。片方を消してください。"
                    self._tell(number, message, column, word)
                else:
                    wishes.append(wish)
        return tuple(wishes)

    def _words(self, row: Sequence[Cell], column: Column) -> list[str]:
        """A cell's words, each in the spelling in which it was read first."""
        words = [text_of(word) for word in _SEPARATORS.split(self._raw(row, column))]
        return [self.spellings.setdefault(_key(word), word) for word in words if word]

    def _people(self, number: int, row: Sequence[Cell], column: Column, missing: int) -> int:
        written = self._text(row, column)
        try:
            value = parse_number(written, unit="人")
        except NumberTextError as error:
            self._tell(number, str(error), column, written)
            return missing
        if value is None:
            return missing
        if value != value.to_integral_value() or not 0 <= value <= MOST_PEOPLE:
            message = f"0人から{MOST_PEOPLE:,}人までの数で書いてください。"
            self._tell(number, message, column, written)
            return missing
        return int(value)

    def _raw(self, row: Sequence[Cell], column: Column) -> str:
        place = self.found.places.get(column)
        return shown(cell_at(row, place))

    def _text(self, row: Sequence[Cell], column: Column) -> str:
        return text_of(self._raw(row, column))

    def _tell(self, row: int, message: str, column: Column, value: str) -> None:
        place = self.found.places.get(column)
        title = text_of(cell_at(self.found.rows[self.found.row - 1], place))
        self.problems.append(Finding(row, message, title or column, value[:60]))


def _find(
    tables: Mapping[str, Rows], word: str, required: Column, *, without: Column
) -> _Found | None:
    """The first table with a header that has the required column and one more, and not `without`.

    Tables with the word in their titles come first: our own workbook has other lists as well.
    """
    for title in sorted(tables, key=lambda title: word not in title):
        rows = tables[title]
        for index in range(min(len(rows), SEARCHED_ROWS)):
            places: dict[Column, int] = {}
            for place, cell in enumerate(rows[index]):
                meaning = _MEANING.get(plain(cell))
                if meaning is not None:
                    places.setdefault(meaning, place)
            if required in places and without not in places and len(places) > 1:
                return _Found(title.strip(), rows, index + 1, places)
    return None


def _key(text: str) -> str:
    """A name for comparing: one width, no blanks, no capitals; brackets tell names apart."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def _refused(message: str) -> Reading:
    return Reading(None, {}, message)
