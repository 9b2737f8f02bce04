"""The ledger on the command line: followup import | imports | withdraw | rules."""

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from analytics import (
    budget_store,
    database,
    kontering,
    kontering_file,
    ledger,
    ledger_file,
    ledger_import,
    store,
)
from analytics.cli_options import HELP, Parser, ar, en, val
from analytics.cli_output import rad, som_json, tabell
from analytics.errors import BadCommand, BadFile
from analytics.ledger_bytes import NAMN
from analytics.ledger_import import Granskning, Inlast
from analytics.swedish import datum, ore, tal

FORMAT = ("table", "json")


def las_in(argv: Sequence[str], out: TextIO) -> None:
    """followup import: a file into the ledger, all or nothing."""
    parser = Parser("followup import", "Läser in bokförda rader ur SIE 1–4, CSV eller Excel.")
    parser.flagga("--file", "FIL", "filen (docs/bokforing-filer.md)")
    parser.flagga("--year", "ÅR", "budgetåret, som 2026; rader utanför det är fel")
    parser.flagga("--reason", "SKÄL", "varför, i några ord")
    parser.flagga("--encoding", "TECKENTABELL", f"{', '.join(NAMN)} (standard: känns av)")
    parser.flagga("--preview", "JA", "ja visar vad filen skulle ändra och sparar inget")
    parser.flagga("--format", "FORMAT", "table (standard) eller json")
    flags = parser.las(argv)
    form, preview = val(flags, "format", FORMAT), val(flags, "preview", ("nej", "ja")) == "ja"
    year, path = ar(en(flags, "year")), _fil(flags)
    code = val(flags, "encoding", ("", *NAMN)) if flags["encoding"] else ""
    db, saved = database.shared(), store.shared()
    read = ledger_file.las(path.name, path.read_bytes(), year, code or None)
    found = ledger_import.granska(db, saved, read, year)
    if found.fel:
        raise BadFile(path.name, found.fel)
    done = (
        Inlast("", len(found.rader), 0)
        if preview
        else ledger_import.spara(saved, found, en(flags, "reason") or "")
    )
    unknown = ledger.okanda(db, saved, year)
    if form == "json":
        out.write(som_json(_objekt(found, done, unknown)) + "\n")
        return
    form_name = " ".join(filter(None, [read.format, read.teckentabell]))
    span = f", {datum(found.fran)}–{datum(found.till)}" if found.rader else ""
    out.write(f"{rad(path.name)}: {form_name}{span}\n")
    out.writelines(f"{rad(remark)}\n" for remark in found.anmarkningar)
    out.write(
        f"{tal(found.nya)} nya rader, {tal(found.redan)} fanns redan. "
        + ("Inget är sparat.\n" if preview else f"{tal(done.nya)} rader är inlästa.\n")
    )
    if unknown:
        rows = [["Konto", "Objekt", "Namn", "Belopp, kr", "Rader"]]
        rows += [
            [k.konto, rad(k.objekt), rad(k.namn), ore(k.belopp_ore), tal(k.rader)] for k in unknown
        ]
        out.write(f"\nKonton utan regel {year} (de hindrar att tertialet stängs):\n")
        out.write("\n".join(tabell(rows, right={3, 4})) + "\n")


