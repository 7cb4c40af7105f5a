"""The base process and the snapshot processes it becomes: they wait, and fork on request.

Started by `fork_server.ForkServer` as `python -m manabiba_kernels.process CHANNEL LIFELINE`. A
snapshot process is a fork of the base in which a notebook has run; a kernel is a fork of
either. All of them do the same: read a request, fork, go on reading.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import random
import shutil
import signal
import socket
import sys
import traceback
import warnings
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ._ipykernel import ForkableKernelApp, connection, other_threads
from ._prepared_cells import prepare_cells
from .channel import Channel, ChannelClosed
from .files import describe, open_files, separate
from .memory import settle
from .outputs import CollectedStream, Outputs, SwitchedSession

MOST_REHEARSED = 20
"""Widgets that a snapshot process asks for their state before its first fork."""

_PR_SET_NAME = 15
_PR_SET_CHILD_SUBREAPER = 36


class Forker:
    """A quiet single-threaded process whose forks become kernels."""

    def __init__(self, channel: Channel, lifeline: int, folder: str) -> None:
        self.channel = channel
        self.lifeline = lifeline
        self.folder = folder
        self.is_base = True
        self.left_open: set[int] = set()
        self.files: list[int] = []
        self.outputs = Outputs()
        self.streams = {name: CollectedStream(name, self.outputs) for name in ("stdout", "stderr")}
        self.app = ForkableKernelApp.instance()
        self.session = SwitchedSession(parent=self.app)
        self.session.collect(self.outputs)
        self._plain = sys.stdout, sys.stderr
        self.app.prepare(self.session)  # its log keeps the plain stderr
        self._capture()

    def _capture(self) -> None:
        sys.stdout, sys.stderr = self.streams["stdout"], self.streams["stderr"]

    def rehearse(self, comms: Sequence[str] = ()) -> None:
        """Start and stop the kernel once, before anything is forked; ask these comms' states."""
        reseed()
        sys.stdout, sys.stderr = self._plain
        self.session.go_live()
        self.app.rehearse(connection(self.folder, f"rehearsal-{os.getpid()}"), comms)
        self.session.collect(self.outputs)
        self._capture()

    def serve(self) -> None:
        """Answer requests until the other end is gone."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # forks are reaped by the system
        while True:
            try:
                request, files = self.channel.receive()
            except ChannelClosed:
                break
            self.files = files
            if getattr(self, f"_{request['op']}")(request):
                return  # this is the child, and its work is done
            for file in files:
                os.close(file)
        if self.is_base:
            end_all_children()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _fork(self, request: dict[str, Any]) -> bool:
        """Fork a kernel; True in the child once it has ended."""
        ready, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(ready)
            self.channel.close()
            try:
                self._become_kernel(request)
            except BaseException:
                os.write(tell, traceback.format_exc().encode()[-4000:])
                os._exit(1)
            os.write(tell, b"ready")
            os.close(tell)
            self.app.start()
            return True
        os.close(tell)
        self._tell_child(pid, [ready])
        os.close(ready)
        return False

    def _tell_child(self, pid: int, files: list[int]) -> None:
        handle = None
        if hasattr(os, "pidfd_open"):
            with suppress(ProcessLookupError):  # it may have ended already
                handle = os.pidfd_open(pid)
        try:
            self.channel.send(
                {"pid": pid, "has_pidfd": handle is not None},
                [*files, *([handle] if handle is not None else [])],
            )
        finally:
            if handle is not None:
                os.close(handle)

    def _fork_direct(self, request: dict[str, Any]) -> bool:
        """Fork a kernel that is spoken to over the socket received; it never returns there."""
        pid = os.fork()
        if pid == 0:
            self.channel.close()
            try:
                self._surround(request)
                limit(request["limits"])
                self.app.attach_direct(
                    socket.socket(fileno=self.files[0]), most_output=request["most_output"]
                )
                for name, stream in self.streams.items():
                    stream.target = getattr(sys, name)
                self.app.run_until_shutdown()
            except BaseException:
                traceback.print_exc(file=sys.__stderr__)
                os._exit(1)

            os._exit(0)  # the memory is shared: taking it apart would copy it
        self._tell_child(pid, [])
        return False

    def _surround(self, request: dict[str, Any]) -> None:
        """Make this process one of its own, where and how the request says."""
        os.setsid()
        name_process("forks-kernel")
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.environ.clear()
        os.environ.update(request["env"])
        if os.environ.get("PYTHONWARNINGS") in {"ignore", "default", "error", "always"}:
            warnings.simplefilter(os.environ["PYTHONWARNINGS"])  # type: ignore[arg-type]
        os.chdir(request["cwd"])
        separate(self.left_open)
        reseed()
        sys.stdout, sys.stderr = self._plain
        self.session.go_live()

    def _become_kernel(self, request: dict[str, Any]) -> None:
        self._surround(request)
        self.app.attach(request["connection"], capture_fds=request["capture_fds"])
        self.app.on_lifeline_end(self.lifeline, lambda: os._exit(1))
        for name, stream in self.streams.items():
            stream.target = getattr(sys, name)
        if request["after_fork"]:
            call(request["after_fork"])

    def _snapshot(self, request: dict[str, Any]) -> bool:
        """Fork a snapshot process; True in it once it has ended."""
        ours, theirs = Channel.pair()
        pid = os.fork()
        if pid == 0:
            theirs.close()
            self.channel.close()
            self.channel = ours
            self.is_base = False
            os.setsid()
            name_process("forks-snapshot")
            os.environ.update(request["env"])
            os.chdir(request["cwd"])
            reseed()
            before = open_files()
            report = self._run(request["cells"])
            for name in request["preload"]:
                with suppress(ImportError):  # the cell that imports it will tell
                    call(name) if ":" in name else importlib.import_module(name)
            prepare_cells(self.app.kernel.shell, request["prepare"])
            self.left_open = open_files() - before
            report["left_open"] = describe(self.left_open)
            report["threads"] = other_threads()
            self.channel.send(report)
            if report["error"] is None and request["cells"]:
                self._rehearse_visit(request["rehearsal"], list(report["widgets"])[:MOST_REHEARSED])
            settle()
            self.serve()
            return True
        ours.close()
        self._tell_child(pid, [theirs.fileno()])
        theirs.close()
        return False

    def _rehearse_visit(self, rehearsal: str, comms: list[str]) -> None:
        """Do once what every fork will do; only the forks' memory and time depend on it."""
        try:
            if rehearsal:
                call(rehearsal)
            self.rehearse(comms)
        except Exception:
            self._capture()
            self.session.collect(self.outputs)
            traceback.print_exc(file=sys.__stderr__)

    def _run(self, cells: list[str]) -> dict[str, Any]:
        """Run a notebook's cells, up to the first that raises."""
        shell = self.app.kernel.shell
        shown: list[list[dict[str, Any]]] = []
        error = None
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number, source in enumerate(cells):
            shown.append(self.outputs.begin_cell())
            result = shell.run_cell(source, store_history=False)
            raised = result.error_before_exec or result.error_in_exec
            if raised is not None:
                error = {"cell": number, "name": type(raised).__name__, "message": str(raised)}
                break
        self.outputs.begin_cell()
        return {"outputs": shown, "error": error, "widgets": self.outputs.widgets}


