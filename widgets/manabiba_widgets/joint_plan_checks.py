"""Checks of a plan for a joint project (事業プラン): what can be told without a reader.

The ids of fields are those of the lessons of `courses/trial`. The same checks judge a part in its
lesson and tell what is open on the assembled plan.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from manabiba_subjects.dated_table import OutsideTableError
from manabiba_subjects.derivation import yen
from manabiba_subjects.proposal import examine_planned_wage, grant, withheld_from_fees

from .checks import Check
from .document_form import is_nothing
from .grant_rate import read_rate
from .plan_checks import has_number, logic_model_checks, tells_change

Values = Mapping[str, Any]

FEWEST_ROLES = 2
FEWEST_AFTER = 10
"""Characters of what comes after the project: one sentence."""

FEWEST_THOUGHT_OF = 6
"""Characters of it that do not say that it will be thought of later."""

_IN_WORDS = re.compile("[一二三四五六七八九]割|半[分数]")
_HELP = "(?:協力|連携|協働|支援|サポート|応援|対応|お手伝い|手伝い|手伝う|手伝います)"
_ONLY_HELP = re.compile(
    r"(?:(?:団体|会|市|区|行政|双方|両方)(?:の方)?[がはもでと][、,]?)?"
    r"(?:(?:いろいろ|適宜|随時|必要に応じて|必要な|一緒に|できるだけ|可能な範囲で|できる範囲で|"
    r"全面的|積極的|互いに|おたがいに|しっかり|引き続き)[、,]?(?:と|に)?)*"
    r"(?:[^、,。]{1,8}と(?:の)?|"
    r"(?:広報|会場|運営|活動|事業|企画|準備|当日|全般|全体)(?:など|等)?(?:への|[にへをので])?)?"
    rf"ご?{_HELP}(?:[・、,/や]?{_HELP})*(?:など)?"
    r"(?:を?(?:する|します|行う|行います|お願い(?:する|します)?|いただく|いただきます|ください|"
    r"して(?:もらう|もらいます|いただく|いただきます|ください|ほしい)))?[。.]?"
)
"""What says that somebody helps, but not what they do: 広報に協力する, 学校と連携する."""

_WAGES = re.compile("人件費|給与|給料|賃金|アルバイト|(?<![アデ])パート(?!ナ)|時給")
_FEES = re.compile("謝金|講師[料代]|講師(?:への|の)?謝礼")
_GRANTS = re.compile("助成|補助")

_PUT_OFF = re.compile(
    "終わ(?:った|り)(?:あと|後)?の?こと(?:は|について)|終了後?の?こと(?:は|について)|"
    "今の?ところ|いまの?ところ|まだ|現時点では?|これから|今後|あとで|終わってから|終了後に|"
    "未定(?:です)?|決まって(?:い)?(?:ない|ません)|決めて(?:い)?(?:ない|ません)|決め(?:る|ます)|"
    "検討(?:中です|中|する|します|して(?:い)?(?:く|きます))?|相談(?:する|します|して)|"
    "考え(?:中です|中|る|ます|て(?:い)?(?:く|きます))|です|[、。・\\s]"
)
"""What says that something will be thought of later."""


def issue_checks() -> tuple[Check, ...]:
    """The checks of the sheet of the issue (課題シート)."""
    return (
        Check(
            "evidence-figures",
            "根拠に、数字を1つ以上書いてみましょう。割合でも、聞いた人数でもかまいません。"
            "これから数えるところなら、数えたあとで大丈夫です。",
            lambda v: any(_has_figure(row["figure"]) for row in v["evidence"]),
            "evidence",
            label="根拠に数字がある",
        ),
        Check(
            "evidence-sources",
            "どの根拠にも、出どころ(調査の名前と年、聞いた日など)を書きましょう。",
            lambda v: all(row["source"] for row in v["evidence"]),
            "evidence",
            label="根拠に出どころがある",
        ),
    )


def plan_checks() -> tuple[Check, ...]:
    """The checks of the plan itself (事業プラン), a point each.

    Income equals costs; both sides have a task, and more than 「協力する」; an indicator tells who
    changes, with a baseline and a target; the grant is within rate and ceiling; the wage reaches
    the minimum wage; the tax on fees is reckoned, for a day whose rate is known; something is
    written of the time after. What is not in the plan (no grant, no wage, no fee) has passed;
    what stands in the budget is in the plan.
    """
    return (
        Check(
            "balance",
            "収入の合計と支出の合計が同じになるように、金額を見直しましょう。",
            lambda v: not _unpriced(v) and 0 < total(v["income"]) == total(v["costs"]),
            "costs",
            label="収入と支出が同じ",
            found=_told_balance,
        ),
        Check(
            "both-sides",
            f"役割を{FEWEST_ROLES}行以上にわけ、団体と市の両方に、受け持つことを書きましょう。",
            _has_both_sides,
            "roles",
            label="団体と市の両方に役割がある",
            found=_told_sides,
        ),
        Check(
            "concrete-roles",
            "「協力する」だけの欄があります。何をするかを、動作で書いてみましょう。",
            lambda v: (
                not any(
                    _is_only_help(row[side]) for row in v["roles"] for side in ("group", "city")
                )
            ),
            "roles",
            label="役割が具体的",
        ),
        Check(
            "outcome",
            "回数や人数は産出です。誰がどう変わったかを示す指標を1つ加えましょう。"
            "「誰が、どうなった割合」の形にすると書けます。",
            lambda v: any(tells_change(row["indicator"] or "") for row in v["indicators"]),
            "indicators",
            label="変化(成果)を示す指標がある",
        ),
        Check(
            "baseline",
            "どの指標にも、いまの値(基準値)・目標値・測り方を書きましょう。",
            lambda v: all(
                row[cell] for row in v["indicators"] for cell in ("baseline", "target", "how")
            ),
            "indicators",
            label="基準値・目標値・測り方がある",
        ),
        Check(
            "grant",
            "助成を入れるときは、対象経費・補助率・上限も書き、その範囲の額にしましょう。",
            _is_within_grant,
            "grant",
            label="助成額が補助率と上限の範囲(助成を受けるときだけ)",
            found=_told_grant,
        ),
        Check(
            "wage",
            "神奈川県の最低賃金(始まりの日の額。まだ決まっていなければ、いまの額)以上に"
            "なっているか、時給を見てみましょう。",
            _reaches_minimum_wage,
            "wage",
            label="時給が最低賃金以上(人を雇うときだけ。わかっている額で)",
            found=_told_wage,
        ),
        Check(
            "withheld",
            "謝金を払うときは、1回の額・回数・源泉所得税の合計を書きましょう。"
            "団体や会社に払うときは0円です。",
            _is_withheld,
            "withheld",
            label="謝金の源泉所得税(払うときだけ。額は、率がわかっている日だけ確かめます)",
            found=_told_withheld,
        ),
        Check(
            "after",
            "助成や事業が終わったあと、誰が、何で続けるかを1文で書いてみましょう。",
            lambda v: len(v["after"]) >= FEWEST_AFTER and _is_thought_of(v["after"]),
            "after",
            label="終わったあとのことがある",
            found=_told_after,
        ),
    )


PART_CHECKS: Mapping[str, Callable[[], tuple[Check, ...]]] = {
    "issue": issue_checks,
    "logic_model": logic_model_checks,
    "plan": plan_checks,
}
"""The checks of a part by the name that a `course.toml` gives them."""


def total(rows: Any) -> int:
    """The sum of the amounts of a budget's rows, in yen.

    >>> total([{"item": "参加費", "amount": 144_000}, {"item": "寄附", "amount": None}])
    144000
    """
    return sum(row["amount"] or 0 for row in rows or [])


def _told_balance(v: Values) -> str:
    income, costs = total(v["income"]), total(v["costs"])
    unpriced = _unpriced(v)
    told = f"「{unpriced[0]}」の金額がまだありません。" if unpriced else ""
    return told + (f"収入{yen(income)}と支出{yen(costs)}が合いません。" if income != costs else "")


def _unpriced(v: Values) -> list[str]:
    """The items of income and costs without an amount, or with one that cannot be read."""
    rows = [*(v["income"] or []), *(v["costs"] or [])]
    return [row["item"] for row in rows if row["item"] and row["amount"] is None]


def _roles(v: Values) -> list[dict[str, str]]:
    """The rows of the roles; who writes なし or － somewhere has no part there."""
    return [
        {cell: "" if is_nothing(text or "") else text or "" for cell, text in row.items()}
        for row in v["roles"]
    ]


def _has_both_sides(v: Values) -> bool:
    rows = _roles(v)
    named = all(row["task"] and (row["group"] or row["city"]) for row in rows)
    sides = [any(row[side] for row in rows) for side in ("group", "city")]
    return len(rows) >= FEWEST_ROLES and named and all(sides)


def _told_sides(v: Values) -> str:
    rows = _roles(v)
    for name, side in (("団体", "group"), ("市", "city")):
        if not any(row[side] for row in rows):
            return f"{name}の受け持ちが、まだありません。"
    for row in rows:
        if not row["task"]:
            return f"「{row['group'] or row['city']}」は、何の作業かがまだありません。"
        if not (row["group"] or row["city"]):
            return f"「{row['task']}」を受け持つのがどちらか、まだありません。"
    return ""


def _is_only_help(text: str | None) -> bool:
    return bool(text and _ONLY_HELP.fullmatch("".join(text.split())))


def _has_figure(text: str | None) -> bool:
    return bool(text and (has_number(text) or _IN_WORDS.search(text)))


def _budgeted(v: Values, rows: str, words: re.Pattern[str]) -> str:
    """The first item with an amount that has such words, as what is found; empty for none."""
    where = {"income": "収入", "costs": "支出"}[rows]
    for row in v[rows] or []:
        if row["amount"] and words.search(unicodedata.normalize("NFKC", row["item"] or "")):
            return f"{where}に「{row['item']}」があります。"
    return ""


def _most_grant(v: Values) -> int | None:
    rate = read_rate(v["grant_rate"])
    if rate is None or v["grant_ceiling"] is None or v["eligible"] is None:
        return None
    return grant(int(v["eligible"]), rate=rate, ceiling=int(v["grant_ceiling"])).value


def _has_no_grant(v: Values) -> bool:
    asked = v["eligible"], v["grant_ceiling"], read_rate(v["grant_rate"])
    return not (v["grant"] or any(asked) or _budgeted(v, "income", _GRANTS))


def _is_within_grant(v: Values) -> bool:
    if not v["grant"]:
        return _has_no_grant(v)
    most = _most_grant(v)
    return most is not None and v["grant"] <= most and v["eligible"] <= total(v["costs"])


def _told_grant(v: Values) -> str:
    if not v["grant"]:
        return _budgeted(v, "income", _GRANTS) + "助成額がまだありません。"
    names = {"eligible": "対象経費", "grant_rate": "補助率", "grant_ceiling": "上限"}
    open_ = [name for field, name in names.items() if v[field] is None]
    if open_:
        told = f"{'・'.join(open_)}がまだありません。"
        no_ceiling = "上限のない助成なら、上限には対象経費と同じ額を書きます。"
        no_rate = "率のない、決まった額の助成なら、補助率には「定額」と書きます。"
        told += no_rate if "補助率" in open_ else ""
        return told + (no_ceiling if open_ == ["上限"] else "")
    most = _most_grant(v)
    if most is None:
        written = v["grant_rate"]
        return f"補助率「{written}」を読み取れませんでした。「2/3」や「50%」のように書きます。"
    if v["eligible"] > total(v["costs"]):
        costs = yen(total(v["costs"]))
        return f"対象経費{yen(v['eligible'])}が支出の合計{costs}より多くなっています。"
    return f"書かれた補助率と上限では、助成は{yen(most)}までです。"


def _reaches_minimum_wage(v: Values) -> bool:
    if not v["wage"]:
        return not _budgeted(v, "costs", _WAGES)
    return bool(examine_planned_wage(int(v["wage"]), v["starts"]).holds)


def _told_wage(v: Values) -> str:
    if not v["wage"]:
        return _budgeted(v, "costs", _WAGES) + "時給がまだありません。"
    if v["starts"] is None:
        return "始まりの日を書くと、確かめられます。"
    try:
        step = examine_planned_wage(int(v["wage"]), v["starts"]).steps[-1]
    except OutsideTableError:
        return f"始まりの日が{v['starts'].year}年になっています。年を見てみましょう。"
    return f"{step.working}: {step.result}"


def _is_withheld(v: Values) -> bool:
    if not v["fee"]:
        return not (v["fee_times"] or v["withheld"] or _budgeted(v, "costs", _FEES))
    if v["withheld"] is None or not v["fee_times"]:
        return False
    if v["withheld"] == 0:  # paid to an organisation
        return True
    tax = _tax_on_fees(v)
    return bool(v["withheld"] == tax if tax is not None else v["withheld"] > 0)


def _told_withheld(v: Values) -> str:
    if not v["fee"]:
        return _budgeted(v, "costs", _FEES) + "謝金1回の額がまだありません。"
    if not v["fee_times"]:
        return "謝金の回数がまだありません。"
    if v["starts"] is None:
        return "始まりの日を書くと、確かめられます。"
    tax = _tax_on_fees(v)
    if tax is None:
        return "始まりの日の税率は、ここではまだわかりません。国税庁のページなどで確かめましょう。"
    if v["withheld"] is None:  # the sum is the reader's to work out
        return ""
    return f"個人に払う{yen(v['fee'])}の謝金{v['fee_times']}回分は{yen(tax)}になります。"


def _is_thought_of(text: str) -> bool:
    return len(_PUT_OFF.sub("", text)) >= FEWEST_THOUGHT_OF


def _told_after(v: Values) -> str:
    if not v["after"]:
        return ""
    if len(v["after"]) < FEWEST_AFTER:
        return f"いま{len(v['after'])}字です。"
    return "「これから考える」だけになっています。"


def _tax_on_fees(v: Values) -> int | None:
    """The tax on the fees in yen; None for a day whose rate was not verified."""
    try:
        fees = withheld_from_fees(int(v["fee"]), times=int(v["fee_times"]), paid_on=v["starts"])
    except OutsideTableError:
        return None
    return fees.value.tax
