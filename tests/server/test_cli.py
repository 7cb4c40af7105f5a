import json
import shutil
import socket
from collections import namedtuple
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from click import ClickException
from click.testing import CliRunner, Result

from manabiba_grading import GradeReport, GradeRow
from manabiba_server.cli import main
from manabiba_server.cli.lab import lab_arguments
from manabiba_server.cli.table_file import write_table
from manabiba_server.courses import load_courses
from manabiba_subjects.stale_tables import all_tables

ROOT = Path(__file__).parents[2]
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def manabiba(tmp_path: Path):
    def run(*arguments: str) -> Result:
        options = ["--home", str(tmp_path / "home"), "--courses", str(ROOT / "courses")]
        return CliRunner().invoke(main, [*arguments, *options])

    return run


def test_a_run_is_made_shown_and_people_invited(manabiba, tmp_path: Path) -> None:
    lessons = load_courses(ROOT / "courses")["accounting"].lessons
    first = ("--start", "2026-12-01 19:00")
    made = manabiba("run", "create", "my-run", "accounting", *first, "--json")
    assert made.exit_code == 0, made.output
    assert json.loads(made.stdout)["run"] == "my-run"
    assert made.stderr == ""  # nbgrader's steps are nobody's business
    assert (tmp_path / "home/runs/my-run/release/accounting-1/accounting-1.ipynb").exists()
    invited = manabiba("invite", "my-run", "山田 花子", "鈴木 一郎", "--json")
    people = json.loads(invited.stdout)["people"]
    assert [person["name"] for person in people] == ["山田 花子", "鈴木 一郎"]
    assert len({person["link"] for person in people}) == 2
    shown = json.loads(manabiba("run", "show", "my-run", "--json").stdout)
    assert [person["name"] for person in shown["participants"]] == ["山田 花子", "鈴木 一郎"]
    assert shown["lessons"][0]["starts_at"].startswith("2026-12-01 10:00")  # 19:00 in Japan
    teacher = json.loads(manabiba("invite", "my-run", "講師", "--role=instructor", "--json").stdout)
    [person] = json.loads(manabiba("run", "show", "my-run", "--json").stdout)["staff"]
    assert person == {"id": teacher["people"][0]["id"], "name": "講師", "role": "instructor"}
    told = manabiba("run", "show", "my-run").output
    assert f"講師・事務局 1人\n  講師  講師  {person['id']}\n" in told
    assert "第1回 2026年12月1日(火) 19:00" in told
    assert "2026年12月22日(火) 19:00" in told  # the fourth lesson, weekly after the first
    assert json.loads(manabiba("run", "list", "--json").stdout)[0]["participants"] == 2
    rows = json.loads(manabiba("status", "my-run", "--json").stdout)
    ahead = {lesson.id: "これから" for lesson in lessons}
    assert rows[0] == {"name": "山田 花子", "organisation": "", **ahead}
    csv = tmp_path / "status.csv"
    assert manabiba("status", "my-run", "--csv", str(csv)).exit_code == 0
    assert "鈴木 一郎" in csv.read_text(encoding="utf-8-sig")
    for lesson in ("1", "accounting-1"):
        assert "まだ提出がありません" in manabiba("grade", "my-run", lesson).output
    missing = manabiba("grade", "my-run", "9")
    assert (missing.exit_code, "no lesson '9' in run my-run" in missing.output) == (2, True)
    refused = manabiba("feedback", "my-run", "1")
    assert (refused.exit_code, "run `manabiba grade my-run 1`" in refused.output) == (1, True)


