"""The only door to ipykernel, IPython and jupyter_client's session."""

from __future__ import annotations

import asyncio
import atexit
import gc
import os
import signal
import socket
import sys
import threading
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from ._quick_import import without_iri_grammar

with without_iri_grammar():  # before anything else imports jsonschema
    from nbformat.v4 import output_from_msg

import zmq
from ipykernel.iostream import IOPubThread
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel
from ipykernel.utils import _async_in_context
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from zmq.eventloop.zmqstream import ZMQStream

from ._prepared_cells import remember_cells
from .frames import CONTROL, IOPUB, SHELL, Frames

__all__ = ["ForkableKernelApp", "Session", "other_threads", "output_from_message"]

PORTS = ("shell", "iopub", "stdin", "control", "hb")


def output_from_message(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """A notebook's output (nbformat 4) for an iopub message."""
    output: dict[str, Any] = output_from_msg({"header": {"msg_type": kind}, "content": content})
    return output


def connection(folder: str, name: str) -> dict[str, Any]:
    """A new kernel's connection info: Unix sockets in `folder`, a key of its own."""
    info: dict[str, Any] = {f"{port}_port": number for number, port in enumerate(PORTS, start=1)}
    return {
        **info,
        "transport": "ipc",
        "ip": f"{folder}/{name}",
        "key": uuid.uuid4().hex,
        "signature_scheme": "hmac-sha256",
    }


class DirectSocket(ZMQStream):  # its class is asked for, nothing else of it is used
    """What ipykernel takes for one of its sockets; the frames go over a stream of bytes.

    Messages are written by `DirectPublisher.schedule`, so that nothing ever tears one.
    What a cell shows beyond `most_output` bytes is not sent: an endless loop of prints would fill
    the memory of whoever listens.
    """

    def __init__(self, channel: bytes, connection: socket.socket, most_output: int) -> None:
        self.context: Any = zmq.Context.instance()
        self.thread: IOPubThread | None = None
        self._channel = channel
        self._connection = connection
        self._most_output = most_output
        self._shown = 0

    def send_multipart(self, msg: Any, *_: Any, **__: Any) -> None:
        """Send a message, or have the thread send it."""
        data = [bytes(part) for part in msg]
        if self.thread is not None:
            self.thread.schedule(lambda: self._write(data))
        else:
            self._write(data)

    def _write(self, parts: list[bytes]) -> None:
        if parts[0].startswith(_OUTPUT):
            self._shown += sum(map(len, parts))
            if self._shown > self._most_output:
                return
        try:
            self._connection.sendall(Frames.pack(self._channel, parts))
        except OSError:
            os._exit(1)  # nobody is there any more

    def begin_cell(self) -> None:
        """Count what is shown from nothing again."""
        self._shown = 0

    def on_recv(self, callback: Any, copy: bool = True) -> None:
        """Requests do not come from here."""

    def flush(self, *_: Any, **__: Any) -> int:
        """Nothing waits here."""
        return 0

    def close(self, linger: int | None = None) -> None:
        """The connection ends with the process."""


class DirectPublisher(IOPubThread):
    """ipykernel's IOPub thread; what is published is sent at once, by whoever publishes.

    An ordinary kernel hands each message to the thread and waits for it, several times for each
    cell. Here one lock keeps messages whole, and an interrupt waits until a message is sent.
    The thread remains for requests, and for what is shown after a while.
    """

    def __init__(self, sock: DirectSocket, session: Session) -> None:
        super().__init__(sock, pipe=True, session=session)
        self._sending: Any = threading.RLock()
        loop: IOLoop = self.io_loop
        self.io_loop: Any = LoopForAnyThread(loop, self._sending)

    def schedule(self, f: Callable[..., Any]) -> None:
        """Do `f` now; two threads never do at once."""
        if not self._is_master_process():
            f()  # a fork of the notebook's own: ipykernel's way to its parent
            return
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            with self._sending:
                f()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


class LoopForAnyThread:
    """An event loop that calls back later for any thread, while nobody else is sending."""

    def __init__(self, loop: IOLoop, sending: Any) -> None:
        self._loop = loop
        self._sending = sending

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loop, name)

    def call_later(self, delay: float, callback: Callable[[], Any]) -> None:
        def call() -> None:
            with self._sending:
                callback()

        self._loop.add_callback(self._loop.call_later, delay, call)


class DirectShellChannel:
    """What ipykernel takes for the thread of its shell channel; there is no thread and one shell.

    It is the thread's `manager` and `io_loop` too, as far as running cells asks for them.
    """

    def __init__(self, shell: DirectSocket, end_abort: Callable[[], None]) -> None:
        self.parent_thread = threading.main_thread()
        self.manager = self.io_loop = self
        self.handle: Callable[..., Any] | None = None
        self._shell = shell
        self._end_abort = end_abort

    def set_on_recv_callback(self, handle: Callable[..., Any]) -> None:
        self.handle = _async_in_context(partial(handle, None))

    def get_subshell_to_shell_channel_socket(self, _: str | None) -> DirectSocket:
        return self._shell

    def add_callback(self, *_: Any) -> None:
        """ipykernel calls this to end the refusing of cells after one that raised."""
        self._end_abort()


