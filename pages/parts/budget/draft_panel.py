"""Work on a year's budget: begin a draft, change its lines, read in a file, decide it."""

from collections.abc import Callable, Mapping

import streamlit as st

from analytics.budget import lines as budget_lines, versions
from analytics.budget.lines import PARTS, Budget, BudgetLine
from analytics.errors import AgreementError
from analytics.reference import database
from analytics.scenario import results
from analytics.scenario.dated import Scenario
from analytics.scenario.results import ScenarioCase
from analytics.store.posts import Store
from analytics.swedish import escape_markdown, kr, parse_kronor, whole
from pages.parts.budget import file_panel
from pages.parts.frame import chosen as frame_chosen, question
from pages.parts.frame.act import BUDGET, act, told

NEW = "Ny post"
SEEN = "_budget_sett"
OPEN = file_panel.OPEN
SINCE = {
    "forra": "förra årets beslutade poster",
    "tom": "inga poster",
}


def show(saved: Store, year: int, decided: Budget | None, draft: Budget | None) -> None:
    """Show what can be done now."""
    told(BUDGET)
    if draft is None:
        _begin(saved, year, decided)
        return
    st.header("Arbeta med utkastet")
    with st.expander(
        "Lägg till, ändra eller ta bort en post", expanded=not draft.rows, key="ex_budgetpost"
    ):
        _post(saved, draft)
    with st.expander("Få posterna att gå ihop", key="ex_budget_ihop"):
        _even_out(saved, draft)
    with st.expander("Läs in posterna ur en fil", key="ex_budgetfil"):
        file_panel.show(saved, draft)
    with st.expander("Besluta eller kasta utkastet", key="ex_budgetbeslut"):
        _decide(saved, draft)


def financing(shown: Budget) -> None:
    """Say whether the parties pay the frame that the budget rests on."""
    item = _find_scenario(shown.scenario_id)
    if item is None:
        st.caption("Scenariot som ramen togs ur finns inte kvar.")
        return
    answer = results.fees_of(
        database.shared(),
        question.agreement(),
        frame_chosen.scenarios(),
        [ScenarioCase(item, shown.year)],
    )[0]
    name = f"Ramen är tagen ur {item.name}" if item.id else "Ramen är gällande avtals"
    if isinstance(answer, AgreementError):
        st.caption(escape_markdown(f"{name}. {answer}"))
        return
    now = "" if answer.frame_kr == shown.frame_kr else f" Nu säger det {kr(answer.frame_kr)}."
    gap = shown.frame_kr - answer.financed_kr
    paid = (
        "Parterna betalar hela den."
        if gap == 0
        else f"Parterna betalar {kr(answer.financed_kr)}, så {kr(gap)} är ofinansierat."
        if gap > 0
        else f"Parterna betalar {kr(answer.financed_kr)}, {kr(-gap)} mer."
    )
    st.caption(escape_markdown(f"{name} {shown.year}.{now} {paid}"))


def _find_scenario(scenario_id: str | None) -> Scenario | None:
    try:
        return frame_chosen.get_scenario(scenario_id or "")
    except AgreementError:
        return None


def _frame_choice() -> Scenario:
    options = {s.id: s for s in versions.decided_scenarios(frame_chosen.scenarios())}
    chosen = st.selectbox(
        "Ramen ur (beslutade scenarier)",
        list(options),
        format_func=lambda i: options[i].name if i in options else i,
        width=420,
    )
    return options[chosen]


def _begin(saved: Store, year: int, decided: Budget | None) -> None:
    st.header("Börja ett utkast" if decided is None else "Ändra budgeten")
    if decided is not None:
        with st.form("ny_version"):
            st.markdown("En beslutad budget ändras inte. En ändring är en ny version med ett skäl.")
            if st.form_submit_button(f"Gör ett utkast till version {decided.number + 1}"):
                _act(
                    lambda: versions.begin_version(saved, year, reason="Ny version"),
                    "Utkastet är gjort, med samma poster som den beslutade budgeten.",
                )
        return
    before = versions.decided_budget(saved, year - 1)
    with st.form("nytt_utkast"):
        item = _frame_choice()
        start = st.radio(
            "Börja med",
            list(SINCE) if before else ["tom"],
            format_func=SINCE.get,
            horizontal=True,
        )
        if before is None:
            st.caption(f"Det finns ingen beslutad budget {year - 1} att ta poster ur.")
        if st.form_submit_button("Gör ett utkast", type="primary"):
            source = before if start == "forra" else None
            _act(lambda: _new(saved, year, item, source), f"Utkastet till {year} är gjort.")


def _new(saved: Store, year: int, item: Scenario, source: Budget | None) -> None:
    """Save a draft with the lines of *source*; those of an example are an example still."""
    frame, share = versions.frame_of(
        database.shared(), question.agreement(), frame_chosen.scenarios(), item, year
    )
    versions.begin(
        saved,
        year,
        frame,
        share,
        source.rows if source else (),
        reason="Nytt utkast",
        scenario_id=item.id or None,
        example=bool(source and source.example),
    )


