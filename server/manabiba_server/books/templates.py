"""The templates that people download, with an example filled in; and the teaching case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from manabiba_subjects import Side, npo_case, standard_accounts
from manabiba_subjects.own_books import OpeningRow, OwnBooks, Place, TextNote

from .cells import Cell
from .closed_books import POLICY
from .tables_out import as_csv
from .workbook import template_workbook

_JOURNAL_HEADER = (
    "日付",
    "借方科目",
    "借方金額",
    "貸方科目",
    "貸方金額",
    "摘要",
    "部門",
    "区分",
)
_JOURNAL: Sequence[Sequence[Cell]] = (
    (date(2025, 4, 10), "普通預金", 60_000, "正会員受取会費", 60_000, "年会費 12人分", None, None),
    (date(2025, 5, 20), "消耗品費", 8_800, "現金", 8_800, "画用紙・文房具", "子ども広場", None),
    (date(2025, 6, 25), "給料手当", 100_000, "普通預金", 97_000, "6月分の給与", "子ども広場", None),
    (date(2025, 6, 25), None, None, "預り金", 3_000, "6月分の給与の源泉所得税", None, None),
    (date(2025, 7, 1), "普通預金", 150_000, "受取寄附金", 150_000, "○○様より", None, None),
    (date(2025, 9, 30), "地代家賃", 30_000, "普通預金", 30_000, "事務所の家賃", "管理", None),
    (date(2026, 3, 31), "水道光熱費", 4_500, "未払金", 4_500, "3月分の電気代", "管理", "決算整理"),
)
_OPENING_HEADER = ("科目", "期首残高")
_OPENING: Sequence[Sequence[Cell]] = (
    ("現金", 20_000),
    ("普通預金", 350_000),
    ("未払金", 12_000),
    ("前期繰越正味財産", 358_000),
)
_ADVICE = (
    "1. 「仕訳帳」と「期首残高」の例を消して、ご自分の団体の数字を書いてください。",
    "2. 日付は「2025/4/10」「2025年4月10日」「令和7年4月10日」のどれでも読めます。",
    "3. 1つの取引が何行にもなるときは、同じ日付で続けて書きます(例:6月25日の給与)。",
    "4. 科目の名前は、いつもの名前でかまいません。標準の科目との対応は、あとで画面で選びます。",
    "5. 「部門」は、事業の名前か「管理」です(空欄でもかまいません)。"
    "事業と管理にまたがる費用は「共通」と書きます。",
    "6. 「区分」は、決算整理の仕訳だけ「決算整理」と書きます。空欄でもかまいません。",
    "7. 期首残高は、前の年の貸借対照表から写します。合計の行はあってもかまいません(読みません)。",
    "8. 個人のお名前は、必要なければ「会員A」のように書いておくと安心です。",
)


@cache
def template_xlsx() -> bytes:
    """The template as one workbook."""
    accounts = [(a.name, a.reading, a.section) for a in standard_accounts() if a.section]
    rows = [(name, reading, section.value) for name, reading, section in accounts]
    return template_workbook(
        (_JOURNAL_HEADER, _JOURNAL),
        (_OPENING_HEADER, _OPENING),
        _ADVICE,
        (("科目", "よみ", "決算書の区分"), rows),
    )


@cache
def template_csv(table: str) -> bytes:
    """The template of one table, `journal` or `opening`. Raises KeyError for any other."""
    header, rows = {
        "journal": (_JOURNAL_HEADER, _JOURNAL),
        "opening": (_OPENING_HEADER, _OPENING),
    }[table]
    return as_csv(header, rows)


@cache
def case_books() -> OwnBooks:
    """The teaching case as if its organisation had sent in its books and explained them."""
    books = npo_case.books()
    return OwnBooks(
        organisation=npo_case.case()["organization"]["name"],
        start=npo_case.fiscal_year()[0],
        end=npo_case.fiscal_year()[1],
        opening=tuple(
            OpeningRow(name, abs(yen), Side.DEBIT if yen > 0 else Side.CREDIT)
            for name, yen in books.opening.items()
        ),
        entries=books.entries,
        adjustments=books.adjustments,
        places={a.name: Place(a.name, a.section) for a in books.accounts if a.section},
        departments=books.departments,
        without_department=books.without_department,
        weights={
            account: {id: int(weight) for id, weight in rule.weights.items()}
            for account, rule in books.sharing.items()
        },
        funds=npo_case.restricted_funds(),
        texts=(
            TextNote(
                POLICY,
                "財務諸表の作成は、NPO法人会計基準によっています。\n"
                "固定資産は定額法で減価償却しています。消費税等は税込で処理しています。",
            ),
        ),
    )
