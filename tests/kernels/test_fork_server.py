"""Snapshots and their forks: nothing shared, and whatever dies is replaced."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from manabiba_kernels import Forked, ForkError, ForkServer, SnapshotError, notebook_key

ENVIRONMENT = {**os.environ, "PYTHONWARNINGS": "ignore"}
COUNTER = [
    "import random, ipywidgets, sys\nbook = {'rows': []}\nprint('ready')",
    "slider = ipywidgets.IntSlider(3)\nslider",
]


@pytest.fixture
def own_forks():
    """A fork server that a test may break."""
    server = ForkServer()
    yield server
    server.close()


def is_gone(pid: int, within_s: float = 5.0) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


def test_a_server_that_nobody_needed_ends_without_a_word(own_forks: ForkServer, capfd) -> None:
    own_forks.begin()
    own_forks.close()
    assert capfd.readouterr() == ("", "")


def test_a_snapshot_tells_what_its_cells_showed(forks: ForkServer, tmp_path: Path) -> None:
    executed = forks.snapshot("counter", COUNTER, env={}, cwd=str(tmp_path))
    assert [o["output_type"] for cell in executed.outputs for o in cell] == [
        "stream",
        "execute_result",
    ]
    assert executed.outputs[0][0]["text"] == "ready\n"
    view = executed.outputs[1][0]["data"]["application/vnd.jupyter.widget-view+json"]
    model = executed.widgets[view["model_id"]]
    assert (model["model_name"], model["state"]["value"]) == ("IntSliderModel", 3)
    assert forks.snapshot("counter", [], env={}, cwd=str(tmp_path)) is executed


def test_outputs_are_those_of_an_ordinary_run(forks: ForkServer, tmp_path: Path) -> None:
    cells = [
        "from IPython.display import display, clear_output\nprint('a'); print('b')",
        "print('gone'); clear_output(); print('kept')",
        "print('gone'); clear_output(wait=True); print('kept')",
        "h = display('old', display_id=True); print('between'); h.update('new')",
        "import asyncio; await asyncio.sleep(0, 'awaited')",
    ]
    shown = forks.snapshot("kinds", cells, env={}, cwd=str(tmp_path)).outputs
    texts = [[o.get("text") or o["data"]["text/plain"] for o in cell] for cell in shown]
    assert texts == [["a\nb\n"], ["kept\n"], ["kept\n"], ["'new'", "between\n"], ["'awaited'"]]


def test_a_fork_begins_where_the_notebook_ended(forks, fork, client, tmp_path) -> None:
    forks.snapshot("counter", COUNTER, env={}, cwd=str(tmp_path))
    kernel = client(fork("counter"))
    assert kernel.value("slider.value, book") == "(3, {'rows': []})"
    info = kernel.reply(kernel.jupyter.comm_info(target_name="jupyter.widget"))
    assert len(info["comms"]) == 3  # slider, layout, style


def test_a_widget_answers_its_page(forks, fork, client, tmp_path) -> None:
    executed = forks.snapshot("counter", COUNTER, env={}, cwd=str(tmp_path))
    [model] = [m for m, w in executed.widgets.items() if w["model_name"] == "IntSliderModel"]
    kernel = client(fork("counter"))
    kernel.run("slider.observe(lambda change: setattr(slider, 'max', 7), 'value')")
    message = kernel.jupyter.session.msg(
        "comm_msg", {"comm_id": model, "data": {"method": "update", "state": {"value": 5}}}
    )
    kernel.jupyter.shell_channel.send(message)
    updates = [
        m["data"]["state"]
        for m in kernel.until_idle(message["header"]["msg_id"])
        if m["type"] == "comm_msg" and m["data"]["method"] == "update"
    ]
    assert {"max": 7} in updates
    message = kernel.jupyter.session.msg(
        "comm_msg", {"comm_id": model, "data": {"method": "request_state"}}
    )
    kernel.jupyter.shell_channel.send(message)
    [state] = [
        m["data"]["state"]
        for m in kernel.until_idle(message["header"]["msg_id"])
        if m["type"] == "comm_msg"
    ]
    assert (state["value"], state["max"]) == (5, 7)


def test_all_widget_states_can_be_asked_for_at_once(forks, fork, client, tmp_path) -> None:
    """As the front ends of Voilà and JupyterLab do: the control comm of ipywidgets."""
    executed = forks.snapshot("counter", COUNTER, env={}, cwd=str(tmp_path))
    kernel = client(fork("counter"))
    session, shell = kernel.jupyter.session, kernel.jupyter.shell_channel
    opened = {"comm_id": "control", "target_name": "jupyter.widget.control", "data": {}}
    message = session.msg("comm_open", opened, metadata={"version": "1.0.0"})
    shell.send(message)
    kernel.until_idle(message["header"]["msg_id"])
    message = session.msg("comm_msg", {"comm_id": "control", "data": {"method": "request_states"}})
    shell.send(message)
    [states] = [
        m["data"]["states"]
        for m in kernel.until_idle(message["header"]["msg_id"])
        if m["type"] == "comm_msg"
    ]
    assert states.keys() == executed.widgets.keys()


def test_what_was_referred_to_before_the_fork_writes_to_the_kernel(
    forks, fork, client, tmp_path
) -> None:
    cells = ["import sys, logging\nout = sys.stdout\nlog = logging.getLogger('lesson')\n"
             "log.addHandler(logging.StreamHandler(sys.stderr))"]  # fmt: skip
    forks.snapshot("streams", cells, env={}, cwd=str(tmp_path))
    kernel = client(fork("streams"))
    shown = kernel.run("out.write('through an old name\\n'); log.warning('logged')")
    texts = "".join(m["text"] for m in shown if m["type"] == "stream")
    assert "through an old name" in texts
    assert "logged" in texts


def test_64_forks_share_nothing(forks, fork, client, tmp_path) -> None:
    """All alive at once; state, randomness, identity and working folder are each one's own."""
    forks.snapshot("counter", COUNTER, env={}, cwd="/")

    def one(number: int) -> Forked:
        folder = tmp_path / str(number)
        folder.mkdir()
        env = {**ENVIRONMENT, "WHO": str(number)}
        return fork("counter", env=env, cwd=str(folder), capture_fds=False)

    with ThreadPoolExecutor(8) as threads:
        kernels = list(threads.map(one, range(64)))
    clients = []
    for number, forked in enumerate(kernels):
        clients.append(client(forked))
        clients[-1].run(
            "import os\nfor i in range(20): book['rows'].append((os.environ['WHO'], i))\n"
            "open('mine.txt', 'w').write(str(book))"
        )
        assert (tmp_path / str(number) / "mine.txt").exists()
    seen = [c.value("sorted({who for who, i in book['rows']}), len(book['rows'])") for c in clients]
    assert seen == [f"(['{number}'], 20)" for number in range(64)]
    assert len({c.value("random.random()") for c in clients}) == 64
    assert len({c.value("get_ipython().kernel.session.session") for c in clients}) == 64
    assert len({forked.pid for forked in kernels}) == 64


