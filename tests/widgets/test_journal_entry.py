import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiba_subjects import npo_case
from manabiba_widgets import (
    ExerciseError,
    JournalEntry,
    Mistake,
    Part,
    Transaction,
    debit_credit,
    entry_of,
)
from manabiba_widgets.journal_entry import JournalKey, judge
from manabiba_widgets.journal_mistakes import HONORARIUM_NET, SIDES_SWAPPED
from manabiba_widgets.journal_rows import JournalSpec, read_rows

TRANSACTIONS = (Transaction("t4", "4月15日 会費"), Transaction("t16", "8月20日 謝金"))
SPEC = JournalSpec(TRANSACTIONS, npo_case.accounts())
ADVANCE = Mistake(
    debit_credit("普通預金", "前受会費", 370_000), "今年度の会費なので、収益の科目を選びましょう。"
)
KEY = JournalKey(
    entries={"t4": (npo_case.entry(4),), "t16": (npo_case.entry(16),)},
    mistakes={"t4": (ADVANCE,)},
    explanation="謝金は総額で記帳します。",
)
Rows = list[tuple[str, str]]
DUES = ([("普通預金", "370,000")], [("正会員受取会費", "370,000")])
HONORARIUM = ([("諸謝金", "50,000")], [("普通預金", "44,895"), ("預り金", "5,105")])


def answer(**transactions: tuple[Rows, Rows]) -> dict[str, object]:
    def rows(side: Rows) -> list[dict[str, str]]:
        return [{"account": account, "amount": amount} for account, amount in side]

    return {
        "entries": {
            name: {"debit": rows(debit), "credit": rows(credit)}
            for name, (debit, credit) in transactions.items()
        }
    }


def ask(**changes: object) -> JournalEntry:
    given: dict[str, object] = {
        "title": "問",
        "prompt": "仕訳してください。",
        "accounts": npo_case.accounts(),
        "transactions": TRANSACTIONS,
    }
    return JournalEntry("book", **{**given, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"entries": {}},
        answer(t4=([("", " ")], [("", "")])),
        {"entries": {"t4": {"debit": [None, 3], "credit": "x"}}},
    ],
)
@pytest.mark.parametrize("key", [KEY, None])
def test_nothing_entered_is_incomplete(given: dict[str, object], key: JournalKey | None) -> None:
    judgement = judge(SPEC, key, given)
    assert (judgement.status, judgement.score, judgement.parts) == ("incomplete", 0.0, ())
    assert judgement.message == "仕訳を入れてください。1つの取引を、借方と貸方の両方に書きます。"


def test_the_right_entries() -> None:
    judgement = judge(SPEC, KEY, answer(t4=DUES, t16=HONORARIUM))
    assert (judgement.status, judgement.score) == ("right", 1.0)
    assert judgement.parts == (Part(input="t4", ok=True), Part(input="t16", ok=True))


@pytest.mark.parametrize(
    "honorarium",
    [
        ([("諸謝金", "50,000")], [("預り金", "5,105"), ("普通預金", "44,895")]),
        ([("諸謝金", "30000"), ("", ""), ("諸謝金", "20000")], HONORARIUM[1]),
        (
            [("しょしゃきん", "５０，０００円")],
            [("フツウヨキン", "￥44895"), ("預り金", "5105 円")],
        ),
    ],
    ids=["other order", "split, with an empty row", "readings and full-width digits"],
)
def test_other_forms_of_the_right_entry(honorarium: tuple[Rows, Rows]) -> None:
    assert judge(SPEC, KEY, answer(t4=DUES, t16=honorarium)).score == 1.0


def test_alternatives_and_an_account_on_both_sides_where_the_author_allows_it() -> None:
    both = entry_of(
        debit={"普通預金": 400_000}, credit={"正会員受取会費": 370_000, "普通預金": 30_000}
    )
    key = JournalKey({**KEY.entries, "t4": (npo_case.entry(4), both)})
    typed = (
        [("普通預金", "400000")],
        [("正会員受取会費", "370000"), ("普通預金", "30000")],
    )
    assert judge(SPEC, key, answer(t4=typed, t16=HONORARIUM)).score == 1.0
    assert judge(SPEC, KEY, answer(t4=typed, t16=HONORARIUM)).score < 1.0


