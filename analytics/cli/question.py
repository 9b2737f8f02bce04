"""The question that fees, explain, sweep and solve share: which year, what is tried, in what."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path

from analytics import agreement, database, fees, parties, scenario_results, store
from analytics.agreement import Avtal
from analytics.cli.options import by_name, option, pair, year
from analytics.database import Database
from analytics.errors import AgreementError, BadCommand
from analytics.fees import Resultat
from analytics.population import Antal
from analytics.question import Uppgift
from analytics.scenario_results import Fall
from analytics.scenario_store import Scenarier
from analytics.typed_values import parameter_value


@dataclass(frozen=True)
class Asked:
    """What is asked, of which agreement, in which database."""

    db: Database
    agreement: Avtal
    question: Uppgift
    inhabitants: Callable[[str, date], Antal]
    case: Fall | None = None

    def result(self) -> Resultat:
        """Return the fees: computed, or of a frozen scenario as they were sealed."""
        if self.case is None:
            return fees.avgifter(self.db, self.agreement, [self.question], self.inhabitants)[0]
        saved = Scenarier(self.db, self.agreement, store.shared())
        (answer,) = scenario_results.avgifter(self.db, self.agreement, saved, [self.case])
        if isinstance(answer, AgreementError):
            raise answer
        return answer


def asking(year_text: str):
    """Return the decorator that gives a command the options, and as `asked` what they ask."""
    flags = (
        year(year_text),
        option(
            "--set",
            "NAMN=VÄRDE",
            "ett annat värde på en parameter, till exempel rambudget_kr=7000000, "
            "rambudget_kr=6,5Mkr, tak_kr_per_invanare=1,60 eller kommunernas_del=0,5 (en del "
            "skrivs 0,5 eller 50 %); får anges flera gånger",
            "values",
            read=pair("--set", "rambudget_kr=7000000"),
            many=True,
        ),
        option(
            "--reading",
            "PUNKT=LÄSART",
            "en annan läsart, till exempel T1=fast; får anges flera gånger",
            "readings",
            read=pair("--reading", "T1=fast"),
            many=True,
        ),
        option("--agreement", "FIL", "en annan avtalsfil (docs/agreement-file.md)", "rules"),
        option(
            "--population",
            "FIL",
            "en CSV-fil med egen folkmängd, som går före: part_id, datum, antal, kalla",
        ),
        option("--scenario", "ID", "ett sparat scenario: dess id, början av det, eller namnet"),
    )

    def decorate(command: Callable) -> Callable:
        @wraps(command)
        def run(year, values, readings, rules, population, scenario, **rest):
            asked = _asked(year, values, readings, rules, population, scenario)
            return command(asked, **rest)

        for flag in reversed(flags):
            run = flag(run)
        return run

    return decorate


def _asked(year, values, readings, rules, population, scenario) -> Asked:
    avtal = agreement.load() if rules is None else agreement.load(_path("agreement", rules))
    chosen = by_name("--reading", readings)
    avtal.lasarter(chosen)
    own = {
        name: parameter_value(avtal.parameter(name), text)
        for name, text in by_name("--set", values).items()
    }
    db = database.shared()
    if scenario is None:
        counted = fees.antalen_for(
            db, avtal, None if population is None else _path("population", population)
        )
        asked = Uppgift(year, parties.rader(db, avtal), own, chosen)
        return Asked(db, avtal, asked, counted)
    if rules is not None or population is not None:
        raise BadCommand(
            "--scenario går inte ihop med --agreement eller --population: ett scenario gäller "
            "programmets avtal och folkmängd. Ta bort den ena flaggan."
        )
    saved = Scenarier(db, avtal, store.shared())
    case = Fall(saved.sok(scenario), year, own, chosen)
    counted = scenario_results.folkmangd(db, saved, case.scenario)
    return Asked(db, avtal, scenario_results.uppgift(db, avtal, saved, case), counted, case)


def _path(flag: str, text: str) -> Path:
    if not text.strip():
        raise BadCommand(f"--{flag} är tomt. Ange en fil, eller ta bort flaggan.")
    return Path(text)
