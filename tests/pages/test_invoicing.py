"""Fakturaunderlag: what to do first, a run from proposal to issued to credited; what is told."""

import io
import zipfile
from dataclasses import replace
from fractions import Fraction

import pytest

from analytics.budget import versions
from analytics.budget.lines import new_line
from analytics.invoicing import exports as invoicing_exports, issued as invoicing_issued, recipients
from analytics.invoicing.recipients import Recipient
from analytics.store import posts as store_posts
from analytics.store.posts import Write
from tests.given.invoicing import JOINS, UPPARBETAT, Sample, number
from tests.pages.scenario_page import NB, reopen, text
from tests.pages.screen import button, field, table, tables


def figure(cell):
    return int(cell.replace(NB, "").replace("−", "-"))


@pytest.fixture
def sample():
    return Sample(store=store_posts.shared())


def test_an_empty_store_says_what_to_do_first_and_does_it():
    app = reopen("fakturaunderlag", ar="2026")
    assert not app.exception
    assert "Inget scenario är fryst" in text(app)
    assert "0 av 36 parter har det som fakturan behöver" in text(app)

    button(app, "Frys gällande avtal som underlag").click().run()
    assert "Näst på tur är första fakturan 2026: 3 249 995 kr till 36 parter." in text(app)
    assert "Värden saknas" in text(app)
    assert button(app, "Ställ ut och lås").disabled


def test_two_invoices_are_issued_and_every_krona_ties_out(sample):
    sample.frozen()
    app = reopen("fakturaunderlag", ar="2026")
    for run in (1, 2):
        field(app, "Vem som beslutat att ställa ut, och när").set_value("Chefsgruppen")
        button(app, "Ställ ut och lås").click().run()
        assert not app.exception and [e.value for e in app.error] == []
        assert f"2026-{run}, " in text(app) and "utställd och låst" in text(app)

    found = table(app, "Vad som skickas till vem")
    assert found["columns"][2:4] == ["Första fakturan, kr", "Andra fakturan, kr"]
    for row in [*found["rows"], found["total"]]:
        fee, first, second, both, left = map(figure, row[1:])
        assert first + second == both == fee and left == 0
    assert figure(found["total"][1]) == 6_500_000
    status = {row[0]: row[5] for row in table(app, "Kontroller")["rows"]}
    assert list(status.values()) == ["stämmer", "stämmer", "inte ännu", "stämmer"]


def test_only_the_run_that_was_shown_is_issued_or_credited(sample):
    """Two have the page open: who comes second is told, and no other run is made in its place."""
    sample.frozen()
    one, two = reopen("fakturaunderlag", ar="2026"), reopen("fakturaunderlag", ar="2026")
    for app in (one, two):
        field(app, "Vem som beslutat att ställa ut, och när").set_value("Chefsgruppen")
        button(app, "Ställ ut och lås").click().run()
    assert [run.round_number for run in invoicing_issued.list_runs(sample.store)] == [1]
    assert "Granska det igen" in two.error[0].value
    button(two, "Ställ ut och lås").click().run()
    assert [run.round_number for run in invoicing_issued.list_runs(sample.store)] == [1, 2]

    one, two = reopen("fakturaunderlag", ar="2026"), reopen("fakturaunderlag", ar="2026")
    for app in (one, two):
        field(app, "Skäl att kreditera").set_value("Fel underlag")
        button(app, "Kreditera").click().run()
    assert [run.credited for run in invoicing_issued.list_runs(sample.store)] == [
        None,
        None,
        "2026-2",
    ]


def test_without_a_reason_nothing_is_issued(sample):
    sample.frozen()
    app = reopen("fakturaunderlag", ar="2026")
    button(app, "Ställ ut och lås").click().run()

    assert "Skälet saknas" in app.error[0].value
    assert invoicing_issued.list_runs(sample.store) == []


def test_used_means_wait_for_the_tertial(sample):
    sample.frozen(UPPARBETAT)
    app = reopen("fakturaunderlag", ar="2026")

    assert "Första fakturan 2026 går inte att göra ännu." in text(app)
    assert "tertial 2 är öppet (K7)" in text(app)


