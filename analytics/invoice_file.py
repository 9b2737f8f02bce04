"""An issued run as files: rows for the host's invoicing system, and a sheet for each party."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from analytics import export, pdf
from analytics.errors_invoice import FakturaSaknas
from analytics.export import Falt
from analytics.invoice import FORSKOTT, SLAG, per_part
from analytics.invoice_parties import TITEL
from analytics.invoice_store import Korning, prova
from analytics.swedish import SAKNAS, datum, kr, tal

FALT = [
    Falt("nummer", "Körning", "run"),
    Falt("part", "Part", "party"),
    Falt("namn", "Namn", "name"),
    Falt("orgnr", TITEL["orgnr"], "organisation_number"),
    Falt("referens", TITEL["referens"], "buyer_reference"),
    Falt("gln", "GLN", "gln"),
    Falt("peppol", "Peppol-id", "peppol_id"),
    Falt("adress", "Adress", "address"),
    Falt("rubrik", "Rad", "kind"),
    Falt("text", "Text", "text"),
    Falt("klausul", "Klausul", "clause"),
    Falt("belopp_kr", "Belopp, kr", "amount_kr"),
]
REFERENSER = ("orgnr", "referens", "gln", "peppol", "adress")


def rader(run: Korning) -> list[dict[str, object]]:
    """Return one dict per row of the run, with the recipient's references as they were issued."""
    empty = dict.fromkeys(REFERENSER, "")
    return [
        {
            "nummer": run.nummer,
            "part": row.part,
            "namn": row.namn,
            **empty,
            **{k: v for k, v in run.mottagare.get(row.part, {}).items() if k in REFERENSER},
            "rubrik": SLAG[row.slag][0],
            "text": row.text,
            "klausul": row.klausul,
            "belopp_kr": row.belopp_kr,
        }
        for row in run.rader
    ]


def csv_svensk(run: Korning) -> bytes:
    return export.csv_svensk(rader(prova(run)), FALT)


def csv_maskin(run: Korning) -> bytes:
    return export.csv_maskin(rader(prova(run)), FALT)


def excel(run: Korning) -> bytes:
    return export.excel(rader(prova(run)), FALT, f"Underlag {run.nummer}", om(run))


def om(run: Korning) -> list[str]:
    """Return what a run rests on, a sentence each."""
    basis, host = run.grund, run.vard.get("namn") or SAKNAS
    lines = [
        f"{run.titel} {run.ar}, körning {run.nummer}, utställd {datum(run.utstalld.date())}.",
        *(["Exempel: påhittade uppgifter, inte en verklig faktura."] if run.exempel else []),
        f"Summa {kr(run.summa_kr)} till {len(per_part(run.rader))} parter.",
        f"Värd som ställer ut fakturorna: {host} (K17). Samverkan har inget organisationsnummer.",
        f"Ramen är {kr(basis.ram_kr)} (K1), avgifterna {kr(basis.finansierat_kr)} och "
        f"ofinansierat {kr(basis.ofinansierat_kr)}.",
        f"Scenario: {basis.scenario} ({basis.status}), sigill {basis.sigill[:16]}.",
        *([f"Beslut: {basis.beslut}"] if basis.beslut else []),
        "Läsarter: " + ", ".join(f"{t} {r}" for t, r in basis.lasarter.items()) + ".",
        *(f"Folkmängd för {what}: {day} ({status})." for what, day, status in basis.folkmangd),
    ]
    if run.anvant_kr is not None:
        lines.append(f"Upparbetade medel som körningen räknas på: {kr(run.anvant_kr)} (K7).")
    return [*lines, f"Skäl: {run.skal}", f"Körningens sigill: {run.sigill}"]


def blad(run: Korning, part: str, runs: Sequence[Korning]) -> bytes:
    """Return one party's sheet as a tagged PDF. *runs*: all of the year, to show its invoices.

    Raises FakturaSaknas when the run has no row for the party, FakturaBruten.
    """
    rows = [row for row in prova(run).rader if row.part == part]
    if not rows:
        raise FakturaSaknas(f"{run.nummer} {part}", [run.nummer])
    name = rows[0].namn
    total = sum(row.belopp_kr for row in rows)
    title = f"Fakturaunderlag {run.nummer}, {name}"
    mark = "Exempel: påhittade uppgifter. " if run.exempel else ""
    data = {
        "titel": title,
        "om": f"{run.titel} {run.ar}: {kr(total)}",
        "fot": f"Körning {run.nummer} · {datum(run.utstalld.date())} · sigill {run.sigill[:16]}",
        "ingress": f"{mark}{run.titel} {run.ar}, utställd {datum(run.utstalld.date())}. "
        "Ett underlag, ingen faktura: värden ställer ut fakturan och svarar för moms och "
        "betalningsvillkor (K17).",
        "fran": _fran(run.vard),
        "till": _till(run.mottagare.get(part, {}), name),
        "rubriker": ["Vad", "Klausul", "Belopp, kr"],
        "rader": [[row.text, row.klausul, tal(row.belopp_kr)] for row in rows],
        "summa": ["Summa", "", tal(total)],
        "aret_rubriker": ["Årets avgift och fakturor", "kr"],
        "aret": _aret(run, part, runs),
        "underlag": _underlag(run),
    }
    return pdf.gor("faktura", data, run.utstalld)


def zip_blad(run: Korning, runs: Sequence[Korning]) -> bytes:
    """Return every party's sheet in one zip file, one PDF each."""
    out = io.BytesIO()
    when = run.utstalld.timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in per_part(run.rader):
            entry = zipfile.ZipInfo(f"fakturaunderlag-{run.nummer}-{part}.pdf", when)
            packed.writestr(entry, blad(run, part, runs), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _till(known: Mapping[str, str], name: str) -> list[list[str]]:
    """The recipient: what the invoice needs, missing or not, and what else is known."""
    texts = {**known, "namn": name}
    found = [
        [title, texts.get(key) or SAKNAS]
        for key, title in TITEL.items()
        if texts.get(key) or key in ("namn", "orgnr", "referens")
    ]
    if not texts.get("gln") and not texts.get("peppol"):
        found.append(["GLN eller Peppol-id", SAKNAS])
    return found


def _fran(host: Mapping[str, str]) -> list[list[str]]:
    titles = {**TITEL, "referens": "Kontakt"}
    return [[titles[key], host[key]] for key in TITEL if host.get(key)]


def _aret(run: Korning, part: str, runs: Sequence[Korning]) -> list[list[str]]:
    """The year's fee, and every run of the year that has rows for the party, up to this one."""
    rows = [[f"Årets avgift {run.ar} enligt underlaget", tal(run.grund.avgifter.get(part, 0))]]
    asked = 0
    for other in sorted(runs, key=lambda r: r.lopnummer):
        if other.ar == run.ar and other.lopnummer <= run.lopnummer:
            amount = per_part(other.rader).get(part)
            if amount is not None:
                asked += amount
                rows.append([f"{other.nummer} {other.titel}", tal(amount)])
    return [*rows, ["Fakturerat hittills i år", tal(asked)]]


def _underlag(run: Korning) -> list[str]:
    """What the amount rests on, for the recipient: without the seals."""
    what = (
        "Halva avgiften faktureras varje gång och avräknas mot upparbetade medel (T5)."
        if run.grund.lasart == FORSKOTT
        else "Upparbetade medel sedan förra fakturan faktureras, högst avgiften (T5)."
    )
    hidden = ("Summa ", "Värd ", "Körningens ", "Skäl: ", run.titel)
    return [what, *(line for line in om(run) if not line.startswith(hidden))]
