"""Joining a run, the personal link, coming back by it, signing out."""

from __future__ import annotations

from datetime import datetime

from tornado.web import HTTPError

from ..database import Run
from ..people import PeopleError, create_person, person_by_token, reissue_token
from ..runs import enrol, role_in, run_by_join_code
from .base import PageHandler
from .qr import qr_svg

FIELDS = {"name": "お名前", "reading": "ふりがな", "organisation": "団体名"}


class StartPage(PageHandler):
    """`/`: what this is, and the way in."""

    def get(self) -> None:
        if self.current_user is not None and "code" not in self.request.query_arguments:
            self.redirect("/home")
            return
        code = self.get_query_argument("code", "").strip()
        if not code:
            self.page("start.html.j2", code="", error="")
            return
        self.limit("join")
        with self.context.database.reading() as session:
            run = run_by_join_code(session, code)
        if run is None:
            error = (
                "この参加コードは見つかりません。案内に書かれた8文字を、もう一度確かめてください。"
            )
            self.page("start.html.j2", code=code, error=error)
        else:
            self.redirect(f"/join/{run.join_code}")


class JoinPage(PageHandler):
    """`/join/<code>`: who you are, and what is stored for how long."""

    def _run(self, code: str) -> Run:
        self.limit("join")
        with self.context.database.reading() as session:
            run = run_by_join_code(session, code)
        if run is None:
            raise HTTPError(404)
        return run

    def get(self, code: str) -> None:
        self._show(self._run(code), dict.fromkeys(FIELDS, ""), {})

    def _show(self, run: Run, values: dict[str, str], errors: dict[str, str]) -> None:
        """The form, and before it the way for those who are in the run already."""
        person = self.current_user
        with self.context.database.reading() as session:
            is_in = person is not None and role_in(session, run.id, person.id) is not None
        self.page("join.html.j2", run=run, values=values, errors=errors, is_in=is_in)

    def post(self, code: str) -> None:
        run = self._run(code)
        now = self.context.clock()
        if self.current_user is not None and self.get_body_argument("as", "") == "me":
            with self.context.database.session() as session:
                enrol(session, run.id, self.current_user.id, role="participant", now=now)
            self.redirect("/home")
            return
        values = {name: self.get_body_argument(name, "") for name in FIELDS}
        try:
            token = self._create(run, values, now)
        except PeopleError as error:
            self.set_status(422)
            errors = {name: str(error) for name, label in FIELDS.items() if label == error.label}
            self._show(run, values, errors)
            return
        link = f"{self.context.settings.base_url}/me/{token}"
        self.page("welcome.html.j2", link=link, qr=qr_svg(link, title="受講者用リンクのQRコード"))

    def _create(self, run: Run, values: dict[str, str], now: datetime) -> str:
        with self.context.database.session() as session:
            person, token = create_person(session, **values, now=now)
            enrol(session, run.id, person.id, role="participant", now=now)
        self.sign_in(person)
        self.current_user = person
        return token


class PersonalLink(PageHandler):
    """`/me/<token>`: signs in; asks first when somebody else is signed in on this device."""

    def get(self, token: str) -> None:
        self.limit("link")
        with self.context.database.reading() as session:
            person = person_by_token(session, token)
        if person is None:
            self.set_status(404)
            self.page(
                "error.html.j2",
                heading="このリンクは使えません",
                advice="リンクが途中で切れているか、新しいリンクに変わっています。"
                "新しいほうのリンクを開くか、講師にお知らせください。",
            )
            return
        if self.current_user is not None and self.current_user.id != person.id:
            self.page("switch.html.j2", other=person)
            return
        self.sign_in(person)
        self.redirect("/home")

    def post(self, token: str) -> None:
        self.limit("link")
        with self.context.database.reading() as session:
            person = person_by_token(session, token)
        if person is None:
            raise HTTPError(404)
        self.sign_in(person)
        self.redirect("/home")


class NewLink(PageHandler):
    """`/link`: a new personal link; the old one and other devices end."""

    def get(self) -> None:
        self.require_person()
        self.page("new_link.html.j2")

    def post(self) -> None:
        person = self.require_person()
        with self.context.database.session() as session:
            token = reissue_token(session, person.id)
        with self.context.database.reading() as session:
            renewed = person_by_token(session, token)
        if renewed is None:
            raise HTTPError(500)
        self.sign_in(renewed)
        self.current_user = renewed
        link = f"{self.context.settings.base_url}/me/{token}"
        self.page("welcome.html.j2", link=link, qr=qr_svg(link, title="受講者用リンクのQRコード"))


class SignOut(PageHandler):
    """`/sign-out`: forget the person on this device, after asking."""

    def get(self) -> None:
        self.page("sign_out.html.j2")

    def post(self) -> None:
        self.sign_out()
        self.redirect("/")
