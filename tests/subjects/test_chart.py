import tomllib
from importlib.resources import files

import pytest

from manabiba_subjects import (
    AccountType,
    Nature,
    Section,
    match_account,
    npo_case,
    similar_accounts,
    standard_account,
    standard_accounts,
)

ACCOUNTS = standard_accounts()


def test_every_section_of_the_statements_has_accounts() -> None:
    assert {account.section for account in ACCOUNTS} == set(Section)
    assert {account.type for account in ACCOUNTS} == set(AccountType)


def test_accounts_stand_in_the_order_of_the_statements() -> None:
    sections = [list(Section).index(account.section) for account in ACCOUNTS if account.section]
    assert sections == sorted(sections)
    assert len(sections) == len(ACCOUNTS)


def test_names_and_codes_are_unique() -> None:
    assert len({account.name for account in ACCOUNTS}) == len(ACCOUNTS)
    assert len({account.code for account in ACCOUNTS}) == len(ACCOUNTS)


def test_an_account_has_reading_group_and_english() -> None:
    for account in ACCOUNTS:
        assert standard_account(account.name) == account
        assert all("ぁ" <= sign <= "ゖ" or sign == "ー" for sign in account.reading), account
        assert account.section is not None and account.section.type is account.type
        assert account.english


def test_the_case_uses_standard_accounts_and_its_own_programmes_only() -> None:
    standard = {account.name: account for account in ACCOUNTS}
    own = [account for account in npo_case.accounts() if account.name not in standard]
    assert [account.name for account in own] == ["学習支援事業収益", "居場所事業収益"]
    for account in npo_case.accounts():
        if account not in own:
            found = standard[account.name]
            assert (account.reading, account.section) == (found.reading, found.section)


def test_natures_tell_cash_loans_and_costs_that_are_not_paid() -> None:
    assert standard_account("普通預金").nature is Nature.CASH
    assert standard_account("役員借入金").nature is Nature.LOAN
    assert standard_account("減価償却費").nature is Nature.NON_CASH
    assert standard_account("未収金").nature is None


def test_an_unknown_account_is_told() -> None:
    with pytest.raises(KeyError, match="the standard chart has no account 交際費"):
        standard_account("交際費")


@pytest.mark.parametrize(
    ("name", "standard"),
    [
        ("寄付金収入", "受取寄附金"),
        (" 給与 手当", "給料手当"),
        ("ｿﾌﾄｳｪｱ", "ソフトウェア"),
        ("会費収入", "正会員受取会費"),
        ("法人税等", "法人税、住民税及び事業税"),
        ("前期繰越金", "前期繰越正味財産"),
        ("", None),
        ("なぞの科目", None),
    ],
)
def test_other_names_are_matched_when_they_are_certain(name: str, standard: str | None) -> None:
    found = match_account(name)
    assert (found.name if found else None) == standard


def test_no_other_name_means_two_accounts() -> None:
    text = files("manabiba_subjects").joinpath("standard_accounts.toml").read_text("utf-8")
    for row in tomllib.loads(text)["account"]:
        for name in (row["name"], row["reading"], *row.get("aliases", ())):
            assert match_account(name) == standard_account(row["name"]), name


def test_similar_accounts_are_offered_best_first() -> None:
    assert [account.name for account in similar_accounts("未収助成金等", limit=2)] == [
        "未収助成金",
        "未収補助金",
    ]


@pytest.mark.parametrize("name", ["xyz", "りんご", "なぞの科目", "事業主貸", "仕入", ""])
def test_an_unlike_name_gets_no_suggestion(name: str) -> None:
    assert similar_accounts(name) == []


def test_what_an_account_is_stands_at_the_end_of_its_name() -> None:
    assert [account.name for account in similar_accounts("子ども食堂売上")] == ["売上高"]
    assert [account.name for account in similar_accounts("リース代")] == ["賃借料"]
