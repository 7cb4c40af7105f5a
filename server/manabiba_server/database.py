"""The database: people, runs, answers, submissions, results, own books, team boards, comments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Dialect,
    Engine,
    ForeignKey,
    NullPool,
    TypeDecorator,
    UniqueConstraint,
    create_engine,
    event,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

MIGRATIONS = Path(__file__).parent / "migrations"


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None else None


class Base(DeclarativeBase):
    """The tables."""

    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON}  # noqa: RUF012


class Person(Base):
    """Somebody who learns, teaches or runs the programme."""

    __tablename__ = "person"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    reading: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]


class Run(Base):
    """A course held once."""

    __tablename__ = "run"
    id: Mapped[str] = mapped_column(primary_key=True)
    course_id: Mapped[str]
    title: Mapped[str]
    join_code: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    keep_until: Mapped[date]


class RunLesson(Base):
    """A lesson's dates in a run; feedback is out when `feedback_at` is set."""

    __tablename__ = "run_lesson"
    run_id: Mapped[str] = mapped_column(ForeignKey("run.id"), primary_key=True)
    lesson_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    starts_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    solution_at: Mapped[datetime | None]
    feedback_at: Mapped[datetime | None]


class Enrolment(Base):
    """A person in a run; `role` is participant, instructor or coordinator."""

    __tablename__ = "enrolment"
    run_id: Mapped[str] = mapped_column(ForeignKey("run.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[str]
    joined_at: Mapped[datetime]


class Answer(Base):
    """What a person entered last; `revision` grows by one with each change."""

    __tablename__ = "answer"
    run_id: Mapped[str] = mapped_column(ForeignKey("run.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    exercise_id: Mapped[str] = mapped_column(primary_key=True)
    lesson_id: Mapped[str] = mapped_column(index=True)
    answer: Mapped[dict[str, Any]]
    hints_opened: Mapped[int]
    revision: Mapped[int]
    saved_at: Mapped[datetime]


class Attempt(Base):
    """One 「確かめる」: the answer as it was and what the judge said."""

    __tablename__ = "attempt"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("run.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    lesson_id: Mapped[str]
    exercise_id: Mapped[str]
    answer: Mapped[dict[str, Any]]
    hints_opened: Mapped[int]
    score: Mapped[float]
    status: Mapped[str]
    feedback: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class Submission(Base):
    """A frozen copy of all answers of a lesson; the newest one counts."""

    __tablename__ = "submission"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("run.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    lesson_id: Mapped[str]
    answers: Mapped[dict[str, Any]]
    submitted_at: Mapped[datetime]
    late: Mapped[bool]


class Result(Base):
    """A released grade of one exercise; nothing is here before release."""

    __tablename__ = "result"
    __table_args__ = (UniqueConstraint("run_id", "person_id", "lesson_id", "exercise_id"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("run.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    lesson_id: Mapped[str]
    exercise_id: Mapped[str]
    position: Mapped[int]
    title: Mapped[str]
    score: Mapped[float]
    max_score: Mapped[float]
    comment: Mapped[str]
    solution_answer: Mapped[str]
    solution_explanation: Mapped[str]
    submitted_at: Mapped[datetime | None]
    """When what was graded was handed in; None for what was released before this was kept."""


class OwnBooksRow(Base):
    """A participant's own books: they belong to the person, not to a run."""

    __tablename__ = "own_books"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str]
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class OwnBooksShare(Base):
    """Books that their owner shows to the instructors of a run, until they take it back."""

    __tablename__ = "own_books_share"
    books_id: Mapped[str] = mapped_column(ForeignKey("own_books.id"), primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("run.id"), primary_key=True, index=True)
    shared_at: Mapped[datetime]


class TeamBoardRow(Base):
    """A run's team board; `revision` grows by one with each change."""

    __tablename__ = "team_board"
    run_id: Mapped[str] = mapped_column(ForeignKey("run.id"), primary_key=True)
    content: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]
    revision: Mapped[int]


class PeerRow(Base):
    """A participant who agreed once to 読み合い; `agreed_at` is empty while they do not."""

    __tablename__ = "peer"
    __table_args__ = (UniqueConstraint("run_id", "number"),)
    run_id: Mapped[str] = mapped_column(ForeignKey("run.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    number: Mapped[int]
    agreed_at: Mapped[datetime | None]


class PeerCommentRow(Base):
    """What one participant wrote on another's plan; `revision` grows with each change of words."""

    __tablename__ = "peer_comment"
    __table_args__ = (UniqueConstraint("run_id", "writer_id", "receiver_id"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("run.id"))
    writer_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    receiver_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    good: Mapped[str]
    question: Mapped[str]
    suggestion: Mapped[str]
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    revision: Mapped[int]
    sent_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    reported_at: Mapped[datetime | None]
    taken_down_at: Mapped[datetime | None]
    reason: Mapped[str]


class Database:
    """A database by URL; every `session()` is one transaction."""

    def __init__(self, url: str, *, pooled: bool = True) -> None:
        self.url = url
        options: dict[str, Any] = {} if pooled else {"poolclass": NullPool}
        self.engine: Engine = create_engine(url, **options)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        self._reading = self.engine.execution_options(manabiba_reads_only=True)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction: committed at the end, rolled back on an error."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reading alone: it waits for nobody."""
        with Session(self._reading, expire_on_commit=False) as session:
            yield session

    def upgrade(self) -> None:
        """Bring the tables up to date (Alembic)."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # transactions begin where `_begin_sqlite` says
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged answer survives a power cut
        "foreign_keys=ON",
        "busy_timeout=10000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that writes takes its turn at the beginning: one that began by reading
    # could only fail when another process wrote meanwhile.
    reads_only = connection.get_execution_options().get("manabiba_reads_only")
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
