"""The ledger's queries: given rows, exact rows, worked out by hand.

BOOKED is asked about accounts, months and tertials; READ_IN about what earlier files said.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import pytest

from analytics.ledger import posting_rules, refresh, saved_rows
from analytics.ledger.posting_rules import PostingRule
from analytics.ledger.row import LedgerRow
from analytics.reference.database import Database
from analytics.store.posts import Store
from tests.given.booked_rows import BOOKED, READ_IN, RULES
from tests.given.ledger import make_row

SPAN = {"fran": date(2027, 4, 30), "till": date(2027, 5, 1)}
ALL_IDS = 1_000_000

Given = tuple[str, str, str, str, str, int, str, str, str | None]


def ledger_row(given: Given) -> LedgerRow:
    _, key, day, konto, objekt, ore, verifikat, text, corrects = given
    return make_row(
        key=key, day=day, konto=konto, objekt=objekt, amount_ore=ore, verifikat=verifikat,
        text=text, corrects=corrects,
    )  # fmt: skip


def ledger_of(url: str, given: Sequence[Given]) -> Iterator[Database]:
    """Give a database with the rows and RULES, where "withdrawn" was seen before it went."""
    store, db = Store(url), Database()
    for accounts, objekt, target in RULES:
        posting_rules.save(store, PostingRule("", *accounts, objekt, target, "prov"))
    for row in given:
        saved_rows.add_rows(store, row[0], [ledger_row(row)], reason="prov")
    refresh.refresh(db, store)
    saved_rows.withdraw_rows(store, "withdrawn", reason="prov")
    refresh.refresh(db, store)
    yield db
    db.close()
    store.close()


@pytest.fixture(scope="module")
def booked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    yield from ledger_of(f"sqlite:///{tmp_path_factory.mktemp('booked') / 'lager.db'}", BOOKED)


@pytest.fixture(scope="module")
def read_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    yield from ledger_of(f"sqlite:///{tmp_path_factory.mktemp('read') / 'lager.db'}", READ_IN)


def ask(db: Database, name: str, **parameters: object) -> list[tuple[object, ...]]:
    """Return the rows as tuples, in the order of the query's columns."""
    return [tuple(row.values()) for row in db.query(name, parameters)]


def test_bokforda_ar(booked):
    assert booked.query("bokforda_ar") == [{"ar": 2026}, {"ar": 2027}, {"ar": 2028}]


def test_kontering(booked):
    assert sorted(ask(booked, "kontering")) == [
        ("1930", "", "utanfor"),
        ("3010", "", "intakt"),
        ("4999", "", None),
        ("5000", "", "lokal"),
        ("5010", "", "hyra"),
        ("5010", "1=100;6=P12", "projekt"),
        ("50111", "", "lokal"),
        ("51", "", None),
        ("5999", "1=100;6=P12", "lokal"),
        ("6000", "", None),
    ]


def test_utfall(booked):
    # mal, tertial, öre, rows
    assert ask(booked, "utfall", ar=2026, till_id=ALL_IDS) == [("hyra", 3, 100, 1)]
    assert ask(booked, "utfall", ar=2027, till_id=ALL_IDS) == [
        ("intakt", 3, -9000, 1),
        ("lokal", 1, 1200, 2),  # 1000 + 200 on 30 April
        ("lokal", 2, -1000, 1),  # the correction, in the tertial of its own date
        ("lokal", 3, 600, 1),
        ("projekt", 2, 300, 1),  # 1 May
        ("utanfor", 1, -400, 2),
        (None, 2, 45, 2),  # 40 on 1 May, 5 on 31 August
    ]
    assert ask(booked, "utfall", ar=2027, till_id=4) == [
        ("lokal", 1, 1200, 2), ("projekt", 2, 300, 1),
    ]  # fmt: skip
    assert ask(booked, "utfall", ar=2028, till_id=ALL_IDS) == [
        ("lokal", 1, 1, 1), (None, 1, 7, 1),
    ]  # fmt: skip
    assert ask(booked, "utfall", ar=2029, till_id=ALL_IDS) == []


