"""Participants and organisations from tables: whole or not at all, and home again without loss."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from manabiba_server.matching.board import Board, moved
from manabiba_server.matching.tables import (
    MOST_ORGANISATIONS,
    MOST_PEOPLE,
    Reading,
    SentTable,
    read_files,
    read_tables,
)
from manabiba_server.matching.workbook import board_workbook, template_workbook
from manabiba_subjects.team_example import example_task
from manabiba_subjects.teams import Organisation, Participant, TeamTask

PEOPLE = [["お名前", "スキル", "第1希望", "第2希望", "活動できる日時"]]
GROUPS = [
    ["団体名", "必要なスキル", "最少人数", "定員", "曜日"],
    ["広場", "広報", "1人", "３", "土"],
]


def read(*people: list, groups: list = GROUPS) -> Reading:
    return read_tables({"受講者": [*PEOPLE, *people], "団体": groups})


def told(reading: Reading) -> list[tuple[int, str, str, str]]:
    assert reading.task is None
    return [
        (one.row, one.column, one.value, one.message.partition("。")[0])
        for found in reading.problems.values()
        for one in found
    ]


def csv_of(rows: list[list], encoding: str) -> bytes:
    return "\n".join(",".join(map(str, row)) for row in rows).encode(encoding)


def test_two_csv_files_are_read() -> None:
    people = csv_of([*PEOPLE, ["青木 歩", "広報／会計", "広場", "", "土、日"]], "cp932")
    groups = csv_of(GROUPS, "utf-8-sig")
    reading = read_files([SentTable("団体.csv", groups), SentTable("受講者.csv", people)])
    assert reading.task == TeamTask(
        (Participant("青木 歩", frozenset({"広報", "会計"}), ("広場",), frozenset({"土", "日"})),),
        (Organisation("広場", ("広報",), 1, 3, frozenset({"土"})),),
    )


def test_two_files_may_have_the_same_name() -> None:
    files = [csv_of(rows, "utf-8") for rows in ([*PEOPLE, ["A", "", "", "", ""]], GROUPS)]
    assert read_files([SentTable("表.csv", data) for data in files]).task is not None
    assert read_files([SentTable("表.csv", data) for data in reversed(files)]).task is not None


def test_as_many_people_are_read_as_can_be_matched() -> None:
    rows = [[f"受講者{n}", "", "", "", ""] for n in range(MOST_PEOPLE + 1)]
    whole = read(*rows[:MOST_PEOPLE])
    assert whole.task is not None
    assert len(whole.task.participants) == MOST_PEOPLE
    assert told(read(*rows)) == [
        (MOST_PEOPLE + 2, "お名前", f"受講者{MOST_PEOPLE}", "受講者は1,000人までです")
    ]


def test_the_template_is_the_example() -> None:
    data = template_workbook()
    assert read_files([SentTable("ひな形.xlsx", data)]).task == example_task()


def test_different_spellings_of_the_same_word_are_one_skill_and_one_organisation() -> None:
    reading = read(
        ["A", "ｉｔ、写真", "ＮＰＯ ひろば", "", ""],
        groups=[["団体", "必要なスキル"], ["NPOひろば", "IT、it"]],
    )
    assert reading.task is not None
    [person], [group] = reading.task.participants, reading.task.organisations
    assert (group.needs, person.skills, person.wishes) == (
        ("IT",),
        frozenset({"IT", "写真"}),
        ("NPOひろば",),
    )
    assert (group.smallest, group.largest) == (2, 4)


def test_names_that_differ_in_brackets_are_two_people() -> None:
    reading = read(["山田", "", "", "", ""], ["山田(2)", "", "", "", ""])
    assert reading.task is not None
    assert [one.name for one in reading.task.participants] == ["山田", "山田(2)"]


def test_everything_wrong_is_told_with_its_place_and_nothing_is_read() -> None:
    reading = read(
        ["A", "", "公園", "", ""],
        ["", "広報", "広場", "", ""],
        ["Ａ", "", "", "", ""],
        ["B", "", "広場", "広場", ""],
        groups=[
            ["団体", "必要なスキル", "最少人数", "最多人数"],
            ["広場", "広報", "5", "3"],
            ["食堂", "", "たくさん", "-1"],
        ],
    )
    assert told(reading) == [
        (2, "第1希望", "公園", "団体の表にない名前です"),
        (3, "お名前", "", "お名前がありません"),
        (4, "お名前", "Ａ", "2行目と同じ名前です"),
        (5, "第2希望", "広場", "同じ団体が2回あります"),
        (2, "最少人数", "5人〜3人", "最少人数が最多人数より多くなっています"),
        (3, "最少人数", "たくさん", "数字として読めませんでした"),
        (3, "最多人数", "-1", "0人から1,000人までの数で書いてください"),
    ]
    assert reading.problem_count == 7


def test_files_that_are_no_tables_are_refused_with_what_to_do() -> None:
    assert "ファイルが選ばれていません" in read_files([]).trouble
    assert "受講者の表が見つかりません" in read_tables({"団体": GROUPS}).trouble
    assert "団体の表が見つかりません" in read_tables({"受講者": PEOPLE}).trouble
    pdf = read_files([SentTable("名簿.pdf", b"%PDF-1.7")])
    assert (pdf.task, pdf.problem_count) == (None, 1)
    assert pdf.trouble.startswith("「名簿.pdf」: PDFファイルです。表を書いた")
    assert "大きすぎます" in read_files([SentTable("a.csv", b"x" * 5_000_001)]).trouble
    assert told(read()) == [(1, "お名前", "", "見出しの下に受講者がありません")]


def test_the_limits_are_told_with_their_numbers() -> None:
    people = [[f"受講者{number}", "", "", "", ""] for number in range(MOST_PEOPLE + 1)]
    groups = [[f"団体{number}"] for number in range(MOST_ORGANISATIONS + 1)]
    [[row, _, value, message]] = told(read(*people))
    assert (row, value, message) == (1_002, "受講者1000", "受講者は1,000人までです")
    [[row, _, value, message]] = told(read(people[0], groups=[GROUPS[0], *groups]))
    assert (row, value, message) == (202, "団体200", "団体は200団体までです")
    assert read(*people[:-1], groups=[GROUPS[0], *groups[:-1]]).task is not None


names = st.text(st.characters(categories=["L", "Nd", "P"]), min_size=1, max_size=6)
cells = st.one_of(st.none(), st.integers(-5, 2_000), names, st.just("広場、食堂"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(cells, max_size=6), max_size=5), st.lists(st.lists(cells, max_size=5)))
def test_whatever_stands_in_the_tables_is_read_or_refused(people: list, groups: list) -> None:
    reading = read(*people, groups=[GROUPS[0], *groups])
    assert (reading.task is None) == (reading.problem_count > 0)


def test_a_board_goes_home_and_comes_back() -> None:
    task = example_task()
    teams = {one.name: one.wishes[0] for one in task.participants}
    board = moved(Board(task, teams, "best"), "青木 歩", "緑の里山くらぶ", is_locked=True)
    data = board_workbook(board)
    assert read_files([SentTable("チーム.xlsx", data)]).task == task
    book = load_workbook(io.BytesIO(data))
    rows = list(book["チーム"].iter_rows(values_only=True))
    assert len(rows) == 20
    assert (
        "緑の里山くらぶ",
        "青木 歩",
        "希望の外",
        "固定",
        "広報、文章",
    ) in [row[:5] for row in rows]
    needs = list(book["必要なスキル"].iter_rows(values_only=True))
    assert len(needs) == 13


def test_more_than_three_wishes_come_back_too() -> None:
    groups = tuple(Organisation(name) for name in ("一", "二", "三", "四", "五"))
    task = TeamTask((Participant("A", wishes=("五", "四", "三", "二")),), groups)
    assert read_files([SentTable("a.xlsx", board_workbook(Board(task)))]).task == task


def test_a_name_like_a_formula_stays_a_text() -> None:
    book = Workbook()
    for number, rows in enumerate(([*PEOPLE, ["'=1+1", "広報"]], GROUPS)):
        sheet = book.worksheets[0] if number == 0 else book.create_sheet("団体")
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    task = read_files([SentTable("a.xlsx", out.getvalue())]).task
    assert task is not None
    assert task.participants[0].name == "=1+1"
    written = load_workbook(io.BytesIO(board_workbook(Board(task))))["受講者"]["A2"]
    assert (written.value, written.data_type) == ("=1+1", "s")
