"""Work on a tertial: words and forecasts, the year's result, closing and opening again (K7)."""

import streamlit as st

from analytics.budget.lines import PARTS
from analytics.followup import (
    closings,
    comments,
    forecasts,
    status as followup_status,
    thresholds,
    year_result,
)
from analytics.followup.columns import rounded
from analytics.followup.comments import Comment
from analytics.followup.figures import METHODS, TertialStatus
from analytics.followup.forecasts import LineForecast
from analytics.followup.wording import line_name, threshold_text
from analytics.reference.database import Database
from analytics.store.posts import Store
from analytics.swedish import date_text, decimal, escape_markdown, kr, ore, parse_kronor, whole
from pages.parts.followup import tertial_table
from pages.parts.frame import navigation
from pages.parts.frame.act import TERTIAL, act, told

CHOICES = ("profil", "takt", "egen")


def begin(status: TertialStatus) -> None:
    """Say what to do first."""
    st.markdown(
        "Så här börjar ett år:\n\n"
        "1. Gör en budget av årets ram och besluta den.\n"
        "2. Läs in huvudboken och säg vilket konto som hör till vilken post.\n"
        "3. Kom hit efter april, augusti och december: kommentera det som avviker och "
        "klarmarkera."
    )
    with st.container(key="dorrar"):
        for page in navigation.PAGES:
            if page.url in ("budget", "bokforing"):
                with st.container(gap="xxsmall"):
                    st.page_link(page.file, label=f"**{page.title}**")
                    st.markdown(page.ask)


def inlan(status: TertialStatus) -> None:
    """Beside the lines for loans: what the rotation register says that they cost (K15)."""
    if status.expected is None:
        st.caption("Rotationsregistret har inga inlån i år att jämföra ersättningen med (K15).")
        return
    some = (
        " Något inlån saknar känd kostnad och är inte med." if status.expected.without_cost else ""
    )
    booked = rounded(status.subtotal("inlan").outcome_ore)
    st.markdown(
        "Enligt rotationsregistret väntas överenskomna inlån kosta "
        f"{kr(status.expected.so_far_kr)} "
        f"{escape_markdown(status.period)} och {kr(status.expected.year_kr)} hela året (K15). "
        "Bokfört på delen är "
        f"{escape_markdown(booked)} kr.{some}"
    )


# ---- words and forecasts ----


def edit_lines(saved: Store, status: TertialStatus) -> None:
    """The form for a line, and the table of forecasts."""
    told(TERTIAL)
    if status.locked:
        st.caption("Tertialet är klarmarkerat, så kommentarer och prognoser är låsta.")
    else:
        with st.expander(
            "Skriv kommentar, åtgärd och prognos", expanded=bool(status.deviating), key="ex_ord"
        ):
            _post(saved, status)
        with st.expander(f"Ändra tröskeln: {escape_markdown(threshold_text(status))}"):
            _threshold(saved, status)
    tertial_table.methods(status)


def _post(saved: Store, status: TertialStatus) -> None:
    first = [p for p in status.lines if p.requires]
    posts = {p.id: p for p in [*first, *status.deviating, *status.lines]}
    names = line_name(status)
    which = st.selectbox(
        "Post att skriva om",
        list(posts),
        format_func=lambda k: names.get(k, k),
        width=420,
    )
    post = posts[which]
    # what was saved when the form was opened: a later save by someone else is a conflict
    key = f"sedd_{status.year}_{status.tertial}_{which}"
    said, chosen = st.session_state.setdefault(
        key,
        (
            comments.comments(saved, status.year, status.tertial).get(which, Comment()),
            forecasts.forecasts(saved, status.year, status.tertial).get(which, LineForecast()),
        ),
    )
    with st.form(f"post_{status.year}_{status.tertial}_{which}"):
        with st.container(horizontal=True, vertical_alignment="top"):
            comment = st.text_area(
                "Kommentar: varför avviker den?", said.comment, height=110, width=530
            )
            measure = st.text_area(
                "Åtgärd: vad gör vi åt det?", said.measure, height=110, width=530
            )
        proposed = {"profil": post.profile_kr, "takt": post.pace_kr}
        method = st.radio(
            "Prognos för året",
            CHOICES,
            CHOICES.index(chosen.method),
            format_func=lambda m: METHODS.get(m, m),
            captions=[f"{kr(proposed[m])}" if m in proposed else "med ett skäl" for m in CHOICES],
            horizontal=True,
        )
        with st.container(horizontal=True, vertical_alignment="top"):
            own = "" if chosen.amount_kr is None else whole(chosen.amount_kr)
            amount = st.text_input("Eget belopp för året, kr", own, width=230)
            why = st.text_input("Skäl till prognosen", chosen.reason, max_chars=300)
        save = st.form_submit_button("Spara", type="primary")
    if save:

        def run() -> None:
            forecast = LineForecast(
                method,
                parse_kronor(amount) if method == "egen" and amount.strip() else None,
                why,
                chosen.version,
                chosen.id,
            )
            words = Comment(comment, measure, said.version, said.id)
            comments.set_forecast_and_comment(
                saved,
                status.year,
                status.tertial,
                which,
                forecast if forecast != chosen else None,
                words if words != said else None,
                example=status.example,
            )

        act(TERTIAL, run, f"Det om {post.name} är sparat.", key)


