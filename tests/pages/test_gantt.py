"""The Gantt chart: nobody hides behind another, gaps say so, names are read in two lines."""

from datetime import date

from analytics.rotation.checks import gaps
from analytics.rotation.loans import Inlan, Period
from pages.parts.rotation.gantt import draw_gantt, tracks, two_lines

FIRST, LOCKED = date(2027, 1, 1), date(2027, 12, 31)


def make_inlan(who, since, until, post="kommun"):
    period = Period(date.fromisoformat(since), date.fromisoformat(until), 50)
    return Inlan(f"{who}{since}", post, who, "Samordnare", (period,), "överenskommet")


def test_two_that_are_there_on_the_same_day_get_rows_of_their_own():
    a = make_inlan("a", "2027-01-01", "2027-06-30")
    b = make_inlan("b", "2027-06-30", "2027-09-30")
    c = make_inlan("c", "2027-07-01", "2027-12-31")
    assert tracks([c, b, a]) == {a: 0, b: 1, c: 0}  # c begins the day after a ends
    fig = draw_gantt([a, b, c], [], {}, FIRST, FIRST, LOCKED)
    spans = [(bar.offset, bar.offset + bar.width) for bar in fig.data]
    assert spans[0][0] >= spans[1][1]  # a above b, and they share no height
    assert spans[0] == spans[2]


def test_every_gap_is_drawn_with_its_word():
    drawn_gaps = gaps([make_inlan("a", "2027-02-01", "2027-12-31")], FIRST, LOCKED)
    fig = draw_gantt([], drawn_gaps, {}, FIRST, FIRST, LOCKED)
    words = [note for note in fig.layout.annotations if note.text == "vakant"]
    assert [(note.y, note.textangle) for note in words] == [
        ("kommun", -90), ("blåljus", 0), ("trafik", 0),
    ]  # fmt: skip


def test_a_name_is_two_lines_at_most():
    assert two_lines("Täby") == ["Täby"]
    assert two_lines("Upplands Väsby") == ["Upplands", "Väsby"]
    assert two_lines("Polisen Region Stockholm") == ["Polisen Region", "Stockholm"]
