"""The participants' server: a Voilà application with our people, pages and kernels."""

from __future__ import annotations

import asyncio
import logging
import shutil
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from jupyter_core.utils import run_sync
from jupyter_server.base.handlers import APIHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.web import authenticated

from . import document_pages, lesson_page, pages
from ._voila import TEMPLATE, Voila
from .answers import saved_answers
from .attempts import AttemptLog
from .comm_socket import (
    FROM_VOILA,
    LARGEST_READ,
    CommConnection,
    CommSocket,
    OwnKernelHandler,
    OwnKernels,
    PersonIdentity,
)
from .courses import Course
from .database import Database, RunLesson
from .execution import close_processes, drop_unused_processes
from .kernels import KernelPool, Seat
from .page_kernels import PageKernels
from .pages.context import AppContext
from .runs import lessons_of, list_runs
from .secrets_store import cookie_secret
from .settings import Settings
from .snapshot import LessonError, Snapshots
from .static_files import FrontEndHandler, StaticHandler, static_roots

LARGEST_BODY = 2_000_000
"""Bytes of a request's body."""

TEND_EVERY_MS = 1000

WARM_EVERY_S = 10.0
"""Seconds between the snapshots that nobody is likely to ask for first."""

FORGET_EVERY_MS = 60_000

_KERNEL = r"(?P<kernel_id>[0-9a-f-]{36})"
_log = logging.getLogger(__name__)


class ShutdownHandler(APIHandler):
    """Voilà's address for ending a kernel; here only its owner may."""

    @authenticated
    async def post(self, kernel_id: str) -> None:
        pool: KernelPool = self.settings["manabiba_kernel_pool"]
        if pool.owner(kernel_id) != self.current_user.username:
            self.send_error(403)
            return
        await pool.end(kernel_id)
        self.set_status(204)


