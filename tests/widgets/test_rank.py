import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_widgets import ExerciseError, Judgement, Part, Rank, RankItem, Scale
from manabiba_widgets.rank import FOLLOWED, judge
from manabiba_widgets.rank_key import RankKey, RankSpec

IMPACT = Scale("impact", "影響", ("ほとんどない", "少し", "ある程度", "大きい", "とても大きい"))
SCALES = (IMPACT, Scale("doable", "実現性"))
STANDING = RankSpec(
    (
        RankItem("site", "HPの刷新", (5, 3)),
        RankItem("list", "名簿の整備", (4, 5)),
        RankItem("leaflet", "リーフレット", (3, 4), "今のものは5年前"),
    ),
    SCALES,
)
PRODUCTS = {"site": "15", "list": "２０点", "leaflet": "12"}
RIGHT = ["list", "site", "leaflet"]
KEY = RankKey(
    mistakes={
        ("site", "list"): "影響だけで決めず、実現性もかけます。",
        ("leaflet", 34): "並べるのではなく、かけます。",
    }
)
OWN = RankSpec((RankItem("a", "甲"), RankItem("b", "乙"), RankItem("c", "丙")), SCALES)
OWN_KEY = RankKey(values={"a": (2, 2), "b": (3, 3), "c": (5, 1)}, tolerance=1)
NO_ORDER = "順番を入れかえるか、「この順番でよい」を押してください。"
OPEN = "まだ入っていない点や数があります。"


def standing(order: list[str], **products: str) -> dict[str, object]:
    return {"order": order, "products": {**PRODUCTS, **products}}


def own(order: str, **values: str) -> dict[str, object]:
    """`own("bca", a="22")`: the order, and the two values of each item."""
    pairs = {"a": "22", "b": "33", "c": "51"} | values
    chosen = {item: {"impact": pair[0], "doable": pair[1:]} for item, pair in pairs.items()}
    return {"order": [*order], "values": chosen}


def test_nothing_entered_asks_for_products_and_order() -> None:
    ask = "2つの点をかけた数を入れてください。"
    assert judge(STANDING, KEY, {}) == Judgement(
        score=0.0,
        status="incomplete",
        message=f"{OPEN}\n\n{NO_ORDER}",
        parts=tuple(Part(input=item, ok=False, message=ask) for item in PRODUCTS),
    )
    asked = judge(OWN, OWN_KEY, {"values": {"a": {"impact": "3"}}})
    assert (asked.status, asked.score) == ("incomplete", pytest.approx(1 / 6 / 2))
    assert [part.message for part in asked.parts[:2]] == [
        "実現性を1から5で選んでください。",
        "影響を1から5で選んでください。",
    ]


def test_the_right_products_and_order() -> None:
    assert judge(STANDING, KEY, standing(RIGHT)) == Judgement(
        score=1.0,
        status="right",
        message="点も順番も合っています。",
        parts=(
            *(Part(input=item, ok=True) for item in ("site", "list", "leaflet")),
            *(Part(input=f"order.{item}", ok=True) for item in RIGHT),
        ),
    )


def test_a_known_wrong_order_costs_its_share_and_is_told_at_its_item() -> None:
    judged = judge(STANDING, KEY, standing(["site", "list", "leaflet"]))
    assert (judged.score, judged.status) == (0.75, "partial")
    assert judged.message == (
        "点は合っています。\n\nかけた数の大きい順になっていないところがあります。"
    )
    assert judged.parts[3:] == (
        Part(input="order.site", ok=False, message="影響だけで決めず、実現性もかけます。"),
        Part(input="order.list", ok=True),
        Part(input="order.leaflet", ok=True),
    )


def test_wrong_products_are_told_why() -> None:
    judged = judge(STANDING, KEY, standing(RIGHT, site="8", list="21", leaflet="34"))
    assert [part.message for part in judged.parts[:3]] == [
        "足すのではなく、2つの点をかけます。",
        "2つの点をかけた数を、もう一度確かめましょう。",
        "並べるのではなく、かけます。",
    ]
    assert judged.score == 0.5
    assert judged.message == "印のついた点を見直しましょう。\n\n正しい順番です。"


