"""CPU and memory of a server and of everything it started."""

from __future__ import annotations

import statistics
from contextlib import suppress

import psutil


def tree(pid: int) -> list[psutil.Process]:
    """A process and all that descend from it."""
    server = psutil.Process(pid)
    return [server, *server.children(recursive=True)]


def cpu_s(pid: int) -> float:
    """Seconds of CPU of a process and its living descendants."""
    total = 0.0
    for process in tree(pid):
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
    return total


def kernels(pid: int) -> list[psutil.Process]:
    """The kernels of a server: ipykernel's own processes or forks."""
    found = []
    for process in tree(pid)[1:]:
        with suppress(psutil.NoSuchProcess):
            if process.name() == "forks-kernel" or "ipykernel_launcher" in process.cmdline():
                found.append(process)
    return found


def kernel_mb(pid: int) -> float:
    """Megabytes that go away with a kernel (USS): the median of a server's kernels."""
    return statistics.median(kernel.memory_full_info().uss for kernel in kernels(pid)) / 1e6


def resident_mb(pid: int) -> float:
    """Megabytes of a server and its descendants, shared pages counted once (PSS)."""
    total = 0
    for process in tree(pid):
        with suppress(psutil.NoSuchProcess):
            total += process.memory_full_info().pss
    return total / 1e6
