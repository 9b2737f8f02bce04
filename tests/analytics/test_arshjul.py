"""The calendar gives the agreement's dates and those of a year before a term of office."""

from datetime import date

from analytics.arshjul import i_aret, kommande


def datum(year: int, word: str) -> list[date]:
    return [event.datum for event in i_aret(year) if word in event.vad]


def test_notice_and_the_date_of_the_ceilings_inhabitants_are_both_30_june():
    assert datum(2027, "säga upp") == datum(2027, "tak")[:1] == [date(2027, 6, 30)]


def test_elections_are_the_second_sunday_of_september_every_fourth_year():
    """13 September 2026 and 11 September 2022 were Sundays, the second of the month."""
    assert datum(2026, "Val till") == [date(2026, 9, 13)]
    assert datum(2022, "Val till") == [date(2022, 9, 11)]
    assert datum(2027, "Val till") == []


def test_a_term_of_office_begins_the_year_after_an_election():
    assert datum(2027, "Mandatperioden 2027–2030") == [date(2027, 1, 1)]
    assert datum(2026, "Översynen") == [date(2026, 12, 31)]


def test_what_comes_next_is_in_order_and_never_past():
    events = kommande(date(2026, 11, 21), 7)

    assert len(events) == 7
    assert [e.datum for e in events] == sorted(e.datum for e in events)
    assert events[0].datum == date(2026, 12, 31)
    assert kommande(date(2027, 6, 30), 1)[0].datum == date(2027, 6, 30)
