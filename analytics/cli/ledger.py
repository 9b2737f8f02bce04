"""followup import, imports, withdraw and rules: the ledger. The JSON keys are a contract."""

from analytics.budget import versions
from analytics.cli.options import choice, command, content_of, file, form, needed, reason, year, yes
from analytics.cli.output import as_table, one_line, tell
from analytics.errors import BadFile
from analytics.files.code_pages import NAME
from analytics.ledger import (
    booked as ledger_booked,
    file as ledger_file,
    imports as ledger_imports,
    posting_rules,
    posting_rules_file,
    sums as ledger_sums,
)
from analytics.ledger.imports import Imported
from analytics.ledger.review import preview as ledger_preview
from analytics.ledger.review.choices import WAYS
from analytics.ledger.review.preview import Preview
from analytics.reference import database
from analytics.store import posts as store_posts
from analytics.store.rows import Post
from analytics.swedish import date_text, ore, whole

AGREES = {True: "ja", False: "NEJ", None: "ingen fil säger"}


@command("import", help="Läser in rader ur SIE, CSV, Excel eller ODS; ett fel stoppar allt.")
@year("budgetåret, som 2026; rader utanför det är fel")
@file("filen (docs/bokforing-filer.md)")
@reason()
@choice("--encoding", "TECKENTABELL", f"{', '.join(NAME)} (standard: känns av)", tuple(NAME),
        standard=None)  # fmt: skip
@choice("--whole", "HELA", "yes: filen har hela årets bokföring, no: en del av den (standard: som "
        "filens egna summor säger)", tuple(WAYS["whole"]), standard=None)  # fmt: skip
@choice("--year-end", "BOKSLUT", "count eller leave_out: verifikat som nollar resultatkontona",
        tuple(WAYS["year_end"]), standard=None)  # fmt: skip
@choice("--same-number", "NUMMER", "all eller last: verifikat med samma nummer i filen",
        tuple(WAYS["same_number"]), standard=None)  # fmt: skip
@choice("--other-books", "ANNAN", "same eller own: rader som finns ur en annan organisations fil",
        tuple(WAYS["other_books"]), standard=None)  # fmt: skip
@yes("--preview", "visar vad filen skulle ändra och sparar inget")
@form("table", "json")
def read_in(year, file, reason, encoding, preview, form, **chosen):
    db, saved = database.shared(), store_posts.shared()
    read = ledger_file.read(file.name, content_of(file), year, encoding)
    found = ledger_preview.preview(db, saved, read, year, chosen)
    if found.faults:
        raise BadFile(file.name, found.faults)
    done = (
        Imported("", len(found.rows), 0) if preview else ledger_imports.save(saved, found, reason)
    )
    unknown = ledger_booked.unknown_accounts(db, saved, year)
    if form == "json":
        return _import_data(found, done, unknown)
    kind = " ".join(filter(None, [read.format, read.code_page, read.separator]))
    span = f", {date_text(found.since)}–{date_text(found.until)}" if found.rows else ""
    saved_text = "Inget är sparat." if preview else f"{whole(done.new)} rader är inlästa."
    lines = [f"{one_line(file.name)}: {kind}{span}", *map(one_line, _told(found))]
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


@command("accounts", help="Stämmer huvudboken med bokföringen, konto för konto?")
@year("kalenderåret, som 2026")
@form("table", "json")
def accounts(year, form):
    found = ledger_sums.accounts_of_year(database.shared(), store_posts.shared(), year)
    if form == "json":
        return {
            "year": year,
            "accounts": [
                {"account": a.konto, "amount_ore": a.amount_ore, "rows": a.rows,
                 "file_ore": a.stated_ore}
                for a in found
            ],
        }  # fmt: skip
    rows = [["Konto", "Huvudboken, kr", "Rader", "Filens summa, kr", "Stämmer"]]
    rows += [
        [a.konto, ore(a.amount_ore), whole(a.rows),
         "saknas" if a.stated_ore is None else ore(a.stated_ore), AGREES[a.agrees]]
        for a in found
    ]  # fmt: skip
    return as_table(rows, right={1, 2, 3}) if found else f"Inget är bokfört {year}."


@command("imports", help="Alla inläsningar som gäller, den senaste först.")
@form("table", "json")
def imports(form):
    posts = ledger_booked.list_imports(store_posts.shared())
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
    kept = p.data.get("avvikelser")  # not there for what was read in before they were kept
    differences = [
        {"account": d["konto"], "file_ore": d["fil_ore"], "rows_ore": d["rader_ore"],
         "ledger_ore": d["bok_ore"], "cause": d["orsak"]}
        for d in kept or ()
    ]  # fmt: skip
    more = {} if kept is None else {"differences": differences}
    return more | {
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
    saved = store_posts.shared()
    later = ledger_imports.told_of_later(ledger_imports.read_in_since(saved, number))
    gone = ledger_imports.withdraw(database.shared(), saved, number, reason)
    return {"withdrawn": gone} | ({"remarks": [later]} if later else {})


@command("rules", help="Reglerna för konton, eller nya ur en fil, alla eller inga.")
@file("en tabell med konto, objekt, mal och skal; utan den visas reglerna", optional=True)
def rules(file):
    saved = store_posts.shared()
    if file is not None:
        remarks: list[str] = []
        names = versions.name_of(saved)
        standing = posting_rules.all_rules(saved)
        found = posting_rules_file.read(
            file.name, content_of(file), names, remarks=remarks, standing=standing
        )
        tell(remarks)
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


def _told(found: Preview) -> list[str]:
    return [*found.remarks, *ledger_sums.told(found.accounts)]


def _import_data(found: Preview, done: Imported, unknown) -> dict[str, object]:
    read = found.parsed
    return {
        "file": read.name,
        "sha256": read.sha256,
        "format": read.format,
        "encoding": read.code_page or None,
        "separator": read.separator or None,
        "kind": {"verifikat": "vouchers", "saldo": "balances"}[read.kind],
        "year": found.year,
        "from": str(found.since) if found.rows else None,
        "to": str(found.until) if found.rows else None,
        "new": found.new,
        "already": found.already,
        "saved": done.new,
        "import": done.import_id or None,
        "remarks": _told(found),
        "accounts": [
            {"account": a.konto, "file_ore": a.stated_ore, "rows_ore": a.rows_ore,
             "ledger_ore": a.ledger_ore, "cause": a.cause or None}
            for a in found.accounts
        ],
        "choices": {name: getattr(found.choices, name) for name in found.asked},
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
