"""What the tests of the lessons share: a lesson read and run, its tables, its judgements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
import pytest

from manabiba_subjects import Entry, Side, npo_case
from manabiba_widgets import Check, DocumentField, Exercise, Judgement

PLAIN = ("のべ480人", "計画どおりに行う")
"""What a plan's checks find too little: only a count, only a deed."""

AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+")
Answer = dict[str, Any]
Table = list[list[str]]

pytest.register_assert_rewrite("lesson_tests")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Hand a lesson's exercises and mistakes to the tests of `lesson_tests.py`."""
    given = {"judged_id": "JUDGED", "mistake": "MISTAKES", "way": "WAYS"}
    for name in given.keys() & set(metafunc.fixturenames):
        metafunc.parametrize(name, getattr(metafunc.module, given[name]))


@pytest.fixture
def right(request: pytest.FixtureRequest) -> dict[str, Answer]:
    """The right answers of the lesson a test module is about."""
    return request.module.RIGHT


@pytest.fixture(scope="module")
def notebook(request: pytest.FixtureRequest) -> Path:
    """The lesson a test module is about: its `NOTEBOOK`."""
    return request.module.NOTEBOOK


@pytest.fixture(scope="module")
def code_cells(notebook: Path) -> list[Any]:
    return [c for c in nbformat.read(notebook, as_version=4).cells if c.cell_type == "code"]


