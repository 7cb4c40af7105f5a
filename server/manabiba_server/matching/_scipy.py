"""The only door to SciPy: linear programs and whole-number ones, solved by HiGHS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, vstack

Vector = NDArray[np.float64]
Flags = NDArray[np.bool_]
Row = dict[int, float]

NEARLY = 1e-6
"""Numbers that are no further apart are taken for the same."""


class InfeasibleError(ValueError):
    """No values meet all rows."""


@dataclass(frozen=True)
class Minimum:
    """A corner of all best values; `at_cost` is what moving a value off its bound would cost,
    `is_binding` whether all best values meet a row exactly."""

    values: Vector
    at_cost: Vector
    is_binding: Flags


def sparse(rows: Sequence[Row], width: int) -> Any:
    """Rows as a sparse matrix."""
    lengths = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.array([column for row in rows for column in row], dtype=np.int64)
    values = np.array([value for row in rows for value in row.values()], dtype=np.float64)
    return csr_array((values, columns, lengths), shape=(len(rows), width))


def with_row(matrix: Any, row: Vector) -> Any:
    """The matrix with one more row."""
    return vstack([matrix, csr_array(row.reshape(1, -1))], format="csr")


def minimise(
    objective: Vector, matrix: Any, limits: Vector, tight: Flags, low: Vector, high: Vector
) -> Minimum:
    """The least `objective @ x` with `matrix @ x <= limits`, equal in rows that are `tight`.

    Raises InfeasibleError.
    """
    found = linprog(
        objective,
        A_ub=matrix[~tight],
        b_ub=limits[~tight],
        A_eq=matrix[tight],
        b_eq=limits[tight],
        bounds=np.column_stack([low, high]),
        method="highs-ds",
    )
    if found.status != 0:
        raise InfeasibleError(found.message)
    binding = tight.copy()
    binding[~tight] = np.abs(found.ineqlin.marginals) > NEARLY
    return Minimum(found.x, found.lower.marginals + found.upper.marginals, binding)


def minimise_whole(
    objective: Vector,
    matrix: Any,
    limits: Vector,
    tight: Flags,
    low: Vector,
    high: Vector,
    *,
    is_whole: Flags,
    seconds: float,
) -> tuple[Vector | None, bool]:
    """The same with whole numbers where `is_whole`; whether it is proved to be the least."""
    found = milp(
        objective,
        integrality=is_whole.astype(np.int64),
        bounds=Bounds(low, high),
        constraints=LinearConstraint(matrix, np.where(tight, limits, -np.inf), limits),
        options={"mip_rel_gap": 0, "time_limit": seconds},
    )
    if found.status == 2:
        raise InfeasibleError(found.message)
    return found.x, found.status == 0
