"""Numbers that look like law, in the text of the lessons and in what their exercises say.

Each is a value of a dated table of `manabiba_subjects` that is in force on AS_OF, or one of another
time whose year, or the word 古い, stands in the same paragraph, or a figure that the lesson's own
exercises and figures show, or it stands in CASE_FIGURES with the reason. In the courses of STORIES
money, rates and hours are mostly a group's own, so these are looked at only in a paragraph that
speaks of law. collab tells no law in numbers, and it is held to that.

When this test names a literal of your lesson: correct it; or put the value with its source into a
table; or, where it is a figure of a story and no law, add it to CASE_FIGURES.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest

from manabiba_subjects.dated_table import DatedRow, DatedTable, dated_tables
from manabiba_subjects.derivation import plain
from manabiba_subjects.minimum_wage import minimum_wage
from manabiba_subjects.stale_tables import all_tables
from manabiba_widgets import Exercise, Explorable, explorables

ROOT = Path(__file__).parents[2]
AS_OF = date(2026, 11, 24)

TABLES = {
    "npo-intro": ("npo_law/", "consumption_tax.toml", "withholding_rates.toml"),
    "labor": ("labour/", "insurance_rates.toml", "minimum_wages.toml", "withholding_rates.toml"),
    "accounting": (
        "consumption_tax.toml",
        "insurance_rates.toml",
        "labour/enrolment.toml",
        "minimum_wages.toml",
        "npo_law/",
        "withholding_rates.toml",
    ),
    "skill-up": ("dormant_deposits.toml", "npo_law/"),
    "trial": ("minimum_wages.toml", "withholding_rates.toml"),
}
"""The files of tables, as they begin, that a course may take its numbers from."""

STORIES = {"accounting", "skill-up", "trial"}
"""Courses in which money, rates and hours are looked at only where a paragraph speaks of law."""

OF_A_STORY = {"yen", "rate", "hours"}
LAW = re.compile(
    r"\d条|条例|施行令|規則|法律|認定|届出|変更届|登記|最低賃金|源泉|消費税|収益事業|社会保険|雇用保険|労災"
)
"""Words of a paragraph that speaks of law."""


def lessons_of(course: str) -> list[Path]:
    return sorted((ROOT / "courses" / course).glob("[0-9][0-9]-*.ipynb"))


LESSONS = [path for course in sorted(TABLES) for path in lessons_of(course)]

EXPECTED = {
    "npo-intro/01": {("people", 10), ("share", Fraction(1, 3))},
    "npo-intro/02": {("weeks", 2), ("days", 45)},
    "npo-intro/03": {("rate", Fraction(1, 5)), ("yen", 3_000), ("months", 3)},
    "labor/01": {("yen", minimum_wage(AS_OF)), ("hours", 40), ("rate", Fraction(1, 4))},
    "labor/02": {("rate", Fraction("0.0992")), ("people", 51), ("days", 30)},
    "accounting/02": {("yen", 1_000_000), ("people", 10), ("rate", Fraction("0.0036"))},
    "accounting/03": {("yen", 1_000_000), ("months", 3)},
    "accounting/04": {("yen", 10_000_000), ("months", 3), ("years", 3)},
    "skill-up/02": {("years", 10), ("yen", 3_000), ("people", 100)},
    "skill-up/05": {("weeks", 2), ("share", Fraction(3, 4)), ("years", 2), ("days", 5)},
    "skill-up/06": {("weeks", 2)},
    "trial/04": {("yen", minimum_wage(AS_OF)), ("yen", 1_000_000)},
    "trial/05": {("yen", minimum_wage(AS_OF))},
}
"""Numbers without which a lesson would not be about its subject; it has at least one of them."""

WITHOUT_LAW = {
    *("accounting/01", "skill-up/01", "skill-up/03", "skill-up/04"),
    *("trial/01", "trial/02", "trial/03"),
}
"""Lessons that are about no number of law."""

CASE_FIGURES: Mapping[str, Mapping[str, str]] = {
    "npo-intro/01": {
        "親族の数え方: 計算の結果": "6人以下",
        "利益を分けた例の金額": "30,000円 6,000円",
        "役員が5人以下なら3分の1は1人: 計算の結果": "5人以下",
    },
    "npo-intro/02": {
        "役員が6人いれば3分の1は2人: 計算の結果": "6人以上",
        "予算の問の答え: 計算の結果": "590,000円 398,000円 192,000円 8,000円",
        "3週間のカレンダーの図": "3週間",
        "別の団体の予算の例": "300円 36,000円 5,000円 800円 150,000円 120,000円 180,000円",
        "設立する団体の予算": "500円 10,000円 200,000円 20,000円 30,000円",
    },
    "npo-intro/03": {
        "提出期限のまちがい": "4か月",
        "相対値基準の問の答え: 計算の結果": "20.9% 27.0%",
        "税の問の答え: 計算の結果": "28,000円 11,200円 560円 2,240円 2,800円 14,000円 16,000円",
        "問の総会の人数: 計算の結果": "20人以上 18人以上 21人以上 30人以上 8人以上",
        "総会の定足数と賛成の計算の結果": "13人以上 12人以上 17人以上 16人以上",
        "相対値基準の例": "400,000円 2,500,000円 16% 1,380,000円 600,000円 2,400,000円",
        "寄附をした人の税の例": "10,000円 8,000円 3,200円 160円 640円 800円 4,000円 12,000円",
        "相談の物語の参加費": "500円",
    },
    "labor/01": {
        "週に一度の休み": "1日以上",
        "36協定の用紙の例": "420時間",
        "2026年9月15日の最低賃金": "1,225円",
        "出勤率の例": "79.2%",
        "時間の問の答え: 計算の結果": "0時間 401時間 82.5時間",
        "賃金の問の答え: 計算の結果": "9円 4,350円 15,660円 4,640円 119,625円 1,250円 29円 3,920円",
        "勤務の例の時間": "3時間 7時間 41時間 50時間",
        "割増のもとになるふだんの賃金": "100%",
        "割増賃金の例": "250,000円 6,000円 12,000円 256,000円 1,600円 8,000円 232,000円 20,000円",
        "割増賃金の例の答え": "1,450円 1,500円 7,500円 18,125円",
        "端数の単位": "1円",
        "最低賃金の例の月給と時給": "202,000円 1,262.5円 204,640円",
    },
    "labor/02": {
        "支援金の例: 計算の結果": "276円",
        "中村さんの明細の例": "5,000円 6,000円",
        "田中さんの時間外手当: 計算の結果": "18,125円",
        "田中さんの拠出金: 計算の結果": "864円",
        "田中さんの給料で団体が払う分: 計算の結果": "38,000円",
        "平均賃金の例": "736,000円 80,000円",
        "子の看護等休暇が10日になる子の数": "2人以上",
        "練習の賃金と時間": "208,000円 10,000円 6,250円 28時間",
        "練習の答え": "218,000円 10,912円 253円 20,130円 1,121.25円 1,121円 40,000円",
    },
    "accounting/01": {"練習の駐車場代": "1か月"},
    "accounting/02": {
        "月数のまちがい": "11か月",
        "謝金20,000円の例: 計算の結果": "2,042円 17,958円",
        "手取り20,000円の例: 計算の結果": "2,274円",
        "給料200,000円の例: 差し引く額": "166,980円 33,020円",
        "源泉所得税を半年分納める例": "22,200円",
        "例の職員の年齢": "40歳未満",
        "団体の年度(2025年度)の雇用保険の率: 年度は表の頭に": "9/1000",
        "団体の1月から3月の源泉所得税": "11,100円",
        "練習の謝金": "35,000円 2,000,000円",
        "練習の答え": "3,573円 31,427円 55,685円 5,685円",
    },
    "accounting/03": {"減価償却の例の月数とまちがい": "7か月 5か月"},
    "accounting/04": {
        "ボランティアの受入評価益の例": "300時間 716,100円",
        "均等割の話の、0円": "0円",
        "減価償却のおさらいの月数": "4か月",
    },
    "skill-up/05": {
        "移行期間の図の4か月": "4か月",
        "解散に要る賛成: 計算の結果": "19人以上 23人以上 26人以上",
    },
    "skill-up/06": {
        "支援総額500,000円と300,000円の例": "406,500円 93,500円 56,100円",
        "その後のお話": "3日前",
        "おさらいの属人化率": "45%",
        "練習の支援総額": "700,000円",
    },
    "trial/01": {"調査の図": "3分の1", "聞き取りの約束": "2人以上"},
    "trial/02": {"物語の日にち": "2週間 3か月"},
    "trial/03": {"練習の日にち": "3週間", "締切から数えた日にち": "7週間 1か月"},
    "trial/04": {
        "練習の謝金と、計画の源泉所得税の合計": "15,000円 12,252円",
        "最低賃金の言葉の説明": "1時間",
    },
    "trial/05": {"計画の時給": "1,300円", "物語の0円": "0円"},
}
"""By lesson what is no law: the reason, and the literals (words apart) that it holds for."""

LITERAL = re.compile(
    r"""
    (?P<yen>     \d[\d,]*(?:\.\d+)? 万? 円 )
  | (?P<rate>    \d+(?:\.\d+)? (?: % | ‰ | /1,?000 | 割 (?!増|合|り) ) )
  | (?P<share>   \d+ 分の \d+ )
  | (?P<hours>   \d+(?:\.\d+)? 時間 )
  | (?P<rest>    (?<=休憩) \d+ 分 )
  | (?P<days>    \d+ 日 (?: 以内 | 以上 | 前 | 分 ) )
  | (?P<weeks>   \d+ 週間 )
  | (?P<months>  \d+ か月 )
  | (?P<years>   \d+ 年 (?: 以内 | 以上 | ごと | を経過 ) )
  | (?P<people>  \d+ 人 (?: 以上 | 以下 | 未満 ) )
  | (?P<age>     \d+ 歳 (?: 以上 | 以下 | 未満 | まで ) )
    """,
    re.VERBOSE,
)
OF_HOURS = {"day", "week", "month", "year", "year_special", "single_below", "average", "limit"}
CALENDAR = {"day", "month", "from_day", "from_month"}
PEOPLE = {"people", "minimum", "directors", "auditors", "donors", "others"}

Meaning = tuple[str, Fraction]


@dataclass(frozen=True)
class Found:
    """A literal where it stands."""

    cell: str
    paragraph: str
    text: str
    meaning: Meaning


# What a text says


def normal(text: str) -> str:
    """Text as it is compared: no markup, no links' addresses, half-width, か月."""
    text = re.sub(r"<[^>]*>|\]\([^)]*\)", " ", text)
    text = unicodedata.normalize("NFKC", text).replace("**", "")
    return re.sub(r"[ヶカケ箇]月", "か月", text)