class ManabibaApp(Voila):
    """Voilà with participants: everything it serves is bound to the signed-in person."""

    name = "manabiba"

    def __init__(self, context: AppContext, announce: Callable[[], None]) -> None:
        super().__init__(
            config_file_paths=[], port_retries=0, open_browser=False, log_level=logging.WARNING
        )
        self.context = context
        self.announce = announce

    def setup_template_dirs(self) -> None:
        """One template, ours; nothing on this machine can replace it."""
        self.template_paths = [str(TEMPLATE)]
        self.static_paths: list[str] = []

    def init_settings(self) -> dict[str, Any]:
        settings = self.context.settings
        self.cookie_secret = cookie_secret(settings.home)
        self.identity_provider_class = PersonIdentity
        self.authorizer_class = OwnKernels
        self.kernel_websocket_connection_class = CommConnection
        self.config.KernelManager.transport = "ipc"
        self.config.KernelManager.autorestart = False  # a restarted kernel would be an empty one
        tornado_settings: dict[str, Any] = super().init_settings()
        self.kernel_manager.kernel_manager_class = f"{__package__}.kernels.PageKernelManager"
        self.kernel_manager.allowed_message_types = list(FROM_VOILA)
        self.pool = KernelPool(
            self.kernel_manager,
            clock=time.monotonic,
            forkable=self.context.snapshots.forkable,
            answers=self._answers_of,
            limit=settings.kernels,
        )
        self.attempts = AttemptLog(
            self.context.database,
            clock=self.context.clock,
            later=lambda seconds, call: IOLoop.current().call_later(seconds, call),
        )
        return {
            **tornado_settings,
            "log_function": _log_request,
            "xsrf_cookies": True,
            "xsrf_cookie_kwargs": {"samesite": "Lax"},
            "compress_response": True,  # pages are personal, so each by itself
            "websocket_max_message_size": LARGEST_READ,
            "websocket_ping_interval": 20,
            "allow_origin": "",
            "allow_remote_access": True,
            "default_handler_class": pages.NotFoundHandler,
            "default_handler_args": {"context": self.context},
            "manabiba_context": self.context,
            "manabiba_kernel_pool": self.pool,
            "manabiba_page_kernels": PageKernels(self.pool),
            "manabiba_attempts": self.attempts,
            "manabiba_limits": pages.rate_limits(),
            "manabiba_person_of": pages.person_id_of,
        }

    def init_handlers(self) -> list[Any]:
        return [
            *pages.handlers(self.context),
            *lesson_page.handlers(self.context),
            *document_pages.handlers(self.context),
            (
                r"/static/(site|widgets)/([0-9a-f]{16})/([a-z_]+\.[a-z]+)",
                StaticHandler,
                {"roots": self.context.static},
            ),
            (
                r"/static/(voila|labextensions)/([0-9a-f]{16})/([A-Za-z0-9@._/-]+)",
                FrontEndHandler,
                {"roots": {}},
            ),
            (rf"/api/kernels/{_KERNEL}", OwnKernelHandler),
            (rf"/api/kernels/{_KERNEL}/channels", CommSocket),
            (rf"/voila/api/shutdown/{_KERNEL}", ShutdownHandler),
        ]

    def listen(self) -> None:
        settings = self.context.settings
        server = HTTPServer(
            self.app,
            max_body_size=LARGEST_BODY,
            max_buffer_size=LARGEST_BODY,
            xheaders=settings.trust_proxy,
        )
        server.listen(settings.port, settings.host)
        self.ioloop = IOLoop.current()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._handle_signal_stop)
        tend = PeriodicCallback(self.pool.tend, TEND_EVERY_MS)
        tend.start()
        forget = PeriodicCallback(drop_unused_processes, FORGET_EVERY_MS)
        forget.start()
        self.announce()
        self.ioloop.add_callback(self._warm)
        try:
            self.ioloop.start()
        finally:
            tend.stop()
            forget.stop()
            server.stop()
            self.stop()

    async def _warm(self) -> None:
        """Take snapshots before anybody asks: at once of each run's nearest evening, in time of
        all other lessons, so that a server that has just started is there for its people."""
        context = self.context
        with context.database.reading() as session:
            runs = {run.id: lessons_of(session, run.id) for run in list_runs(session)}
            courses = {run.id: run.course_id for run in list_runs(session)}
        for pause, run_id, lesson_id in warming(runs, context.clock()):
            course = context.courses.get(courses[run_id])
            lesson = course.lesson(lesson_id) if course else None
            if lesson is None:
                continue
            if pause:
                await asyncio.sleep(pause)
            try:
                await context.snapshots.of(lesson)
            except LessonError as error:
                _log.error("%s", error)

    def _answers_of(self, seat: Seat) -> dict[str, Any]:
        with self.context.database.reading() as session:
            return saved_answers(session, seat.run_id, seat.person_id, seat.lesson_id)

    def stop(self) -> None:
        self.attempts.flush()
        run_sync(self.pool.end_all)()
        run_sync(self.kernel_manager.shutdown_all)(now=True)
        close_processes()
        shutil.rmtree(self.connection_dir, ignore_errors=True)


def warming(runs: Mapping[str, Sequence[RunLesson]], now: datetime) -> list[tuple[float, str, str]]:
    """The lessons of all runs, each once: seconds to wait first, run id, lesson id.

    The lesson of each run that is nearest to now comes at once, the others one by one.
    """
    by_nearness = {
        run_id: sorted(lessons, key=lambda one: abs(one.starts_at - now))
        for run_id, lessons in runs.items()
    }
    wanted: dict[str, tuple[float, str, str]] = {}
    for run_id, lessons in sorted(by_nearness.items()):
        for lesson in lessons[:1]:
            wanted.setdefault(lesson.lesson_id, (0.0, run_id, lesson.lesson_id))
    for run_id, lessons in sorted(by_nearness.items()):
        for lesson in lessons[1:]:
            wanted.setdefault(lesson.lesson_id, (WARM_EVERY_S, run_id, lesson.lesson_id))
    return list(wanted.values())


def _log_request(handler: Any) -> None:
    status = handler.get_status()
    level = logging.INFO if status < 400 else logging.WARNING
    # The path alone: personal links and join codes are as good as passwords.
    path = handler.request.path
    shown = "/me/…" if path.startswith("/me/") else path
    _log.log(level, "%d %s %s", status, handler.request.method, shown)


def serve(
    settings: Settings,
    database: Database,
    courses: Mapping[str, Course],
    announce: Callable[[], None],
) -> int:
    """Serve until SIGINT or SIGTERM; `announce` is called once the server listens."""
    context = AppContext(
        settings=settings,
        database=database,
        courses=dict(courses),
        clock=lambda: datetime.now(UTC),
        static=static_roots(),
        snapshots=Snapshots(courses),
    )
    app = ManabibaApp(context, announce)
    app.initialize([])
    app.start()
    return 0
