"""What the command line tells a coordinator who edits the guide."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from manabiba_server.cli import main
from manabiba_server.cli.serve import with_a_guide_that_leads
from manabiba_server.settings import OWN_GUIDE, read_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OWN_GUIDE, tmp_path / "guide"))


@pytest.fixture
def manabiba(tmp_path: Path, folder: Path):
    def run(*arguments: str) -> Result:
        options = ["--home", str(tmp_path / "home"), "--courses", str(ROOT / "courses")]
        environment = {"MANABIBA_GUIDE": str(folder)}
        return CliRunner().invoke(main, [*arguments, *options], env=environment)

    return run


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def test_the_server_starts_with_its_own_guide_in_place_of_a_wrong_one_and_tells_all_of_it(
    manabiba, folder: Path, capsys
) -> None:
    settings = read_settings({"MANABIBA_GUIDE": str(folder)})
    assert with_a_guide_that_leads(settings).guide == folder
    change(folder, "contacts.toml", 'id = "ward"', 'id = "wrad"')
    change(folder, "memo.toml", "short", "shrt")
    assert with_a_guide_that_leads(settings).guide == OWN_GUIDE
    said = capsys.readouterr().err
    assert "はじめから付いている案内を使います。次を直して、始めなおしてください。\nguide/" in said
    assert (
        "guide/destinations.toml: 2番目の [[destinations]](ward-centre): contact の ward が"
    ) in said
    assert 'guide/memo.toml: 1番目の [[memo]](who): short がありません。short = "…"' in said
    checks = {row["check"]: row for row in json.loads(manabiba("doctor", "--json").stdout)}
    assert checks["guide"]["ok"] is False
    assert "contact の ward が contacts.toml にありません" in checks["guide"]["advice"]


def test_doctor_tells_lessons_that_no_course_has_and_what_is_old(
    manabiba, folder: Path, monkeypatch
) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz=None) -> datetime:
            return datetime(2027, 12, 1, tzinfo=tz)

    fine = {row["check"]: row for row in json.loads(manabiba("doctor", "--json").stdout)}
    assert fine[f"guide in {folder}"]["ok"]
    assert not [check for check in fine if check.startswith("案内: ")]
    change(folder, "questions.toml", '"accounting-3"', '"accounting-33"')
    change(folder, "follow_ups.toml", 'then = "labor"', 'then = "labour"')
    monkeypatch.setattr("manabiba_server.cli.doctor.datetime", Later)
    said = manabiba("doctor").output
    assert "WARNING 案内: 講座の回 accounting-33: どの講座にもないので出ません" in said
    assert "WARNING 案内: 講座 labour: ない講座なので出ません" in said
    assert "WARNING 案内: contacts.toml の centre: 読んだ日(2026年11月25日(水))から1年を" in said
