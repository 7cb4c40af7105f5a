"""The server's settings: one list that the command line, the docs and the tests read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

OWN_GUIDE = Path(__file__).parent / "guide" / "data"
"""The guide that comes with the program."""


@dataclass(frozen=True)
class Setting:
    """One setting: its name, the environment variable that sets it, its default, what it does."""

    name: str
    variable: str
    default: str
    help: str


SETTINGS = (
    Setting("home", "MANABIBA_HOME", "var", "Folder with the database, runs and secrets."),
    Setting("courses", "MANABIBA_COURSES", "courses", "Folder with the courses (講座)."),
    Setting(
        "guide",
        "MANABIBA_GUIDE",
        "",
        "Folder with the guide's files (案内); empty: those that come with the program.",
    ),
    Setting("host", "MANABIBA_HOST", "127.0.0.1", "Address to listen on; 0.0.0.0 for the network."),
    Setting("port", "MANABIBA_PORT", "8866", "Port of the participants' pages."),
    Setting("database_url", "MANABIBA_DATABASE_URL", "", "Database URL; empty: HOME/manabiba.db."),
    Setting("public_url", "MANABIBA_PUBLIC_URL", "", "Address people use, when it is another one."),
    Setting("kernels", "MANABIBA_KERNELS", "300", "Most kernels at once (about 10 MB each)."),
    Setting("trust_proxy", "MANABIBA_TRUST_PROXY", "0", "1: believe X-Forwarded-* of a proxy."),
)


class SettingsError(ValueError):
    """A setting that cannot be used; the message says which one and what to do."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings, read once and passed down."""

    home: Path
    courses: Path
    guide: Path
    host: str
    port: int
    database_url: str
    public_url: str
    kernels: int
    trust_proxy: bool

    @property
    def base_url(self) -> str:
        """The address in links and QR codes, without a slash at its end."""
        if self.public_url:
            return self.public_url.rstrip("/")
        host = "localhost" if self.host in {"127.0.0.1", "0.0.0.0", "::"} else self.host
        return f"http://{host}:{self.port}"

    def run_folder(self, run_id: str) -> Path:
        """The nbgrader course directory of a run."""
        return self.home / "runs" / run_id


def read_settings(
    environment: Mapping[str, str] = os.environ, **given: str | int | Path | None
) -> Settings:
    """Settings from arguments, else the environment, else the defaults.

    Raises SettingsError, naming the setting, for a value that cannot be used.
    """
    values = {
        setting.name: str(
            given[setting.name]
            if given.get(setting.name) is not None
            else environment.get(setting.variable) or setting.default
        )
        for setting in SETTINGS
    }
    if not values["port"].isdecimal() or not 0 < int(values["port"]) < 65536:
        raise SettingsError(f"port {values['port']!r}: give a number from 1 to 65535")
    if not values["kernels"].isdecimal() or int(values["kernels"]) < 1:
        raise SettingsError(f"kernels {values['kernels']!r}: give a number from 1 up")
    if url := values["database_url"]:
        try:
            make_url(url).get_dialect()
        except (ArgumentError, ValueError) as error:  # its text may hold a password
            raise SettingsError(
                "database_url: give a URL as SQLAlchemy reads it, like sqlite:////srv/manabiba.db"
            ) from error
    home = Path(values["home"]).expanduser().resolve()
    return Settings(
        home=home,
        courses=Path(values["courses"]).expanduser().resolve(),
        guide=Path(values["guide"]).expanduser().resolve() if values["guide"] else OWN_GUIDE,
        host=values["host"],
        port=int(values["port"]),
        database_url=values["database_url"] or f"sqlite:///{home / 'manabiba.db'}",
        public_url=values["public_url"],
        kernels=int(values["kernels"]),
        trust_proxy=values["trust_proxy"] == "1",
    )
