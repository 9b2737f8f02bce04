"""A fault in an agreement file names file, line, key and what is allowed."""

import pytest

from analytics.agreement import contract
from analytics.agreement.errors import BadAgreement
from tests.given.agreement_example import EXAMPLE


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "avtal.toml"
        path.write_text(text, "utf-8")
        return path

    return write


def line_of(text, what):
    return text[: text.index(what)].count("\n") + 1


# what is replaced, by what, the key named, the line's text, and what the message says
FAULTS = {
    "an unknown key": (
        'namn = "Budget"',
        'nam = "Budget"\nnamn = "Budget"',
        "parameter.budget_kr.nam är en okänd nyckel",
        'nam = "Budget"',
        "(menade du namn?)",
    ),
    "a missing key": (
        'enhet = "kr/år"\n',
        "",
        "parameter.budget_kr.enhet saknas",
        "[parameter.budget_kr]",
        "en text på 1 till 1 000 tecken",
    ),
    "a wrong type": (
        "till_och_med = 2030",
        'till_och_med = "2030"',
        "till_och_med har värdet ”2030”",
        "till_och_med",
        "ett heltal från 1900 till 2200",
    ),
    "a word not allowed": (
        'slag = "kronor"',
        'slag = "krona"',
        "parameter.budget_kr.slag har värdet ”krona”",
        'slag = "krona"',
        "ett av kronor, del, sats, procent (menade du kronor?)",
    ),
    "an unknown parameter": (
        'sats = "tak_kr"',
        'sats = "tak"',
        "block.1.tak.1.sats har värdet ”tak”",
        "tak = [{",
        "ett av budget_kr, tak_kr (menade du tak_kr?)",
    ),
    "an unknown clause": (
        'klausul = "R4"',
        'klausul = "R9"',
        "block.2.klausul har värdet ”R9”",
        'klausul = "R9"',
        "ett av R1, R2, R3, R4",
    ),
    "parts above one": (
        'mal = { del = "resten" }',
        "mal = { del = 0.75 }",
        "block.2.mal gör att blockens delar av ramen blir 1,25",
        "mal = { del = 0.75 }",
        "delar som tillsammans blir högst 1",
    ),
    "a part above one": (
        'mal = { del = "1/2" }',
        "mal = { del = 50 }",
        "block.1.mal.del har värdet 50",
        "mal = { del = 50 }",
        "en del från 0 till 1",
    ),
    "two that take the rest": (
        'mal = { del = "1/2" }',
        'mal = { del = "resten" }',
        "block.2.mal har del = ”resten” i 2 block",
        'mal = { del = "resten" }\nnyckel = { slag = "andelar" }',
        "del = ”resten” i högst ett block",
    ),
    "a default reading that is not there": (
        'standard = "ingen"',
        'standard = "alla"',
        "tolkning.A.standard har värdet ”alla”",
        'standard = "alla"',
        "ett av ingen, bolagen",
    ),
    "a bad date": (
        "fran = 2027-01-01\ntill",
        'fran = "2027-01-01"\ntill',
        "fran har värdet ”2027-01-01”",
        'fran = "2027-01-01"',
        "ett datum som 2015-01-01",
    ),
    "a time of day": (
        "varden = [[2027-01-01, 14]]",
        "varden = [[2027-01-01T00:00:00, 14]]",
        "parameter.tak_kr.varden har värdet ”2027-01-01 00:00:00”",
        "varden = [[2027-01-01T",
        "ett datum som 2015-01-01",
    ),
    "the same date twice": (
        "varden = [[2027-01-01, 14]]",
        "varden = [[2027-01-01, 14], [2027-01-01, 15]]",
        "parameter.tak_kr.varden har samma datum två gånger",
        "varden = [[2027-01-01, 14], ",
        "ett värde för varje datum",
    ),
    "a day that is not in every year": (
        "manad = 12\ndag = 31",
        "manad = 2\ndag = 29",
        "datum.arsskifte.dag finns inte i månaden",
        "dag = 29",
        "en dag som finns varje år",
    ),
    "not a number": (
        "[2029-01-01, 1_260_000]",
        "[2029-01-01, nan]",
        "parameter.budget_kr.varden har värdet ”NaN”",
        "varden = [[2027-01-01, 1_200_000]",
        "ett tal från 0 med högst sex decimaler",
    ),
    "a negative number": (
        "varden = [[2027-01-01, 14]]",
        "varden = [[2027-01-01, -14]]",
        "parameter.tak_kr.varden har värdet ”-14”",
        "varden = [[2027-01-01, -14]]",
        "ett tal från 0",
    ),
    "kronor with öre": (
        "[2029-01-01, 1_260_000]",
        "[2029-01-01, 1.5]",
        "parameter.budget_kr.varden har ett värde utanför gränserna (1,5)",
        "varden = [[2027-01-01, 1_200_000]",
        "hela kronor från 0 till 10\xa0000\xa0000",
    ),
    "an integer of thousands of digits": (
        "andelar = 2",
        "andelar = 0x" + "f" * 5000,
        "part.4.andelar har värdet ”ett tal med mer än 60 siffror”",
        "andelar = 0x",
        "ett heltal från 1 till 100000",
    ),
    "a party in no block": (
        'grupp = "bolag"\nfran = 2027-01-01\nandelar = 1',
        'grupp = "bolga"\nfran = 2027-01-01\nandelar = 1',
        "part.5.grupp har värdet ”bolga”",
        'grupp = "bolga"',
        "ett av bolag, ort",
    ),
    "a party id with capitals": (
        'id = "hamnen"',
        'id = "Hamnen"',
        "part.4.id har värdet ”Hamnen”",
        'id = "Hamnen"',
        "små bokstäver a–z",
    ),
    "the same party twice": (
        'id = "skogsby"',
        'id = "strandby"',
        "part.2.fran finns redan för parten",
        'fran = 2027-01-01\n\n[[part]]\nid = "fjallby"',
        "ett datum per rad och part",
    ),
    "no shares where they are counted": (
        "andelar = 1\n",
        "",
        "part.5.andelar saknas",
        '[[part]]\nid = "kraftverket"',
        "ett heltal: block bolag räknar andelar",
    ),
    "weights that are not the parties'": (
        'nyckel = { slag = "andelar" }',
        'nyckel = { slag = "vikter", vikter = { hamnen = 2, kraftverke = 1 } }',
        "block.2.nyckel har inte en vikt för varje part i gruppen bolag: kraftverke, kraftverket",
        'nyckel = { slag = "vikter"',
        "en vikt för var och en av hamnen, kraftverket",
    ),
    "a mix that is not one": (
        'nyckel = { slag = "andelar" }',
        'nyckel = { slag = "blandning", delar = [{ del = 0.3, slag = "lika" }] }',
        "block.2.nyckel.delar blir inte tillsammans 1",
        'nyckel = { slag = "blandning"',
        "delar som blir 1, som 0.3 och 0.7",
    ),
    "steps out of order": (
        'nyckel = { slag = "invanare", datum = "arsskifte" }',
        'nyckel = { slag = "invanare", datum = "arsskifte", trappa = [[5, 1], [0, 2]] }',
        "block.1.nyckel.trappa står inte i ordning från 0",
        "trappa",
        "par från 0 i stigande ordning",
    ),
    "a reading that changes an unknown block": (
        "block.bolag.mal",
        "block.bolga.mal",
        "tolkning.A.lasart.bolagen.block.bolga är inget block i filen",
        "block.bolga.mal",
        "ett av orter, bolag",
    ),
    "a reading that changes an unknown key": (
        "block.orter.vid_tak =",
        "block.orter.vidtak =",
        "block.1.vidtak är en okänd nyckel",
        "block.orter.vidtak",
        "(menade du vid_tak?)",
    ),
    "a reading whose block is no table": (
        'block.orter.vid_tak = "omfordela"\nblock.bolag.mal = { efter = "andra" }',
        "block = 3",
        "tolkning.A.lasart.bolagen.block har värdet ”3”",
        "block = 3",
        "en tabell",
    ),
    "what the others do not pay, where they leave it unpaid": (
        'block.orter.vid_tak = "omfordela"\n',
        "",
        "block.2.mal tar det som de andra blocken inte betalar, men något av dem",
        "block.bolag.mal",
        "vid_tak = ”omfordela”",
    ),
    "a frame that is not kronor": (
        'ram = "budget_kr"',
        'ram = "tak_kr"',
        "ram är inte en parameter i kronor",
        "ram =",
        "en parameter med slag = ”kronor”",
    ),
    "an end before the start": (
        "till_och_med = 2030",
        "till_och_med = 2026",
        "till_och_med är före fran",
        "till_och_med",
        "ett år från 2027",
    ),
    "control characters": (
        'namn = "Hamnen AB"',
        'namn = "Hamnen\\u0007"',
        "part.4.namn är tom, för lång eller har styrtecken",
        'namn = "Hamnen',
        "en text på 1 till 1 000 tecken",
    ),
    "a broken line": (
        'id = "bolag"',
        'id = bolag"',
        "raden går inte att läsa som TOML",
        'id = bolag"',
        "nyckel = värde",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_names_file_line_key_and_what_is_allowed(write, fault):
    old, new, what, line, allowed = FAULTS[fault]
    assert old in EXAMPLE
    text = EXAMPLE.replace(old, new, 1)

    with pytest.raises(BadAgreement) as caught:
        contract.load(write(text))

    message = str(caught.value)
    assert message.startswith(f"avtal.toml, rad {line_of(text, line)}: {what}"), message
    assert f"Tillåtet är {allowed}" in message or allowed in message.partition("Tillåtet")[2]
