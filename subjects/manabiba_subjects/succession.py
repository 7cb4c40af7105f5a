"""Handing over (世代交代): how much hangs on one person, and how much has to move.

The day by which a new 代表理事 is registered is `npo_law.change_registration`, the end of a term
`npo_law.last_day_of_term`.
"""

from __future__ import annotations

from fractions import Fraction

from .derivation import Figure, by_convention, plain
from .proportion import Proportion


def dependence(tasks: int, only_one: int) -> Proportion:
    """属人化率: the tasks that only one person can do, of all tasks.

    >>> dependence(12, 7).percent()
    Decimal('58.3')
    """
    return Proportion(only_one, tasks)


def tasks_to_move(tasks: int, only_one: int, *, target: Fraction) -> Figure[int]:
    """How many tasks somebody else has to learn until at most `target` of them hang on one person.

    >>> tasks_to_move(12, 7, target=Fraction(1, 4)).value
    4
    """
    if not 0 <= target <= 1:
        raise ValueError("目標の割合は、0から1までにしてください。")
    now = dependence(tasks, only_one)
    may_stay = int(tasks * target)
    moved = max(0, only_one - may_stay)
    left = Proportion(only_one - moved, tasks)
    rule = "目標の割合は団体が決める"
    return Figure(
        moved,
        (
            by_convention("いまの属人化率", now.working, f"{now.percent()}%", rule),
            by_convention(
                "残してよい件数",
                f"{tasks}件×{plain(100 * target)}%(端数は切捨て)",
                f"{may_stay}件",
                rule,
            ),
            by_convention(
                "移す件数",
                f"{only_one}-{only_one - moved}",
                f"{moved}件(残り{left.percent()}%)",
                rule,
            ),
        ),
    )
