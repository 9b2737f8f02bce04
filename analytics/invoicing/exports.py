"""An issued run as files: rows for the host's invoicing system, and a sheet for each party."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from analytics.files import export as files_export, pdf
from analytics.files.export import Field
from analytics.invoicing.amounts import FORSKOTT, KIND, by_party
from analytics.invoicing.errors import InvoiceMissing
from analytics.invoicing.issued import InvoiceRun, require_unbroken
from analytics.invoicing.recipients import TITLE
from analytics.swedish import MISSING, date_text, kr, whole

FIELDS = [
    Field("nummer", "Körning", "run"),
    Field("part", "Part", "party"),
    Field("namn", "Namn", "name"),
    Field("orgnr", TITLE["orgnr"], "organisation_number"),
    Field("referens", TITLE["referens"], "buyer_reference"),
    Field("gln", "GLN", "gln"),
    Field("peppol", "Peppol-id", "peppol_id"),
    Field("adress", "Adress", "address"),
    Field("rubrik", "Rad", "kind"),
    Field("text", "Text", "text"),
    Field("klausul", "Klausul", "clause"),
    Field("belopp_kr", "Belopp, kr", "amount_kr"),
]
REFERENCES = ("orgnr", "referens", "gln", "peppol", "adress")


def as_rows(run: InvoiceRun) -> list[dict[str, object]]:
    """Return one dict per row of the run, with the recipient's references as they were issued."""
    empty = dict.fromkeys(REFERENCES, "")
    return [
        {
            "nummer": run.number,
            "part": row.party,
            "namn": row.name,
            **empty,
            **{k: v for k, v in run.recipient.get(row.party, {}).items() if k in REFERENCES},
            "rubrik": KIND[row.kind][0],
            "text": row.text,
            "klausul": row.clause,
            "belopp_kr": row.amount_kr,
        }
        for row in run.rows
    ]


def swedish_csv(run: InvoiceRun) -> bytes:
    return files_export.swedish_csv(as_rows(require_unbroken(run)), FIELDS)


def machine_csv(run: InvoiceRun) -> bytes:
    return files_export.machine_csv(as_rows(require_unbroken(run)), FIELDS)


def as_excel(run: InvoiceRun) -> bytes:
    return files_export.write_excel(
        as_rows(require_unbroken(run)), FIELDS, f"Underlag {run.number}", about(run)
    )


def about(run: InvoiceRun) -> list[str]:
    """Return what a run rests on, a sentence each."""
    basis, host = run.basis, run.host.get("namn") or MISSING
    lines = [
        f"{run.title} {run.year}, körning {run.number}, utställd {date_text(run.issued.date())}.",
        *(["Exempel: påhittade uppgifter, inte en verklig faktura."] if run.example else []),
        f"Summa {kr(run.total_kr)} till {len(by_party(run.rows))} parter.",
        f"Värd som ställer ut fakturorna: {host} (K17). Samverkan har inget organisationsnummer.",
        f"Ramen är {kr(basis.frame_kr)} (K1), avgifterna {kr(basis.financed_kr)} och "
        f"ofinansierat {kr(basis.unfunded_kr)}.",
        f"Scenario: {basis.scenario} ({basis.status}), sigill {basis.sigill[:16]}.",
        *([f"Beslut: {basis.decision}"] if basis.decision else []),
        "Läsarter: " + ", ".join(f"{t} {r}" for t, r in basis.readings.items()) + ".",
        *(f"Folkmängd för {what}: {day} ({status})." for what, day, status in basis.population),
    ]
    if run.used_kr is not None:
        lines.append(f"Upparbetade medel som körningen räknas på: {kr(run.used_kr)} (K7).")
    return [*lines, f"Skäl: {run.reason}", f"Körningens sigill: {run.sigill}"]


