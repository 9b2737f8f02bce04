"""Work on a tertial: words and forecasts, the year's result, closing and opening again (K7)."""

import streamlit as st

from analytics import followup, followup_store
from analytics.budget import DELAR
from analytics.database import Database
from analytics.followup_columns import rounded
from analytics.followup_rows import METODER, Tertiallage
from analytics.followup_store import Ord, Prognos
from analytics.followup_words import namn, troskeln
from analytics.store import Store
from analytics.swedish import datum, decimal, kr, md, ore, parse_kronor, tal
from pages.parts import nav, tertialtabell
from pages.parts.act import TERTIAL, act, told

VAL = ("profil", "takt", "egen")


def borja(lage: Tertiallage) -> None:
    """Say what to do first."""
    st.markdown(
        "Så här börjar ett år:\n\n"
        "1. Gör en budget av årets ram och besluta den.\n"
        "2. Läs in huvudboken och säg vilket konto som hör till vilken post.\n"
        "3. Kom hit efter april, augusti och december: kommentera det som avviker och "
        "klarmarkera."
    )
    with st.container(key="dorrar"):
        for sida in nav.PAGES:
            if sida.url in ("budget", "bokforing"):
                with st.container(gap="xxsmall"):
                    st.page_link(sida.fil, label=f"**{sida.titel}**")
                    st.markdown(sida.fraga)


def inlan(lage: Tertiallage) -> None:
    """Beside the lines for loans: what the rotation register says that they cost (K15)."""
    if lage.vantat is None:
        st.caption("Rotationsregistret har inga inlån i år att jämföra ersättningen med (K15).")
        return
    some = " Något inlån saknar känd kostnad och är inte med." if lage.vantat.utan_kostnad else ""
    booked = rounded(lage.delsumma("inlan").utfall_ore)
    st.markdown(
        f"Enligt rotationsregistret väntas överenskomna inlån kosta {kr(lage.vantat.hittills_kr)} "
        f"{md(lage.period)} och {kr(lage.vantat.ar_kr)} hela året (K15). Bokfört på delen är "
        f"{md(booked)} kr.{some}"
    )


# ---- words and forecasts ----


def skriv(saved: Store, lage: Tertiallage) -> None:
    """The form for a line, and the table of forecasts."""
    told(TERTIAL)
    if lage.last:
        st.caption("Tertialet är klarmarkerat, så kommentarer och prognoser är låsta.")
    else:
        with st.expander(
            "Skriv kommentar, åtgärd och prognos", expanded=bool(lage.avvikande), key="ex_ord"
        ):
            _post(saved, lage)
        with st.expander(f"Ändra tröskeln: {md(troskeln(lage))}"):
            _troskel(saved, lage)
    tertialtabell.metoder(lage)


def _post(saved: Store, lage: Tertiallage) -> None:
    first = [p for p in lage.poster if p.kraver]
    posts = {p.id: p for p in [*first, *lage.avvikande, *lage.poster]}
    names = namn(lage)
    which = st.selectbox(
        "Post att skriva om",
        list(posts),
        format_func=lambda k: names.get(k, k),
        width=420,
    )
    post = posts[which]
    # what was saved when the form was opened: a later save by someone else is a conflict
    key = f"sedd_{lage.ar}_{lage.tertial}_{which}"
    said, chosen = st.session_state.setdefault(
        key,
        (
            followup_store.kommentarer(saved, lage.ar, lage.tertial).get(which, Ord()),
            followup_store.prognoser(saved, lage.ar, lage.tertial).get(which, Prognos()),
        ),
    )
    with st.form(f"post_{lage.ar}_{lage.tertial}_{which}"):
        with st.container(horizontal=True, vertical_alignment="top"):
            comment = st.text_area(
                "Kommentar: varför avviker den?", said.kommentar, height=110, width=530
            )
            measure = st.text_area("Åtgärd: vad gör vi åt det?", said.atgard, height=110, width=530)
        proposed = {"profil": post.profil_kr, "takt": post.takt_kr}
        method = st.radio(
            "Prognos för året",
            VAL,
            VAL.index(chosen.metod),
            format_func=lambda m: METODER.get(m, m),
            captions=[f"{kr(proposed[m])}" if m in proposed else "med ett skäl" for m in VAL],
            horizontal=True,
        )
        with st.container(horizontal=True, vertical_alignment="top"):
            own = "" if chosen.belopp_kr is None else tal(chosen.belopp_kr)
            amount = st.text_input("Eget belopp för året, kr", own, width=230)
            why = st.text_input("Skäl till prognosen", chosen.skal, max_chars=300)
        save = st.form_submit_button("Spara", type="primary")
    if save:

        def run() -> None:
            forecast = Prognos(
                method,
                parse_kronor(amount) if method == "egen" and amount.strip() else None,
                why,
                chosen.version,
                chosen.id,
            )
            words = Ord(comment, measure, said.version, said.id)
            followup_store.satt_prognos_och_ord(
                saved,
                lage.ar,
                lage.tertial,
                which,
                forecast if forecast != chosen else None,
                words if words != said else None,
                exempel=lage.exempel,
            )

        act(TERTIAL, run, f"Det om {post.namn} är sparat.", key)


