"""Planning a team's work (プロボノ): which task first, and whether it fits into the hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """A group's task, rated 1 … 5 by what it would change and by what can be done."""

    name: str
    impact: int
    feasibility: int

    @property
    def score(self) -> int:
        """影響×実現性."""
        return self.impact * self.feasibility


@dataclass(frozen=True)
class Effort:
    """A team's hours (工数): all of them, those of meetings, and those of each deliverable."""

    total: int
    meetings: int
    deliverables: Mapping[str, int]

    @property
    def available(self) -> int:
        """What is left for the work itself."""
        return self.total - self.meetings

    @property
    def needed(self) -> int:
        """The hours of all deliverables."""
        return sum(self.deliverables.values())

    @property
    def spare(self) -> int:
        """余裕: below 0 when the scope is too large."""
        return self.available - self.needed

    @property
    def words(self) -> str:
        """Whether it fits, in Japanese."""
        known = f"使える時間は{self.available}時間、必要な時間は{self.needed}時間です。"
        if self.spare >= 0:
            return f"{known}収まります(余裕は{self.spare}時間)。"
        return f"{known}{-self.spare}時間足りません。成果物を減らすか、期限を延ばしましょう。"


def by_priority(tasks: tuple[Task, ...]) -> tuple[Task, ...]:
    """The tasks, highest product first; equal ones stay as they were.

    >>> [t.score for t in by_priority((Task("A", 5, 3), Task("B", 4, 5), Task("C", 3, 4)))]
    [20, 15, 12]
    """
    return tuple(sorted(tasks, key=lambda task: -task.score))


def effort(
    people: int,
    *,
    hours_weekly: int,
    weeks: int,
    meetings: int,
    deliverables: Mapping[str, int],
) -> Effort:
    """A team's hours; `meetings` and the deliverables in hours of all its people together.

    >>> planned = effort(5, hours_weekly=2, weeks=16, meetings=32, deliverables={"名簿": 120})
    >>> planned.total, planned.available, planned.spare
    (160, 128, 8)
    """
    return Effort(people * hours_weekly * weeks, meetings, dict(deliverables))
