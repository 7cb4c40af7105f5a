"""Tables in a lesson's text on a phone."""

import pytest

pytestmark = pytest.mark.browser

ONE_SIGN_A_LINE = """() => [...document.querySelectorAll(".lesson-text :is(th, td)")]
    .filter((cell) => {
        const style = getComputedStyle(cell);
        const free =
            cell.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        return cell.textContent.trim().length > 2 && free < 2 * parseFloat(style.fontSize);
    })
    .map((cell) => cell.textContent.trim())"""


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_no_cell_is_written_downwards(server, visit, number: int) -> None:
    page = visit(server.link("participant"), width=390)
    page.goto(f"{server.url}/runs/accounting-demo/{number}")
    assert page.evaluate(ONE_SIGN_A_LINE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