def _threshold(saved: Store, status: TertialStatus) -> None:
    with st.form("troskel"):
        with st.container(horizontal=True, vertical_alignment="top"):
            share = status.threshold.percent
            percent = st.text_input(
                "Procent av budgeten", decimal(share, 0 if share.denominator == 1 else 2), width=190
            )
            amount = st.text_input("Belopp, kr", whole(status.threshold.amount_kr), width=190)
            why = st.text_input("Skäl till tröskeln", max_chars=300)
        if st.form_submit_button("Spara tröskeln"):
            act(
                TERTIAL,
                lambda: thresholds.set_threshold(saved, percent, amount, reason=why),
                "Tröskeln är ändrad. Den gäller öppna tertial.",
            )


# ---- the year's result ----


def result(saved: Store, status: TertialStatus) -> None:
    """Surplus or deficit per part, and the decision about it."""
    tertial_table.result(status)
    if not status.locked:
        st.caption("Beslutet skrivs in när tertial 3 är klarmarkerat och siffrorna är låsta.")
        return
    known = {b.part_of_frame: b for b in status.decisions}
    for d in status.parts:
        if not d.result_ore and d.part_of_frame not in known:
            continue
        # as it was when the form was opened: a later decision by someone else is a conflict
        key = f"sedd_resultat_{status.year}_{d.part_of_frame}"
        before = st.session_state.setdefault(key, known.get(d.part_of_frame))
        if before and before.amount_ore != d.result_ore:
            st.warning(
                f"Beslutet om {escape_markdown(d.name.lower())} gällde "
                f"{ore(before.amount_ore)} kr, men nu är det "
                f"{ore(d.result_ore)} kr."
            )
        with st.form(f"resultat_{d.part_of_frame}"):
            text = st.text_input(
                f"Beslut om {PARTS[d.part_of_frame].lower()}, {ore(d.result_ore)} kr: vad, av vem "
                "och när",
                before.decision if before else "",
                max_chars=500,
            )
            if st.form_submit_button("Spara beslutet"):
                act(
                    TERTIAL,
                    lambda d=d, text=text, before=before: year_result.decide_result(
                        saved,
                        status.year,
                        d.part_of_frame,
                        d.result_ore,
                        text,
                        version=before.version if before else 0,
                        example=status.example,
                    ),
                    "Beslutet är sparat.",
                    key,
                )


# ---- closing ----


def mark_complete(db: Database, saved: Store, status: TertialStatus) -> None:
    """What stands in the way, the button, and the trace of closings and openings."""
    if status.locked:
        st.markdown(
            f"Tertial {status.tertial} {status.year} är klarmarkerat och låst. Det öppnas bara "
            "med ett "
            "skäl, och det står kvar i loggen."
        )
        with st.form("oppna"):
            why = st.text_input("Skäl att öppna tertialet igen", max_chars=300)
            if st.form_submit_button("Öppna igen"):
                act(
                    TERTIAL,
                    lambda: followup_status.reopen(saved, status.year, status.tertial, reason=why),
                    f"Tertial {status.tertial} är öppet igen.",
                )
    elif status.obstacles:
        one = len(status.obstacles) == 1
        st.markdown(f"{'En sak' if one else f'{len(status.obstacles)} saker'} återstår:")
        st.markdown("\n".join(f"- {escape_markdown(text)}" for text in status.obstacles))
    else:
        st.markdown("Inget hindrar att tertialet klarmarkeras. Siffrorna låses och förseglas.")
        if st.button(f"Klarmarkera tertial {status.tertial}", type="primary", key="klarmarkera"):
            act(
                TERTIAL,
                lambda: followup_status.close(db, saved, status.year, status.tertial),
                f"Tertial {status.tertial} {status.year} är klarmarkerat.",
            )
    for event in closings.trail(saved, status.year, status.tertial):
        word = "Klarmarkerat" if event.after["status"] == "klarmarkerad" else "Öppnat igen"
        st.caption(escape_markdown(f"{word} {date_text(event.when.date())}: {event.reason}"))
