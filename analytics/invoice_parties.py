"""Whom an invoice goes to and from: references of the parties, and the host that issues (K17).

Nothing ships: every value is written by someone or read from a file, and what is missing is listed.
A role or a code, never a person.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from analytics import invoice_ids
from analytics.errors import AgreementError
from analytics.errors_invoice import UppgiftFel
from analytics.export import Falt
from analytics.store import Post, Skriv, Store, TaBort

SLAG, VARD = "partuppgift", "fakturavard"
LONGEST = 200
TITEL = {
    "namn": "Namn",
    "referens": "Köparens referens",
    "orgnr": "Organisationsnummer",
    "gln": "GLN",
    "peppol": "Peppol-id",
    "adress": "Adress",
}
TEXTER = tuple(key for key in TITEL if key != "namn")
FALT = [Falt("part_id", "Part", "part_id"), *(Falt(key, TITEL[key], key) for key in TEXTER)]


@dataclass(frozen=True, slots=True)
class Uppgift:
    """What an invoice needs to reach a party; empty text is missing.

    `referens`: the buyer's reference, a code or a role. `id` and `version` are the store's.
    """

    referens: str = ""
    orgnr: str = ""
    gln: str = ""
    peppol: str = ""
    adress: str = ""
    exempel: bool = False
    id: str = ""
    version: int = 0

    def saknas(self) -> list[str]:
        """Return what the invoice cannot do without and is not there, in words."""
        needed = (("referens", self.referens), ("orgnr", self.orgnr))
        missing = [TITEL[key] for key, text in needed if not text]
        if not self.gln and not self.peppol:
            missing.append("GLN eller Peppol-id")
        return missing

    def undran(self) -> str:
        """Say where two numbers do not say the same; both may be right. Empty when they do."""
        scheme, _, number = self.peppol.partition(":")
        own = {"0007": self.orgnr.replace("-", ""), "0088": self.gln}.get(scheme, "")
        if own and number != own:
            name = "organisationsnumret" if scheme == "0007" else "GLN"
            return f"Peppol-id är ett annat nummer än {name}"
        return ""


@dataclass(frozen=True, slots=True)
class Vard(Uppgift):
    """The host that issues the invoices: the cooperation is no legal person (K17)."""

    namn: str = ""


INGEN = Uppgift()
U = TypeVar("U", bound=Uppgift)


def alla(store: Store) -> dict[str, Uppgift]:
    """Return what is known of each party, by the party's id."""
    return {
        post.data["part"]: recipient_from_data(post.data, post.id, post.version)
        for post in store.lista(SLAG)
    }


def vard(store: Store) -> Vard | None:
    """Return the host, or None while nobody has said who it is."""
    posts = store.lista(VARD)
    return host_from_data(posts[-1].data, posts[-1].id, posts[-1].version) if posts else None


def prova(vem: str, data: Mapping[str, str], kommun: bool = False) -> dict[str, str]:
    """Return *data* with every number in its one way of being written.

    Raises UppgiftFel with a sentence for each value that cannot be.
    """
    clean, faults = {}, []
    for key, text in data.items():
        one = " ".join(text.split())
        try:
            if key == "orgnr" and one:
                one = invoice_ids.orgnr(one, kommun)
            elif key == "gln" and one:
                one = invoice_ids.gln(one)
            elif key == "peppol" and one:
                one = invoice_ids.peppol(one)
            elif len(one) > LONGEST or not one.isprintable():
                faults.append(f"{TITEL[key]} är längre än {LONGEST} tecken eller har styrtecken.")
        except AgreementError as error:
            faults.append(f"{TITEL[key]}: {error}")
        clean[key] = one
    if faults:
        raise UppgiftFel(vem, faults)
    return clean


def spara(
    store: Store, part: str, namn: str, item: Uppgift, *, skal: str, kommun: bool = False
) -> Post:
    """Save a party's references over the version of *item*. Raises UppgiftFel, Konflikt."""
    clean = prova(namn, texter(item), kommun)
    return store.flera([_skriv(SLAG, {"part": part, **clean, "exempel": False}, item)], skal=skal)[
        0
    ]


def spara_vard(store: Store, item: Vard, *, skal: str) -> Post:
    """Save who issues the invoices, over the version of *item*. Raises UppgiftFel, Konflikt."""
    clean = prova("värden", texter(item))
    if not clean["namn"] or not clean["orgnr"]:
        raise UppgiftFel(
            "värden",
            ["Värdens namn och organisationsnummer behövs: samverkan har inget eget (K17)."],
        )
    return store.flera([_skriv(VARD, clean | {"exempel": item.exempel}, item)], skal=skal)[0]


def spara_flera(
    store: Store,
    rows: Sequence[Mapping[str, str | None]],
    namn: Mapping[str, str],
    kommuner: Iterable[str] = (),
    *,
    skal: str,
    exempel: bool = False,
) -> int:
    """Save many parties' references, all or none; return how many were new or changed.

    A row has part_id and texts of Uppgift. Raises UppgiftFel.
    """
    known, changes, municipal = alla(store), [], set(kommuner)
    for row in rows:
        part = row["part_id"]
        given = {key: row[key] or "" for key in TEXTER if key in row}
        old = known.get(part, INGEN)
        clean = prova(namn.get(part, part), texter(old) | given, part in municipal)
        if clean != texter(old) or exempel != old.exempel:
            changes.append(_skriv(SLAG, {"part": part, **clean, "exempel": exempel}, old))
    if changes:
        store.flera(changes, skal=skal)
    return len(changes)


def ta_bort_exempel(store: Store) -> int:
    """Remove every example reference, and an example host; return how many they were."""
    own = [p for slag in (SLAG, VARD) for p in store.lista(slag) if p.data["exempel"]]
    if own:
        store.flera([TaBort(p.slag, p.id, p.version) for p in own], skal="Exemplet togs bort")
    return len(own)


def rader(parter: Iterable[str], known: Mapping[str, Uppgift]) -> list[dict[str, str]]:
    """Return the references as rows of the file that can be read in again, one per party."""
    return [{"part_id": part, **texter(known.get(part, INGEN))} for part in parter]


def texter(item: Uppgift) -> dict[str, str]:
    """Return the texts of a recipient or the host, as they are saved and sealed."""
    return ({"namn": item.namn} if isinstance(item, Vard) else {}) | {
        "referens": item.referens,
        "orgnr": item.orgnr,
        "gln": item.gln,
        "peppol": item.peppol,
        "adress": item.adress,
    }


def recipient_from_data(
    data: Mapping[str, object], post_id: str = "", version: int = 0, kind: type[U] = Uppgift
) -> U:
    """Return the recipient whose texts, and mark of the example if any, are in *data*."""
    return kind(
        referens=data["referens"],
        orgnr=data["orgnr"],
        gln=data["gln"],
        peppol=data["peppol"],
        adress=data["adress"],
        exempel=data.get("exempel", False),
        id=post_id,
        version=version,
    )


def host_from_data(data: Mapping[str, object], post_id: str = "", version: int = 0) -> Vard:
    """Return the host whose texts, and mark of the example if any, are in *data*."""
    return replace(recipient_from_data(data, post_id, version, Vard), namn=data["namn"])


def _skriv(slag: str, data: Mapping[str, object], old: Uppgift) -> Skriv:
    return Skriv(slag, data, old.id or None, old.version or None)
