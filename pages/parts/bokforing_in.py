"""Read ledger rows in: a file or pasted text, what it would change, then all of it or nothing."""

import hashlib

import streamlit as st

from analytics import followup_store, ledger_file, ledger_import
from analytics.database import Database
from analytics.errors import AgreementError, BadFile, Fault
from analytics.ledger_bytes import NAMN
from analytics.ledger_import import Granskning
from analytics.store import Store
from analytics.swedish import datum, md, ore, ore_kr, tal
from pages.parts.act import LEDGER, act_in_callback
from pages.parts.table import Kolumn, tabell

SHOWN = 300  # faults in the table; the rest are counted
SAMPLE = 5
KLISTRA = "inklistrat.csv"


def visa(db: Database, store: Store, year: int) -> None:
    """The file, the preview, the confirmation."""
    turn = st.session_state.setdefault("bf_omgang", 0)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        how = st.radio(
            "Hur kommer raderna?",
            ["fil", "text"],
            key="bf_hur",
            format_func={"fil": "Som fil", "text": "Inklistrade"}.get,
            horizontal=True,
        )
        code = st.selectbox(
            "Teckentabell",
            ["", *NAMN],
            key="bf_kod",
            format_func=lambda k: NAMN.get(k, "känns av"),
            width=220,
        )
    if how == "fil":
        given = st.file_uploader(
            "Fil ur ekonomisystemet: SIE 1–4, CSV eller Excel",
            key=f"bf_fil_{turn}",
            max_upload_size=40,
        )
        name, content = (given.name, given.getvalue()) if given else ("", b"")
    else:
        text = st.text_area(
            "Rader med rubriker, som ur Excel",
            key=f"bf_text_{turn}",
            height=140,
            placeholder="Datum;Konto;Belopp;Text;Projekt;Verifikat",
        )
        name, content = KLISTRA, text.encode("utf-8", "replace")
    if not content.strip() and not (how == "fil" and name):
        st.caption(
            f"Det som filen skulle ändra {year} visas innan något sparas. Vad en fil får innehålla "
            "står i docs/bokforing-filer.md."
        )
        return
    found = _granska(db, store, name, content, year, code or None)
    if isinstance(found, AgreementError):
        st.error(md(f"{found} Inget är inläst."))
        _fel(found.faults if isinstance(found, BadFile) else ())
        return
    _forhand(found)
    if not found.fel:
        _stangda(store, found, year)
        _bekrafta(store, found, turn)


def _granska(
    db: Database, store: Store, name: str, content: bytes, year: int, code: str | None
) -> Granskning | AgreementError:
    """Look a file through once; again only when it, the year or the ledger has changed."""
    digest = hashlib.sha256(content).hexdigest()
    key = (store.url, store.sekvens(), name, digest, year, code)
    kept = st.session_state.get("_bf_granskning")
    if kept is None or kept[0] != key:
        try:
            read = ledger_file.las(name, content, year, code)
            kept = (key, ledger_import.granska(db, store, read, year))
        except AgreementError as error:
            kept = (key, error)
        st.session_state["_bf_granskning"] = kept
    return kept[1]


