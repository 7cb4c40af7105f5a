"""FindErrors in a browser: what a phone's closed list cuts off can be read all the same."""

import pytest

from manabiba_widgets import FindErrors, ShownLine

pytestmark = pytest.mark.browser
LONG = "総会で決めたあとに、理事会で代表理事を互いに選ぶ"


def make_exercise() -> FindErrors:
    return FindErrors(
        "e1-1",
        title="問1 まちがいさがし",
        prompt="まちがいに印をつけましょう。",
        lines=[ShownLine("l1", "1行め", "理事会のあとに総会を開く")],
        corrections={"l1": {"long": LONG, "short": "日付を直す"}},
    )


@pytest.mark.parametrize(("width", "is_shown"), [(390, True), (1280, False)])
def test_a_long_correction_stands_below_the_list_on_a_phone(
    show_card, width: int, is_shown: bool
) -> None:
    page = show_card(make_exercise(), width=width)
    page.get_by_role("checkbox", name="1行めはまちがい").check()
    choice, whole = page.get_by_label("1行めの直し方"), page.locator(".mb-whole-choice")
    assert not whole.is_visible()
    choice.select_option("long")
    assert whole.text_content() == LONG
    assert whole.is_visible() == is_shown
    choice.select_option("short")
    assert not whole.is_visible()
