"""How fast planning answers: scenarios by years, draws by years, a backwards question."""

from collections.abc import Callable
from fractions import Fraction
from math import log
from time import process_time

from analytics.agreement import contract, parties
from analytics.fees.payments import compute_many
from analytics.fees.question import Question
from analytics.forecast import uncertainty
from analytics.forecast.projection import DAMPED
from analytics.reference import database
from analytics.swedish import decimal, whole
from analytics.whatif import solve as backwards

DRAWS = (1_000, 10_000)


def measure() -> dict[str, object]:
    """Return CPU seconds, the least of three rounds."""
    db, agreement = database.shared(), contract.load()
    rows = parties.party_rows(db, agreement)
    eight = [
        Question(year, rows, {"rambudget_kr": Fraction(6_500_000 + 100_000 * n)})
        for n in range(8)
        for year in range(2021, 2031)
    ]
    term = [Question(y, rows, {"rambudget_kr": Fraction(7_400_000)}) for y in range(2027, 2031)]
    before = compute_many(db, agreement, [Question(2026, rows)])[0]
    asked = (
        backwards.Condition("finansierat"),
        backwards.Condition("okning_procent", Fraction(5)),
    )
    draws = {
        str(n): _fewest(lambda n=n: uncertainty.simulate(db, agreement, term, DAMPED, n))
        for n in DRAWS
    }
    first, last = (draws[str(n)] for n in DRAWS)
    return {
        "eight_scenarios_ten_years_s": _fewest(lambda: compute_many(db, agreement, eight)),
        "draws_four_years_s": draws,
        "draws_exponent": log(last / first) / log(DRAWS[1] / DRAWS[0]),
        "backwards_question_s": _fewest(
            lambda: backwards.solve(db, agreement, term[0], "rambudget_kr", asked, before)
        ),
    }


def text(measured: dict[str, object]) -> list[str]:
    """Return the figures as lines of a table."""
    draws = measured["draws_four_years_s"]
    return [
        "",
        "Planeringen, CPU-sekunder",
        f"{'åtta scenarier × tio år':32}{_s(measured['eight_scenarios_ten_years_s'])}",
        *(f"{f'{whole(int(n))} dragningar × fyra år':32}{_s(s)}" for n, s in draws.items()),
        f"{'  exponent':32}{_s(measured['draws_exponent'])}",
        f"{'en fråga baklänges, två villkor':32}{_s(measured['backwards_question_s'])}",
    ]


def _fewest(run: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        began = process_time()
        run()
        best = min(best, process_time() - began)
    return best


def _s(value: object) -> str:
    return decimal(Fraction(float(value)), 3).rjust(9)
