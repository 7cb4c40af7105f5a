"""A board as an .xlsx workbook: the teams with their reasons, and tables to read in again."""

from __future__ import annotations

from collections.abc import Iterable

from manabiba_subjects.team_example import example_task
from manabiba_subjects.teams import TeamTask

from ..books.cells import Cell
from ..books.workbook import tables_workbook
from .board import Board
from .explain import team_cards
from .tables import ORGANISATIONS_HEADER, PEOPLE_HEADER, Column

Tables = dict[str, tuple[tuple[str, ...], list[list[Cell]]]]


def board_workbook(board: Board) -> bytes:
    """Everything on a board; the sheets 受講者 and 団体 can be read in again."""
    cards = team_cards(board.task, board.teams) if board.teams else ()
    skills = {one.name: one.skills for one in board.task.participants}
    teams: list[list[Cell]] = [
        [
            card.organisation.name,
            one.name,
            one.wish,
            "固定" if one.is_locked else None,
            _joined(sorted(skills[one.name])),
            "\n".join(one.reasons),
        ]
        for card in cards
        for one in card.people
    ]
    needs: list[list[Cell]] = [
        [card.organisation.name, need.skill, _joined(need.people) or None, need.reason or None]
        for card in cards
        for need in card.needs
    ]
    return tables_workbook(
        {
            "チーム": (("団体", "お名前", "希望との関係", "固定", "スキル", "理由"), teams),
            "必要なスキル": (("団体", "必要なスキル", "できる人", "いないときの理由"), needs),
            **task_tables(board.task),
        }
    )


def template_workbook() -> bytes:
    """The example to overwrite."""
    return tables_workbook(task_tables(example_task()))


def task_tables(task: TeamTask) -> Tables:
    """The two tables of a task; wishes beyond the third stand in a column of their own."""
    most = max((len(one.wishes) for one in task.participants), default=0)
    more = (str(Column.WISHES),) if most > 3 else ()
    people: list[list[Cell]] = []
    for one in task.participants:
        first: list[Cell] = list(one.wishes[:3]) if not more else []
        row: list[Cell] = [
            one.name,
            _joined(sorted(one.skills)),
            *(first + [None] * (3 - len(first))),
            _joined(sorted(one.times)),
        ]
        people.append([*row, "、".join(one.wishes)] if more else row)
    groups: list[list[Cell]] = [
        [one.name, _joined(one.needs), one.smallest, one.largest, _joined(sorted(one.times))]
        for one in task.organisations
    ]
    return {
        "受講者": ((*map(str, PEOPLE_HEADER), *more), people),
        "団体": (tuple(map(str, ORGANISATIONS_HEADER)), groups),
    }


def _joined(words: Iterable[str]) -> str:
    return "、".join(words)
