"""Scripts and styles under addresses made of their content: cached for good, compressed once."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from tornado.web import HTTPError, RequestHandler

from manabiba_widgets.exercise import STATIC as WIDGETS

from ._voila import front_end_folder, widget_extensions

OWN = Path(__file__).parent / "static"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
SHARED = "card.js"
"""The module that stays a request of its own: every exercise kind imports it."""

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([a-z_]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=async function|function|const|class)", re.MULTILINE)


def with_imports(name: str, files: Mapping[str, bytes]) -> bytes:
    """A module with its own imports written into it, so that a page needs few requests.

    >>> with_imports("a.js", {
    ...     "a.js": b'import { b } from "./b.js";\\nb();\\n',
    ...     "b.js": b'import { c } from "./card.js";\\nexport function b() {}\\n',
    ... })
    b'import { c } from "./card.js";\\nfunction b() {}\\nb();\\n'
    """
    inlined: set[str] = set()
    shared: set[str] = set()

    def inline(match: re.Match[str]) -> str:
        names, dependency = match[1], match[2]
        if dependency == SHARED:
            shared.update(found.strip() for found in names.split(",") if found.strip())
            return ""
        if dependency in inlined:
            return ""
        inlined.add(dependency)
        return _EXPORT.sub("", _IMPORT.sub(inline, files[dependency].decode()))

    text = _IMPORT.sub(inline, files[name].decode())
    if shared:
        text = f'import {{ {", ".join(sorted(shared))} }} from "./{SHARED}";\n{text}'
    return text.encode()


@dataclass(frozen=True)
class StaticRoot:
    """A folder's files; one hash for all, so that modules find each other relatively."""

    name: str
    digest: str
    files: Mapping[str, bytes]
    compressed: Mapping[str, bytes]

    @classmethod
    def of(cls, name: str, folder: Path, *, joined: Mapping[str, list[Path]]) -> StaticRoot:
        """A folder's files, and files `joined` from several."""
        found = {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.suffix in _TYPES}
        files = {n: with_imports(n, found) if n.endswith(".js") else d for n, d in found.items()}
        for file, parts in joined.items():
            files[file] = b"".join(part.read_bytes() for part in parts)
        digest = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:16]
        compressed = {n: gzip.compress(data, 9, mtime=0) for n, data in files.items()}
        return cls(name, digest, files, compressed)

    def url(self, file: str) -> str:
        """The address of a file. Raises KeyError for one that is not there."""
        if file not in self.files:
            raise KeyError(f"no static file {self.name}/{file}")
        return f"/static/{self.name}/{self.digest}/{file}"


def static_roots() -> dict[str, StaticRoot]:
    """Ours and the exercises' files."""
    page = [OWN / "site.css", WIDGETS / "exercise.css", OWN / "lesson.css"]
    return {
        "site": StaticRoot.of("site", OWN, joined={"lesson_page.css": page}),
        "widgets": StaticRoot.of("widgets", WIDGETS, joined={}),
    }


class StaticHandler(RequestHandler):
    """Serves known files only; there is no folder to wander in."""

    def initialize(self, roots: Mapping[str, StaticRoot]) -> None:
        self.roots = roots

    def set_default_headers(self) -> None:
        self.set_header("X-Content-Type-Options", "nosniff")

    def check_xsrf_cookie(self) -> None:
        """Nothing here changes anything."""

    def get(self, root: str, digest: str, file: str) -> None:
        known = self.roots.get(root)
        if known is None or digest != known.digest or file not in known.files:
            raise HTTPError(404)
        self.send(file, known.files[file], known.compressed[file])

    def send(self, file: str, data: bytes, compressed: bytes) -> None:
        """Send a file to be kept for good, compressed to whom it may be."""
        suffix = Path(file).suffix
        kind = _TYPES.get(suffix) or mimetypes.guess_type(file)[0] or "application/octet-stream"
        text = kind.startswith("text/") or suffix in _TYPES
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.write(compressed)
        else:
            self.write(data)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        self.finish()


@dataclass(frozen=True)
class FrontEndRoot:
    """Files of an installed package: listed and hashed at first need, compressed when asked for."""

    digest: str
    paths: Mapping[str, Path]

    @classmethod
    def of(cls, folders: Mapping[str, Path]) -> FrontEndRoot:
        paths = {
            f"{prefix}{path.relative_to(folder).as_posix()}": path
            for prefix, folder in folders.items()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.name.endswith((".json", ".txt", ".map"))
        }
        digest = hashlib.sha256()
        for name, path in sorted(paths.items()):
            digest.update(name.encode() + b"\0" + path.read_bytes())
        return cls(digest.hexdigest()[:16], paths)


@cache
def front_end_roots() -> dict[str, FrontEndRoot]:
    """Voilà's own front end, for the pages that need it; nothing of it comes from elsewhere."""
    return {
        "voila": FrontEndRoot.of({"": front_end_folder()}),
        "labextensions": FrontEndRoot.of(
            {f"{name}/": folder for name, folder in widget_extensions().items()}
        ),
    }


@lru_cache(maxsize=256)
def _file_and_compressed(path: Path) -> tuple[bytes, bytes]:
    data = path.read_bytes()
    return data, gzip.compress(data, 9, mtime=0)


class FrontEndHandler(StaticHandler):
    """Serves the known files of Voilà's front end."""

    def get(self, root: str, digest: str, file: str) -> None:
        known = front_end_roots()[root]
        if digest != known.digest or file not in known.paths:
            raise HTTPError(404)
        self.send(file, *_file_and_compressed(known.paths[file]))
