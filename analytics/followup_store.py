"""What people write in the follow-up: forecasts, comments, thresholds, closings, decisions (K7).

What belongs to a closed tertial is locked. Everything is saved with its history; nothing is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

from analytics import activities, post_ids
from analytics.activities import Aktivitet
from analytics.budget import DELAR
from analytics.errors import SkalSaknas
from analytics.errors_followup import TertialLast, UppfoljningFel
from analytics.followup_rows import (
    METODER,
    Arsbeslut,
    Troskel,
    threshold_from_data,
    threshold_to_data,
)
from analytics.store import Handelse, Post, Skriv, Store
from analytics.swedish import parse_decimal, parse_kronor

TERTIAL, PROGNOS, KOMMENTAR, BESLUT = "tertial", "prognos", "kommentar", "arsbeslut"
INSTALLNING, TROSKEL_ID = "installning", "uppfoljning"
LANGST = 2000


@dataclass(frozen=True, slots=True)
class Prognos:
    """How a line's forecast is made for a tertial; `belopp_kr` and `skal` where it is one's own."""

    metod: str = "profil"
    belopp_kr: int | None = None
    skal: str = ""
    version: int = 0
    id: str = ""


@dataclass(frozen=True, slots=True)
class Ord:
    """What is said about a line: why it deviates, and what is done about it."""

    kommentar: str = ""
    atgard: str = ""
    version: int = 0
    id: str = ""


# ---- thresholds ----


def troskel(store: Store) -> Troskel:
    """Return the threshold that holds: 5 % or 50 000 kr until someone sets another."""
    post = store.hamta(INSTALLNING, TROSKEL_ID)
    if post is None:
        return Troskel()
    return threshold_from_data(post.data)


def satt_troskel(store: Store, procent: str, belopp: str, *, skal: str) -> Troskel:
    """Save another threshold, as someone wrote it. Raises BadInput, UppfoljningFel, SkalSaknas."""
    share, amount = Fraction(parse_decimal(procent, "%")), parse_kronor(belopp)
    if not 0 <= share <= 100 or amount < 0:
        raise UppfoljningFel(
            "Tröskeln kan inte vara så. Skriv 0 till 100 procent och ett belopp från noll (K7)."
        )
    _skal(skal, "Skriv varför tröskeln ändras.")
    before = store.hamta(INSTALLNING, TROSKEL_ID)
    level = Troskel(share, amount)
    version = before.version if before else None
    store.spara(
        INSTALLNING, threshold_to_data(level), skal=skal, post_id=TROSKEL_ID, version=version
    )
    return level


# ---- forecasts and comments ----


def prognoser(store: Store, ar: int, tertial: int) -> dict[str, Prognos]:
    """Return what is chosen about forecasts, by line."""
    return {
        p.data["rad"]: Prognos(
            p.data["metod"], p.data["belopp_kr"], p.data["skal"], p.version, p.id
        )
        for p in _egna(store, PROGNOS, ar, tertial)
    }


def satt_prognos(
    store: Store, ar: int, tertial: int, rad: str, prognos: Prognos, *, exempel: bool = False
) -> Prognos:
    """Save how a line's forecast is made. `prognos.version` is the one it is saved over (0: new).

    Raises TertialLast, UppfoljningFel, SkalSaknas, Konflikt.
    """
    change = _prognosen(store, ar, tertial, rad, prognos, exempel)
    (post,) = store.flera([change], skal=prognos.skal or "prognos")
    data = change.data
    return Prognos(prognos.metod, data["belopp_kr"], data["skal"], post.version, post.id)


def _prognosen(
    store: Store, ar: int, tertial: int, rad: str, prognos: Prognos, exempel: bool
) -> Skriv:
    krav_oppet(store, ar, tertial)
    if prognos.metod not in METODER or prognos.metod == "utfall":
        raise UppfoljningFel(f"Prognosmetoden ”{prognos.metod[:40]}” finns inte.")
    own = prognos.metod == "egen"
    if own and (prognos.belopp_kr is None or prognos.belopp_kr < 0):
        raise UppfoljningFel("Den egna prognosen saknar belopp. Skriv kronor för hela året (K7).")
    if prognos.metod != "profil":
        _skal(prognos.skal, "Skriv varför prognosen avviker från den föreslagna.")
    data = {
        "ar": ar,
        "tertial": tertial,
        "rad": rad,
        "metod": prognos.metod,
        "belopp_kr": prognos.belopp_kr if own else None,
        "skal": _text(prognos.skal),
        "exempel": exempel,
    }
    return _skriv(store, PROGNOS, f"{ar}-{tertial}-{rad}", data, prognos)


def kommentarer(store: Store, ar: int, tertial: int) -> dict[str, Ord]:
    """Return comments and measures by line."""
    return {
        p.data["rad"]: Ord(p.data["kommentar"], p.data["atgard"], p.version, p.id)
        for p in _egna(store, KOMMENTAR, ar, tertial)
    }


def satt_kommentar(
    store: Store, ar: int, tertial: int, rad: str, ord_: Ord, *, exempel: bool = False
) -> Ord:
    """Save a line's comment and measure over `ord_.version` (0: new). Raises TertialLast,
    Konflikt."""
    change = _orden(store, ar, tertial, rad, ord_, exempel)
    (post,) = store.flera([change], skal="kommentar")
    return Ord(change.data["kommentar"], change.data["atgard"], post.version, post.id)


def satt_prognos_och_ord(
    store: Store,
    ar: int,
    tertial: int,
    rad: str,
    prognos: Prognos | None,
    ord_: Ord | None,
    *,
    exempel: bool = False,
) -> None:
    """Save what is not None as satt_prognos and satt_kommentar do, all or nothing. Raises as
    they do."""
    changes = []
    if prognos is not None:
        changes.append(_prognosen(store, ar, tertial, rad, prognos, exempel))
    if ord_ is not None:
        changes.append(_orden(store, ar, tertial, rad, ord_, exempel))
    if changes:
        why = "kommentar" if prognos is None else prognos.skal or "prognos"
        store.flera(changes, skal=why)


def _orden(store: Store, ar: int, tertial: int, rad: str, ord_: Ord, exempel: bool) -> Skriv:
    krav_oppet(store, ar, tertial)
    data = {
        "ar": ar,
        "tertial": tertial,
        "rad": rad,
        "kommentar": _text(ord_.kommentar),
        "atgard": _text(ord_.atgard),
        "exempel": exempel,
    }
    return _skriv(store, KOMMENTAR, f"{ar}-{tertial}-{rad}", data, ord_)


def satt_status(
    store: Store, aktivitet: Aktivitet, tertial: int, status: str, anteckning: str
) -> Aktivitet:
    """Save what is reported of an activity for a tertial. Raises TertialLast, Konflikt."""
    krav_oppet(store, aktivitet.ar, tertial)
    made = activities.med_status(aktivitet, tertial, status, anteckning)
    return activities.spara(store, made, skal=f"Tertial {tertial}: {status}")


# ---- closed tertials ----


def stangning(store: Store, ar: int, tertial: int) -> Mapping[str, object] | None:
    """Return the sealed document of a closed tertial, or None when it is open."""
    post = _tertialet(store, ar, tertial)
    return None if post is None or post.data["status"] != "klarmarkerad" else post.data


def stangt(store: Store, ar: int, tertial: int) -> bool:
    return stangning(store, ar, tertial) is not None


def krav_oppet(store: Store, ar: int, tertial: int) -> None:
    """Raise TertialLast when the tertial is closed."""
    if stangt(store, ar, tertial):
        raise TertialLast(ar, tertial)


def satt_tertial(
    store: Store, ar: int, tertial: int, data: Mapping[str, object], *, skal: str
) -> None:
    """Save that a tertial is closed or open, over the version that is there. Raises Konflikt, and
    TertialLast for one that someone else has closed."""
    post = _tertialet(store, ar, tertial)
    if post is not None and post.data["status"] == data["status"] == "klarmarkerad":
        raise TertialLast(ar, tertial)
    keys = {"ar": ar, "tertial": tertial}
    own = post.id if post else post_ids.ledigt(store, TERTIAL, f"{ar}-{tertial}")
    store.spara(
        TERTIAL, keys | dict(data), skal=skal, post_id=own, version=post.version if post else None
    )


def spar(store: Store, ar: int, tertial: int) -> list[Handelse]:
    """Return when the tertial was closed and opened, and why, the first first."""
    post = _tertialet(store, ar, tertial)
    return [] if post is None else store.historik(TERTIAL, post.id)


# ---- the year's surplus or deficit ----


def arsbeslut(store: Store, ar: int) -> tuple[Arsbeslut, ...]:
    """Return what is decided about each part's result of the year."""
    found = {
        p.data["del"]: Arsbeslut(
            p.data["del"], p.data["belopp_ore"], p.data["beslut"], p.data["nar"], p.id, p.version
        )
        for p in store.lista(BESLUT)
        if p.data["ar"] == ar
    }
    return tuple(found[part] for part in DELAR if part in found)