def call(name: str) -> None:
    """Call `module:function`."""
    module, _, function = name.partition(":")
    getattr(importlib.import_module(module), function)()


def limit(limits: dict[str, int]) -> None:
    """Set resource limits; and let the system, short of memory, end this process before others."""
    import resource

    for name, most in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}")
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def reseed() -> None:
    """New randomness for this process; generators of the notebook's own are its own business."""
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()


def end_all_children() -> None:
    """Kill every process that descends from this one."""
    import psutil

    for child in psutil.Process().children(recursive=True):
        try:
            child.kill()
        except psutil.NoSuchProcess:
            continue


def adopt_orphans() -> None:
    """Become the parent of this process's orphans (Linux), so that none is forgotten."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def name_process(name: str) -> None:
    """What `ps` and `top` call this process (Linux; up to 15 letters)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_NAME, name.encode(), 0, 0, 0)


def main() -> None:
    """Import what was asked for, say so, and serve."""
    channel = Channel.of(int(sys.argv[1]))
    lifeline, folder, preload = int(sys.argv[2]), sys.argv[3], json.loads(sys.argv[4])
    for fd in (channel.fileno(), lifeline):
        os.set_inheritable(fd, False)
    adopt_orphans()
    name_process("forks-base")
    if sys.path[0] in {"", str(Path.cwd())}:
        del sys.path[0]  # as ipykernel's launcher does; a kernel has its own folder there
    forker = Forker(channel, lifeline, folder)
    for module in preload:  # after the shell is there: some modules look for it
        importlib.import_module(module)
    forker.rehearse()
    settle()
    with suppress(ChannelClosed):  # nobody needs it any more: serving ends at once
        channel.send({"pid": os.getpid(), "threads": other_threads()})
    forker.serve()


if __name__ == "__main__":
    main()
