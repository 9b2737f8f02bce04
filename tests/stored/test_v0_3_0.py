"""What version 0.3.0 stored, sealed and linked to opens, verifies and exports the same."""

import json
import lzma
import shutil
from pathlib import Path

import pytest

from analytics import (
    activities,
    agreement,
    budget_store,
    database,
    example_year,
    followup_seal,
    followup_store,
    invoice_parties,
    invoice_store,
    kontering,
    ledger,
    rotation_conditions,
    rotation_draft,
    rotation_register,
    scenario,
    scenario_changes,
    scenario_seal,
    store_json,
    store_ledger,
)
from analytics.errors_followup import TertialLast
from analytics.ledger_row import LedgerRow
from analytics.scenario_store import SIGILL, SLAG, Scenarier
from analytics.store import Store, shared
from tests.stored import outputs

HERE = Path(__file__).parent / "v0_3_0"
EXPECTED = HERE / "expected"
LINKS = json.loads((EXPECTED / "links.json").read_text("utf-8"))
KINDS = {
    activities.SLAG: 11, budget_store.SLAG: 3, example_year.SLAG: 1, invoice_store.SLAG: 4,
    invoice_parties.SLAG: 2, invoice_parties.VARD: 1, kontering.SLAG: 20, ledger.IMPORT: 7,
    rotation_register.SLAG: 11, rotation_conditions.HINDER: 2, rotation_draft.PLAN: 2,
    followup_store.PROGNOS: 6, followup_store.KOMMENTAR: 10, followup_store.TERTIAL: 3,
    followup_store.BESLUT: 1, followup_store.INSTALLNING: 1, SLAG: 5, SIGILL: 3,
}  # fmt: skip


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """The folder with the store and the sealed file, as files."""
    folder = tmp_path_factory.mktemp("v0_3_0")
    for name in ("store.db", "sealed_scenario.json"):
        (folder / name).write_bytes(lzma.decompress((HERE / f"{name}.xz").read_bytes()))
    return folder


@pytest.fixture
def store(opened, tmp_path, monkeypatch) -> Store:
    shutil.copy(opened / "store.db", tmp_path / "store.db")
    monkeypatch.setenv("SAMVERKAN_STORE", f"sqlite:///{tmp_path / 'store.db'}")
    return shared()


@pytest.fixture
def known(opened, store) -> dict[str, str]:
    """What the commands and links are filled in with."""
    ids = {post.data["namn"]: post.id for post in store.lista(SLAG)}
    lines = {row.namn: row.id for b in budget_store.versioner(store, 2027) for row in b.rader}
    return {
        "draft": ids["Utkast 2027, andra varvet"],
        "frozen": ids["Fryst 2027"],
        "decided": ids["Beslutat 2027"],
        "line": lines["Övning"],
        "sealed": str(opened / "sealed_scenario.json"),
    }


def same(made: object, saved: object) -> bool:
    return store_json.text(made) == store_json.text(saved)


def test_every_kind_of_post_is_there(store):
    assert {kind: len(store.lista(kind)) for kind in KINDS} == KINDS


def test_every_post_becomes_what_it_was_when_it_is_written_again(store):
    def all_same(kind, again):
        posts = store.lista(kind, borttagna=True)
        assert posts
        assert [p.id for p in posts if not same(again(p), p.data)] == []

    all_same(budget_store.SLAG, lambda p: budget_store.som_data(budget_store.av_data(p.data)))
    all_same(activities.SLAG, lambda p: activities.som_data(activities.av_data(p.data)))
    all_same(kontering.SLAG, lambda p: kontering.som_data(kontering.av_post(p)))
    all_same(
        rotation_register.SLAG,
        lambda p: rotation_register.som_json(rotation_register.av_json("", p.data)),
    )
    all_same(
        rotation_draft.PLAN,
        lambda p: {
            **p.data,
            "villkor": {
                kind: rotation_conditions.som_json(rotation_conditions.av_json(v))
                for kind, v in p.data["villkor"].items()
            },
            "turer": [
                rotation_register.som_json(rotation_register.av_json("", t))
                for t in p.data["turer"]
            ],
        },
    )
    all_same(
        SLAG,
        lambda p: scenario.till_post(scenario.las(database.shared(), agreement.load(), p.data)),
    )
    all_same(
        invoice_parties.SLAG,
        lambda p: {
            "part": p.data["part"],
            "exempel": invoice_parties.recipient_from_data(p.data).exempel,
            **invoice_parties.texter(invoice_parties.recipient_from_data(p.data)),
        },
    )
    all_same(
        invoice_parties.VARD,
        lambda p: {
            "exempel": invoice_parties.host_from_data(p.data).exempel,
            **invoice_parties.texter(invoice_parties.host_from_data(p.data)),
        },
    )
    closed = [p for p in store.lista(followup_store.TERTIAL) if "lage" in p.data]
    assert len(closed) == 2
    for post in closed:
        again = followup_seal.forsegla(followup_seal.bryt(post.data))
        assert same(again["lage"], post.data["lage"]) and again["sigill"] == post.data["sigill"]


