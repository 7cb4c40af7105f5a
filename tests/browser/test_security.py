"""The security list, against the real server: whose kernel, which messages, which paths."""

import asyncio
import json
import re
import urllib.error
import urllib.request
from contextlib import suppress
from http.cookiejar import CookieJar

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClosedError, websocket_connect

pytestmark = pytest.mark.browser


class Visitor:
    """A participant without a browser: cookies and requests alone."""

    def __init__(self, server, link: str | None = None) -> None:
        self.server = server
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        if link:
            self.get(link)

    def get(self, url: str, **headers: str) -> tuple[int, str, dict[str, str]]:
        return self.send(url, None, "GET", headers)

    def send(
        self, url: str, body: bytes | None, method: str, headers: dict[str, str]
    ) -> tuple[int, str, dict[str, str]]:
        request = urllib.request.Request(url, data=body, method=method, headers=headers)
        try:
            reply = self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            reply = error
        with reply:
            return reply.status, reply.read().decode(), dict(reply.headers)

    def cookie_header(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.cookies)

    def lesson_data(self) -> dict:
        _, page, _ = self.get(self.server.lesson)
        found = re.search(r'id="lesson-data">(.*?)</script>', page, re.DOTALL)
        return json.loads(found[1])

    def kernel(self) -> str:
        xsrf = self.lesson_data()["xsrf"]
        status, body, _ = self.send(
            f"{self.server.lesson}/kernel", b"", "POST", {"X-XSRFToken": xsrf}
        )
        assert status == 200, body
        return json.loads(body)["kernel"]

    def socket(self, kernel: str):
        url = f"ws://localhost:{self.server.port}/api/kernels/{kernel}/channels?session_id=s"
        return websocket_connect(HTTPRequest(url, headers={"Cookie": self.cookie_header()}))


async def close(socket) -> None:
    """Close a connection and wait until the other side has said so too."""
    socket.close()
    while await asyncio.wait_for(socket.read_message(), 20) is not None:
        pass


def message(kind: str, content: dict) -> str:
    return json.dumps(
        {
            "header": {"msg_id": "m", "msg_type": kind},
            "parent_header": {},
            "metadata": {},
            "content": content,
            "channel": "shell",
        }
    )


def check_message(number: int) -> str:
    state = {"answer": {"values": {"value": "2053561"}}, "hints_opened": 0, "check": number}
    return message(
        "comm_msg", {"comm_id": "exercise-a1-2", "data": {"method": "update", "state": state}}
    )


@pytest.fixture(scope="module")
def owner(server) -> Visitor:
    [link] = server.invite("安全 守")
    return Visitor(server, link)


@pytest.fixture(scope="module")
def kernel(owner: Visitor) -> str:
    return owner.kernel()


def test_a_kernel_answers_its_owner(owner: Visitor, kernel: str, run_async) -> None:
    async def check() -> dict:
        socket = await owner.socket(kernel)
        await socket.write_message(check_message(7))
        while True:
            text = await asyncio.wait_for(socket.read_message(), 20)
            assert text is not None
            data = json.loads(text)["content"].get("data", {})
            if data.get("state", {}).get("feedback"):
                await close(socket)
                return data["state"]["feedback"]

    feedback = run_async(check())
    assert (feedback["check"], feedback["score"]) == (7, 1.0)


def test_nobody_else_gets_near_it(server, owner: Visitor, kernel: str, run_async) -> None:
    [link] = server.invite("他人 一")
    stranger, nobody = Visitor(server, link), Visitor(server)
    for visitor in (stranger, nobody):
        with pytest.raises(HTTPClientError) as refused:
            run_async(connect(visitor, kernel))
        assert refused.value.code == 403
        rest = f"{server.url}/api/kernels/{kernel}"
        assert visitor.get(rest)[0] == 403
        for method, url in (
            ("DELETE", rest),
            ("POST", f"{rest}/interrupt"),
            ("POST", f"{rest}/restart"),
            ("POST", f"{server.url}/voila/api/shutdown/{kernel}"),
        ):
            assert visitor.send(url, b"", method, {})[0] in {403, 404, 405}, url
        assert visitor.get(f"{server.url}/api/kernels")[0] == 404
    assert owner.get(f"{server.url}/api/kernels/{kernel}")[0] == 200


async def connect(visitor: Visitor, kernel: str) -> None:
    await asyncio.wait_for(visitor.socket(kernel), 20)


@pytest.mark.parametrize(
    "sent",
    [
        message("execute_request", {"code": "1/0", "silent": False}),
        message("shutdown_request", {"restart": False}),
        message("comm_open", {"comm_id": "x", "target_name": "jupyter.widget", "data": {}}),
        message("comm_msg", {"comm_id": "exercise-a1-2", "data": {"method": "request_state"}}),
        message(
            "comm_msg",
            {"comm_id": "exercise-a1-2", "data": {"method": "update", "state": {"spec": {}}}},
        ),
        "{",
        "null",
        "[" * 50_000,
        check_message(1)[:-1] + ', "padding": "' + "x" * 1_000_000 + '"}',
        '"' + "x" * 5_000_000 + '"',
    ],
)
def test_any_other_message_only_closes_the_connection(
    owner: Visitor, kernel: str, sent: str, run_async
) -> None:
    async def send() -> int | None:
        socket = await owner.socket(kernel)
        with suppress(WebSocketClosedError):  # cut while the message was still being sent
            await socket.write_message(sent)
            while await asyncio.wait_for(socket.read_message(), 20) is not None:
                pass
        code = socket.close_code
        socket.close()
        await asyncio.sleep(0)
        return code

    # None: so long that it was not even read, and the connection was cut
    assert run_async(send()) in {1008, 1009, None}
    log = owner.server.home.with_suffix(".log").read_text()
    assert f"kernel {kernel}: refused:" in log or "without a close frame" in log


