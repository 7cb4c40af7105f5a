"""Which cells would tell a participant what is right."""

from __future__ import annotations

import re
from typing import Any

BEGIN = "### BEGIN HIDDEN TESTS"
END = "### END HIDDEN TESTS"
_RUBRIC_ALONE = re.compile(r"\.key\(\s*checks=\[\],")


def shows_key(cell: Any) -> bool:
    """Whether a code cell has a key outside its hidden tests.

    A rubric alone, in a cell that is graded by hand, is no secret: participants read it.
    """
    source = cell.source.split(BEGIN)[0] + cell.source.split(END)[-1]
    if cell.metadata.get("nbgrader", {}).get("solution"):
        source = _RUBRIC_ALONE.sub("", source)
    return ".key(" in source
