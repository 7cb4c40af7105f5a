"""Multipart messages, as ZeroMQ has them, on an ordinary byte stream."""

from __future__ import annotations

import struct
from typing import Any

SHELL, IOPUB, CONTROL = b"s", b"i", b"c"

_HEAD = struct.Struct("!cI")
_SIZE = struct.Struct("!Q")


class Frames:
    """Multipart messages on a byte stream: `pack` one, `feed` bytes and get those complete."""

    def __init__(self) -> None:
        self._data = bytearray()

    @staticmethod
    def pack(channel: bytes, parts: list[Any]) -> bytes:
        sizes = b"".join(_SIZE.pack(len(part)) for part in parts)
        return b"".join([_HEAD.pack(channel, len(parts)), sizes, *parts])

    def feed(self, data: bytes) -> list[tuple[bytes, list[bytes]]]:
        self._data += data
        found = []
        while (message := self._take()) is not None:
            found.append(message)
        return found

    def _take(self) -> tuple[bytes, list[bytes]] | None:
        if len(self._data) < _HEAD.size:
            return None
        channel, count = _HEAD.unpack_from(self._data)
        start = _HEAD.size + count * _SIZE.size
        if len(self._data) < start:
            return None
        sizes = [
            _SIZE.unpack_from(self._data, _HEAD.size + number * _SIZE.size)[0]
            for number in range(count)
        ]
        if len(self._data) < start + sum(sizes):
            return None
        parts = []
        for size in sizes:
            parts.append(bytes(self._data[start : start + size]))
            start += size
        del self._data[:start]
        return channel, parts