def besluta_resultat(
    store: Store,
    ar: int,
    del_: str,
    belopp_ore: int,
    beslut: str,
    *,
    version: int = 0,
    exempel: bool = False,
) -> None:
    """Record what is decided about a part's surplus or deficit (K2, K16). Raises SkalSaknas,
    Konflikt."""
    _skal(beslut, "Skriv vad som är beslutat om över- eller underskottet, av vem och när (K16).")
    data = {
        "ar": ar,
        "del": del_,
        "belopp_ore": belopp_ore,
        "beslut": _text(beslut),
        "nar": datetime.now(UTC).isoformat(timespec="seconds"),
        "exempel": exempel,
    }
    before = next((b for b in arsbeslut(store, ar) if b.del_ == del_), None)
    own = Ord(version=version, id=before.id if before else "")
    store.flera([_skriv(store, BESLUT, f"{ar}-{del_}", data, own)], skal=beslut)


def _egna(store: Store, slag: str, ar: int, tertial: int) -> list[Post]:
    return [p for p in store.lista(slag) if (p.data["ar"], p.data["tertial"]) == (ar, tertial)]


def _tertialet(store: Store, ar: int, tertial: int) -> Post | None:
    return next(iter(_egna(store, TERTIAL, ar, tertial)), None)


def _skriv(
    store: Store, slag: str, bas: str, data: dict[str, object], over: Prognos | Ord
) -> Skriv:
    return Skriv(slag, data, over.id or post_ids.ledigt(store, slag, bas), over.version or None)


def _text(text: str) -> str:
    clean = text.strip()
    if len(clean) > LANGST:
        raise UppfoljningFel(
            f"Texten är {len(clean)} tecken lång, men högst {LANGST} får plats. Korta den."
        )
    return clean


def _skal(text: str, way_out: str) -> None:
    if not text.strip():
        raise SkalSaknas(way_out)
