"""The provisioner by its kernelspec alone, as Voilà, nbclient and JupyterLab use it."""

import asyncio
import logging
import os
import time
from pathlib import Path

import nbformat
import pytest
from jupyter_client import AsyncKernelManager, AsyncMultiKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError

from manabiba_kernels import ForkError, provisioner

SPEC = "python3-fork"


def notebook(*sources: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])


@pytest.fixture(scope="module", autouse=True)
def end_forks():
    """The kernelspec's own fork server ends with these tests."""
    yield
    for server in list(provisioner.fork_servers()):
        server.close()


async def started(**options: object) -> tuple[AsyncKernelManager, object]:
    manager = AsyncKernelManager(kernel_name=SPEC)
    await manager.start_kernel(**options)
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=30)
    return manager, client


async def value(client, code: str) -> str:
    request = client.execute(code)
    while True:
        message = await client.get_iopub_msg(timeout=20)
        if message["parent_header"].get("msg_id") == request:
            if message["msg_type"] == "execute_result":
                return message["content"]["data"]["text/plain"]
            assert message["msg_type"] != "error", message["content"]


def test_start_restart_interrupt_and_shutdown(run_async, tmp_path: Path) -> None:
    async def life() -> None:
        manager, client = await started(cwd=str(tmp_path))
        assert await value(client, "import os; os.getcwd()") == repr(str(tmp_path))
        await value(client, "x = 1; x")
        await manager.restart_kernel()
        await client.wait_for_ready(timeout=30)
        assert await value(client, "'x' in globals()") == "False"
        request = client.execute("import time; print('in it'); time.sleep(60)")
        while (await client.get_iopub_msg(timeout=20))["msg_type"] != "stream":
            pass
        await manager.interrupt_kernel()
        reply = await client.get_shell_msg(timeout=20)
        while reply["parent_header"]["msg_id"] != request:
            reply = await client.get_shell_msg(timeout=20)
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        client.stop_channels()
        file, sockets = Path(manager.connection_file), Path(manager.ip).parent
        assert file.exists()
        await manager.shutdown_kernel()
        assert not await manager.is_alive()
        assert not file.exists()
        assert list(sockets.glob(f"{Path(manager.ip).name}-*")) == []

    run_async(life())


def test_a_snapshot_by_path_is_taken_once(run_async, tmp_path: Path) -> None:
    path, log = tmp_path / "lesson.ipynb", tmp_path / "ran.txt"
    nbformat.write(notebook(f"open({str(log)!r}, 'a').write('x')", "answer = 42"), path)
    env = {**os.environ, "KERNEL_SNAPSHOT": str(path)}

    async def three() -> None:
        for _ in range(3):
            manager, client = await started(env=env)
            assert await value(client, "answer") == "42"
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    run_async(three())
    assert log.read_text() == "x"
    nbformat.write(notebook("1 / 0"), path)
    with pytest.raises(ForkError, match=r"lesson\.ipynb: cell 0: ZeroDivisionError"):
        run_async(started(env=env))


def test_a_notebook_is_executed_as_with_an_ordinary_kernel(run_async) -> None:
    cells = (
        "print('a'); import sys; print('b', file=sys.stderr)",
        "1 + 1",
        "from IPython.display import display, HTML; display(HTML('<b>x</b>'))",
        "import ipywidgets; ipywidgets.IntSlider(2)",
        "raise KeyError('k')",
        "x = 3",
        "x",
    )

    async def executed(kernel: str) -> list:
        book = notebook(*cells)
        runner = NotebookClient(book, kernel_name=kernel, allow_errors=True, timeout=60)
        await runner.async_execute()
        return [
            (cell.execution_count, [comparable(output) for output in cell.outputs])
            for cell in book.cells
        ]

    def comparable(output) -> object:
        plain = {k: v for k, v in output.items() if k not in {"traceback", "metadata"}}
        if "application/vnd.jupyter.widget-view+json" in plain.get("data", {}):
            return plain["output_type"], plain["data"]["text/plain"]
        return sorted(plain.items())

    async def both() -> tuple[list, list]:
        return await executed("python3"), await executed(SPEC)

    stock, ours = run_async(both())
    assert ours == stock


def test_a_timeout_is_one(run_async) -> None:
    async def run() -> None:
        book = notebook("import time; time.sleep(60)")
        client = NotebookClient(book, kernel_name=SPEC, timeout=1, interrupt_on_timeout=False)
        with pytest.raises(CellTimeoutError):
            await client.async_execute()

    run_async(run())


def test_many_kernels_start_at_once(run_async) -> None:
    async def run() -> None:
        manager = AsyncMultiKernelManager()
        ids = await asyncio.gather(*(manager.start_kernel(kernel_name=SPEC) for _ in range(12)))
        assert len(set(ids)) == 12
        values = []
        for kernel_id in ids:
            client = manager.get_kernel(kernel_id).client()
            client.start_channels()
            await client.wait_for_ready(timeout=30)
            values.append(await value(client, "import random; random.random()"))
            client.stop_channels()
        assert len(set(values)) == 12
        await manager.shutdown_all(now=True)

    run_async(run())


def test_a_dead_kernel_is_noticed(run_async) -> None:
    async def run() -> None:
        manager, client = await started()
        os.kill(manager.provisioner.pid, 9)
        deadline = time.monotonic() + 20
        while await manager.is_alive() and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
        assert not await manager.is_alive()
        client.stop_channels()
        await manager.shutdown_kernel(now=True)

    run_async(run())


def test_without_forks_an_ordinary_kernel_starts_and_it_is_said_once(
    run_async, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delattr(os, "fork")
    monkeypatch.setattr(provisioner, "_said", set())

    async def run() -> None:
        for _ in range(2):
            manager, client = await started()
            assert manager.provisioner.forked is None
            assert await value(client, "1 + 1") == "2"
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    with caplog.at_level(logging.WARNING, logger="manabiba_kernels.provisioner"):
        run_async(run())
    assert [r.message for r in caplog.records if r.name == "manabiba_kernels.provisioner"] == [
        "this system cannot fork: every kernel is started from nothing"
    ]
