"""A seal holds: a changed byte is named, and so is what the figures would be."""

import json

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from analytics.errors import BadInput
from analytics.fees import payments
from analytics.reference import database
from analytics.scenario import verify as scenario_verify
from tests.given.scenarios import AGREEMENT, DB, FRAME, KPI, LEAVES, create, scenarios


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    saved = scenarios(tmp_path_factory.mktemp("lager"))
    item = saved.freeze(create(saved, FRAME, LEAVES, name="Åtta miljoner"), reason="Inför mötet")
    return saved.sealed(item)


@pytest.fixture(scope="module")
def content(document):
    return scenario_verify.as_file(document)


def check(content):
    document = scenario_verify.read(content, "fil.json")
    return scenario_verify.verify(DB, AGREEMENT, document, content)


def test_a_sealed_file_is_right_and_nothing_has_changed_since(content):
    found = check(content)
    assert found.ties_out
    assert (found.name, found.since_then) == ("Åtta miljoner", ())


@pytest.mark.parametrize(
    ("old", "new", "place", "figure"),
    [
        (
            '"avgift_kr": 1348653',
            '"avgift_kr": 1348654',
            "Raden 0180 kommuner under avgift för budgetåret 2015 är ändrad.",
            "2015, avgift Stockholm avgift_kr: filen säger 1348654, omräknat är 1348653.",
        ),
        (
            '"rambudget_kr": "8000000"',
            '"rambudget_kr": "8000001"',
            "Raden parametrar för budgetåret 2027 är ändrad.",
            "2027, summa ram_kr: filen säger 8000000, omräknat är 8000001.",
        ),
        ('"antal": 923516', '"antal": 923517', "Folkmängden 2015-12-31 för 0180 är ändrad.", None),
        ('"skal": "Förslag"', '"skal": "Förslar"', "Raden andring 1 är ändrad.", None),
        ('"namn": "Åtta miljoner"', '"namn": "Åtta miljonen"', "Raden namn är ändrad.", None),
        ('"andelar": 2', '"andelar": 3', "Raden part lansstyrelsen 2015-01-01 är ändrad.", None),
    ],
)
def test_one_byte_changed_is_named(content, old, new, place, figure):
    text = content.decode("utf-8")
    assert old in text
    found = check(text.replace(old, new, 1).encode("utf-8"))

    assert not found.ties_out
    assert place in found.broken
    if figure:
        assert figure in [str(row) for row in found.deviations]


def test_the_seal_itself_changed_is_named(content, document):
    seal = document["sigill"]
    other = ("0" if seal[0] != "0" else "1") + seal[1:]
    found = check(content.replace(seal.encode(), other.encode()))
    assert found.broken == (
        "Själva sigillet är ändrat; innehållet stämmer med sina kontrollsummor.",
    )


def test_a_file_with_the_same_values_written_otherwise_is_told_from_the_one_sealed(document):
    found = check(json.dumps(document).encode())
    assert not found.ties_out
    assert "alla värden är som de förseglades" in found.broken[0]


def test_a_new_seal_on_changed_fees_is_found_by_computing_them_again(document):
    """Who can write a seal can forge one; the fees still have to follow from the inputs."""
    from analytics.scenario.seal import with_sigill

    inner = json.loads(json.dumps(document["innehall"]))
    inner["ar"]["2027"]["avgift"]["0180 kommuner"]["avgift_kr"] -= 1000
    found = check(scenario_verify.as_file(with_sigill(inner)))

    assert found.broken == ()
    assert len(found.deviations) == 1 and "2027, avgift Stockholm" in str(found.deviations[0])


@given(data=st.data())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whichever_byte_is_changed_it_is_noticed(content, data):
    place = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != content[place]))
    changed = content[:place] + bytes([byte]) + content[place + 1 :]
    try:
        found = check(changed)
    except BadInput:
        return
    assert not found.ties_out and found.broken


def test_what_has_changed_since_is_told_and_the_file_still_holds(content, monkeypatch):
    real = payments.Population._at
    monkeypatch.setattr(
        payments.Population,
        "_at",
        lambda self, day: {
            k: type(v)(v.count + 5 * (k == "0184"), v.status, v.rule, v.source)
            for k, v in real(self, day).items()
        },
    )
    fresh = database.build()
    try:
        document = scenario_verify.read(content, "fil.json")
        found = scenario_verify.verify(fresh, AGREEMENT, document, content)
    finally:
        fresh.close()

    assert found.ties_out
    assert any("Folkmängden 2026-06-30 är ändrad: Solna" in row for row in found.since_then)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "rad 1, kolumn 1"),
        (b"\xff\xfe", "inte text i UTF-8"),
        (b"{}", "inget förseglat scenario"),
        (b"[" * 100_000, "går inte att läsa"),
        (b'{"innehall":{},"kontroll":{},"sigill":""}', "saknar delen"),
        (b'{"innehall":[],"kontroll":{},"sigill":""}', "saknar delen"),
        (b'{"a":1.5}', "citattecken"),
        (b'{"a":1,"a":2}', "nyckeln ”a” står två gånger"),
        (b"x" * 20_000_001, "större än 20 MB"),
    ],
)
def test_a_file_that_is_no_sealed_scenario_is_refused_in_words(content, says):
    with pytest.raises(BadInput, match=says):
        scenario_verify.read(content, "fil.json")


def test_a_year_without_fees_is_sealed_as_such(tmp_path):
    saved = scenarios(tmp_path)
    item = saved.freeze(create(saved, {k: v for k, v in KPI.items() if k != "sedan"}), reason="x")
    document = saved.sealed(item)

    assert set(document["innehall"]["ar"]["2028"]) == {"fel"}
    assert check(scenario_verify.as_file(document)).ties_out
