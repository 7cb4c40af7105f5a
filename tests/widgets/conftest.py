"""What the tests of all exercise kinds share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import strategies as st
from playwright.sync_api import Browser, BrowserContext, Page

from manabiba_widgets import Exercise
from manabiba_widgets.exercise import STATIC, module_source


@pytest.fixture(autouse=True)
def workplace(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has a folder of its own: that is where `answers.json` would be."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def any_json() -> st.SearchStrategy[object]:
    return st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
        ),
        max_leaves=12,
    )


HOST = """
const listeners = {};
const model = {
  get: (name) => state[name],
  set(name, value) {
    state[name] = value;
    for (const listener of listeners[name] || []) listener();
  },
  save_changes() {},
  on: (event, listener) => (listeners[event.replace("change:", "")] ||= []).push(listener),
};
globalThis.model = model;
"""


@pytest.fixture
def show_card(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`show_card(exercise)`: its card as JupyterLab gets it, one text; a script error fails."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def show(exercise: Exercise, *, width: int = 390, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        names = ("exercise_id", "exercise_kind", "spec", "answer", "hints_opened", "check")
        state = json.dumps({name: getattr(exercise, name) for name in names} | {"saved_at": ""})
        module = module_source(exercise.kind).replace("export default", "const widget =")
        style = (STATIC / "exercise.css").read_text(encoding="utf-8")
        page.set_content(
            "<!doctype html><html lang=ja><title>問</title>"
            "<meta name=viewport content='width=device-width'>"
            f"<style>{style}</style><main><h1>講座</h1><h2>回</h2><div></div></main>"
            f'<script type="module">const state = {state};state.feedback = {{}};{HOST}{module}'
            'widget.render({ model, el: document.querySelector("main div") });</script>'
        )
        page.get_by_role("button", name="確かめる").wait_for()
        return page

    yield show
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def judge_card() -> Callable[[Page, Exercise], None]:
    """`judge_card(page, exercise)`: what a press on 「確かめる」 leads to, without a kernel."""

    def show(page: Page, exercise: Exercise) -> None:
        judgement = exercise.judge(page.evaluate("model.get('answer')"), with_key=True)
        page.evaluate("(told) => model.set('feedback', told)", {"check": 1, **judgement.public()})

    return show
