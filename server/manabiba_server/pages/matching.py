"""The coordinator's team board: tables in, teams found and explained, moved by hand, tables out."""

from __future__ import annotations

import time
from typing import Any, Literal

from tornado.ioloop import IOLoop
from tornado.web import HTTPError

from manabiba_subjects.team_example import example_task
from manabiba_subjects.teams import find_problems

from ..database import Run
from ..matching.board import (
    Board,
    BoardError,
    load_board,
    moved,
    save_board,
    with_task,
    with_teams,
)
from ..matching.clash import Clash
from ..matching.explain import NOT_PROVED, PRINCIPLE, summary, team_cards
from ..matching.solve import find_teams
from ..matching.tables import Reading, SentTable, read_files
from ..matching.workbook import board_workbook, template_workbook
from .books import XLSX
from .room import StaffHandler

Change = Literal["upload", "example", "solve", "move"]
DONE = {
    "upload": "表を読みこみました。",
    "example": "見本の表を読みこみました。",
    "solve": "チームを作りました。",
    "move": "変えました。",
}
_SOLVING: set[str] = set()
"""The runs whose teams are being searched: one search at a time for each."""


class MatchingHandler(StaffHandler):
    """What the pages of the board share."""

    def read_board(self, run_id: str) -> tuple[Run, Board | None]:
        """The run with its board, for its instructors and coordinators alone."""
        with self.context.database.reading() as session:
            run = self.staff_run(session, run_id)
            return run, load_board(session, run_id)

    def show(
        self,
        run_id: str,
        *,
        reading: Reading | None = None,
        clash: Clash | None = None,
        trouble: str = "",
    ) -> None:
        """The board, with whatever stood in the way of a change."""
        run, board = self.read_board(run_id)
        cards = team_cards(board.task, board.teams) if board and board.teams else ()
        self.page(
            "matching.html.j2",
            run=run,
            board=board,
            cards=cards,
            problems=find_problems(board.task, board.teams) if board and board.teams else (),
            summary=summary(board.task, board.teams) if board and board.teams else "",
            principle=PRINCIPLE,
            not_proved=NOT_PROVED,
            reading=reading,
            clash=clash,
            trouble=trouble,
            done=DONE.get(self.get_query_argument("done", ""), ""),
            chosen=self.get_argument("person", ""),
        )


class BoardPage(MatchingHandler):
    """`/room/<run>/matching`: the board."""

    def get(self, run_id: str) -> None:
        self.show(run_id)


class BoardChange(MatchingHandler):
    """`/room/<run>/matching/…`: one change, made whole or not at all."""

    def get(self, run_id: str, change: Change) -> None:
        self.redirect(f"/room/{run_id}/matching")

    async def post(self, run_id: str, change: Change) -> None:
        _, board = self.read_board(run_id)
        try:
            if change == "upload":
                made = await self._upload(run_id, board)
            elif change == "example":
                made = with_task(board, example_task())
            elif board is None:
                raise BoardError("先に、受講者と団体の表を読みこんでください。")
            elif change == "solve":
                made = await self._solve(run_id, board)
            else:
                made = moved(
                    board,
                    self.get_body_argument("person", ""),
                    self.get_body_argument("organisation", ""),
                    is_locked=self.get_body_argument("lock", "") == "1",
                )
            if made is None:
                return
            with self.context.database.session() as session:
                save_board(session, run_id, made, now=self.context.clock())
        except BoardError as error:
            self.set_status(409)
            self.show(run_id, trouble=str(error))
            return
        self.redirect(f"/room/{run_id}/matching?done={change}")

    async def _upload(self, run_id: str, board: Board | None) -> Board | None:
        files = [
            SentTable(file["filename"], file["body"])
            for field in ("people", "organisations")
            for file in self.request.files.get(field, [])
            if file["body"]
        ]
        reading = await IOLoop.current().run_in_executor(None, read_files, files)
        if reading.task is None:
            self.set_status(422)
            self.show(run_id, reading=reading)
            return None
        return with_task(board, reading.task)

    async def _solve(self, run_id: str, board: Board) -> Board | None:
        if run_id in _SOLVING:
            raise BoardError("いま、チームを探しています。終わるまで少しお待ちください。")
        _SOLVING.add(run_id)
        try:
            found = await IOLoop.current().run_in_executor(
                None, lambda: find_teams(board.task, timer=time.monotonic)
            )
        except TimeoutError:
            raise BoardError(
                "決められた時間の中では見つかりませんでした。人を何人か固定するか、"
                "2つの表に分けて、もう一度お試しください。"
            ) from None
        finally:
            _SOLVING.discard(run_id)
        if isinstance(found, Clash):
            self.set_status(409)
            self.show(run_id, clash=found)
            return None
        return with_teams(board, found)


class BoardDownload(MatchingHandler):
    """`/room/<run>/matching/….xlsx`: the board to keep, or tables to fill in."""

    async def get(self, run_id: str, name: str) -> None:
        run, board = self.read_board(run_id)
        make: Any = template_workbook
        title = "まなびば_チーム分けのひな形.xlsx"
        if name == "teams":
            if board is None:
                raise HTTPError(404)
            make, title = (lambda: board_workbook(board)), f"チーム分け_{run.title}.xlsx"
        data = await IOLoop.current().run_in_executor(None, make)
        self.send_file(data, title, XLSX)
