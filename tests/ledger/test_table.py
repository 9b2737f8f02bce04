"""The headings that programs write, rows of sums, and what is said where headings are missing."""

import pytest

from analytics.ledger import file as ledger_file


def read(text: str):
    return ledger_file.read("a.csv", text.encode(), 2027)


def only(text: str):
    (row,) = read(text).rows
    return row


def test_headings_as_programs_write_them_are_known():
    head = "Ver.nr;Ver.datum;Konto nr;Benämning;Belopp (kr);Proj.nr;Ansvar;Verksamhet;Vertext"
    found = read(f"{head}\nA 1;2027-01-02;5010;x;1,50;P1;100;615;Hyra\n")
    (row,) = found.rows
    assert (row.verifikat, row.konto, row.amount_ore, row.text) == ("A 1", "5010", 150, "Hyra")
    assert row.objekt == "1=100;6=P1;verksamhet=615"
    assert found.remarks == ["Kolumner som inte läses: ”Benämning”."]


@pytest.mark.parametrize("head", ["DATUM;konto-nr;Belopp SEK", "Bokf.dat;KONTO_NR;Belopp,kr"])
def test_signs_and_capitals_do_not_count(head):
    assert only(f"{head}\n2027-01-02;5010;1\n").konto == "5010"


@pytest.mark.parametrize("head", ["Datum;Ver.datum", "Ver.datum;Datum"])
def test_of_two_names_of_one_column_the_usual_is_read_and_the_other_told(head):
    days = "2027-01-02;2027-01-09" if head.startswith("Datum") else "2027-01-09;2027-01-02"
    found = read(f"{head};Konto;Belopp\n{days};5010;1\n")
    assert found.rows[0].day.day == 2
    assert found.remarks == ["Kolumner som inte läses: ”Ver.datum”."]


SUMS = [
    "Summa;;1,00;;", ";;1,00;;", ";;1,00;Summa konto 5010;", "Totalt;;;;",
    ";5010;1,00;Utgående saldo;", ";Summa 5010;1,00;;", "2027-12-31;;5,00;Utgående saldo;",
    "2027-12-31;5010;5,00;Utgående saldo;",
]  # fmt: skip


@pytest.mark.parametrize("line", SUMS)
def test_a_row_of_sums_is_not_counted_and_is_told_once(line):
    found = read(f"Datum;Konto;Belopp;Text;Ver\n2027-01-02;5010;1,00;x;A 1\n{line}\n{line}\n")
    assert (found.faults, len(found.rows)) == ([], 1)
    assert found.remarks == ["2 summarader räknas inte: rad 3, 4."]


def test_a_booked_row_that_speaks_of_a_sum_is_booked():
    found = read(
        "Datum;Konto;Belopp;Text;Ver\n2027-01-02;5010;1;Summa hyra;\n2027-01-02;5010;2;Totalt;A 2\n"
    )
    assert [row.amount_ore for row in found.rows] == [100, 200]


@pytest.mark.parametrize(
    "line", [";5010;1,00;x;", "2027-01-01;;1,00;x;", ";;;Lokalhyra;", "2027-13-01;5010;1;Summa;A"]
)
def test_a_row_that_is_no_sum_is_told(line):
    found = read(f"Datum;Konto;Belopp;Text;Ver\n2027-01-02;5010;1,00;x;A 1\n{line}\n")
    assert [fault.line for fault in found.faults][:1] == [3]


def test_missing_headings_are_told_with_those_there_and_those_near():
    (fault,) = read("Bokföring 2027\nDatm;Kontonr;Belop;Text\n2027-01-02;5010;1;x\n").faults
    assert (fault.line, fault.column) == (2, None)
    for part in (
        "rubrikerna saknas; rubrikerna ska vara datum, konto och belopp", "verksamhet",
        "raden har ”Datm”, ”Kontonr”, ”Belop”, ”Text”", "”Datm” liknar datum",
        "”Belop” liknar belopp",
    ):  # fmt: skip
        assert part in fault.allowed
    (fault,) = read("Datum;Konto;Sald\n").faults
    assert (fault.column, "raden har ”Datum”, ”Konto”, ”Sald”" in fault.allowed) == ("belopp", True)


@pytest.mark.parametrize("line", ["2027-01-02;5010;1;x;y;z", "2027-01-02", "Summa", ";;;;;;1"])
def test_a_row_longer_or_shorter_than_the_heading_is_told_and_stops_nothing(line):
    found = read(f"Datum;Konto;Belopp\n2027-01-02;5010;1\n{line}\n")
    assert found.rows and (found.faults or found.remarks)


def test_a_file_of_nothing_but_faults_is_read_no_further_than_anybody_reads():
    found = read("Datum;Konto;Belopp\n" + "x;y;z\n" * 5_000)
    assert 10_000 < len(found.faults) < 10_010
    assert "felen är för många" in found.remarks[-1]


@pytest.mark.parametrize("space", ["\u2009", "\u202f", "\u00a0", "\u2007", "'", "’"])
def test_every_kind_of_space_within_an_amount_is_a_space(space):
    assert only(f"Datum;Konto;Belopp\n2027-01-02;5010;1{space}234,50\n").amount_ore == 123_450


def test_the_separator_is_told():
    assert read("Datum\tKonto\tBelopp\n2027-01-02\t5010\t1\n").separator == "tabb"
