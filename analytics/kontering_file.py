"""Rules as a file, out and in, all or nothing: CSV with konto, objekt, mal and skal."""

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analytics import tables
from analytics.errors import AgreementError, BadFile, Fault
from analytics.export import Falt, csv_maskin
from analytics.kontering import FASTA_MAL, Regel, prova, spann
from analytics.ledger_bytes import prova as prova_byte
from analytics.tables import Column, TableSpec

REGLER = TableSpec(
    "konteringsregel",
    "konteringsregler.csv",
    (
        Column("konto"),
        Column("objekt", empty=True, optional=True),
        Column("mal"),
        Column("skal", empty=True, optional=True),
    ),
    key=("konto", "objekt"),
)
FALT = [Falt(c.name, c.name, c.name) for c in REGLER.columns]


def som_csv(regler: Sequence[Regel]) -> bytes:
    """Return the rules as a file that can be read in again; the standing rule is not in it."""
    rows = [
        {"konto": r.konton, "objekt": r.objekt or None, "mal": r.mal, "skal": r.skal or None}
        for r in regler
        if r.version
    ]
    return csv_maskin(rows, FALT)


def las(name: str, content: bytes, rader: Mapping[str, str], exempel: bool = False) -> list[Regel]:
    """Return the rules of a file, not saved. *rader* are the budget lines' names by id.

    mal is "intakt", "utanfor", or a budget line's id or name. Raises BadFile with every fault.
    """
    prova_byte(name, content)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name).name or "regler.csv")
        path.write_bytes(content)
        rows = tables.read(path, REGLER)
    lines = Counter(rader.values())
    targets = {line: key for key, line in rader.items() if lines[line] == 1} | {
        key: key for key in (*FASTA_MAL, *rader)
    }
    found, faults = [], []
    for line, row in enumerate(rows, 2):
        mal = targets.get(row["mal"])
        if mal is None:
            allowed = "det finns ingen budgetrad med det namnet; skriv också intakt eller utanfor"
            if row["mal"] in lines:
                allowed = "flera budgetrader heter så; skriv radens id, som står i budgetens fil"
            faults.append(Fault(line, "mal", row["mal"], allowed))
            continue
        try:
            regel = Regel("", *spann(row["konto"]), row["objekt"] or "", mal, row["skal"] or "")
            prova(regel)
        except AgreementError as error:
            faults.append(Fault(line, "konto", row["konto"], str(error)))
            continue
        found.append(replace(regel, exempel=exempel))
    if faults:
        raise BadFile(name, faults)
    return found
