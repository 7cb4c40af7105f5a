import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_widgets.number_text import NumberTextError, format_number, parse_number

VECTORS = json.loads(Path(__file__).with_name("number_vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["text"] or "empty")
def test_numbers_are_read_as_people_write_them(vector: dict[str, object]) -> None:
    text, unit = str(vector["text"]), str(vector.get("unit", "円"))
    if vector.get("error"):
        with pytest.raises(NumberTextError):
            parse_number(text, unit=unit)
    elif vector.get("empty"):
        assert parse_number(text, unit=unit) is None
    else:
        assert parse_number(text, unit=unit) == Decimal(str(vector["value"]))


def test_a_number_with_man_is_told_how_to_write_it() -> None:
    with pytest.raises(NumberTextError, match="50,000"):
        parse_number("5万")


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_what_is_written_is_read_back(value: int) -> None:
    assert parse_number(format_number(value, unit="円")) == value


@given(st.text(max_size=50))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse_number(text)
    except NumberTextError as error:
        assert str(error)
