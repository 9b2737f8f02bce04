"""Work on a year's budget: begin a draft, change its lines, read in a file, decide it."""

from collections.abc import Callable, Mapping

import streamlit as st

from analytics import budget, budget_store, database, scenario_results
from analytics.budget import DELAR, Budget, Budgetrad
from analytics.errors import AgreementError
from analytics.scenario import Scenario
from analytics.scenario_results import Fall
from analytics.store import Store
from analytics.swedish import kr, md, parse_kronor, tal
from pages.parts import budgetfil, valt, vy
from pages.parts.act import BUDGET, act, told

NY = "Ny post"
SETT = "_budget_sett"
OPPEN = budgetfil.OPPEN
FRAN = {
    "forra": "förra årets beslutade poster",
    "tom": "inga poster",
}


def visa(saved: Store, year: int, decided: Budget | None, draft: Budget | None) -> None:
    """Show what can be done now."""
    told(BUDGET)
    if draft is None:
        _borja(saved, year, decided)
        return
    st.header("Arbeta med utkastet")
    with st.expander(
        "Lägg till, ändra eller ta bort en post", expanded=not draft.rader, key="ex_budgetpost"
    ):
        _post(saved, draft)
    with st.expander("Få posterna att gå ihop", key="ex_budget_ihop"):
        _jamna(saved, draft)
    with st.expander("Läs in posterna ur en fil", key="ex_budgetfil"):
        budgetfil.visa(saved, draft)
    with st.expander("Besluta eller kasta utkastet", key="ex_budgetbeslut"):
        _besluta(saved, draft)


def finansiering(shown: Budget) -> None:
    """Say whether the parties pay the frame that the budget rests on."""
    item = _scenariot(shown.scenario_id)
    if item is None:
        st.caption("Scenariot som ramen togs ur finns inte kvar.")
        return
    answer = scenario_results.avgifter(
        database.shared(), vy.avtal(), valt.scenarier(), [Fall(item, shown.ar)]
    )[0]
    name = f"Ramen är tagen ur {item.namn}" if item.id else "Ramen är gällande avtals"
    if isinstance(answer, AgreementError):
        st.caption(md(f"{name}. {answer}"))
        return
    now = "" if answer.ram_kr == shown.ram_kr else f" Nu säger det {kr(answer.ram_kr)}."
    gap = shown.ram_kr - answer.finansierat_kr
    paid = (
        "Parterna betalar hela den."
        if gap == 0
        else f"Parterna betalar {kr(answer.finansierat_kr)}, så {kr(gap)} är ofinansierat."
        if gap > 0
        else f"Parterna betalar {kr(answer.finansierat_kr)}, {kr(-gap)} mer."
    )
    st.caption(md(f"{name} {shown.ar}.{now} {paid}"))


def _scenariot(scenario_id: str | None) -> Scenario | None:
    try:
        return valt.scenariot(scenario_id or "")
    except AgreementError:
        return None


def _ramval() -> Scenario:
    options = {s.id: s for s in budget_store.beslutade_scenarier(valt.scenarier())}
    chosen = st.selectbox(
        "Ramen ur (beslutade scenarier)",
        list(options),
        format_func=lambda i: options[i].namn if i in options else i,
        width=420,
    )
    return options[chosen]


def _borja(saved: Store, year: int, decided: Budget | None) -> None:
    st.header("Börja ett utkast" if decided is None else "Ändra budgeten")
    if decided is not None:
        with st.form("ny_version"):
            st.markdown("En beslutad budget ändras inte. En ändring är en ny version med ett skäl.")
            if st.form_submit_button(f"Gör ett utkast till version {decided.nummer + 1}"):
                _act(
                    lambda: budget_store.ny_version(saved, year, skal="Ny version"),
                    "Utkastet är gjort, med samma poster som den beslutade budgeten.",
                )
        return
    before = budget_store.gallande(saved, year - 1)
    with st.form("nytt_utkast"):
        item = _ramval()
        start = st.radio(
            "Börja med",
            list(FRAN) if before else ["tom"],
            format_func=FRAN.get,
            horizontal=True,
        )
        if before is None:
            st.caption(f"Det finns ingen beslutad budget {year - 1} att ta poster ur.")
        if st.form_submit_button("Gör ett utkast", type="primary"):
            source = before if start == "forra" else None
            _act(lambda: _nytt(saved, year, item, source), f"Utkastet till {year} är gjort.")


def _nytt(saved: Store, year: int, item: Scenario, source: Budget | None) -> None:
    """Save a draft with the lines of *source*; those of an example are an example still."""
    frame, share = budget_store.ram(database.shared(), vy.avtal(), valt.scenarier(), item, year)
    budget_store.nytt(
        saved,
        year,
        frame,
        share,
        source.rader if source else (),
        skal="Nytt utkast",
        scenario_id=item.id or None,
        exempel=bool(source and source.exempel),
    )


