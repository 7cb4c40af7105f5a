"""A small world: a database with one course, one run, two people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from lxml import html
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application, create_signed_value

from manabiba_server.courses import Course, Lesson
from manabiba_server.database import Database, Person
from manabiba_server.pages import AppContext, rate_limits
from manabiba_server.pages.base import COOKIE
from manabiba_server.people import create_person, device_key
from manabiba_server.runs import create_run, enrol
from manabiba_server.settings import read_settings
from manabiba_server.static_files import StaticHandler, static_roots

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
XSRF = "0123456789abcdef0123456789abcdef"


@dataclass
class World:
    database: Database
    course: Course
    run: str
    lesson: str
    learner: str
    learner_token: str
    teacher: str
    now: datetime = NOW


@pytest.fixture
def course(tmp_path: Path) -> Course:
    lesson = Lesson(
        id="c-1",
        course_id="c",
        number=1,
        title="はじめ",
        summary="最初の回",
        minutes=90,
        points=3.0,
        notebook=tmp_path / "c-1.ipynb",
    )
    return Course(
        id="c", title="講座", audience="皆さん", summary="要約", lessons=(lesson,), sources=()
    )


@pytest.fixture
def world(tmp_path: Path, course: Course) -> Iterator[World]:
    database = Database(f"sqlite:///{tmp_path / 'test.db'}")
    database.upgrade()
    with database.session() as session:
        create_run(
            session,
            course,
            "r-1",
            title="見本の開催",
            starts=[NOW],
            due=[NOW + timedelta(days=7)],
            now=NOW,
            keep_until=(NOW + timedelta(days=365)).date(),
        )
        learner, token = create_person(session, name="受講 太郎", now=NOW)
        teacher, _ = create_person(session, name="講師 花子", now=NOW)
        enrol(session, "r-1", learner.id, role="participant", now=NOW)
        enrol(session, "r-1", teacher.id, role="instructor", now=NOW)
    yield World(database, course, "r-1", "c-1", learner.id, token, teacher.id)
    database.dispose()


@dataclass(frozen=True)
class Reply:
    """What a page gave."""

    status: int
    headers: Any
    body: bytes

    @property
    def page(self) -> Any:
        return html.document_fromstring(self.body)

    @property
    def words(self) -> str:
        return " ".join(self.page.text_content().split())

    @property
    def location(self) -> str:
        return str(self.headers.get("Location", ""))

    def text_of(self, name: str) -> str:
        """What stands in a field."""
        found, *_ = self.page.xpath(f"//*[@name='{name}' and not(@type='submit')]")
        return str(found.get("value") if found.tag == "input" else found.text or "").strip()

    def links(self) -> list[str]:
        return [str(link.get("href")) for link in self.page.iter("a")]


Visit = Callable[..., Reply]


@pytest.fixture
def site(world: World, run_async: Callable[[Any], Any]) -> Callable[..., Visit]:
    """`site(handlers, snapshots, courses)`: `visit(path, person_id)`, as that person gets it.

    `visit(path, person_id, form={…})` sends a form, its token beside it. With the files of our
    pages beside the handlers; a redirect is given as it is; time stands still at `world.now`.
    """
    static = static_roots()

    def served(handlers: Callable[[AppContext], list[Any]], snapshots: Any, courses: Any) -> Visit:
        context = AppContext(
            settings=read_settings({}),
            database=world.database,
            courses=courses,
            clock=lambda: world.now,
            static=static,
            snapshots=snapshots,
        )
        secret = "not a secret"
        app = Application(
            [
                *handlers(context),
                (
                    r"/static/(site|widgets)/([0-9a-f]{16})/([a-z_]+\.[a-z]+)",
                    StaticHandler,
                    {"roots": static},
                ),
            ],
            cookie_secret=secret,
            manabiba_context=context,
            manabiba_limits=rate_limits(),
            xsrf_cookies=True,
            compress_response=True,
        )

        async def fetch(path: str, person_id: str | None, form: dict[str, str] | None) -> Reply:
            listening, port = bind_unused_port()
            server = HTTPServer(app)
            server.add_socket(listening)
            cookies = [f"_xsrf={XSRF}"]
            if person_id:
                with world.database.reading() as session:
                    key = device_key(session.get_one(Person, person_id))
                cookies.append(f"{COOKIE}={create_signed_value(secret, COOKIE, key).decode()}")
            request = HTTPRequest(
                f"http://127.0.0.1:{port}{path}",
                method="GET" if form is None else "POST",
                body=None if form is None else urlencode({"_xsrf": XSRF, **form}),
                headers={"Cookie": "; ".join(cookies)},
                follow_redirects=False,
            )
            try:
                got = await AsyncHTTPClient(force_instance=True).fetch(request, raise_error=False)
            finally:
                server.stop()
                await server.close_all_connections()
            return Reply(got.code, got.headers, got.body)

        return lambda path, person_id=None, form=None: run_async(fetch(path, person_id, form))

    return served
