"""A gradebook whose many small commits become few: a SQLAlchemy dialect named in its URL.

nbgrader commits after every grade and every comment, and each commit waits for the disk. A worker
opens the gradebook as `sqlite+whole:///…`: there a commit is kept back (a savepoint) until
`finish` writes all of a step at once. What nbgrader does is unchanged, and so is the gradebook.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

LOCKED_FOR_S = 60
"""Seconds that a worker waits for another one's writing."""


def whole(url: str) -> str:
    """The URL under which a gradebook's commits are kept back, where it is a SQLite file."""
    if not url.startswith("sqlite:///"):
        return url
    registry.register("sqlite.whole", __name__, "WholeSQLite")
    return url.replace("sqlite:", "sqlite+whole:", 1)


class WholeSQLite(SQLiteDialect_pysqlite):
    """One connection for all engines of this process; its transaction ends with `finish`."""

    supports_statement_cache = True

    # nbgrader makes a new engine for every look into the gradebook. They are all alike, so what
    # one has compiled serves the others.
    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Any) -> None:
        engine.update_execution_options(compiled_cache=_compiled)

    def has_table(self, connection: Any, table_name: str, *rest: Any, **options: Any) -> bool:
        key = (str(connection.engine.url.database), table_name)
        look: Any = super().has_table
        if key not in _tables and look(connection, table_name, *rest, **options):
            _tables.add(key)
        return key in _tables

    def connect(self, *arguments: Any, **options: Any) -> Any:
        key = str(arguments[0])
        if key not in _connections:
            options = {**options, "timeout": LOCKED_FOR_S, "isolation_level": "IMMEDIATE"}
            _connections[key] = super().connect(*arguments, **options)
        return _connections[key]

    def do_commit(self, dbapi_connection: Any) -> None:
        connection = dbapi_connection
        if connection.in_transaction:
            connection.execute("SAVEPOINT step")

    def do_rollback(self, dbapi_connection: Any) -> None:
        connection = dbapi_connection
        if connection.in_transaction:
            try:
                connection.execute("ROLLBACK TO step")
            except sqlite3.OperationalError:  # nothing was committed yet
                connection.rollback()

    def do_close(self, dbapi_connection: Any) -> None:
        """The next engine goes on with this connection."""


_connections: dict[str, Any] = {}
_compiled: dict[Any, Any] = {}
_tables: set[tuple[str, str]] = set()


def finish() -> None:
    """Write to the disk what was committed; nothing else may be open."""
    for connection in _connections.values():
        if connection.in_transaction:
            connection.commit()
