"""The records of a file in SIE that are no voucher: who, when, names, balances and a budget.

A name that is missing is no fault, for nothing counts it. Balances and a budget are used by some
readers only, so their faults are kept apart, by label.
"""

from contextlib import suppress

from analytics.errors import Fault
from analytics.ledger.sie.fields import (
    AMOUNT,
    KONTO,
    FieldFault,
    missing,
    read_amount,
    read_day,
    read_konto,
    read_objekt_list,
    read_period,
    read_year_number,
)
from analytics.ledger.sie.records import Sie, SieBalance


def read_record(sie: Sie, row: int, label: str, fields: list[str], line: str) -> None:
    """Put what a record says into *sie*; a label that is not known says nothing.

    Raises FieldFault for the currency, the type and the financial year, which all amounts and
    days hang on.
    """
    if label in BALANCES:
        _apart(sie, row, label, fields, line)
    elif label == "#RAR":
        try:
            _financial_year(sie, fields)
        except IndexError:
            raise missing(label, line) from None
    elif label in RECORDS and any(text.strip() for text in fields):
        try:
            RECORDS[label](sie, fields)
        except IndexError:
            return  # a name without its number, or a number without its name


def _konto(sie: Sie, f: list[str]) -> None:
    if KONTO.fullmatch(f[0]):  # another is not booked on, or is told where it is
        sie.accounts[f[0]] = f[1].strip()


def _financial_year(sie: Sie, f: list[str]) -> None:
    if not any(text.strip() for text in f[1:3]):
        return
    first, last = read_day(f[1]), read_day(f[2])
    if last < first:
        raise FieldFault("datum", f[2], "räkenskapsåret slutar före sin början")
    sie.year[read_year_number(f[0])] = (first, last)


def _objekt_name(sie: Sie, f: list[str]) -> None:
    sie.objekt[f[0], f[1].strip()] = f[2].strip()


def _dimension(sie: Sie, f: list[str]) -> None:
    sie.dimensions[f[0]] = f[1].strip()


def _type(sie: Sie, f: list[str]) -> None:
    if f[0] not in ("1", "2", "3", "4"):
        raise FieldFault(None, f[0], "typen ska vara 1, 2, 3 eller 4")
    sie.type_number = int(f[0])


def _currency(_sie: Sie, f: list[str]) -> None:
    if f[0].strip().upper() != "SEK":
        raise FieldFault(None, f[0], "beloppen ska vara i svenska kronor (SEK)")


def _extent(sie: Sie, f: list[str]) -> None:
    try:
        sie.extent = read_day(f[0])
    except FieldFault:
        sie.remarks.append(f"#OMFATTN säger ”{f[0][:20]}”, som inte är ett datum; det läses inte.")


def _generated(sie: Sie, f: list[str]) -> None:
    with suppress(FieldFault):
        sie.generated = read_day(f[0])


def _flag(sie: Sie, f: list[str]) -> None:
    sie.flag = f[0].strip()


def _program(sie: Sie, f: list[str]) -> None:
    sie.program = f[0].strip()


def _company(sie: Sie, f: list[str]) -> None:
    sie.company = f[0].strip()


def _orgnr(sie: Sie, f: list[str]) -> None:
    sie.orgnr = f[0].strip()


def _apart(sie: Sie, row: int, label: str, f: list[str], line: str) -> None:
    try:
        found = _balance(row, label, f)
    except FieldFault as fault:
        told = Fault(row, fault.column, fault.value, fault.allowed)
    except IndexError:
        fault = missing(label, line)
        told = Fault(row, None, line, fault.allowed)
    else:
        getattr(sie, BALANCES[label]).append(found)
        return
    sie.faults_of.setdefault(label, []).append(told)


def _balance(row: int, label: str, f: list[str]) -> SieBalance:
    year_number, period, objects = read_year_number(f[0]), "", ""
    if label in ("#PSALDO", "#PBUDGET"):
        period, konto, remainder = read_period(f[1]), read_konto(f[2]), f[3:]
        if not AMOUNT.fullmatch(remainder[0]):  # some programs leave out empty braces
            objects, remainder = read_objekt_list(remainder)
    else:
        konto, remainder = read_konto(f[1]), f[2:]
    return SieBalance(row, year_number, period, konto, objects, read_amount(remainder[0]))


RECORDS = {
    "#KONTO": _konto,
    "#RAR": _financial_year,
    "#OBJEKT": _objekt_name,
    "#DIM": _dimension,
    "#UNDERDIM": _dimension,
    "#SIETYP": _type,
    "#VALUTA": _currency,
    "#OMFATTN": _extent,
    "#GEN": _generated,
    "#FLAGGA": _flag,
    "#PROGRAM": _program,
    "#FNAMN": _company,
    "#ORGNR": _orgnr,
}
BALANCES = {
    "#RES": "res",
    "#IB": "opening",
    "#UB": "closing",
    "#PSALDO": "psaldo",
    "#PBUDGET": "budget",
}
