"""Starting sooner: what a library only builds for a case that never comes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

GRAMMAR = "rfc3987_syntax"


@contextmanager
def without_iri_grammar() -> Iterator[None]:
    """Let jsonschema be imported without its optional grammar of IRIs.

    Where that package is installed, jsonschema builds some forty parsers when it is imported: 1.4
    of the 1.6 seconds it takes, in every process. They check the format `iri`, which no schema of
    Jupyter's has. A module that is None in `sys.modules` cannot be imported (documented), and
    jsonschema takes it for one that is not installed; afterwards anybody can import it again.
    """
    if "jsonschema" in sys.modules or GRAMMAR in sys.modules:
        yield
        return
    sys.modules[GRAMMAR] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[GRAMMAR]
