"""What a timesheet asks, what is right, and an author's mistakes in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from .duration_text import MOST
from .part_ids import id_errors
from .work_day import WorkDay, day_errors

CATEGORIES = {
    "regular": "所定・法定内",
    "overtime": "時間外",
    "night": "深夜",
    "holiday": "法定休日",
}
"""What minutes can be: together they are the minutes worked, 深夜 is counted on top."""


@dataclass(frozen=True)
class TimesheetSpec:
    """The days, and the categories their minutes are split into. A cell is `day.category`."""

    days: tuple[WorkDay, ...]
    categories: tuple[str, ...] = tuple(CATEGORIES)

    @property
    def summed(self) -> tuple[str, ...]:
        """The categories whose minutes are the minutes worked; () where 所定 is not asked for."""
        counted = tuple(name for name in self.categories if name != "night")
        return counted if "regular" in counted else ()


@dataclass(frozen=True)
class TimesheetKey:
    """The right minutes of each day, and known wrong ones with what to say about them."""

    minutes: Mapping[str, Mapping[str, int]]
    mistakes: Mapping[str, Mapping[str, Mapping[int, str]]] = field(default_factory=dict)
    explanation: str = ""


def spec_errors(spec: TimesheetSpec) -> list[str]:
    """All of the author's mistakes in days and categories."""
    errors = [
        *([] if spec.days else ["there are no days"]),
        *id_errors("day", [day.id for day in spec.days]),
    ]
    names = Counter(spec.categories)
    known = ", ".join(CATEGORIES)
    errors += [] if names else ["there are no categories"]
    errors += [f"there is no category {i}; use {known}" for i in names if i not in CATEGORIES]
    errors += [f"category {i} is listed {n} times" for i, n in names.items() if n > 1]
    return errors + [error for day in spec.days for error in day_errors(day)]


def key_errors(spec: TimesheetSpec, key: TimesheetKey) -> list[str]:
    """All of the author's mistakes in a key."""
    cells = [f"{day.id}.{name}" for day in spec.days for name in spec.categories]
    right = {
        f"{day}.{n}": value for day, found in key.minutes.items() for n, value in found.items()
    }
    wrong = {
        f"{day}.{n}": known for day, found in key.mistakes.items() for n, known in found.items()
    }
    errors = [f"no minutes for cell {cell}" for cell in cells if cell not in right]
    errors += [
        f"{name} names cell {cell}, which is not asked for"
        for name, part in (("minutes", right), ("mistakes", wrong))
        for cell in part
        if cell not in cells
    ]
    for cell in cells:
        found = [*([right[cell]] if cell in right else []), *wrong.get(cell, ())]
        errors += [
            f"cell {cell}: {value!r} is not a whole number of minutes from 0 to {MOST}"
            for value in found
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST
        ]
        if cell in right and right[cell] in wrong.get(cell, ()):
            errors.append(f"cell {cell}: the mistake {right[cell]} is right")
    return errors or _sum_errors(spec, key)


def _sum_errors(spec: TimesheetSpec, key: TimesheetKey) -> list[str]:
    """Days whose minutes do not add up to the time worked: the page would mislead."""
    errors = []
    for day in spec.days:
        found = sum(key.minutes[day.id][name] for name in spec.summed)
        if spec.summed and found != day.worked:
            errors.append(
                f"day {day.id}: {' + '.join(spec.summed)} are {found} minutes, "
                f"its spans without breaks are {day.worked}"
            )
        errors += [
            f"cell {day.id}.{name}: {value} minutes are more than the day's {day.worked}"
            for name, value in key.minutes[day.id].items()
            if value > day.worked
        ]
    return errors
