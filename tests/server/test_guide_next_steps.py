"""The learning path: what is suggested, in which order, why, and never more than three."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from manabiba_server.guide import MOST, FollowUp, LessonProgress, Suggestion, done, suggestions
from manabiba_server.runs import LessonState

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
AHEAD, STARTED, SUBMITTED, GRADED = LessonState
FOLLOW_UPS = (FollowUp(after="intro", then="books", because="次は決算です。"),)


def lesson(course: str, number: int, state: LessonState, **given: object) -> LessonProgress:
    made = LessonProgress(
        run_id=f"{course}-run",
        course_id=course,
        run_title=course,
        number=number,
        title=f"{number}の題",
        state=state,
        url=f"/runs/{course}-run/{number}",
        due_at=None,
        feedback_at=None,
    )
    return replace(made, **given)  # type: ignore[arg-type]


def suggested(*lessons: LessonProgress) -> list[tuple[str, str]]:
    return [(s.url, s.why) for s in suggestions(lessons, FOLLOW_UPS, now=NOW)]


def test_nobody_in_no_course_is_suggested_anything() -> None:
    assert suggestions([], FOLLOW_UPS, now=NOW) == []
    assert done([]) == []


def test_a_newcomer_begins_with_the_first_lesson() -> None:
    found = suggestions([lesson("books", 1, AHEAD), lesson("books", 2, AHEAD)], (), now=NOW)
    assert found == [
        Suggestion(
            title="books 第1回 1の題",
            why="参加している講座の、はじめの回です。",
            action="この回を開く",
            url="/runs/books-run/1",
        )
    ]


def test_what_was_begun_comes_first_with_its_deadline_the_nearest_before_others() -> None:
    past = NOW - timedelta(days=1)
    found = suggested(
        lesson("a", 1, AHEAD),
        lesson("b", 1, STARTED, due_at=past),
        lesson("c", 1, STARTED, due_at=NOW + timedelta(days=9)),
        lesson("d", 1, STARTED, due_at=NOW + timedelta(days=2)),
    )
    assert found == [
        ("/runs/d-run/1", "書きかけの解答が残っています。提出期限は2026年11月27日(金) 19:00です。"),
        ("/runs/c-run/1", "書きかけの解答が残っています。提出期限は2026年12月4日(金) 19:00です。"),
        (
            "/runs/b-run/1",
            "書きかけの解答が残っています。期限は過ぎましたが、学びなおしに使えます。",
        ),
    ]


def test_an_old_run_leaves_room_for_results_and_for_the_next_course() -> None:
    past = NOW - timedelta(days=300)
    found = suggested(
        *(lesson("old", number, STARTED, due_at=past) for number in (1, 2, 3)),
        lesson("a", 1, GRADED, feedback_at=NOW),
        lesson("b", 1, AHEAD),
    )
    assert [url for url, _ in found] == ["/runs/a-run/1/result", "/runs/old-run/1", "/runs/b-run/1"]


def test_the_next_lesson_follows_what_was_handed_in() -> None:
    found = suggested(lesson("a", 1, SUBMITTED), lesson("a", 2, SUBMITTED), lesson("a", 3, AHEAD))
    assert found == [("/runs/a-run/3", "第2回まで提出しました。その次に学ぶ回です。")]
    skipped = suggested(lesson("a", 1, AHEAD), lesson("a", 2, SUBMITTED), lesson("a", 3, AHEAD))
    assert skipped == [("/runs/a-run/1", "この講座で、まだ解答を書いていない回です。")]


def test_one_lesson_of_a_course_at_a_time() -> None:
    found = suggested(lesson("a", 1, SUBMITTED), lesson("a", 2, STARTED), lesson("a", 3, AHEAD))
    assert [url for url, _ in found] == ["/runs/a-run/2"]


def test_a_fresh_result_is_to_be_read_and_an_old_one_is_not() -> None:
    fresh = lesson("a", 1, GRADED, feedback_at=NOW - timedelta(days=14))
    old = lesson("b", 1, GRADED, feedback_at=NOW - timedelta(days=15))
    assert [url for url, _ in suggested(old, fresh)] == ["/runs/a-run/1/result"]


def test_the_course_that_fits_after_a_finished_one_comes_before_others() -> None:
    finished = [lesson("intro", 1, SUBMITTED), lesson("intro", 2, GRADED)]
    others = [lesson("other", 1, AHEAD), lesson("books", 1, AHEAD)]
    assert suggested(*others, *finished) == [
        ("/runs/books-run/1", "次は決算です。"),
        ("/runs/other-run/1", "参加している講座の、はじめの回です。"),
    ]
    unfinished = [lesson("intro", 1, SUBMITTED), lesson("intro", 2, STARTED)]
    assert [url for url, _ in suggested(*others, *unfinished)] == [
        "/runs/intro-run/2",
        "/runs/other-run/1",
        "/runs/books-run/1",
    ]


def test_what_is_done_is_counted_by_run() -> None:
    assert done(
        [
            lesson("a", 1, SUBMITTED),
            lesson("a", 2, GRADED),
            lesson("a", 3, STARTED),
            lesson("b", 1, AHEAD),
        ]
    ) == [("a", 2, 3)]


@given(
    st.lists(
        st.builds(
            lesson,
            st.sampled_from(["intro", "books", "labour", "trial", "collab"]),
            st.integers(1, 6),
            st.sampled_from(LessonState),
            due_at=st.none() | st.integers(-20, 20).map(lambda days: NOW + timedelta(days=days)),
            feedback_at=st.none() | st.integers(0, 20).map(lambda days: NOW - timedelta(days=days)),
        ),
        unique_by=lambda made: made.url,
        max_size=30,
    )
)
def test_never_more_than_three_each_another_lesson_and_with_a_reason(
    lessons: list[LessonProgress],
) -> None:
    found = suggestions(lessons, FOLLOW_UPS, now=NOW)
    assert len(found) <= MOST == 3
    assert len({s.url for s in found}) == len(found)
    assert {s.url.removesuffix("/result") for s in found} <= {made.url for made in lessons}
    assert all(s.why for s in found)
    unfinished = [made for made in lessons if made.state in {AHEAD, STARTED}]
    assert bool(found) or not unfinished
