from datetime import date, timedelta

import pytest

from manabiba_subjects import OutsideTableError
from manabiba_subjects.dated_table import DatedTable, Status, dated_tables
from manabiba_subjects.periods import add_months
from manabiba_subjects.stale_tables import table_files

FILES = table_files()
TABLES = [
    pytest.param(table, id=f"{file}:{key}")
    for file in FILES
    for key, table in dated_tables(file).items()
]


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_dates_values_source_and_status(table: DatedTable) -> None:
    assert table.rows
    for row in table.rows:
        assert row.effective_from <= row.until
        assert row.source
        assert isinstance(row.status, Status)
        assert table.at(row.effective_from) is table.at(row.until) is row


@pytest.mark.parametrize("table", TABLES)
def test_a_day_outside_is_told_with_the_end_of_the_table(table: DatedTable) -> None:
    last = table.rows[-1].until
    with pytest.raises(OutsideTableError) as told:
        table.at(last + timedelta(days=1))
    message = str(told.value)
    assert table.name in message
    assert f"{last.year}年{last.month}月{last.day}日までです" in message
    assert f"基準日{table.read_on.year}年" in message
    with pytest.raises(OutsideTableError):
        table.at(table.rows[0].effective_from - timedelta(days=1))


YEARLY = [table for file in FILES for table in dated_tables(file).values() if table.renewed]


@pytest.mark.parametrize("table", YEARLY, ids=lambda table: table.name)
def test_no_value_that_changes_yearly_is_given_beyond_its_next_renewal(table: DatedTable) -> None:
    assert table.rows[-1].until <= add_months(table.read_on, 12)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_says_where_to_look(table: DatedTable) -> None:
    assert len(table.look_up) > 5
    assert all(1 <= month <= 12 for month in table.renewed)
    assert table.read_on >= date(2026, 11, 23)


def test_numbers_shares_and_lists_are_told_apart() -> None:
    row = dated_tables("minimum_wages.toml")["kanagawa"].at(date(2026, 10, 1))
    assert row.whole("yen") == row["yen"]
    for ask in (row.share, row.series, row.words):
        with pytest.raises(TypeError, match="yen is no"):
            ask("yen")


def test_rows_with_a_gap_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = 'until = {until}\nrate = "1"\nsource = "-"\nstatus = "未確認"\n'
    text = (
        'read_on = 2026-01-01\nlook_up = "-"\n[tables.x]\nname = "x"\n'
        + "[[tables.x.rows]]\neffective_from = 2025-01-01\n"
        + row.format(until="2025-12-30")
        + "[[tables.x.rows]]\neffective_from = 2026-01-01\n"
        + row.format(until="2026-12-31")
    )

    class Folder:
        def joinpath(self, _name: str) -> "Folder":
            return self

        def read_text(self, **_options: str) -> str:
            return text

    monkeypatch.setattr("manabiba_subjects.dated_table.files", lambda _package: Folder())
    with pytest.raises(ValueError, match="a row ends 2025-12-30 and the next starts 2026-01-01"):
        dated_tables.__wrapped__("gap.toml")
