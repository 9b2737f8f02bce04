"""followup import, imports, withdraw and rules: the ledger. The JSON keys are a contract."""

from analytics.budget import versions
from analytics.cli.options import choice, command, file, form, needed, reason, year, yes
from analytics.cli.output import as_table, one_line
from analytics.errors import BadFile
from analytics.files.code_pages import NAME
from analytics.ledger import (
    booked as ledger_booked,
    file as ledger_file,
    imports as ledger_imports,
    posting_rules,
    posting_rules_file,
)
from analytics.ledger.imports import Imported, Preview
from analytics.reference import database
from analytics.store import posts as store_posts
from analytics.store.rows import Post
from analytics.swedish import date_text, ore, whole


@command("import", help="Läser in bokförda rader ur SIE, CSV eller Excel; ett fel stoppar allt.")
@year("budgetåret, som 2026; rader utanför det är fel")
@file("filen (docs/bokforing-filer.md)")
@reason()
@choice("--encoding", "TECKENTABELL", f"{', '.join(NAME)} (standard: känns av)", tuple(NAME),
        standard=None)  # fmt: skip
@yes("--preview", "visar vad filen skulle ändra och sparar inget")
@form("table", "json")
def read_in(year, file, reason, encoding, preview, form):
    db, saved = database.shared(), store_posts.shared()
    read = ledger_file.read(file.name, file.read_bytes(), year, encoding)
    found = ledger_imports.preview(db, saved, read, year)
    if found.faults:
        raise BadFile(file.name, found.faults)
    done = (
        Imported("", len(found.rows), 0) if preview else ledger_imports.save(saved, found, reason)
    )
    unknown = ledger_booked.unknown_accounts(db, saved, year)
    if form == "json":
        return _import_data(found, done, unknown)
    kind = " ".join(filter(None, [read.format, read.code_page]))
    span = f", {date_text(found.since)}–{date_text(found.until)}" if found.rows else ""
    saved_text = "Inget är sparat." if preview else f"{whole(done.new)} rader är inlästa."
    lines = [f"{one_line(file.name)}: {kind}{span}", *map(one_line, found.remarks)]
    lines.append(f"{whole(found.new)} nya rader, {whole(found.already)} fanns redan. {saved_text}")
    if unknown:
        rows = [["Konto", "Objekt", "Namn", "Belopp, kr", "Rader"]]
        rows += [
            [k.konto, one_line(k.objekt), one_line(k.name), ore(k.amount_ore), whole(k.rows)]
            for k in unknown
        ]
        lines += ["", f"Konton utan regel {year} (de hindrar att tertialet stängs):"]
        lines.append(as_table(rows, right={3, 4}))
    return "\n".join(lines)


@command("imports", help="Alla inläsningar som gäller, den senaste först.")
@form("table", "json")
def imports(form):
    posts = ledger_booked.importer(store_posts.shared())
    if form == "json":
        return {"imports": [_listed(post) for post in posts]}
    rows = [["Id", "Inläst, UTC", "Fil", "Slag", "Rader", "Nya", "Skäl"]]
    rows += [
        [
            p.id, f"{p.created:%Y-%m-%d %H:%M}",
            one_line(str(p.data.get("fil", ""))) + "  exempel" * bool(p.data.get("exempel")),
            str(p.data.get("format", "")), whole(p.data["rader"]), whole(p.data["nya"]),
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
        "at": p.created.isoformat(timespec="seconds"), "reason": p.data.get("skal", ""),
        "by": p.data.get("vem", ""), "example": bool(p.data.get("exempel")),
    }  # fmt: skip


@command("withdraw", help="Drar tillbaka en inläsning; loggen minns den.")
@needed("--import", "ID", "inläsningens id, ur followup imports", "number")
@reason()
def withdraw(number, reason):
    gone = ledger_imports.withdraw(database.shared(), store_posts.shared(), number, reason)
    return {"withdrawn": gone}


@command("rules", help="Reglerna för konton, eller nya ur en fil, alla eller inga.")
@file("CSV med konto, objekt, mal och skal; utan den visas reglerna", optional=True)
def rules(file):
    saved = store_posts.shared()
    if file is not None:
        found = posting_rules_file.read(
            file.name,
            file.read_bytes(),
            versions.name_of(saved),
            standing=posting_rules.all_rules(saved),
        )
        return {"saved": len(posting_rules.save_many(saved, found)) if found else 0}
    return {
        "rules": [
            {
                "rule": r.id, "from": r.konto_from, "to": r.konto_to, "object": r.objekt,
                "target": r.target, "reason": r.reason, "example": r.example,
            }
            for r in posting_rules.all_rules(saved)
        ]
    }  # fmt: skip


def _import_data(found: Preview, done: Imported, unknown) -> dict[str, object]:
    read = found.parsed
    return {
        "file": read.name,
        "sha256": read.sha256,
        "format": read.format,
        "encoding": read.code_page or None,
        "kind": {"verifikat": "vouchers", "saldo": "balances"}[read.kind],
        "year": found.year,
        "from": str(found.since) if found.rows else None,
        "to": str(found.until) if found.rows else None,
        "new": found.new,
        "already": found.already,
        "saved": done.new,
        "import": done.import_id or None,
        "remarks": list(found.remarks),
        "months": [
            {"month": month, "rows": rows, "amount_ore": total}
            for month, rows, total in found.months
        ],
        "unknown_accounts": [
            {"account": k.konto, "object": k.objekt, "name": k.name or None,
             "amount_ore": k.amount_ore, "rows": k.rows}
            for k in unknown
        ],
    }  # fmt: skip