def test_bokfort_per_manad(booked):
    # mal, month, öre, rows, latest day
    assert ask(booked, "bokfort_per_manad", ar=2027) == [
        ("intakt", 12, -9000, 1, date(2027, 12, 31)),
        ("lokal", 1, 1000, 1, date(2027, 1, 1)),
        ("lokal", 4, 200, 1, date(2027, 4, 30)),
        ("lokal", 5, -1000, 1, date(2027, 5, 2)),
        ("lokal", 9, 600, 1, date(2027, 9, 1)),
        ("projekt", 5, 300, 1, date(2027, 5, 1)),
        ("utanfor", 4, -400, 2, date(2027, 4, 30)),
        (None, 5, 40, 1, date(2027, 5, 1)),
        (None, 8, 5, 1, date(2027, 8, 31)),
    ]


def test_okanda_konton(booked):
    # konto, objekt, öre, rows
    assert ask(booked, "okanda_konton", ar=2027, till_tertial=1) == []  # 4999 is on 1 May
    assert ask(booked, "okanda_konton", ar=2027, till_tertial=2) == [
        ("4999", "", 40, 1), ("51", "", 5, 1),
    ]  # fmt: skip
    assert ask(booked, "okanda_konton", ar=2028, till_tertial=3) == [("6000", "", 7, 1)]


NO_CONDITION = {
    "ar": 2027, "fran_tertial": 1, "till_tertial": 3, "mal": None, "okant": False, "konto": None,
    "import_id": None, "sok": None, "hoppa": 0, "antal": 100,
}  # fmt: skip


def test_bokforda_rader(booked):
    asked = {**NO_CONDITION, "mal": "lokal", "till_tertial": 1}
    assert booked.query("bokforda_rader", asked) == [
        {
            "alla": 2,
            "summa_ore": 1200,
            "rader": [
                {
                    "id": 2, "import_id": "2027", "datum": date(2027, 1, 1), "konto": "5000",
                    "text": "Hyra", "belopp_ore": 1000, "objekt": "", "verifikat": "A1",
                    "rattar": None, "nyckel": "r2", "mal": "lokal",
                },
                {
                    "id": 3, "import_id": "2027", "datum": date(2027, 4, 30), "konto": "5999",
                    "text": "El", "belopp_ore": 200, "objekt": "1=100;6=P12", "verifikat": "A2",
                    "rattar": None, "nyckel": "r3", "mal": "lokal",
                },
            ],
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "count", "ore", "keys"),
    [
        ({}, 10, -8255, "r2 r9 r3 r10 r4 r5 r13 r6 r7 r8"),
        ({"hoppa": 2, "antal": 3}, 10, -8255, "r3 r10 r4"),
        ({"hoppa": 10}, 10, -8255, ""),
        ({"ar": 2026}, 1, 100, "r1"),
        ({"fran_tertial": 2, "till_tertial": 2}, 4, -655, "r4 r5 r13 r6"),
        ({"okant": True}, 2, 45, "r5 r6"),
        ({"mal": "lokal"}, 4, 800, "r2 r3 r13 r7"),
        ({"konto": "50"}, 4, 900, "r2 r4 r13 r7"),
        ({"konto": "10"}, 0, 0, ""),  # 5010 and 3010 only end so
        ({"import_id": "correction"}, 1, -1000, "r13"),
        ({"import_id": "withdrawn"}, 0, 0, ""),
        ({"sok": "HYRA"}, 2, 0, "r2 r13"),  # by text
        ({"sok": "a7"}, 1, -9000, "r8"),  # by verifikat
        ({"sok": "p12"}, 2, 500, "r3 r4"),  # by objekt
        ({"sok": "%"}, 0, 0, ""),  # a sign like any other
    ],
)
def test_bokforda_rader_by_condition(booked, condition, count, ore, keys):
    (found,) = booked.query("bokforda_rader", {**NO_CONDITION, **condition})
    assert (found["alla"], found["summa_ore"]) == (count, ore)
    assert [row["nyckel"] for row in found["rader"]] == keys.split()


def test_rattade_rader(booked):
    found = [
        ask(booked, "rattade_rader", import_id=name) for name in ("2026", "2027", "correction")
    ]
    assert found == [[(0,)], [(1,)], [(0,)]]  # r2 once; not r9 by its own, nor r3 by the withdrawn


