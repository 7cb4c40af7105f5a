"""Secrets on disk: readable by the server's own user alone."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from jupyter_server.auth.security import passwd


def _folder(home: Path) -> Path:
    folder = home / "secrets"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def _write(path: Path, data: bytes) -> None:
    draft = path.with_name(path.name + ".draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def cookie_secret(home: Path) -> bytes:
    """The key that signs cookies: made once, so that people stay signed in over a restart."""
    path = _folder(home) / "cookie_secret"
    if not path.exists():
        _write(path, secrets.token_bytes(48))
    return path.read_bytes()


def lab_password_hash(home: Path) -> str | None:
    """The hash of the instructors' password for JupyterLab, None while none is set."""
    path = _folder(home) / "lab_password"
    return path.read_text(encoding="ascii") if path.exists() else None


def set_lab_password(home: Path, password: str) -> None:
    """Keep the hash (jupyter_server's own function) of the instructors' password."""
    _write(_folder(home) / "lab_password", passwd(password).encode("ascii"))


def read_demo_links(home: Path) -> dict[str, Any]:
    """The demo people's tokens, so that a second start can print the same links."""
    path = _folder(home) / "demo.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_demo_links(home: Path, links: dict[str, str]) -> None:
    """Keep the demo people's tokens (fictional people only)."""
    _write(_folder(home) / "demo.json", json.dumps(links).encode())
