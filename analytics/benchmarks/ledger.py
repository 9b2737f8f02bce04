"""How fast a ledger is read in and answered from: one file of each kind, in a store of its own."""

import io
import tempfile
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from time import perf_counter, process_time

import xlsxwriter

from analytics.followup import status as followup_status
from analytics.ledger import booked as ledger_booked, file as ledger_file, imports as ledger_imports
from analytics.ledger.booked import Selection
from analytics.reference import database
from analytics.store.posts import Store
from analytics.swedish import NBSP, decimal, whole

ROWS = 200_000
YEAR = 2027
ACCOUNTS = (5010, 5410, 6071, 6110, 6212, 6530, 7010, 7510, 7610, 6930)
IMPORT_S = 10  # the limit for a whole import, from bytes to what pages ask


def make_rows(rows: int) -> list[tuple[date, int, int, str, str, str]]:
    """Return made-up rows: day, account, öre, text, project, voucher; every other is a bank row."""
    found = []
    for number in range(rows // 2):
        day = date(YEAR, 1 + number % 12, 1 + number % 28)
        ore, voucher = 100 + number * 7919 % 10_000_000, f"A {number + 1}"
        project = f"P{number % 9}"
        konto = ACCOUNTS[number % len(ACCOUNTS)]
        found.append((day, konto, ore, f"Möte nr {number}", project, voucher))
        found.append((day, 1930, -ore, f"Möte nr {number}", project, voucher))
    return found


def sie(rows: int) -> bytes:
    lines = ["#FLAGGA 0", "#FORMAT PC8", "#SIETYP 4", f"#RAR 0 {YEAR}0101 {YEAR}1231"]
    lines += [f'#KONTO {konto} "Konto för möten {konto}"' for konto in (1930, *ACCOUNTS)]
    for number, (day, konto, ore, text, project, voucher) in enumerate(make_rows(rows)):
        if number % 2 == 0:
            lines += [f'#VER {voucher} {day:%Y%m%d} "{text}"', "{"]
        amount = f"{'-' * (ore < 0)}{abs(ore) // 100}.{abs(ore) % 100:02}"
        lines.append(f'#TRANS {konto} {{6 "{project}"}} {amount} {day:%Y%m%d} "{text}"')
        if number % 2:
            lines.append("}")
    return "\r\n".join(lines).encode("cp437")


def csv(rows: int) -> bytes:
    lines = ["Datum;Konto;Belopp;Text;Projekt;Verifikat"]
    for day, konto, ore, text, project, voucher in make_rows(rows):
        whole = f"{abs(ore) // 100:,}".replace(",", NBSP)
        amount = f"{'-' * (ore < 0)}{whole},{abs(ore) % 100:02}"
        lines.append(f"{day};{konto};{amount};{text};{project};{voucher}")
    return "\r\n".join(lines).encode("cp1252")


def excel(rows: int) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet, day_format = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ("Datum", "Konto", "Belopp", "Text", "Projekt", "Verifikat"))
        for line, (day, konto, ore, text, project, voucher) in enumerate(make_rows(rows), 1):
            sheet.write_datetime(line, 0, day, day_format)
            sheet.write_number(line, 1, konto)
            sheet.write_number(line, 2, Fraction(ore, 100))
            for column, value in enumerate((text, project, voucher), 3):
                sheet.write_string(line, column, value)
    return out.getvalue()


FILES: dict[str, Callable[[int], bytes]] = {"SIE": sie, "CSV": csv, "Excel": excel}


def measure(rows: int = ROWS) -> dict[str, object]:
    """Return the figures of *rows* rows, after a small import that loads what is loaded once."""
    _measure(200)
    return _measure(rows)


def _measure(rows: int) -> dict[str, object]:
    """Return CPU seconds per kind of file and step, and of the questions of a page.

    clock_s is what the whole import took on the clock, with whatever else the machine did.
    """
    db = database.build()
    files, answers = [], {}
    for kind, make in FILES.items():
        content = make(rows)
        with tempfile.TemporaryDirectory(prefix="samverkan-") as folder:
            store = Store(f"sqlite:///{Path(folder) / 'lager.db'}")
            took, began = {}, perf_counter()
            read = _time(took, "read_s", lambda c=content, k=kind: ledger_file.read(k, c, YEAR))
            seen = _time(
                took, "preview_s", lambda r=read, s=store: ledger_imports.preview(db, s, r, YEAR)
            )
            done = _time(
                took, "save_s", lambda s=store, g=seen: ledger_imports.save(s, g, "mätning")
            )
            _time(took, "load_s", lambda s=store: ledger_booked.latest_id(db, s))
            files.append(
                {"kind": kind, "bytes": len(content), "rows": done.new, **took,
                 "import_s": sum(took.values()), "clock_s": perf_counter() - began}
            )  # fmt: skip
            answers = {
                "outcome_s": _fewest(lambda s=store: ledger_booked.outcome(db, s, YEAR)),
                "unknown_accounts_s": _fewest(
                    lambda s=store: ledger_booked.unknown_accounts(db, s, YEAR)
                ),
                "tertial_s": _fewest(lambda s=store: _tertial(db, s)),
                "rows_page_s": _fewest(
                    lambda s=store: ledger_booked.page(db, s, Selection(YEAR, find="nr 77"))
                ),
            }
            store.close()
    db.close()
    return {"rows": rows, "limit_s": IMPORT_S, "files": files, **answers}


def _tertial(db: database.Database, store: Store) -> None:
    """Put a tertial together anew, as after every change."""
    db.forget(database.LEDGER)
    followup_status.status_of(db, store, YEAR, 2)


def text(measured: dict[str, object]) -> list[str]:
    """Return the figures as lines of a table."""
    limit = measured["limit_s"]
    return [
        "",
        f"Bokföringen, {whole(measured['rows'])} rader, CPU-sekunder",
        *(
            f"{row['kind']:8}läs {_s(row['read_s'])}  granska {_s(row['preview_s'])}  "
            f"spara {_s(row['save_s'])}  visa {_s(row['load_s'])}  hela {_s(row['import_s'])}  "
            + ("inom" if row["import_s"] <= limit else "mer än")
            + f" {limit} s  (på klockan {_s(row['clock_s'])})"
            for row in measured["files"]
        ),
        f"{'utfall per post och tertial':32}{_s(measured['outcome_s'])}",
        f"{'ett helt tertial':32}{_s(measured['tertial_s'])}",
        f"{'konton utan regel':32}{_s(measured['unknown_accounts_s'])}",
        f"{'200 rader sökta bland alla':32}{_s(measured['rows_page_s'])}",
    ]


def _time(took: dict[str, float], name: str, run: Callable[[], object]):
    began = process_time()
    answer = run()
    took[name] = process_time() - began
    return answer


def _fewest(run: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        began = process_time()
        run()
        best = min(best, process_time() - began)
    return best


def _s(value: object) -> str:
    return decimal(Fraction(float(value)), 3)
