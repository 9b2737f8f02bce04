"""The question that fees, explain, sweep and solve share: which year, what is tried, in what."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path

from analytics.agreement import contract, parties
from analytics.agreement.contract import Agreement
from analytics.agreement.typed_values import parameter_value
from analytics.cli.options import by_name, option, pair, year
from analytics.cli.output import one_line, tell
from analytics.errors import AgreementError, BadCommand
from analytics.fees import payments
from analytics.fees.payments import FeeResult
from analytics.fees.question import Question
from analytics.reference import database
from analytics.reference.database import Database
from analytics.reference.population import Count
from analytics.scenario import results
from analytics.scenario.results import ScenarioCase
from analytics.scenario.saved import Scenarios
from analytics.store import posts as store_posts
from analytics.swedish import whole


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked, of which agreement, in which database."""

    db: Database
    agreement: Agreement
    question: Question
    inhabitants: Callable[[str, date], Count]
    case: ScenarioCase | None = None

    def result(self) -> FeeResult:
        """Return the fees: computed, or of a frozen scenario as they were sealed."""
        if self.case is None:
            return payments.compute_many(
                self.db, self.agreement, [self.question], self.inhabitants
            )[0]
        saved = Scenarios(self.db, self.agreement, store_posts.shared())
        (answer,) = results.fees_of(self.db, self.agreement, saved, [self.case])
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
            "en fil med egen folkmängd, som går före: part_id, datum, antal, kalla, eller SCB:s "
            "format (docs/agreement-file.md)",
        ),
        option("--scenario", "ID", "ett sparat scenario: dess id, början av det, eller namnet"),
    )

    def decorate(command: Callable) -> Callable:
        @wraps(command)
        def run(year, values, readings, rules, population, scenario, **remainder):
            asked = _asked(year, values, readings, rules, population, scenario)
            answer = command(asked, **remainder)
            if population is None or remainder.get("form") not in ("table", "json"):
                return answer
            return _with_file(answer, Path(population).name, asked.inhabitants)

        for flag in reversed(flags):
            run = flag(run)
        return run

    return decorate


def _asked(year, values, readings, rules, population, scenario) -> Asked:
    agreement = contract.load() if rules is None else contract.load(_path("agreement", rules))
    chosen = by_name("--reading", readings)
    agreement.readings(chosen)
    own = {
        name: parameter_value(agreement.parameter(name), text)
        for name, text in by_name("--set", values).items()
    }
    db = database.shared()
    if scenario is None:
        counted = payments.counts_for(
            db, agreement, None if population is None else _path("population", population)
        )
        tell(counted.remarks())
        asked = Question(year, parties.party_rows(db, agreement), own, chosen)
        return Asked(db=db, agreement=agreement, question=asked, inhabitants=counted)
    if rules is not None or population is not None:
        raise BadCommand(
            "--scenario går inte ihop med --agreement eller --population: ett scenario gäller "
            "programmets avtal och folkmängd. Ta bort den ena flaggan."
        )
    saved = Scenarios(db, agreement, store_posts.shared())
    case = ScenarioCase(saved.find(scenario), year, own, chosen)
    counted = results.population_of(db, saved, case.scenario)
    return Asked(
        db=db,
        agreement=agreement,
        question=results.question_of(db, agreement, saved, case),
        inhabitants=counted,
        case=case,
    )


def _with_file(answer: object, name: str, counted: payments.Population) -> object:
    """Return an answer that also says which own figures it rests on, and what is odd in them."""
    rows, remarks = counted.own_figures(), counted.remarks()
    if not rows:
        return answer  # the agreement counts nobody, and the file is not asked
    days = sorted({str(row["datum"]) for row in rows})
    if isinstance(answer, dict):
        told = {"file": name, "figures": len(rows), "dates": days, "remarks": remarks}
        return answer | {"population_file": told}
    many = "siffra" if len(rows) == 1 else "siffror"
    shown = f"{', '.join(days[:3])}{' …' if len(days) > 3 else ''}"
    return f"{answer}\nEgen folkmängd ur {one_line(name)}: {whole(len(rows))} {many}, {shown}."


def _path(flag: str, text: str) -> Path:
    if not text.strip():
        raise BadCommand(f"--{flag} är tomt. Ange en fil, eller ta bort flaggan.")
    return Path(text)
