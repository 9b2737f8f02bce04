"""A scenario goes out as a file and comes in as the same; what is wrong in one is all told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import scenario, scenario_file
from analytics.errors import BadInput
from analytics.errors_scenario import BadScenario
from tests.analytics.scenarierna import AVTAL, DB, KPI, LAMNAR, RAM, scenarier, skapa

ALL = [
    RAM,
    {**KPI, "fran": "2028-01-01"},
    LAMNAR,
    {"tolkning": "T3", "fran": "2027-01-01", "lasart": "ofinansierat", "skal": 'a "b" \\ c'},
    {"parameter": "inlan_del", "fran": "2027-01-01", "varde": "2/3", "skal": "=1+1"},
    {
        "part": "lfv",
        "fran": "2027-03-01",
        "namn": "Luftfart & <b>",
        "grupp": "ovrig",
        "andelar": 1,
        "kategori": "trafik",
        "skal": "K12",
    },
]


def read(content, name="fil"):
    title, rows = scenario_file.las(AVTAL, content, name)
    return scenario.las(DB, AVTAL, {"namn": title, "andring": rows})


@pytest.mark.parametrize("write", [scenario_file.som_toml, scenario_file.som_json])
def test_out_and_in_again_is_the_same(write):
    item = scenario.las(DB, AVTAL, {"namn": 'Åtta "miljoner" \\', "andring": ALL})
    assert read(write(AVTAL, item)) == item


@given(
    st.text(min_size=1, max_size=80).filter(str.strip),
    st.text(min_size=1, max_size=80).filter(str.strip),
)
@settings(max_examples=60, deadline=None)
def test_any_name_and_reason_survives_both_formats(name, reason):
    try:
        item = scenario.las(DB, AVTAL, {"namn": name, "andring": [{**RAM, "skal": reason}]})
    except BadScenario:  # a name of invisible characters only
        return
    for write in (scenario_file.som_toml, scenario_file.som_json):
        assert read(write(AVTAL, item)) == item


TOML = b'namn = "x"\n[[andring]]\nfran = 2027-01-01\nskal = "s"\n'


@pytest.mark.parametrize(
    ("content", "error", "says"),
    [
        (
            TOML + b'parameter = "rambudgt_kr"\nvarde = 1\n',
            BadScenario,
            "Menade du ”rambudget_kr”?",
        ),
        (TOML + b'parameter = "rambudget_kr"\nvarde = nan\n', BadScenario, "är inget tal"),
        (TOML + b'parameter = "rambudget_kr"\nvrde = 1\n', BadScenario, "Menade du ”varde”?"),
        (b'namm = "x"\n', BadScenario, "Menade du ”namn”?"),
        (b'namn = "x"\navtal = "annat"\n', BadScenario, "gäller avtalet ”annat”"),
        (b'namn = "x"\nformat = 2\n', BadScenario, "format 1"),
        (b'namn = "x"\nandring = 3\n', BadScenario, "ingen lista"),
        (b"namn = \n", BadInput, "TOML"),
        (b'{"namn": ', BadInput, "rad 1, kolumn 10"),
        (b'{"namn":"a","namn":"b"}', BadInput, "två gånger"),
        (b'{"namn":"x","andring":[{"a":NaN}]}', BadInput, "NaN"),
        (b'{"namn":"\\ud800"}', BadInput, "JSON"),
        (b"\xff", BadInput, "UTF-8"),
        (b"#" * 1_000_001, BadInput, "större än 1 MB"),
        (b"[" * 5000, BadInput, "TOML"),
        (b'{"innehall":{},"kontroll":{},"sigill":""}', BadInput, "förseglat"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_what_to_do(content, error, says):
    with pytest.raises(error) as told:
        read(content)
    assert says in str(told.value)


def test_a_file_is_taken_in_whole_or_not_at_all(tmp_path):
    saved = scenarier(tmp_path)
    skapa(saved, namn="Finns")
    title, rows = scenario_file.las(
        AVTAL, TOML + b'parameter = "rambudget_kr"\nvarde = 8_000_000\n', "f"
    )
    with pytest.raises(BadScenario):
        saved.skapa(title, [*rows, {**LAMNAR, "part": "x"}], skal="x")
    with pytest.raises(BadScenario, match="upptaget"):
        saved.skapa("finns", rows, skal="x")
    assert [item.namn for item in saved.lista()] == ["Finns"]
    assert saved.skapa(title, rows, skal="x").andringar[0].varde == 8_000_000
