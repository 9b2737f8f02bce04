"""Small population files of the field on the page Data: what each must give, or be refused for."""

import pytest

from tests.pages.screen import table
from tests.pages.test_population import reopen, upload

PX = """CHARSET="ANSI";
AXIS-VERSION="2013";
LANGUAGE="sv";
TITLE="Folkmängd efter region och år";
STUB="region";
HEADING="år";
VALUES("region")="Upplands Väsby","Vallentuna";
VALUES("år")="2025";
CODES("region")="0114","0115";
DATA=
51000
36000 ;
""".encode("cp1252")
JSON = """{"version":"2.0","class":"dataset","id":["Region","Tid"],"size":[1,1],"dimension":
{"Region":{"category":{"index":{"0114":0},"label":{"0114":"Upplands Väsby"}}},
"Tid":{"category":{"index":{"2025":0}}}},"value":[51000]}""".encode()
WIDE = '"region","Folkmängd 2024","Folkmängd 2025"\n"0114 Upplands Väsby",50000,51000\n'
LONG = (
    '"region","tabellinnehåll","år","Folkmängd"\n"0114 Upplands Väsby","Folkmängd","2025",51000\n'
)
OWN = "part_id;datum;antal;kalla\n0114;2025-12-31;51000;SCB folkmängd\n"
OTHER = "part_id,datum,antal,kalla\n0114,2025-12-31,51000,SCB\n1480,2025-12-31,600000,SCB\n"
TWICE = "part_id,datum,antal,kalla\n0114,2025-12-31,51000,SCB\n0114,2025-12-31,51001,SCB\n"
CASES = {
    "px": ("i.px", PX, ["51\xa0000", "36\xa0000"]),
    "json-stat": ("j.json", JSON, ["51\xa0000"]),
    "wide": ("g.csv", WIDE.encode("cp1252"), ["50\xa0000", "51\xa0000"]),
    "long": ("h.csv", LONG.encode(), ["51\xa0000"]),
    "windows": ("d.csv", OWN.encode("cp1252"), ["51\xa0000"]),
    "another county": ("m.csv", OTHER.encode(), ["51\xa0000"]),
}


@pytest.mark.parametrize("case", CASES)
def test_each_form_gives_its_figures(case):
    name, content, figures = CASES[case]
    app = upload(reopen(), content, name)
    assert not app.exception and not app.error
    assert [row[3] for row in table(app, "Det som filen skulle ändra")["rows"]] == figures
    said = " ".join(text.value for text in app.markdown).replace("\\", "")
    if case == "another county":
        assert "räknas inte: 1480" in said
    if case in ("windows", "wide"):
        assert "Windows-1252" in said


def test_a_kommun_twice_is_refused_with_both_lines():
    app = upload(reopen(), TWICE.encode(), "l.csv")
    assert not app.exception
    assert "rad 3" in app.error[0].value and "rad 2" in app.error[0].value
