"""Which version of a lesson a page's kernel runs, and what its page may say to it."""

from __future__ import annotations

from .courses import Lesson
from .kernels import KernelPool, Seat
from .snapshot import Snapshot


class PageKernels:
    """Attaches kernels to pages; a kernel is of the same version as the page it serves."""

    def __init__(self, pool: KernelPool) -> None:
        self._pool = pool
        self._snapshots: dict[str, Snapshot] = {}

    async def attach(self, lesson: Lesson, seat: Seat, snapshot: Snapshot) -> str:
        """The id of a living kernel that runs the snapshot's version of the lesson.

        One that still runs an earlier version is ended: everything that must last is in the
        answer store. Raises KernelUnavailable.
        """
        kernel_id = await self._pool.attach(lesson, seat)
        known = self._snapshots.get(kernel_id)
        if known is not None and known.version != snapshot.version:
            await self._pool.end(kernel_id)
            kernel_id = await self._pool.attach(lesson, seat)
        if kernel_id not in self._snapshots:
            self._snapshots[kernel_id] = snapshot
            self._pool.on_end(kernel_id, lambda: self._forget(kernel_id))
        return kernel_id

    def _forget(self, kernel_id: str) -> None:
        self._snapshots.pop(kernel_id, None)

    def has_other_widgets(self, kernel_id: str) -> bool:
        """Whether the kernel's page shows widgets that are not exercises."""
        snapshot = self._snapshots.get(kernel_id)
        return snapshot is not None and snapshot.other_widgets