def _forhand(found: Granskning) -> None:
    read = found.tolkad
    form = f"{read.format}{f', {read.teckentabell}' if read.teckentabell else ''}"
    if found.fel:
        many = "ett fel" if len(found.fel) == 1 else f"{tal(len(found.fel))} fel"
        st.error(md(f"{read.namn} ({form}) har {many}, så inget är inläst. Rätta och försök igen."))
        _fel(found.fel)
    else:
        span = f" {datum(found.fran)}–{datum(found.till)}" if found.rader else ""
        st.markdown(
            f"**{md(read.namn)}** ({md(form)}): {tal(found.nya + found.redan)} rader{span}. "
            f"**{tal(found.nya)} är nya**, {tal(found.redan)} finns redan."
        )
    for remark in found.anmarkningar:
        st.markdown(f"- {md(remark)}")
    if found.fel or not found.rader:
        return
    tabell(
        [{"manad": m, "rader": n, "summa": total} for m, n, total in found.manader],
        [
            Kolumn("manad", "Månad"),
            Kolumn("rader", "Rader", tal, tal=True),
            Kolumn("summa", "Kostnader minus intäkter, kr", ore, tal=True),
        ],
        "Det som filen har, per månad. Summan är konton som börjar på 3 eller mer.",
        key="bf_manader",
        sorterbar=False,
    )
    tabell(
        [
            {
                "datum": datum(r.day),
                "konto": r.konto,
                "namn": read.konton.get(r.konto),
                "text": r.text,
                "objekt": r.objekt,
                "verifikat": r.verifikat,
                "belopp": r.amount_ore,
            }
            for r in found.rader[:SAMPLE]
        ],
        [
            Kolumn("datum", "Datum"),
            Kolumn("konto", "Konto"),
            Kolumn("namn", "Kontots namn"),
            Kolumn("text", "Text"),
            Kolumn("objekt", "Objekt"),
            Kolumn("verifikat", "Verifikat"),
            Kolumn("belopp", "Belopp, kr", ore, tal=True),
        ],
        "Så läses de första raderna. Kontrollera å, ä och ö, datum och tecken.",
        key="bf_prov",
        sorterbar=False,
    )


def _fel(faults: tuple[Fault, ...]) -> None:
    if not faults:
        return
    tabell(
        [
            {
                "rad": f.line,
                "kolumn": f.column or "hela raden",
                "varde": f.value[:80],
                "regel": f"{f.allowed[0].upper()}{f.allowed[1:]}.",
            }
            for f in faults[:SHOWN]
        ],
        [
            Kolumn("rad", "Rad", tal, tal=True),
            Kolumn("kolumn", "Kolumn"),
            Kolumn("varde", "Värde"),
            Kolumn("regel", "Vad som gäller"),
        ],
        f"Fel i filen{f', de första {SHOWN} av {tal(len(faults))}' if len(faults) > SHOWN else ''}",
        key="bf_fel",
        hojd=460,
    )


def _stangda(store: Store, found: Granskning, year: int) -> None:
    """Tell of new rows within a tertial whose figures are locked."""
    closed = [t for t in (1, 2, 3) if followup_store.stangt(store, year, t)]
    late = sum(n for (y, m), n in found.nya_manader.items() if y == year and (m + 3) // 4 in closed)
    if late:
        names = " och ".join(f"tertial {t}" for t in closed)
        st.info(
            f"{tal(late)} nya rader ligger i {md(names)}, som är klarmarkerat. De låsta siffrorna "
            "ändras inte; raderna visas där som bokförda efteråt."
        )


def _bekrafta(store: Store, found: Granskning, turn: int) -> None:
    if not found.nya:
        st.info("Alla rader finns redan, så det finns inget att läsa in.")
        return
    st.text_input("Skäl till inläsningen, som ”mars”", key=f"bf_skal_{turn}", max_chars=200)
    st.button(
        f"Läs in {tal(found.nya)} rader" if found.nya > 1 else "Läs in 1 rad",
        key="bf_las_in",
        type="primary",
        on_click=_las_in,
        args=(store, found, turn),
    )


def _las_in(store: Store, found: Granskning, turn: int) -> None:
    total = sum(ore for _, _, ore in found.manader)
    if act_in_callback(
        LEDGER,
        lambda: ledger_import.spara(store, found, st.session_state.get(f"bf_skal_{turn}", "")),
        lambda done: (
            f"{tal(done.nya)} rader ur {found.tolkad.namn} är inlästa, {ore_kr(total)} på konton "
            "som börjar på 3 eller mer."
        ),
    ):
        st.session_state["bf_omgang"] = turn + 1
        st.session_state.pop("_bf_granskning", None)
