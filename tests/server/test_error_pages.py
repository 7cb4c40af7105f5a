import pytest

from manabiba_server.pages.base import _ERRORS


@pytest.mark.parametrize("status", _ERRORS)
def test_an_error_tells_the_next_step_and_promises_nothing_else(status: int) -> None:
    heading, advice = _ERRORS[status]
    assert heading and not heading.endswith("。")
    assert advice.endswith("。")
    assert "解答は保存されています" not in advice  # a full disk is such an error too
