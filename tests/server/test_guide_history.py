"""横浜の協働のあゆみ: the entries, their names and sides, the filter, the figure."""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from manabiba_server.guide import HistoryEntry, Side, chosen, figure, load_guide
from manabiba_server.guide.history import AXIS, WIDTH
from manabiba_server.settings import OWN_GUIDE

ENTRIES = load_guide(OWN_GUIDE).history


def entry(year: int, month: int | None) -> HistoryEntry:
    [found] = [e for e in ENTRIES if (e.year, e.month) == (year, month)]
    return found


def test_the_brochures_entries_are_there_by_month_and_side() -> None:
    city = [
        (1997, 10),
        (1999, 3),
        (2000, 3),
        (2000, 8),
        (2000, 10),
        (2011, 3),
        (2011, None),
        (2012, 6),
        (2012, 10),
        (2013, 4),
        (2020, 6),
    ]
    citizens = [(2002, 12), (2004, 1), (2004, 4), (2004, 7), (2010, None), (2016, 1)]
    for side, months in ((Side.CITY, city), (Side.CITIZENS, citizens)):
        found = chosen(ENTRIES, side=side, first=1997, last=2020)
        assert [(e.year, e.month) for e in found] == months
    assert len(ENTRIES) == 17


def test_ordinances_and_centres_have_their_real_names_and_the_brochures_spelling_beside() -> None:
    for year, month, title in (
        (2000, 3, "横浜市市民活動推進条例"),
        (2000, 10, "横浜市市民活動支援センター"),
        (2012, 6, "横浜市市民協働条例"),
        (2013, 4, "横浜市市民協働条例の解釈・運用の手引き"),
        (2020, 6, "横浜市市民協働推進センター"),
    ):
        found = entry(year, month)
        assert title in found.text
        assert found.printed == title.replace("横浜市市民", "横浜市民")
    assert not any("横浜市民活動推進条例" in e.text or "横浜市民協働" in e.text for e in ENTRIES)


def test_every_entry_has_its_source() -> None:
    for found in ENTRIES:
        assert found.reference.source
        assert bool(found.about) == bool(found.about_source)


def test_an_entry_without_a_month_says_so() -> None:
    assert entry(2010, None).when == "2010年(月の記載なし)"
    assert entry(1997, 10).when == "1997年10月"


@pytest.mark.parametrize(
    ("side", "first", "last", "count"),
    [
        (None, 1997, 2020, 17),
        (Side.CITY, 2012, 2013, 3),
        (Side.CITIZENS, 2004, 2004, 3),
        (None, 2013, 2012, 3),  # the years turned round are the same years
        (Side.CITIZENS, 2011, 2013, 0),
    ],
)
def test_a_side_and_years_are_chosen(side: Side | None, first: int, last: int, count: int) -> None:
    assert len(chosen(ENTRIES, side=side, first=first, last=last)) == count


def test_no_mark_of_the_figure_covers_another_and_sides_are_apart() -> None:
    drawn = figure(ENTRIES)
    assert [mark.entry for mark in drawn.marks] == list(ENTRIES)
    for one, other in combinations(drawn.marks, 2):
        assert abs(one.x - other.x) >= 15 or abs(one.y - other.y) >= 15, (one, other)
    for mark in drawn.marks:
        assert (mark.y < AXIS) == (mark.entry.side is Side.CITY)
        assert 15 <= mark.x <= WIDTH - 15
        assert 15 <= mark.y <= drawn.height - 15
    assert [year for year, _ in drawn.years] == [1997, 2000, 2005, 2010, 2015, 2020]


def test_the_years_of_a_longer_chronology_do_not_cover_each_other() -> None:
    for last in (2021, 2024, 2025, 2026, 2030):
        years = figure([*ENTRIES, replace(ENTRIES[-1], year=last)]).years
        assert years[-1][0] == last
        for (_, one), (_, other) in pairwise(years):
            assert other - one >= 40
