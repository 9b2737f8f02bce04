"""A share is typed one way: 0,5 or 50 % is half, and 50 alone is refused with a suggestion."""

import json
from fractions import Fraction

import pytest

from analytics.agreement import contract
from analytics.agreement.typed_values import read_share
from analytics.errors import AgreementError, BadInput
from analytics.scenario.values import parameter_value
from tests.given.command_line import run

HALF = Fraction(1, 2)
READ = {"0,5": HALF, "50 %": HALF, "0.5": HALF, "1/2": HALF, "50%": HALF, "1": 1, "100 %": 1}
REFUSED = {"50": "Menade du 50\xa0%?", "1,5": "Menade du 1,5\xa0%?"}


def financed(share):
    argv = ("--year", 2015, "--format", "json", "--set", f"kommunernas_del={share}")
    code, out, err = run("fees", *argv)
    return code, json.loads(out) if out else None, err


@pytest.mark.parametrize("typed", READ)
def test_a_share_is_read_alike_by_the_reader_the_command_and_a_scenario(typed):
    assert read_share(typed) == READ[typed]
    assert parameter_value(contract.load().parameters["kommunernas_del"], typed) == READ[typed]
    assert financed(typed) == financed(str(READ[typed]))
    assert financed(typed)[0] == 0


@pytest.mark.parametrize("typed", REFUSED)
def test_a_bare_number_above_one_is_refused_and_percent_is_suggested(typed):
    with pytest.raises(BadInput) as found:
        read_share(typed)
    assert REFUSED[typed] in str(found.value)
    code, out, err = financed(typed)
    assert (code, out) == (2, None) and REFUSED[typed] in err and "(K3)" in err
    with pytest.raises(AgreementError, match="Menade du"):
        parameter_value(contract.load().parameters["kommunernas_del"], typed)
