"""The Gantt chart: nobody hides behind another, gaps say so, names are read in two lines."""

from datetime import date

from analytics.rotation import Inlan, Period
from analytics.rotation_checks import luckor
from pages.parts.gantt import banor, figur, tva_rader

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)


def lan(who, fran, till, post="kommun"):
    period = Period(date.fromisoformat(fran), date.fromisoformat(till), 50)
    return Inlan(f"{who}{fran}", post, who, "Samordnare", (period,), "överenskommet")


def test_two_that_are_there_on_the_same_day_get_rows_of_their_own():
    a = lan("a", "2027-01-01", "2027-06-30")
    b = lan("b", "2027-06-30", "2027-09-30")
    c = lan("c", "2027-07-01", "2027-12-31")
    assert banor([c, b, a]) == {a: 0, b: 1, c: 0}  # c begins the day after a ends
    fig = figur([a, b, c], [], {}, FIRST, FIRST, LAST)
    spans = [(bar.offset, bar.offset + bar.width) for bar in fig.data]
    assert spans[0][0] >= spans[1][1]  # a above b, and they share no height
    assert spans[0] == spans[2]


def test_every_gap_is_drawn_with_its_word():
    gaps = luckor([lan("a", "2027-02-01", "2027-12-31")], FIRST, LAST)
    fig = figur([], gaps, {}, FIRST, FIRST, LAST)
    words = [note for note in fig.layout.annotations if note.text == "vakant"]
    assert [(note.y, note.textangle) for note in words] == [
        ("kommun", -90), ("blåljus", 0), ("trafik", 0),
    ]  # fmt: skip


def test_a_name_is_two_lines_at_most():
    assert tva_rader("Täby") == ["Täby"]
    assert tva_rader("Upplands Väsby") == ["Upplands", "Väsby"]
    assert tva_rader("Polisen Region Stockholm") == ["Polisen Region", "Stockholm"]
