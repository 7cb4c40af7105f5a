"""The kernels behind open pages: one for each person and lesson, each bound to its owner."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import nbformat
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from traitlets import default

from manabiba_kernels.provisioner import can_fork

from .courses import Lesson
from .execution import kernel_environment, page_kernel_name
from .snapshot import code_cells

START_TIMEOUT_S = 60

_log = logging.getLogger(__name__)


class PageKernelManager(ServerKernelManager):
    """Jupyter's manager of one kernel, with one event logger for all: making one takes longer
    than a fork."""

    @default("event_logger")
    def _default_event_logger(self) -> Any:
        return _event_logger()


@cache
def _event_logger() -> Any:
    return ServerKernelManager().event_logger


class KernelUnavailable(RuntimeError):
    """No kernel can be had right now; the page goes on saving and tries again."""


@dataclass(frozen=True)
class Seat:
    """Whose kernel it is: one person in one lesson of one run."""

    run_id: str
    lesson_id: str
    person_id: str


@dataclass
class _Attached:
    seat: Seat
    last_used: float
    closers: set[Callable[[], None]] = field(default_factory=set)


class KernelPool:
    """Starts, keeps, finds and ends page kernels.

    `manager` is a jupyter_server kernel manager; `clock` gives seconds; `forkable` gives the key
    of the process that a lesson's kernels are forked from; `answers` gives what somebody has
    answered (exercise id → `{"answer", "hints_opened"}`). Above `limit` kernels
    (or `limit_each` for one person) the least recently used one goes: everything that
    must last is in the answer store, so its page only attaches a new one at its next check.
    """

    def __init__(
        self,
        manager: Any,
        *,
        clock: Callable[[], float],
        forkable: Callable[[Lesson], Awaitable[str]],
        answers: Callable[[Seat], Mapping[str, Any]],
        limit: int = 300,
        limit_each: int = 3,
        idle_s: float = 600.0,
    ) -> None:
        self._manager = manager
        self._answers = answers
        self._clock = clock
        self._forkable = forkable
        self._limit = limit
        self._limit_each = limit_each
        self._idle_s = idle_s
        self._attached: dict[str, _Attached] = {}
        self._locks: dict[Seat, asyncio.Lock] = {}

    def __len__(self) -> int:
        return len(self._attached)

    def owner(self, kernel_id: str) -> str | None:
        """The id of the person a kernel belongs to, None for an unknown kernel."""
        attached = self._attached.get(kernel_id)
        return attached.seat.person_id if attached else None

    def seat(self, kernel_id: str) -> Seat | None:
        """Whose kernel it is, None for an unknown kernel."""
        attached = self._attached.get(kernel_id)
        return attached.seat if attached else None

    def used(self, kernel_id: str) -> None:
        """Note that a kernel was just used."""
        if kernel_id in self._attached:
            self._attached[kernel_id].last_used = self._clock()

    def on_end(self, kernel_id: str, closer: Callable[[], None]) -> Callable[[], None]:
        """Call `closer` when the kernel ends; the returned function takes that back."""
        closers = self._attached[kernel_id].closers
        closers.add(closer)
        return lambda: closers.discard(closer)

    async def attach(self, lesson: Lesson, seat: Seat) -> str:
        """The id of a living kernel in which the lesson's notebook has run.

        Raises KernelUnavailable when it could not be started.
        """
        async with self._locks.setdefault(seat, asyncio.Lock()):
            for kernel_id, attached in list(self._attached.items()):
                if attached.seat == seat and await self._lives(kernel_id):
                    self.used(kernel_id)
                    return kernel_id
            await self._make_room(seat.person_id)
            return await self._start(lesson, seat)

    async def _start(self, lesson: Lesson, seat: Seat) -> str:
        environment = kernel_environment(MANABIBA_STORE="manabiba_widgets.store:open_page_store")
        if can_fork():  # an ordinary process's environment is not long enough for it
            environment["MANABIBA_ANSWERS"] = json.dumps(self._answers(seat))
        kernel_id = await self._start_process(lesson, environment)
        self._attached[kernel_id] = _Attached(seat=seat, last_used=self._clock())
        if can_fork():
            return kernel_id
        try:
            async with asyncio.timeout(START_TIMEOUT_S):
                await self._run_notebook(kernel_id, lesson)
        except Exception as error:
            await self.end(kernel_id)
            raise KernelUnavailable(f"{lesson.notebook.name} did not run: {error}") from error
        return kernel_id

    async def _start_process(self, lesson: Lesson, environment: dict[str, str]) -> str:
        try:
            for attempt in (1, 2):
                if can_fork():
                    environment["KERNEL_AFTER_FORK"] = "manabiba_widgets.exercise:reopen"
                    environment["KERNEL_SNAPSHOT"] = await self._forkable(lesson)
                try:
                    kernel_id: str = await self._manager.start_kernel(
                        kernel_name=page_kernel_name(), env=environment
                    )
                except KeyError:  # the process to be forked ended just now
                    if attempt == 2:
                        raise
                else:
                    return kernel_id
        except Exception as error:
            raise KernelUnavailable(f"no kernel for {lesson.id}: {error}") from error
        raise AssertionError("not reached")

    async def _run_notebook(self, kernel_id: str, lesson: Lesson) -> None:
        client = self._manager.get_kernel(kernel_id).client()
        client.start_channels(iopub=False, stdin=False, hb=False, control=False)
        try:
            for source in code_cells(nbformat.read(lesson.notebook, as_version=4)):
                reply = await client.execute(
                    source, reply=True, store_history=False, allow_stdin=False
                )
                if reply["content"]["status"] != "ok":
                    raise KernelUnavailable(reply["content"].get("evalue", "error"))
        finally:
            client.stop_channels()

    async def end(self, kernel_id: str) -> None:
        """End a kernel and tell the pages that are connected to it."""
        attached = self._attached.pop(kernel_id, None)
        if attached is None:
            return
        for closer in list(attached.closers):
            closer()
        if kernel_id in self._manager:
            await self._manager.shutdown_kernel(kernel_id, now=True)

    async def tend(self) -> None:
        """End kernels that died or were long unused; called about once a second."""
        for kernel_id, attached in list(self._attached.items()):
            if not await self._lives(kernel_id):
                _log.warning("kernel %s of %s died", kernel_id, attached.seat.lesson_id)
                await self.end(kernel_id)
            elif self._clock() - attached.last_used > self._idle_s:
                await self.end(kernel_id)

    async def end_all(self) -> None:
        """End every kernel."""
        await asyncio.gather(*(self.end(kernel_id) for kernel_id in list(self._attached)))

    async def _lives(self, kernel_id: str) -> bool:
        if kernel_id not in self._manager:
            return False
        return bool(await self._manager.get_kernel(kernel_id).is_alive())

    async def _make_room(self, person_id: str) -> None:
        mine = [k for k, a in self._attached.items() if a.seat.person_id == person_id]
        for candidates, limit in ((mine, self._limit_each), (list(self._attached), self._limit)):
            if len(candidates) >= limit:
                oldest = min(candidates, key=lambda k: self._attached[k].last_used)
                await self.end(oldest)
