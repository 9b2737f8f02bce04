"""A seal holds: a changed byte is named, and so is what the figures would be."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics import database, fees, scenario_verify
from analytics.errors import BadInput
from tests.analytics.scenarierna import AVTAL, DB, KPI, LAMNAR, RAM, scenarier, skapa


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    saved = scenarier(tmp_path_factory.mktemp("lager"))
    item = saved.frys(skapa(saved, RAM, LAMNAR, namn="Åtta miljoner"), skal="Inför mötet")
    return saved.forseglad(item)


@pytest.fixture(scope="module")
def content(document):
    return scenario_verify.skriv(document)


def check(content):
    document = scenario_verify.las(content, "fil.json")
    return scenario_verify.kontrollera(DB, AVTAL, document, content)


def test_a_sealed_file_is_right_and_nothing_has_changed_since(content):
    found = check(content)
    assert found.stammer
    assert (found.namn, found.sedan_dess) == ("Åtta miljoner", ())


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

    assert not found.stammer
    assert place in found.brutet
    if figure:
        assert figure in [str(row) for row in found.avvikelser]


def test_the_seal_itself_changed_is_named(content, document):
    seal = document["sigill"]
    other = ("0" if seal[0] != "0" else "1") + seal[1:]
    found = check(content.replace(seal.encode(), other.encode()))
    assert found.brutet == (
        "Själva sigillet är ändrat; innehållet stämmer med sina kontrollsummor.",
    )


def test_a_file_with_the_same_values_written_otherwise_is_told_from_the_one_sealed(document):
    found = check(json.dumps(document).encode())
    assert not found.stammer
    assert "alla värden är som de förseglades" in found.brutet[0]


def test_a_new_seal_on_changed_fees_is_found_by_computing_them_again(document):
    """Who can write a seal can forge one; the fees still have to follow from the inputs."""
    from analytics.scenario_seal import med_sigill

    inner = json.loads(json.dumps(document["innehall"]))
    inner["ar"]["2027"]["avgift"]["0180 kommuner"]["avgift_kr"] -= 1000
    found = check(scenario_verify.skriv(med_sigill(inner)))

    assert found.brutet == ()
    assert len(found.avvikelser) == 1 and "2027, avgift Stockholm" in str(found.avvikelser[0])


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
    assert not found.stammer and found.brutet


def test_what_has_changed_since_is_told_and_the_file_still_holds(content, monkeypatch):
    real = fees.Folkmangd._vid
    monkeypatch.setattr(
        fees.Folkmangd,
        "_vid",
        lambda self, day: {
            k: type(v)(v.antal + 5 * (k == "0184"), v.status, v.regel, v.kalla)
            for k, v in real(self, day).items()
        },
    )
    fresh = database.build()
    try:
        document = scenario_verify.las(content, "fil.json")
        found = scenario_verify.kontrollera(fresh, AVTAL, document, content)
    finally:
        fresh.close()

    assert found.stammer
    assert any("Folkmängden 2026-06-30 är ändrad: Solna" in row for row in found.sedan_dess)


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
        scenario_verify.las(content, "fil.json")


def test_a_year_without_fees_is_sealed_as_such(tmp_path):
    saved = scenarier(tmp_path)
    item = saved.frys(skapa(saved, {k: v for k, v in KPI.items() if k != "sedan"}), skal="x")
    document = saved.forseglad(item)

    assert set(document["innehall"]["ar"]["2028"]) == {"fel"}
    assert check(scenario_verify.skriv(document)).stammer
