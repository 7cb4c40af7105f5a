"""Checks of a logic model: numbers in 産出, changes in 成果, nothing that leads nowhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from .checks import Check
from .plan_table import ARROWS, LOGIC_MODEL

ONLY_COUNTED = "回数や人数は産出です。誰がどう変わったかが成果です。"

_NUMBER = re.compile(r"\d|(?!一部)[一二三四五六七八九十百千万]+数?[回人名件部枚冊日社校か団世時種]")
_CHANGE = re.compile(
    "増え|増や|減|なる|なり|なっ|なれ|変わ|変え|でき|分か|わか|知る|知っ|上が|下が|高ま|高く|広が|続け|続く|"
    "始め|始ま|戻|つなが|深ま|持て|持つ|もて|もつ|気づ|話せ|話す|感じ|考え|感を|覚え|慣れ|頼れ|出か|"
    "向上|改善|解消|回復|低下|安心|自信|意欲|割合|→|いる|いない|ない|"
    "ふえ|ふや|へる|へっ|へり|へら|やわら|友だち|友達|知り合|満足|楽し|ほっと|やすく|にくく|られる|通える|行ける"
)
_COUNT = re.compile(
    "(?:参加|来場|来館|来店|利用|受講|申込|応募|登録|配布|開催|実施|訪問|閲覧|再生|会員|フォロワー)"
    r"(?:者|件)?(?:の?(?:人数|回数|件数|部数|数)|[がをはも]?(?:\d+人に?)?(?:増|ふえ|ふや)|[がをはも]?\d+人にな)"
    "|回数|件数|部数|のべ|延べ"
)
_PERSON = (
    r"(?:(?<!\d)人|方|子|子ども|親|母|父|生徒|学生|[小中高]学?生|児童|若者|高齢者|保護者|"
    "世帯|家庭|家族|住民)"
)
_PEOPLE_WHO = re.compile(
    rf"[^、。がをはもに]{{0,40}}[うくすつむぶぐるただ](?:[0-9一-龠]{{1,5}}の)?(?:{_PERSON}|会員|団体|店)"
)
_WHO_DOES = re.compile(rf"{_PERSON}(?:たち|さん)?[がは][^。]{{0,60}}[うくすつむぶぐるただ](?=。|$)")
_CAME = re.compile(
    "参加|来[たる]|来て|くる|きた|来場|来館|来店|受講|利用|申し込|申込|登録|訪れ|集ま|受け取|出席|応募|届[いけ]"
)
_INNER = re.compile(
    "でき|分か|わか|知っ|思|感じ|感を|考え|自信|安心|意欲|割合|満足|友だち|友達|慣れ|頼れ|やわら"
)
_WHO = re.compile("[がはもの]|人|者|生|子|親|員|世帯|家族|住民|団体|地域|区|市|町")


def tells_change(text: str) -> bool:
    """Whether a text tells of somebody who changes, rather than counting what was done.

    Lenient: whoever writes a change in other words than usual is more often let through than
    stopped. That a count of deeds grows is no change of somebody.

    >>> tells_change("相談できる人がいる高校生が増える"), tells_change("参加者 のべ480人")
    (True, False)
    >>> tells_change("一人で買い物に行く高齢者の数"), tells_change("講座に来た人の数")
    (True, False)
    >>> tells_change("参加者数を増やす")
    False
    """
    plain = unicodedata.normalize("NFKC", text)
    if _COUNT.search(plain) and not _INNER.search(plain):
        return False
    deeds = [found[0] for found in _PEOPLE_WHO.finditer(plain)]
    deeds += [found[0][-8:] for found in _WHO_DOES.finditer(plain.strip())]
    does = any(not _CAME.search(deed) for deed in deeds)
    return bool(does or (_CHANGE.search(plain) and _WHO.search(plain)))


def has_number(text: str) -> bool:
    """Whether a text has a number: 24回, ２４回, 三回.

    >>> has_number("講座 ２４回"), has_number("講座を開く")
    (True, False)
    """
    return bool(_NUMBER.search(unicodedata.normalize("NFKC", text)))


def counts_outputs() -> Check:
    """A check: some entry of 産出 has a number."""
    return Check(
        id="outputs-number",
        message="回数・人数・部数など、数を入れてみましょう。",
        passes=lambda values: any(has_number(text) for text in values["outputs"]),
        field="outputs",
        label="数がある",
    )


def tells_changes(column: str) -> Check:
    """A check: every entry of the column says who changes how."""
    return Check(
        id=f"{column}-change",
        message=ONLY_COUNTED,
        passes=lambda values: all(tells_change(text) for text in values[column]),
        field=column,
        label="誰がどう変わるかを書いている",
    )


def leads_on() -> Check:
    """A check: every entry has an arrow to the next column, and one from the column before."""
    return Check(
        id="leads-on",
        message="矢印でつながっていないものがあります。「つながる…」で選びましょう。",
        passes=lambda values: all(
            _are_joined(values, before.id, after.id) for before, after in pairwise(LOGIC_MODEL)
        ),
        label="すべてが矢印でつながっている",
    )


def _are_joined(values: Mapping[str, Any], before: str, after: str) -> bool:
    starts = {start for start, _ in values[ARROWS] if start[0] == before}
    ends = {end for _, end in values[ARROWS] if end[0] == after}
    return len(starts) == len(values[before]) and len(ends) == len(values[after])


def logic_model_checks() -> tuple[Check, ...]:
    """The checks of 投入 → 活動 → 産出 → 短期成果 → 中期成果, a point each."""
    return (counts_outputs(), tells_changes("short"), tells_changes("medium"), leads_on())
