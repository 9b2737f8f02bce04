"""A proposed plan on the Rotation page: conditions, what the draft says, and publishing it."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from analytics.agreement.parties import PartyRow
from analytics.errors import AgreementError
from analytics.reference import database
from analytics.rotation import conditions, draft as rotation_draft
from analytics.rotation.draft import DraftChange, RotationDraft
from analytics.rotation.loans import CATEGORIES, Inlan, Weight
from analytics.rotation.problem import PlanFault, PlanTerms
from analytics.rotation.view import WEIGHTS
from analytics.store.posts import Store
from analytics.swedish import date_text, escape_markdown, parse_day, parse_decimal, parse_kronor
from pages.parts.rotation import obstacle_panel, search_panel
from pages.parts.widgets.html_table import Column, show_table

SEEN = "rotation_utkast_sett"


def show(
    store: Store, plan: Sequence[Inlan], rows: Sequence[PartyRow], names: Mapping[str, str],
    draft: RotationDraft | None, weight: Weight, basis: str, today: date,
) -> None:  # fmt: skip
    """Show conditions, controls, the search while it goes on, and the draft that stands."""
    with st.expander("Hinder och låsta pass", key="ex_hinder"):
        obstacle_panel.show(store, rows, names)
    with st.form("forslag"):
        with st.container(horizontal=True, vertical_alignment="top"):
            first = st.text_input("Första dag", f"{today.year + 1}-01-01", width=150)
            years = st.selectbox("Antal år", range(1, 11), 3, width=110)
            cost = st.text_input("Antagen kostnad, kr per heltidsmånad", "", width=270)
            limit = st.selectbox("Tidsgräns, sekunder per kategori", (10, 30, 120, 600), 1,
                                 width=240)  # fmt: skip
        with st.container(horizontal=True, gap="large"):
            own = {k: _own(k) for k in CATEGORIES}
        run = st.form_submit_button("Räkna fram ett förslag", type="primary")
    st.caption(
        f"Skulder delas {WEIGHTS[basis]}. Först så få tomma pass som möjligt, sedan så små skulder "
        "som möjligt, den största först, sedan så lite flyttat som möjligt. Vid lika går varje "
        "pass till den som då är skyldig mest, sedan till lägst id. Den som tar över börjar "
        "överlämningens dagar före passet; de betalas, men jämnheten räknas på passen."
    )
    try:
        if run:
            saved = conditions.obstacles(store)
            asked = {
                k: conditions.with_obstacles(_terms(parse_day(first), years, k, *texts), saved)
                for k, texts in own.items()
                if texts is not None
            }
            if not asked:
                raise PlanFault("Ingen kategori är vald (K14). Kryssa i minst en.")
            cost_kr = parse_kronor(cost) if cost.strip() else None
            search_panel.begin(plan, rows, asked, weight, limit, basis, cost_kr)
        if search_panel.running():
            search_panel.follow(store, plan, rows)
            return
    except AgreementError as error:
        st.error(escape_markdown(str(error)))
    if draft:
        _show_draft(store, rows, names, draft)
    else:
        st.markdown("Inget utkast finns. Ett förslag flyttar ingen förrän det publiceras.")


def _own(category: str) -> tuple[int, str, int, str] | None:
    """The fields of one category; None when it is not to be planned."""
    with st.container(width=240, gap="small"):
        wanted = st.checkbox(f"Planera {category}", True, key=f"med_{category}")
        length = st.selectbox(
            "Passets längd, månader", (1, 2, 3, 4, 6, 12, 24), 4, key=f"langd_{category}"
        )
        percent = st.text_input("Omfattning, %", "50", key=f"omfattning_{category}")
        gap = st.selectbox("Minst så många pass mellan", range(9), 1, key=f"vila_{category}")
        days = st.text_input("Överlämning, dagar", "0", key=f"overlamning_{category}")
    return (length, percent, gap, days) if wanted else None


def _terms(
    start: date, years: int, category: str, length: int, percent: str, gap: int, days: str
) -> PlanTerms:
    return PlanTerms(
        start, years, length, _integer(percent, f"Omfattningen för {category}"), gap,
        handover=_integer(days, f"Överlämningen för {category}"),
    )  # fmt: skip


def _integer(text: str, what: str) -> int:
    value = parse_decimal(text.strip().removesuffix("%"), "")
    if value != int(value):
        raise PlanFault(f"{what}, {text.strip()}, är inget heltal (K13). Skriv hela tal.")
    return int(value)


def _show_draft(store, rows, names, draft: RotationDraft) -> None:
    st.markdown(
        f"**Utkast {date_text(draft.start)}–{date_text(draft.end)}, "
        f"skulderna delade {WEIGHTS[draft.weight]}.** Det flyttar ingen förrän det publiceras."
    )
    for category in CATEGORIES:
        if category in draft.sentences:
            st.markdown(escape_markdown(f"{category}: {draft.sentences[category]}"))
    changes = rotation_draft.changes_of(store, draft)
    by_turn = {(c.category, c.since, c.until): c for c in changes}
    show_table(
        [
            {
                "pass": f"{date_text(i.alone)}–{date_text(i.until)}",
                "overlamning": f"från {date_text(i.since)}" if i.handover else "ingen",
                "omfattning": f"{i.periods[0].percent} %",
                "kategori": i.post,
                "part": names[i.party],
                "andring": _change(by_turn.get((i.post, i.alone, i.until)), names),
            }
            for i in draft.turns
        ],
        [
            Column("pass", "Pass"),
            Column("kategori", "Kategori"),
            Column("part", "Part"),
            Column("omfattning", "Omfattning", number=True),
            Column("overlamning", "Överlämning"),
            Column("andring", "Mot det publicerade"),
        ],
        "Utkastets pass, och vad som ändras om det publiceras",
        key="utkast",
        height=460,
    )
    lost = [c for c in changes if c.after is None]
    if lost:
        st.warning(
            escape_markdown(
                "Blir utan: " + "; ".join(f"{names[c.before]} {c.since}–{c.until}" for c in lost)
            )
        )
    # the draft that was shown when a button was pressed: someone may have made another since
    seen = st.session_state.get(SEEN, draft.post.id)
    st.session_state[SEEN] = draft.post.id
    with st.form("publicera"):
        reason = st.text_input("Skäl att publicera", max_chars=200)
        with st.container(horizontal=True):
            publish = st.form_submit_button("Publicera planen", type="primary")
            drop = st.form_submit_button("Ta bort utkastet")
    try:
        if (publish or drop) and seen != draft.post.id:
            raise PlanFault(
                "Utkastet har räknats om sedan du läste det (K14). Läs det som visas nu, och gör "
                "om. Inget har ändrats."
            )
        if publish:
            rotation_draft.publish(database.shared(), store, rows, draft, reason)
            st.rerun()
        if drop:
            rotation_draft.discard_draft(store, draft)
            st.rerun()
    except AgreementError as error:
        st.error(escape_markdown(str(error)))


def _change(change: DraftChange | None, names: Mapping[str, str]) -> str:
    """Say what publishing does to a turn of the draft, in words."""
    if change is None:
        return "som publicerat"
    if change.before is None:
        return "ny"
    if change.before == change.after:
        return "ändrad omfattning, kostnad eller överlämning"
    return f"i stället för {names[change.before]}"
