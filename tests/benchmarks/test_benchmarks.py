import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def run(name: str, *options: str) -> dict[str, Any]:
    said = subprocess.run(
        [sys.executable, str(BENCHMARKS / name), "--json", *options],
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert said.returncode == 0, said.stderr[-2000:]
    result: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return result


def test_visitors_are_all_answered_by_either_server() -> None:
    result = run("visitors.py", "--n", "2")
    assert set(result) == {"stock", "ours", "ratio", "failed"}
    assert set(result["stock"]) == set(result["ours"]) == {"slowest_s", "mb_each"}
    assert result["failed"] == 0
    assert 0 < result["ours"]["slowest_s"] < result["stock"]["slowest_s"] < 300


def test_readers_start_no_kernel() -> None:
    result = run("readers.py", "--n", "2")
    assert set(result) == {"kernels", "p95_ms", "failed"}
    assert (result["kernels"], result["failed"]) == (0, 0)


def test_an_evening_with_a_killed_server_loses_nothing() -> None:
    result = run("evening.py", "--n", "2", "--minutes", "0.3")
    assert set(result) == {"saves", "lost", "p95_save_ms", "rss_mb"}
    assert result["saves"] > 0
    assert result["lost"] == 0


def test_teams_are_proved_the_best() -> None:
    result = run("teams.py", "--people", "40", "--organisations", "8")
    assert set(result) == {"seconds", "cpu_s", "is_best"}
    assert result["is_best"] is True


@pytest.mark.browser
def test_the_page_is_usable_sooner_than_the_stock_one() -> None:
    result = run("page.py", "--repeats", "1")
    assert set(result) == {"stock", "ours", "ratio", "bytes", "requests"}
    assert 0 < result["ours"]["usable_s"] < result["stock"]["usable_s"]
