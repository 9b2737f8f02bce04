"""A closed tertial as the store keeps it: its figures as they were, with a seal (K7)."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from fractions import Fraction

from analytics import store_json
from analytics.errors_scenario import SealBroken
from analytics.followup_rows import (
    Aktivitetslage,
    Okant,
    Postlage,
    Tertiallage,
    Troskel,
    Vantat,
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
    """Return what is sealed of a tertial, as the store keeps it."""
    data = asdict(lage)
    for live in ("efter", "beslut", "hinder", "status", "stangd"):
        del data[live]
    data["delar_kr"] = dict(lage.delar_kr)
    data["troskel"] = {
        "procent": str(lage.troskel.procent),
        "belopp_kr": lage.troskel.belopp_kr,
    }
    return data


def av_data(data: Mapping[str, object]) -> Tertiallage:
    """Return the sealed tertial that *data* is; the inverse of som_data."""
    level = data["troskel"]
    return Tertiallage(
        **{
            **data,
            "poster": tuple(
                Postlage(
                    **{**p, "kraver": tuple(p["kraver"]), "tertial_kr": tuple(p["tertial_kr"])}
                )
                for p in data["poster"]
            ),
            "okanda": tuple(Okant(**o) for o in data["okanda"]),
            "manader_ore": tuple(data["manader_ore"]),
            "vantat": None if data["vantat"] is None else Vantat(**data["vantat"]),
            "troskel": Troskel(Fraction(level["procent"]), level["belopp_kr"]),
            "aktiviteter": tuple(Aktivitetslage(**a) for a in data["aktiviteter"]),
            "upplysningar": tuple(data["upplysningar"]),
        }
    )