def test_a_run_gets_another_title_and_a_lesson_another_date(manabiba) -> None:
    made = manabiba("run", "create", "my-run", "labor", "--start=2026-12-01 19:00", "--json")
    assert made.exit_code == 0, made.output
    changed = manabiba(
        *("run", "change", "my-run", "--title=労務セミナー", "--lesson=1"),
        *("--start=2026-12-03 18:30", "--later-too"),
    )
    assert changed.output == (
        "労務セミナー\n"
        "  第1回 2026年12月3日(木) 18:30、提出期限 2026年12月10日(木) 18:30\n"
        "  第2回 2026年12月10日(木) 18:30、提出期限 2026年12月17日(木) 18:30\n"
    )
    assert "労務セミナー (my-run)" in manabiba("run", "show", "my-run").output
    for wrong, told in (
        ([], "nothing to change"),
        (["--title= "], "nothing to change"),
        (["--start=2026-12-03 18:30"], "give --lesson with --start or --due"),
        (["--lesson=1"], "give --lesson with --start or --due"),
        (["--lesson=1", "--due=2026-12-20 19:00", "--later-too"], "--later-too goes with --start"),
        (["--lesson=3", "--due=2026-12-20 19:00"], "has no lesson 3; it has 1 to 2"),
        (["--title=別の名前", "--lesson=2", "--start=2026-12-01 19:00"], "in the lessons' order"),
    ):
        refused = manabiba("run", "change", "my-run", *wrong)
        assert (refused.exit_code, told in " ".join(refused.output.split())) == (2, True), told
    assert "労務セミナー (my-run)" in manabiba("run", "show", "my-run").output


def test_grades_go_into_a_table_too(manabiba, tmp_path: Path, monkeypatch) -> None:
    row = GradeRow(
        participant="p-1",
        name="山田 花子",
        score=7.5,
        max_score=12.0,
        needs_manual=("a1-9", "a1-reflection"),
        failed="",
        late=True,
        is_new=True,
    )
    monkeypatch.setattr("manabiba_grading.grade", lambda *_, **__: GradeReport((row,)))
    assert manabiba("run", "create", "my-run", "accounting", "--json").exit_code == 0
    csv = tmp_path / "grades.csv"
    said = manabiba("grade", "my-run", "1", "--csv", str(csv))
    assert "1 submissions, 1 graded now, 0 failed" in said.output
    assert csv.read_text(encoding="utf-8-sig").splitlines() == [
        "participant,name,score,max_score,needs_manual,late,failed,new",
        "p-1,山田 花子,7.5,12.0,a1-9 a1-reflection,True,,True",
    ]


def test_brackets_in_names_are_shown_as_they_are(manabiba) -> None:
    title = ("--title", "会計[基礎]")
    assert manabiba("run", "create", "my-run", "accounting", *title, "--json").exit_code == 0
    assert manabiba("invite", "my-run", "[/b] 括弧 [red]", "--json").exit_code == 0
    for command, told in ((["status", "my-run"], "[/b] 括弧 [red]"), (["run", "list"], "[基礎]")):
        said = manabiba(*command)
        assert (said.exit_code, told in said.output) == (0, True), said.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "create", "r", "nothing"], "no course 'nothing'"),
        (["run", "create", "Bad Id", "accounting"], "use 2 to 41 lower-case letters"),
        (["run", "create", "my-run", "accounting", "--due-days", "-3"], "0<=x<=365"),
        (["run", "create", "my-run", "accounting", "--start", "2026-12-01"], "%H:%M"),
        (
            ["run", "create", "my-run", "labor", *("--start=2026-12-01 19:00",) * 3],
            "course labor has 2 lessons, but 3 dates were given",
        ),
        (
            [
                "run",
                "create",
                "r-2",
                "labor",
                "--start=2026-12-08 19:00",
                "--start=2026-12-01 19:00",
            ],
            "a lesson on 2026-12-01 19:00 cannot follow one on 2026-12-08 19:00",
        ),
        (["lab", "--port", "99999"], "1<=x<=65535"),
        (["serve", "--host", "no-such-host.invalid"], "is no address of this machine"),
        (["serve", "--host", "192.0.2.1"], "is no address of this machine"),
        (["run", "show", "nothing"], "no run 'nothing'"),
        (["invite", "nothing", "名前"], "no run 'nothing'"),
        (["grade", "nothing", "1"], "no run 'nothing'"),
        (["serve", "--port", "70000"], "port '70000'"),
        (["status"], "Missing argument"),
        (["status", "r", "--csv", "/nothing/here.csv"], "/nothing is no folder"),
        (["grade", "r", "1", "--csv", "/"], "is a directory"),
        (["nonsense"], "No such command"),
    ],
)
def test_wrong_use_ends_with_two_and_says_what_to_do(manabiba, arguments, told) -> None:
    said = manabiba(*arguments)
    assert (said.exit_code, told in said.output) == (2, True), said.output


