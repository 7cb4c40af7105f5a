"""The browser reads numbers exactly as Python does."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from manabiba_widgets.exercise import STATIC

pytestmark = pytest.mark.browser
VECTORS = json.loads(
    (Path(__file__).parents[1] / "widgets" / "number_vectors.json").read_text(encoding="utf-8")
)


def test_the_same_texts_give_the_same_numbers(browser: Browser) -> None:
    source = (STATIC / "number_text.js").read_text(encoding="utf-8")
    page = browser.new_page()
    read = page.evaluate(
        """async ([source, vectors]) => {
            const url = `data:text/javascript,${encodeURIComponent(source)}`;
            const { readNumber } = await import(url);
            return vectors.map(({ text, unit }) => readNumber(text, unit || "円"));
        }""",
        [source, VECTORS],
    )
    page.close()
    expected = [{k: v[k] for k in ("value", "empty", "error") if k in v} for v in VECTORS]
    assert read == expected
