"""The checks of a plan for a joint project: the model passes, each typical mistake is told."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_widgets.checks import judge_checks
from manabiba_widgets.joint_plan_checks import PART_CHECKS, issue_checks, plan_checks


def rows(*cells: tuple[Any, ...], names: str) -> list[dict[str, Any]]:
    return [dict(zip(names.split(), row, strict=True)) for row in cells]


PLAN: dict[str, Any] = {
    "roles": rows(
        ("会場の準備", "当日の鍵の管理", "会議室を無料で貸す"),
        ("広報", "ちらしを作る", "区内の高校に届ける"),
        names="task group city",
    ),
    "income": rows(("参加費", 144_000), ("自己資金", 56_000), ("市", 300_000), names="item amount"),
    "costs": rows(("人件費", 249_600), ("謝金など", 250_400), names="item amount"),
    "eligible": 450_000,
    "grant_rate": "2/3",
    "grant_ceiling": 300_000,
    "grant": 300_000,
    "starts": date(2026, 12, 1),
    "wage": 1_300,
    "fee": 30_000,
    "fee_times": 4,
    "withheld": 12_252,
    "indicators": rows(
        ("相談できる人がいると答える高校生の割合", "15%", "40%", "3月のアンケート"),
        names="indicator baseline target how",
    ),
    "after": "3年目からは、参加費と寄附で月1回を続けます。",
}


def told(change: dict[str, Any]) -> dict[str, str]:
    """The messages of the checks that a changed plan does not pass."""
    _, parts = judge_checks(plan_checks(), {**PLAN, **change}, ())
    return {part.input.split(":")[2]: part.message for part in parts if not part.ok}


def test_the_model_plan_passes_and_its_labels_say_what_was_looked_at() -> None:
    score, parts = judge_checks(plan_checks(), PLAN, ())
    assert score == 1.0
    assert [part.message for part in parts] == [
        "収入と支出が同じ",
        "団体と市の両方に役割がある",
        "役割が具体的",
        "変化(成果)を示す指標がある",
        "基準値・目標値・測り方がある",
        "助成額が補助率と上限の範囲(助成を受けるときだけ)",
        "時給が最低賃金以上(人を雇うときだけ。わかっている額で)",
        "謝金の源泉所得税(払うときだけ。額は、率がわかっている日だけ確かめます)",
        "終わったあとのことがある",
    ]


def test_a_plan_without_grant_wage_and_fee_passes_their_checks() -> None:
    names = ("eligible", "grant_rate", "grant_ceiling", "grant", "wage")
    names += ("fee", "fee_times", "withheld")
    costs = rows(("会場と材料", 450_000), ("保険", 50_000), names="item amount")
    assert told({**dict.fromkeys(names), "costs": costs}) == {}
    assert told({**dict.fromkeys(names), "costs": costs, "grant_rate": "なし", "grant": 0}) == {}


def test_what_stands_in_the_budget_is_asked_for() -> None:
    costs = rows(("アルバイト代", 380_000), ("講師謝金 2人", 120_000), names="item amount")
    income = rows(("市の助成（仮）", 300_000), ("会費", 200_000), names="item amount")
    without = dict.fromkeys(("wage", "fee", "fee_times", "withheld", "grant"))
    found = told({**without, "costs": costs, "income": income})
    assert {name: message.split("。")[:2] for name, message in found.items()} == {
        "grant": ["収入に「市の助成（仮）」があります", "助成額がまだありません"],
        "wage": ["支出に「アルバイト代」があります", "時給がまだありません"],
        "withheld": ["支出に「講師謝金 2人」があります", "謝金1回の額がまだありません"],
    }
    costs = rows(
        ("人件費(ボランティアのため)", 0),
        ("アパートの一室の家賃", 480_000),
        ("パートナー団体との連絡", 20_000),
        names="item amount",
    )
    assert told({**without, "costs": costs, "grant": 300_000}) == {}
    half = told({"grant": None})["grant"]  # rate, costs and ceiling, but no grant
    assert half.startswith("助成額がまだありません。")


@pytest.mark.parametrize(
    ("change", "check", "message"),
    [
        (
            {"income": rows(("市", 300_000), names="item amount")},
            "balance",
            "収入300,000円と支出500,000円が合いません。",
        ),
        ({"income": [], "costs": []}, "balance", "収入の合計と支出の合計が同じ"),
        (
            {
                "roles": rows(
                    ("会場", "鍵", None), ("広報", "ちらし", None), names="task group city"
                )
            },
            "both-sides",
            "市の受け持ちが、まだありません。役割を2行以上にわけ、団体と市の両方に",
        ),
        ({"roles": PLAN["roles"][:1]}, "both-sides", "2行以上"),
        (
            {
                "roles": rows(
                    ("会場", "鍵", None), (None, None, "紙を届ける"), names="task group city"
                )
            },
            "both-sides",
            "「紙を届ける」は、何の作業かがまだありません。",
        ),
        (
            {"roles": rows(("会場", "鍵", "貸す"), ("広報", None, None), names="task group city")},
            "both-sides",
            "「広報」を受け持つのがどちらか、まだありません。",
        ),
        (
            {"costs": rows(("人件費", 500_000), ("保険", None), names="item amount"), "income": []},
            "balance",
            "「保険」の金額がまだありません。収入0円と",
        ),
        (
            {"costs": rows(("全部", 500_000), ("保険", None), names="item amount")},
            "balance",
            "「保険」の金額がまだありません。収入の合計と",
        ),
        (
            {
                "roles": rows(
                    ("会場", "鍵", "協力する"), ("広報", "紙", None), names="task group city"
                )
            },
            "concrete-roles",
            "「協力する」だけの欄",
        ),
        (
            {"roles": rows(("会場", "必要に応じて支援します。", "貸す"), names="task group city")},
            "concrete-roles",
            "動作で",
        ),
        (
            {
                "indicators": rows(
                    ("参加者数", "0人", "480人", "名簿"), names="indicator baseline target how"
                )
            },
            "outcome",
            "回数や人数は産出です",
        ),
        (
            {
                "indicators": rows(
                    ("安心できると答える人", None, "24人", "調査"),
                    names="indicator baseline target how",
                )
            },
            "baseline",
            "いまの値",
        ),
        ({"grant": 310_000}, "grant", "助成は300,000円までです"),
        ({"eligible": 420_000}, "grant", "助成は280,000円までです"),
        ({"grant_rate": "だいたい半分"}, "grant", "補助率「だいたい半分」を読み取れませんでした"),
        ({"grant_rate": None, "eligible": None}, "grant", "対象経費・補助率がまだありません。"),
        ({"grant_ceiling": None}, "grant", "上限のない助成なら"),
        ({"eligible": 600_000}, "grant", "支出の合計500,000円より多く"),
        ({"wage": 1_250}, "wage", "時給1,250円と最低賃金1,279円: 最低賃金に29円足りません。"),
        ({"wage": 1_250, "starts": date(2028, 4, 1)}, "wage", "29円足りません"),
        ({"wage": 1_300, "starts": None}, "wage", "始まりの日を書くと"),
        ({"wage": 1_300, "starts": date(2016, 4, 1)}, "wage", "2016年になっています"),
        ({"withheld": 3_063}, "withheld", "30,000円の謝金4回分は12,252円になります。"),
        ({"withheld": None}, "withheld", "源泉所得税の合計を書きましょう"),
        ({"withheld": None}, "withheld", "謝金を払うときは、1回の額・回数"),
        ({"fee_times": None}, "withheld", "謝金の回数がまだありません。"),
        ({"fee": None}, "withheld", "謝金1回の額がまだありません。"),
        ({"starts": None}, "withheld", "始まりの日を書くと"),
        ({"after": "未定"}, "after", "いま2字です。助成や事業が終わったあと、誰が、何で続けるか"),
    ],
)
def test_each_typical_mistake_is_told(change: dict[str, Any], check: str, message: str) -> None:
    assert message in told(change)[check]


@pytest.mark.parametrize(
    ("text", "is_only_help"),
    [
        ("協力", True),
        ("連携・協力", True),
        ("市が協力します。", True),
        ("双方で、必要に応じて連携や支援を行う", True),
        ("市と協力して、ちらしを配る", False),
        ("会場を貸す", False),
        ("相談に来た人を、支援の窓口につなぐ", False),
        ("広報に協力する", True),
        ("会場を支援する", True),
        ("学校と連携する", True),
        ("広報への協力", True),
        ("ご協力をお願いします", True),
        ("全面的に協力していただく", True),
        ("運営を手伝う", True),
        ("必要な支援", True),
        ("町内会に協力をお願いする手紙を届ける", False),
        ("当日の苦情に対応する", False),
        ("子どもの宿題を手伝う", False),
        ("高校と日程を調整する", False),
        ("名義後援", False),
    ],
)
def test_help_alone_is_no_role(text: str, is_only_help: bool) -> None:
    roles = rows(("会場", text, "貸す"), ("広報", "紙", None), names="task group city")
    assert ("concrete-roles" in told({"roles": roles})) is is_only_help


def test_nothing_on_a_side_is_no_part_of_it() -> None:
    roles = rows(("会場", "鍵", "なし"), ("広報", "紙", "－"), names="task group city")
    assert told({"roles": roles})["both-sides"].startswith("市の受け持ちが、まだありません。")


@pytest.mark.parametrize(
    ("after", "is_thought_of"),
    [
        ("会費で、会が続けます。", True),
        ("これから会費で月1回続ける", True),
        ("会員と相談して、会費で続けます", True),
        ("未定だが、寄附と参加費で続けられるか、半年ためす", True),
        ("終わったあとのことは、終わってから考えます。", False),
        ("まだ決まっていないので、これから検討します。", False),
        ("今のところ未定です。今後検討する", False),
    ],
)
def test_one_short_sentence_of_who_and_how_is_enough(after: str, is_thought_of: bool) -> None:
    assert ("after" not in told({"after": after})) is is_thought_of
    if not is_thought_of:
        assert told({"after": after})["after"].startswith("「これから考える」だけに")


def test_a_fee_for_an_organisation_and_a_rate_not_known_yet() -> None:
    assert told({"withheld": 0}) == {}
    assert told({"withheld": 12_000, "starts": date(2027, 4, 1)}) == {}
    later = told({"withheld": None, "starts": date(2027, 4, 1)})["withheld"]
    assert later.startswith("始まりの日の税率は、ここではまだわかりません。")
    assert "12,252" not in later
    assert "withheld" in told({"withheld": -1, "starts": date(2027, 4, 1)})
    assert "12,252" not in told({"withheld": None})["withheld"]  # no answer is given away


def test_an_issue_has_evidence_with_figures_and_sources() -> None:
    good = rows(("相談相手がいない高校生", "36/240", "区の調査(架空)"), names="what figure source")
    bare = rows(("さみしそうだ", "多い", None), names="what figure source")
    assert judge_checks(issue_checks(), {"evidence": good}, ())[0] == 1.0
    _, parts = judge_checks(issue_checks(), {"evidence": bare}, ())
    assert [part.ok for part in parts] == [False, False]


@pytest.mark.parametrize(
    ("figure", "is_one"),
    [
        ("３６人／２４０人", True),
        ("三割", True),
        ("半数", True),
        ("十数人", True),
        ("一部", False),
        ("これから数える", False),
    ],
)
def test_a_figure_may_be_written_in_words(figure: str, is_one: bool) -> None:
    evidence = rows(("困っている人", figure, "会の聞きとり"), names="what figure source")
    _, parts = judge_checks(issue_checks(), {"evidence": evidence}, ())
    assert parts[0].ok is is_one


@given(
    st.dictionaries(
        st.sampled_from(sorted(PLAN)),
        st.none()
        | st.integers()
        | st.text(max_size=5)
        | st.lists(
            st.dictionaries(
                st.sampled_from(["item", "amount", "task", "group", "city", "indicator"]),
                st.none() | st.integers() | st.text(max_size=5),
                max_size=3,
            ),
            max_size=3,
        ),
    )
)
def test_no_plan_makes_the_checks_raise(change: dict[str, Any]) -> None:
    for checks in PART_CHECKS.values():
        score, parts = judge_checks(checks(), {**dict.fromkeys(PLAN), **change}, ())
        assert 0 <= score <= 1 and all(part.message for part in parts)
