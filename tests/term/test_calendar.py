"""The calendar gives the agreement's dates and those of a year before a term of office."""

from datetime import date

from analytics.term.calendar import events_in_year, upcoming


def dates_of(year: int, word: str) -> list[date]:
    return [event.day for event in events_in_year(year) if word in event.what]


def test_notice_and_the_date_of_the_ceilings_inhabitants_are_both_30_june():
    assert dates_of(2027, "säga upp") == dates_of(2027, "tak")[:1] == [date(2027, 6, 30)]


def test_elections_are_the_second_sunday_of_september_every_fourth_year():
    """13 September 2026 and 11 September 2022 were Sundays, the second of the month."""
    assert dates_of(2026, "Val till") == [date(2026, 9, 13)]
    assert dates_of(2022, "Val till") == [date(2022, 9, 11)]
    assert dates_of(2027, "Val till") == []


def test_a_term_of_office_begins_the_year_after_an_election():
    assert dates_of(2027, "Mandatperioden 2027–2030") == [date(2027, 1, 1)]
    assert dates_of(2026, "Översynen") == [date(2026, 12, 31)]


def test_what_comes_next_is_in_order_and_never_past():
    events = upcoming(date(2026, 11, 21), 7)

    assert len(events) == 7
    assert [e.day for e in events] == sorted(e.day for e in events)
    assert events[0].day == date(2026, 12, 31)
    assert upcoming(date(2027, 6, 30), 1)[0].day == date(2027, 6, 30)
