from dataclasses import replace
from datetime import date

import pytest

from manabiba_server.books.owner_forms import (
    FormError,
    account_choices,
    read_accounts,
    read_notes,
    read_settings,
    settings_values,
)
from manabiba_server.books.templates import case_books
from manabiba_subjects import CostKind, Section
from manabiba_subjects.notes import RestrictedFund
from manabiba_subjects.own_books import OwnBooks, Place, TextNote


def unexplained() -> OwnBooks:
    return replace(case_books(), places={})


def test_choices_suggest_what_the_name_says_and_offer_what_is_like_it() -> None:
    choices = {c.name: c for c in account_choices(unexplained(), {}, everything=False)}
    assert (choices["普通預金"].chosen, choices["普通預金"].likely) == ("s:普通預金", ())
    odd = choices["学習支援事業収益"]
    assert odd.chosen == ""
    assert "事業収益" in [place.name for place in odd.likely]


def test_confirmed_accounts_are_shown_on_demand_only() -> None:
    assert account_choices(case_books(), {}, everything=False) == ()
    everything = account_choices(case_books(), {}, everything=True)
    assert len(everything) == len(case_books().account_names)
    assert next(c for c in everything if c.name == "学習支援事業収益").chosen == "k:4.事業収益"


def test_a_refused_form_shows_the_accounts_it_had_and_no_others() -> None:
    own = replace(case_books(), places={"現金": Place("現金", Section.CURRENT_ASSETS)})
    without = {c.name for c in account_choices(own, {}, everything=False)}
    again = {c.name for c in account_choices(own, {"現金": "s:現金"}, everything=False)}
    assert "現金" not in without
    assert again == without | {"現金"}


def test_choices_become_places() -> None:
    given = {"普通預金": "s:普通預金", "学習支援事業収益": "k:4.事業収益"}
    assert read_accounts(unexplained(), given) == {
        "普通預金": Place("普通預金", Section.CURRENT_ASSETS),
        "学習支援事業収益": Place("学習支援事業収益", Section.PROGRAMME_REVENUE),
    }


@pytest.mark.parametrize("code", ["", "s:", "s:ない科目", "k:ない区分", "x:普通預金", "普通預金"])
def test_no_choice_or_a_made_up_one_is_told(code: str) -> None:
    with pytest.raises(FormError) as refused:
        read_accounts(unexplained(), {"現金": code})
    assert list(refused.value.messages) == ["現金"]


def test_one_name_cannot_stand_in_two_sections() -> None:
    given = {"雑費": "k:経常外費用", "諸雑費": "s:雑費"}
    with pytest.raises(FormError) as refused:
        read_accounts(unexplained(), given)
    assert "同じ場所を選んでください" in refused.value.messages["諸雑費"]


def test_settings_come_back_as_they_are() -> None:
    own = case_books()
    assert read_settings(own, settings_values(own)) == own


def test_settings_are_read_as_people_write_them() -> None:
    given = {
        **settings_values(case_books()),
        "organisation": " みなと　の会 ",
        "start": "令和7年4月1日",
        "end": "2026/3/31",
        "kind0": "管理費",
        "share0-0": "４０%",
    }
    changed = read_settings(case_books(), given)
    assert changed.organisation == "みなと の会"
    assert changed.start == date(2025, 4, 1)
    assert changed.departments[0].kind is CostKind.MANAGEMENT
    assert 40 in changed.weights[case_books().shared_accounts[0]].values()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("start", "", "はじめの日を入れて"),
        ("start", "春", "日付として読めません"),
        ("end", "2024/3/31", "はじめの日より前"),
        ("end", "2027/3/31", "1年まで"),
        ("organisation", "長" * 61, "60文字まで"),
        ("department0", "", "部門の名前"),
        ("kind0", "その他", "事業費か管理費か"),
        ("without", "ない部門", "一覧の部門から"),
        ("share0-0", "半分", "数字として読めません"),
        ("share0-0", "-5", "0以上"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(field: str, value: str, words: str) -> None:
    with pytest.raises(FormError) as refused:
        read_settings(case_books(), {**settings_values(case_books()), field: value})
    assert list(refused.value.messages) == [field]
    assert words in refused.value.messages[field]


def test_shares_that_are_all_zero_are_told() -> None:
    values = settings_values(case_books())
    zero = {k: "0" if k.startswith("share0-") else v for k, v in values.items()}
    with pytest.raises(FormError) as refused:
        read_settings(case_books(), zero)
    assert "0より大きい割合" in refused.value.messages["share0-0"]


def test_notes_are_read_and_empty_rows_left_out() -> None:
    funds, texts = read_notes(
        {
            "purpose0": "食材の寄附",
            "increase0": "500,000",
            "decrease0": "３２０，０００円",
            "remark0": "",
            "purpose1": "",
            "text0": "会計基準による。\r\n以上\r\n",
            "text1": "  ",
        }
    )
    assert funds == (RestrictedFund("食材の寄附", 0, 500_000, 320_000),)
    assert texts == (TextNote("重要な会計方針", "会計基準による。\n以上"),)


def test_notes_that_are_wrong_are_told_at_their_field() -> None:
    with pytest.raises(FormError) as refused:
        read_notes({"increase0": "たくさん", "opening1": "500", "text0": "x" * 4_001})
    assert set(refused.value.messages) == {"increase0", "purpose1", "text0"}
