"""A scenario goes out as a file and comes in as the same; what is wrong in one is all told."""

import pytest
from hypothesis import given, settings, strategies as st

from analytics.errors import BadInput
from analytics.scenario import dated as scenario_dated, file as scenario_file
from analytics.scenario.errors import BadScenario
from tests.given.scenarios import AGREEMENT, DB, FRAME, KPI, LEAVES, create, scenarios

ALL = [
    FRAME,
    {**KPI, "fran": "2028-01-01"},
    LEAVES,
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
    title, rows = scenario_file.read(AGREEMENT, content, name)
    return scenario_dated.read(DB, AGREEMENT, {"namn": title, "andring": rows})


@pytest.mark.parametrize("write", [scenario_file.as_toml, scenario_file.as_json])
def test_out_and_in_again_is_the_same(write):
    item = scenario_dated.read(DB, AGREEMENT, {"namn": 'Åtta "miljoner" \\', "andring": ALL})
    assert read(write(AGREEMENT, item)) == item


@given(
    st.text(min_size=1, max_size=80).filter(str.strip),
    st.text(min_size=1, max_size=80).filter(str.strip),
)
@settings(max_examples=60, deadline=None)
def test_any_name_and_reason_survives_both_formats(name, reason):
    try:
        item = scenario_dated.read(
            DB, AGREEMENT, {"namn": name, "andring": [{**FRAME, "skal": reason}]}
        )
    except BadScenario:  # a name of invisible characters only
        return
    for write in (scenario_file.as_toml, scenario_file.as_json):
        assert read(write(AGREEMENT, item)) == item


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
    saved = scenarios(tmp_path)
    create(saved, name="Finns")
    title, rows = scenario_file.read(
        AGREEMENT, TOML + b'parameter = "rambudget_kr"\nvarde = 8_000_000\n', "f"
    )
    with pytest.raises(BadScenario):
        saved.create(title, [*rows, {**LEAVES, "part": "x"}], reason="x")
    with pytest.raises(BadScenario, match="upptaget"):
        saved.create("finns", rows, reason="x")
    assert [item.name for item in saved.list_all()] == ["Finns"]
    assert saved.create(title, rows, reason="x").changes[0].value == 8_000_000
