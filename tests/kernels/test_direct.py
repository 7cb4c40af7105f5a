"""Notebooks executed by nbclient in forks: the same outputs as with an ordinary kernel."""

import os
import time
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from manabiba_kernels import DirectKernelManager, ForkServer
from manabiba_kernels.frames import IOPUB, SHELL, Frames


def execute(forks: ForkServer, folder: Path, *sources: str, **options: Any) -> list[Any]:
    """The cells after execution in a fork."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    resources = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, resources=resources, **{"timeout": 20, **options})
    limits = {"DATA": 4_000_000_000, "FSIZE": 1_000_000}
    client.km = DirectKernelManager(kernel_name="python3", forks=forks, limits=limits)
    client.owns_km = True
    client.execute()
    return list(notebook.cells)


def texts(cell: Any) -> list[str]:
    return [o.get("text") or o.get("ename") or o["data"]["text/plain"] for o in cell.outputs]


def test_frames_come_out_as_they_went_in_however_they_are_cut() -> None:
    messages = [(SHELL, [b"a", b"", b"bc"]), (IOPUB, [b"x" * 70_000]), (SHELL, [])]
    data = b"".join(Frames.pack(channel, parts) for channel, parts in messages)
    for step in (1, 7, 4096, len(data)):
        frames = Frames()
        found = [m for i in range(0, len(data), step) for m in frames.feed(data[i : i + step])]
        assert found == messages


def test_every_kind_of_output_and_the_surroundings(
    forks: ForkServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel looks for it and lets fds alone
    cells = execute(
        forks,
        tmp_path,
        "import os, subprocess, sys, asyncio\nprint('out')\nos.getcwd()",
        "import time; subprocess.run(['echo', 'sub']); os.write(2, b'fd')\n"
        "time.sleep(0.5); print('err', file=sys.stderr)",  # ipykernel's own thread reads the rest
        "await asyncio.sleep(0.01)\n_ == os.getcwd(), In[1][:6], __name__",
        "input()",
        "sys.exit(2)",
        "1 / 0",
        allow_errors=True,
    )
    assert texts(cells[0]) == ["out\n", repr(str(tmp_path))]
    shown = {"stdout": "", "stderr": ""}
    for output in cells[1].outputs:  # a file descriptor's text may come before or after the rest
        shown[output.name] += output.text
    assert (shown["stdout"], sorted(shown["stderr"])) == ("sub\n", sorted("fderr\n"))
    assert texts(cells[2]) == ["(True, 'import', '__main__')"]
    # IPython's own name for: nobody is there to be asked
    assert texts(cells[3]) == ["StdinNotImplementedError"]
    assert "SystemExit" in texts(cells[4])
    assert texts(cells[5]) == ["ZeroDivisionError"]
    assert [cell.execution_count for cell in cells] == [1, 2, 3, 4, 5, 6]


def test_what_is_left_open_or_registered_is_done_at_the_end(forks: Any, tmp_path: Path) -> None:
    execute(
        forks,
        tmp_path,
        "import atexit\nfrom pathlib import Path\nleft = open('left.txt', 'w')\n"
        "left.write('text')\natexit.register(lambda: Path('exit.txt').write_text('text'))",
    )
    assert [(tmp_path / name).read_text() for name in ("left.txt", "exit.txt")] == ["text"] * 2


def test_errors_stop_where_they_are_not_allowed(forks: ForkServer, tmp_path: Path) -> None:
    with pytest.raises(CellExecutionError, match="division by zero"):
        execute(forks, tmp_path, "1 / 0", "open('later', 'w')")
    assert not (tmp_path / "later").exists()


def test_a_kernel_that_dies_is_noticed(forks: ForkServer, tmp_path: Path) -> None:
    with pytest.raises(DeadKernelError):
        execute(forks, tmp_path, "import os\nos._exit(1)")


@pytest.mark.parametrize(
    "source",
    ["while True: pass", "while True: print('x' * 99)", "sum(range(10**14))"],
    ids=["loop", "flood", "deaf to interrupts"],
)
def test_an_endless_cell_ends_and_leaves_no_process(
    forks: ForkServer, tmp_path: Path, source: str
) -> None:
    cells = execute(
        forks,
        tmp_path,
        "import os, subprocess\nchild = subprocess.Popen(['sleep', '99'])\nos.getpid(), child.pid",
        source,
        timeout=1,
        interrupt_on_timeout=True,
        error_on_timeout={"ename": "TooLong", "evalue": "", "traceback": []},
        allow_errors=True,
    )
    pids = [int(word) for word in texts(cells[0])[0].strip("()").split(",")]
    deadline = time.monotonic() + 20  # killed at once, gone a moment later
    while any(map(_runs, pids)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(_runs, pids))
    assert sum(len(o.get("text", "")) for o in cells[1].outputs) < 20_000_000


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_memory_and_files_have_limits(forks: ForkServer, tmp_path: Path) -> None:
    cells = execute(
        forks,
        tmp_path,
        "bytearray(10**13)",
        "with open('big', 'wb') as f:\n    f.write(b'x' * 2_000_000)",
        allow_errors=True,
    )
    assert [texts(cell) for cell in cells] == [["MemoryError"], ["OSError"]]


def test_a_branch_forks_for_another_process(tmp_path: Path) -> None:
    from manabiba_kernels import Branch

    server = ForkServer()
    try:
        branch = Branch(server.branch())
        [cell] = execute(branch, tmp_path, "6 * 7")
        assert texts(cell) == ["42"]
        branch.channel.close()
    finally:
        server.close()


def test_only_what_a_fork_can_be_is_forked(forks: ForkServer) -> None:
    manager = DirectKernelManager(kernel_name="python3", forks=forks)
    assert manager.can_start([]) is hasattr(os, "fork")
    assert manager.can_start(["--HistoryManager.hist_file=:memory:", "--log-level=40"])
    assert not manager.can_start(["--InteractiveShell.colors=NoColor"])
