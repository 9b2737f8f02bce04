"""A closed tertial as the store keeps it: its figures as they were, with a seal (K7)."""

from collections.abc import Mapping
from dataclasses import replace

from analytics import store_json
from analytics.errors_scenario import SealBroken
from analytics.followup_rows import (
    Aktivitetslage,
    Okant,
    Postlage,
    Tertiallage,
    Vantat,
    threshold_from_data,
    threshold_to_data,
)


def forsegla(lage: Tertiallage) -> dict[str, object]:
    """Return {"lage", "sigill"}: the figures, and the SHA-256 of their one way of being written."""
    data = som_data(lage)
    return {"lage": data, "sigill": store_json.sigill(data)}


def bryt(document: Mapping[str, object]) -> Tertiallage:
    """Return the figures of a closed tertial. Raises SealBroken where they are not as sealed."""
    data = document["lage"]
    if store_json.sigill(data) != document["sigill"]:
        raise SealBroken(
            f"Tertial {data['tertial']} {data['ar']}",
            ["Siffrorna i lagret är inte de som stängdes."],
        )
    found = av_data(data)
    return replace(found, status="klarmarkerad", stangd=document["stangd"])


def som_data(lage: Tertiallage) -> dict[str, object]:
    """Return what is sealed of a tertial, as the store keeps it; what is live is not in it."""
    return {
        "ar": lage.ar,
        "tertial": lage.tertial,
        "ram_kr": lage.ram_kr,
        "delar_kr": dict(lage.delar_kr),
        "budget_nummer": lage.budget_nummer,
        "poster": [line_to_data(p) for p in lage.poster],
        "okanda": [unknown_to_data(o) for o in lage.okanda],
        "intakter_ore": lage.intakter_ore,
        "utanfor_ore": lage.utanfor_ore,
        "bokfort_till": lage.bokfort_till,
        "manader_ore": list(lage.manader_ore),
        "vantat": None if lage.vantat is None else expected_to_data(lage.vantat),
        "troskel": threshold_to_data(lage.troskel),
        "aktiviteter": [activity_to_data(a) for a in lage.aktiviteter],
        "exempel": lage.exempel,
        "upplysningar": list(lage.upplysningar),
    }


def av_data(data: Mapping[str, object]) -> Tertiallage:
    """Return the sealed tertial that *data* is; the inverse of som_data."""
    expected = data["vantat"]
    return Tertiallage(
        ar=data["ar"],
        tertial=data["tertial"],
        ram_kr=data["ram_kr"],
        delar_kr=data["delar_kr"],
        budget_nummer=data["budget_nummer"],
        poster=tuple(map(line_from_data, data["poster"])),
        okanda=tuple(map(unknown_from_data, data["okanda"])),
        intakter_ore=data["intakter_ore"],
        utanfor_ore=data["utanfor_ore"],
        bokfort_till=data["bokfort_till"],
        manader_ore=tuple(data["manader_ore"]),
        vantat=None if expected is None else expected_from_data(expected),
        troskel=threshold_from_data(data["troskel"]),
        aktiviteter=tuple(map(activity_from_data, data["aktiviteter"])),
        exempel=data["exempel"],
        upplysningar=tuple(data["upplysningar"]),
    )


def line_to_data(p: Postlage) -> dict[str, object]:
    return {
        "id": p.id,
        "del_": p.del_,
        "namn": p.namn,
        "roll": p.roll,
        "budget_ar_kr": p.budget_ar_kr,
        "budget_kr": p.budget_kr,
        "tertial_kr": list(p.tertial_kr),
        "utfall_ore": p.utfall_ore,
        "rader": p.rader,
        "metod": p.metod,
        "prognos_kr": p.prognos_kr,
        "prognos_skal": p.prognos_skal,
        "profil_kr": p.profil_kr,
        "takt_kr": p.takt_kr,
        "forra_prognos_kr": p.forra_prognos_kr,
        "kommentar": p.kommentar,
        "atgard": p.atgard,
        "status": p.status,
        "kraver": list(p.kraver),
    }


def line_from_data(data: Mapping[str, object]) -> Postlage:
    return Postlage(
        id=data["id"],
        del_=data["del_"],
        namn=data["namn"],
        roll=data["roll"],
        budget_ar_kr=data["budget_ar_kr"],
        budget_kr=data["budget_kr"],
        tertial_kr=tuple(data["tertial_kr"]),
        utfall_ore=data["utfall_ore"],
        rader=data["rader"],
        metod=data["metod"],
        prognos_kr=data["prognos_kr"],
        prognos_skal=data["prognos_skal"],
        profil_kr=data["profil_kr"],
        takt_kr=data["takt_kr"],
        forra_prognos_kr=data["forra_prognos_kr"],
        kommentar=data["kommentar"],
        atgard=data["atgard"],
        status=data["status"],
        kraver=tuple(data["kraver"]),
    )


def unknown_to_data(o: Okant) -> dict[str, object]:
    return {
        "konto": o.konto,
        "objekt": o.objekt,
        "namn": o.namn,
        "belopp_ore": o.belopp_ore,
        "rader": o.rader,
    }


def unknown_from_data(data: Mapping[str, object]) -> Okant:
    return Okant(data["konto"], data["objekt"], data["namn"], data["belopp_ore"], data["rader"])


def expected_to_data(v: Vantat) -> dict[str, object]:
    return {"hittills_kr": v.hittills_kr, "ar_kr": v.ar_kr, "utan_kostnad": v.utan_kostnad}


def expected_from_data(data: Mapping[str, object]) -> Vantat:
    return Vantat(data["hittills_kr"], data["ar_kr"], data["utan_kostnad"])


def activity_to_data(a: Aktivitetslage) -> dict[str, object]:
    return {
        "id": a.id,
        "namn": a.namn,
        "roll": a.roll,
        "planerad": a.planerad,
        "status": a.status,
        "anteckning": a.anteckning,
    }


def activity_from_data(data: Mapping[str, object]) -> Aktivitetslage:
    return Aktivitetslage(
        id=data["id"],
        namn=data["namn"],
        roll=data["roll"],
        planerad=data["planerad"],
        status=data["status"],
        anteckning=data["anteckning"],
    )
