"""Keeping forks small: no free space left between what all forks share.

A fork shares its parent's memory until one of them writes. A process that has started and run
a notebook has free space scattered over thousands of pages; an object put there after the fork
copies the whole page. So the free space is filled before the first fork, and what a fork
allocates stands together on pages of its own. Measured on a lesson page's kernel (private
memory after its first answered check): 11.1 MB without, 8.9 MB with it.

Works where CPython's own allocator runs on glibc, and does nothing elsewhere.
"""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from pathlib import Path

_LARGEST = 120_000  # bytes; above it glibc maps pages for each allocation anyway
_SMALLEST = 24
_MOST_PIECES = 500_000


def settle() -> None:
    """Collect garbage, fill the free space, and keep the collector off what is left."""
    gc.collect()
    if sys.platform == "linux" and sys.implementation.name == "cpython":
        fill_heap()
        fill_pools()
    gc.freeze()


def fill_heap() -> int:
    """Take all free space of glibc's heap; the number of pieces it was in."""
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "gnu_get_libc_version"):
        return 0
    libc.malloc.restype = libc.sbrk.restype = ctypes.c_void_p
    libc.malloc.argtypes, libc.sbrk.argtypes = [ctypes.c_size_t], [ctypes.c_long]
    libc.free.argtypes = [ctypes.c_void_p]
    libc.malloc_trim(0)
    start, top = _heap()
    pieces, size = 0, _LARGEST
    while size >= _SMALLEST:
        while pieces < _MOST_PIECES:
            piece = libc.malloc(size)
            if piece is None or not start <= piece < top:
                libc.free(piece)
                break
            pieces += 1
        size = size - 16 if size <= 1040 else size * 4 // 5
    return pieces


def _heap() -> tuple[int, int]:
    """Where the heap begins and ends (the system may list it in several parts)."""
    bounds = [
        int(bound, 16)
        for line in Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
        if line.endswith("[heap]")
        for bound in line.split()[0].split("-")
    ]
    return (min(bounds), max(bounds)) if bounds else (0, 0)


def fill_pools() -> int:
    """Take all free blocks of CPython's small-object allocator; how many there were."""
    allocate = ctypes.pythonapi.PyObject_Malloc
    allocate.restype, allocate.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    blocks = 0
    for size, free in sorted(_free_blocks().items()):
        for _ in range(min(free, _MOST_PIECES)):
            allocate(size)
        blocks += free
    return blocks


def _free_blocks() -> dict[int, int]:
    """Size of a block in bytes → free blocks in pools that are in use."""
    if not hasattr(sys, "_debugmallocstats"):
        return {}
    sys.stderr.flush()
    kept, found = os.dup(2), {}
    # A file, not a pipe: the report may be longer than a pipe holds.
    report = os.memfd_create("malloc-stats")
    try:
        os.dup2(report, 2)
        sys._debugmallocstats()
    finally:
        os.dup2(kept, 2)
        os.close(kept)
    with os.fdopen(report, "rb") as lines:
        lines.seek(0)
        for line in lines:
            words = line.split()
            if len(words) == 5 and all(word.isdigit() for word in words):
                found[int(words[1])] = int(words[4])
    return found
