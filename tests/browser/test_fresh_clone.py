"""What a stranger does: clone, `make serve`, open the page, Ctrl-C."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]


def start(clone: Path, port: int, log: Path) -> subprocess.Popen[bytes]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MANABIBA_", "VIRTUAL_ENV", "PYTEST_", "MAKE", "MFLAGS"))
    }
    with log.open("w") as out:
        process = subprocess.Popen(
            ["make", "serve", f"PYTHON={sys.executable}", f"SERVE_ARGS=--port {port}"],
            cwd=clone,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    deadline = time.monotonic() + 280
    while "Demo run" not in log.read_text():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.2)
    return process


def stop(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGINT)
    process.wait(timeout=30)


@pytest.mark.timeout(420)
def test_make_serve_in_a_fresh_clone(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    assert not (clone / ".venv").exists()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "serve.log"
    process = start(clone, port, log)
    text = log.read_text()
    link = re.search(r"participant\): +(\S+)", text)[1]
    assert "Setting up" in text
    assert "█" in text  # the QR code
    visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    home = visitor.open(link, timeout=60).read().decode()
    assert "よこはまNPO会計セミナー" in home
    lesson = re.search(r'href="(/runs/accounting-demo/1)', home)[1]
    assert "会計の全体像" in visitor.open(f"http://localhost:{port}{lesson}").read().decode()
    stop(process)

    process = start(clone, port, log)  # a second start has lost nothing
    assert re.search(r"participant\): +(\S+)", log.read_text())[1] == link
    assert "Setting up" not in log.read_text()
    stop(process)
    status = subprocess.run(
        [clone / ".venv/bin/manabiba", "status", "accounting-demo", "--json"],
        cwd=clone,
        capture_output=True,
        text=True,
        check=True,
    )
    assert status.stdout.count('"name"') == 12
    shutil.rmtree(clone)