@pytest.mark.parametrize(
    ("dues", "score", "message"),
    [
        ((DUES[1], DUES[0]), 0.0, SIDES_SWAPPED),
        (([("普通預金", "370000")], [("前受会費", "370000")]), 0.5, ADVANCE.message),
        (
            ([("普通預金", "370000")], [("正会員受取会費", "37000")]),
            0.75,
            "借方合計370,000円と貸方合計37,000円が333,000円違います。"
            "差が2や9で割り切れるかも見てみましょう。"
            "差が9で割り切れるので、けたのずれや数字の入れかわりがあるのかもしれません。",
        ),
        (
            ([("現金", "370000")], [("正会員受取会費", "370000")]),
            0.5,
            "金額は合っています。借方の「現金」がこの取引に合う科目かどうか、"
            "何が増えた(減った)のかをもう一度考えてみましょう。",
        ),
    ],
    ids=["sides swapped", "the author's mistake", "totals differ", "wrong account"],
)
def test_a_mistake_earns_its_right_lines_and_is_named(
    dues: tuple[Rows, Rows], score: float, message: str
) -> None:
    judgement = judge(SPEC, KEY, answer(t4=dues, t16=HONORARIUM))
    assert judgement.status == "partial"
    assert judgement.score == (score + 1.0) / 2
    assert judgement.parts[0] == Part(input="t4", ok=False, message=message)
    assert judgement.message == "それぞれの取引の下のメッセージを読んで、直してみましょう。"


def test_net_instead_of_gross() -> None:
    net = ([("諸謝金", "44,895")], [("普通預金", "44,895")])
    judgement = judge(SPEC, KEY, answer(t4=DUES, t16=net))
    assert judgement.score == (1.0 + 1.5 / 3) / 2
    assert judgement.parts[1] == Part(input="t16", ok=False, message=HONORARIUM_NET)


