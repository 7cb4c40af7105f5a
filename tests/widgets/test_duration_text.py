import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_widgets.duration_text import (
    MOST,
    DurationTextError,
    format_duration,
    parse_duration,
)

VECTORS = json.loads(Path(__file__).with_name("duration_vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["text"] or "empty")
def test_durations_are_read_as_people_write_them(vector: dict[str, object]) -> None:
    text = str(vector["text"])
    if vector.get("error"):
        with pytest.raises(DurationTextError, match=str(vector["error"])):
            parse_duration(text)
    else:
        assert parse_duration(text) == vector.get("value")


@pytest.mark.parametrize(
    ("minutes", "written"), [(0, "0分"), (45, "45分"), (480, "8時間"), (1470, "24時間30分")]
)
def test_a_duration_is_written_in_words(minutes: int, written: str) -> None:
    assert format_duration(minutes) == written


@given(st.integers(0, MOST))
def test_what_is_written_is_read_back(minutes: int) -> None:
    assert parse_duration(format_duration(minutes)) == minutes
    assert parse_duration(f"{minutes // 60}:{minutes % 60:02}") == minutes
    assert parse_duration(str(minutes)) == minutes


@given(st.text(max_size=30) | st.from_regex(r"[0-9０-９:：.時間分半hm]{1,12}", fullmatch=True))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = parse_duration(text)
    except DurationTextError as error:
        assert str(error)
    else:
        assert found is None or 0 <= found <= MOST