def _post(saved: Store, draft: Budget) -> None:
    rows = {r.id: r for r in draft.i_ordning}
    which = st.selectbox(
        "Post",
        [NY, *rows],
        format_func=lambda k: f"{rows[k].namn} ({DELAR[rows[k].del_]})" if k in rows else k,
        width=420,
    )
    _forsvunnen(draft, rows, which)
    # the line as it was when the form was opened: a change by someone else meanwhile is told
    key = f"sedd_post_{draft.id}_{which}"
    old = rows.get(which) and st.session_state.setdefault(key, rows[which])
    with st.form(f"post_{which}"):
        with st.container(horizontal=True, vertical_alignment="top"):
            part = st.selectbox(
                "Del av ramen (K2)",
                list(DELAR),
                list(DELAR).index(old.del_) if old else 0,
                format_func=lambda d: DELAR.get(d, d),
                width=330,
            )
            name = st.text_input("Postens namn", old.namn if old else "", max_chars=80, width=330)
            role = st.text_input(
                "Ansvarig roll, inte person", old.roll if old else "", max_chars=80, width=300
            )
        with st.container(horizontal=True, vertical_alignment="top"):
            year = st.text_input("Året, kr", tal(old.ar_kr) if old else "", width=190)
            spans = [
                st.text_input(f"{label}, kr", tal(old.tertial_kr[n]) if old else "", width=190)
                for n, label in enumerate(("Jan–apr", "Maj–aug", "Sep–dec"))
            ]
        st.caption(
            "Skriv bara året så delas det lika på tertialen, eller bara tertialen så blir året "
            "deras summa."
        )
        with st.container(horizontal=True):
            save = st.form_submit_button("Spara posten", type="primary")
            away = old is not None and st.form_submit_button("Ta bort posten")
    if save:
        _act(
            lambda: budget_store.spara_rad(
                saved,
                draft.ar,
                budget.rad(
                    part, name, _kr(year), [_kr(s) for s in spans], role, old.id if old else ""
                ),
                old,
                skal="Post sparad",
            ),
            f"Posten ”{name.strip()}” är sparad.",
            key,
        )
    elif away:
        _act(
            lambda: budget_store.spara_rad(saved, draft.ar, None, old, skal="Post borttagen"),
            f"Posten ”{old.namn}” är borttagen ur utkastet.",
            key,
        )


def _forsvunnen(draft: Budget, rows: Mapping[str, Budgetrad], which: str) -> None:
    """Tell when the line that was open has gone or changed its name: the form went with it."""
    where, before = st.session_state.get(OPPEN, ("", None))
    now = rows.get(before.id) if before else None
    if before and where == draft.id and which == NY and (now is None or now.namn != before.namn):
        st.warning(
            f"Posten ”{md(before.namn)}” har bytt namn eller tagits bort sedan du öppnade den. "
            "Det du skrev i den har inte sparats."
        )
    st.session_state[OPPEN] = (draft.id, rows.get(which))


def _jamna(saved: Store, draft: Budget) -> None:
    with st.container(horizontal=True):
        if st.button(f"Lägg resten på posten ”{budget.EJ_FORDELAT}”", key="budget_rest"):
            _act(
                lambda: budget_store.spara(saved, budget.med_rest(draft), skal="Rest utlagd"),
                "Det som var kvar i varje del ligger nu på en egen post.",
            )
        if st.button("Räkna om alla poster så att de fyller delarna", key="budget_skala"):
            _act(
                lambda: budget_store.spara(saved, budget.skala(draft), skal="Omräknat"),
                "Posterna är omräknade i proportion, till kronan.",
            )
    item = _ramval()
    if st.button("Byt till den ramen", key="budget_byt_ram"):
        _act(lambda: _byt_ram(saved, draft, item), "Ramen är bytt. Posterna är som de var.")


def _byt_ram(saved: Store, draft: Budget, item: Scenario) -> None:
    frame, share = budget_store.ram(database.shared(), vy.avtal(), valt.scenarier(), item, draft.ar)
    changed = budget.med_ram(draft, frame, share, item.id or None)
    budget_store.spara(saved, changed, skal="Annan ram")


def _besluta(saved: Store, draft: Budget) -> None:
    for fault in draft.fel():
        st.markdown(f"- {md(fault)}")
    # the draft that was shown when a button was pressed: someone may have changed it since
    seen = st.session_state.get(SETT, (draft.id, draft.version))
    st.session_state[SETT] = (draft.id, draft.version)
    with st.form("besluta_budget"):
        reason = st.text_input("Beslut och skäl: vem beslutade, när, varför", max_chars=300)
        with st.container(horizontal=True):
            decide = st.form_submit_button("Besluta budgeten", type="primary")
            away = st.form_submit_button("Kasta utkastet")
    if (decide or away) and seen != (draft.id, draft.version):
        st.error(
            "Utkastet har ändrats sedan du läste det. Läs det som visas nu, och gör om. Inget är "
            "beslutat eller kastat."
        )
    elif decide:
        _act(
            lambda: budget_store.besluta(saved, draft, skal=reason),
            f"Budgeten {draft.ar} version {draft.nummer} är beslutad.",
        )
    elif away:
        _act(
            lambda: budget_store.kasta(saved, draft, skal=reason or "Kastat"),
            "Utkastet är kastat.",
        )


def _act(work: Callable[[], object], said: str, *forget: str) -> None:
    act(BUDGET, work, said, *forget, OPPEN)


def _kr(text: str) -> int | None:
    return parse_kronor(text) if text.strip() else None
