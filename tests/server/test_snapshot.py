"""What a snapshot knows of a lesson's exercises and explorables."""

from dataclasses import replace
from pathlib import Path

import nbformat

from manabiba_server.courses import Course
from manabiba_server.snapshot import ExplorableOnPage, take_snapshot

CELLS = (
    "from manabiba_subjects import Allocation\n"
    "from manabiba_widgets import AllocationExplorer, Field, Number, SharedCost",
    'Number("q1", title="問1", prompt="？", fields=[Field("v", "値")])',
    'AllocationExplorer("x1", title="図1", costs=[SharedCost("家賃", 7, '
    'Allocation({"甲": 1, "乙": 1}, remainder_to="乙"))])',
)


def test_explorables_are_on_the_page_but_not_among_the_exercises(
    course: Course, tmp_path: Path, run_async
) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in CELLS])
    path = tmp_path / "lesson.ipynb"
    nbformat.write(notebook, path)
    snapshot = run_async(take_snapshot(replace(course.lessons[0], notebook=path)))
    assert snapshot.exercise_ids == ("q1",)
    assert snapshot.kinds == ["allocation_explorer", "number"]
    spec = snapshot.explorables[0].spec
    assert snapshot.explorables == (
        ExplorableOnPage(id="x1", kind="allocation_explorer", spec=spec),
    )
    assert spec["costs"][0]["shares"] == [
        {"name": "甲", "weight": "1"},
        {"name": "乙", "weight": "1"},
    ]
    slot = snapshot.html.partition('data-model="explorable-x1">')[2].partition("</div>")[0]
    assert '<tr><th scope="row">乙</th><td>1</td><td>4</td></tr>' in slot
    assert 'data-model="exercise-q1"></div>' in snapshot.html
