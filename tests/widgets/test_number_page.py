"""Number in a browser: what a phone's closed list cuts off can be read all the same."""

import pytest

from manabiba_widgets import Number, Pick

pytestmark = pytest.mark.browser
LONG = "割合だけでは決まらない。意見と責任を持ち合うことが対等"


@pytest.mark.parametrize(("width", "is_shown"), [(390, True), (1280, False)])
def test_a_long_choice_stands_below_the_list_on_a_phone(
    show_card, width: int, is_shown: bool
) -> None:
    equal = Pick("equal", "対等といえますか", {"long": LONG, "short": "いえる"})
    number = Number("n1-1", title="問1 対等", prompt="選びましょう。", fields=[equal])
    page = show_card(number, width=width)
    choice, whole = page.get_by_label("対等といえますか"), page.locator(".mb-whole-choice")
    assert not whole.is_visible()
    choice.select_option("long")
    assert whole.text_content() == LONG
    assert whole.is_visible() == is_shown
    choice.select_option("short")
    assert not whole.is_visible()
    choice.select_option("")
    assert not whole.is_visible()
