"""An author's check of lesson notebooks: `python -m manabiba_grading courses`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jupytext
import nbformat

from .keys import BEGIN, END, shows_key
from .submission import RUBRIC, exercise_of


def check_notebook(path: Path) -> list[str]:
    """Everything wrong with a lesson's notebook, each line naming file, cell and exercise."""
    notebook = nbformat.read(path, as_version=4)
    errors: list[str] = []
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        errors.append(f"{path}: not a valid notebook: {error.message}")
    asked: list[str] = []
    graded: list[str] = []
    for number, cell in enumerate(notebook.cells):
        about = cell.metadata.get("nbgrader", {})
        name = about.get("grade_id", "")
        where = f"{path}: cell {number}" + (f" ({name})" if name else "")
        if cell.cell_type == "code":
            errors.extend(_check_code(where, cell, about))
        if name.endswith("-ask"):
            asked.append(name.removesuffix("-ask"))
        elif about.get("grade"):
            graded.append(name)
            exercise = exercise_of(name) if about.get("solution") else name
            if exercise not in asked:
                errors.append(f"{where}: no cell {exercise}-ask before it; name the asking cell so")
            if exercise != name and exercise not in graded:
                errors.append(f"{where}: {RUBRIC} is for what {exercise}'s own grade cell leaves")
    errors.extend(
        f"{path}: exercise {name}: two cells with this grade_id"
        for name in sorted({n for n in graded if graded.count(n) > 1})
    )
    errors.extend(
        f"{path}: exercise {name} has no grade cell; add one with grade_id {name}"
        for name in asked
        if name not in graded
    )
    return errors


def _check_code(where: str, cell: Any, about: Any) -> list[str]:
    errors = []
    source = cell.source
    if not about:
        errors.append(f"{where}: code without nbgrader metadata; lock it")
    if source.count(BEGIN) != source.count(END):
        errors.append(f"{where}: {BEGIN} and {END} do not match")
    if cell.get("outputs"):
        errors.append(f"{where}: has outputs; clear them before committing")
    if about.get("solution") and BEGIN in source:
        errors.append(f"{where}: hidden tests are lost in a cell that is graded by hand")
    if shows_key(cell):
        errors.append(f"{where}: .key(…) outside the hidden tests; participants would get it")
    if about.get("grade") and not about.get("solution"):
        last = source.rstrip().splitlines()[-1] if source.strip() else ""
        points = last.partition(".points(")[2].rstrip(")")
        if not points or float(points) != float(about.get("points", -1)):
            errors.append(
                f"{where}: last line {last!r} must be ….points({about.get('points')}), "
                "as the cell's metadata say"
            )
        if not about.get("locked"):
            errors.append(f"{where}: a grade cell must be locked")
    return errors


def check_pair(path: Path) -> list[str]:
    """Whether a notebook and its Markdown twin say the same."""
    twin = path.with_suffix(".md")
    if not twin.exists():
        return [f"{path}: no {twin.name} beside it; run `make sync`"]
    ours, theirs = nbformat.read(path, as_version=4), jupytext.read(twin)

    def content(notebook: Any) -> list[Any]:
        return [
            (cell.cell_type, cell.source.rstrip(), cell.metadata.get("nbgrader"))
            for cell in notebook.cells
        ]

    if content(ours) != content(theirs):
        return [f"{path}: differs from {twin.name}; run `make sync`"]
    return []


def main(folders: Sequence[str]) -> int:
    """Check all lessons in and below the folders; 1 when something is wrong or there is none."""
    paths = [path for folder in folders for path in sorted(Path(folder).rglob("*.ipynb"))]
    if not paths:
        sys.stderr.write("no notebook there: name the folder of the courses, or of one\n")
        return 1
    errors = [error for path in paths for error in (*check_notebook(path), *check_pair(path))]
    for error in errors:
        sys.stderr.write(error + "\n")
    sys.stdout.write(f"{len(paths)} notebook(s) checked, {len(errors)} error(s)\n")
    return 1 if errors else 0
