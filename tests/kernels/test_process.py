"""A fork is an ordinary kernel: what ipykernel's and jupyter_client's users rely on."""

import signal
import time
from pathlib import Path

import psutil
import pytest
from jupyter_client import BlockingKernelClient


def test_code_runs_where_and_how_it_was_asked_to(fork, client, tmp_path: Path) -> None:
    kernel = client(fork(env={"PATH": "/bin", "GREETING": "今晩は"}))
    assert kernel.value("import os; os.getcwd()") == repr(str(tmp_path))
    assert kernel.value("os.environ['GREETING'], 'HOME' in os.environ") == "('今晩は', False)"
    assert kernel.value("__name__, _, In[-1][:4]").startswith("('__main__'")


def test_every_kind_of_output_arrives(fork, client) -> None:
    kernel = client(fork())
    shown = kernel.run(
        "import sys, os, subprocess\n"
        "from IPython.display import display\n"
        "print('out'); print('err', file=sys.stderr)\n"
        "display('shown', display_id='d'); display('changed', display_id='d', update=True)\n"
        "sys.stdout.flush(); subprocess.run(['echo', 'child'])\n"
        "6 * 7"
    )
    kinds = {message["type"] for message in shown}
    assert kinds >= {"execute_input", "stream", "display_data", "update_display_data"}
    texts = {m["name"]: "" for m in shown if m["type"] == "stream"}
    for message in shown:
        if message["type"] == "stream":
            texts[message["name"]] += message["text"]
    assert (texts["stderr"], texts["stdout"].startswith("out\n")) == ("err\n", True)
    result = next(m for m in shown if m["type"] == "execute_result")
    assert (result["data"], result["execution_count"]) == ({"text/plain": "42"}, 1)


def test_what_a_child_process_writes_is_published(fork, client) -> None:
    kernel = client(fork())
    request = kernel.jupyter.execute("import subprocess; subprocess.run(['echo', 'from a child'])")
    deadline, text = time.monotonic() + 10, ""
    while "from a child" not in text and time.monotonic() < deadline:
        message = kernel.jupyter.get_iopub_msg(timeout=10)
        if message["msg_type"] == "stream":
            text += message["content"]["text"]
    assert request
    assert "from a child" in text


def test_an_error_is_told_with_its_traceback(fork, client) -> None:
    kernel = client(fork())
    [error] = [m for m in kernel.run("1 / 0") if m["type"] == "error"]
    assert (error["ename"], error["evalue"]) == ("ZeroDivisionError", "division by zero")
    assert error["traceback"]
    assert kernel.value("1 + 1") == "2"


def test_kernel_info_is_that_of_an_ordinary_kernel(fork, client) -> None:
    kernel = client(fork())
    info = kernel.reply(kernel.jupyter.kernel_info())
    assert (info["status"], info["implementation"]) == ("ok", "ipython")
    assert info["language_info"]["name"] == "python"


def test_an_interrupt_ends_the_cell_and_not_the_kernel(fork, client) -> None:
    forked = fork()
    kernel = client(forked)
    request = kernel.jupyter.execute("import time\nprint('in it')\nwhile True: time.sleep(0.05)")
    while kernel.jupyter.get_iopub_msg(timeout=20)["msg_type"] != "stream":
        pass
    forked.send_signal(signal.SIGINT)
    assert kernel.reply(request)["ename"] == "KeyboardInterrupt"
    kernel.until_idle(request)
    assert kernel.value("'still here'") == "'still here'"


def test_a_shutdown_request_ends_the_process(fork, client, ends_within) -> None:
    forked = fork()
    client(forked).jupyter.shutdown()
    assert ends_within(forked, 10)
    with pytest.raises(ProcessLookupError):
        forked.send_signal(signal.SIGTERM)


def test_the_control_thread_has_its_last_word_before_the_process_ends(
    fork, client, ends_within, tmp_path: Path
) -> None:
    forked = fork()
    connected = client(forked)
    connected.run(
        "import atexit, time\nkernel = get_ipython().kernel\npublish = kernel._publish_status\n"
        "kernel._publish_status = lambda *told: (time.sleep(0.5), publish(*told))\n"
        "def note():\n    with open('alive', 'w') as file:\n"
        "        file.write(str(kernel.control_thread.is_alive()))\n"
        "atexit.register(note)"
    )
    connected.jupyter.shutdown()
    assert ends_within(forked, 10)
    assert (tmp_path / "alive").read_text() == "False"


def test_asynchronous_cells_threads_and_input_work(fork, client) -> None:
    kernel = client(fork())
    assert kernel.value("import asyncio; await asyncio.sleep(0.01, 'woken')") == "'woken'"
    shown = kernel.run(
        "import threading\nt = threading.Thread(target=lambda: print('from a thread'))\n"
        "t.start(); t.join()"
    )
    assert any(m["type"] == "stream" and "from a thread" in m["text"] for m in shown)
    request = kernel.jupyter.execute("input('お名前 ')", allow_stdin=True)
    asked = kernel.jupyter.get_stdin_msg(timeout=10)
    assert asked["content"]["prompt"] == "お名前 "
    kernel.jupyter.input("花子")
    shown = kernel.until_idle(request)
    assert [m["data"] for m in shown if m["type"] == "execute_result"] == [{"text/plain": "'花子'"}]


def test_completion_and_inspection_work(fork, client) -> None:
    kernel = client(fork())
    assert kernel.run("apple = 3") is not None
    assert "apple" in kernel.reply(kernel.jupyter.complete("app"))["matches"]
    assert kernel.reply(kernel.jupyter.inspect("apple"))["found"] is True
    assert kernel.reply(kernel.jupyter.is_complete("for i in range(3):"))["status"] == "incomplete"


def test_every_client_is_greeted(fork, client) -> None:
    """So a page need not ask before it sends its first message."""
    kernel = client(fork())
    kernel.nothing_left()
    late = BlockingKernelClient()
    late.load_connection_info(kernel.jupyter.get_connection_info())
    late.start_channels(shell=False, stdin=False, hb=False, control=False)
    assert late.get_iopub_msg(timeout=10)["msg_type"] == "iopub_welcome"
    late.stop_channels()


def test_history_is_kept_nowhere(fork, client) -> None:
    """The documented difference: an ordinary kernel keeps a database of what was run."""
    kernel = client(fork())
    kernel.run("1 + 1", store_history=True)
    history = kernel.reply(kernel.jupyter.history(hist_access_type="tail", n=5))
    assert history["history"] == []


def test_an_attached_kernel_costs_little_memory(fork, client) -> None:
    """A fraction of the 70 MB and more that a kernel started from nothing has for itself."""
    forked = fork(capture_fds=False)
    client(forked)
    assert psutil.Process(forked.pid).memory_full_info().uss < 20e6
