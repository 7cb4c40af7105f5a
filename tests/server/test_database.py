from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from manabiba_server.database import Base, Database, Person


def test_the_migrations_make_the_tables_of_the_models(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'm.db'}")
    database.upgrade()
    database.upgrade()  # a second start changes nothing
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_sqlite_keeps_what_it_acknowledged(world) -> None:
    with world.database.reading() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert session.execute(text("PRAGMA synchronous")).scalar() == 2
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_transaction_that_fails_leaves_nothing(world) -> None:
    with pytest.raises(RuntimeError), world.database.session() as session:
        session.get_one(Person, world.learner).name = "別人"
        session.flush()
        raise RuntimeError
    with world.database.reading() as session:
        assert session.get_one(Person, world.learner).name == "受講 太郎"
