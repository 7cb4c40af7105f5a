"""What is wrong with a journal entry, named the way a kind colleague would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from manabiba_subjects import AccountType, Entry, Side

Place = tuple[Side, str]
"""An account on one side."""

_PROFIT_AND_LOSS = {AccountType.REVENUE, AccountType.EXPENSE}
_WITHHELD = "預り金"
_HONORARIUM = "諸謝金"

SIDES_SWAPPED = (
    "資産が増えるときは借方(左)、負債や収益が増えるときは貸方(右)です。左右を入れかえてみましょう。"
)
HONORARIUM_NET = "謝金は支払総額で記帳し、差し引いた源泉所得税は「預り金」にします。"
PAY_NET = "手取り額ではなく支払総額で記帳し、差し引いた分は「預り金」にします。"
DEBT_IS_NO_FLOW = "お金の出入りと収益・費用は別です。借入や預り金は正味財産を変えません。"


@dataclass(frozen=True)
class Mistake:
    """A wrong entry that people make, and what to say about it. It need not balance."""

    entry: Entry
    message: str


def amounts_of(entry: Entry) -> Counter[Place]:
    """The entry in yen by place; rows of the same account on the same side are added up."""
    amounts: Counter[Place] = Counter()
    for line in entry.lines:
        amounts[line.side, line.account] += line.amount
    return amounts


def share_right(entry: Entry, right: Entry, *, unread: int = 0) -> float:
    """The share of right lines, 0 to 1: all for place and amount, half for the place alone.

    `unread` is how many more rows there are that cannot be read; they count as wrong lines.
    """
    given, wanted = amounts_of(entry), amounts_of(right)
    earned = sum(
        1.0 if given[place] == amount else 0.5 for place, amount in wanted.items() if place in given
    )
    return earned / max(len(given) + unread, len(wanted))


def closest(entry: Entry, right: Sequence[Entry]) -> Entry:
    """The alternative an entry comes nearest to; the first one when several are as near."""
    return max(right, key=lambda one: share_right(entry, one))


def name_mistake(
    entry: Entry,
    right: Sequence[Entry],
    *,
    known: Sequence[Mistake],
    types: Mapping[str, AccountType],
) -> str:
    """What to say about an entry that has both sides and is not right; never empty.

    `types` gives the group of each account. The author's own message comes before all others;
    an entry whose totals differ is told by how much, and why where that can be seen.
    """
    given = amounts_of(entry)
    for mistake in known:
        if given == amounts_of(mistake.entry):
            return mistake.message
    wanted = amounts_of(closest(entry, right))
    told = next(
        (SIDES_SWAPPED for one in right if set(given) == set(amounts_of(one.swapped))), ""
    ) or _against(given, wanted, types)
    if not entry.is_balanced:
        slip = _guess_slip(entry) if given.keys() == wanted.keys() or not told else ""
        return tell_difference(entry) + (slip or told)
    return told or (
        "科目か金額がちがうところがあります。"
        "何が増えて何が減ったのか、1つずつ書き出してみましょう。"
    )


def tell_difference(entry: Entry) -> str:
    """By how much the two sides differ (A-UNBAL)."""
    debit, credit = entry.total(Side.DEBIT), entry.total(Side.CREDIT)
    return (
        f"借方合計{debit:,}円と貸方合計{credit:,}円が{abs(entry.difference):,}円違います。"
        "差が2や9で割り切れるかも見てみましょう。"
    )


def _guess_slip(entry: Entry) -> str:
    """What a difference divisible by 2 or 9 may come from."""
    difference = abs(entry.difference)
    half = difference // 2
    if difference % 2 == 0 and any(line.amount == half for line in entry.lines):
        return f"差の半分の{half:,}円の行が、左右逆の側に入っているのかもしれません。"
    if difference % 9 == 0:
        return "差が9で割り切れるので、けたのずれや数字の入れかわりがあるのかもしれません。"
    return ""


def _against(
    given: Mapping[Place, int], wanted: Mapping[Place, int], types: Mapping[str, AccountType]
) -> str:
    """The mistake as seen against one right form, or nothing where none has a name."""
    extra = [place for place in given if place not in wanted]
    missing = [place for place in wanted if place not in given]
    if missing == [(Side.CREDIT, _WITHHELD)] and not extra:
        return HONORARIUM_NET if (Side.DEBIT, _HONORARIUM) in wanted else PAY_NET
    flows = [place for place in extra if types.get(place[1]) in _PROFIT_AND_LOSS]
    for side, account in flows:
        debts = [name for on, name in missing if on is side and _is_debt(types.get(name))]
        if debts:
            return f"{DEBT_IS_NO_FLOW}「{account}」でよいか、考えなおしてみましょう。"
    if flows and not any(types.get(account) in _PROFIT_AND_LOSS for _, account in wanted):
        return (
            f"お金の出入りと収益・費用は別です。「{flows[0][1]}」にすると正味財産が動きます。"
            "何が増えて何が減ったのかを考えましょう。"
        )
    for side, account in extra:
        if any(on is side and wanted[on, name] == given[side, account] for on, name in missing):
            return (
                f"金額は合っています。{side}の「{account}」がこの取引に合う科目かどうか、"
                "何が増えた(減った)のかをもう一度考えてみましょう。"
            )
    doubled = [name for side, name in extra if (side.other, name) in given]
    if doubled:
        return f"「{doubled[0]}」が左右の両方にあります。増えたのか減ったのか、片方を選びましょう。"
    if not extra and not missing:
        return "科目は合っています。金額をもう一度確かめましょう。"
    if not extra:
        return "ここまでの科目は合っています。まだ書いていない科目がないか確かめましょう。"
    return ""


def _is_debt(group: AccountType | None) -> bool:
    return group is AccountType.LIABILITY
