"""`manabiba doctor`: what is missing on this machine."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from manabiba_subjects.stale_tables import Reason, StaleTable, stale_tables

from ..courses import Course, CourseError, load_courses
from ..guide import (
    GuideError,
    doubtful_dates,
    load_guide,
    unknown_courses,
    unknown_lessons,
)
from ..japanese import JST
from ..settings import read_settings
from .workplace import home_option, json_option, say_json

PACKAGES = ("jupyterlab", "voila", "nbgrader", "ipywidgets", "anywidget", "ipykernel", "pandas")

STALE = {
    Reason.ENDED: "has no value from {since} on",
    Reason.DUE: "was read {read_on}, and a newer value was due {since}",
    Reason.OLD: "was read {read_on}, more than a year ago",
    Reason.ENDS_SOON: "has no value from {since} on",
}
"""What is told of a table of law (docs/yearly-update.md), by the reason."""


@click.command()
@home_option
@json_option
def doctor(home: Path | None, courses: Path | None, as_json: bool) -> None:
    """Say what is missing on this machine, and what to do about it."""
    settings = read_settings(home=home, courses=courses)
    checks: list[tuple[str, bool, str]] = []
    checks.append(("Python 3.11+", sys.version_info >= (3, 11), "install Python 3.11 or newer"))
    for package in PACKAGES:
        try:
            found = version(package)
        except PackageNotFoundError:
            found = ""
        checks.append((f"{package} {found}".strip(), bool(found), f"install {package}"))
    near = next(p for p in (settings.home, *settings.home.parents) if p.exists())
    free = shutil.disk_usage(near).free
    checks.append(("200 MB free", free > 200_000_000, f"free some space in {near}"))
    loaded: dict[str, Course] = {}
    try:
        loaded = load_courses(settings.courses)
        checks.append((f"courses in {settings.courses}", True, ""))
    except CourseError as error:
        checks.append(("courses", False, str(error)))
    today = datetime.now(JST).date()
    warnings = [warn(stale) for stale in stale_tables(today)]
    try:
        warnings += about_the_guide(settings.guide, loaded, today)
        checks.append((f"guide in {settings.guide}", True, ""))
    except GuideError as error:
        checks.append(("guide", False, str(error)))
    browser = any(shutil.which(n) for n in ("chromium", "chromium-browser", "google-chrome"))
    checks.append(("Chromium (tests only)", browser, "install the package chromium"))
    fonts = shutil.which("fc-list") is not None and bool(
        subprocess.run(
            ["fc-list", ":lang=ja", "family"], capture_output=True, check=False
        ).stdout.strip()
    )
    checks.append(("Japanese font (tests only)", fonts, "install the package fonts-noto-cjk"))
    if as_json:
        say_json(
            [{"check": name, "ok": ok, "advice": "" if ok else do} for name, ok, do in checks]
            + [{"check": name, "ok": True, "advice": advice} for name, advice in warnings]
        )
    else:
        for name, ok, advice in checks:
            click.echo(f"{'ok     ' if ok else 'MISSING'} {name}{'' if ok else ': ' + advice}")
        for name, advice in warnings:
            click.echo(f"WARNING {name}: {advice}")
    if not all(ok for _, ok, _ in checks):
        sys.exit(1)


def warn(stale: StaleTable) -> tuple[str, str]:
    """What a warning about a table of rates or rules is about, and what to do about it."""
    table = stale.table
    said = STALE[stale.reason].format(since=stale.since, read_on=table.read_on)
    return (
        f"table {table.name} ({table.file})",
        f"{said}; look it up ({stale.look_up}) and edit the file as docs/yearly-update.md says",
    )


def about_the_guide(folder: Path, courses: dict[str, Course], today: date) -> list[tuple[str, str]]:
    """Warnings about the guide (案内). Raises GuideError for one that cannot be used."""
    guide = load_guide(folder)
    lessons = {lesson.id for course in courses.values() for lesson in course.lessons}
    missing = [
        (
            f"案内: 講座の回 {lesson}",
            "どの講座にもないので出ません。questions.toml を直してください",
        )
        for lesson in unknown_lessons(guide, lessons)
    ]
    missing += [
        (f"案内: 講座 {course}", "ない講座なので出ません。follow_ups.toml を直してください")
        for course in unknown_courses(guide, courses)
    ]
    dates = [(f"案内: {name}", told) for name, told in doubtful_dates(guide, today)]
    return missing + dates