def literals(text: str, cell: str = "") -> Iterator[Found]:
    """The literals of a text with the paragraph (or row of a table) in which they stand."""
    for paragraph in re.split(r"\n\s*\n|\n(?=[|\-*>]|\d+\.)", normal(text)):
        for match in LITERAL.finditer(paragraph):
            unit = match.lastgroup
            assert unit is not None
            yield Found(cell, paragraph, match[0], (unit, amount(unit, match[0])))


def amount(unit: str, text: str) -> Fraction:
    """What a literal says, as a number: 8割 and 80% are the same, 2万円 is 20,000円."""
    if unit == "share":
        below, above = re.findall(r"\d+", text)
        return Fraction(int(above), int(below)) if int(below) else Fraction(0)
    [digits] = re.findall(r"^\d[\d,]*(?:\.\d+)?", text)
    number = Fraction(digits.replace(",", ""))
    for sign, part in (("%", 100), ("‰", 1000), ("000", 1000), ("割", 10)):
        if unit == "rate" and text.endswith(sign):
            return number / part
    return number * 10_000 if "万" in text else number


# What the tables say


@cache
def from_tables(course: str) -> Mapping[Meaning, frozenset[tuple[int, int] | None]]:
    """What a course's tables say: None where it is in force, else from which year until which."""
    found: dict[Meaning, set[Any]] = {}
    for table in all_tables():
        if table.file.startswith(TABLES[course]):
            for meaning, row in meanings(table):
                is_now = row.effective_from <= AS_OF <= row.until
                found.setdefault(meaning, set()).add(None if is_now else years_of(row))
    return {meaning: frozenset(rows) for meaning, rows in found.items()}