def test_the_latest_run_is_credited_and_the_page_says_by_which(sample):
    item = sample.frozen()
    sample.issue(item)
    app = reopen("fakturaunderlag", ar="2026")
    field(app, "Skäl att kreditera").set_value("Fel underlag")
    button(app, "Kreditera").click().run()

    runs = table(app, "Utställda körningar")
    assert [row[0] for row in runs["rows"]] == ["2026-1", "2026-2"]
    assert runs["marks"][0][0] == "krediterad av 2026-2"
    assert "Näst på tur är första fakturan" in text(app)


def test_a_link_chooses_the_basis_and_a_wrong_one_is_told(sample):
    sample.frozen(name="Ett")
    other = sample.frozen(JOINS, name="Två")
    app = reopen("fakturaunderlag", ar="2026", underlag=other.id)
    assert "Underlag: Två (fryst)" in " ".join(tables(app))
    assert "37 parter" in text(app)
    app = reopen("fakturaunderlag", ar="2026", underlag="finns-inte")
    assert "som inte är ett fryst scenario här" in text(app)


def test_references_are_checked_and_the_missing_are_listed(sample):
    sample.frozen()
    app = reopen("fakturaunderlag", ar="2026")
    app.selectbox(key="mottagare").set_value("0115").run()
    field(app, "Organisationsnummer").set_value("212000-0002")
    button(app, "Spara mottagaren").click().run()
    assert "fel kontrollsiffra" in app.error[0].value.replace("\\", "")
    assert recipients.all_recipients(sample.store) == {}

    field(app, "Organisationsnummer").set_value(number("212099990"))
    field(app, "Köparens referens").set_value("REF 1")
    button(app, "Spara mottagaren").click().run()
    assert not app.error
    row = next(r for r in table(app, "Mottagare")["rows"] if r[0] == "Vallentuna")
    assert row[1] == "GLN eller Peppol-id"


def test_two_who_write_about_the_same_party_are_told(sample):
    """The form is opened, someone else saves, and then the form is sent."""
    sample.frozen()
    recipients.save(sample.store, "0115", "V", Recipient(reference="GAMMAL"), reason="x")
    app = reopen("fakturaunderlag", ar="2026")
    app.selectbox(key="mottagare").set_value("0115").run()
    known = recipients.all_recipients(sample.store)["0115"]
    first = replace(known, reference="FÖRST")
    recipients.save(sample.store, "0115", "V", first, reason="x")
    field(app, "Köparens referens").set_value("SEDAN")
    button(app, "Spara mottagaren").click().run()

    told = app.error[0].value.replace("\\", "")
    assert "du skrev ”SEDAN”, sparat är ”FÖRST”" in told
    assert recipients.all_recipients(sample.store)["0115"].reference == "FÖRST"


def test_names_in_runs_are_text_and_never_markup(sample):
    sample.scenarios.freeze(
        sample.scenarios.create("*Stark* [länk](x)", [], reason="x"), reason="x"
    )
    app = reopen("fakturaunderlag", ar="2026")
    assert not app.exception
    shown = [m.value for m in app.markdown]
    assert not any("[länk](x)" in value for value in shown)


def test_every_party_has_its_sheet_in_the_zip(sample):
    run = sample.issue(sample.frozen())
    with zipfile.ZipFile(io.BytesIO(invoicing_exports.zipped_sheets(run, [run]))) as packed:
        names = packed.namelist()
    assert len(names) == 36
    assert "fakturaunderlag-2026-1-0115.pdf" in names


def test_a_file_of_references_shows_what_would_change_before_it_is_read_in(sample):
    sample.frozen()
    app = reopen("fakturaunderlag", ar="2026")
    content = "part_id;referens\r\n0115;REF 1\r\npolisen;Räkning\r\n".encode("cp1252")
    app.file_uploader[0].set_value(("p.csv", content, "text/csv")).run()
    assert not app.exception
    assert [row[0] for row in table(app, "Det här ändras")["rows"]] == [
        "Vallentuna", "Polisen Region Stockholm",
    ]  # fmt: skip
    assert recipients.all_recipients(sample.store) == {}
    button(app, "Läs in uppgifterna").click().run()
    assert not app.exception
    assert "2 av filens 2 parter fick nya uppgifter." in text(app)
    assert recipients.all_recipients(sample.store)["polisen"].reference == "Räkning"
    app.file_uploader[0].set_value(("p.csv", b"part_id;referens\n9999;X\n", "text/csv")).run()
    assert "kolumn part" in app.error[0].value.replace("\\", "")


