"""Files of the field on the page: what they would give is seen, saved, and held against them."""

import re

import pytest

from analytics.ledger import saved_rows
from analytics.store.posts import shared
from tests.given.field_files import LEFT, REFUSED, path_of
from tests.pages.screen import button, field, table
from tests.pages.test_ledger import reopen, said, upload


def look(name: str):
    return upload(reopen(ar="2026"), path_of(name).read_bytes(), f"{name}.se")


def titles(app) -> list[str]:
    return [box.label for box in app.selectbox]


@pytest.mark.parametrize(("names", "left"), [one for one in LEFT if one[1]], ids="+".join)
def test_the_page_saves_what_the_files_say(names, left):
    for name in names:
        app = look(name)
        labels = [b.label for b in app.button]
        wanted = [b for b in labels if re.match(r"Läs in [0-9]|Spara filens", b)]
        if not wanted:
            assert "inga verifikat" in said(app)
            continue
        next(f for f in app.text_input if f.label.startswith("Skäl till")).input("prov")
        button(app, wanted[0]).click().run()
        assert not app.exception and not app.error
    sums: dict[str, int] = {}
    for row in saved_rows.standing_rows(shared(), 2026):
        sums[row["konto"]] = sums.get(row["konto"], 0) + row["belopp_ore"]
    assert {konto: ore for konto, ore in sums.items() if ore} == left


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_file_is_told_and_the_page_stays(name):
    app = look(name)
    assert not app.exception and "har ett fel" in app.error[0].value
    assert len(table(app, "Fel i filen")["rows"]) == 1


def test_a_difference_is_seen_before_and_the_year_says_so_afterwards():
    app = look("dec")
    assert "på 2 konton" in app.warning[0].value
    rows = table(app, "Konton där huvudboken inte blir som filen säger")["rows"]
    assert [row[0] for row in rows] == ["3010", "5010"]
    assert "Bokslutsverifikat som nollar resultatkonton" in titles(app)
    field(app, "Skäl till att läsa in filen fast summorna skiljer").input("bokslutet räknas")
    button(app, "Läs in 7 rader").click().run()
    app = reopen(ar="2026")
    assert "Nej, 2 av 2 konton skiljer sig" in said(app)
    app = look("dec")
    next(s for s in app.selectbox if s.label.startswith("Bokslut")).set_value("leave_out").run()
    assert "som filens egna summor" in app.success[0].value


def test_a_file_without_sums_says_so_and_shows_its_accounts():
    app = look("m0-forst")
    assert "Filen säger inga egna summor" in said(app)
    rows = table(app, "Filens räkenskapsår, konto för konto")["rows"]
    assert [(row[0], row[2], row[4]) for row in rows] == [
        ("1930", "saknas", "−400,00"), ("5010", "saknas", "400,00"),
    ]  # fmt: skip
