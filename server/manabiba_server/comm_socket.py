"""The websocket between a page and its kernel: comm messages to exercises and nothing else."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

from jupyter_client.session import DELIM
from jupyter_server.auth import Authorizer, IdentityProvider, User
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.web import HTTPError
from traitlets import Instance

from ._voila import VoilaKernelWebsocketHandler
from .attempts import AskedChecks
from .kernels import KernelPool
from .page_kernels import PageKernels

LARGEST_MESSAGE = 1_000_000
"""Bytes; a longer message closes the connection."""

LARGEST_READ = 4_000_000
"""Bytes that are read at all: above `LARGEST_MESSAGE` only to be refused with a reason."""

GREETING_S = 5.0
"""Seconds after which a kernel that does not greet is asked for its state instead."""

_COMM = re.compile(r"exercise-[a-z0-9-]+")
_OURS = re.compile(r"(exercise|explorable)-[a-z0-9-]+")
_FROM_PAGE = {"answer", "hints_opened", "check"}
_TO_PAGE = {"comm_msg", "status", "kernel_info_reply"}

# Voilà's front end, on the pages that need it:
_OTHER_COMM = re.compile(r"widget-[0-9]+|[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CONTROL = "jupyter.widget.control"
_METHODS = {"update", "custom", "request_state", "request_states"}
_TO_VOILA = {
    *_TO_PAGE,
    "comm_open",
    "comm_close",
    "comm_info_reply",
    "display_data",
    "update_display_data",
    "clear_output",
}
FROM_VOILA = (
    "comm_msg",
    "comm_open",
    "comm_close",
    "comm_info_request",
    "kernel_info_request",
)
"""All the kinds of messages that ever reach a kernel."""


class MessageRefused(ValueError):
    """A message that a page has no business sending; the reason is for the log."""


def read_page_message(text: object) -> dict[str, Any]:
    """A message from a page, if it is an update of an exercise's answer.

    Raises MessageRefused for anything else: a page can never execute code, open comms, or set
    what only the notebook sets.
    """
    if not isinstance(text, str):
        raise MessageRefused("binary message")
    if len(text.encode("utf-8", "surrogatepass")) >= LARGEST_MESSAGE:
        raise MessageRefused("message too large")
    try:
        message = json.loads(text)
        header = message["header"]
        kind = header["msg_type"]
        content = message["content"]
        if kind != "comm_msg":
            raise MessageRefused(f"message type {str(kind)[:40]!r}")
        comm_id, data = content["comm_id"], content["data"]
        state = data["state"]
        allowed = (
            isinstance(comm_id, str)
            and _COMM.fullmatch(comm_id) is not None
            and data["method"] == "update"
            and isinstance(state, dict)
            and set(state) <= _FROM_PAGE
            and type(state.get("check", 0)) is int
            and isinstance(header["msg_id"], str)
        )
    except MessageRefused:
        raise
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise MessageRefused(f"malformed message: {type(error).__name__}") from error
    if not allowed:
        raise MessageRefused("not an update of an answer")
    return {
        "header": {
            "msg_id": header["msg_id"][:64],
            "msg_type": "comm_msg",
            "session": "page",
            "username": "page",
            "version": "5.3",
            "date": "",
        },
        "parent_header": {},
        "metadata": {},
        "content": {"comm_id": comm_id, "data": {"method": "update", "state": state}},
        "buffers": [],
        "channel": "shell",
    }


def read_voila_message(text: object) -> dict[str, Any]:
    """A message from a page with Voilà's front end: what its widgets need, and never code.

    What goes to an exercise is read as on any page. Raises MessageRefused.
    """
    if not isinstance(text, str):
        raise MessageRefused("binary message")
    if len(text.encode("utf-8", "surrogatepass")) >= LARGEST_MESSAGE:
        raise MessageRefused("message too large")
    try:
        message = json.loads(text)
        header, content = message["header"], message["content"]
        kind = header["msg_type"]
        if kind not in FROM_VOILA:
            raise MessageRefused(f"message type {str(kind)[:40]!r}")
        if kind == "kernel_info_request":
            read: dict[str, Any] = {}
        elif kind == "comm_info_request":
            read = {"target_name": "jupyter.widget"}
        else:
            comm_id = content["comm_id"]
            if not isinstance(comm_id, str) or _OTHER_COMM.fullmatch(comm_id) is None:
                return read_page_message(text)
            read = {"comm_id": comm_id, "data": _widget_data(kind, content)}
            if kind == "comm_open":
                read["target_name"] = _CONTROL
        names = [header["msg_id"], header["session"]]
        if not all(isinstance(name, str) and len(name) <= 100 for name in names):
            raise MessageRefused("not a message of Voilà's front end")
    except MessageRefused:
        raise
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise MessageRefused(f"malformed message: {type(error).__name__}") from error
    return {
        "header": {
            "msg_id": names[0],
            "msg_type": kind,
            "session": names[1],
            "username": "page",
            "version": "5.3",
            "date": "",
        },
        "parent_header": {},
        "metadata": {"version": "1.0.0"} if kind == "comm_open" else {},
        "content": read,
        "buffers": [],
        "channel": "shell",
    }


def _widget_data(kind: str, content: Any) -> dict[str, Any]:
    data = content.get("data") or {}
    if kind == "comm_open":
        if content["target_name"] != _CONTROL:
            raise MessageRefused("a comm that is not the widgets' control")
        return {}
    if kind == "comm_close":
        if _COMM.fullmatch(content["comm_id"]) or content["comm_id"].startswith("widget-"):
            raise MessageRefused("closing a widget of the notebook")
        return {}
    if data["method"] not in _METHODS:
        raise MessageRefused(f"widget method {str(data['method'])[:40]!r}")
    if data.get("buffer_paths"):
        raise MessageRefused("binary widget state")
    allowed = {name: data[name] for name in ("method", "state", "content") if name in data}
    return {**allowed, "buffer_paths": []} if data["method"] == "update" else allowed


def _without_exercises(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """A message to Voilà's front end that lists widgets, without exercises and explorables:
    these have their own host on the page."""
    if kind == "comm_info_reply":
        comms = {k: v for k, v in content.get("comms", {}).items() if not _OURS.fullmatch(k)}
        return {**content, "comms": comms}
    data = content.get("data", {})
    if kind != "comm_msg" or data.get("method") != "update_states":
        return content
    hidden = {name for name in data["states"] if _OURS.fullmatch(name)}
    states = {name: state for name, state in data["states"].items() if name not in hidden}
    paths = [path for path in data.get("buffer_paths", []) if path[0] not in hidden]
    return {**content, "data": {**data, "states": states, "buffer_paths": paths}}


class CommConnection(ZMQChannelsWebsocketConnection):
    """Jupyter's own bridge to the kernel, behind `read_page_message`.

    A kernel of ours is ready before its address is given out, and it greets each subscriber
    (`iopub_welcome`). So nothing is asked of it before the page's first message: the greeting
    says that no answer can be missed any more.
    """

    async def prepare(self) -> None:
        await self._register_session()
        if not await self.kernel_manager.is_alive():
            raise HTTPError(404, "this kernel has ended")
        self.session.key = self.kernel_manager.session.key

    def nudge(self) -> asyncio.Future[None]:
        iopub = self.channels["iopub"]
        greeted: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def greet(message: object) -> None:
            if not greeted.done():
                iopub.stop_on_recv()
                greeted.set_result(None)

        iopub.on_recv(greet)

        async def wait() -> None:
            try:
                async with asyncio.timeout(GREETING_S):
                    await greeted
            except TimeoutError:
                await super(CommConnection, self).nudge()

        return asyncio.ensure_future(wait())

    _asked = Instance(AskedChecks, ())

    kernel_ws_protocol = ""  # messages as JSON text, which is what is read below

    @property
    def _is_voilas(self) -> bool:
        kernels: PageKernels = self.websocket_handler.settings["manabiba_page_kernels"]
        return kernels.has_other_widgets(self.kernel_id)

    def handle_incoming_message(self, incoming_msg: Any) -> None:
        read = read_voila_message if self._is_voilas else read_page_message
        try:
            message = read(incoming_msg)
        except MessageRefused as error:
            self.log.warning("kernel %s: refused: %s", self.kernel_id, error)
            self.websocket_handler.close(1008, "refused")
            return
        comm_id = message["content"].get("comm_id", "")
        if _COMM.fullmatch(comm_id):
            self._asked.note(comm_id, message["content"]["data"]["state"])
        super().handle_incoming_message(json.dumps(message))

    def _note_judgement(self, content: dict[str, Any]) -> None:
        """Record the attempt that this message to the page is the answer to."""
        feedback = content.get("data", {}).get("state", {}).get("feedback")
        if not feedback or _COMM.fullmatch(content["comm_id"]) is None:
            return
        asked = self._asked.answered(content["comm_id"], feedback.get("check"))
        settings = self.websocket_handler.settings
        seat = settings["manabiba_kernel_pool"].seat(self.kernel_id)
        if asked is not None and seat is not None:
            exercise_id = content["comm_id"].removeprefix("exercise-")
            settings["manabiba_attempts"].add(seat, exercise_id, asked, feedback)

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        _, parts = self.session.feed_identities(outgoing_msg)
        kind = self.session.unpack(parts[1]).get("msg_type")
        if kind not in (_TO_VOILA if self._is_voilas else _TO_PAGE):
            return
        content = self.session.unpack(parts[4])
        if kind == "comm_msg":
            self._note_judgement(content)
        if kind in {"comm_msg", "comm_info_reply"} and self._is_voilas:
            shown = _without_exercises(kind, content)
            if shown is not content:
                parts[4] = self.session.pack(shown)
                outgoing_msg = [DELIM, self.session.sign(parts[1:5]), *parts[1:]]
        super().handle_outgoing_message(stream, outgoing_msg)


class CommSocket(VoilaKernelWebsocketHandler):
    """The page's end of the connection; ends with its kernel."""

    _forget: Any = None

    @property
    def pool(self) -> KernelPool:
        pool: KernelPool = self.settings["manabiba_kernel_pool"]
        return pool

    @property
    def max_message_size(self) -> int:
        return LARGEST_READ

    async def open(self, kernel_id: str) -> None:
        await super().open(kernel_id)
        self._forget = self.pool.on_end(kernel_id, lambda: self.close(1001, "ended"))

    def on_message(self, ws_message: Any) -> None:
        self.pool.used(self.kernel_id)
        super().on_message(ws_message)

    def on_close(self) -> None:
        if self.close_code is None:
            self.log.warning("kernel %s: connection ended without a close frame", self.kernel_id)
        if self._forget is not None:
            self._forget()
        if getattr(self, "connection", None) is not None:
            super().on_close()


class OwnKernels(Authorizer):
    """A kernel is its owner's alone, on every path and for every action."""

    def is_authorized(self, handler: Any, user: User, action: str, resource: str) -> bool:
        pool: KernelPool = handler.settings["manabiba_kernel_pool"]
        kernel_id = handler.path_kwargs.get("kernel_id") or next(iter(handler.path_args), "")
        return pool.owner(kernel_id) == str(user.username)


class OwnKernelHandler(KernelHandler):
    """A kernel's REST address: its owner may look at it and end it; no other method."""

    async def prepare(self) -> None:
        if self.request.method not in {"GET", "HEAD", "DELETE"}:
            self.send_error(405)
            return
        await super().prepare()


class PersonIdentity(IdentityProvider):
    """The signed-in person as Jupyter's user; nobody is signed in by token or password."""

    @property
    def auth_enabled(self) -> bool:
        return True

    def get_user(self, handler: Any) -> User | None:
        person_id = handler.settings["manabiba_person_of"](handler)
        return User(username=person_id) if person_id else None

    def get_handlers(self) -> list[Any]:
        return []