def years_of(row: DatedRow) -> tuple[int, int]:
    return row.effective_from.year, row.until.year


def meanings(table: DatedTable) -> Iterator[tuple[Meaning, DatedRow]]:
    """Each number of a table as literals would say it."""
    for row in table.rows:
        for key, value in row.values.items():
            if key == "days" and isinstance(value, tuple):
                continue  # days of leave, no limit
            numbers = value if isinstance(value, tuple) else (value,)
            for number in numbers:
                if isinstance(number, str):
                    continue
                for unit, exact in said(table.file, key, Fraction(number)):
                    yield (unit, exact), row
    if table.file == "labour/hours.toml" and "night" in table.rows[0].values:
        for row in table.rows:  # 深夜に重なる分と、もとの賃金を入れた率
            night = Fraction(row["night"])
            for key in ("overtime", "over60", "holiday", "night"):
                rate = Fraction(row[key])
                for total in {rate + night, 1 + rate, 1 + rate + night}:
                    yield ("rate", total), row


def said(file: str, key: str, number: Fraction) -> Iterator[Meaning]:
    """The units in which a table's number may be told, by its key."""
    if 0 < number < 1:
        yield "rate", number
        yield "share", number
        return
    if number >= 100 and key not in {"lower", "upper"} and not key.startswith("dependants"):
        yield "yen", number
    if file == "labour/hours.toml" and key in OF_HOURS | {"over"}:
        yield "hours", number
        return
    if "hours" in key:
        yield "hours", number
    if key == "minutes":
        yield "rest", number
    if key in CALENDAR:
        return
    if "day" in key or key == "granted":
        yield "days", number
        yield "weeks", number / 7
    if "week" in key:
        yield "weeks", number
    if "month" in key:
        yield "months", number
        yield "years", number / 12
    if "year" in key or key == "for_now":
        yield "years", number
        yield "months", number * 12
    if key in PEOPLE:
        yield "people", number
    if "age" in key:
        yield "age", number


