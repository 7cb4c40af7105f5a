"""Files that a notebook left open in its snapshot: no two forks may share them.

A fork inherits its parent's open files together with their positions. A regular file is opened
again in the fork, at the same position; a connection (socket, pipe) cannot be, and is cut
off: using it is an error in the fork instead of a message in somebody else's conversation.
"""

from __future__ import annotations

import fcntl
import os
import stat
from contextlib import suppress
from pathlib import Path

_DESCRIPTORS = Path("/proc/self/fd")


def open_files() -> set[int]:
    """The file descriptors that are open; empty where the system does not tell."""
    try:
        listed = [int(path.name) for path in _DESCRIPTORS.iterdir()]
    except OSError:
        return set()
    return {fd for fd in listed if _is_open(fd)}  # without the listing's own


def _is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


def describe(files: set[int]) -> list[str]:
    """What those descriptors that are still open lead to."""
    found = []
    for fd in sorted(files):
        with suppress(OSError):
            found.append(str((_DESCRIPTORS / str(fd)).readlink()))
    return found


def separate(files: set[int]) -> None:
    """Give this process its own opening of each regular file, and cut the others off."""
    for fd in files:
        with suppress(OSError):
            if stat.S_ISREG(os.fstat(fd).st_mode):
                _reopen(fd)
            else:
                _replace(fd, os.open(os.devnull, os.O_RDWR))


def _reopen(fd: int) -> None:
    flags = fcntl.fcntl(fd, fcntl.F_GETFL) & ~(os.O_CREAT | os.O_EXCL | os.O_TRUNC)
    position = os.lseek(fd, 0, os.SEEK_CUR)
    own = os.open(_DESCRIPTORS / str(fd), flags)
    os.lseek(own, position, os.SEEK_SET)
    _replace(fd, own)


def _replace(fd: int, by: int) -> None:
    os.dup2(by, fd, inheritable=False)
    os.close(by)
