"""What IPython does with a cell's text before it runs, remembered.

The cells of many submissions are the same. Their text is brought into plain Python (magics and the
like: each cell is taken apart into tokens several times) and given a file name (a hash made
byte by byte in Python), and looked at for a semicolon at its end. All of that depends on the text
alone, so it is done once, before the fork.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from tokenize import TokenError
from typing import Any

from ipykernel.compiler import (
    XCachingCompiler,
    get_tmp_directory,
    get_tmp_hash_seed,
    murmur2_x86,
)
from IPython.core.inputtransformer2 import TransformerManager

MOST_CELLS = 1_000


class RememberingTransformer(TransformerManager):
    """IPython's own transformer; a text it has seen is not transformed again.

    Only while its lists of transformers are the ones it began with: somebody else's may
    have effects of their own.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._pristine = self._lists()
        self._transformed: dict[str, str] = {}

    def transform_cell(self, cell: str) -> str:
        """A cell as plain Python. Raises SyntaxError as IPython's own does."""
        if self._lists() != self._pristine:
            return str(super().transform_cell(cell))
        if cell not in self._transformed:
            if len(self._transformed) >= MOST_CELLS:
                self._transformed.clear()
            self._transformed[cell] = super().transform_cell(cell)
        return self._transformed[cell]

    def _lists(self) -> tuple[tuple[Any, ...], ...]:
        return (
            tuple(self.cleanup_transforms),
            tuple(self.line_transforms),
            tuple(self.token_transformers),
        )


class RememberingCompiler(XCachingCompiler):
    """ipykernel's own compiler; a text's hash is computed once."""

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:
        """The file name of a cell, the same that ipykernel gives it."""
        if "IPYKERNEL_CELL_NAME" in os.environ:
            return str(super().get_code_name(raw_code, code, number))
        return f"{get_tmp_directory()}{os.sep}{hash_of(raw_code)}.py"


@lru_cache(MOST_CELLS)
def hash_of(text: str) -> int:
    """ipykernel's hash of a cell."""
    return int(murmur2_x86(text, get_tmp_hash_seed()))


def remember_cells(shell: Any) -> None:
    """Have a shell remember what it does with a cell's text."""
    shell.compile = RememberingCompiler()
    shell.input_transformer_manager = RememberingTransformer()
    ends_quietly = shell.displayhook.semicolon_at_end_of_expression
    shell.displayhook.semicolon_at_end_of_expression = lru_cache(MOST_CELLS)(ends_quietly)


def prepare_cells(shell: Any, sources: Iterable[str]) -> None:
    """Do for these cells what depends on their text alone; those with a mistake are left."""
    for source in sources:
        hash_of(source)
        try:
            shell.displayhook.semicolon_at_end_of_expression(shell.transform_cell(source))
        except (SyntaxError, TokenError):
            continue
