"""What a kernel behind a page does before its lesson."""

from __future__ import annotations

import itertools
from typing import Any

import comm


def number_widgets() -> None:
    """Give the widgets made from now on the ids widget-1, widget-2, … in their order.

    A page is rendered in one kernel and served by another one; both run the same cells, so
    the same widget has the same id in both. An id that is given (an exercise's) stays.
    """
    numbers = itertools.count(1)
    create = comm.create_comm

    def create_numbered(*args: Any, **kwargs: Any) -> Any:
        if kwargs.get("target_name") == "jupyter.widget" and not kwargs.get("comm_id"):
            kwargs["comm_id"] = f"widget-{next(numbers)}"
        return create(*args, **kwargs)

    comm.create_comm = create_numbered