def test_open_files_and_connections_are_not_shared(forks, fork, client, tmp_path) -> None:
    (tmp_path / "list.txt").write_text("one\ntwo\nthree\n")
    cells = [
        "import socket\nlines = open('list.txt', buffering=1)\nfirst = lines.readline()",
        "log = open('log.txt', 'a', buffering=1)\nhere, there = socket.socketpair()",
    ]
    forks.snapshot("open", cells, env={}, cwd=str(tmp_path))
    one, other = client(fork("open")), client(fork("open"))
    for kernel in (one, other):
        assert kernel.value("import os; os.lseek(lines.fileno(), 0, 1)") == "14"
        assert kernel.value("os.lseek(lines.fileno(), 4, 0), os.read(lines.fileno(), 3)") == (
            "(4, b'two')"
        )
        kernel.run("log.write('line\\n')")
        [error] = [m for m in kernel.run("here.send(b'x')") if m["type"] == "error"]
        assert error["ename"] == "OSError"
    assert (tmp_path / "log.txt").read_text() == "line\nline\n"


def test_a_notebook_that_raises_has_no_snapshot(forks: ForkServer, tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="cell 1: ValueError: 貸借が一致しません") as error:
        forks.snapshot("bad", ["1", "raise ValueError('貸借が一致しません')", "2"], env={}, cwd="/")
    assert (error.value.cell, error.value.name) == (1, "ValueError")
    assert not forks.has_snapshot("bad")
    with pytest.raises(KeyError):
        forks.fork(snapshot="bad", env=ENVIRONMENT, cwd=str(tmp_path))


