import dataclasses

import pytest

from manabiba_subjects import Account, AccountType


@pytest.mark.parametrize(
    ("name", "on_debit"),
    [("資産", True), ("負債", False), ("正味財産", False), ("収益", False), ("費用", True)],
)
def test_each_group_grows_on_one_side(name: str, on_debit: bool) -> None:
    assert AccountType(name).grows_on_debit is on_debit


def test_there_are_five_groups() -> None:
    assert [group.value for group in AccountType] == ["資産", "負債", "正味財産", "収益", "費用"]


def test_an_account_cannot_be_changed() -> None:
    cash = Account("101", "現金", "げんきん", AccountType.ASSET)
    with pytest.raises(dataclasses.FrozenInstanceError):
        cash.name = "預金"  # type: ignore[misc]