def test_all_wrong_earns_nothing() -> None:
    swapped = (DUES[1], DUES[0])
    judgement = judge(SPEC, KEY, answer(t4=swapped, t16=(HONORARIUM[1], HONORARIUM[0])))
    assert (judgement.status, judgement.score) == ("wrong", 0.0)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("", "100"), "勘定科目を選んでください。"),
        (("雑費", "100"), "「雑費」は一覧にない科目です。候補から選びなおしてください。"),
        (("現金", ""), "金額を入れてください。"),
        (
            ("現金", "37万"),
            "「5万」ではなく「50,000」のように、数字だけで書いてください。",
        ),
        (
            ("現金", "▲500"),
            "金額は0より大きい数で書きます。減らすときは反対側に書きましょう。",
        ),
        (("現金", "0"), "金額は0より大きい数で書きます。減らすときは反対側に書きましょう。"),
        (("現金", "10.5"), "金額は円の単位まで(小数なし)で書いてください。"),
        (("現金", "1" * 13), "金額が大きすぎるようです。けたを確かめてください。"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_at_the_row(row: tuple[str, str], message: str) -> None:
    dues = (DUES[0], [("", ""), row])
    judgement = judge(SPEC, KEY, answer(t4=dues, t16=HONORARIUM))
    assert judgement.status == "incomplete"
    assert judgement.message == "まだ入っていない仕訳や、直すところがあります。"
    assert judgement.parts[0] == Part(input="t4-credit-1", ok=False, message=message)
    assert judgement.score == (0.5 + 1.0) / 2  # the debit is right


def test_right_lines_beside_an_unreadable_row_are_not_all_right() -> None:
    dues = ([*DUES[0], ("現金", "?")], DUES[1])
    judgement = judge(SPEC, KEY, answer(t4=dues, t16=HONORARIUM))
    assert (judgement.status, judgement.score) == ("incomplete", pytest.approx((2 / 3 + 1) / 2))


def test_one_side_or_one_transaction_missing() -> None:
    judgement = judge(SPEC, KEY, answer(t4=(DUES[0], [])))
    assert (judgement.status, judgement.score) == ("incomplete", 0.25)
    assert judgement.parts == (
        Part(
            input="t4",
            ok=False,
            message="貸方(右)がまだ空です。1つの取引を、左右の両方に書きます。",
        ),
        Part(input="t16", ok=False, message="まだ仕訳が入っていません。"),
    )


def test_without_a_key_only_the_form_is_judged() -> None:
    wrong = answer(t4=(DUES[1], DUES[0]), t16=HONORARIUM)
    assert judge(SPEC, None, wrong).status == "formal"
    unbalanced = judge(SPEC, None, answer(t4=DUES, t16=(HONORARIUM[0], HONORARIUM[1][:1])))
    assert unbalanced.status == "incomplete"
    assert [part.input for part in unbalanced.parts] == ["t16"]
    assert unbalanced.parts[0].message.startswith("借方合計50,000円と貸方合計44,895円が5,105円")
    assert judge(SPEC, None, answer(t4=DUES)).status == "incomplete"


@pytest.mark.parametrize("typed", ["ふつうよきん", "フツウヨキン", "ﾌﾂｳﾖｷﾝ", " 普通預金 "])
def test_an_account_is_known_by_name_and_reading(typed: str) -> None:
    found = SPEC.account(typed)
    assert found is not None
    assert found.name == "普通預金"


def test_no_more_rows_are_read_than_can_be_added() -> None:
    rows = [("現金", "1")] * 50
    assert len(list(read_rows(SPEC, "t4", answer(t4=(rows, rows))))) == 24


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
row_texts = st.fixed_dictionaries(
    {
        "account": st.sampled_from(["普通預金", "諸謝金", "正会員受取会費", "預り金", "雑費", ""])
        | json_values,
        "amount": st.sampled_from(["370000", "44,895円", "5105", "-1", "1e9", "五万", ""])
        | st.text(max_size=50)
        | json_values,
    }
)
side_rows = st.lists(row_texts | json_values, max_size=4) | json_values
near_answers = st.fixed_dictionaries(
    {
        "entries": st.dictionaries(
            st.sampled_from(["t4", "t16", "t99"]),
            st.fixed_dictionaries({"debit": side_rows, "credit": side_rows}) | json_values,
        )
    }
)


@given(near_answers | st.dictionaries(st.text(max_size=7), json_values), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_judge_never_raises(given: dict[str, object], with_key: bool) -> None:
    judgement = judge(SPEC, KEY if with_key else None, given)
    assert 0.0 <= judgement.score <= 1.0
    assert judgement.message
    assert all(part.ok or part.message for part in judgement.parts)


def test_words_show_what_was_read_and_what_could_not_be() -> None:
    exercise = ask()
    typed = answer(t4=([("ふつうよきん", "３７００００")], [("雑費", "37万"), ("", "5")]))
    assert exercise.words(typed) == (
        "4月15日 会費\n  (借方) 普通預金 370,000円　(貸方) 雑費 37万・(科目なし) 5"
    )
    assert exercise.words({}) == ""


def test_points_and_solution() -> None:
    exercise = ask()
    assert exercise.solution() is None
    exercise.key(
        entries={
            "t4": npo_case.entry(4),
            "t16": [npo_case.entry(16), debit_credit("諸謝金", "未払金", 50_000)],
        },
        mistakes={"t4": [ADVANCE]},
        explanation=KEY.explanation,
    )
    solution = exercise.solution()
    assert solution is not None
    assert solution.answer == (
        "4月15日 会費\n  (借方) 普通預金 370,000円　(貸方) 正会員受取会費 370,000円\n"
        "8月20日 謝金\n  (借方) 諸謝金 50,000円　(貸方) 預り金 5,105円・普通預金 44,895円\n"
        "  または (借方) 諸謝金 50,000円　(貸方) 未払金 50,000円"
    )
    assert solution.explanation == KEY.explanation
    exercise.answer = answer(t4=DUES)
    assert exercise.points(8) == 4.0
    exercise.answer = answer(t4=DUES, t16=([("諸謝金", "50000")], [("未払金", "50000")]))
    assert exercise.points(8) == 8.0


def test_the_page_gets_names_and_readings_and_no_key() -> None:
    exercise = ask(accounts=npo_case.accounts()[:2])
    assert exercise.spec["accounts"] == [
        {"name": "現金", "reading": "げんきん"},
        {"name": "普通預金", "reading": "ふつうよきん"},
    ]
    exercise = ask()
    exercise.key(entries=KEY.entries, mistakes=KEY.mistakes, explanation=KEY.explanation)
    shown = str(exercise.get_state())
    assert KEY.explanation not in shown
    assert ADVANCE.message not in shown
    assert "44895" not in shown


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"transactions": ()}, "there are no transactions"),
        ({"transactions": (*TRANSACTIONS, TRANSACTIONS[0])}, "transaction id 't4' is used 2 times"),
        ({"transactions": (Transaction("T 4", "x"),)}, "transaction id 'T 4': use lower-case"),
        ({"accounts": npo_case.accounts()[:1] * 2}, "account 現金 is offered 2 times"),
    ],
)
def test_an_author_is_told_what_is_wrong_with_the_exercise(
    changes: dict[str, object], told: str
) -> None:
    with pytest.raises(ExerciseError, match=f"exercise book: {told}"):
        ask(**changes)


def test_an_author_is_told_all_that_is_wrong_with_the_key() -> None:
    exercise = ask()
    unbalanced = entry_of(debit={"普通預金": 370_000}, credit={"会費": 37_000})
    with pytest.raises(ExerciseError) as raised:
        exercise.key(
            entries={"t4": unbalanced, "t5": []},
            mistakes={"t4": [Mistake(unbalanced, "x")], "t7": []},
        )
    assert str(raised.value) == (
        "exercise book: no entry for transaction t16; there is no transaction t5; "
        "there is no transaction t7; "
        "t4: entry: 借方 is 333000 yen too much (370000 against 37000); "
        "t4: account 会費 is not offered; t4: account 会費 is not offered; "
        "t4: the mistake 'x' is a right entry; t5: no right entry"
    )


def test_the_example_in_the_docs_runs() -> None:
    page = Path(__file__).parents[2] / "docs" / "exercises" / "journal_entry.md"
    blocks = re.findall(r"```(python|json)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    exec("\n".join(text for language, text in blocks if language == "python"), names)
    [example] = [json.loads(text) for language, text in blocks if language == "json"]
    exercise = names["journal"]
    assert isinstance(exercise, JournalEntry)
    assert exercise.judge(example, with_key=True).score == 0.5
