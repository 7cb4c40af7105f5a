"""A grant's rate, as calls for proposals write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_widgets.grant_rate import read_rate


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("2／3以内", "2/3"),
        ("三分の二", "2/3"),
        ("補助率:2/3", "2/3"),
        ("助成対象経費の1/2以下。", "1/2"),
        ("事業費の8割まで", "4/5"),
        ("10/10", "1"),
        ("定額", "1"),
        ("66.6％", "333/500"),
        ("0.5", "1/2"),
        ("総事業費の半額", "1/2"),
        ("２／３（仮）", "2/3"),
        ("なし", "None"),
        ("2/3(上限30万円)", "None"),
        ("3/2", "None"),
        ("1/0", "None"),
        ("100", "None"),
    ],
)
def test_a_rate_is_read_as_calls_for_proposals_write_it(text: str, rate: str) -> None:
    assert str(read_rate(text)) == rate


@given(st.text(max_size=12))
def test_any_text_is_a_rate_from_nothing_to_all_or_none(text: str) -> None:
    rate = read_rate(text)
    assert rate is None or 0 <= rate <= 1