def sheet(run: InvoiceRun, party: str, runs: Sequence[InvoiceRun]) -> bytes:
    """Return one party's sheet as a tagged PDF. *runs*: all of the year, to show its invoices.

    Raises InvoiceMissing when the run has no row for the party, InvoiceBroken.
    """
    rows = [row for row in require_unbroken(run).rows if row.party == party]
    if not rows:
        raise InvoiceMissing(f"{run.number} {party}", [run.number])
    name = rows[0].name
    total = sum(row.amount_kr for row in rows)
    title = f"Fakturaunderlag {run.number}, {name}"
    mark = "Exempel: påhittade uppgifter. " if run.example else ""
    data = {
        "titel": title,
        "om": f"{run.title} {run.year}: {kr(total)}",
        "fot": f"Körning {run.number} · {date_text(run.issued.date())} · sigill {run.sigill[:16]}",
        "ingress": f"{mark}{run.title} {run.year}, utställd {date_text(run.issued.date())}. "
        "Ett underlag, ingen faktura: värden ställer ut fakturan och svarar för moms och "
        "betalningsvillkor (K17).",
        "fran": _sender(run.host),
        "till": _recipient(run.recipient.get(party, {}), name),
        "rubriker": ["Vad", "Klausul", "Belopp, kr"],
        "rader": [[row.text, row.clause, whole(row.amount_kr)] for row in rows],
        "summa": ["Summa", "", whole(total)],
        "aret_rubriker": ["Årets avgift och fakturor", "kr"],
        "aret": _year_rows(run, party, runs),
        "underlag": _grounds(run),
    }
    return pdf.make_pdf("faktura", data, run.issued)


def zipped_sheets(run: InvoiceRun, runs: Sequence[InvoiceRun]) -> bytes:
    """Return every party's sheet in one zip file, one PDF each."""
    out = io.BytesIO()
    when = run.issued.timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for party in by_party(run.rows):
            entry = zipfile.ZipInfo(f"fakturaunderlag-{run.number}-{party}.pdf", when)
            packed.writestr(entry, sheet(run, party, runs), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _recipient(known: Mapping[str, str], name: str) -> list[list[str]]:
    """The recipient: what the invoice needs, missing or not, and what else is known."""
    texts = {**known, "namn": name}
    found = [
        [title, texts.get(key) or MISSING]
        for key, title in TITLE.items()
        if texts.get(key) or key in ("namn", "orgnr", "referens")
    ]
    if not texts.get("gln") and not texts.get("peppol"):
        found.append(["GLN eller Peppol-id", MISSING])
    return found


def _sender(host: Mapping[str, str]) -> list[list[str]]:
    titles = {**TITLE, "referens": "Kontakt"}
    return [[titles[key], host[key]] for key in TITLE if host.get(key)]


def _year_rows(run: InvoiceRun, party: str, runs: Sequence[InvoiceRun]) -> list[list[str]]:
    """The year's fee, and every run of the year that has rows for the party, up to this one."""
    rows = [[f"Årets avgift {run.year} enligt underlaget", whole(run.basis.fees.get(party, 0))]]
    asked = 0
    for other in sorted(runs, key=lambda r: r.serial):
        if other.year == run.year and other.serial <= run.serial:
            amount = by_party(other.rows).get(party)
            if amount is not None:
                asked += amount
                rows.append([f"{other.number} {other.title}", whole(amount)])
    return [*rows, ["Fakturerat hittills i år", whole(asked)]]


def _grounds(run: InvoiceRun) -> list[str]:
    """What the amount rests on, for the recipient: without the seals."""
    what = (
        "Halva avgiften faktureras varje gång och avräknas mot upparbetade medel (T5)."
        if run.basis.reading == FORSKOTT
        else "Upparbetade medel sedan förra fakturan faktureras, högst avgiften (T5)."
    )
    hidden = ("Summa ", "Värd ", "Körningens ", "Skäl: ", run.title)
    return [what, *(line for line in about(run) if not line.startswith(hidden))]
