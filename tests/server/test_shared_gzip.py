"""Pages of parts compressed before: what comes out is what went in."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_server.shared_gzip import SharedText, gzipped, plain

PARTS = st.lists(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(SharedText.of)))


@given(PARTS)
def test_a_page_is_the_same_compressed_or_not(parts: list[bytes | SharedText]) -> None:
    assert gzip.decompress(gzipped(parts)) == plain(parts)


def test_it_is_one_member_that_any_reader_reads_to_its_end() -> None:
    text = SharedText.of("決算書 " * 20_000)
    page = gzipped([b"<p>", text, "見本 花子".encode(), text, b"</p>"])
    reader = zlib.decompressobj(16 + zlib.MAX_WBITS)
    assert reader.decompress(page).startswith("<p>決算書".encode())
    assert reader.eof
    assert reader.unused_data == b""
    assert len(page) < 3_000


def test_a_wrong_byte_is_noticed() -> None:
    page = bytearray(gzipped([SharedText.of("借方"), b"x"]))
    page[-8] ^= 1
    with pytest.raises(gzip.BadGzipFile):
        gzip.decompress(bytes(page))
