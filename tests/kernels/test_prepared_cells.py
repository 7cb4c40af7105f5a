"""What is done with a cell's text before the fork: nothing of it shows in the kernel."""

from pathlib import Path

import pytest
from ipykernel.compiler import get_file_name
from IPython.core.inputtransformer2 import TransformerManager
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from manabiba_kernels import Branch, DirectKernelManager, ForkServer
from manabiba_kernels._prepared_cells import (
    RememberingCompiler,
    RememberingTransformer,
)

CELLS = [
    "x = 1\nx + 1",
    "%%capture said\nprint('a')",
    "files = !echo b\nfiles",
    "x;",
    "1 +",
    "あ = 2\nあ",
]


def test_a_cell_is_transformed_and_named_as_by_ipython_itself() -> None:
    ours, theirs = RememberingTransformer(), TransformerManager()
    for source in [*CELLS[:4], *CELLS[:4]]:
        assert ours.transform_cell(source) == theirs.transform_cell(source)
        assert RememberingCompiler().get_code_name(source, "", 1) == get_file_name(source)


def test_a_name_given_from_outside_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPYKERNEL_CELL_NAME", "cell.py")
    assert RememberingCompiler().get_code_name("x", "x", 1) == "cell.py"


def test_with_somebody_elses_transformers_nothing_is_remembered() -> None:
    ours = RememberingTransformer()
    assert ours.transform_cell("x") == "x\n"
    calls: list[list[str]] = []
    ours.line_transforms.append(lambda lines: calls.append(lines) or [*lines, "y\n"])
    assert [ours.transform_cell("x") for _ in range(2)] == ["x\ny\n"] * 2
    assert len(calls) == 2


def test_kernels_of_a_process_with_prepared_cells_show_what_others_show(
    forks: ForkServer, tmp_path: Path
) -> None:
    def shown(kernels: ForkServer | Branch) -> list[object]:
        notebook = new_notebook(
            cells=[new_code_cell(source, id=f"c{i}") for i, source in enumerate(CELLS)]
        )
        client = NotebookClient(
            notebook, allow_errors=True, resources={"metadata": {"path": str(tmp_path)}}
        )
        client.km = DirectKernelManager(kernel_name="python3", forks=kernels)
        client.owns_km = True
        client.execute()
        return [
            [o.get("data", o.get("text", o.get("evalue"))) for o in c.outputs]
            for c in notebook.cells
        ]

    channel = forks.branch(preload=["json", "no_such_module", "gc:collect"], prepare=CELLS)
    try:
        assert shown(Branch(channel)) == shown(forks)
    finally:
        channel.close()