def test_no_path_gives_files_away(server, owner: Visitor) -> None:
    for path in (
        "/courses/accounting/01-overview.ipynb",
        "/voila/files/01-overview.ipynb",
        "/files/01-overview.ipynb",
        "/static/../manabiba.db",
        "/static/site/0000000000000000/host.js",
        "/static/widgets/..%2f..%2fnumber.py",
        "/api/contents",
        "/tree",
        "/voila/tree",
        "/voila/render/x.ipynb",
        "/api/sessions",
        "/api/terminals",
        "/voila/static/voila.js",
    ):
        status, body, _ = owner.get(server.url + path)
        assert status == 404, path
        assert "cells" not in body


def test_keys_are_in_no_page_and_no_file_before_feedback(server, owner: Visitor) -> None:
    _, page, _ = owner.get(server.lesson)
    for secret in (
        "1年後の正味財産は、ここに1年間の収益",
        "HIDDEN",
        ".key(",
        "それは資産の合計です",
    ):
        assert secret not in page
    for url in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        assert "それは資産の合計です" not in owner.get(server.url + url)[1]


def test_cross_site_requests_are_refused(server, owner: Visitor) -> None:
    data = owner.lesson_data()
    url = f"{server.lesson}/answers/a1-5"
    body = json.dumps({"answer": {"values": {"value": "1"}}, "base_revision": 0}).encode()
    for headers, status in (
        ({"X-XSRFToken": data["xsrf"], "Origin": "https://elsewhere.example"}, 403),
        ({"X-XSRFToken": data["xsrf"], "Sec-Fetch-Site": "cross-site"}, 403),
        ({}, 403),
        ({"X-XSRFToken": data["xsrf"], "Origin": server.url}, 200),
    ):
        assert owner.send(url, body, "PUT", headers)[0] == status, headers
    assert owner.send(f"{server.lesson}/submit", b"", "POST", {})[0] == 403


def test_bad_bodies_are_told_and_change_nothing(server, owner: Visitor) -> None:
    xsrf = {"X-XSRFToken": owner.lesson_data()["xsrf"], "Accept": "application/json"}
    url = f"{server.lesson}/answers/a1-2"
    for body, status in (
        (b"{", 400),
        (b"[]", 400),
        (b'{"answer": 5}', 400),
        (b'{"answer": {}, "base_revision": "x"}', 400),
        (b"[" * 100_000, 400),
        (json.dumps({"answer": {"text": "x" * 100_001}}).encode(), 413),
    ):
        assert owner.send(url, body, "PUT", xsrf)[0] == status
    assert owner.send(f"{server.lesson}/answers/a9-9", b"{}", "PUT", xsrf)[0] == 404
    nul = json.dumps({"answer": {"text": "a\x00b😀\u202e"}, "base_revision": 0}).encode()
    assert owner.send(f"{server.lesson}/answers/a1-reflection", nul, "PUT", xsrf)[0] == 200
    kept = {name: found["answer"] for name, found in owner.lesson_data()["saved"].items()}
    assert kept["a1-reflection"] == {"text": "ab😀\u202e"}


def test_headers_on_every_kind_of_answer(server, owner: Visitor) -> None:
    for path in ("/", "/home", "/runs/accounting-demo/1", "/nowhere", "/join/zzzzzzzz"):
        _, _, headers = owner.get(server.url + path)
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


def test_people_outside_a_run_and_outside_the_room_are_told_so(server, owner: Visitor) -> None:
    assert Visitor(server).get(server.lesson)[0] == 401
    assert owner.get(f"{server.url}/room/accounting-demo")[0] == 403
    assert owner.get(f"{server.url}/runs/elsewhere/1")[0] == 404
    assert owner.get(f"{server.url}/runs/accounting-demo/9")[0] == 404


def test_a_reissued_link_ends_the_old_one_and_its_devices(server) -> None:
    [link] = server.invite("再発行 する")
    first, other = Visitor(server, link), Visitor(server, link)
    assert other.get(f"{server.url}/home")[0] == 200
    _, page, _ = first.get(f"{server.url}/link")
    xsrf = re.search(r'name="_xsrf" value="([^"]+)"', page)[1]
    status, welcome, _ = first.send(
        f"{server.url}/link", f"_xsrf={xsrf}".encode(), "POST", {"Origin": server.url}
    )
    assert status == 200
    fresh = re.search(r'value="(http[^"]+/me/[^"]+)"', welcome)[1]
    assert Visitor(server).get(link)[0] == 404
    assert other.get(f"{server.url}/home")[0] == 401
    assert first.get(f"{server.url}/home")[0] == 200
    assert Visitor(server, fresh).get(f"{server.url}/home")[0] == 200
