"""Where the guide leads: consultations, experts, places, what the centre has held, own pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .records import Record, Reference, unique

OWN_PAGES = frozenset({"/guide/essence", "/guide/history"})
"""Pages here that everybody may open."""


class Kind(StrEnum):
    """What a destination is; the value is its heading on the page."""

    CONSULTATION = "相談する"
    EXPERT = "専門家(士業)に相談する"
    PLACE = "集まる場所を使う"
    PROGRAMME = "センターがこれまでに開いた学びと出会いの場"
    PAGE = "読んで考える"


ASKED = (Kind.EXPERT, Kind.CONSULTATION)
"""Kinds of destination where somebody answers."""


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Who answers, where and when."""

    id: str
    name: str
    address: str
    access: str
    phone: str
    fax: str
    hours: tuple[str, ...]
    link: str
    link_text: str
    how: str
    reference: Reference

    @property
    def call(self) -> str:
        """The telephone's number as an address of a link."""
        return "tel:" + "".join(c for c in self.phone if c.isdigit())


@dataclass(frozen=True, kw_only=True)
class Destination:
    """Somewhere a conversation leads to; `because` is a reason of its own, before an answer's."""

    id: str
    kind: Kind
    title: str
    alias: str
    summary: str
    because: str
    bring: tuple[str, ...]
    link: str
    link_text: str
    contact: Contact | None
    reference: Reference


def read_contacts(records: list[Record]) -> dict[str, Contact]:
    """The contacts by id."""
    unique(records)
    contacts = {}
    for record in records:
        contact = Contact(
            id=record.optional("id"),
            name=record.text("name"),
            address=record.optional("address"),
            access=record.optional("access"),
            phone=record.optional("phone"),
            fax=record.optional("fax"),
            hours=record.texts("hours"),
            link=_outside(record),
            link_text=record.optional("link_text"),
            how=record.optional("how"),
            reference=record.reference(),
        )
        if not (contact.phone or contact.link or contact.how):
            record.wrong("連絡のしかたがありません。phone、link、how のどれかを書いてください")
        if contact.phone and not re.fullmatch("[0-9]+(-[0-9]+)*", contact.phone):
            record.wrong(
                f"phone が「{contact.phone}」です。半角で、次の形に書いてください: 045-000-0000"
            )
        contacts[contact.id] = contact
    return contacts


def read_destinations(
    records: list[Record], contacts: Mapping[str, Contact]
) -> dict[str, Destination]:
    """The destinations by id."""
    unique(records)
    destinations = {}
    for record in records:
        kind = record.choice("kind", Kind)
        named = record.optional("contact")
        if named and contacts and named not in contacts:
            record.wrong(f"contact の {named} が contacts.toml にありません。足すか直してください")
        destination = Destination(
            id=record.optional("id"),
            kind=Kind[kind.upper()] if kind else Kind.PAGE,
            title=record.text("title"),
            alias=record.optional("alias"),
            summary=record.text("summary"),
            because=record.optional("because"),
            bring=record.texts("bring"),
            link=_link(record),
            link_text=record.optional("link_text"),
            contact=contacts.get(named),
            reference=record.reference(),
        )
        if kind == "page" and not destination.link:
            record.wrong('ページの link がありません。link = "/guide/…" と書いてください')
        if kind not in {"", "page"} and not named:
            record.wrong('問い合わせ先がありません。contact = "…" と書いてください')
        destinations[destination.id] = destination
    return destinations


def _outside(record: Record) -> str:
    link = record.optional("link")
    if link and not link.startswith("https://"):
        record.wrong(f"link が「{link}」です。https:// で始まるアドレスを書いてください")
    return _with_text(record, link)


def _link(record: Record) -> str:
    link = record.optional("link")
    if link.startswith("/") and link not in OWN_PAGES:
        record.wrong(f"link が「{link}」です。ここのページは {'、'.join(sorted(OWN_PAGES))} です")
    elif link.startswith("/"):
        return _with_text(record, link)
    return _outside(record)


def _with_text(record: Record, link: str) -> str:
    if link and not record.optional("link_text"):
        record.wrong('link のことばがありません。link_text = "…" と書いてください')
    return link