_OUTPUT = (b"stream.", b"display_data", b"update_display_data")


class ForkableKernelApp(IPKernelApp):
    """ipykernel's application in two halves: `prepare` before the fork, `attach` after it.

    Before the fork there are no sockets, no threads and no event loop: configuration, shell and
    kernel exist, and their session only collects. After it the same kernel gets its
    connection.
    """

    iopub_thread: Any
    control_thread: Any
    shell_channel_thread: Any

    def prepare(self, session: Session) -> None:
        """Everything of `IPKernelApp.initialize` that needs no connection.

        The history is off: its database and its thread cannot cross a fork.
        """
        super(IPKernelApp, self).initialize(["--HistoryManager.enabled=False"])
        self.session = session
        self.init_pdb()
        self.kernel = self.kernel_class.instance(
            parent=self,
            session=session,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.init_path()
        self.init_shell()
        remember_cells(self.shell)
        self.init_gui_pylab()
        self.init_extensions()
        self.init_code()

    def attach(self, info: dict[str, Any], *, capture_fds: bool) -> None:
        """Open the sockets of connection `info` and put the kernel behind them.

        `capture_fds`: whether what is written to the process's own stdout and stderr (by a
        subprocess, say) is published too, as an ordinary kernel does.
        """
        kernel = self.kernel
        self.load_connection_info(info)
        self.capture_fd_output = capture_fds
        asyncio.set_event_loop(asyncio.new_event_loop())
        self.init_sockets()
        self._greet_everybody()
        self.init_heartbeat()
        self.init_io()
        self.init_signal()
        shell_stream = ZMQStream(self.shell_socket, self.shell_channel_thread.io_loop)
        self.shell_channel_thread.shell_stream = shell_stream
        control_stream = ZMQStream(self.control_socket, self.control_thread.io_loop)
        debugpy_stream = ZMQStream(self.debugpy_socket, self.control_thread.io_loop)
        self.control_thread.start()
        self.shell_channel_thread.start()
        kernel.ident = str(uuid.uuid4())
        kernel.control_stream = control_stream
        kernel.debugpy_stream = debugpy_stream
        kernel.debug_shell_socket = self.debug_shell_socket
        kernel.shell_stream = shell_stream
        kernel.control_thread = self.control_thread
        kernel.shell_channel_thread = self.shell_channel_thread
        kernel.iopub_thread = self.iopub_thread
        kernel.iopub_socket = self.iopub_socket
        kernel.stdin_socket = self.stdin_socket
        self._attach_debugger()
        self._show_through_iopub()
        kernel.record_ports({f"{port}_port": getattr(self, f"{port}_port") for port in PORTS})

    def attach_direct(self, connection: socket.socket, *, most_output: int) -> None:
        """Put the kernel behind one connected socket, for a client that executes a notebook.

        No ZeroMQ socket is opened towards the client, there is no heartbeat and no debugger;
        everything that a cell can notice is as after `attach`.
        """
        kernel = self.kernel
        asyncio.set_event_loop(asyncio.new_event_loop())
        self.session.key = b""  # nobody else has an end of this connection
        self.capture_fd_output = True
        iopub = DirectSocket(IOPUB, connection, most_output)
        self.iopub_thread = DirectPublisher(iopub, self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket
        self.init_io()
        self.init_signal()
        shell = DirectSocket(SHELL, connection, most_output)
        shell.thread = self.iopub_thread
        kernel.ident = str(uuid.uuid4())
        kernel.control_stream = kernel.debugpy_stream = kernel.debug_shell_socket = None
        kernel.control_thread = None
        kernel.shell_stream = shell
        kernel.shell_channel_thread = DirectShellChannel(
            shell, lambda: setattr(kernel, "_aborting", False)
        )
        kernel.iopub_thread, kernel.iopub_socket = self.iopub_thread, self.iopub_socket
        self._show_through_iopub()
        kernel.shell.exit_now = False
        Kernel.start(kernel)
        self._read_from(connection, iopub)

    def _read_from(self, connection: socket.socket, iopub: DirectSocket) -> None:
        """Have the IOPub thread read requests, and end the process when the client is gone."""
        main: IOLoop = self.kernel.io_loop
        thread: IOLoop = self.iopub_thread.io_loop
        handle = self.kernel.shell_channel_thread.handle
        frames = Frames()

        def read(*_: Any) -> None:
            try:
                data = connection.recv(1_000_000)
            except OSError:
                data = b""
            if not data:
                os._exit(1)
            for channel, parts in frames.feed(data):
                if channel == CONTROL:  # a shutdown is the only request there
                    main.add_callback(main.stop)
                    continue
                iopub.begin_cell()
                main.add_callback(handle, [zmq.Frame(part) for part in parts])

        thread.add_callback(lambda: thread.add_handler(connection, read, IOLoop.READ))

    def run_until_shutdown(self) -> None:
        """Handle requests until one asks to end; then end as Python does, but for its memory."""
        with suppress(KeyboardInterrupt):
            self.kernel.io_loop.start()
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and not thread.daemon:
                thread.join()
        atexit._run_exitfuncs()
        self.kernel.shell.user_ns.clear()  # files of the notebook are written and closed
        gc.collect()

    def _show_through_iopub(self) -> None:
        kernel, shell = self.kernel, self.kernel.shell
        kernel._stdout, kernel._stderr = sys.stdout, sys.stderr
        shell.displayhook.pub_socket = self.iopub_socket
        shell.displayhook.topic = kernel._topic("execute_result")
        shell.display_pub.pub_socket = self.iopub_socket
        name = os.environ.get("JPY_SESSION_NAME")
        if name:
            shell.user_ns["__session__"] = name
        self.displayhook.get_execution_count = lambda: kernel.execution_count

    def _greet_everybody(self) -> None:
        """Have every subscriber greeted (`iopub_welcome`), not only the first of a topic.

        A client that was greeted knows that it can miss nothing any more.
        """
        done = threading.Event()

        def set_option() -> None:
            self.iopub_thread.socket.setsockopt(zmq.XPUB_VERBOSE, True)
            done.set()

        self.iopub_thread.io_loop.add_callback(set_option)
        done.wait(REHEARSAL_S)

    def _attach_debugger(self) -> None:
        kernel = self.kernel
        debugger = getattr(kernel, "debugger", None)
        if debugger is not None:  # only where debugpy is installed
            kernel.debugger = type(debugger)(
                kernel.log,
                kernel.debugpy_stream,
                kernel._publish_debug_event,
                kernel.debug_shell_socket,
                kernel.session,
                kernel._kernel_modules,
                kernel.debug_just_my_code,
                kernel.filter_internal_frames,
            )

    def start(self) -> None:
        """Handle requests until one asks to end, and let the control thread say its last word.

        At exit ipykernel ends the IOPub thread first: a control thread that is just telling of
        the shutdown would wait for it forever, and the exit for the control thread.
        """
        super().start()
        self.control_thread.stop()
        self.control_thread.join()

    def detach(self) -> None:
        """Close what `attach` opened: afterwards there are no sockets, threads or loop."""
        loop = asyncio.get_event_loop_policy().get_event_loop()
        self.close()
        atexit.unregister(self.close)
        atexit.unregister(self.iopub_thread.stop)
        loop.close()
        asyncio.set_event_loop(None)
        self.context = None
        self.heartbeat = None
        self.iopub_thread = self.control_thread = self.shell_channel_thread = None
        kernel = self.kernel
        kernel.control_stream = kernel.debugpy_stream = kernel.shell_stream = None
        kernel.control_thread = kernel.shell_channel_thread = kernel.iopub_thread = None
        kernel.debug_shell_socket = kernel.iopub_socket = kernel.stdin_socket = None
        kernel.shell.displayhook.pub_socket = kernel.shell.display_pub.pub_socket = None

    def rehearse(self, info: dict[str, Any], comms: Sequence[str] = ()) -> None:
        """Be a kernel for a moment: answer a client of our own, then `detach`.

        What a first start changes in memory (caches, specialised bytecode, late imports) is
        changed here, once, and shared by all forks instead of being copied by each.
        """
        self.attach(info, capture_fds=False)
        self.kernel.start()
        loop = asyncio.get_event_loop_policy().get_event_loop()
        loop.run_until_complete(self._ask_myself(info, comms))
        self.detach()

    async def _ask_myself(self, info: dict[str, Any], comms: Sequence[str]) -> None:
        context = zmq.Context()
        shell, iopub = context.socket(zmq.DEALER), context.socket(zmq.SUB)
        iopub.subscribe(b"")
        iopub.connect(f"ipc://{info['ip']}-{info['iopub_port']}")
        shell.connect(f"ipc://{info['ip']}-{info['shell_port']}")
        session = self.kernel.session
        for comm in comms:
            for data in ({"method": "update", "state": {}}, {"method": "request_state"}):
                session.send(shell, "comm_msg", {"comm_id": comm, "data": data})
        session.send(shell, "comm_info_request", {})
        session.send(shell, "kernel_info_request", {})
        replies, deadline = 0, asyncio.get_running_loop().time() + REHEARSAL_S
        while replies < 2 and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.005)
            while shell.poll(0):
                shell.recv_multipart()
                replies += 1
        for end in (shell, iopub):
            end.close(linger=0)
        context.term()

    def on_lifeline_end(self, fd: int, end: Any) -> None:
        """Call `end` when `fd` reaches its end of file, whatever the main thread is doing."""
        loop: IOLoop = self.iopub_thread.io_loop
        loop.add_callback(lambda: loop.add_handler(fd, lambda *_: end(), IOLoop.READ))


REHEARSAL_S = 5.0
"""Seconds a rehearsal waits for its own replies."""


def other_threads() -> list[str]:
    """The names of the threads beside the main one."""
    return [t.name for t in threading.enumerate() if t is not threading.main_thread()]
