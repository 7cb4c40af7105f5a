"""`manabiba grade` and `manabiba feedback`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
import pandas as pd
from rich.markup import escape
from rich.table import Table

import manabiba_grading
from manabiba_widgets import Solution

from ..database import Result, RunLesson
from ..japanese import date_and_time
from ..results import place_in, release_results
from ..submissions import latest_submission
from .run import release_all
from .table_file import csv_option, write_table
from .workplace import console, home_option, json_option, open_workplace, progress_bar, say_json

NOTHING = Solution(answer="")
NOT_YET = "まだ採点していません。採点がすむと、点数が変わります。"
COLUMNS = ["participant", "name", "score", "max_score", "needs_manual", "late", "failed", "new"]


@click.command()
@click.argument("run_id")
@click.argument("lesson")
@csv_option
@home_option
@json_option
def grade(
    run_id: str,
    lesson: str,
    csv: Path | None,
    home: Path | None,
    courses: Path | None,
    as_json: bool,
) -> None:
    """Collect and autograde (採点) what is new in LESSON of run RUN_ID."""
    work = open_workplace(home, courses)
    run = work.run(run_id)
    found = work.lesson_of(run, lesson)
    release_all(work, run, only=found.id)
    bar, move = progress_bar(f"採点 {found.id}")
    with bar:
        report = manabiba_grading.grade(work.directory(run), found.id, on_progress=_plainly(move))
    table = pd.DataFrame(
        [
            {**vars(row), "needs_manual": " ".join(row.needs_manual), "new": row.is_new}
            for row in report.rows
        ],
        columns=COLUMNS,
    )
    if csv is not None:
        write_table(table, csv)
    if as_json:
        say_json([{**vars(row), "needs_manual": list(row.needs_manual)} for row in report.rows])
    elif table.empty:
        click.echo("Nothing was handed in yet (まだ提出がありません).")
    else:
        shown = Table("受講者", "点", "手で採点する問", "期限後", "採点できなかった理由")
        for row in report.rows:
            score = "-" if row.score is None else f"{row.score:g} / {row.max_score:g}"
            late = "期限後" if row.late else ""
            shown.add_row(
                escape(row.name), score, " ".join(row.needs_manual), late, escape(row.failed)
            )
        console.print(shown)
        new = int(table["new"].sum())
        click.echo(f"{len(table)} submissions, {new} graded now, {len(report.failed)} failed")
    if report.failed:
        sys.exit(1)


@click.command()
@click.argument("run_id")
@click.argument("lesson")
@click.option("--yes", is_flag=True, help="Do not ask when something is still to be graded.")
@home_option
@json_option
def feedback(
    run_id: str, lesson: str, yes: bool, home: Path | None, courses: Path | None, as_json: bool
) -> None:
    """Release scores, comments and explanations (結果を返す) of LESSON of run RUN_ID."""
    work = open_workplace(home, courses)
    run = work.run(run_id)
    found = work.lesson_of(run, lesson)
    directory = work.directory(run)
    scores = manabiba_grading.scores(directory, found.id)
    if not scores:
        raise click.ClickException(f"nothing is graded; run `manabiba grade {run_id} {lesson}`")
    with work.database.reading() as session:
        newer = {
            score.participant
            for score in scores
            if (latest := latest_submission(session, run_id, score.participant, found.id))
            and latest.submitted_at > score.submitted_at
        }
    if newer:
        click.echo(
            f"{len(newer)} submission(s) were handed in again after grading (採点のあとの再提出); "
            f"`manabiba grade {run_id} {lesson}` grades them.",
            err=True,
        )
    open_by_hand = {score.participant for score in scores if score.needs_manual}
    if open_by_hand:
        click.echo(
            f"{len(open_by_hand)} submission(s) still need grading by hand (手での採点); "
            "their participants would read 「まだ採点していません」 there.",
            err=True,
        )
    if (newer or open_by_hand) and not yes:
        click.confirm("Release anyway, with the scores as they are?", abort=True)
    from ..snapshot import lesson_texts  # starts a kernel: only when there is something to do

    titles, solutions = lesson_texts(found)
    now = datetime.now(UTC)
    with work.database.session() as session:
        dates = session.get_one(RunLesson, (run_id, found.id))
        later = dates.solution_at if dates.solution_at and now < dates.solution_at else None
        places = {score.exercise_id: place_in(titles, score.exercise_id) for score in scores}
        release_results(
            session,
            run_id,
            found.id,
            [
                Result(
                    run_id=run_id,
                    person_id=score.participant,
                    lesson_id=found.id,
                    exercise_id=score.exercise_id,
                    position=places[score.exercise_id][0],
                    title=places[score.exercise_id][1],
                    score=score.score,
                    max_score=score.max_score,
                    comment="\n".join(
                        filter(None, (NOT_YET if score.needs_manual else "", score.comment))
                    ),
                    solution_answer=solutions.get(score.exercise_id, NOTHING).answer,
                    solution_explanation=solutions.get(score.exercise_id, NOTHING).explanation,
                    submitted_at=score.submitted_at,
                )
                for score in scores
            ],
            now=now,
        )
    bar, move = progress_bar(f"結果を返す {found.id}")
    with bar:
        failed = manabiba_grading.generate_feedback(directory, found.id, on_progress=_plainly(move))
    people = len({score.participant for score in scores})
    if as_json:
        say_json({"released": people, "solutions": later is None, "failed": failed})
    else:
        shown = f"solutions from {date_and_time(later)}" if later else "with solutions"
        click.echo(f"released to {people} participant(s), {shown}")
    for line in failed:
        click.echo(f"feedback page not written: {line}", err=True)
    if failed:
        sys.exit(1)


def _plainly(move: Callable[[int, int, str], None]) -> Callable[[int, int, str], None]:
    """Show names as they are: [b] in one is no markup."""
    return lambda done, of, who: move(done, of, escape(who))