# What the lesson's own code shows


@cache
def shown_by(lesson: Path) -> frozenset[Meaning]:
    """What the exercises and figures of a notebook show, read from their specs."""
    before = explorables()
    names: dict[str, Any] = {}
    for cell in nbformat.read(lesson, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, f"{lesson.name}:{cell_name(cell)}", "exec"), names)
    made = [one for one in names.values() if isinstance(one, Exercise | Explorable)]
    made += [one for one in explorables() if one not in before]
    return frozenset(meaning for one in made for meaning in in_spec(one.spec))


def in_spec(value: Any) -> Iterator[Meaning]:
    if isinstance(value, str):
        yield from (found.meaning for found in literals(value))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from in_spec(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from in_spec(part)
    elif isinstance(value, int) and not isinstance(value, bool) and value >= 100:
        yield "yen", Fraction(value)


def cell_name(cell: Any) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id") or cell.get("id", "?"))


# The judgement


def problems(
    found: Iterator[Found],
    course: str,
    shown: frozenset[Meaning],
    case: Mapping[str, str],
) -> Iterator[str]:
    """What is wrong, one sentence for each literal; `shown` does not excuse a minimum wage."""
    tables = from_tables(course)
    excused = {one.meaning for texts in case.values() for one in literals(texts)}
    for one in found:
        rows = tables.get(one.meaning, frozenset())
        if None in rows or one.meaning in excused:
            continue
        years = {year for row in rows if row is not None for year in row}
        if rows and any(word in one.paragraph for word in {"古い", *map(str, years)}):
            continue
        unit, number = one.meaning
        is_wage = unit == "yen" and "最低賃金" in one.paragraph and 700 <= number <= 2_000
        if one.meaning in shown and not is_wage:
            continue
        if rows:
            spans = "、".join(f"{first}–{last}" for first, last in sorted(filter(None, rows)))
            why = f"holds only in {spans}; name the year, or 古い, in the same paragraph"
        else:
            near = nearest(one.meaning, tables)
            why = f"is in no table in force on {AS_OF}{near}; see the top of {Path(__file__).name}"
        yield f"cell {one.cell}: 「{one.text}」 {why}: …{excerpt(one)}…"


def nearest(meaning: Meaning, tables: Mapping[Meaning, Any]) -> str:
    """For a number of money, the table's value that is nearest: often the right one."""
    unit, number = meaning
    if unit != "yen":
        return ""
    values = [other for kind, other in tables if kind == "yen" and None in tables[kind, other]]
    best = min(values, key=lambda other: abs(other - number), default=None)
    return "" if best is None else f" (nearest: {plain(best)}円)"


def excerpt(found: Found) -> str:
    at = found.paragraph.find(found.text)
    return found.paragraph[max(0, at - 15) : at + len(found.text) + 15].replace("\n", " ").strip()


def lesson_key(lesson: Path) -> str:
    """A lesson by course and number: labor/01."""
    return f"{lesson.parent.name}/{lesson.name[:2]}"


def text_of(lesson: Path) -> Iterator[Found]:
    """What is looked at of a lesson: its text, and the words of its exercises and their keys."""
    for cell in nbformat.read(lesson, as_version=4).cells:
        texts = [cell.source] if cell.cell_type == "markdown" else words_of(cell.source)
        for text in texts:
            yield from looked_at(literals(text, cell_name(cell)), lesson.parent.name)


def words_of(code: str) -> Iterator[str]:
    """The strings of code, those between the braces of an f-string too."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def looked_at(found: Iterator[Found], course: str) -> Iterator[Found]:
    """Without the money, rates and hours of a story."""
    for one in found:
        is_of_story = course in STORIES and one.meaning[0] in OF_A_STORY
        if not is_of_story or LAW.search(one.paragraph):
            yield one


@pytest.fixture(autouse=True)
def as_a_page_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)


@pytest.mark.parametrize("lesson", LESSONS, ids=lesson_key)
def test_every_number_of_law_is_in_a_table(lesson: Path) -> None:
    key = lesson_key(lesson)
    case = CASE_FIGURES.get(key, {})
    found = list(problems(text_of(lesson), lesson.parent.name, shown_by(lesson), case))
    where = lesson.relative_to(ROOT)
    assert not found, "\n".join([f"{where}:", *found])


def test_every_lesson_says_whether_it_is_about_numbers_of_law() -> None:
    assert {*map(lesson_key, LESSONS)} == {*EXPECTED, *WITHOUT_LAW}
    assert not EXPECTED.keys() & WITHOUT_LAW


@pytest.mark.parametrize(
    "lesson", [one for one in LESSONS if lesson_key(one) not in WITHOUT_LAW], ids=lesson_key
)
def test_a_lesson_has_numbers_of_its_subject(lesson: Path) -> None:
    key = lesson_key(lesson)
    said_here = {one.meaning for one in text_of(lesson)} | shown_by(lesson)
    assert EXPECTED[key] & said_here, f"{lesson.relative_to(ROOT)}: none of {EXPECTED[key]}"


@pytest.mark.parametrize("lesson", lessons_of("collab"), ids=lesson_key)
def test_collab_tells_no_law_in_numbers(lesson: Path) -> None:
    of_law = [one.text for one in text_of(lesson) if LAW.search(one.paragraph)]
    assert not of_law, f"{lesson.relative_to(ROOT)}: add collab to TABLES"


@pytest.mark.parametrize("lesson", LESSONS, ids=lesson_key)
def test_no_case_figure_is_excused_that_no_longer_stands_there(lesson: Path) -> None:
    said_here = {one.meaning for one in text_of(lesson)}
    for reason, texts in CASE_FIGURES.get(lesson_key(lesson), {}).items():
        for one in literals(texts):
            assert one.meaning in said_here, f"{reason}: 「{one.text}」 stands nowhere"


# The test itself


def told(
    text: str,
    course: str = "labor",
    *,
    shown: str = "",
    case: Mapping[str, str] | None = None,
) -> list[str]:
    spec = frozenset(in_spec({"prompt": shown}))
    return list(problems(literals(text, "hiring-3"), course, spec, case or {}))


def test_every_word_of_the_case_figures_is_a_literal() -> None:
    for case in CASE_FIGURES.values():
        for texts in case.values():
            assert [one.text for one in literals(texts)] == texts.split()


def test_every_expected_number_is_in_a_table() -> None:
    for key, expected in EXPECTED.items():
        tables = from_tables(key.split("/")[0])
        assert all(None in tables[unit, Fraction(number)] for unit, number in expected), key


@pytest.mark.parametrize("wage", ["1,280円", "１，２８０円", "**1280円**", "1,219円"])
def test_a_wrong_minimum_wage_is_caught(wage: str) -> None:
    [problem] = told(f"神奈川県の最低賃金は{wage}です。", shown=f"時給{wage}")
    assert problem.startswith("cell hiring-3: 「")
    assert "is in no table in force on 2026-11-24 (nearest: 1,279円)" in problem
    assert "最低賃金は" in problem


def test_the_minimum_wage_of_the_day_passes() -> None:
    assert told("神奈川県の最低賃金は1,279円です。") == []
    assert told("最低賃金は<b>1,279円</b>です。") == []


def test_an_older_value_needs_its_year() -> None:
    [problem] = told("神奈川県の最低賃金は1,225円です。\n\n2026年9月の話です。")
    assert "holds only in 2025–2026; name the year, or 古い, in the same" in problem
    assert told("2026年9月30日までの最低賃金は1,225円でした。") == []
    assert told("古い資料には、最低賃金1,225円がまだ残っています。") == []
    assert told("古い資料には、最低賃金1,226円がまだ残っています。") != []
    [problem] = told("- 2026年9月30日まで\n- 最低賃金は1,225円")
    assert "1,225円" in problem


@pytest.mark.parametrize(
    ("text", "course"),
    [
        ("健康保険は9.92%、介護保険は1.62%", "labor"),
        ("雇用保険は5/1000、労災保険は3/1000", "labor"),
        ("1週40時間、特例は44時間。月45時間・年360時間、720時間、100時間", "labor"),
        (
            "時間外は25%増し、深夜と重なれば50%、法定休日は35%、深夜は60%、60時間を超えると75%",
            "labor",
        ),
        ("6時間を超えると休憩45分、8時間を超えると休憩60分", "labor"),
        ("30日前に予告する。5日以内、8割以上、週30時間以上、217日以上、51人以上", "labor"),
        ("縦覧は2週間、45日以内、3分の1以下、10人以上、3か月以内", "npo-intro"),
        ("3,000円以上を100人以上、5分の1以上または20%", "npo-intro"),
        ("10年を経過した預金等、任期は2年以内、4分の3以上の賛成", "skill-up"),
        ("課税売上高が1,000万円以下、給与を払う人が10人未満", "accounting"),
    ],
)
def test_numbers_of_the_tables_pass(text: str, course: str) -> None:
    assert told(text, course) == []


@pytest.mark.parametrize(
    ("text", "course", "literal"),
    [
        ("健康保険は9.29%です。", "labor", "9.29%"),
        ("雇用保険は6/1000です。", "labor", "6/1000"),
        ("1週43時間までです。", "labor", "43時間"),
        ("休憩50分が要ります。", "labor", "50分"),
        ("届出は8日以内です。", "labor", "8日以内"),
        ("縦覧は5週間です。", "npo-intro", "5週間"),
        ("縦覧は4ヶ月です。", "npo-intro", "4か月"),
        ("親族は3分の2以下", "npo-intro", "3分の2"),
        ("社員は15人以上", "npo-intro", "15人以上"),
        ("51人以上の職員", "npo-intro", "51人以上"),
        ("60歳以上の人", "npo-intro", "60歳以上"),
        ("罰金は60万円以下", "labor", "60万円"),
        ("7割以上の出勤", "labor", "7割"),
        ("9年を経過した預金等", "skill-up", "9年を経過"),
        ("解散は7分の4以上の賛成", "skill-up", "7分の4"),
        ("課税売上高が2,000万円以下", "accounting", "2,000万円"),
    ],
)
def test_wrong_numbers_are_caught(text: str, course: str, literal: str) -> None:
    [problem] = told(text, course)
    assert f"「{literal}」" in problem


def test_a_figure_of_the_lessons_own_exercises_passes() -> None:
    assert told("時間外は18,125円です。") != []
    assert told("時間外は18,125円です。", shown="答えは18125円です") == []
    assert list(in_spec({"cost": 240_000, "open": True, "days": [5]})) == [("yen", 240_000)]


def test_a_case_figure_passes_for_its_meaning() -> None:
    assert told("時給1,230円は最低賃金に足りません。", case={"問の時給": "1,230円"}) == []
    assert told("時給1,231円は最低賃金に足りません。", case={"問の時給": "1,230円"}) != []


def test_money_of_a_story_is_looked_at_only_where_law_is_spoken_of() -> None:
    def kept(text: str, course: str) -> list[str]:
        return [one.text for one in looked_at(literals(text), course)]

    assert kept("参加費は700円、会議は3時間。", "skill-up") == []
    assert kept("参加費は700円、会議は3時間。", "labor") == ["700円", "3時間"]
    assert kept("絶対値基準は700円(施行令2条)。", "skill-up") == ["700円"]
    assert kept("登記は3週間以内。", "skill-up") == ["3週間"]


def test_the_words_of_an_exercise_are_looked_at_too() -> None:
    code = 'x.key(mistakes={"a": {1: f"{n}日ではありません。登記は3週間以内です。"}})'
    assert [one.text for text in words_of(code) for one in literals(text)] == ["3週間"]


def test_the_tables_of_a_course_are_those_of_its_subject() -> None:
    assert ("yen", Fraction(1_279)) not in from_tables("npo-intro")
    assert all(
        any(table.file.startswith(start) for table in all_tables())
        for starts in TABLES.values()
        for start in starts
    )
    assert dated_tables("minimum_wages.toml")["kanagawa"].at(AS_OF)["yen"] == Decimal(1_279)
