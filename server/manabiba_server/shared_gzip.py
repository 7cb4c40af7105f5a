"""Pages whose larger parts are the same for everybody: those are compressed once.

A gzip file is a run of deflate blocks between a header and a checksum. A part that many pages
share is deflated once, on its own and up to a byte's edge, and stands in each page as it is.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # no name, no time, any system
_LAST_BLOCK = b"\x03\x00"


@dataclass(frozen=True)
class SharedText:
    """A part of a page that is the same for everybody."""

    text: bytes
    deflated: bytes

    @classmethod
    def of(cls, text: str) -> SharedText:
        """Compress a text once, as far as that goes."""
        data = text.encode("utf-8")
        return cls(data, _deflate(data, zlib.Z_BEST_COMPRESSION))


def plain(parts: Iterable[bytes | SharedText]) -> bytes:
    """A page of these parts."""
    return b"".join(part.text if isinstance(part, SharedText) else part for part in parts)


def gzipped(parts: Iterable[bytes | SharedText]) -> bytes:
    """The same page as one gzip member (RFC 1952)."""
    blocks, checksum, size = [_HEADER], 0, 0
    for part in parts:
        data = part.text if isinstance(part, SharedText) else part
        blocks.append(part.deflated if isinstance(part, SharedText) else _deflate(data, 6))
        checksum, size = zlib.crc32(data, checksum), size + len(data)
    return b"".join([*blocks, _LAST_BLOCK, struct.pack("<LL", checksum, size & 0xFFFFFFFF)])


def _deflate(data: bytes, level: int) -> bytes:
    """Deflate blocks that refer to nothing before them and end at a byte's edge."""
    made = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return made.compress(data) + made.flush(zlib.Z_FULL_FLUSH)