def test_a_disk_that_is_full_when_a_table_is_written_is_told() -> None:
    with pytest.raises(ClickException, match=r"/dev/full could not be written \(No space left"):
        write_table(pd.DataFrame([{"name": "山田 花子"}]), Path("/dev/full"))


def test_a_port_somebody_has_is_told(manabiba) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = manabiba("serve", "--port", str(taken.getsockname()[1]))
    assert said.exit_code == 1
    assert "cannot be used" in said.output
    assert "--port" in said.output


def test_the_lab_looks_at_its_port_before_it_makes_a_password(manabiba) -> None:
    assert manabiba("run", "create", "my-run", "accounting", "--json").exit_code == 0
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = manabiba("lab", "--port", str(taken.getsockname()[1]))
    assert said.exit_code == 1
    assert "cannot be used" in said.output
    assert "Password" not in said.output


def test_a_full_disk_is_told(manabiba, monkeypatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 10**9, 5_000_000))
    said = manabiba("serve")
    assert (said.exit_code, "only 5 MB are free" in said.output) == (1, True)


def test_a_damaged_database_is_told(manabiba, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "manabiba.db").write_bytes(b"not a database " * 1000)
    said = manabiba("run", "list")
    assert (said.exit_code, len(said.output.strip().splitlines())) == (1, 1)
    assert "is damaged" in said.output


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    said = CliRunner().invoke(main, ["run", "list", "--home", str(tmp_path / "file" / "home")])
    assert said.exit_code == 1
    assert "choose another folder with --home" in said.output


def test_bad_courses_are_told(tmp_path: Path) -> None:
    options = ["--home", str(tmp_path / "h"), "--courses", str(tmp_path / "none")]
    said = CliRunner().invoke(main, ["run", "list", *options])
    assert (said.exit_code, "no such folder" in said.output) == (1, True)


def test_doctor_says_what_is_missing(manabiba, monkeypatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    said = manabiba("doctor")
    assert said.exit_code == 1
    assert "ok      voila" in said.output
    assert "MISSING Chromium (tests only): install the package chromium" in said.output
    rows = json.loads(manabiba("doctor", "--json").stdout)
    assert {"check", "ok", "advice"} == set(rows[0])


def test_doctor_warns_of_a_table_of_law_without_failing_for_it(manabiba, monkeypatch) -> None:
    class October(datetime):
        @classmethod
        def now(cls, tz=None) -> datetime:
            return datetime(2027, 10, 1, tzinfo=tz)

    before = manabiba("doctor").exit_code
    monkeypatch.setattr("manabiba_server.cli.doctor.datetime", October)
    said = manabiba("doctor")
    assert said.exit_code == before
    line = next(line for line in said.output.splitlines() if "minimum_wages.toml" in line)
    assert line.startswith("WARNING table 神奈川県の最低賃金")
    assert "no value from 2027-10-01 on" in line and "神奈川労働局" in line
    assert "docs/yearly-update.md" in line
    rows = json.loads(manabiba("doctor", "--json").stdout)
    assert any("minimum_wages.toml" in row["check"] and row["advice"] for row in rows)


def test_doctor_names_every_table_of_law_when_its_time_has_come(manabiba, monkeypatch) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz=None) -> datetime:
            return datetime(2100, 1, 1, tzinfo=tz)

    monkeypatch.setattr("manabiba_server.cli.doctor.datetime", Later)
    warned = {row["check"] for row in json.loads(manabiba("doctor", "--json").stdout)}
    assert {f"table {table.name} ({table.file})" for table in all_tables()} <= warned


def test_the_labs_password_is_on_no_command_line() -> None:
    arguments = lab_arguments(Path("/runs/r"), "127.0.0.1", 8867)
    assert not any("password" in argument for argument in arguments)
    assert "--ServerApp.root_dir=/runs/r" in arguments
