"""`manabiba run`: courses held once (開催)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from ..database import Run
from ..japanese import JST, date_and_time, day
from ..runs import (
    RunError,
    create_run,
    lessons_of,
    list_runs,
    move_lesson,
    participants_of,
    staff_of,
)
from .erase import delete, expire
from .workplace import (
    Workplace,
    console,
    home_option,
    json_option,
    open_workplace,
    progress_bar,
    say_json,
)

KEEP_DAYS = 365
DUE_DAYS = 7
ROLES = {"instructor": "講師", "coordinator": "事務局"}


@click.group()
def run() -> None:
    """Create, change and look at runs (開催)."""


run.add_command(delete)
run.add_command(expire)


@run.command()
@click.argument("run_id")
@click.argument("course_id")
@click.option("--title", help="Title shown to participants; default: the course's.")
@click.option(
    "--start",
    "starts",
    multiple=True,
    type=click.DateTime(["%Y-%m-%d %H:%M"]),
    help="Date and time at which a lesson starts in Japan, once for each (第N回の日時); "
    "lessons without one follow weekly.",
)
@click.option(
    "--due-days",
    type=click.IntRange(0, 365),
    default=DUE_DAYS,
    show_default=True,
    help="Days to hand in (提出).",
)
@home_option
@json_option
def create(
    run_id: str,
    course_id: str,
    title: str | None,
    starts: tuple[datetime, ...],
    due_days: int,
    home: Path | None,
    courses: Path | None,
    as_json: bool,
) -> None:
    """Create run RUN_ID of course COURSE_ID (講座) and release its lessons."""
    work = open_workplace(home, courses)
    course = work.courses.get(course_id)
    if course is None:
        raise click.UsageError(f"no course {course_id!r}; there are {', '.join(work.courses)}")
    now = datetime.now(UTC)
    moments = [start.replace(tzinfo=JST) for start in starts]
    if not moments:
        moments = [datetime.now(JST).replace(hour=19, minute=0, second=0, microsecond=0)]
    while len(moments) < len(course.lessons):
        moments.append(moments[-1] + timedelta(weeks=1))
    due = [moment + timedelta(days=due_days) for moment in moments]
    try:
        with work.database.session() as session:
            made = create_run(
                session,
                course,
                run_id,
                title=title or course.title,
                starts=moments,
                due=due,
                solution_at=due,
                now=now,
                keep_until=(moments[-1] + timedelta(days=KEEP_DAYS)).date(),
            )
    except RunError as error:
        raise click.UsageError(str(error)) from error
    release_all(work, made, told=not as_json)
    join = f"{work.settings.base_url}/join/{made.join_code}"
    if as_json:
        say_json({"run": made.id, "join": join})
    else:
        click.echo(f"run {made.id} is ready; people join at {join}")
        _tell_dates(work, made)


@run.command()
@click.argument("run_id")
@click.option("--title", help="New title shown to participants.")
@click.option("--lesson", "number", type=int, help="Number of the lesson to move (第N回).")
@click.option(
    "--start",
    type=click.DateTime(["%Y-%m-%d %H:%M"]),
    help="New date and time of the lesson, in Japan; its deadline moves along.",
)
@click.option(
    "--due",
    type=click.DateTime(["%Y-%m-%d %H:%M"]),
    help="New deadline (提出期限) of the lesson, in Japan; the solutions follow it.",
)
@click.option("--later-too", is_flag=True, help="Move the lessons after it by as much.")
@home_option
def change(
    run_id: str,
    title: str | None,
    number: int | None,
    start: datetime | None,
    due: datetime | None,
    later_too: bool,
    home: Path | None,
    courses: Path | None,
) -> None:
    """Change the title or the dates of run RUN_ID (日程の変更); answers and links stay."""
    work = open_workplace(home, courses)
    found = work.run(run_id)
    if (number is None) != (start is None and due is None):
        raise click.UsageError("a date belongs to a lesson: give --lesson with --start or --due")
    if later_too and start is None:
        raise click.UsageError("--later-too goes with --start")
    if number is None and not (title or "").strip():
        raise click.UsageError("nothing to change: give --title, or --lesson with --start or --due")
    try:
        with work.database.session() as session:
            if title:
                session.get_one(Run, run_id).title = title
            if number is not None:
                move_lesson(
                    session,
                    run_id,
                    number,
                    starts_at=start.replace(tzinfo=JST) if start else None,
                    due_at=due.replace(tzinfo=JST) if due else None,
                    later_too=later_too,
                )
    except RunError as error:
        raise click.UsageError(str(error)) from error
    click.echo(title or found.title)
    _tell_dates(work, found)


def release_all(work: Workplace, run: Run, *, only: str = "", told: bool = False) -> None:
    """Release the lessons of a run's course; changed notebooks are released again.

    `only` is the id of the one lesson that is needed now; `told` shows how far it is.
    """
    from manabiba_grading import ReleaseError  # nbgrader takes a second to import

    directory = work.directory(run)
    with work.database.reading() as session:
        due = {lesson.lesson_id: lesson.due_at for lesson in lessons_of(session, run.id)}
    lessons = [lesson for lesson in work.course_of(run).lessons if only in {"", lesson.id}]
    bar, move = progress_bar("教材を準備する", shown=told)
    with bar:
        for number, lesson in enumerate(lessons):
            move(number, len(lessons), lesson.title)
            try:
                directory.release(lesson.id, lesson.notebook, due_at=due.get(lesson.id))
            except ReleaseError as error:
                raise click.ClickException(str(error)) from error
        move(len(lessons), len(lessons), "")


@run.command(name="list")
@home_option
@json_option
def list_(home: Path | None, courses: Path | None, as_json: bool) -> None:
    """List the runs, the newest first."""
    work = open_workplace(home, courses)
    with work.database.reading() as session:
        rows = [(r, len(participants_of(session, r.id))) for r in list_runs(session)]
    if as_json:
        say_json([{"run": r.id, "course": r.course_id, "participants": n} for r, n in rows])
        return
    if not rows:
        click.echo("No runs yet; make one with `manabiba run create RUN COURSE`.")
        return
    table = Table("run", "course", "title", "participants (受講者)")
    for r, count in rows:
        table.add_row(r.id, r.course_id, escape(r.title), str(count))
    console.print(table)


@run.command()
@click.argument("run_id")
@home_option
@json_option
def show(run_id: str, home: Path | None, courses: Path | None, as_json: bool) -> None:
    """Show a run: its dates, its way in, its people."""
    work = open_workplace(home, courses)
    found = work.run(run_id)
    with work.database.reading() as session:
        lessons = lessons_of(session, run_id)
        people = participants_of(session, run_id)
        staff = staff_of(session, run_id)
    join = f"{work.settings.base_url}/join/{found.join_code}"
    if as_json:
        say_json(
            {
                "run": found.id,
                "course": found.course_id,
                "title": found.title,
                "join": join,
                "keep_until": found.keep_until,
                "lessons": [
                    {"lesson": le.lesson_id, "starts_at": le.starts_at, "due_at": le.due_at}
                    for le in lessons
                ],
                "participants": [{"id": p.id, "name": p.name} for p in people],
                "staff": [{"id": p.id, "name": p.name, "role": role} for p, role in staff],
            }
        )
        return
    click.echo(
        f"{found.title} ({found.id})\n参加用リンク: {join}\n保存: {day(found.keep_until)}まで"
    )
    _tell_dates(work, found)
    click.echo(f"受講者 {len(people)}人")
    for person in people:
        click.echo(f"  {person.name}  {person.organisation}  {person.id}")
    click.echo(f"講師・事務局 {len(staff)}人")
    for person, role in staff:
        click.echo(f"  {person.name}  {ROLES[role]}  {person.id}")


def _tell_dates(work: Workplace, run: Run) -> None:
    with work.database.reading() as session:
        lessons = lessons_of(session, run.id)
    for le in lessons:
        due = f"、提出期限 {date_and_time(le.due_at)}" if le.due_at else ""
        click.echo(f"  第{le.number}回 {date_and_time(le.starts_at)}{due}")
