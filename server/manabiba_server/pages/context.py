"""What every page is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ..courses import Course
from ..database import Database
from ..settings import Settings
from ..snapshot import Snapshots
from ..static_files import StaticRoot


@dataclass(frozen=True, kw_only=True)
class AppContext:
    """The server's parts, passed down; `clock` is the only clock."""

    settings: Settings
    database: Database
    courses: Mapping[str, Course]
    clock: Callable[[], datetime]
    static: Mapping[str, StaticRoot]
    snapshots: Snapshots