def test_an_order_right_by_the_own_products_earns_its_points_and_is_told_so() -> None:
    judged = judge(STANDING, KEY, standing(["site", "leaflet", "list"], list="9"))
    assert judged.score == pytest.approx((2 / 3 + 1) / 2)
    assert judged.message == f"印のついた点を見直しましょう。\n\n{FOLLOWED}"
    neither = judge(STANDING, KEY, standing(["leaflet", "site", "list"], list="9"))
    assert neither.score == pytest.approx((2 / 3 + 0.5) / 2)
    # By the own products 刷新 does come before 名簿: the mistake of the key is not told.
    assert neither.parts[3:] == (
        Part(input="order.leaflet", ok=False, message="この項目の場所を見直しましょう。"),
        Part(input="order.site", ok=True),
        Part(input="order.list", ok=True),
    )


def test_values_of_the_key_and_how_far_one_may_be_off() -> None:
    assert judge(OWN, OWN_KEY, own("bca")).score == 1.0
    near = judge(OWN, OWN_KEY, own("acb", a="33", c="42", b="24"))
    assert (near.score, near.status) == (1.0, "right")
    assert near.message == f"点は合っています。\n\n{FOLLOWED}"
    # Whose values are accepted is held to them, not to the key's.
    other = judge(OWN, OWN_KEY, own("bca", a="33", c="42", b="24"))
    assert [part.input for part in other.parts if not part.ok] == ["order.a"]
    far = judge(OWN, OWN_KEY, own("bca", a="45"))
    assert [part.message for part in far.parts if not part.ok] == [
        "もう少し低くなりそうです。理由を考えてみましょう。",
        "もう少し低くなりそうです。理由を考えてみましょう。",
    ]
    assert far.score == pytest.approx((4 / 6 + 1) / 2)
    strict = RankKey(values=OWN_KEY.values, mistakes={("a", "doable", 1): "人手があります。"})
    low = judge(OWN, strict, own("bca", a="11"))
    assert [part.message for part in low.parts if not part.ok] == [
        "もう少し高くなりそうです。理由を考えてみましょう。",
        "人手があります。",
    ]


def test_own_values_only_have_to_fit_the_order() -> None:
    free = RankKey()
    assert judge(OWN, free, own("cab", a="33", b="11", c="55")) == Judgement(
        score=1.0,
        status="right",
        message=FOLLOWED,
        parts=tuple(Part(input=f"order.{item}", ok=True) for item in "cab"),
    )
    for order in ("abc", "bac"):  # equal products may stand either way
        assert judge(OWN, free, own(order, a="23", b="32", c="51")).score == 1.0
    judged = judge(OWN, free, own("bca", a="33", b="11", c="55"))
    assert (judged.score, judged.status) == (0.5, "partial")
    open_ = judge(OWN, free, own("abc", c="5"))
    assert (open_.status, open_.score, open_.message) == ("incomplete", 0.0, OPEN)


def test_equal_products_stand_in_the_order_the_author_wants() -> None:
    spec = RankSpec(
        (RankItem("a", "甲", (2, 3)), RankItem("b", "乙", (3, 2)), RankItem("c", "丙", (5, 5))),
        SCALES,
    )
    typed = {"products": {"a": "6", "b": "6", "c": "25"}}
    for order, any_score, wanted in (("cab", 1.0, 0.75), ("cba", 1.0, 1.0)):
        answer = {**typed, "order": [*order]}
        assert judge(spec, RankKey(), answer).score == any_score
        assert judge(spec, RankKey(order=("c", "b", "a")), answer).score == wanted


@pytest.mark.parametrize(
    ("answer", "score", "message"),
    [
        ({"products": PRODUCTS}, 0.5, NO_ORDER),
        ({"order": RIGHT}, 0.5, f"{OPEN}"),
        (standing(RIGHT, list="五"), pytest.approx((2 / 3 + 1) / 2), OPEN),
        ({"order": ["list"], "products": PRODUCTS}, 0.5, NO_ORDER),
    ],
)
def test_half_an_answer_earns_its_half_and_says_what_is_missing(
    answer: dict[str, object], score: float, message: str
) -> None:
    judged = judge(STANDING, KEY, answer)
    assert (judged.score, judged.status, judged.message) == (score, "incomplete", message)


