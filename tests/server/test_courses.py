from pathlib import Path

import pytest

from manabiba_server.courses import CourseError, load_courses

ROOT = Path(__file__).parents[2]
GOOD = """id = "c"
title = "講座"
audience = "皆さん"
summary = "要約"
[[lessons]]
id = "c-1"
number = 1
title = "一回"
summary = "はじめ"
notebook = "01.ipynb"
minutes = 90
points = 3
"""


def write(folder: Path, text: str) -> None:
    (folder / "c").mkdir()
    (folder / "c" / "course.toml").write_text(text, encoding="utf-8")


def test_the_projects_own_courses_load() -> None:
    courses = load_courses(ROOT / "courses")
    assert courses["accounting"].lessons[0].id == "accounting-1"
    assert courses["accounting"].lesson("accounting-1").points == 40
    assert courses["accounting"].lesson("elsewhere") is None


def test_all_mistakes_are_told_together_with_file_and_entry(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace('title = "講座"\n', "").replace("minutes = 90\n", ""))
    with pytest.raises(CourseError) as told:
        load_courses(tmp_path)
    lines = str(told.value).splitlines()
    assert len(lines) == 2
    assert all("c/course.toml" in line for line in lines)
    assert "title is missing" in lines[0]
    assert "lesson 1: minutes missing" in lines[1]


def test_a_missing_notebook_is_named(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    with pytest.raises(CourseError, match=r"names 01\.ipynb, which does not exist"):
        load_courses(tmp_path)


def test_a_lesson_id_used_twice_is_told(tmp_path: Path) -> None:
    write(tmp_path, GOOD + GOOD[GOOD.index("[[lessons]]") :])
    (tmp_path / "c" / "01.ipynb").touch()
    with pytest.raises(CourseError, match="c-1 is used twice"):
        load_courses(tmp_path)


@pytest.mark.parametrize("text", ["", "not toml", 'id = "c"'])
def test_unusable_files_are_told(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    with pytest.raises(CourseError, match=r"c/course\.toml"):
        load_courses(tmp_path)


def test_no_course_and_no_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="add a course"):
        load_courses(tmp_path)
    with pytest.raises(CourseError, match="no such folder"):
        load_courses(tmp_path / "nowhere")
