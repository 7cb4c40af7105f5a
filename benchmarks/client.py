"""What a browser says to either server, said without a browser.

`OurPage` follows `static/host.js`, `StockPage` the widget manager of Voilà's front end. Neither
loads scripts or styles: that leaves out about 100 requests of the stock page and 12 of ours.
"""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from contextlib import suppress
from http.cookies import SimpleCookie
from typing import Any

from serving import Guest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.simple_httpclient import SimpleAsyncHTTPClient
from tornado.websocket import (
    WebSocketClientConnection,
    WebSocketClosedError,
    websocket_connect,
)

PATIENCE_S = 300.0
CONTROL_TIMEOUT_S = 4.0
"""After so long without all states at once, Voilà's front end asks for one after the other."""

EXERCISE = "a1-2"
ANSWER = {"values": {"value": "2,053,561"}}

_DATA = re.compile(rb'<script type="application/json" id="lesson-data">(.*?)</script>', re.DOTALL)
_EXERCISES = re.compile(rb'id="lesson-exercises">(.*?)</script>', re.DOTALL)
_KERNEL = re.compile(rb'"kernelId": "([0-9a-f-]{36})"')


def http_client() -> SimpleAsyncHTTPClient:
    """A client that lets everybody ask at once."""
    return SimpleAsyncHTTPClient(
        force_instance=True,
        max_clients=100_000,
        defaults={"connect_timeout": PATIENCE_S, "request_timeout": PATIENCE_S},
    )


class PageError(RuntimeError):
    """A page that did not get what it asked for."""


class KernelSocket:
    """A websocket to a kernel: `ask` sends a message and waits for what answers it."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self.session = uuid.uuid4().hex
        self._socket = socket
        self._waiting: list[tuple[Any, asyncio.Future[dict[str, Any]]]] = []
        self._sent = 0
        self._reader = asyncio.ensure_future(self._read())

    async def ask(self, kind: str, content: dict[str, Any], answers: Any) -> dict[str, Any]:
        """The first message for which `answers(message)` is true. Raises PageError."""
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        waiting = (answers, answer)
        self._waiting.append(waiting)
        try:
            await self.send(kind, content)
            return await answer
        finally:
            self._waiting.remove(waiting)

    async def send(self, kind: str, content: dict[str, Any]) -> None:
        """Send a message and wait for nothing."""
        self._sent += 1
        header = {
            "msg_id": f"{self.session}-{self._sent}",
            "msg_type": kind,
            "session": self.session,
            "username": "",
            "version": "5.2",
            "date": "2026-11-24T00:00:00Z",
        }
        message = {
            "header": header,
            "parent_header": {},
            "metadata": {},
            "content": content,
            "channel": "shell",
            "buffers": [],
        }
        await self._socket.write_message(json.dumps(message))

    async def check(self, comm_id: str, state: dict[str, Any]) -> dict[str, Any]:
        """The feedback on a check."""

        def is_feedback(message: dict[str, Any]) -> bool:
            if message["msg_type"] != "comm_msg" or message["content"]["comm_id"] != comm_id:
                return False
            data = message["content"]["data"]
            feedback = data.get("state", {}).get("feedback") or {}
            return bool(feedback.get("check") == state["check"])

        content = {"comm_id": comm_id, "data": {"method": "update", "state": state}}
        message = await self.ask("comm_msg", content, is_feedback)
        feedback: dict[str, Any] = message["content"]["data"]["state"]["feedback"]
        return feedback

    async def _read(self) -> None:
        while (text := await self._socket.read_message()) is not None:
            if isinstance(text, bytes):
                continue
            message = json.loads(text)
            message["msg_type"] = message["header"]["msg_type"]
            for answers, answer in self._waiting:
                if not answer.done() and answers(message):
                    answer.set_result(message)
        for _, answer in self._waiting:
            if not answer.done():
                answer.set_exception(PageError(f"websocket closed: {self._socket.close_reason}"))

    def close(self) -> None:
        """Close the connection."""
        self._reader.cancel()
        self._socket.close()


class OurPage:
    """A lesson page of ours, in the browser of one guest."""

    def __init__(self, client: SimpleAsyncHTTPClient, url: str, guest: Guest) -> None:
        self.url = url
        self.guest = guest
        self.data: dict[str, Any] = {}
        self._client = client
        self._cookie = guest.cookie
        self._kernel: KernelSocket | None = None
        self._check = 0

    async def open(self) -> None:
        """Load the page; the state of each exercise is in it."""
        reply = await self._fetch(self.url, method="GET")
        for line in reply.headers.get_list("Set-Cookie"):
            for name, morsel in SimpleCookie(line).items():
                self._cookie = f"{self.guest.cookie}; {name}={morsel.value}"
        self.data = json.loads(_found(_DATA, reply.body))
        if not json.loads(_found(_EXERCISES, reply.body))["exercises"]:
            raise PageError("no exercise in the page")

    async def save(
        self, exercise: str, answer: dict[str, Any], *, base: int = 0
    ) -> tuple[int, dict[str, Any]]:
        """Status and reply of saving an answer."""
        content = {"answer": answer, "hints_opened": 0, "base_revision": base}
        try:
            reply = await self._send("PUT", f"{self.data['urls']['answers']}/{exercise}", content)
        except HTTPClientError as error:
            if error.response is None or error.code != 409:
                raise
            reply = error.response
        return reply.code, json.loads(reply.body)

    async def connect(self) -> None:
        """Have a kernel, and the websocket to it."""
        reply = await self._send("POST", self.data["urls"]["kernel"], {})
        kernel = json.loads(reply.body)["kernel"]
        self._kernel = KernelSocket(await self._websocket(kernel))

    async def check(self, exercise: str, answer: dict[str, Any]) -> dict[str, Any]:
        """The feedback on an answer; a kernel that ended is replaced once."""
        for attempt in (1, 2):
            try:
                if self._kernel is None:
                    await self.connect()
                assert self._kernel is not None
                self._check += 1
                state = {"answer": answer, "hints_opened": 0, "check": self._check}
                return await self._kernel.check(f"exercise-{exercise}", state)
            except (PageError, HTTPClientError, OSError, WebSocketClosedError):
                self.close()
                if attempt == 2:
                    raise
        raise AssertionError("not reached")

    async def use(self) -> None:
        """Load the page, answer one exercise and have it checked."""
        await self.open()
        saving = asyncio.ensure_future(self.save(EXERCISE, ANSWER))
        feedback = await self.check(EXERCISE, ANSWER)
        await saving
        _require_judgement(feedback)

    def close(self) -> None:
        """Close the page's connection to its kernel."""
        if self._kernel is not None:
            self._kernel.close()
            self._kernel = None

    async def _websocket(self, kernel: str) -> WebSocketClientConnection:
        host = self.url.split("/")[2]
        url = f"ws://{host}/api/kernels/{kernel}/channels?session_id={uuid.uuid4().hex}"
        return await websocket_connect(
            HTTPRequest(
                url,
                headers={"Cookie": self._cookie, "Origin": f"http://{host}"},
                connect_timeout=PATIENCE_S,
            )
        )

    async def _send(self, method: str, path: str, content: dict[str, Any]) -> Any:
        host = self.url.split("/")[2]
        return await self._fetch(
            f"http://{host}{path}",
            method=method,
            body=json.dumps(content),
            xsrf=self.data["xsrf"],
        )

    async def _fetch(
        self, url: str, *, method: str, body: str | None = None, xsrf: str = ""
    ) -> Any:
        headers = {"Cookie": self._cookie}
        if method != "GET":
            headers |= {"X-XSRFToken": xsrf, "Content-Type": "application/json"}
        return await self._client.fetch(HTTPRequest(url, method=method, headers=headers, body=body))


