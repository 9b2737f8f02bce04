"""followup import, imports, withdraw and rules: the ledger. The JSON keys are a contract."""

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
from analytics.cli.options import choice, command, file, form, needed, reason, year, yes
from analytics.cli.output import as_table, one_line
from analytics.errors import BadFile
from analytics.ledger_bytes import NAMN
from analytics.ledger_import import Granskning, Inlast
from analytics.store_rows import Post
from analytics.swedish import datum, ore, tal


@command("import", help="Läser in bokförda rader ur SIE, CSV eller Excel; ett fel stoppar allt.")
@year("budgetåret, som 2026; rader utanför det är fel")
@file("filen (docs/bokforing-filer.md)")
@reason()
@choice("--encoding", "TECKENTABELL", f"{', '.join(NAMN)} (standard: känns av)", tuple(NAMN),
        standard=None)  # fmt: skip
@yes("--preview", "visar vad filen skulle ändra och sparar inget")
@form("table", "json")
def read_in(year, file, reason, encoding, preview, form):
    db, saved = database.shared(), store.shared()
    read = ledger_file.las(file.name, file.read_bytes(), year, encoding)
    found = ledger_import.granska(db, saved, read, year)
    if found.fel:
        raise BadFile(file.name, found.fel)
    done = Inlast("", len(found.rader), 0) if preview else ledger_import.spara(saved, found, reason)
    unknown = ledger.okanda(db, saved, year)
    if form == "json":
        return _import_data(found, done, unknown)
    kind = " ".join(filter(None, [read.format, read.teckentabell]))
    span = f", {datum(found.fran)}–{datum(found.till)}" if found.rader else ""
    saved_text = "Inget är sparat." if preview else f"{tal(done.nya)} rader är inlästa."
    lines = [f"{one_line(file.name)}: {kind}{span}", *map(one_line, found.anmarkningar)]
    lines.append(f"{tal(found.nya)} nya rader, {tal(found.redan)} fanns redan. {saved_text}")
    if unknown:
        rows = [["Konto", "Objekt", "Namn", "Belopp, kr", "Rader"]]
        rows += [
            [k.konto, one_line(k.objekt), one_line(k.namn), ore(k.belopp_ore), tal(k.rader)]
            for k in unknown
        ]
        lines += ["", f"Konton utan regel {year} (de hindrar att tertialet stängs):"]
        lines.append(as_table(rows, right={3, 4}))
    return "\n".join(lines)


@command("imports", help="Alla inläsningar som gäller, den senaste först.")
@form("table", "json")
def imports(form):
    posts = ledger.importer(store.shared())
    if form == "json":
        return {"imports": [_listed(post) for post in posts]}
    rows = [["Id", "Inläst, UTC", "Fil", "Slag", "Rader", "Nya", "Skäl"]]
    rows += [
        [
            p.id, f"{p.skapad:%Y-%m-%d %H:%M}",
            one_line(str(p.data.get("fil", ""))) + "  exempel" * bool(p.data.get("exempel")),
            str(p.data.get("format", "")), tal(p.data["rader"]), tal(p.data["nya"]),
            one_line(str(p.data.get("skal", ""))),
        ]
        for p in posts
    ]  # fmt: skip
    return as_table(rows, right={4, 5}) if posts else "Inget är inläst."


def _listed(p: Post) -> dict[str, object]:
    return {
        "import": p.id, "file": p.data.get("fil", ""), "sha256": p.data.get("sha256", ""),
        "format": p.data.get("format", ""), "encoding": p.data.get("teckentabell", ""),
        "year": p.data.get("ar"), "from": p.data.get("fran"), "to": p.data.get("till"),
        "rows": p.data["rader"], "new": p.data["nya"],
        "at": p.skapad.isoformat(timespec="seconds"), "reason": p.data.get("skal", ""),
        "by": p.data.get("vem", ""), "example": bool(p.data.get("exempel")),
    }  # fmt: skip


@command("withdraw", help="Drar tillbaka en inläsning; loggen minns den.")
@needed("--import", "ID", "inläsningens id, ur followup imports", "number")
@reason()
def withdraw(number, reason):
    gone = ledger_import.dra_tillbaka(database.shared(), store.shared(), number, reason)
    return {"withdrawn": gone}


@command("rules", help="Reglerna för konton, eller nya ur en fil, alla eller inga.")
@file("CSV med konto, objekt, mal och skal; utan den visas reglerna", optional=True)
def rules(file):
    saved = store.shared()
    if file is not None:
        found = kontering_file.las(file.name, file.read_bytes(), budget_store.namn(saved))
        return {"saved": len(kontering.spara_flera(saved, found))}
    return {
        "rules": [
            {
                "rule": r.id, "from": r.konto_fran, "to": r.konto_till, "object": r.objekt,
                "target": r.mal, "reason": r.skal, "example": r.exempel,
            }
            for r in kontering.alla(saved)
        ]
    }  # fmt: skip


def _import_data(found: Granskning, done: Inlast, unknown) -> dict[str, object]:
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
