"""The base of all explorables: figures that a reader moves, with nothing to answer."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from .exercise import STATIC, is_grading, module_source, on_page

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


class ExplorableError(ValueError):
    """An author's mistake in an explorable; the message names the explorable."""


@dataclass(frozen=True)
class Still:
    """What an explorable shows before anybody moves it, as a table: texts only.

    The first cell of a row is its heading; the others are figures.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


_explorables: dict[str, Explorable] = {}


def explorables() -> tuple[Explorable, ...]:
    """The explorables of this notebook, in the order in which they were made."""
    return tuple(_explorables.values())


class Explorable(anywidget.AnyWidget):
    """A figure that answers to the reader's hand: no points, nothing kept, no kernel needed.

    A kind gives `kind`, its own part of the public `spec`, and `still`. All arithmetic of what
    the reader does is in the kind's ES module; tests hold it to the functions of
    `manabiba_subjects`. Everything in `spec` can be read in the browser.
    """

    kind: ClassVar[str] = ""
    modules: ClassVar[Path] = STATIC
    _css = "\n".join(
        (STATIC / name).read_text(encoding="utf-8") for name in ("exercise.css", "explorable.css")
    )

    explorable_id = traitlets.Unicode().tag(sync=True)
    explorable_kind = traitlets.Unicode().tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "kind" in cls.__dict__:  # not the class anywidget makes for each instance
            cls._esm = module_source(cls.kind, cls.modules)
        super().__init_subclass__(**kwargs)

    def __init__(self, explorable_id: str, *, title: str, lead: str = "", **public: Any) -> None:
        if not _ID.fullmatch(explorable_id):
            raise ExplorableError(
                f"explorable id {explorable_id!r}: use lower-case letters, digits and hyphens"
            )
        if on_page() and explorable_id in _explorables:
            raise ExplorableError(
                f"explorable {explorable_id}: this id is used twice in the notebook"
            )
        identity = {"model_id": f"explorable-{explorable_id}"} if on_page() else {}
        super().__init__(
            explorable_id=explorable_id,
            explorable_kind=self.kind,
            spec={"title": title, "lead": lead, **public},
            **identity,
        )
        _explorables[explorable_id] = self

    def still(self) -> Still:
        """The figure before anybody moves it; every kind has its own."""
        raise NotImplementedError

    def still_html(self) -> str:
        """Title, lead and `still` as HTML, for readers without scripts and for paper."""
        still = self.still()
        head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in still.columns)
        body = "".join(
            f'<tr><th scope="row">{html.escape(row[0])}</th>'
            + "".join(f"<td>{html.escape(cell)}</td>" for cell in row[1:])
            + "</tr>"
            for row in still.rows
        )
        lead = html.escape(self.spec["lead"]).replace("\n\n", "</p><p>").replace("\n", "<br>")
        return (
            f"<h3>{html.escape(self.spec['title'])}</h3>"
            + (f"<p>{lead}</p>" if lead else "")
            + f"<table><caption>{html.escape(still.caption)}</caption>"
            + f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def open(self) -> None:
        """Tell a front end of this widget; while grading there is none."""
        if not is_grading():
            super().open()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        if is_grading():  # nothing was answered here, so there is nothing to read
            return {"text/plain": f"({self.spec['title']}: 採点するものはありません)"}, {}
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**data, "text/html": self.still_html()}, metadata


def refuse(explorable_id: str, errors: Sequence[str]) -> None:
    """Raise ExplorableError with all of an author's mistakes when there are any."""
    if errors:
        raise ExplorableError(f"explorable {explorable_id}: {'; '.join(errors)}")