def _post(saved: Store, draft: Budget) -> None:
    rows = {r.id: r for r in draft.in_order}
    which = st.selectbox(
        "Post",
        [NEW, *rows],
        format_func=lambda k: (
            f"{rows[k].name} ({PARTS[rows[k].part_of_frame]})" if k in rows else k
        ),
        width=420,
    )
    _gone(draft, rows, which)
    # the line as it was when the form was opened: a change by someone else meanwhile is told
    key = f"sedd_post_{draft.id}_{which}"
    old = rows.get(which) and st.session_state.setdefault(key, rows[which])
    with st.form(f"post_{which}"):
        with st.container(horizontal=True, vertical_alignment="top"):
            part = st.selectbox(
                "Del av ramen (K2)",
                list(PARTS),
                list(PARTS).index(old.part_of_frame) if old else 0,
                format_func=lambda d: PARTS.get(d, d),
                width=330,
            )
            name = st.text_input("Postens namn", old.name if old else "", max_chars=80, width=330)
            role = st.text_input(
                "Ansvarig roll, inte person", old.role if old else "", max_chars=80, width=300
            )
        with st.container(horizontal=True, vertical_alignment="top"):
            year = st.text_input("Året, kr", whole(old.year_kr) if old else "", width=190)
            spans = [
                st.text_input(f"{label}, kr", whole(old.tertial_kr[n]) if old else "", width=190)
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
            lambda: versions.save_line(
                saved,
                draft.year,
                budget_lines.new_line(
                    part, name, _kr(year), [_kr(s) for s in spans], role, old.id if old else ""
                ),
                old,
                reason="Post sparad",
            ),
            f"Posten ”{name.strip()}” är sparad.",
            key,
        )
    elif away:
        _act(
            lambda: versions.save_line(saved, draft.year, None, old, reason="Post borttagen"),
            f"Posten ”{old.name}” är borttagen ur utkastet.",
            key,
        )


def _gone(draft: Budget, rows: Mapping[str, BudgetLine], which: str) -> None:
    """Tell when the line that was open has gone or changed its name: the form went with it."""
    where, before = st.session_state.get(OPEN, ("", None))
    now = rows.get(before.id) if before else None
    if before and where == draft.id and which == NEW and (now is None or now.name != before.name):
        st.warning(
            f"Posten ”{escape_markdown(before.name)}” har bytt namn eller tagits bort sedan du "
            "öppnade den. "
            "Det du skrev i den har inte sparats."
        )
    st.session_state[OPEN] = (draft.id, rows.get(which))


def _even_out(saved: Store, draft: Budget) -> None:
    with st.container(horizontal=True):
        if st.button(f"Lägg resten på posten ”{budget_lines.UNALLOCATED}”", key="budget_rest"):
            _act(
                lambda: versions.save(
                    saved, budget_lines.with_remainder(draft), reason="Rest utlagd"
                ),
                "Det som var kvar i varje del ligger nu på en egen post.",
            )
        if st.button("Räkna om alla poster så att de fyller delarna", key="budget_skala"):
            _act(
                lambda: versions.save(saved, budget_lines.scale(draft), reason="Omräknat"),
                "Posterna är omräknade i proportion, till kronan.",
            )
    item = _frame_choice()
    if st.button("Byt till den ramen", key="budget_byt_ram"):
        _act(lambda: _change_frame(saved, draft, item), "Ramen är bytt. Posterna är som de var.")


def _change_frame(saved: Store, draft: Budget, item: Scenario) -> None:
    frame, share = versions.frame_of(
        database.shared(), question.agreement(), frame_chosen.scenarios(), item, draft.year
    )
    changed = budget_lines.with_frame(draft, frame, share, item.id or None)
    versions.save(saved, changed, reason="Annan ram")


def _decide(saved: Store, draft: Budget) -> None:
    for fault in draft.faults():
        st.markdown(f"- {escape_markdown(fault)}")
    # the draft that was shown when a button was pressed: someone may have changed it since
    seen = st.session_state.get(SEEN, (draft.id, draft.version))
    st.session_state[SEEN] = (draft.id, draft.version)
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
            lambda: versions.decide(saved, draft, reason=reason),
            f"Budgeten {draft.year} version {draft.number} är beslutad.",
        )
    elif away:
        _act(
            lambda: versions.discard(saved, draft, reason=reason or "Kastat"),
            "Utkastet är kastat.",
        )


def _act(work: Callable[[], object], said: str, *forget: str) -> None:
    act(BUDGET, work, said, *forget, OPEN)


def _kr(text: str) -> int | None:
    return parse_kronor(text) if text.strip() else None
