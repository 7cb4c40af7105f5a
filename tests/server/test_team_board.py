"""A run's board is kept whole; moves and locks; two coordinators at the same time."""

import json
from dataclasses import replace

import pytest

from manabiba_server.matching.board import (
    Board,
    BoardError,
    board_from_json,
    board_to_json,
    load_board,
    moved,
    save_board,
    with_task,
    with_teams,
)
from manabiba_server.matching.solve import Found
from manabiba_subjects.team_example import example_task
from manabiba_subjects.teams import Organisation, Participant, TeamTask

TASK = TeamTask(
    (Participant("A", frozenset({"広報"}), ("食堂",)), Participant("B")),
    (Organisation("広場", ("広報",), 0, 2), Organisation("食堂", (), 0, 2)),
)
BOARD = Board(TASK, {"A": "食堂", "B": "広場"}, "best", 3)


@pytest.mark.parametrize(
    "board", [BOARD, Board(example_task()), moved(BOARD, "A", "広場", is_locked=True)]
)
def test_a_board_comes_back_from_json_unchanged(board: Board) -> None:
    content = json.loads(json.dumps(board_to_json(board)))
    assert board_from_json(content, board.revision) == board


def test_a_board_belongs_to_its_run(world) -> None:
    with world.database.session() as session:
        assert load_board(session, world.run) is None
        save_board(session, world.run, Board(TASK), now=world.now)
        assert load_board(session, world.run) == Board(TASK, revision=1)
        save_board(session, world.run, replace(BOARD, revision=1), now=world.now)
        assert load_board(session, world.run) == replace(BOARD, revision=2)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(world) -> None:
    with world.database.session() as session:
        save_board(session, world.run, Board(TASK), now=world.now)
    for stale in (Board(TASK), replace(BOARD, revision=2)):
        with pytest.raises(BoardError, match="ほかの人"), world.database.session() as session:
            save_board(session, world.run, stale, now=world.now)
    with world.database.reading() as session:
        assert load_board(session, world.run) == Board(TASK, revision=1)


def test_a_move_by_hand_and_its_lock() -> None:
    there = moved(BOARD, "A", "広場", is_locked=False)
    assert (there.teams, there.origin, there.task.locks) == (
        {"A": "広場", "B": "広場"},
        "by_hand",
        {},
    )
    locked = moved(BOARD, "A", "食堂", is_locked=True)
    assert (locked.teams, locked.origin, locked.task.locks) == (BOARD.teams, "best", {"A": "食堂"})


def test_teams_made_for_a_lock_are_not_called_the_best_without_it() -> None:
    """A stays where the lock was, though there is a place where A wished to be."""
    made = replace(BOARD, teams={"A": "広場", "B": "広場"})
    locked = replace(made, task=replace(TASK, locks={"A": "広場"}))
    freed = moved(locked, "A", "広場", is_locked=False)
    assert (freed.teams, freed.origin, freed.task.locks) == (made.teams, "by_hand", {})
    nobody = replace(locked, teams={}, origin="none")
    assert moved(nobody, "A", "広場", is_locked=False) == Board(TASK, revision=3)


def test_somebody_is_locked_before_there_are_teams() -> None:
    locked = moved(Board(TASK), "B", "食堂", is_locked=True)
    assert (locked.teams, locked.origin, locked.task.locks) == ({}, "none", {"B": "食堂"})


def test_names_that_are_not_on_the_board_are_refused() -> None:
    with pytest.raises(BoardError, match="いまの表にありません"):
        moved(BOARD, "C", "広場", is_locked=True)
    with pytest.raises(BoardError, match="団体を選んでください"):
        moved(BOARD, "A", "", is_locked=True)


def test_what_would_change_nothing_is_refused() -> None:
    locked = moved(BOARD, "A", "食堂", is_locked=True)
    for board, is_locked in ((BOARD, False), (locked, True), (Board(TASK), False)):
        with pytest.raises(BoardError, match="いまと同じです"):
            moved(board, "A", "食堂", is_locked=is_locked)


def test_new_tables_keep_the_locks_that_still_mean_something() -> None:
    board = moved(moved(BOARD, "A", "広場", is_locked=True), "B", "食堂", is_locked=True)
    other = TeamTask((Participant("A"), Participant("B")), TASK.organisations[:1])
    assert with_task(board, other) == Board(replace(other, locks={"A": "広場"}), revision=3)
    assert with_task(None, TASK) == Board(TASK)


def test_found_teams_say_how_good_they_are() -> None:
    teams = {"A": "広場", "B": "食堂"}
    assert with_teams(BOARD, Found(teams, True)) == Board(TASK, teams, "best", 3)
    assert with_teams(BOARD, Found(teams, False)).origin == "good"
