"""What every command begins with: the home folder, its database, the courses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy.exc import DatabaseError, OperationalError

from ..courses import Course, CourseError, Lesson, load_courses
from ..database import Database, Run
from ..settings import SETTINGS, Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from manabiba_grading import RunDirectory

F = TypeVar("F", bound=Callable[..., Any])
HELP = {setting.name: setting.help for setting in SETTINGS}
console = Console()
SOURCE = "manabiba_server.submissions.DatabaseSource"


def home_option(command: F) -> F:
    """`--home` and `--courses`, which every command takes."""
    command = click.option("--courses", type=click.Path(path_type=Path), help=HELP["courses"])(
        command
    )
    return click.option(
        "--home", type=click.Path(path_type=Path), envvar="MANABIBA_HOME", help=HELP["home"]
    )(command)


def json_option(command: F) -> F:
    """`--json`: the answer as JSON, for programs."""
    return click.option("as_json", "--json", is_flag=True, help="Print JSON.")(command)


def say_json(data: object) -> None:
    """Print an answer for programs."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


@dataclass(frozen=True)
class Workplace:
    """Settings, database and courses, opened and checked."""

    settings: Settings
    database: Database
    courses: dict[str, Course]

    def course_of(self, run: Run) -> Course:
        """The course of a run."""
        course = self.courses.get(run.course_id)
        if course is None:
            raise click.ClickException(
                f"run {run.id}: course {run.course_id} is not in {self.settings.courses}"
            )
        return course

    def lesson_of(self, run: Run, text: str) -> Lesson:
        """A lesson by its id or its number."""
        course = self.course_of(run)
        for lesson in course.lessons:
            if text in {lesson.id, str(lesson.number)}:
                return lesson
        names = ", ".join(lesson.id for lesson in course.lessons)
        raise click.UsageError(f"no lesson {text!r} in run {run.id}; there are {names}")

    def run(self, run_id: str) -> Run:
        """A run by its id."""
        with self.database.reading() as session:
            run = session.get(Run, run_id)
        if run is None:
            raise click.UsageError(f"no run {run_id!r}; `manabiba run list` shows them")
        return run

    def directory(self, run: Run) -> RunDirectory:
        """The run's nbgrader course directory, made when it is not there."""
        from manabiba_grading import RunDirectory  # nbgrader takes a second to import

        return RunDirectory.create(
            self.settings.run_folder(run.id),
            run_id=run.id,
            source_class=SOURCE,
            database_url=self.database.url,
        )


def open_workplace(home: Path | None, courses: Path | None, **given: Any) -> Workplace:
    """Open everything; one line saying what to do when something is in the way."""
    try:
        settings = read_settings(home=home, courses=courses, **given)
    except SettingsError as error:
        raise click.UsageError(str(error)) from error
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        probe = settings.home / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise click.ClickException(
            f"{settings.home} cannot be written to ({error.strerror}): "
            "choose another folder with --home"
        ) from error
    try:
        found = load_courses(settings.courses)
    except CourseError as error:
        raise click.ClickException(str(error)) from error
    database = Database(settings.database_url)
    try:
        database.upgrade()
    except OperationalError as error:
        raise click.ClickException(
            f"the database cannot be opened ({error.orig}): check {settings.home} and its disk"
        ) from error
    except DatabaseError as error:
        raise click.ClickException(
            f"the database in {settings.home} is damaged ({error.orig}): "
            "keep it, and put back the last copy of the folder"
        ) from error
    return Workplace(settings, database, found)


def progress_bar(
    what: str, *, shown: bool = True
) -> tuple[AbstractContextManager[Any], Callable[[int, int, str], None]]:
    """A progress bar on the terminal and the function that moves it.

    It appears when it is first moved: its thread would be in the way of forks made before.
    """
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[who]}"),
        console=Console(stderr=True),
        disable=not shown,
    )
    task = bar.add_task(what, total=None, who="")

    def move(done: int, of: int, who: str) -> None:
        if not bar.live.is_started:
            bar.start()
        bar.update(task, completed=done, total=of, who=who)

    @contextmanager
    def ended() -> Iterator[None]:
        try:
            yield
        finally:
            if bar.live.is_started:
                bar.stop()

    return ended(), move