def test_a_notebook_that_never_ends_is_given_up(forks: ForkServer) -> None:
    with pytest.raises(ForkError, match="took longer than 1 s"):
        forks.snapshot("slow", ["while True: pass"], env={}, cwd="/", timeout_s=1)


def test_a_notebook_that_ends_its_process_is_told(forks: ForkServer) -> None:
    with pytest.raises(ForkError, match="ended while the notebook ran"):
        forks.snapshot("exits", ["import os; os._exit(3)"], env={}, cwd="/")


def test_a_hook_runs_in_the_fork_before_any_message(forks, fork, client, tmp_path) -> None:
    (tmp_path / "welcome.py").write_text("import os\ndef greet(): os.environ['GREETED'] = 'yes'\n")
    forks.snapshot(
        "hooked", [f"import sys; sys.path.insert(0, {str(tmp_path)!r})"], env={}, cwd="/"
    )
    kernel = client(fork("hooked", after_fork="welcome:greet"))
    assert kernel.value("__import__('os').environ['GREETED']") == "'yes'"


def test_a_fork_that_cannot_start_says_why(forks: ForkServer, tmp_path: Path) -> None:
    with pytest.raises(ForkError, match="kernel did not start: FileNotFoundError"):
        forks.fork(env=ENVIRONMENT, cwd=str(tmp_path / "nowhere"))


def test_a_killed_base_is_replaced_and_kernels_live_on(own_forks, client, tmp_path) -> None:
    first = own_forks.fork(env=ENVIRONMENT, cwd=str(tmp_path))
    kernel = client(first)
    os.kill(own_forks.processes()["base"], signal.SIGKILL)
    second = own_forks.fork(env=ENVIRONMENT, cwd=str(tmp_path))
    assert kernel.value("1 + 1") == "2"
    assert client(second).value("2 + 2") == "4"


def test_a_killed_snapshot_process_can_be_taken_again(own_forks, client, tmp_path) -> None:
    own_forks.snapshot("s", ["x = 1"], env={}, cwd="/")
    first = own_forks.fork(snapshot="s", env=ENVIRONMENT, cwd=str(tmp_path))
    kernel = client(first)
    os.kill(own_forks.processes()["s"], signal.SIGKILL)
    assert is_gone(own_forks.processes()["s"])
    assert not own_forks.has_snapshot("s")
    with pytest.raises(KeyError):
        own_forks.fork(snapshot="s", env=ENVIRONMENT, cwd=str(tmp_path))
    own_forks.snapshot("s", ["x = 1"], env={}, cwd="/")
    second = own_forks.fork(snapshot="s", env=ENVIRONMENT, cwd=str(tmp_path))
    assert (kernel.value("x"), client(second).value("x")) == ("1", "1")


def test_a_dropped_snapshot_leaves_its_kernels_alone(own_forks, client, tmp_path) -> None:
    own_forks.snapshot("s", ["x = 1"], env={}, cwd="/")
    pid = own_forks.processes()["s"]
    kernel = client(own_forks.fork(snapshot="s", env=ENVIRONMENT, cwd=str(tmp_path)))
    own_forks.drop_unused(older_than_s=0)
    assert is_gone(pid)
    assert kernel.value("x + 1") == "2"


OWNER = """
import os, sys, time
from manabiba_kernels import ForkServer
server = ForkServer()
server.snapshot("s", ["x = 1"], env={}, cwd="/")
kernels = [server.fork(snapshot="s", env=dict(os.environ), cwd="/") for _ in range(2)]
os.kill(server.processes()["s"], 9)  # so that one of its kernels is an orphan
busy = server.fork(env=dict(os.environ), cwd="/")
print(server._folder, *server.processes().values(), *[k.pid for k in (*kernels, busy)], flush=True)
time.sleep(60)
"""


def test_nothing_outlives_a_killed_server(tmp_path: Path) -> None:
    owner = subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    folder, *pids = owner.stdout.readline().split()
    assert len(pids) >= 4
    owner.kill()
    owner.wait()
    owner.stdout.close()
    for pid in map(int, pids):
        assert is_gone(pid), pid
    assert not Path(folder).exists()


def test_a_key_is_a_hash_of_the_content(tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"
    path.write_text("{}")
    first = notebook_key(path, "a")
    assert notebook_key(path, "a") == first
    path.write_text("{ }")
    assert len({first, notebook_key(path, "a"), notebook_key(path, "b")}) == 3