def inlasningar(argv: Sequence[str], out: TextIO) -> None:
    """followup imports: the imports that stand."""
    parser = Parser("followup imports", "Alla inläsningar som gäller, den senaste först.")
    parser.flagga("--format", "FORMAT", "table (standard) eller json")
    form = val(parser.las(argv), "format", FORMAT)
    posts = ledger.importer(store.shared())
    if form == "json":
        out.write(
            som_json(
                {
                    "imports": [
                        {
                            "import": p.id, "file": p.data.get("fil", ""),
                            "sha256": p.data.get("sha256", ""), "format": p.data.get("format", ""),
                            "encoding": p.data.get("teckentabell", ""), "year": p.data.get("ar"),
                            "from": p.data.get("fran"), "to": p.data.get("till"),
                            "rows": p.data["rader"], "new": p.data["nya"],
                            "at": p.skapad.isoformat(timespec="seconds"),
                            "reason": p.data.get("skal", ""), "by": p.data.get("vem", ""),
                            "example": bool(p.data.get("exempel")),
                        }
                        for p in posts
                    ]
                }
            )
            + "\n"
        )  # fmt: skip
        return
    rows = [["Id", "Inläst, UTC", "Fil", "Slag", "Rader", "Nya", "Skäl"]]
    rows += [
        [
            p.id, f"{p.skapad:%Y-%m-%d %H:%M}",
            rad(str(p.data.get("fil", ""))) + "  exempel" * bool(p.data.get("exempel")),
            str(p.data.get("format", "")), tal(p.data["rader"]), tal(p.data["nya"]),
            rad(str(p.data.get("skal", ""))),
        ]
        for p in posts
    ]  # fmt: skip
    out.write("\n".join(tabell(rows, right={4, 5})) + "\n" if posts else "Inget är inläst.\n")


def dra_tillbaka(argv: Sequence[str], out: TextIO) -> None:
    """followup withdraw: an import is counted no more."""
    parser = Parser("followup withdraw", "Drar tillbaka en inläsning; loggen minns den.")
    parser.flagga("--import", "ID", "inläsningens id, ur followup imports")
    parser.flagga("--reason", "SKÄL", "varför, i några ord")
    flags = parser.las(argv)
    import_id = en(flags, "import")
    if not import_id:
        raise BadCommand(f"Inläsningens id saknas. Lägg till --import (followup imports). {HELP}")
    gone = ledger_import.dra_tillbaka(
        database.shared(), store.shared(), import_id, en(flags, "reason") or ""
    )
    out.write(som_json({"withdrawn": gone}) + "\n")


def regler(argv: Sequence[str], out: TextIO) -> None:
    """followup rules: the rules that hold, or more of them from a file."""
    parser = Parser("followup rules", "Reglerna för konton, eller nya ur en fil, alla eller inga.")
    parser.flagga("--file", "FIL", "CSV med konto, objekt, mal och skal; utan den visas reglerna")
    flags = parser.las(argv)
    saved = store.shared()
    if flags["file"]:
        path = _fil(flags)
        found = kontering_file.las(path.name, path.read_bytes(), budget_store.namn(saved))
        out.write(som_json({"saved": len(kontering.spara_flera(saved, found))}) + "\n")
        return
    rules = kontering.alla(saved)
    out.write(
        som_json(
            {
                "rules": [
                    {
                        "rule": r.id, "from": r.konto_fran, "to": r.konto_till, "object": r.objekt,
                        "target": r.mal, "reason": r.skal, "example": r.exempel,
                    }
                    for r in rules
                ]
            }
        )
        + "\n"
    )  # fmt: skip


def _fil(flags: dict[str, list[str]]) -> Path:
    text = en(flags, "file")
    if not text or not text.strip():
        raise BadCommand(f"Filen saknas. Lägg till --file. {HELP}")
    path = Path(text)
    if not path.is_file():
        raise BadCommand(f"--file ”{rad(text)[:80]}” finns inte. Ange en annan fil.")
    return path


def _objekt(found: Granskning, done: Inlast, unknown) -> dict[str, object]:
    read = found.tolkad
    return {
        "file": read.namn,
        "sha256": read.sha256,
        "format": read.format,
        "encoding": read.teckentabell or None,
        "kind": {"verifikat": "vouchers", "saldo": "balances"}[read.slag],
        "year": found.ar,
        "from": str(found.fran) if found.rader else None,
        "to": str(found.till) if found.rader else None,
        "new": found.nya,
        "already": found.redan,
        "saved": done.nya,
        "import": done.import_id or None,
        "remarks": list(found.anmarkningar),
        "months": [
            {"month": month, "rows": rows, "amount_ore": total}
            for month, rows, total in found.manader
        ],
        "unknown_accounts": [
            {"account": k.konto, "object": k.objekt, "name": k.namn or None,
             "amount_ore": k.belopp_ore, "rows": k.rader}
            for k in unknown
        ],
    }  # fmt: skip
