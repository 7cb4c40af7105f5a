"""The worker processes of one grading: each takes a submission at a time.

The workers are forks of this process, which has nbgrader imported; where it has threads (a server)
they are started from nothing instead. None of them outlives it.
"""

from __future__ import annotations

import ast
import os
import select
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat

from manabiba_kernels import Branch, ForkServer
from manabiba_kernels.channel import Channel, ChannelClosed

from .autograde import ExecuteInFork, autograde
from .run_directory import RunDirectory
from .transaction import whole

PRELOAD = ("ipywidgets", "anywidget", "manabiba_widgets", "manabiba_subjects")
"""What all lessons import: done once, before the first submission."""

OURS = ("manabiba_subjects", "manabiba_widgets")
"""Packages whose modules may be imported before a notebook asks for them."""

READ_ONCE = "manabiba_subjects.preload:read_tables"
"""What is called before the first submission, so that no submission has to."""

ENDS_WITHIN_S = 10.0


@dataclass
class _Worker:
    """A worker process, our end of its channel, and the submission it has."""

    pid: int
    channel: Channel
    process: subprocess.Popen[bytes] | None = None
    participant: str = ""

    def close(self) -> None:
        self.channel.close()
        if self.process is not None:
            try:
                self.process.wait(ENDS_WITHIN_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        else:
            os.waitpid(self.pid, 0)


class Crew:
    """Workers on a run's folder; `grade` gives them work. Their kernels are forks of `forks`."""

    def __init__(self, run: RunDirectory, *, size: int, forks: ForkServer) -> None:
        self._run = run
        self._reading, self._lifeline = os.pipe()
        self._workers: list[_Worker] = []
        self._forks = forks
        self._prepare: list[str] = []
        fork = threading.active_count() == 1 and hasattr(os, "fork")
        for _ in range(size):
            self._workers.append(self._forked() if fork else self._started())

    def _forked(self) -> _Worker:
        ours, theirs = Channel.pair()
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid == 0:
            try:
                os.close(self._lifeline)
                ours.close()
                for worker in self._workers:
                    worker.channel.close()
                work(self._run, theirs, self._reading)
            finally:
                os._exit(0)
        theirs.close()
        return _Worker(pid, ours)

    def _started(self) -> _Worker:
        ours, theirs = Channel.pair()
        process = subprocess.Popen(
            [
                *(sys.executable, "-c", f"from {__name__} import main; main()"),
                *(str(self._run.path), str(theirs.fileno()), str(self._reading)),
            ],
            pass_fds=(theirs.fileno(), self._reading),
            stdin=subprocess.DEVNULL,
        )
        theirs.close()
        return _Worker(process.pid, ours, process)

    def grade(
        self, lesson_id: str, participants: Sequence[str], *, keep_failed: bool = False
    ) -> Iterator[tuple[str, str | None]]:
        """Each participant twice: when their turn begins (None), and what became of them.

        That is an empty string, or why the submission could not be graded; then nothing is left
        of it unless `keep_failed`.
        """
        self._prepare = cells(self._run.path / "source" / lesson_id)
        for worker in self._workers:
            self._give_branch(worker)
        waiting, idle = list(participants), list(self._workers)
        busy: list[_Worker] = []
        while waiting or busy:
            while waiting and idle:
                worker = idle.pop()
                worker.participant = waiting.pop(0)
                yield worker.participant, None
                worker.channel.send(
                    {
                        "lesson": lesson_id,
                        "participant": worker.participant,
                        "keep_failed": keep_failed,
                    }
                )
                busy.append(worker)
            ready, _, _ = select.select([worker.channel for worker in busy], [], [])
            for worker in [worker for worker in busy if worker.channel in ready]:
                busy.remove(worker)
                try:
                    said, _ = worker.channel.receive()
                    yield worker.participant, said["reason"]
                    idle.append(worker)
                except ChannelClosed:
                    yield worker.participant, "the process that graded it ended"
                    idle.append(self._replace(worker))

    def _give_branch(self, worker: _Worker) -> None:
        preload = [*imported(self._prepare), READ_ONCE]
        branch = self._forks.branch(preload=preload, prepare=self._prepare)
        try:
            worker.channel.send({}, [branch.fileno()])
        finally:
            branch.close()

    def _replace(self, worker: _Worker) -> _Worker:
        worker.close()
        self._workers.remove(worker)
        new = self._started()
        self._workers.append(new)
        self._give_branch(new)
        return new

    def close(self) -> None:
        """End the workers."""
        with ExitStack() as stack:
            stack.callback(os.close, self._reading)
            stack.callback(os.close, self._lifeline)
            for worker in self._workers:
                stack.callback(worker.close)


def cells(folder: Path) -> list[str]:
    """The sources of the code cells of the notebooks in a folder."""
    return [
        cell.source
        for path in sorted(folder.glob("*.ipynb"))
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
    ]


def imported(sources: Sequence[str]) -> list[str]:
    """Our modules that cells import, in their order; cells that are not Python have none."""
    found: dict[str, None] = {}
    for source in sources:
        try:
            statements = ast.parse(source).body
        except SyntaxError:
            continue
        for statement in statements:
            if isinstance(statement, ast.Import):
                found |= dict.fromkeys(alias.name for alias in statement.names)
            elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
                names = (f"{statement.module}.{alias.name}" for alias in statement.names)
                found |= dict.fromkeys([statement.module, *names])
    return [name for name in found if name.partition(".")[0] in OURS]


@contextmanager
def crew(run: RunDirectory, *, size: int, forks: ForkServer) -> Iterator[Crew]:
    """A crew that is ended with the block."""
    made = Crew(run, size=size, forks=forks)
    try:
        yield made
    finally:
        made.close()


def work(run: RunDirectory, channel: Channel, lifeline: int) -> None:
    """A worker's life: grade what is asked for until the other end is gone."""
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
    with run.nbgrader() as api:
        api.coursedir.db_url = whole(api.coursedir.db_url)
        while True:
            try:
                request, files = channel.receive()
            except ChannelClosed:
                return
            if files:
                ExecuteInFork.forks = Branch(Channel.of(files[0]))
                continue
            reason = autograde(
                api,
                request["lesson"],
                request["participant"],
                keep_failed=request["keep_failed"],
            )
            channel.send({"reason": reason})


def _end_with(lifeline: int) -> None:
    os.read(lifeline, 1)
    os._exit(1)


def main() -> None:
    """A worker that was started from nothing."""
    work(RunDirectory(Path(sys.argv[1])), Channel.of(int(sys.argv[2])), int(sys.argv[3]))
