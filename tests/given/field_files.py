"""Small SIE files made after trouble of the field, and what each must leave in the ledger.

The amounts were worked out by hand from the rows of each file, in öre, for 2026.
"""

from pathlib import Path

HERE = Path(__file__).parents[1] / "ledger" / "files"
ONE = {"5010": 10_000, "1930": -10_000}  # one voucher of 100 kronor
# files, read in after each other: öre per account; an account that comes to nothing is left out
LEFT: list[tuple[tuple[str, ...], dict[str, int]]] = [
    # 3,50 without an object, 1 000,00 and 10,00 with: #RES says that they add up
    (("rest",), {"5010": 101_350, "6930": 30_000}),
    # 1 013,50 is the total, and 1 000,00 and 10,00 are parts of it
    (("total",), {"5010": 101_350, "6930": 20_000}),
    (("m0-forst", "m1-allt-struket-btrans"), ONE),
    (("m0-forst", "m4-nollrader"), ONE),
    (("m0-forst", "m6-delvis-struket"), {"5010": 10_000, "6110": 500, "1930": -10_500}),
    (("m0-forst", "m1-allt-struket-btrans", "m0-forst"), {"5010": 40_000, "1930": -40_000}),
    (("s0-saldo", "s1-feb-noll"), {"5010": 10_000}),
    (("s0-saldo", "s1-feb-noll", "s0-saldo"), {"5010": 15_000}),
    (("a-orgnr-tomt",), ONE),
    (("b-rar-tomt",), ONE),
    (("c-rtrans-annat-datum",), ONE),
    (("d-pbudget-utan-klamrar",), ONE),
    (("h2-noll-verifikat-res-noll",), {}),
    (("h2-noll-verifikat-res-noll", "h4-december"), ONE),
    # 77,00 of October 2025 is in that year
    (("i-brutet-ar",), ONE),
    (("dec",), {"2099": -10_000, "1930": 10_000}),
    (("dec-res-noll",), {"2099": -10_000, "1930": 10_000}),
]
# file: what the refusal says, and how many faults it has
REFUSED = {
    "c4-rtrans-annat-belopp": ("verifikat A 1", 1),
    "e-fel-datum-kaskad": ("2026-03-31", 1),
}


def path_of(name: str) -> Path:
    return HERE / f"{name}.se"
