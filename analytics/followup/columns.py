"""The seven figures that are followed of a line, a part and the frame (K7): named, read, printed.

The page, the report in PDF and Word, the command line and the exports take them from here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from analytics.files.export import Field
from analytics.followup.figures import LineStatus, Subtotal
from analytics.money import whole_kronor
from analytics.swedish import percent, whole

Figure = int | Fraction | str | None
FollowedRow = LineStatus | Subtotal


def rounded(ore: int | None) -> str:
    """Print whole öre as whole kronor."""
    return whole(whole_kronor(ore))


def _share(row: FollowedRow) -> Fraction | str | None:
    """The forecast's share of the budget; empty where there is no budget to be a share of."""
    without_budget = row.forecast_kr is not None and not row.budget_year_kr
    return "" if without_budget else row.forecast_deviation_share


@dataclass(frozen=True, slots=True)
class FollowedColumn:
    """`key` names it in a table's rows; `value` reads it, in kronor, öre or a share; "" is none.

    `machine` is its name in a file for machines, `heading` in one for people, with
    `places` decimals in both.
    """

    key: str
    title: str
    value: Callable[[FollowedRow], Figure]
    text: Callable[..., str] = whole
    machine: str = ""
    heading: str = ""
    places: int = 0

    def printed(self, row: FollowedRow) -> str:
        value = self.value(row)
        return "" if value == "" else self.text(value)


COLUMNS = (
    FollowedColumn("ar", "Budget året, kr", lambda r: r.budget_year_kr, machine="budget_year_kr"),
    FollowedColumn(
        "hittills", "Budget hittills, kr", lambda r: r.budget_kr, machine="budget_to_date_kr"
    ),
    FollowedColumn(
        "utfall", "Utfall, kr", lambda r: r.outcome_ore, rounded, "outcome_kr", places=2
    ),
    FollowedColumn(
        "avvikelse", "Avvikelse, kr", lambda r: r.deviation_ore, rounded, "deviation_kr", places=2
    ),
    FollowedColumn("prognos", "Prognos, kr", lambda r: r.forecast_kr, machine="forecast_kr"),
    FollowedColumn(
        "prognos_kr",
        "Mot budget, kr",
        lambda r: r.forecast_deviation_kr,
        machine="forecast_deviation_kr",
        heading="Prognos mot budget, kr",
    ),
    FollowedColumn("prognos_del", "Mot budget, %", _share, percent),
)
TITLES = tuple(column.title for column in COLUMNS)
FILE_FIELDS = tuple(
    Field(column.key, column.heading or column.title, column.machine, column.places)
    for column in COLUMNS
    if column.machine
)


def values(row: FollowedRow) -> dict[str, Figure]:
    """Return the seven figures by key."""
    return {column.key: column.value(row) for column in COLUMNS}


def printed(row: FollowedRow) -> tuple[str, ...]:
    """Return the seven figures as they are read."""
    return tuple(column.printed(row) for column in COLUMNS)
