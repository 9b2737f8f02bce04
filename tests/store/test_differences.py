"""A conflict says what differs in words: no braces, no key of the store, no Python."""

import pytest

from analytics.agreement import parties
from analytics.budget import versions
from analytics.budget.lines import new_line, with_line
from analytics.example import year as example_year
from analytics.store import differences
from analytics.store.errors import Conflict
from analytics.store.posts import Store, Write
from tests.given.followup import decide_budget
from tests.given.scenarios import AGREEMENT, DB, FRAME, LEAVES, create, scenarios


def test_a_scenario_that_another_changed_says_which_change_and_how(tmp_path):
    saved = scenarios(tmp_path)
    made = create(saved, FRAME, name="Eget")
    saved.edit(made, changes=[FRAME | {"varde": "9 Mkr"}, LEAVES], reason="prov")
    with pytest.raises(Conflict) as told:
        saved.edit(made, changes=[FRAME | {"varde": "7 Mkr"}], reason="prov")
    said = str(told.value)
    assert "värde: du skrev ”7000000”, sparat är ”9000000”" in said
    assert "part trafikverket från 2027-01-01: du skrev inget, sparat är" in said
    assert not set(said) & set("{}[]'")
    assert "andring" not in said and "varde" not in said


def test_a_budget_that_another_changed_names_the_line_and_the_amounts(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'b.db'}")
    decide_budget(store)
    draft = versions.begin_version(store, 2027, reason="prov")
    mine = with_line(draft, new_line("inlan", "Inlån", 500_000, line_id=draft.rows[0].id))
    theirs = with_line(draft, new_line("gemensamt", "Resor", 5))
    versions.save(store, theirs, reason="prov")
    with pytest.raises(Conflict) as told:
        versions.save(store, mine, reason="prov")
    said = str(told.value).replace("\N{NO-BREAK SPACE}", " ")
    assert "Poster, ”Inlån”, året: du skrev ”500 000 kr”, sparat är ”600 000 kr”" in said
    assert "poster, ”Resor”: du skrev inget, sparat är ”" in said


@pytest.mark.parametrize(
    ("field", "mine", "saved", "said"),
    [
        ("exempel", True, False, "exempel: du skrev ”ja”, sparat är ”nej”"),
        ("kostnad_kr", None, 60_000, "egen kostnad: du skrev inget, sparat är ”60 000 kr”"),
        ("laget", {"1": {"status": "klar", "anteckning": ""}}, {},
         "läget, 1: du skrev ”status klar”, sparat är inget"),
        ("tertial_kr", [1, 2, 3], [1, 2, 4],
         "per tertial: du skrev ”1 kr; 2 kr; 3 kr”, sparat är ”1 kr; 2 kr; 4 kr”"),
        ("perioder", [{"fran": "2027-01-01", "till": "2027-02-01", "procent": 50}],
         [{"fran": "2027-01-01", "till": "2027-03-01", "procent": 50}],
         "perioder, från 2027-01-01, till: du skrev ”2027-02-01”, sparat är ”2027-03-01”"),
        ("namn", "a\u202eb", "c", "namn: du skrev ”a[U+202E]b”, sparat är ”c”"),
    ],
)  # fmt: skip
def test_a_value_is_said_as_it_is_read(field, mine, saved, said):
    (told,) = differences.in_words([(field, mine, saved)])
    assert told.replace("\N{NO-BREAK SPACE}", " ") == said


def test_no_kind_of_post_gives_braces_or_brackets(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'y.db'}")
    example_year.load(DB, AGREEMENT, store, parties.party_rows(DB, AGREEMENT))
    kinds = ("budget", "inlan", "aktivitet", "kommentar", "prognos", "partuppgift", "scenario",
             "konteringsregel", "fakturavard", "installning", "otillganglig")  # fmt: skip
    seen = 0
    for kind in kinds:
        for post in store.list_all(kind):
            changed = dict.fromkeys(post.data)
            with pytest.raises(Conflict) as told:
                store.save_many([Write(kind, changed, post.id, post.version + 1)], reason="prov")
            assert not set(str(told.value)) & set("{}[]'"), kind
            seen += 1
    assert seen > 20
