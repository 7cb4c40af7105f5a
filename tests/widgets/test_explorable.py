"""Explorables: what every kind has in common, and the figure each begins with."""

import json
from pathlib import Path

import pytest

from manabiba_subjects import Account, AccountType, npo_case
from manabiba_widgets import (
    Explorable,
    ExplorableError,
    JournalExplorer,
    debit_credit,
    exercises,
    explorables,
)
from manabiba_widgets.explorable import STATIC, Still

ROOT = Path(__file__).parents[2]
KINDS = {cls.kind: cls for cls in Explorable.__subclasses__()}
OFFERED = [(npo_case.transaction_text(number), npo_case.entry(number)) for number in (4, 21)]


def journal(explorable_id: str = "x-journal", **more: object) -> JournalExplorer:
    given = {"accounts": npo_case.accounts(), "opening": npo_case.opening_balances(), **more}
    return JournalExplorer(explorable_id, title="図<1>", lead="一\n\n二", **given)


def test_it_is_not_an_exercise() -> None:
    before = exercises()
    shown = journal()
    assert exercises() == before
    assert shown in explorables()
    assert not hasattr(shown, "points")


def test_nothing_is_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    data, _ = journal()._repr_mimebundle_()
    assert data == {"text/plain": "(図<1>: 採点するものはありません)"}


def test_without_scripts_there_is_a_table() -> None:
    data, _ = journal()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    page = data["text/html"]
    assert "<h3>図&lt;1&gt;</h3><p>一</p><p>二</p>" in page
    assert '<tr><th scope="row">普通預金</th><td>1,820,000</td><td></td></tr>' in page
    assert '<tr><th scope="row">合計</th><td>2,334,801</td><td>2,334,801</td></tr>' in page


def test_on_a_page_its_id_is_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANABIBA_PAGE", "1")
    assert journal("x-only-here").model_id == "explorable-x-only-here"
    with pytest.raises(ExplorableError, match="x-only-here: this id is used twice"):
        journal("x-only-here")


def test_an_id_is_written_in_small_letters() -> None:
    with pytest.raises(ExplorableError, match="'X 1': use lower-case"):
        journal("X 1")


def test_its_state_is_plain_json_and_not_large() -> None:
    everything = journal(
        transactions=[(found.text, found.entry) for found in npo_case.transactions()],
        posted=npo_case.entries(),
    )
    assert len(json.dumps(everything.spec, ensure_ascii=False).encode()) < 30_000


def test_a_year_that_is_already_in_the_books_is_where_the_reader_begins() -> None:
    before_closing = npo_case.case()["trial_balance_before_adjustment"]
    assert journal(posted=npo_case.entries()).still() == Still(
        "残高試算表(記帳する前。単位: 円)",
        ("勘定科目", "借方残高", "貸方残高"),
        (
            *(
                (
                    row["account"],
                    f"{row['debit_balance']:,}" if row["debit_balance"] else "",
                    f"{row['credit_balance']:,}" if row["credit_balance"] else "",
                )
                for row in before_closing["rows"]
                if row["debit_balance"] or row["credit_balance"]
            ),
            ("合計", "7,201,281", "7,201,281"),
        ),
    )


def test_all_mistakes_of_an_author_are_told_at_once() -> None:
    with pytest.raises(ExplorableError) as caught:
        journal(
            accounts=[Account("101", "現金", "げんきん", AccountType.ASSET)],
            opening={"現金": 5, "当座預金": 1},
            transactions=[("買った", debit_credit("雑費", "現金", 0))],
        )
    assert str(caught.value) == (
        "explorable x-journal: account 現金 has no section; "
        "opening balance: account 当座預金 is not offered; "
        "opening balances do not agree: debit minus credit is 6 yen; "
        "entry: 借方 雑費: 0 yen; write an amount above 0 and use the other side instead; "
        "entry: account 雑費 is not offered"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_module_and_its_part_of_the_docs(kind: str) -> None:
    text = (ROOT / "docs" / "exercises" / "explorables.md").read_text(encoding="utf-8")
    assert f"## {KINDS[kind].__name__} " in text
    assert (STATIC / f"{kind}.js").exists()