def test_without_the_key_only_the_form_is_judged() -> None:
    assert judge(STANDING, None, standing(RIGHT[::-1], site="1")).status == "formal"
    assert judge(STANDING, None, {"order": RIGHT}).message == OPEN
    assert judge(STANDING, None, {"products": PRODUCTS}).message == NO_ORDER
    told = judge(OWN, None, own("abc", a="60"))
    assert [part.input for part in told.parts] == ["a.impact", "a.doable"]


def test_points_words_and_solution() -> None:
    exercise = Rank("r", title="問", prompt="？", items=STANDING.items, scales=SCALES)
    assert exercise.solution() is None
    exercise.key(explanation="かけた数で比べます。")
    exercise.answer = standing(["site", "list", "leaflet"], leaflet="十二")
    assert (exercise.points(6), type(exercise.points(6))) == (pytest.approx(3.5), float)
    assert exercise.words(exercise.answer) == (
        "1. HPの刷新: 影響5 × 実現性3 = 15\n"
        "2. 名簿の整備: 影響4 × 実現性5 = 20\n"
        "3. リーフレット: 影響3 × 実現性4 = 十二"
    )
    assert exercise.words({"products": {"site": "15"}}) == "HPの刷新: 影響5 × 実現性3 = 15"
    assert exercise.words({"order": RIGHT}) == "1. 名簿の整備\n2. HPの刷新\n3. リーフレット"
    assert exercise.words({}) == ""
    solution = exercise.solution()
    assert solution is not None
    assert solution.answer == (
        "1. 名簿の整備: 影響4 × 実現性5 = 20\n"
        "2. HPの刷新: 影響5 × 実現性3 = 15\n"
        "3. リーフレット: 影響3 × 実現性4 = 12"
    )
    assert solution.explanation == "かけた数で比べます。"


def test_words_and_solution_of_own_values() -> None:
    exercise = Rank("r", title="問", prompt="？", items=OWN.items, scales=SCALES)
    partial = {"values": {"a": {"impact": "3"}, "b": {"impact": "2", "doable": "5"}}}
    assert exercise.words(partial) == ("甲: 影響3 × 実現性?\n乙: 影響2 × 実現性5 = 10")
    exercise.key()
    assert exercise.solution().answer == (
        "点はあなたの見方によります。2つの点をかけた数の大きい順に並べます。"
    )
    exercise.key(values={"a": (2, 2), "b": (4, 1), "c": (5, 1)}, tolerance=1)
    assert exercise.solution().answer == (
        "1. 丙: 影響5 × 実現性1 = 5\n2. 甲: 影響2 × 実現性2 = 4\n3. 乙: 影響4 × 実現性1 = 4\n"
        "かけた数が同じものは、どちらが先でもかまいません。\n"
        "点は、1つ違っていてもかまいません。"
    )


def test_the_browser_gets_items_and_scales_and_nothing_of_the_key() -> None:
    exercise = Rank("r", title="問", prompt="？", items=[*OWN.items], scales=SCALES)
    exercise.key(values={"a": (2, 2), "b": (3, 3), "c": (5, 1)}, explanation="秘密")
    assert exercise.spec["items"][0] == {"id": "a", "label": "甲", "note": "", "given": None}
    assert exercise.spec["scales"][1] == {"id": "doable", "label": "実現性", "levels": []}
    assert not any(word in str(exercise.get_state()) for word in ("秘密", "(3, 3)", "[3, 3]"))


