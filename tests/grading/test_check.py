from pathlib import Path

import nbformat
import pytest

from manabiba_grading.check import check_notebook, check_pair, main

ROOT = Path(__file__).parents[2]


def broken(path: Path, change) -> list[str]:
    notebook = nbformat.read(path, as_version=4)
    change(notebook.cells)
    nbformat.write(notebook, path)
    return check_notebook(path)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda cells: cells[2].metadata.clear(), "code without nbgrader metadata"),
        (lambda cells: cells[2].metadata["nbgrader"].update(points=9), "must be ….points(9)"),
        (lambda cells: cells[2].metadata["nbgrader"].update(locked=False), "must be locked"),
        (lambda cells: cells.pop(1), "no cell number-ask before it"),
        (lambda cells: cells.pop(2), "exercise number has no grade cell"),
        (
            lambda cells: cells[2].update(source=cells[2].source.replace("### END", "# END")),
            "do not match",
        ),
        (
            lambda cells: cells[1].update(source="number.key(values={})"),
            "outside the hidden tests",
        ),
    ],
)
def test_an_authors_mistake_is_named_with_its_cell(tmp_path, lesson_file, change, told) -> None:
    path = lesson_file(tmp_path / "lesson.ipynb", exercises=["number"])
    assert check_notebook(path) == []
    errors = broken(path, change)
    assert any(told in error and "lesson.ipynb" in error for error in errors), errors


def test_a_pair_that_differs_is_told(tmp_path, lesson_file) -> None:
    path = lesson_file(tmp_path / "lesson.ipynb", exercises=["number"])
    assert "no lesson.md beside it" in check_pair(path)[0]
    path.with_suffix(".md").write_text("# 別の文\n", encoding="utf-8")
    assert "differs from lesson.md" in check_pair(path)[0]


@pytest.mark.parametrize("path", sorted((ROOT / "courses").glob("*/*.ipynb")), ids=str)
def test_all_lessons_keep_the_rules(path: Path) -> None:
    assert [*check_notebook(path), *check_pair(path)] == []


def test_one_course_is_checked_too_and_no_notebook_is_an_error(tmp_path: Path, capsys) -> None:
    assert main([str(ROOT / "courses" / "labor")]) == 0
    assert capsys.readouterr().out == "2 notebook(s) checked, 0 error(s)\n"
    assert main([str(tmp_path)]) == 1
    assert "no notebook there" in capsys.readouterr().err