def _troskel(saved: Store, lage: Tertiallage) -> None:
    with st.form("troskel"):
        with st.container(horizontal=True, vertical_alignment="top"):
            share = lage.troskel.procent
            percent = st.text_input(
                "Procent av budgeten", decimal(share, 0 if share.denominator == 1 else 2), width=190
            )
            amount = st.text_input("Belopp, kr", tal(lage.troskel.belopp_kr), width=190)
            why = st.text_input("Skäl till tröskeln", max_chars=300)
        if st.form_submit_button("Spara tröskeln"):
            act(
                TERTIAL,
                lambda: followup_store.satt_troskel(saved, percent, amount, skal=why),
                "Tröskeln är ändrad. Den gäller öppna tertial.",
            )


# ---- the year's result ----


def resultat(saved: Store, lage: Tertiallage) -> None:
    """Surplus or deficit per part, and the decision about it."""
    tertialtabell.resultat(lage)
    if not lage.last:
        st.caption("Beslutet skrivs in när tertial 3 är klarmarkerat och siffrorna är låsta.")
        return
    known = {b.del_: b for b in lage.beslut}
    for d in lage.delar:
        if not d.resultat_ore and d.del_ not in known:
            continue
        # as it was when the form was opened: a later decision by someone else is a conflict
        key = f"sedd_resultat_{lage.ar}_{d.del_}"
        before = st.session_state.setdefault(key, known.get(d.del_))
        if before and before.belopp_ore != d.resultat_ore:
            st.warning(
                f"Beslutet om {md(d.namn.lower())} gällde "
                f"{ore(before.belopp_ore)} kr, men nu är det "
                f"{ore(d.resultat_ore)} kr."
            )
        with st.form(f"resultat_{d.del_}"):
            text = st.text_input(
                f"Beslut om {DELAR[d.del_].lower()}, {ore(d.resultat_ore)} kr: vad, av vem och när",
                before.beslut if before else "",
                max_chars=500,
            )
            if st.form_submit_button("Spara beslutet"):
                act(
                    TERTIAL,
                    lambda d=d, text=text, before=before: followup_store.besluta_resultat(
                        saved,
                        lage.ar,
                        d.del_,
                        d.resultat_ore,
                        text,
                        version=before.version if before else 0,
                        exempel=lage.exempel,
                    ),
                    "Beslutet är sparat.",
                    key,
                )


# ---- closing ----


def klarmarkera(db: Database, saved: Store, lage: Tertiallage) -> None:
    """What stands in the way, the button, and the trace of closings and openings."""
    if lage.last:
        st.markdown(
            f"Tertial {lage.tertial} {lage.ar} är klarmarkerat och låst. Det öppnas bara med ett "
            "skäl, och det står kvar i loggen."
        )
        with st.form("oppna"):
            why = st.text_input("Skäl att öppna tertialet igen", max_chars=300)
            if st.form_submit_button("Öppna igen"):
                act(
                    TERTIAL,
                    lambda: followup.oppna(saved, lage.ar, lage.tertial, skal=why),
                    f"Tertial {lage.tertial} är öppet igen.",
                )
    elif lage.hinder:
        one = len(lage.hinder) == 1
        st.markdown(f"{'En sak' if one else f'{len(lage.hinder)} saker'} återstår:")
        st.markdown("\n".join(f"- {md(text)}" for text in lage.hinder))
    else:
        st.markdown("Inget hindrar att tertialet klarmarkeras. Siffrorna låses och förseglas.")
        if st.button(f"Klarmarkera tertial {lage.tertial}", type="primary", key="klarmarkera"):
            act(
                TERTIAL,
                lambda: followup.stang(db, saved, lage.ar, lage.tertial),
                f"Tertial {lage.tertial} {lage.ar} är klarmarkerat.",
            )
    for event in followup_store.spar(saved, lage.ar, lage.tertial):
        word = "Klarmarkerat" if event.efter["status"] == "klarmarkerad" else "Öppnat igen"
        st.caption(md(f"{word} {datum(event.nar.date())}: {event.skal}"))