def test_an_authors_mistakes_are_told_together() -> None:
    with pytest.raises(ExerciseError) as told:
        Rank(
            "r",
            title="問",
            prompt="？",
            items=[RankItem("A", "甲", (0, 5))],
            scales=[Scale("x", "x"), Scale("x", "x", ("低い",)), Scale("y", "y")],
        )
    assert str(told.value) == (
        "exercise r: a ranking needs two items or more; a ranking has two scales, not 3; "
        "item id 'A': use lower-case letters, digits, - and _; scale id 'x' is used 2 times; "
        "scale x: 1 levels; name all five or none; "
        "item A: (0, 5) is not a pair of numbers 1 to 5"
    )
    items = (RankItem("a", "甲", (5, 5)), RankItem("b", "乙"), RankItem("c", "丙"))
    exercise = Rank("r", title="問", prompt="？", items=items, scales=SCALES)
    with pytest.raises(ExerciseError) as told:
        exercise.key(values={"a": (1, 1), "b": (1, True), "x": (1, 1)}, tolerance=2, order=["a"])
    assert str(told.value) == (
        "exercise r: no values for item c; values names a, whose values are given; "
        "values names x, there is no such item; "
        "values of b: (1, True) is not a pair of numbers 1 to 5; tolerance 2: 0 or 1; "
        "the order a must name each item once"
    )
    with pytest.raises(ExerciseError) as told:
        exercise.key(order=["a", "b", "c"], mistakes={("a", "b"): "？", ("b", "impact", 3): "？"})
    assert str(told.value) == (
        "exercise r: an order is for values that are given or in the key; "
        "the mistake ('a', 'b'): the order is the participant's own; "
        "the mistake ('b', 'impact', 3): the key has no value for it"
    )
    with pytest.raises(ExerciseError, match="a tolerance is for values of the key"):
        exercise.key(tolerance=1)
    with pytest.raises(ExerciseError, match="the items are shown in a right order already"):
        exercise.key(values={"b": (2, 2), "c": (2, 2)})
    equal = Rank("r", title="問", prompt="？", items=OWN.items, scales=SCALES)
    with pytest.raises(ExerciseError, match=r"\('a', 'b'\): this is a right order"):
        equal.key(values={"a": (2, 3), "b": (3, 2), "c": (5, 5)}, mistakes={("a", "b"): "？"})
    with pytest.raises(ExerciseError) as told:
        exercise.key(
            values={"b": (2, 2), "c": (3, 3)},
            order=["c", "a", "b"],
            tolerance=1,
            mistakes={
                ("a", "c"): "？",
                ("x", 3): "？",
                ("a", 25): "？",
                ("b", 4): "？",
                ("b", "impact", 3): "？",
                ("b", "impact", 9): "？",
                ("b", "cost", 1): "？",
                ("b", "x"): "？",
                ("c", "b"): "？",
            },
        )
    assert str(told.value) == (
        "exercise r: the order puts c (9) before a (25); "
        "the mistake ('x', 3): there is no item x; "
        "the mistake ('a', 25): this product is right; "
        "the mistake ('b', 4): its product is not asked for; "
        "the mistake ('b', 'impact', 3): this value is right; "
        "the mistake ('b', 'impact', 9): the value cannot be chosen; "
        "the mistake ('b', 'cost', 1): there is no scale cost; "
        "the mistake ('b', 'x'): there is no item x; "
        "the mistake ('c', 'b'): this is a right order"
    )


values = st.integers(1, 5).map(str)
chosen = st.fixed_dictionaries({"impact": values, "doable": values})


@given(
    order=st.permutations("abc"),
    values=st.fixed_dictionaries({"a": chosen, "b": chosen, "c": chosen}),
)
def test_own_values_are_right_when_no_greater_product_stands_below(
    order: list[str], values: dict[str, dict[str, str]]
) -> None:
    products = [int(values[item]["impact"]) * int(values[item]["doable"]) for item in order]
    judged = judge(OWN, RankKey(), {"order": order, "values": values})
    assert (judged.score == 1.0) == (products == sorted(products, reverse=True))
    assert all(part.ok for part in judged.parts) == (judged.score == 1.0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_judge_never_raises(any_json, data) -> None:
    text = st.text() | st.integers().map(str) | any_json
    answer = {
        "order": data.draw(st.permutations(["a", "b", "c"]) | any_json),
        "products": data.draw(st.dictionaries(st.sampled_from("abc"), text) | any_json),
        "values": data.draw(st.dictionaries(st.sampled_from("abc"), chosen | any_json) | any_json),
    }
    given_too = RankSpec((RankItem("a", "甲", (2, 5)), *OWN.items[1:]), SCALES)
    keys = (RankKey(), RankKey(values={"b": (5, 5), "c": (1, 1)}, mistakes={("a", 7): "？"}), None)
    for key in keys:
        assert 0.0 <= judge(given_too, key, answer).score <= 1.0
    exercise = Rank("r", title="問", prompt="？", items=given_too.items, scales=SCALES)
    assert isinstance(exercise.words(answer), str)
