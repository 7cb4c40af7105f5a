"""Deadlines, papers, authorities, meetings: the answers N2-1 to N2-8 and N3-1 to N3-3, N3-8."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiba_subjects.derivation import is_certain
from manabiba_subjects.npo_law import (
    Application,
    Article,
    BudgetLine,
    Occasion,
    Office,
    Way,
    activity_budget,
    annual_report,
    approval_ends,
    can_amend,
    change_articles,
    change_officer,
    change_registration,
    comes_into_existence,
    competent_authority,
    documents,
    find_application_errors,
    incorporation,
    incorporation_steps,
    inspected_documents,
    inspection_ends,
    keep_reports_until,
    latest_notice,
    may_receive_residual,
    missing_articles,
    needed_agreement,
    needed_attendance,
    needed_for_dissolution,
    needed_for_request,
    posting_until,
    reduction_application,
    registers_total_assets,
)

TODAY = date(2026, 11, 24)
YOKOHAMA = Office("神奈川県", "横浜市")


def test_n2_1_the_order_of_a_foundation() -> None:
    assert incorporation_steps(TODAY) == (
        "検討・相談",
        "申請書類の作成(横浜市の事前確認を受ける)",
        "設立総会",
        "申請書類の提出",
        "受理・公表と縦覧",
        "認証または不認証の決定",
        "設立の登記",
        "設立登記完了の届出",
    )


def test_n2_2_the_days_of_a_foundation() -> None:
    days = incorporation(date(2026, 12, 1), certificate_arrived_on=date(2027, 1, 25))
    assert days.correction.value == date(2026, 12, 8)
    assert days.inspection.value == date(2026, 12, 15)
    assert days.decision.value == date(2027, 1, 29)
    assert days.decision_limit.value == date(2027, 2, 15)
    assert days.registration and days.registration.value == date(2027, 2, 8)
    assert days.lapse and days.lapse.value == date(2027, 7, 25)
    assert "初日不算入" in days.inspection.steps[0].working
    assert days.inspection.steps[0].rule == "特定非営利活動促進法10条2項"


@pytest.mark.parametrize(
    ("came", "registration", "lapse"),
    [
        (date(2027, 8, 30), date(2027, 9, 13), date(2028, 2, 29)),
        (date(2027, 8, 31), date(2027, 9, 14), date(2028, 2, 29)),
        (date(2026, 8, 31), date(2026, 9, 14), date(2027, 2, 28)),
        (date(2028, 2, 15), date(2028, 2, 29), date(2028, 8, 15)),
        (date(2028, 2, 29), date(2028, 3, 14), date(2028, 8, 31)),
        (date(2027, 2, 15), date(2027, 3, 1), date(2027, 8, 15)),
    ],
)
def test_a_certificate_around_the_end_of_february(
    came: date, registration: date, lapse: date
) -> None:
    days = incorporation(date(2026, 6, 1), certificate_arrived_on=came)
    assert days.registration and days.registration.value == registration
    assert days.lapse and days.lapse.value == lapse


def test_outside_yokohama_the_limit_of_the_act_holds() -> None:
    days = incorporation(date(2026, 12, 1), in_yokohama=False)
    assert days.decision == days.decision_limit
    assert (days.registration, days.lapse) == (None, None)


@pytest.mark.parametrize(
    ("accepted", "until", "is_certain"),
    [
        (date(2017, 3, 31), date(2017, 5, 31), False),
        (date(2017, 4, 1), date(2017, 5, 1), True),
        (date(2021, 6, 8), date(2021, 7, 8), True),
        (date(2021, 6, 9), date(2021, 6, 23), True),
        (date(2028, 2, 15), date(2028, 2, 29), True),
    ],
)
def test_the_inspection_got_shorter_twice(accepted: date, until: date, is_certain: bool) -> None:
    found = inspection_ends(accepted)
    assert (found.value, found.is_certain) == (until, is_certain)


@given(st.dates(date(2021, 6, 9), date(2031, 6, 1)))
def test_the_days_of_a_foundation_follow_each_other(accepted: date) -> None:
    days = incorporation(accepted)
    assert accepted < days.correction.value < days.inspection.value < days.decision.value
    assert days.decision.value < days.decision_limit.value
    assert days.inspection.value - days.correction.value == timedelta(days=7)


def test_a_corporation_exists_from_its_registration() -> None:
    assert comes_into_existence(date(2027, 2, 1)).value == date(2027, 2, 1)


def test_n2_3_what_everyone_may_read() -> None:
    papers = inspected_documents(TODAY)
    names = {paper.name for paper in papers}
    assert names == {"定款", "役員名簿", "設立趣旨書", "事業計画書", "活動予算書"}
    assert [paper.name for paper in papers if paper.without_address] == ["役員名簿"]


def test_the_papers_of_each_occasion() -> None:
    application = {paper.name: paper for paper in documents(Occasion.APPLICATION, TODAY)}
    assert (application["定款"].copies, application["確認書"].copies) == (2, None)
    assert application["活動予算書"].years == application["事業計画書"].years == 2
    assert [paper.name for paper in documents(Occasion.COMPLETION, TODAY)] == [
        "登記事項証明書",
        "設立の時の財産目録",
    ]
    yearly = [paper.name for paper in documents(Occasion.YEARLY_REPORT, TODAY)]
    assert len(yearly) == 6 and "活動計算書" in yearly


def right_application(**changes: object) -> Application:
    right: dict[str, object] = {
        "directors": 3,
        "auditors": 1,
        "listed_members": 10,
        "plan_years": 2,
        "budget_years": 2,
        "documents": [paper.name for paper in documents(Occasion.APPLICATION, TODAY)],
        "articles": list(Article),
        "residual_to": "他の特定非営利活動法人",
    }
    return Application(**{**right, **changes})  # type: ignore[arg-type]


def test_n2_4_six_errors_are_found_each_with_its_article() -> None:
    papers = [paper.name for paper in documents(Occasion.APPLICATION, TODAY)]
    papers[papers.index("活動予算書")] = "収支予算書"
    errors = find_application_errors(
        right_application(
            directors=2,
            listed_members=9,
            plan_years=1,
            documents=papers,
            articles=[item for item in Article if item is not Article.PUBLIC_NOTICE],
            residual_to="代表理事",
        ),
        TODAY,
    )
    assert [
        (error.label, error.rule.removeprefix("特定非営利活動促進法")[:3]) for error in errors
    ] == [
        ("役員の数", "15条"),
        ("社員の数", "12条"),
        ("事業計画書", "10条"),
        ("活動予算書", "10条"),
        ("定款", "11条"),
        ("残余財産の帰属先", "11条"),
    ]
    assert find_application_errors(right_application(), TODAY) == ()


@pytest.mark.parametrize(
    ("recipient", "holds"),
    [
        ("社会福祉法人", True),
        ("国又は地方公共団体", True),
        ("理事", False),
        ("正会員で分ける", False),
        ("", False),
    ],
)
def test_what_is_left_over_goes_to_whom_the_law_names(recipient: str, holds: bool) -> None:
    verdict = may_receive_residual(recipient, TODAY)
    assert (verdict.holds, verdict.is_certain) == (holds, True)
    errors = find_application_errors(right_application(residual_to=recipient), TODAY)
    assert errors == (() if holds else verdict.steps)


@pytest.mark.parametrize(
    ("offices", "authority"),
    [
        ([YOKOHAMA], "横浜市長"),
        ([YOKOHAMA, Office("神奈川県", "川崎市")], "神奈川県知事"),
        ([YOKOHAMA, Office("東京都", "千代田区")], "神奈川県知事"),
        ([YOKOHAMA, YOKOHAMA], "横浜市長"),
        ([Office("神奈川県", "藤沢市")], "神奈川県知事"),
        ([Office("神奈川県", "川崎市")], "川崎市長"),
    ],
)
def test_n2_5_offices_decide_the_authority(offices: list[Office], authority: str) -> None:
    assert competent_authority(offices, TODAY).value == authority


def test_every_city_of_the_table_is_certain_and_an_office_is_asked_for() -> None:
    for city in ("横浜市", "川崎市", "相模原市"):
        found = competent_authority([Office("神奈川県", city)], TODAY)
        assert (found.value, found.is_certain) == (f"{city}長", True)
    with pytest.raises(ValueError, match="主たる事務所"):
        competent_authority([], TODAY)


def test_n2_6_a_budget_of_activities() -> None:
    budget = activity_budget(
        [
            BudgetLine("会費", 10_000, (15,)),
            BudgetLine("寄附", 200_000),
            BudgetLine("参加費", 500, (20, 24)),
        ],
        [
            BudgetLine("講師", 10_000, (24,)),
            BudgetLine("会場", 2_000, (24,)),
            BudgetLine("保険", 20_000),
            BudgetLine("通信", 30_000),
            BudgetLine("消耗品", 60_000),
        ],
    )
    assert (budget.total_income, budget.total_costs, budget.change) == (590_000, 398_000, 192_000)
    assert budget.income[2].working == "500円×20×24"


def test_n2_7_what_the_articles_lack() -> None:
    lacking = {Article.PUBLIC_NOTICE, Article.FISCAL_YEAR}
    given_items = [item for item in Article if item not in lacking]
    assert set(missing_articles(given_items, has_other_business=True)) == lacking
    without = [item for item in Article if item is not Article.OTHER_BUSINESS]
    assert missing_articles(without, has_other_business=False) == []
    assert missing_articles(without, has_other_business=True) == [Article.OTHER_BUSINESS]
    assert len(Article) == 14


@pytest.mark.parametrize(
    ("end", "last"),
    [
        (date(2026, 3, 31), date(2026, 6, 30)),
        (date(2026, 12, 31), date(2027, 3, 31)),
        (date(2026, 8, 31), date(2026, 11, 30)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 5, 31)),
        (date(2027, 2, 28), date(2027, 5, 31)),
        (date(2026, 3, 30), date(2026, 6, 30)),
    ],
)
def test_n3_1_reports_are_due_three_months_into_the_next_year(end: date, last: date) -> None:
    assert annual_report(end).value == last


@given(st.dates(date(2026, 4, 1), date(2031, 8, 31)))
def test_reports_of_any_fiscal_year_are_due_on_the_day_before_its_fourth_month(end: date) -> None:
    due = annual_report(end).value
    assert 89 <= (due - end).days <= 92
    if (end + timedelta(days=1)).day == 1:
        assert (due + timedelta(days=1)).day == 1
        assert (due.month - end.month) % 12 == 3


@pytest.mark.parametrize(
    ("article", "options", "ways"),
    [
        (Article.PURPOSE, {}, {Way.CERTIFICATION, Way.REGISTRATION}),
        (Article.FISCAL_YEAR, {}, {Way.NOTICE}),
        (Article.PUBLIC_NOTICE, {}, {Way.NOTICE}),
        (Article.OFFICERS, {"only_number": True}, {Way.NOTICE}),
        (Article.OFFICERS, {}, {Way.CERTIFICATION}),
        (Article.MEMBERSHIP, {}, {Way.CERTIFICATION}),
        (Article.OFFICES, {}, {Way.NOTICE, Way.REGISTRATION}),
        (Article.OFFICES, {"moves_authority": True}, {Way.CERTIFICATION, Way.REGISTRATION}),
        (Article.DISSOLUTION, {}, {Way.NOTICE}),
        (Article.DISSOLUTION, {"concerns_residual_assets": True}, {Way.CERTIFICATION}),
        (Article.AMENDMENT, {}, {Way.CERTIFICATION}),
    ],
)
def test_n3_2_a_change_of_the_articles(article: Article, options: dict, ways: set[Way]) -> None:
    assert change_articles(article, TODAY, **options).ways == ways


def test_what_the_register_has_is_certain_and_the_kinds_of_business_are_asked() -> None:
    """組合等登記令2条2項 names 目的及び業務, 名称, 事務所; what 業務 takes in was not checked."""
    registered = {item for item in Article if Way.REGISTRATION in change_articles(item, TODAY).ways}
    assert registered == {Article.PURPOSE, Article.NAME, Article.ACTIVITIES, Article.OFFICES}
    uncertain = {item for item in Article if not is_certain(change_articles(item, TODAY).steps)}
    assert uncertain == {Article.ACTIVITIES}


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        (date(2018, 9, 30), True),
        (date(2018, 10, 1), False),
        (TODAY, False),
    ],
)
def test_total_assets_left_the_register_in_october_2018(on: date, holds: bool) -> None:
    verdict = registers_total_assets(on)
    assert (verdict.holds, verdict.is_certain) == (holds, True)
    assert "組合等登記令別表" in verdict.steps[0].rule


def test_n3_2_a_change_of_officers() -> None:
    assert change_officer(TODAY, is_representative=True).ways == {Way.NOTICE, Way.REGISTRATION}
    assert change_officer(TODAY, is_representative=False).ways == {Way.NOTICE}
    assert change_registration(date(2026, 6, 20)).value == date(2026, 7, 4)


def test_n3_3_how_many_members_a_meeting_needs() -> None:
    assert needed_attendance(40, TODAY).value == 20
    assert needed_agreement(24, TODAY).value == 18
    assert needed_for_dissolution(40, TODAY).value == 30
    assert needed_for_request(40, TODAY).value == 8


def test_what_is_left_over_is_rounded_up_for_a_meeting() -> None:
    assert needed_attendance(41, TODAY).value == 21
    assert needed_agreement(21, TODAY).value == 16
    assert needed_for_request(41, TODAY).value == 9


@given(st.integers(1, 300), st.data())
def test_a_meeting_that_amends_has_both_its_numbers(members: int, data) -> None:
    attending = data.draw(st.integers(0, members))
    agreeing = data.draw(st.integers(0, attending))
    holds = can_amend(members, attending, agreeing, TODAY).holds
    assert holds is (2 * attending >= members and 4 * agreeing >= 3 * attending)


def test_impossible_votes_are_told() -> None:
    with pytest.raises(ValueError, match="社員10人、出席11人、賛成5人"):
        can_amend(10, 11, 5, TODAY)


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 4, 30), date(2026, 4, 30)),
        (date(2026, 5, 1), date(2027, 4, 30)),
        (date(2026, 9, 30), date(2027, 4, 30)),
    ],
)
def test_n3_8_yokohama_is_asked_by_the_end_of_april(today: date, last: date) -> None:
    assert reduction_application(today).value == last


def test_reports_are_kept_to_the_end_of_the_year_of_their_fifth_birthday() -> None:
    assert keep_reports_until(date(2026, 5, 20), date(2026, 3, 31)).value == date(2032, 3, 31)
    assert keep_reports_until(date(2026, 3, 31), date(2026, 3, 31)).value == date(2031, 3, 31)
    assert keep_reports_until(date(2024, 2, 29), date(2028, 2, 29)).value == date(2029, 2, 28)


def test_notices_postings_and_approvals() -> None:
    assert latest_notice(date(2026, 6, 20)).value == date(2026, 6, 14)
    assert posting_until(date(2026, 6, 25)).value == date(2027, 6, 25)
    assert approval_ends(date(2026, 7, 1), is_special=False).value == date(2031, 6, 30)
    assert approval_ends(date(2026, 7, 1), is_special=True).value == date(2029, 6, 30)
