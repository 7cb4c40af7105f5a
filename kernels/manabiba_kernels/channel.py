"""Messages between the server, its base process and the snapshot processes: JSON with files."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Sequence
from typing import Any

_LENGTH = struct.Struct("!Q")
LARGEST = 256_000_000
"""Bytes of one message: a notebook's outputs travel in it."""

MOST_FILES = 8


class ChannelClosed(ConnectionError):
    """The process at the other end is gone."""


class Channel:
    """One end of a Unix socket pair; a message is a JSON object and open files with it."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock

    @classmethod
    def of(cls, fd: int) -> Channel:
        """The end that an inherited or received file descriptor is."""
        return cls(socket.socket(fileno=fd))

    @classmethod
    def pair(cls) -> tuple[Channel, Channel]:
        """Two connected ends."""
        one, other = socket.socketpair()
        return cls(one), cls(other)

    def fileno(self) -> int:
        return self._socket.fileno()

    def close(self) -> None:
        """Close this end; the other one reads ChannelClosed."""
        self._socket.close()

    def send(self, message: dict[str, Any], files: Sequence[int] = ()) -> None:
        """Send a message with open files. Raises ChannelClosed when nobody is there."""
        data = json.dumps(message).encode("ascii")
        try:
            head = _LENGTH.pack(len(data))
            if files:
                socket.send_fds(self._socket, [head], list(files))
            else:
                self._socket.sendall(head)
            self._socket.sendall(data)
        except OSError as error:
            raise ChannelClosed(str(error)) from error

    def receive(self, timeout_s: float | None = None) -> tuple[dict[str, Any], list[int]]:
        """The next message and its files.

        Raises ChannelClosed when the other end is gone, TimeoutError after `timeout_s` seconds.
        """
        self._socket.settimeout(timeout_s)
        try:
            head, files, _, _ = socket.recv_fds(self._socket, _LENGTH.size, MOST_FILES)
            while 0 < len(head) < _LENGTH.size:
                head += self._read(_LENGTH.size - len(head))
            if not head:
                raise ChannelClosed("end of file")
            (size,) = _LENGTH.unpack(head)
            if size > LARGEST:
                raise ChannelClosed(f"a message of {size} bytes")
            message: dict[str, Any] = json.loads(self._read(size))
        except TimeoutError:
            raise
        except OSError as error:
            raise ChannelClosed(str(error)) from error
        finally:
            if self._socket.fileno() >= 0:
                self._socket.settimeout(None)
        return message, files

    def _read(self, size: int) -> bytes:
        pieces = []
        while size:
            piece = self._socket.recv(min(size, 1_000_000))
            if not piece:
                raise ChannelClosed("end of file within a message")
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)
