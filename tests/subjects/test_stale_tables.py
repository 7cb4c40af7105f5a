from datetime import date

import pytest

from manabiba_subjects.stale_tables import Reason, StaleTable, all_tables, stale_tables, table_files


def stale(name: str, today: date) -> StaleTable | None:
    return next((one for one in stale_tables(today) if one.table.name.startswith(name)), None)


def test_every_file_of_tables_is_looked_at() -> None:
    assert {"minimum_wages.toml", "insurance_rates.toml"} <= set(table_files())
    assert len({table.name for table in all_tables()}) == len(list(all_tables()))


def test_a_fresh_table_is_not_told() -> None:
    assert stale("神奈川県の最低賃金", date(2026, 11, 24)) is None
    assert stale("健康保険", date(2026, 12, 29)) is None


@pytest.mark.parametrize(
    ("today", "reason"),
    [
        (date(2027, 7, 31), None),
        (date(2027, 8, 1), Reason.ENDS_SOON),
        (date(2027, 9, 30), Reason.ENDS_SOON),
        (date(2027, 10, 1), Reason.ENDED),
    ],
)
def test_the_minimum_wage_is_told_before_and_after_its_october(
    today: date, reason: Reason | None
) -> None:
    told = stale("神奈川県の最低賃金", today)
    assert (told and told.reason) == reason
    if told:
        assert told.since == date(2027, 10, 1)
        assert "神奈川労働局" in told.look_up


def test_premium_rates_are_told_before_march_and_april() -> None:
    told = stale("健康保険", date(2027, 2, 1))
    assert told and (told.reason, told.since) == (Reason.ENDS_SOON, date(2027, 3, 1))
    told = stale("雇用保険(一般の事業)", date(2027, 4, 1))
    assert told and (told.reason, told.since) == (Reason.ENDED, date(2027, 4, 1))


def test_a_value_that_was_due_is_told_although_the_table_goes_on(monkeypatch) -> None:
    wage = next(table for table in all_tables() if table.name == "神奈川県の最低賃金")
    longer = type(wage)(
        name=wage.name,
        file=wage.file,
        read_on=date(2026, 11, 23),
        rows=(type(wage.rows[-1])(**{**vars(wage.rows[-1]), "until": date(2030, 9, 30)}),),
        look_up=wage.look_up,
        renewed=(10,),
    )
    monkeypatch.setattr("manabiba_subjects.stale_tables.all_tables", lambda: iter([longer]))
    assert stale_tables(date(2027, 9, 30)) == ()
    assert [(one.reason, one.since) for one in stale_tables(date(2027, 10, 1))] == [
        (Reason.DUE, date(2027, 10, 1))
    ]


def test_a_table_is_old_a_year_after_it_was_read(monkeypatch) -> None:
    [tax] = [table for table in all_tables() if table.file == "consumption_tax.toml"]
    lasting = type(tax)(
        name=tax.name,
        file=tax.file,
        read_on=date(2026, 11, 23),
        rows=(type(tax.rows[-1])(**{**vars(tax.rows[-1]), "until": date(2032, 3, 31)}),),
        look_up=tax.look_up,
    )
    monkeypatch.setattr("manabiba_subjects.stale_tables.all_tables", lambda: iter([lasting]))
    assert stale_tables(date(2027, 11, 23)) == ()
    assert [one.reason for one in stale_tables(date(2027, 11, 24))] == [Reason.OLD]
