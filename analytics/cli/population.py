"""population import | list | show | set | withdraw: figures of inhabitants. JSON is a contract."""

from analytics.cli.options import CommandGroup, file, form, needed, option, reason, yes
from analytics.cli.output import as_table, one_line
from analytics.reference import database, population as reference_population
from analytics.store import posts as store_posts
from analytics.swedish import date_text, parse_day, percent, whole
from analytics.vintages import incoming, refresh, saved
from analytics.vintages.figures import Vintage, holding
from analytics.vintages.incoming import Incoming

population = CommandGroup("population", "Folkmängden som avgifter och tak räknas på (K3, K4).")
COMMANDS = {"population": population}


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


@population.command("import", "läser in siffror ur SCB:s PX, JSON-stat, CSV eller Excel")
@file("filen, som den är hämtad från SCB, eller programmets egen CSV")
@reason()
@option("--date", "DATUM", "bara siffrorna för dagen; kan anges flera gånger", "days",
        read=parse_day, many=True)  # fmt: skip
@option("--confirm", "NAMN", "det som ser fel ut och ändå är rätt, vid namn: Solna,Nacka",
        "confirmed", read=_words, standard=[])  # fmt: skip
@yes("--preview", "visar vad filen skulle ändra och sparar inget")
@form("table", "json")
def read_in(file, reason, days, confirmed, preview, form):
    store = store_posts.shared()
    found = incoming.look_through(database.shared(), file.name, file.read_bytes(), days or None)
    vintage = None if preview else saved.save(store, found, reason, confirmed)
    if form == "json":
        return _import_data(found, vintage)
    rows = [["Kommun", "Datum", "Nu", "Ny", "Ändring", "Procent"]]
    rows += [
        [c.name, date_text(c.day), "saknas" if c.now is None else whole(c.now), whole(c.new),
         "" if c.change is None else whole(c.change), "" if c.share is None else percent(c.share)]
        for c in found.changes
    ]  # fmt: skip
    lines = [*map(one_line, found.remarks), as_table(rows, right={2, 3, 4, 5})]
    lines += [f"Ser fel ut: {one_line(doubt.told)}." for doubt in found.doubts]
    saved_text = f"{whole(len(vintage.figures))} siffror är sparade." if vintage else ""
    lines.append(saved_text or "Inget är sparat.")
    return "\n".join(lines)


def _import_data(found: Incoming, vintage: Vintage | None) -> dict[str, object]:
    return {
        "file": found.name,
        "source": found.source,
        "saved": 0 if vintage is None else len(vintage.figures),
        "vintage": vintage.id if vintage else None,
        "dates": [str(day) for day in found.days_offered],
        "figures": [
            {"party": c.part, "name": c.name, "date": str(c.day), "now": c.now, "new": c.new,
             "change": c.change, "percent": None if c.share is None else float(c.share * 100)}
            for c in found.changes
        ],
        "sums": [
            {"date": str(day), "sum": total, "county": own}
            for day, (total, own) in found.county.items()
        ],
        "missing": {str(day): names for day, names in found.missing.items()},
        "to_confirm": [{"name": doubt.name, "why": doubt.told} for doubt in found.doubts],
        "remarks": list(found.remarks),
    }  # fmt: skip


@population.command("set", "sätter en siffra för hand, med skäl; den märks där den används")
@needed("--party", "KOD", "kommunens kod, som 0114", "part")
@needed("--date", "DATUM", "dagen, som 2026-12-31", "day", read=parse_day)
@needed("--count", "ANTAL", "antalet invånare", read=saved.read_count)
@reason()
def set_figure(part, day, count, reason):
    known = {row["part_id"] for row in database.shared().query("kommuner")}
    done = saved.set_by_hand(store_posts.shared(), known, part, day, count, reason)
    return {"vintage": done.id}


@population.command("list", "alla årgångar som gäller, den senaste först")
@form("table", "json")
def list_all(form):
    vintages = saved.list_vintages(store_posts.shared())[::-1]
    if form == "json":
        return {"vintages": [_listed(vintage) for vintage in vintages]}
    if not vintages:
        return "Inga siffror är inlästa; de som följer med programmet gäller."
    rows = [["Id", "Hämtad", "Källa", "Dagar", "Siffror", "Skäl"]]
    rows += [
        [v.id, date_text(v.retrieved), one_line(v.source), ", ".join(map(date_text, v.days)),
         whole(len(v.figures)), one_line(v.reason)]
        for v in vintages
    ]  # fmt: skip
    return as_table(rows, right={4})


def _listed(v: Vintage) -> dict[str, object]:
    return {
        "vintage": v.id, "source": v.source, "retrieved": str(v.retrieved), "file": v.file,
        "sha256": v.sha256, "by_hand": v.hand, "reason": v.reason, "by": v.who,
        "dates": [str(day) for day in v.days], "figures": len(v.figures),
        "confirmed": list(v.confirmed),
    }  # fmt: skip


@population.command("show", "vad som gäller en dag för varje kommun, och varifrån det är")
@needed("--date", "DATUM", "dagen, som 2026-12-31", "day", read=parse_day)
@option("--vintage", "ID", "siffrorna som årgången har dem, också när en senare gäller",
        "vintage_id")  # fmt: skip
@form("table", "json")
def show(day, vintage_id, form):
    db, store = database.shared(), store_posts.shared()
    names = {row["part_id"]: row["namn"] for row in db.query("kommuner")}
    if vintage_id:
        own = saved.get(store, vintage_id)
        found = [
            (part, figure.count, "utfall", own.told)
            for (part, at), (figure, _) in sorted(holding([own]).items())
            if at == day
        ]
    else:
        found = [
            (part, count.count, count.status, count.source)
            for (part, _), count in sorted(reference_population.at(db, [day]).items())
        ]
    if form == "json":
        return {
            "date": str(day),
            "parties": [
                {"party": part, "name": names[part], "count": count, "status": status,
                 "source": source}
                for part, count, status, source in found
            ],
            "sum": sum(count for _, count, *_ in found),
        }  # fmt: skip
    rows = [["Kommun", "Invånare", "Status", "Källa"]]
    rows += [[names[p], whole(n), status, one_line(source)] for p, n, status, source in found]
    return as_table(rows, right={1}) if found else f"Årgången har inget för {date_text(day)}."


@population.command("withdraw", "drar tillbaka en årgång; loggen minns den")
@needed("--vintage", "ID", "årgångens id, ur population list", "vintage_id")
@reason()
def withdraw(vintage_id, reason):
    gone = saved.withdraw(store_posts.shared(), vintage_id, reason)
    refresh.follow(store_posts.shared())
    return {"withdrawn": len(gone.figures)}
