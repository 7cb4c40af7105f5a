"""JournalExplorer (仕訳から決算書へ): one entry moves accounts, trial balance and statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from manabiba_subjects import (
    Account,
    AccountType,
    Entry,
    JournalError,
    Section,
    Side,
    balance,
    post,
)

from .explorable import Explorable, Still, refuse
from .number_text import format_number

_PLACES = {
    AccountType.ASSET: "asset",
    AccountType.LIABILITY: "liability",
    AccountType.NET_ASSETS: "net",
    AccountType.REVENUE: "revenue",
    AccountType.EXPENSE: "expense",
}
_OWN_PLACES = {
    Section.EXTRAORDINARY_REVENUE: "extraordinary-revenue",
    Section.EXTRAORDINARY_EXPENSES: "extraordinary-expense",
    Section.TAXES: "tax",
}


class JournalExplorer(Explorable):
    """Entries chosen or made by the reader, and what they do to the books.

    `opening` are the balances at the start of the year (yen, debit minus credit) and `posted`
    the entries that are in the books before the reader begins. `transactions` are offered to
    choose from: what happened in words, and its entry.
    """

    kind = "journal_explorer"

    def __init__(
        self,
        explorable_id: str,
        *,
        title: str,
        lead: str = "",
        accounts: Sequence[Account],
        opening: Mapping[str, int],
        transactions: Sequence[tuple[str, Entry]] = (),
        posted: Iterable[Entry] = (),
    ) -> None:
        posted = tuple(posted)
        refuse(explorable_id, _errors(accounts, opening, [*(e for _, e in transactions), *posted]))
        self._accounts = tuple(accounts)
        self._balances = post(opening, posted)
        super().__init__(
            explorable_id,
            title=title,
            lead=lead,
            book=book_of(accounts),
            balances={name: yen for name, yen in self._balances.items() if yen},
            transactions=[{"text": text, **entry_state(entry)} for text, entry in transactions],
        )

    def still(self) -> Still:
        rows = []
        for account in self._accounts:
            if amount := balance(account, self._balances):
                on_left = account.type.grows_on_debit == (amount > 0)
                shown = format_number(abs(amount))
                rows.append((account.name, shown if on_left else "", "" if on_left else shown))
        total = format_number(sum(yen for yen in self._balances.values() if yen > 0))
        return Still(
            "残高試算表(記帳する前。単位: 円)",
            ("勘定科目", "借方残高", "貸方残高"),
            (*rows, ("合計", total, total)),
        )


def book_of(accounts: Sequence[Account]) -> dict[str, Any]:
    """Accounts and the sections of the statements as `ledger.js` takes them."""
    sections = {str(account.section): _place(account) for account in accounts}
    return {
        "accounts": [
            {
                "name": account.name,
                "reading": account.reading,
                "type": str(account.type),
                "section": str(account.section),
            }
            for account in accounts
        ],
        "sections": [{"name": name, "place": place} for name, place in sections.items()],
    }


def entry_state(entry: Entry) -> dict[str, list[dict[str, Any]]]:
    """An entry as `ledger.js` takes it; lines of the same account on one side stay apart."""
    return {
        side: [
            {"account": line.account, "amount": line.amount}
            for line in entry.lines
            if line.side is which
        ]
        for side, which in (("debit", Side.DEBIT), ("credit", Side.CREDIT))
    }


def _place(account: Account) -> str:
    own = _OWN_PLACES.get(account.section) if account.section else None
    return own or _PLACES[account.type]


def _errors(
    accounts: Sequence[Account], opening: Mapping[str, int], entries: Sequence[Entry]
) -> list[str]:
    known = {account.name for account in accounts}
    errors = [
        f"account {account.name} has no section" for account in accounts if not account.section
    ]
    errors += [f"opening balance: account {name} is not offered" for name in set(opening) - known]
    if difference := sum(opening.values()):
        errors.append(f"opening balances do not agree: debit minus credit is {difference} yen")
    for entry in entries:
        try:
            entry.check()
        except JournalError as error:
            errors.append(str(error))
        errors += [
            f"{entry.name or 'entry'}: account {name} is not offered"
            for name in sorted({line.account for line in entry.lines} - known)
        ]
    return errors
