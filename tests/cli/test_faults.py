"""Wrong input on the command line: exit 2 and one Swedish sentence, never a traceback."""

from pathlib import Path

import pytest

from tests.given.command_line import run

AGREEMENT = Path(__file__).parents[1] / "given" / "agreements"
YEAR = ("--year", "2015")
REFUSED = {
    "no command": ((), "Ett kommando saknas. Välj fees, explain, sweep, solve"),
    "an unknown command": (("fess",), "Det finns inget kommando ”fess”. Menade du fees?"),
    "an unknown flag": (("fees", "--yaer", "2015"), "”--yaer” är ingen flagga"),
    "a word on its own": (("fees", *YEAR, "2016"), "”2016” är ingen flagga"),
    "a shortened flag": (("fees", "--ye", "2015"), "”--ye” är ingen flagga"),
    "a flag without a value": (("fees", "--year"), "Flaggan --year behöver ett värde"),
    "no year": (("fees",), "Budgetåret (K10) saknas. Lägg till --year"),
    "a year in words": (("fees", "--year", "tjugo"), "Budgetåret (K10) kan inte vara ”tjugo”"),
    "a negative year": (("fees", "--year=-2015"), "Budgetåret (K10) kan inte vara ”-2015”"),
    "a year with decimals": (("fees", "--year", "2015,5"), "kan inte vara ”2015,5”"),
    "an empty year": (("fees", "--year", ""), "Budgetåret (K10) kan inte vara ””"),
    "arabic digits": (("fees", "--year", "٢٠١٥"), "Skriv fyra siffror, som --year 2015."),
    "2014": (("fees", "--year", "2014"), "avtalet gäller från 2015 (K10). Välj ett år 2015–2030."),
    "2031": (("fees", "--year", "2031"), "räknas till och med 2030. Välj ett år 2015–2030."),
    "two years": (("fees", *YEAR, *YEAR), "Flaggan --year anges 2 gånger. Ange den en gång."),
    "no equals sign": (("fees", *YEAR, "--set", "rambudget_kr"), "Skriv namn, likhetstecken"),
    "no value": (("fees", *YEAR, "--set", "rambudget_kr="), "--set ”rambudget_kr=” går inte"),
    "no name": (("fees", *YEAR, "--set", "=7"), "--set ”=7” går inte att läsa"),
    "an unknown parameter": (
        ("fees", *YEAR, "--set", "rambudgt_kr=7"),
        "ingen parameter som heter ”rambudgt_kr”. Menade du ”rambudget_kr”?",
    ),
    "the same twice": (
        ("fees", *YEAR, "--set", "andel_procent=4", "--set", "andel_procent=5"),
        "--set anger ”andel_procent” två gånger",
    ),
    "text for kronor": (
        ("fees", *YEAR, "--set", "rambudget_kr=mycket"),
        "Rambudget (K1): ”mycket” går inte att läsa som ett tal. Skriv ett belopp som",
    ),
    "a negative frame": (
        ("fees", *YEAR, "--set", "rambudget_kr=-1"),
        "Rambudget (K1) kan inte vara −1. Ange hela kronor från 0 till",
    ),
    "an absurd frame": (
        ("fees", *YEAR, "--set", "rambudget_kr=99999999999999999999"),
        "Rambudget (K1): ”99999999999999999999” är mer än",
    ),
    "a frame above the highest": (
        ("fees", *YEAR, "--set", "rambudget_kr=100000000001"),
        "Rambudget (K1) kan inte vara 100\xa0000\xa0000\xa0001.",
    ),
    "öre in the frame": (
        ("fees", *YEAR, "--set", "rambudget_kr=6500000,50"),
        "Rambudget (K1): ”6500000,50” är inte hela kronor.",
    ),
    "two ways to read": (
        ("fees", *YEAR, "--set", "tak_kr_per_invanare=1.500"),
        "Tak per invånare (K4): ”1.500” kan läsas på två sätt",
    ),
    "not a number": (("fees", *YEAR, "--set", "andel_procent=nan"), "(K5): ”nan” går inte"),
    "an exponent": (("fees", *YEAR, "--set", "rambudget_kr=1e6"), "(K1): ”1e6”"),
    "infinity": (("fees", *YEAR, "--set", "andel_procent=inf"), "(K5): ”inf”"),
    "more than all": (
        ("fees", *YEAR, "--set", "kommunernas_del=1,5"),
        "Kommunernas del (K3): ”1,5” är mer än hela. Menade du 1,5\xa0%?",
    ),
    "a fraction over zero": (("fees", *YEAR, "--set", "kommunernas_del=1/0"), "(K3): ”1/0”"),
    "over a hundred percent": (("fees", *YEAR, "--set", "andel_procent=101"), "vara 101. Ange"),
    "too many decimals": (
        ("fees", *YEAR, "--set", "tak_kr_per_invanare=1,23456789"),
        "med högst sex decimaler",
    ),
    "an unknown reading": (
        ("fees", *YEAR, "--reading", "T1=kanske"),
        "Tolkningen ”T1=kanske” finns inte i avtalet. Välj bland tak, fast, rest.",
    ),
    "an unknown point": (("fees", *YEAR, "--reading", "T9=tak"), "Välj bland T1, T2, T3, T4"),
    "half a reading": (("fees", *YEAR, "--reading", "T1"), "som --reading T1=fast"),
    "vanta before it is published": (
        ("fees", "--year", "2027", "--reading", "T6=vanta"),
        "folkmängden den 2026-12-31 (K3) är inte publicerad",
    ),
    "an unknown format": (
        ("fees", *YEAR, "--format", "xml"),
        "--format kan inte vara ”xml”. Välj table, json eller csv.",
    ),
    "an agreement that is not there": (
        ("fees", *YEAR, "--agreement", "finns_inte.toml"),
        "finns_inte.toml: filen går inte att öppna",
    ),
    "an empty file name": (("fees", *YEAR, "--agreement", ""), "--agreement är tomt"),
    "an agreement that is a table": (
        ("fees", *YEAR, "--agreement", str(AGREEMENT / "folkmangd.csv")),
        "rad 1: raden går inte att läsa som TOML",
    ),
    "a population that is not there": (
        ("fees", *YEAR, "--population", "finns_inte.csv"),
        "filen finns inte eller får inte läsas",
    ),
    "a population that is no table": (
        ("fees", *YEAR, "--population", str(AGREEMENT / "golv.toml")),
        "rubrikerna ska vara",
    ),
    "no party": (("explain", *YEAR), "Parten saknas. Lägg till --party"),
    "an empty party": (("explain", *YEAR, "--party", ""), "Parten saknas"),
    "an unknown party": (
        ("explain", *YEAR, "--party", "trafikverke"),
        "heter ”trafikverke”. Menade du ”trafikverket”?",
    ),
    "a party that does not pay": (
        ("explain", *YEAR, "--party", "kustbevakningen"),
        "ingen betalande part det året som heter ”kustbevakningen”",
    ),
    "nothing varied": (("sweep", *YEAR), "Ingen parameter varieras"),
    "half a range": (("sweep", *YEAR, "--vary", "rambudget_kr=1:2"), "namn=från:till:steg"),
    "a step of zero": (("sweep", *YEAR, "--vary", "rambudget_kr=1:2:0"), "steget 0 är inte större"),
    "a step downwards": (("sweep", *YEAR, "--vary", "rambudget_kr=1:2:-1"), "steget −1 är inte"),
    "a range downwards": (("sweep", *YEAR, "--vary", "rambudget_kr=2:1:1"), "går nedåt"),
    "a range from below zero": (("sweep", *YEAR, "--vary", "rambudget_kr=-9:1:1"), "vara −9"),
    "a range to above the highest": (
        ("sweep", *YEAR, "--vary", "andel_procent=90:110:10"),
        "En verksamhetsandel (K5) kan inte vara 110.",
    ),
    "a step of öre": (("sweep", *YEAR, "--vary", "rambudget_kr=1:9:0,5"), "inte hela kronor"),
    "text in a range": (("sweep", *YEAR, "--vary", "rambudget_kr=a:b:c"), "Rambudget (K1): ”a”"),
    "an empty end": (("sweep", *YEAR, "--vary", "rambudget_kr=1::1"), "Rambudget (K1): Fältet"),
    "a third as a step": (
        ("sweep", *YEAR, "--vary", "kommunernas_del=0:1:1/3"),
        "Kommunernas del (K3): ett värde har fler än 6 decimaler",
    ),
    "varied twice": (
        ("sweep", *YEAR, "--vary", "rambudget_kr=1:2:1", "--vary", "rambudget_kr=1:2:1"),
        "--vary anger ”rambudget_kr” två gånger",
    ),
    "both set and varied": (
        ("sweep", *YEAR, "--vary", "rambudget_kr=1:2:1", "--set", "rambudget_kr=1"),
        "”rambudget_kr” står i både --set och --vary",
    ),
    "more than a million": (
        ("sweep", *YEAR, "--vary", "rambudget_kr=0:100000000000:1"),
        "högst 1\xa0000\xa0000 räknas i taget. Ange ett större steg",
    ),
    "a second ceiling in too many steps": (
        ("sweep", *YEAR, "--reading", "T2=krontak", "--vary", "andel_krontak_kr=1:5000:1"),
        "varieras i 5\xa0000 steg",
    ),
    "parquet on the screen": (
        ("sweep", *YEAR, "--vary", "rambudget_kr=1:2:1", "--format", "parquet"),
        "Lägg till --output FIL.",
    ),
    "an output without a folder": (
        ("sweep", *YEAR, "--vary", "rambudget_kr=1:2:1", "--output", "finns/inte/svep.csv"),
        "går inte att skriva: mappen finns inte",
    ),
    "an output that is a folder": (
        ("sweep", *YEAR, "--vary", "rambudget_kr=1:2:1", "--output", str(AGREEMENT)),
        "är ingen vanlig fil",
    ),
    "an empty output": (
        ("sweep", *YEAR, "--vary", "rambudget_kr=1:2:1", "--output", ""),
        "--output är tomt",
    ),
    "a flag of another command": (("benchmark", *YEAR), "”--year” är ingen flagga"),
    "a value to help": (("fees", "--help=x"), "Kommandoraden går inte att läsa"),
}


def refused(*argv):
    """The one sentence on stderr of a command that must be refused."""
    code, out, err = run(*argv)
    assert (code, out) == (2, ""), (code, out, err)
    assert err.count("\n") == 1 and err.endswith((".\n", "?\n")), err
    assert "Traceback" not in err and "usage" not in err.lower()
    return err


@pytest.mark.parametrize("what", REFUSED)
def test_bad_input_is_one_swedish_sentence_and_exit_2(what):
    argv, words = REFUSED[what]
    assert words in refused(*argv)