@pytest.fixture(scope="module")
def text(notebook: Path) -> str:
    """What a participant reads: the Markdown cells."""
    cells = nbformat.read(notebook, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


@pytest.fixture(scope="module")
def names(
    code_cells: list[Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """Every name of the notebook after all of its cells have run, keys included."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("lesson"))
        patch.delenv("NBGRADER_EXECUTION", raising=False)
        found: dict[str, Any] = {}
        for cell in code_cells:
            exec(compile(cell.source, cell.metadata.nbgrader.grade_id, "exec"), found)
        yield found


@pytest.fixture(scope="module")
def lesson(names: dict[str, Any]) -> dict[str, Exercise]:
    """The exercises of the notebook by id, with their keys."""
    return {found.exercise_id: found for found in names.values() if isinstance(found, Exercise)}


def _told(judgement: Judgement) -> str:
    return "\n".join([judgement.message, *(part.message for part in judgement.parts)])


def _wrong_answers(exercise: Exercise, right: Answer) -> Iterator[tuple[str, Answer]]:
    """Each message of a key, and an answer that is right but for the mistake it is about."""
    if exercise.kind in WRONG_ANSWERS and "placed" not in right:
        yield from WRONG_ANSWERS[exercise.kind](exercise, right)
        return
    key, [(field, answer)] = exercise._key, right.items()
    if exercise.kind == "choice":
        kept = answer if exercise.spec["multiple"] else []
        for option, message in key.messages.items():
            yield message, {field: [*kept, option]}
        return
    if exercise.kind == "document":
        for check in key.checks:
            yield check.message, {field: _poorer(exercise, check, answer)}
        return
    for where, known in key.mistakes.items():
        if exercise.kind == "order":
            yield known, {field: _put_before(answer, *where)}
        elif exercise.kind == "journal_entry":
            for mistake in known:
                yield mistake.message, {field: {**answer, where: _typed(mistake.entry)}}
        else:
            for value, message in known.items():
                entered = str(value)
                if exercise.kind == "find_errors" and not value:
                    entered = next(iter(exercise._spec.corrections[where]))
                yield message, {field: {**answer, where: entered}}


def _put_before(steps: list[str], before: str, after: str) -> list[str]:
    rest = [step for step in steps if step != before]
    rest.insert(rest.index(after), before)
    return rest


def _wrong_timelines(exercise: Exercise, right: Answer) -> Iterator[tuple[str, Answer]]:
    key = exercise._key
    for pair, message in key.order_mistakes.items():
        yield message, {**right, "order": _put_before(right["order"], *pair)}
    for step, known in key.date_mistakes.items():
        for day, message in known.items():
            yield message, {**right, "dates": {**right["dates"], step: day.isoformat()}}


def _wrong_timesheets(exercise: Exercise, right: Answer) -> Iterator[tuple[str, Answer]]:
    minutes = right["minutes"]
    for day, found in exercise._key.mistakes.items():
        for category, known in found.items():
            for value, message in known.items():
                wrong = {**minutes.get(day, {}), category: f"{value}分"}
                yield message, {"minutes": {**minutes, day: wrong}}


def _wrong_ranks(exercise: Exercise, right: Answer) -> Iterator[tuple[str, Answer]]:
    for about, message in exercise._key.mistakes.items():
        item, what = about[0], about[1]
        if len(about) == 3:
            own = {**right["values"][item], what: str(about[2])}
            yield message, {**right, "values": {**right["values"], item: own}}
        elif isinstance(what, int):
            yield message, {**right, "products": {**right["products"], item: str(what)}}
        else:
            yield message, {**right, "order": _put_before(right["order"], item, what)}


def _wrong_matrices(exercise: Exercise, right: Answer) -> Iterator[tuple[str, Answer]]:
    key, cells = exercise._key, right["cells"]
    for (row, column), known in key.mistakes.items():
        for option, message in known.items():
            yield message, {"cells": {**cells, f"{row}.{column}": option}}
    options = exercise.spec["options"]
    changed = [{**cells, name: option} for name in cells for option in options]
    changed += [dict.fromkeys(cells, option) for option in options]
    answers = [{"cells": wrong} for wrong in changed]
    for rule in key.rules:
        yield rule.message, _first_missing(exercise, f"rule:{rule.id}", answers)


def _wrong_plans(exercise: Exercise, right: Answer) -> Iterator[tuple[str, Answer]]:
    entries, answers = right["entries"], [{**right, "arrows": []}]
    for column, rows in entries.items():
        for changed in (rows[:1], *([{**row, "text": text} for row in rows] for text in PLAIN)):
            answers.append({**right, "entries": {**entries, column: changed}})
    for check in exercise._key.checks:
        name = f"check:{check.field or ''}:{check.id}"
        yield check.message, _first_missing(exercise, name, answers)


def _first_missing(exercise: Exercise, name: str, answers: list[Answer]) -> Answer:
    """The first of these answers in which this part is not right."""
    for wrong in answers:
        told = exercise.judge(wrong, with_key=True).parts
        if any(part.input == name and not part.ok for part in told):
            return wrong
    raise AssertionError(f"{exercise.exercise_id}: no answer tried misses {name}")


def _wrong_data(exercise: Exercise, right: Answer) -> Iterator[tuple[str, Answer]]:
    """Each message of a data task, and an answer with the mark, cell or value it is about."""
    key = exercise._key
    for row, message in key.mark_mistakes.items():
        yield message, {**right, "marks": [*right.get("marks", []), row]}
    for part, mistakes in (("cells", key.cell_mistakes), ("values", key.value_mistakes)):
        for name, known in mistakes.items():
            for value, message in known.items():
                yield message, {**right, part: {**right.get(part, {}), name: str(value)}}


def _worse_texts(exercise: Exercise, right: Answer) -> Iterator[tuple[str, Answer]]:
    """Each message of a rewriting, and a text that does not pass its check."""
    texts = ["ー", "長" * 3000, f"{exercise.spec['text']}ー", f"{right['text']}ー"]
    for check in exercise._key.checks:
        for text in texts:
            parts = exercise.judge({"text": text}, with_key=True).parts
            if not {part.input.rpartition(":")[2]: part.ok for part in parts}[check.id]:
                yield check.message, {"text": text}
                break
        else:
            pytest.fail(f"{exercise.exercise_id}: check {check.id} passes whatever is entered")


def _case_answers(exercise: Exercise, right: Answer) -> Iterator[tuple[str, Answer]]:
    """Each message of a case, and a way past it; without the memo, as a message may praise."""
    story, key = exercise._spec.story, exercise._key
    ways = {e.id: list(story.ways_to(e.id)) for e in story.endings}
    for ending, message in key.ending_messages.items():
        yield message, {**right, "path": _path(ways[ending][0]), "memo": ""}
    for at, message in key.messages.items():
        paths = [_path(way) for found in ways.values() for way in found]
        yield message, {**right, "path": next(p for p in paths if list(at) in p), "memo": ""}
    for one, message in key.consult_messages.items():
        yield message, {**right, "consult": [*right["consult"], one]}


def _path(way: Any) -> list[list[str]]:
    return [[scene.id, option.id] for scene, option in way]


def _poorer(exercise: Exercise, check: Check, fields: Answer) -> Answer:
    """A right document with one field changed so that a check does not pass any more."""
    for item in exercise._paper.fields:
        if check.field not in (None, item.id):
            continue
        for value in _other_values(item, fields.get(item.id)):
            changed = {**fields, item.id: value}
            parts = exercise.judge({"fields": changed}, with_key=True).parts
            told = {part.input.rpartition(":")[2]: part.ok for part in parts}
            if not told.get(check.id, True):
                return changed
    pytest.fail(f"{exercise.exercise_id}: check {check.id} passes whatever is entered")


def _other_values(item: DocumentField, right: Any) -> Iterator[Any]:
    """What else somebody might enter; nothing at all comes last."""
    plain = {
        "line": ["ー", "長" * 3000],
        "text": ["ー", "長" * 3000],
        "number": ["0", "1", "999999999", "▲1"],
        "date": ["1990-01-01", "2099-12-31"],
        "choice": list(item.options),
    }
    if item.kind != "rows":
        yield from plain[item.kind]
        yield ""
        return
    rows = right or [{}]
    yield from (rows[:1], rows[1:], rows[::-1])
    for column in item.columns:
        yield from ([{**row, column.id: value} for row in rows] for value in plain[column.kind])
        yield [{**row, column.id: ""} for row in rows]
    yield []


WRONG_ANSWERS = {
    "case": _case_answers,
    "data_task": _wrong_data,
    "matrix": _wrong_matrices,
    "plan": _wrong_plans,
    "rank": _wrong_ranks,
    "rewrite": _worse_texts,
    "timeline": _wrong_timelines,
    "timesheet": _wrong_timesheets,
}
"""The kinds whose answers have more than one field, or messages of the whole."""


def _typed(entry: Entry) -> dict[str, list[dict[str, str]]]:
    sides: dict[str, list[dict[str, str]]] = {"debit": [], "credit": []}
    for line in entry.lines:
        side = "debit" if line.side is Side.DEBIT else "credit"
        sides[side].append({"account": line.account, "amount": str(line.amount)})
    return sides


@pytest.fixture(scope="session")
def told() -> Callable[[Judgement], str]:
    """`told(judgement)`: everything it says, first the whole, then its parts."""
    return _told


@pytest.fixture(scope="session")
def points() -> Callable[[Exercise, Answer], float]:
    """`points(exercise, answer)`: what the answer earns."""
    return lambda exercise, answer: (
        exercise.judge(answer, with_key=True).score * exercise.spec["points"]
    )


@pytest.fixture(scope="session")
def changed() -> Callable[[Answer, Mapping[str, Any]], Answer]:
    """`changed(right, change)`: a right answer but for some of its entries."""

    def change_some(right: Answer, change: Mapping[str, Any]) -> Answer:
        answer = deepcopy(right)
        for field, entered in change.items():
            answer[field] = {**answer[field], **entered} if isinstance(entered, dict) else entered
        return answer

    return change_some


@pytest.fixture(scope="session")
def assert_right() -> Callable[[Exercise, Answer], None]:
    """`assert_right(exercise, answer)`: it earns everything, is explained, and is whole."""

    def check(exercise: Exercise, answer: Answer) -> None:
        judgement = exercise.judge(answer, with_key=True)
        assert (judgement.status, judgement.score) == ("right", 1.0)
        assert exercise.judge(answer, with_key=False).status == "formal"
        assert exercise.solution().explanation

    return check


@pytest.fixture(scope="session")
def assert_every_message_reached() -> Callable[[Exercise, Answer], None]:
    """`assert_every_message_reached(exercise, right)`: each mistake a key names is told."""

    def check(exercise: Exercise, right: Answer) -> None:
        found = list(_wrong_answers(exercise, right))
        assert len(found) >= 3
        for message, answer in found:
            judgement = exercise.judge(answer, with_key=True)
            assert judgement.score < 1.0
            assert message in _told(judgement)

    return check


@pytest.fixture(scope="session")
def assert_only_the_first_cell_costs(
    points: Callable[[Exercise, Answer], float],
) -> Callable[[Exercise, Answer, float], None]:
    """`assert_only_the_first_cell_costs(exercise, answer, earned)`: what follows still counts."""

    def check(exercise: Exercise, answer: Answer, earned: float) -> None:
        assert points(exercise, answer) == pytest.approx(earned)
        parts = exercise.judge(answer, with_key=True).parts
        followed = [part.message for part in parts if part.ok and part.message]
        assert followed
        assert all("前の数字をもとにすると合っています" in message for message in followed)

    return check


def _tables(text: str) -> list[Table]:
    found = re.findall(r"(?:^\|.*\|\n?)+", text, re.MULTILINE)
    rows = [[line.strip()[1:-1].split("|") for line in one.strip().split("\n")] for one in found]
    return [
        [[cell.strip(" *") for cell in row] for row in table if not set("".join(row)) <= set("-: ")]
        for table in rows
    ]


def _yen(cell: str) -> int:
    return 0 if cell == "なし" else int(cell.replace(",", "").replace("▲", "-"))


def _amounts(value: Any) -> Iterator[int]:
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _amounts(item)
    elif isinstance(value, str):
        yield from (_yen(found) for found in AMOUNT.findall(value))
    elif isinstance(value, int):
        yield value


@pytest.fixture(scope="session")
def tables() -> Callable[[str], list[Table]]:
    """`tables(text)`: its tables as rows of cells without emphasis, dividing rows left out."""
    return _tables


@pytest.fixture(scope="session")
def table_of() -> Callable[[str, str], Table]:
    """`table_of(text, head)`: the rows of the one table whose first head begins so."""

    def find(text: str, head: str) -> Table:
        [found] = [table for table in _tables(text) if table[0][0].startswith(head)]
        return found[1:]

    return find


@pytest.fixture(scope="session")
def yen() -> Callable[[str], int]:
    """`yen("▲1,200")`: the number a cell shows."""
    return _yen


@pytest.fixture(scope="session")
def amounts_in() -> Callable[[str], set[int]]:
    """`amounts_in(text)`: every amount of a thousand and more in it."""
    return lambda text: {_yen(found) for found in AMOUNT.findall(text)}


@pytest.fixture(scope="session")
def case_amounts() -> frozenset[int]:
    """Every number in the case, also those inside its sentences."""
    return frozenset(_amounts(npo_case.case()))
