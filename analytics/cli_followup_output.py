"""A tertial as table, JSON and CSV. The JSON keys are a contract; money is whole kronor or öre."""

from fractions import Fraction

from analytics.cli_output import rad, som_json, tabell
from analytics.export import Falt, csv_maskin
from analytics.followup_columns import TITLES
from analytics.followup_rows import Delsumma, Postlage, Tertiallage
from analytics.followup_words import svar
from analytics.money import whole_kronor
from analytics.swedish import procent, tal

RIGHT = {1, 2, 3, 4, 5, 6, 7}
HEAD = ["Post", *TITLES, "Status"]


def visa(lage: Tertiallage, form: str) -> str:
    """Return the tertial in *form*: table, json or csv."""
    if form == "json":
        return som_json(som_objekt(lage))
    if form == "csv":
        rows = [_post(p) | {"missing": " ".join(p.kraver)} for p in lage.poster]
        names = list(rows[0]) if rows else ["id"]
        return csv_maskin(rows, [Falt(n, n, n) for n in names]).decode("utf-8").rstrip("\n")
    lines = [rad(svar(lage)), ""]
    if lage.poster:
        cells = [HEAD, *(_celler(p, p.namn, p.status) for p in lage.poster)]
        cells += [_celler(d, d.namn, "") for d in (*lage.delar, lage.summa)]
        lines += [*tabell(cells, right=RIGHT), ""]
    lines += [f"{rad(a.namn)} (T{a.planerad}): {a.status or 'saknas'}" for a in lage.aktiviteter]
    lines += [f"Hinder: {rad(text)}" for text in lage.hinder]
    lines += [f"Att veta: {rad(text)}" for text in lage.upplysningar]
    return "\n".join(lines).rstrip()


def _celler(row: Postlage | Delsumma, name: str, status: str) -> list[str]:
    return [
        rad(name),
        tal(row.budget_ar_kr),
        tal(row.budget_kr),
        tal(whole_kronor(row.utfall_ore)),
        tal(whole_kronor(row.avvikelse_ore)),
        tal(row.prognos_kr),
        tal(row.prognos_avvikelse_kr),
        "" if row.prognos_avvikelse_del is None else procent(row.prognos_avvikelse_del),
        status,
    ]


def som_objekt(lage: Tertiallage) -> dict[str, object]:
    """Return everything about the tertial under stable keys."""
    return {
        "year": lage.ar,
        "tertial": lage.tertial,
        "from": lage.fran.isoformat(),
        "to": lage.till.isoformat(),
        "status": "closed" if lage.last else "open",
        "closed_at": lage.stangd,
        "example": lage.exempel,
        "budget_version": lage.budget_nummer,
        "frame_kr": lage.ram_kr,
        "booked_to": lage.bokfort_till,
        "threshold": {
            "percent": str(lage.troskel.procent),
            "amount_kr": lage.troskel.belopp_kr,
        },
        "lines": [_post(p) | {"missing": list(p.kraver)} for p in lage.poster],
        "parts": [_summa(d) for d in lage.delar],
        "total": _summa(lage.summa),
        "unknown_accounts": [
            {
                "account": o.konto,
                "object": o.objekt,
                "name": o.namn,
                "amount_ore": o.belopp_ore,
                "rows": o.rader,
            }
            for o in lage.okanda
        ],
        "income_ore": lage.intakter_ore,
        "outside_ore": lage.utanfor_ore,
        "expected_loans": None
        if lage.vantat is None
        else {
            "to_date_kr": lage.vantat.hittills_kr,
            "year_kr": lage.vantat.ar_kr,
            "some_unknown": lage.vantat.utan_kostnad,
        },
        "activities": [
            {
                "id": a.id,
                "name": a.namn,
                "role": a.roll,
                "planned_tertial": a.planerad,
                "status": a.status,
                "note": a.anteckning,
            }
            for a in lage.aktiviteter
        ],
        "blocking": list(lage.hinder),
        "notes": list(lage.upplysningar),
        "booked_after_closing": [
            {"id": e.id, "name": e.namn, "amount_ore": e.belopp_ore} for e in lage.efter
        ],
        "decisions": [
            {"part": b.del_, "amount_ore": b.belopp_ore, "decision": b.beslut, "at": b.nar}
            for b in lage.beslut
        ],
    }


def _post(p: Postlage) -> dict[str, object]:
    return {
        "id": p.id,
        "part": p.del_,
        "name": p.namn,
        "role": p.roll,
        **_belopp(p),
        "forecast_method": p.metod,
        "forecast_reason": p.prognos_skal,
        "last_forecast_kr": p.forra_prognos_kr,
        "rows": p.rader,
        "status": p.status,
        "comment": p.kommentar,
        "measure": p.atgard,
    }


def _summa(d: Delsumma) -> dict[str, object]:
    return {"part": d.del_, "name": d.namn, "share_kr": d.mal_kr, **_belopp(d)}


def _belopp(row: Postlage | Delsumma) -> dict[str, object]:
    return {
        "budget_year_kr": row.budget_ar_kr,
        "budget_to_date_kr": row.budget_kr,
        "outcome_ore": row.utfall_ore,
        "deviation_ore": row.avvikelse_ore,
        "forecast_kr": row.prognos_kr,
        "forecast_deviation_kr": row.prognos_avvikelse_kr,
        "forecast_deviation_percent": _procent(row.prognos_avvikelse_del),
    }


def _procent(share: Fraction | None) -> str | None:
    """A share as percent with one decimal and a point, as text: a float is not exact."""
    if share is None:
        return None
    tenths = (abs(share) * 2000 + 1) // 2
    sign = "-" if share < 0 and tenths else ""
    return f"{sign}{tenths // 10}.{tenths % 10}"
