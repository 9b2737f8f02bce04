"""A closed tertial as the store keeps it: its figures as they were, with a seal (K7)."""

from collections.abc import Mapping
from dataclasses import replace

from analytics.followup.figures import (
    ActivityStatus,
    ExpectedCost,
    LineStatus,
    TertialStatus,
    UnknownAccount,
    threshold_from_data,
    threshold_to_data,
)
from analytics.scenario.errors import SealBroken
from analytics.store import json_text


def seal(status: TertialStatus) -> dict[str, object]:
    """Return {"lage", "sigill"}: the figures, and the SHA-256 of their one way of being written."""
    data = to_data(status)
    return {"lage": data, "sigill": json_text.sigill(data)}


def open_sealed(document: Mapping[str, object]) -> TertialStatus:
    """Return the figures of a closed tertial. Raises SealBroken where they are not as sealed."""
    data = document["lage"]
    if json_text.sigill(data) != document["sigill"]:
        raise SealBroken(
            f"Tertial {data['tertial']} {data['ar']}",
            ["Siffrorna i lagret är inte de som stängdes."],
        )
    found = from_data(data)
    return replace(found, status="klarmarkerad", closed=document["stangd"])


def to_data(status: TertialStatus) -> dict[str, object]:
    """Return what is sealed of a tertial, as the store keeps it; what is live is not in it."""
    return {
        "ar": status.year,
        "tertial": status.tertial,
        "ram_kr": status.frame_kr,
        "delar_kr": dict(status.parts_kr),
        "budget_nummer": status.budget_number,
        "poster": [line_to_data(p) for p in status.lines],
        "okanda": [unknown_to_data(o) for o in status.unknown],
        "intakter_ore": status.income_ore,
        "utanfor_ore": status.outside_ore,
        "bokfort_till": status.booked_until,
        "manader_ore": list(status.months_ore),
        "vantat": None if status.expected is None else expected_to_data(status.expected),
        "troskel": threshold_to_data(status.threshold),
        "aktiviteter": [activity_to_data(a) for a in status.activities],
        "exempel": status.example,
        "upplysningar": list(status.notices),
    }


def from_data(data: Mapping[str, object]) -> TertialStatus:
    """Return the sealed tertial that *data* is; the inverse of to_data."""
    expected = data["vantat"]
    return TertialStatus(
        year=data["ar"],
        tertial=data["tertial"],
        frame_kr=data["ram_kr"],
        parts_kr=data["delar_kr"],
        budget_number=data["budget_nummer"],
        lines=tuple(map(line_from_data, data["poster"])),
        unknown=tuple(map(unknown_from_data, data["okanda"])),
        income_ore=data["intakter_ore"],
        outside_ore=data["utanfor_ore"],
        booked_until=data["bokfort_till"],
        months_ore=tuple(data["manader_ore"]),
        expected=None if expected is None else expected_from_data(expected),
        threshold=threshold_from_data(data["troskel"]),
        activities=tuple(map(activity_from_data, data["aktiviteter"])),
        example=data["exempel"],
        notices=tuple(data["upplysningar"]),
    )


def line_to_data(p: LineStatus) -> dict[str, object]:
    return {
        "id": p.id,
        "del_": p.part_of_frame,
        "namn": p.name,
        "roll": p.role,
        "budget_ar_kr": p.budget_year_kr,
        "budget_kr": p.budget_kr,
        "tertial_kr": list(p.tertial_kr),
        "utfall_ore": p.outcome_ore,
        "rader": p.rows,
        "metod": p.method,
        "prognos_kr": p.forecast_kr,
        "prognos_skal": p.forecast_reason,
        "profil_kr": p.profile_kr,
        "takt_kr": p.pace_kr,
        "forra_prognos_kr": p.previous_forecast_kr,
        "kommentar": p.comment,
        "atgard": p.measure,
        "status": p.status,
        "kraver": list(p.requires),
    }


def line_from_data(data: Mapping[str, object]) -> LineStatus:
    return LineStatus(
        id=data["id"],
        part_of_frame=data["del_"],
        name=data["namn"],
        role=data["roll"],
        budget_year_kr=data["budget_ar_kr"],
        budget_kr=data["budget_kr"],
        tertial_kr=tuple(data["tertial_kr"]),
        outcome_ore=data["utfall_ore"],
        rows=data["rader"],
        method=data["metod"],
        forecast_kr=data["prognos_kr"],
        forecast_reason=data["prognos_skal"],
        profile_kr=data["profil_kr"],
        pace_kr=data["takt_kr"],
        previous_forecast_kr=data["forra_prognos_kr"],
        comment=data["kommentar"],
        measure=data["atgard"],
        status=data["status"],
        requires=tuple(data["kraver"]),
    )


def unknown_to_data(o: UnknownAccount) -> dict[str, object]:
    return {
        "konto": o.konto,
        "objekt": o.objekt,
        "namn": o.name,
        "belopp_ore": o.amount_ore,
        "rader": o.rows,
    }


def unknown_from_data(data: Mapping[str, object]) -> UnknownAccount:
    return UnknownAccount(
        konto=data["konto"],
        objekt=data["objekt"],
        name=data["namn"],
        amount_ore=data["belopp_ore"],
        rows=data["rader"],
    )


def expected_to_data(v: ExpectedCost) -> dict[str, object]:
    return {"hittills_kr": v.so_far_kr, "ar_kr": v.year_kr, "utan_kostnad": v.without_cost}


def expected_from_data(data: Mapping[str, object]) -> ExpectedCost:
    return ExpectedCost(data["hittills_kr"], data["ar_kr"], data["utan_kostnad"])


def activity_to_data(a: ActivityStatus) -> dict[str, object]:
    return {
        "id": a.id,
        "namn": a.name,
        "roll": a.role,
        "planerad": a.planned,
        "status": a.status,
        "anteckning": a.note,
    }


def activity_from_data(data: Mapping[str, object]) -> ActivityStatus:
    return ActivityStatus(
        id=data["id"],
        name=data["namn"],
        role=data["roll"],
        planned=data["planerad"],
        status=data["status"],
        note=data["anteckning"],
    )