def test_a_file_of_references_is_read_in_only_over_what_was_shown(sample):
    sample.frozen()
    app = reopen("fakturaunderlag", ar="2026")
    app.file_uploader[0].set_value(("p.csv", b"part_id;referens\n0115;REF 1\n", "text/csv")).run()
    other = Recipient(reference="ANNANS")
    recipients.save(sample.store, "0115", "V", other, reason="x")
    button(app, "Läs in uppgifterna").click().run()
    assert "har ändrats sedan" in app.error[0].value
    assert recipients.all_recipients(sample.store)["0115"].reference == "ANNANS"
    button(app, "Läs in uppgifterna").click().run()
    assert recipients.all_recipients(sample.store)["0115"].reference == "REF 1"


def test_a_run_after_an_example_is_marked_and_warned_of(sample):
    item = sample.frozen()
    sample.invoicing.issue(item, 2026, {2: None}, reason="x", example=True)
    app = reopen("fakturaunderlag", ar="2026")
    field(app, "Vem som beslutat att ställa ut, och när").set_value("Chefsgruppen")
    button(app, "Ställ ut och lås").click().run()

    assert [w.value for w in app.warning].count(app.warning[0].value) == 1
    assert "exempelåret" in app.warning[0].value
    assert [r.example for r in invoicing_issued.list_runs(sample.store)] == [True, True]


def test_a_year_without_fees_in_the_basis_is_told(sample):
    wait = {"tolkning": "T6", "fran": "2027-01-01", "lasart": "vanta", "skal": "Prov"}
    sample.frozen(wait)
    app = reopen("fakturaunderlag", ar="2027")
    assert not app.exception
    assert "Första fakturan 2027 går inte att göra på det här underlaget." in text(app)
    assert "har 2027 ingen avgift" in text(app)


def test_figures_changed_behind_the_programs_back_are_shown_and_not_sent(sample):
    sample.issue(sample.frozen())
    post = sample.store.get("fakturakorning", "2026-1")
    content = dict(post.data)
    content["innehall"]["rad"]["1"]["belopp_kr"] += 1
    sample.store.save_many([Write("fakturakorning", content, post.id, post.version)], reason="x")
    app = reopen("fakturaunderlag", ar="2026")

    assert not app.exception
    assert "Fakturorna för 2026 går inte ihop." in text(app)
    assert "Sigillet på 2026-1 stämmer inte" in text(app)
    assert not [b for b in app.get("download_button") if "blad" in b.proto.label]


def test_another_scenario_than_the_budgets_is_said_on_both_pages(sample):
    eight = {"parameter": "rambudget_kr", "fran": "2026-01-01", "varde": "8 Mkr", "skal": "Prov"}
    said = "Budgeten 2026 utgår från ”Gällande avtal” med ramen 6 500 000 kr, men fakturornas"
    rows = [new_line("inlan", "Inlån", 4_333_333), new_line("gemensamt", "Övning", 2_166_667)]
    plan = versions.begin(sample.store, 2026, 6_500_000, Fraction(2, 3), rows, reason="prov")
    versions.decide(sample.store, plan, reason="prov")
    sample.issue(sample.frozen(eight, name="Åtta"))
    for page in ("budget", "fakturaunderlag"):
        assert said in text(reopen(page, ar="2026"))
    sample.invoicing.credit("2026-1", reason="prov")
    assert said not in text(reopen("budget", ar="2026"))


def test_a_persons_number_is_refused_in_the_form_and_what_to_look_at_is_shown(sample):
    for party in ("0114", "0160"):
        item = Recipient(reference="Anna Andersson", orgnr=number("212000014"))
        recipients.save(sample.store, party, party, item, reason="prov")
    app = reopen("fakturaunderlag", ar="2026")
    shown = table(app, "Mottagare 2026")
    at = shown["columns"].index("Att kontrollera")
    said = {row[0]: row[at] for row in shown["rows"] if row[at]}
    assert set(said) == {"Täby", "Upplands Väsby"}
    assert "ser ut som en persons namn; Upplands Väsby har samma" in said["Täby"]

    field(app, "Köparens referens").set_value("811218-9876")
    button(app, "Spara mottagaren").click().run()
    assert "Köparens referens innehåller ett personnummer" in text(app)
