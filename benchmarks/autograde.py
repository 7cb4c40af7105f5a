"""Grading a lesson's submissions: `nbgrader autograde` and ours, on copies of the same run.

    python benchmarks/autograde.py --n 60 --json

Both are started as a command and measured from start to end, imports included; ours also
collects. Afterwards every notebook's outputs and every score are compared.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from report import load
from serving import LESSON, ROOT
from submissions import COUNT, MadeUp

from manabiba_grading import RunDirectory, scores

NAME = "accounting-1"
OURS = f"""
import sys
from pathlib import Path
from manabiba_grading import RunDirectory, grade
report = grade(RunDirectory(Path(sys.argv[1])), {NAME!r})
sys.exit(bool(report.failed))
"""
OF_THE_PROCESS = re.compile(r"ipykernel_\d+")


def prepare(folder: Path) -> RunDirectory:
    """A run whose submissions are collected and not graded."""
    run = RunDirectory.create(
        folder,
        run_id="run",
        source_class=f"{MadeUp.__module__}.{MadeUp.__name__}",
        database_url="unused",
    )
    run.release(NAME, LESSON, due_at=None)
    with run.nbgrader() as api:
        said = api.collect(NAME, update=True)
        if not said["success"]:
            raise RuntimeError(said)
    return run


def timed(command: list[str], folder: Path) -> float:
    """Seconds that a command takes."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    packages = os.pathsep.join([str(ROOT / "benchmarks"), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": packages, "PYTHONWARNINGS": "ignore"}
    begin = time.perf_counter()
    said = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    taken = time.perf_counter() - begin
    if said.returncode:
        raise RuntimeError(said.stderr[-4000:])
    return taken


def result(run: RunDirectory) -> dict[str, Any]:
    """Everything that grading made, without times and process ids."""
    notebooks = {}
    for path in sorted((run.path / "autograded").glob(f"*/{NAME}/*.ipynb")):
        text = OF_THE_PROCESS.sub("ipykernel", path.read_text(encoding="utf-8"))
        notebook = json.loads(text)
        for cell in notebook["cells"]:
            cell["metadata"].pop("execution", None)
        notebooks[path.parent.parent.name] = notebook
    return {"notebooks": notebooks, "scores": [vars(score) for score in scores(run, NAME)]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=60, help="How many submissions.")
    parser.add_argument("--json", action="store_true", help="Only the last line: one JSON object.")
    options = parser.parse_args()
    os.environ[COUNT] = str(options.n)
    with tempfile.TemporaryDirectory() as folder:
        stock = prepare(Path(folder) / "stock" / "run")
        ours = RunDirectory(Path(folder) / "ours" / "run")
        shutil.copytree(stock.path, ours.path)
        ours_s = timed([sys.executable, "-c", OURS, str(ours.path)], ours.path)
        stock_s = timed([sys.executable, "-m", "nbgrader", "autograde", NAME], stock.path)
        identical = result(stock) == result(ours)
    figures = {
        "n": options.n,
        "stock_s": round(stock_s, 2),
        "ours_s": round(ours_s, 2),
        "ratio": round(stock_s / ours_s, 1),
        "identical": identical,
        "machine": f"{os.cpu_count()} cores, {load()}",
    }
    if not options.json:
        print(f"{'':24}{'nbgrader autograde':>20}{'manabiba grade':>18}")
        print(f"{f'{options.n} submissions':24}{stock_s:18.1f} s{ours_s:16.1f} s")
        print(f"{'each':24}{stock_s / options.n:18.2f} s{ours_s / options.n:16.2f} s")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
