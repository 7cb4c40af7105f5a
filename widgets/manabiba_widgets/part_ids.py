"""The ids an author gives to what an exercise is made of: fields, rows, steps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")


def id_errors(what: str, ids: Sequence[str]) -> list[str]:
    """All of the author's mistakes in ids; `what` they name stands in front.

    >>> id_errors("row", ["a", "a", "B"])
    ["row id 'B': use lower-case letters, digits, - and _", "row id 'a' is used 2 times"]
    """
    counted = Counter(ids)
    return [
        *(
            f"{what} id {i!r}: use lower-case letters, digits, - and _"
            for i in counted
            if not _ID.fullmatch(i)
        ),
        *(f"{what} id {i!r} is used {n} times" for i, n in counted.items() if n > 1),
    ]
