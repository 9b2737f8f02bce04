"""How fast a ledger is read in and answered from: one file of each kind, in a store of its own."""

import io
import tempfile
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from time import perf_counter, process_time

import xlsxwriter

from analytics import database, followup, ledger, ledger_file, ledger_import
from analytics.ledger import Urval
from analytics.store import Store
from analytics.swedish import NBSP, decimal, tal

ROWS = 200_000
AR = 2027
KONTON = (5010, 5410, 6071, 6110, 6212, 6530, 7010, 7510, 7610, 6930)
IMPORT_S = 10  # the limit for a whole import, from bytes to what pages ask


def rader(rows: int) -> list[tuple[date, int, int, str, str, str]]:
    """Return made-up rows: day, account, öre, text, project, voucher; every other is a bank row."""
    found = []
    for number in range(rows // 2):
        day = date(AR, 1 + number % 12, 1 + number % 28)
        ore, voucher = 100 + number * 7919 % 10_000_000, f"A {number + 1}"
        project = f"P{number % 9}"
        konto = KONTON[number % len(KONTON)]
        found.append((day, konto, ore, f"Möte nr {number}", project, voucher))
        found.append((day, 1930, -ore, f"Möte nr {number}", project, voucher))
    return found


def sie(rows: int) -> bytes:
    lines = ["#FLAGGA 0", "#FORMAT PC8", "#SIETYP 4", f"#RAR 0 {AR}0101 {AR}1231"]
    lines += [f'#KONTO {konto} "Konto för möten {konto}"' for konto in (1930, *KONTON)]
    for number, (day, konto, ore, text, project, voucher) in enumerate(rader(rows)):
        if number % 2 == 0:
            lines += [f'#VER {voucher} {day:%Y%m%d} "{text}"', "{"]
        amount = f"{'-' * (ore < 0)}{abs(ore) // 100}.{abs(ore) % 100:02}"
        lines.append(f'#TRANS {konto} {{6 "{project}"}} {amount} {day:%Y%m%d} "{text}"')
        if number % 2:
            lines.append("}")
    return "\r\n".join(lines).encode("cp437")


def csv(rows: int) -> bytes:
    lines = ["Datum;Konto;Belopp;Text;Projekt;Verifikat"]
    for day, konto, ore, text, project, voucher in rader(rows):
        whole = f"{abs(ore) // 100:,}".replace(",", NBSP)
        amount = f"{'-' * (ore < 0)}{whole},{abs(ore) % 100:02}"
        lines.append(f"{day};{konto};{amount};{text};{project};{voucher}")
    return "\r\n".join(lines).encode("cp1252")


def excel(rows: int) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet, day_format = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ("Datum", "Konto", "Belopp", "Text", "Projekt", "Verifikat"))
        for line, (day, konto, ore, text, project, voucher) in enumerate(rader(rows), 1):
            sheet.write_datetime(line, 0, day, day_format)
            sheet.write_number(line, 1, konto)
            sheet.write_number(line, 2, Fraction(ore, 100))
            for column, value in enumerate((text, project, voucher), 3):
                sheet.write_string(line, column, value)
    return out.getvalue()


FILER: dict[str, Callable[[int], bytes]] = {"SIE": sie, "CSV": csv, "Excel": excel}


def mat(rows: int = ROWS) -> dict[str, object]:
    """Return the figures of *rows* rows, after a small import that loads what is loaded once."""
    _mat(200)
    return _mat(rows)


def _mat(rows: int) -> dict[str, object]:
    """Return CPU seconds per kind of file and step, and of the questions of a page.

    clock_s is what the whole import took on the clock, with whatever else the machine did.
    """
    db = database.build()
    files, answers = [], {}
    for kind, make in FILER.items():
        content = make(rows)
        with tempfile.TemporaryDirectory(prefix="samverkan-") as folder:
            store = Store(f"sqlite:///{Path(folder) / 'lager.db'}")
            took, began = {}, perf_counter()
            read = _tid(took, "read_s", lambda c=content, k=kind: ledger_file.las(k, c, AR))
            seen = _tid(
                took, "preview_s", lambda r=read, s=store: ledger_import.granska(db, s, r, AR)
            )
            done = _tid(
                took, "save_s", lambda s=store, g=seen: ledger_import.spara(s, g, "mätning")
            )
            _tid(took, "load_s", lambda s=store: ledger.senaste_id(db, s))
            files.append(
                {"kind": kind, "bytes": len(content), "rows": done.nya, **took,
                 "import_s": sum(took.values()), "clock_s": perf_counter() - began}
            )  # fmt: skip
            answers = {
                "outcome_s": _minst(lambda s=store: ledger.utfall(db, s, AR)),
                "unknown_accounts_s": _minst(lambda s=store: ledger.okanda(db, s, AR)),
                "tertial_s": _minst(lambda s=store: _tertial(db, s)),
                "rows_page_s": _minst(lambda s=store: ledger.sida(db, s, Urval(AR, sok="nr 77"))),
            }
            store.stang()
    db.close()
    return {"rows": rows, "limit_s": IMPORT_S, "files": files, **answers}


def _tertial(db: database.Database, store: Store) -> None:
    """Put a tertial together anew, as after every change."""
    db.forget(database.LEDGER)
    followup.lage(db, store, AR, 2)


def text(measured: dict[str, object]) -> list[str]:
    """Return the figures as lines of a table."""
    limit = measured["limit_s"]
    return [
        "",
        f"Bokföringen, {tal(measured['rows'])} rader, CPU-sekunder",
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


def _tid(took: dict[str, float], name: str, run: Callable[[], object]):
    began = process_time()
    answer = run()
    took[name] = process_time() - began
    return answer


def _minst(run: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        began = process_time()
        run()
        best = min(best, process_time() - began)
    return best


def _s(value: object) -> str:
    return decimal(Fraction(float(value)), 3)
