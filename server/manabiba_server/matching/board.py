"""A run's team board: who takes part, what is locked, the teams; kept as one whole."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy.orm import Session

from manabiba_subjects.teams import Organisation, Participant, Teams, TeamTask

from ..database import TeamBoardRow

if TYPE_CHECKING:
    from .solve import Found

Origin = Literal["none", "best", "good", "by_hand"]
"""Where the teams come from: proved the best, the best in time, or changed by hand
(a lock taken away counts as well)."""


class BoardError(ValueError):
    """A change that cannot be made; the message says why, in Japanese."""


@dataclass(frozen=True)
class Board:
    """A task with its teams, which are empty until they were made; `revision` of what was read."""

    task: TeamTask
    teams: Teams = field(default_factory=dict)
    origin: Origin = "none"
    revision: int = 0


def load_board(session: Session, run_id: str) -> Board | None:
    """A run's board; None when nothing was read in yet."""
    row = session.get(TeamBoardRow, run_id)
    return board_from_json(row.content, row.revision) if row is not None else None


def save_board(session: Session, run_id: str, board: Board, *, now: datetime) -> None:
    """Keep a board. Raises BoardError when somebody else has changed it since it was read."""
    row = session.get(TeamBoardRow, run_id)
    if (row.revision if row is not None else 0) != board.revision:
        raise BoardError(
            "その間に、ほかの人がチーム分けを変えました。いまの内容を見て、もう一度お試しください。"
        )
    if row is None:
        row = TeamBoardRow(run_id=run_id)
        session.add(row)
    row.content = board_to_json(board)
    row.changed_at = now
    row.revision = board.revision + 1
    session.flush()


def with_task(board: Board | None, task: TeamTask) -> Board:
    """The board of newly read tables: locks are kept where both names are still there."""
    if board is None:
        return Board(task)
    people = {one.name for one in task.participants}
    groups = {one.name for one in task.organisations}
    locks = {
        name: group
        for name, group in board.task.locks.items()
        if name in people and group in groups
    }
    return Board(replace(task, locks=locks), revision=board.revision)


def with_teams(board: Board, found: Found) -> Board:
    """The board with the teams that were found."""
    return replace(board, teams=found.teams, origin="best" if found.is_best else "good")


def moved(board: Board, person: str, organisation: str, *, is_locked: bool) -> Board:
    """The board with one person in another team, locked there or not.

    Without a lock that the teams were made for, they may not be the best any more.
    Raises BoardError for names that are not on the board, and when nothing would change.
    """
    if person not in {one.name for one in board.task.participants}:
        raise BoardError("この受講者は、いまの表にありません。")
    if organisation not in {one.name for one in board.task.organisations}:
        raise BoardError("移す先の団体を選んでください。")
    locks = {name: group for name, group in board.task.locks.items() if name != person}
    if is_locked:
        locks[person] = organisation
    stays = not board.teams or board.teams[person] == organisation
    if stays and locks == board.task.locks:
        raise BoardError("いまと同じです。移す先の団体か、「ここに固定する」の印を変えてください。")
    task = replace(board.task, locks=locks)
    is_freed = person in board.task.locks and not is_locked
    if stays and not (board.teams and is_freed):
        return replace(board, task=task)
    return replace(board, task=task, teams={**board.teams, person: organisation}, origin="by_hand")


def board_to_json(board: Board) -> dict[str, Any]:
    """A board for the database."""
    return {
        "participants": [
            {
                "name": one.name,
                "skills": sorted(one.skills),
                "wishes": list(one.wishes),
                "times": sorted(one.times),
            }
            for one in board.task.participants
        ],
        "organisations": [
            {
                "name": one.name,
                "needs": list(one.needs),
                "smallest": one.smallest,
                "largest": one.largest,
                "times": sorted(one.times),
            }
            for one in board.task.organisations
        ],
        "locks": dict(board.task.locks),
        "teams": dict(board.teams),
        "origin": board.origin,
    }


def board_from_json(content: dict[str, Any], revision: int) -> Board:
    """A board from the database."""
    task = TeamTask(
        tuple(
            Participant(
                one["name"],
                frozenset(one["skills"]),
                tuple(one["wishes"]),
                frozenset(one["times"]),
            )
            for one in content["participants"]
        ),
        tuple(
            Organisation(
                one["name"],
                tuple(one["needs"]),
                one["smallest"],
                one["largest"],
                frozenset(one["times"]),
            )
            for one in content["organisations"]
        ),
        content["locks"],
    )
    return Board(task, content["teams"], content["origin"], revision)