class StockPage:
    """A page of stock Voilà."""

    def __init__(self, client: SimpleAsyncHTTPClient, url: str) -> None:
        self.url = url
        self._client = client
        self._kernel: KernelSocket | None = None
        self.states: dict[str, dict[str, Any]] = {}

    async def use(self) -> None:
        """Load the page, get all widget states, and have one exercise checked."""
        page = await self._client.fetch(self.url)
        kernel_id = _found(_KERNEL, page.body).decode()
        host = self.url.split("/")[2]
        url = f"ws://{host}/api/kernels/{kernel_id}/channels?session_id={uuid.uuid4().hex}"
        self._kernel = kernel = KernelSocket(
            await websocket_connect(HTTPRequest(url, connect_timeout=PATIENCE_S))
        )
        await kernel.ask("kernel_info_request", {}, _is("kernel_info_reply"))
        await kernel.ask(
            "comm_info_request", {"target_name": "jupyter.widget"}, _is("comm_info_reply")
        )
        self.states = await self._all_states(kernel)
        comm_id = next(
            comm_id
            for comm_id, state in self.states.items()
            if state.get("exercise_id") == EXERCISE
        )
        state = {"answer": ANSWER, "hints_opened": 0, "check": 1}
        _require_judgement(await kernel.check(comm_id, state))

    async def _all_states(self, kernel: KernelSocket) -> dict[str, dict[str, Any]]:
        control = uuid.uuid4().hex
        opened = {
            "comm_id": control,
            "target_name": "jupyter.widget.control",
            "data": {},
        }
        await kernel.send("comm_open", opened)

        def has_states(message: dict[str, Any]) -> bool:
            return (
                message["msg_type"] == "comm_msg"
                and message["content"]["comm_id"] == control
                and message["content"]["data"].get("method") == "update_states"
            )

        request = {"comm_id": control, "data": {"method": "request_states"}}
        try:
            async with asyncio.timeout(CONTROL_TIMEOUT_S):
                message = await kernel.ask("comm_msg", request, has_states)
        except TimeoutError:
            return await self._each_state(kernel)
        models = message["content"]["data"]["states"]
        return {comm_id: model["state"] for comm_id, model in models.items()}

    async def _each_state(self, kernel: KernelSocket) -> dict[str, dict[str, Any]]:
        content = {"target_name": "jupyter.widget"}
        reply = await kernel.ask("comm_info_request", content, _is("comm_info_reply"))

        async def state_of(comm_id: str) -> tuple[str, dict[str, Any]]:
            def has_state(message: dict[str, Any]) -> bool:
                return (
                    message["msg_type"] == "comm_msg"
                    and message["content"]["comm_id"] == comm_id
                    and message["content"]["data"].get("method") == "update"
                )

            request = {"comm_id": comm_id, "data": {"method": "request_state"}}
            message = await kernel.ask("comm_msg", request, has_state)
            return comm_id, message["content"]["data"]["state"]

        return dict(await asyncio.gather(*map(state_of, reply["content"]["comms"])))

    def close(self) -> None:
        """Close the page's connection to its kernel."""
        if self._kernel is not None:
            self._kernel.close()


async def close_all(pages: list[Any]) -> None:
    """Close pages, and let their connections say so."""
    for page in pages:
        with suppress(Exception):
            page.close()
    await asyncio.sleep(0.1)


def _is(kind: str) -> Any:
    return lambda message: message["msg_type"] == kind


def _found(pattern: re.Pattern[bytes], body: bytes) -> bytes:
    match = pattern.search(body)
    if match is None:
        raise PageError("not the page that was expected")
    return match[1]


def _require_judgement(feedback: dict[str, Any]) -> None:
    if feedback["status"] == "unavailable":
        raise PageError("the check was not answered")