def test_every_seal_holds(store):
    saved = Scenarier(database.shared(), agreement.load(), store)
    sealed = [item for item in saved.lista(arkiverade=True) if item.sigill]
    assert len(sealed) == 3 and not saved.olasliga()
    for item in sealed:
        scenario_seal.prova_sigillet(saved.forseglad(item), item.sigill)
        for change in item.andringar:
            assert scenario_changes.till_data(change) in saved.forseglad(item)["innehall"][
                "andring"
            ].values()  # fmt: skip
    runs = invoice_store.lista(store)
    assert [run.nummer for run in runs] == ["2026-1", "2027-1", "2027-2", "2027-3"]
    assert all(run.hel for run in runs)


def test_what_is_closed_is_locked_and_what_was_opened_again_is_open(store):
    with pytest.raises(TertialLast):
        followup_store.krav_oppet(store, 2027, 1)
    followup_store.krav_oppet(store, 2027, 2)
    assert [h.efter["status"] for h in followup_store.spar(store, 2027, 2)] == [
        "klarmarkerad",
        "öppen",
    ]


def test_a_ledger_row_has_the_key_that_today_makes_of_it(store):
    rows = store_ledger.standing_rows(store)
    assert len(rows) == 86
    for row in rows:
        made = LedgerRow(
            day=row["datum"],
            konto=row["konto"],
            text=row["text"],
            amount_ore=row["belopp_ore"],
            objekt=row["objekt"],
            verifikat=row["verifikat"],
            corrects=row["rattar"],
        )
        assert store_ledger.nycklar([made]) == [row["nyckel"]]


@pytest.mark.parametrize("name", outputs.COMMANDS)
def test_a_command_says_the_same(name, known):
    said, expected = outputs.command(name, known), (EXPECTED / f"{name}.txt").read_text("utf-8")
    if name in ("verify", "scenario_seal"):  # data and program may have changed since
        said, expected = json.loads(said), json.loads(expected)
        assert expected.pop("changed_since") == []
        assert not [text for text in said.pop("changed_since") if text.startswith("Räkningen")]
        assert said["valid"] is True
    assert said == expected


@pytest.mark.parametrize("name", outputs.FILES)
def test_a_file_of_a_command_is_the_same(name, known, tmp_path):
    made = outputs.comparable(name, outputs.file(name, known, tmp_path))
    assert made == (EXPECTED / name).read_bytes()


@pytest.mark.parametrize("number", range(len(outputs.LINKS)))
def test_a_link_opens_the_same_question_and_its_files_are_the_same(number, known):
    page, asked = outputs.LINKS[number]
    query = {key: text.format_map(known) for key, text in asked.items()}
    answer, files = outputs.link(page, query)

    expected = LINKS[number]
    for said in (answer, expected):
        said["address"] = {"ar": query["ar"]} | said["address"]  # left out when it is this year
    assert answer == expected
    assert answer["address"] == query
    names = {path.name.removeprefix(f"{number}_") for path in EXPECTED.glob(f"{number}_*")}
    assert names == set(files)
    for name, content in files.items():
        saved = (EXPECTED / f"{number}_{name}").read_bytes()
        assert outputs.comparable(name, content) == saved, name
