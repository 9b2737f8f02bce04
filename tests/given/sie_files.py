"""Files in SIE made by hand, line by line."""

HEADER = [
    "#FLAGGA 0",
    '#PROGRAM "Ekonomiprogrammet" 9.1',
    "#FORMAT PC8",
    "#GEN 20270401",
    "#SIETYP 4",
    '#FNAMN "Länsstyrelsen i Stockholms län"',
    "#ORGNR 202100-2247",
    "#RAR 0 20270101 20271231",
    "#RAR -1 20260101 20261231",
    '#KONTO 1930 "Bankkonto"',
    '#KONTO 5010 "Lokalhyra"',
    '#KONTO 7010 "Ersättning till parter för inlånad personal"',
    '#DIM 1 "Kostnadsställe"',
    '#DIM 6 "Projekt"',
    '#OBJEKT 6 "P12" "Övning höst"',
]
VERIFIKAT = [
    '#VER A 17 20270331 "Lokal för möte"',
    "{",
    '\t#TRANS 5010 {6 "P12"} 1234.50 20270331 "Hyra"',
    "\t#TRANS 1930 {} -1234.50",
    "}",
]


def sie_file(*lines: str, header: list[str] | None = None) -> str:
    """Return a file: a head, then *lines*."""
    return "\r\n".join([*(HEADER if header is None else header), *lines]) + "\r\n"


def make_voucher(*rows: str, head: str = '#VER A 1 20270331 "Möte"') -> list[str]:
    return [head, "{", *rows, "}"]


def of_type(number: int, *lines: str) -> str:
    """Return a file of another type: balances."""
    head = [f"#SIETYP {number}" if line == "#SIETYP 4" else line for line in HEADER]
    return sie_file(*lines, header=head)
