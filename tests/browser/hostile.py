"""A store where everything that a person may name is named to harm the reader."""

from datetime import date
from fractions import Fraction
from itertools import cycle
from pathlib import Path

from analytics import (
    activities,
    agreement,
    budget_store,
    database,
    followup,
    followup_store,
    invoice_parties,
    invoice_run,
    kontering,
    ledger_import,
    parties,
    rotation_register,
    store,
)
from analytics.activities import Aktivitet
from analytics.budget import rad
from analytics.followup_store import Ord
from analytics.invoice_parties import Uppgift, Vard
from analytics.kontering import Regel
from analytics.rotation import Inlan, Period
from analytics.scenario_store import Scenarier

YEAR = 2026
# each is short enough for every field; the words are what stands alone where a name is markup
WORDS = ("bildtext", "lanktext", "ankare", "fettagg", "fetstil", "rodtext", "matte", "kursiv")
NAMES = (
    "![bildtext](http://example.invalid/x)",
    "[lanktext](http://example.invalid)",
    '<a href="http://example.invalid">ankare',
    "<b>fettagg</b>",
    "**fetstil**",
    ":red[rodtext] $matte$",
    "<img src=http://example.invalid/i>",
    "*kursiv* %{x} &amp; `kod`",
)


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'hostile.db'}"


def fill(address: str) -> str:
    """Fill the store at *address*; return the id of the scenario that is shown."""
    saved, db = store.Store(address), database.shared()
    scenarier = Scenarier(db, agreement.load(), saved)
    new = [
        {"part": f"ny{n}", "fran": f"{YEAR}-01-01", "deltar": True, "betalar": True, "namn": name,
         "grupp": "ovrig", "andelar": 1, "kategori": "trafik", "skal": name}
        for n, name in enumerate(NAMES)
    ]  # fmt: skip
    shown = scenarier.skapa(NAMES[0], new, skal=NAMES[1])
    for name in NAMES[1:5]:
        frame = {"parameter": "rambudget_kr", "fran": f"{YEAR}-01-01", "varde": "8 Mkr"}
        scenarier.skapa(name, [{**frame, "skal": name}], skal=name)
    decided = scenarier.frys(scenarier.kopiera(shown, NAMES[6], skal=NAMES[6]), skal=NAMES[6])
    decided = scenarier.besluta(decided, NAMES[1])
    _budget(saved, decided.id)
    _ledger(saved)
    _followup(saved)
    _invoices(saved, scenarier, decided)
    loan = Period(date(YEAR, 1, 1), date(YEAR + 2, 12, 31), 100)
    rows = parties.rader(db, agreement.load())
    loans = [
        Inlan("", post, part, name, (loan,), "överenskommet", None, None, name, name)
        for post, part, name in zip(
            ("kommun", "blåljus", "trafik"),
            ("0180", "polisen", "trafikverket"),
            NAMES,
            strict=False,
        )
    ]
    rotation_register.spara(db, saved, rows, loans, NAMES[0])
    return shown.id


def _budget(saved: store.Store, scenario_id: str) -> None:
    words = cycle(NAMES)
    lines = [rad(part, name, 1_000_000 if part == "inlan" else 500_000, roll=next(words))
             for part, name in zip(cycle(("inlan", "gemensamt")), NAMES, strict=False)]  # fmt: skip
    left = (4_333_333 - 4_000_000, 2_166_667 - 2_000_000)
    lines += [rad("inlan", "Rest", left[0]), rad("gemensamt", "Rest två", left[1])]
    plan = budget_store.nytt(
        saved, YEAR, 6_500_000, Fraction(2, 3), lines, skal=NAMES[2], scenario_id=scenario_id
    )
    plan = budget_store.besluta(saved, plan, skal=NAMES[2])
    for number, line in enumerate(plan.rader[:6]):
        account = str(5010 + number)
        kontering.spara(saved, Regel("", account, account, "", line.id, NAMES[number]))


def _ledger(saved: store.Store) -> None:
    rows = [f'#KONTO {5010 + n} "{_sie(name)}"' for n, name in enumerate(NAMES)]
    rows += [f'#OBJEKT 6 "P{n}" "{_sie(name)}"' for n, name in enumerate(NAMES)]
    for n, name in enumerate(NAMES):
        text, day = _sie(name), f"{YEAR}{'01' if n < 6 else '05'}25"  # the last have no rule
        rows += [f'#VER A {n} {day} "{text}"', "{",
                 f'#TRANS {5010 + n} {{6 "P{n}"}} 9000{n}.00 {day} "{text}"',
                 f"#TRANS 1930 {{}} -9000{n}.00", "}"]  # fmt: skip
    head = ["#FLAGGA 0", '#PROGRAM "P" 1', "#FORMAT PC8", f"#GEN {YEAR}0401", "#SIETYP 4",
            '#FNAMN "F"', f"#RAR 0 {YEAR}0101 {YEAR}1231", '#KONTO 1930 "Bank"',
            '#DIM 6 "Projekt"']  # fmt: skip
    text = "\r\n".join([*head, *rows]) + "\r\n"
    ledger_import.las_in(
        database.shared(), saved, f"{NAMES[4]}.se", text.encode("cp437"), YEAR, NAMES[5]
    )


def _sie(name: str) -> str:
    return name.replace('"', '\\"')


def _followup(saved: store.Store) -> None:
    words = cycle(NAMES)
    laget = {1: ("klar", next(words))}
    made = [Aktivitet(YEAR, name, 1, next(words), laget) for name in NAMES]
    activities.lagg_till(saved, made, skal=NAMES[0])
    for line in budget_store.gallande(saved, YEAR).rader:
        words_ = Ord(next(words), next(words))
        followup_store.satt_kommentar(saved, YEAR, 1, line.id, words_)
    followup.stang(database.shared(), saved, YEAR, 1, skal=NAMES[0])


def _invoices(saved: store.Store, scenarier: Scenarier, decided: object) -> None:
    known = Uppgift(NAMES[0], adress=NAMES[1])
    for part in ("0180", "ny0"):
        invoice_parties.spara(saved, part, part, known, skal=NAMES[0])
    invoice_parties.spara_vard(
        saved, Vard(namn=NAMES[2], orgnr="202100-2247", adress=NAMES[3]), skal=NAMES[0]
    )
    billing = invoice_run.Fakturering(database.shared(), agreement.load(), scenarier, saved)
    used = {1: None, 2: None, 3: None}
    first = billing.utstall(decided, YEAR, used, skal=NAMES[0])
    billing.kreditera(first.nummer, skal=NAMES[1])
    billing.utstall(decided, YEAR, used, skal=NAMES[2])
