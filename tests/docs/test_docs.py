"""The docs name everything there is, and their links lead somewhere."""

import re
from pathlib import Path

import click
import pytest

from manabiba_server.cli import main
from manabiba_server.courses import load_courses
from manabiba_subjects.dated_table import dated_tables
from manabiba_subjects.stale_tables import table_files

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "README.ja.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands(group: click.Group, prefix: str = "manabiba") -> list[tuple[str, click.Command]]:
    found = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            found += commands(command, f"{prefix} {name}")
        else:
            found.append((f"{prefix} {name}", command))
    return found


@pytest.mark.parametrize(("name", "command"), commands(main), ids=lambda v: str(v))
def test_every_command_and_option_is_told(name: str, command: click.Command) -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    line = next((line for line in text.splitlines() if line.startswith(f"| `{name}")), "")
    assert line, name
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            option = max(parameter.opts, key=len)
            assert option in (line if option not in {"--home", "--courses"} else text), option
            assert parameter.help, f"{name} {option} has no help"
    assert command.help


def test_every_kind_has_its_page(kinds) -> None:
    pages = {path.stem for path in (ROOT / "docs" / "exercises").glob("*.md")}
    assert kinds == pages - {"explorables", "new-kind"}
    for kind in kinds:
        page = ROOT / "docs" / "exercises" / f"{kind}.md"
        assert ".key(" in page.read_text(encoding="utf-8") or kind == "free_text", kind


def test_every_course_is_named() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for course in load_courses(ROOT / "courses").values():
        assert course.title in text


MONTHS = {1: ("January", "1月"), 3: ("March", "3月"), 4: ("April", "4月"), 9: ("September", "9月")}
MONTHS |= {10: ("October", "10月")}
NOT_OF_LAW = {
    "npo_case/records.toml",
    "plain_japanese.toml",
    "standard_accounts.toml",
    "team_example.toml",
}


def test_every_file_of_data_is_a_table_of_law_or_known_to_be_none() -> None:
    folder = ROOT / "subjects" / "manabiba_subjects"
    found = {str(path.relative_to(folder)) for path in folder.rglob("*.toml")}
    assert found == set(table_files()) | NOT_OF_LAW


@pytest.mark.parametrize("file", table_files())
def test_every_table_of_law_is_in_the_yearly_update_with_its_months(file: str) -> None:
    renewed = {month for table in dated_tables(file).values() for month in table.renewed}
    for language, name in enumerate(("yearly-update.md", "yearly-update.ja.md")):
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        rows = [line for line in text.splitlines() if line.endswith(f"| `{file}` |")]
        assert rows, f"{name} does not name {file}"
        when = " ".join(row.split("|")[1] for row in rows)
        assert all(MONTHS[month][language] in when for month in renewed), name


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert target.startswith("http") or (page.parent / target).exists(), target


def test_every_dependency_has_its_reason() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    names = project["dependencies"] + project["optional-dependencies"]["test"]
    for name in names:
        assert re.split(r"[<>=\[]", name)[0] in text, name


def test_every_folder_tells_what_is_in_it() -> None:
    for folder in ("courses", "subjects", "widgets", "kernels", "grading", "server"):
        text = (ROOT / folder / "README.md").read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 40
