"""What all pages share: the signed-in person, templates, security headers, error pages."""

from __future__ import annotations

import re
import secrets
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.orm import Session
from tornado.web import HTTPError, RequestHandler

from .. import japanese
from ..database import Person, Run
from ..people import device_key, person_by_device_key
from ..runs import ROLES, role_in
from ..shared_gzip import SharedText, gzipped, plain
from ..snapshot import public_json
from .context import AppContext
from .rate_limit import RateLimit

COOKIE = "manabiba"
COOKIE_DAYS = 180
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_ERRORS = {
    400: ("送られた内容を読めませんでした", "もう一度、前の画面からやり直してください。"),
    401: (
        "はじめに、受講者用リンクを開いてください",
        "参加登録のときに表示されたリンクです。見つからないときは、講師にお知らせください。"
        "新しいリンクをお渡しします。",
    ),
    403: ("このページは開けません", "受講者用リンクを開きなおすか、講師にお知らせください。"),
    404: ("ページが見つかりません", "アドレスが変わったか、入力の間違いかもしれません。"),
    405: ("この操作はできません", "前の画面に戻ってください。"),
    413: ("送られた内容が大きすぎます", "文章を短くして、もう一度お試しください。"),
    429: (
        "少し時間をおいてください",
        "回数が多いため止めています。1分ほど待ってから開きなおしてください。",
    ),
    500: (
        "うまくいきませんでした",
        "「保存しました」と出た解答は残っています。少し待ってから、もう一度お試しください。"
        "続くときは、講師にお知らせください。",
    ),
}


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=japanese.day,
        date_and_time=japanese.date_and_time,
        time_of_day=japanese.time_of_day,
        points=japanese.points,
        json=public_json,
    )
    return environment


def _person_of(handler: RequestHandler, context: AppContext) -> Person | None:
    cookie = handler.get_signed_cookie(COOKIE, max_age_days=COOKIE_DAYS)
    if cookie is None:
        return None
    with context.database.reading() as session:
        return person_by_device_key(session, cookie.decode("utf-8", "replace"))


def person_id_of(handler: RequestHandler) -> str | None:
    """The signed-in person's id, for Jupyter's own handlers."""
    person = _person_of(handler, handler.settings["manabiba_context"])
    return person.id if person else None


class PageHandler(RequestHandler):
    """A page of ours. No secret of one person ever stands in another's page."""

    def initialize(self, context: AppContext) -> None:
        self.context = context

    def set_default_headers(self) -> None:
        for name, value in SECURITY_HEADERS.items():
            self.set_header(name, value)
        self.clear_header("Server")

    def prepare(self) -> None:
        """Refuse what another site sends, whatever its form."""
        if self.request.method in {"GET", "HEAD", "OPTIONS"}:
            return
        origin = self.request.headers.get("Origin")
        site = self.request.headers.get("Sec-Fetch-Site", "same-origin")
        if origin is not None and urlsplit(origin).netloc != self.request.host:
            raise HTTPError(403, "cross-site request")
        if site not in {"same-origin", "none"}:
            raise HTTPError(403, "cross-site request")

    def get_current_user(self) -> Person | None:
        return _person_of(self, self.context)

    def require_person(self) -> Person:
        """The signed-in person; without one a page that tells how to sign in (401)."""
        person: Person | None = self.current_user
        if person is None:
            raise HTTPError(401)
        return person

    def own_run(self, session: Session, run_id: str, roles: frozenset[str] = ROLES) -> Run:
        """The run, for whoever is in it in one of these roles; else 401, 404 or 403."""
        person = self.require_person()
        run = session.get(Run, run_id)
        if run is None:
            raise HTTPError(404)
        if role_in(session, run_id, person.id) not in roles:
            raise HTTPError(403)
        return run

    def sign_in(self, person: Person) -> None:
        """Set the signed cookie of this device."""
        self.set_signed_cookie(
            COOKIE,
            device_key(person),
            expires_days=COOKIE_DAYS,
            httponly=True,
            samesite="Lax",
            secure=self.request.protocol == "https",
        )

    def sign_out(self) -> None:
        """Forget the person on this device."""
        self.clear_cookie(COOKIE)

    def limit(self, name: str) -> None:
        """Raise 429 when this address tries too often."""
        if not self.is_within(name, str(self.request.remote_ip)):
            raise HTTPError(429)

    def is_within(self, name: str, key: str) -> bool:
        """Whether an address or a person may try once more now."""
        limit: RateLimit = self.settings["manabiba_limits"][name]
        return limit.allows(key, now=self.context.clock().timestamp())

    def page(self, template: str, **values: Any) -> None:
        """Write a page. A value that is a SharedText goes into it as it is, compressed before."""
        shared = {key: value for key, value in values.items() if isinstance(value, SharedText)}
        marks = {key: f"<{self._mark} {key}>" for key in shared}
        text = (
            _templates()
            .get_template(template)
            .render(
                person=self.current_user,
                static=lambda file, root="site": self.context.static[root].url(file),
                xsrf=self.xsrf_token.decode(),
                **{**values, **marks},
            )
        )
        self.set_header("Content-Type", "text/html; charset=utf-8")
        if not shared:
            self.finish(text)
            return
        parts: list[bytes | SharedText] = []
        for piece in re.split(f"({'|'.join(map(re.escape, marks.values()))})", text):
            found = piece.removeprefix(f"<{self._mark} ").removesuffix(">")
            parts.append(shared[found] if piece in marks.values() else piece.encode("utf-8"))
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(gzipped(parts))
        else:
            self.finish(plain(parts))

    def send_file(self, data: bytes, name: str, kind: str) -> None:
        """A download with a Japanese name."""
        self.set_header("Content-Type", kind)
        self.set_header(
            "Content-Disposition", f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        )
        self.finish(data)

    _mark = f"shared-{secrets.token_hex(16)}"
    """What stands for a shared text until the page is put together; nobody can write it."""

    def compute_etag(self) -> None:
        """Nobody keeps a personal page, so nobody asks whether it is still the same."""

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        known = status_code if status_code in _ERRORS else (500 if status_code >= 500 else 400)
        heading, advice = _ERRORS[known]
        if "application/json" in self.request.headers.get("Accept", ""):
            self.finish({"message": f"{heading}。{advice}"})
            return
        self.current_user = None  # an error page must not fail for the reason it reports
        self.page("error.html.j2", heading=heading, advice=advice)


class NotFoundHandler(PageHandler):
    """Every address nobody else answers to."""

    def prepare(self) -> None:
        raise HTTPError(404)