def test_rattade_for_hand(booked):
    asked = {"importer": ["2027"], "verifikat": ["A1", "A8"]}
    # r13 (-1000) and r15 (1) correct r2; r10 corrects r9 by its own import
    assert ask(booked, "rattade_for_hand", **asked) == [("A1", -999)]


def test_kanda_nycklar(booked):
    assert ask(booked, "kanda_nycklar", nycklar=["r2", "r11", "none"]) == [("r2", "2027")]


def test_bokfort_i_importer(read_in):
    # konto, day, öre, rows
    asked = {"importer": ["b2", "v1", "withdrawn"], "samma": [], **SPAN}
    assert ask(read_in, "bokfort_i_importer", **asked) == [
        ("1930", date(2027, 4, 30), -15, 1),
        ("5010", date(2027, 4, 30), 15, 2),
        ("5010", date(2027, 5, 1), 18, 3),  # 7 + 8 + 3
    ]
    assert ask(read_in, "bokfort_i_importer", importer=["v1"], samma=["k8"], **SPAN)[1] == (
        "5010", date(2027, 4, 30), 114, 3,
    )  # fmt: skip
    assert ask(read_in, "bokfort_i_importer", importer=None, samma=[], **SPAN) == [
        ("1930", date(2027, 4, 30), -15, 1),
        ("5010", date(2027, 4, 30), 114, 3),  # and 99 of the other file
        ("5010", date(2027, 5, 1), 18, 3),
    ]


def test_bokforda_verifikat(read_in):
    # verifikat, day, konto, objekt, öre, latest text, latest key
    asked = {"importer": ["v1", "withdrawn"], "samma": [], "verifikat": ["A1"], **SPAN}
    assert ask(read_in, "bokforda_verifikat", **asked) == [
        ("A1", date(2027, 4, 30), "1930", "", -15, "Bank", "k4"),
        ("A1", date(2027, 4, 30), "5010", "", 15, "Hyra mer", "k3"),
        ("A1", date(2027, 5, 1), "5010", "1=100", 7, "Maj", "k5"),
    ]


@pytest.mark.parametrize(
    ("imports", "keys", "found"),
    [
        ("v1", "k2 k3 k4 k5 k6", ""),  # k1 and k7 lie outside the days
        ("v1", "k2 k3 k4 k5", "A2"),
        ("v1", "k3 k4 k5 k6", "A1"),  # k2 is on the first day
        ("v1", "k2 k3 k4 k6", "A1"),  # k5 is on the last
        ("v1", "k4 k5 k6", "A1"),  # two rows, one verifikat
        ("v1 v2", "k2 k3 k4 k5 k6", "A1"),
        ("withdrawn", "k2", ""),
    ],
)
def test_verifikat_utanfor(read_in, imports, keys, found):
    asked = {"importer": imports.split(), "nycklar": keys.split(), "verifikat": ["A1", "A2"]}
    assert ask(read_in, "verifikat_utanfor", samma=[], **asked, **SPAN) == [
        (v,) for v in found.split()
    ]


def test_verifikat_utanfor_of_all_names(read_in):
    asked = {
        "importer": ["v1"],
        "nycklar": ["k2", "k3", "k4", "k5"],
        "verifikat": None,
        "samma": [],
    }
    assert ask(read_in, "verifikat_utanfor", **asked, **SPAN) == [("A2",), ("A3",)]


def test_konton_i_importer(read_in):
    # konto, month, is it a year's balance; a balance that has been brought to nothing is not there
    asked = {"importer": ["b1", "b2", "b3", "withdrawn"], "saldon": True}
    assert ask(read_in, "konton_i_importer", **asked) == [
        ("5010", date(2027, 1, 1), False),
        ("6000", date(2027, 6, 1), True),
        ("6000", date(2027, 12, 1), True),
    ]
    assert ask(read_in, "konton_i_importer", importer=["v1", "b1"], saldon=False) == [
        ("1930", date(2027, 4, 1), False),
        ("5010", date(2027, 4, 1), False),
        ("5010", date(2027, 5, 1), False),
    ]
