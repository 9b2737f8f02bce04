"""Does the ledger say what the accounting says? Of a file before it is saved, and of the year."""

from collections.abc import Sequence

import streamlit as st

from analytics.ledger.review import choices
from analytics.ledger.review.preview import Preview
from analytics.ledger.sums import AccountOfYear
from analytics.swedish import escape_markdown, ore, ore_kr, whole
from pages.parts.widgets.html_table import Column, show_table

AGREES = {True: "ja", False: "nej", None: "ingen fil säger"}


def choice_keys(turn: int) -> dict[str, str]:
    """Return the session key of each question's field, for one file after another."""
    return {name: f"bf_val_{name}_{turn}" for name in choices.WAYS}


def chosen(turn: int) -> dict[str, str | None]:
    """Return the ways that have been chosen; None where nobody has."""
    return {name: st.session_state.get(key) for name, key in choice_keys(turn).items()}


def ask(found: Preview, turn: int) -> None:
    """Show a field for each question that the file leaves open."""
    for name in found.asked:
        ways = choices.WAYS[name]
        st.selectbox(
            choices.TITLES[name],
            list(ways),
            index=list(ways).index(getattr(found.choices, name)),
            key=choice_keys(turn)[name],
            width=460,
            format_func=lambda way, ways=ways: f"{ways[way][0].upper()}{ways[way][1:]}",
        )


def of_file(found: Preview) -> None:
    """Show each account: the file's own sum, its rows', and what the ledger will hold."""
    accounts = found.accounts
    if not accounts:
        return
    stated = sum(a.stated_ore is not None for a in accounts)
    differ = found.differences
    if differ:
        st.warning(
            f"Huvudboken blir inte som filens egna summor på {whole(len(differ))} "
            f"{'konto' if len(differ) == 1 else 'konton'}. Skälet till att läsa in den ändå sparas "
            "med inläsningen."
        )
        _table(found, differ, "Konton där huvudboken inte blir som filen säger", "bf_skiljer")
    elif stated:
        st.success(
            f"Huvudboken blir som filens egna summor, på {whole(stated)} konton av {whole(stated)}."
        )
    else:
        st.caption("Filen säger inga egna summor per konto, så inget kan hållas mot dem.")
    with st.expander("Alla konton: filens summa, radernas och huvudbokens"):
        _table(found, accounts, "Filens räkenskapsår, konto för konto", "bf_konton")


def _table(found: Preview, accounts: Sequence[object], heading: str, key: str) -> None:
    show_table(
        [
            {
                "konto": a.konto,
                "namn": found.parsed.accounts.get(a.konto, ""),
                "fil": a.stated_ore,
                "rader": a.rows_ore,
                "bok": a.ledger_ore,
                "orsak": a.cause,
            }
            for a in accounts
        ],
        [
            Column("konto", "Konto"),
            Column("namn", "Kontots namn"),
            Column("fil", "Filens egen summa, kr", ore, number=True),
            Column("rader", "Filens rader, kr", ore, number=True),
            Column("bok", "Huvudboken blir, kr", ore, number=True),
            Column("orsak", "Trolig orsak"),
        ],
        heading,
        key=key,
        height=460,
    )


def of_year(year: int, accounts: Sequence[AccountOfYear], names: dict[str, str]) -> None:
    """Show whether the ledger agrees with what the latest files state, account by account."""
    stated = [a for a in accounts if a.agrees is not None]
    if not stated:
        return
    st.header("Stämmer huvudboken med bokföringen?")
    differ = [a for a in stated if not a.agrees]
    if differ:
        most = max(differ, key=lambda a: abs(a.amount_ore - a.stated_ore))
        st.markdown(
            f"**Nej, {whole(len(differ))} av {whole(len(stated))} konton skiljer sig från det som "
            f"filerna själva säger. Mest skiljer konto {escape_markdown(most.konto)}: "
            f"{ore_kr(most.amount_ore - most.stated_ore)}.**"
        )
    else:
        st.markdown(
            f"**Ja, på alla {whole(len(stated))} konton som filerna säger en summa för {year}.**"
        )
    show_table(
        [
            {
                "konto": a.konto,
                "namn": names.get(a.konto, ""),
                "bok": a.amount_ore,
                "rader": a.rows,
                "fil": a.stated_ore,
                "stammer": AGREES[a.agrees],
            }
            for a in sorted(accounts, key=lambda a: (a.agrees is not False, a.agrees is None))
        ],
        [
            Column("konto", "Konto"),
            Column("namn", "Kontots namn"),
            Column("bok", "Huvudboken, kr", ore, number=True),
            Column("rader", "Rader", whole, number=True),
            Column("fil", "Senaste filens summa, kr", ore, number=True),
            Column("stammer", "Stämmer"),
        ],
        f"Konton {year}, de som skiljer först.",
        key="bf_stammer",
        height=460,
    )
