"""A proposed plan on the Rotation page: conditions, what the draft says, and publishing it."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from analytics import database, rotation_conditions, rotation_draft
from analytics.errors import AgreementError
from analytics.parties import PartRad
from analytics.rotation import KATEGORIER, Inlan, Vikt
from analytics.rotation_draft import Andring, Utkast
from analytics.rotation_problem import PlanFel, Villkor
from analytics.rotation_register import dag
from analytics.rotation_view import VIKTER
from analytics.store import Store
from analytics.swedish import datum, md, parse_decimal, parse_kronor
from pages.parts import rotationshinder, rotationskorning
from pages.parts.table import Kolumn, tabell

SETT = "rotation_utkast_sett"


def visa(
    store: Store, plan: Sequence[Inlan], rows: Sequence[PartRad], names: Mapping[str, str],
    draft: Utkast | None, weight: Vikt, basis: str, today: date,
) -> None:  # fmt: skip
    """Show conditions, controls, the search while it goes on, and the draft that stands."""
    with st.expander("Hinder och låsta pass", key="ex_hinder"):
        rotationshinder.visa(store, rows, names)
    with st.form("forslag"):
        with st.container(horizontal=True, vertical_alignment="top"):
            first = st.text_input("Första dag", f"{today.year + 1}-01-01", width=150)
            years = st.selectbox("Antal år", range(1, 11), 3, width=110)
            cost = st.text_input("Antagen kostnad, kr per heltidsmånad", "", width=270)
            limit = st.selectbox("Tidsgräns, sekunder per kategori", (10, 30, 120, 600), 1,
                                 width=240)  # fmt: skip
        with st.container(horizontal=True, gap="large"):
            own = {k: _egna(k) for k in KATEGORIER}
        run = st.form_submit_button("Räkna fram ett förslag", type="primary")
    st.caption(
        f"Skulder delas {VIKTER[basis]}. Först så få tomma pass som möjligt, sedan så små skulder "
        "som möjligt, den största först, sedan så lite flyttat som möjligt. Vid lika går varje "
        "pass till den som då är skyldig mest, sedan till lägst id. Den som tar över börjar "
        "överlämningens dagar före passet; de betalas, men jämnheten räknas på passen."
    )
    try:
        if run:
            saved = rotation_conditions.hinder(store)
            asked = {
                k: rotation_conditions.med_hinder(_villkor(dag(first), years, k, *texts), saved)
                for k, texts in own.items()
                if texts is not None
            }
            if not asked:
                raise PlanFel("Ingen kategori är vald (K14). Kryssa i minst en.")
            cost_kr = parse_kronor(cost) if cost.strip() else None
            rotationskorning.borja(plan, rows, asked, weight, limit, basis, cost_kr)
        if rotationskorning.pagar():
            rotationskorning.folj(store, plan, rows)
            return
    except AgreementError as error:
        st.error(md(str(error)))
    if draft:
        _utkastet(store, rows, names, draft)
    else:
        st.markdown("Inget utkast finns. Ett förslag flyttar ingen förrän det publiceras.")


def _egna(kategori: str) -> tuple[int, str, int, str] | None:
    """The fields of one category; None when it is not to be planned."""
    with st.container(width=240, gap="small"):
        wanted = st.checkbox(f"Planera {kategori}", True, key=f"med_{kategori}")
        length = st.selectbox(
            "Passets längd, månader", (1, 2, 3, 4, 6, 12, 24), 4, key=f"langd_{kategori}"
        )
        percent = st.text_input("Omfattning, %", "50", key=f"omfattning_{kategori}")
        gap = st.selectbox("Minst så många pass mellan", range(9), 1, key=f"vila_{kategori}")
        days = st.text_input("Överlämning, dagar", "0", key=f"overlamning_{kategori}")
    return (length, percent, gap, days) if wanted else None


def _villkor(
    start: date, years: int, kategori: str, length: int, percent: str, gap: int, days: str
) -> Villkor:
    return Villkor(
        start, years, length, _heltal(percent, f"Omfattningen för {kategori}"), gap,
        overlamning=_heltal(days, f"Överlämningen för {kategori}"),
    )  # fmt: skip


def _heltal(text: str, what: str) -> int:
    value = parse_decimal(text.strip().removesuffix("%"), "")
    if value != int(value):
        raise PlanFel(f"{what}, {text.strip()}, är inget heltal (K13). Skriv hela tal.")
    return int(value)


def _utkastet(store, rows, names, draft: Utkast) -> None:
    st.markdown(
        f"**Utkast {datum(draft.start)}–{datum(draft.slut)}, "
        f"skulderna delade {VIKTER[draft.vikt]}.** Det flyttar ingen förrän det publiceras."
    )
    for kategori in KATEGORIER:
        if kategori in draft.meningar:
            st.markdown(md(f"{kategori}: {draft.meningar[kategori]}"))
    changes = rotation_draft.andringar(store, draft)
    by_turn = {(c.kategori, c.fran, c.till): c for c in changes}
    tabell(
        [
            {
                "pass": f"{datum(i.ensam)}–{datum(i.till)}",
                "overlamning": f"från {datum(i.fran)}" if i.overlamning else "ingen",
                "omfattning": f"{i.perioder[0].procent} %",
                "kategori": i.post,
                "part": names[i.part],
                "andring": _andring(by_turn.get((i.post, i.ensam, i.till)), names),
            }
            for i in draft.turer
        ],
        [
            Kolumn("pass", "Pass"),
            Kolumn("kategori", "Kategori"),
            Kolumn("part", "Part"),
            Kolumn("omfattning", "Omfattning", tal=True),
            Kolumn("overlamning", "Överlämning"),
            Kolumn("andring", "Mot det publicerade"),
        ],
        "Utkastets pass, och vad som ändras om det publiceras",
        key="utkast",
        hojd=460,
    )
    lost = [c for c in changes if c.efter is None]
    if lost:
        st.warning(
            md("Blir utan: " + "; ".join(f"{names[c.fore]} {c.fran}–{c.till}" for c in lost))
        )
    # the draft that was shown when a button was pressed: someone may have made another since
    seen = st.session_state.get(SETT, draft.post.id)
    st.session_state[SETT] = draft.post.id
    with st.form("publicera"):
        reason = st.text_input("Skäl att publicera", max_chars=200)
        with st.container(horizontal=True):
            publish = st.form_submit_button("Publicera planen", type="primary")
            drop = st.form_submit_button("Ta bort utkastet")
    try:
        if (publish or drop) and seen != draft.post.id:
            raise PlanFel(
                "Utkastet har räknats om sedan du läste det (K14). Läs det som visas nu, och gör "
                "om. Inget har ändrats."
            )
        if publish:
            rotation_draft.publicera(database.shared(), store, rows, draft, reason)
            st.rerun()
        if drop:
            rotation_draft.slang_utkast(store, draft)
            st.rerun()
    except AgreementError as error:
        st.error(md(str(error)))


def _andring(change: Andring | None, names: Mapping[str, str]) -> str:
    """Say what publishing does to a turn of the draft, in words."""
    if change is None:
        return "som publicerat"
    if change.fore is None:
        return "ny"
    if change.fore == change.efter:
        return "ändrad omfattning, kostnad eller överlämning"
    return f"i stället för {names[change.fore]}"
