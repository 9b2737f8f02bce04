"""Whom an invoice goes to and from: references of the parties, and the host that issues (K17).

Nothing ships: every value is written by someone or read from a file, and what is missing is listed.
A role or a code, never a person.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from analytics import texts as entered
from analytics.errors import AgreementError
from analytics.files.export import Field
from analytics.invoicing import ids as invoicing_ids
from analytics.invoicing.errors import RecipientFault
from analytics.store.posts import Post, Remove, Store, Write

KIND, HOST = "partuppgift", "fakturavard"
LONGEST = 200
TITLE = {
    "namn": "Namn",
    "referens": "Köparens referens",
    "orgnr": "Organisationsnummer",
    "gln": "GLN",
    "peppol": "Peppol-id",
    "adress": "Adress",
}
DEFINITE = {"namn": "Namnet", "referens": "Köparens referens", "adress": "Adressen"}
TEXTS = tuple(key for key in TITLE if key != "namn")
FIELDS = [Field("part_id", "Part", "part_id"), *(Field(key, TITLE[key], key) for key in TEXTS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """What an invoice needs to reach a party; empty text is missing.

    `reference`: the buyer's reference, a code or a role. `id` and `version` are the store's.
    """

    reference: str = ""
    orgnr: str = ""
    gln: str = ""
    peppol: str = ""
    address: str = ""
    example: bool = False
    id: str = ""
    version: int = 0

    def missing(self) -> list[str]:
        """Return what the invoice cannot do without and is not there, in words."""
        needed = (("referens", self.reference), ("orgnr", self.orgnr))
        missing = [TITLE[key] for key, text in needed if not text]
        if not self.gln and not self.peppol:
            missing.append("GLN eller Peppol-id")
        return missing

    def doubt(self) -> str:
        """Say where two numbers do not say the same; both may be right. Empty when they do."""
        scheme, _, number = self.peppol.partition(":")
        own = {"0007": self.orgnr.replace("-", ""), "0088": self.gln}.get(scheme, "")
        if own and number != own:
            name = "organisationsnumret" if scheme == "0007" else "GLN"
            return f"Peppol-id är ett annat nummer än {name}"
        return ""

    def person(self) -> str:
        """Say that the reference looks like a person's name. Empty where it does not."""
        looks = entered.looks_like_a_person(self.reference)
        return f"Referensen ”{self.reference}” ser ut som en persons namn" if looks else ""


def remarks(known: Mapping[str, Recipient], names: Mapping[str, str]) -> dict[str, list[str]]:
    """Return what to check of each recipient in *names*, a sentence each without its full stop.

    A doubt about its numbers, a reference that looks like a person's name, and a number that
    another party has too. A party without any is left out.
    """
    shared: dict[str, list[str]] = {}
    for party, item in known.items():
        if item.orgnr and party in names:
            shared.setdefault(item.orgnr, []).append(party)
    found = {}
    for party in names:
        item = known.get(party, NOBODY)
        others = [names[one] for one in shared.get(item.orgnr, ()) if one != party]
        said = [
            item.doubt(),
            item.person(),
            f"{', '.join(others)} har samma organisationsnummer" if others else "",
        ]
        if any(said):
            found[party] = list(filter(None, said))
    return found


@dataclass(frozen=True, slots=True)
class Host(Recipient):
    """The host that issues the invoices: the cooperation is no legal person (K17)."""

    name: str = ""


NOBODY = Recipient()
U = TypeVar("U", bound=Recipient)


def all_recipients(store: Store) -> dict[str, Recipient]:
    """Return what is known of each party, by the party's id."""
    return {
        post.data["part"]: recipient_from_data(post.data, post.id, post.version)
        for post in store.list_all(KIND)
    }


def host(store: Store) -> Host | None:
    """Return the host, or None while nobody has said who it is."""
    posts = store.list_all(HOST)
    return host_from_data(posts[-1].data, posts[-1].id, posts[-1].version) if posts else None


def require_sound(
    who: str,
    data: Mapping[str, str],
    kommun: bool = False,
    before: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return *data* with every number in its one way of being written.

    *before*: what is saved already, which is let through. Raises RecipientFault with a sentence for
    each value that cannot be.
    """
    clean, faults = {}, []
    for key, text in data.items():
        one = " ".join(text.split())
        try:
            if key == "orgnr" and one:
                one = invoicing_ids.valid_orgnr(one, kommun)
            elif key == "gln" and one:
                one = invoicing_ids.valid_gln(one)
            elif key == "peppol" and one:
                one = invoicing_ids.valid_peppol(one)
            elif len(one) > LONGEST:
                faults.append(f"{DEFINITE[key]} är längre än {LONGEST} tecken.")
            elif key in DEFINITE and text != (before or {}).get(key):
                faults += filter(None, [entered.fault_of_name(DEFINITE[key], text)])
        except AgreementError as error:
            faults.append(f"{TITLE[key]}: {error}")
        clean[key] = one
    if faults:
        raise RecipientFault(who, faults)
    return clean


def save(
    store: Store, party: str, name: str, item: Recipient, *, reason: str, kommun: bool = False
) -> Post:
    """Save a party's references over the version of *item*. Raises RecipientFault, Conflict."""
    before = texts(all_recipients(store).get(party, NOBODY))
    clean = require_sound(name, texts(item), kommun, before)
    return store.save_many(
        [_write(KIND, {"part": party, **clean, "exempel": False}, item)], reason=reason
    )[0]


def save_host(store: Store, item: Host, *, reason: str) -> Post:
    """Save who issues the invoices, over the version of *item*. Raises RecipientFault, Conflict."""
    saved = host(store)
    clean = require_sound("värden", texts(item), before=None if saved is None else texts(saved))
    if not clean["namn"] or not clean["orgnr"]:
        raise RecipientFault(
            "värden",
            ["Värdens namn och organisationsnummer behövs: samverkan har inget eget (K17)."],
        )
    return store.save_many([_write(HOST, clean | {"exempel": item.example}, item)], reason=reason)[
        0
    ]


def save_many(
    store: Store,
    rows: Sequence[Mapping[str, str | None]],
    name: Mapping[str, str],
    kommun_rows: Iterable[str] = (),
    *,
    reason: str,
    example: bool = False,
) -> int:
    """Save many parties' references, all or none; return how many were new or changed.

    A row has party_id and texts of Recipient. Raises RecipientFault.
    """
    known, changes, municipal = all_recipients(store), [], set(kommun_rows)
    for row in rows:
        party = row["part_id"]
        given = {key: row[key] or "" for key in TEXTS if key in row}
        old = known.get(party, NOBODY)
        new = texts(old) | given
        clean = require_sound(name.get(party, party), new, party in municipal, texts(old))
        if clean != texts(old) or (example and not old.example):
            changes.append(_write(KIND, {"part": party, **clean, "exempel": example}, old))
    if changes:
        store.save_many(changes, reason=reason)
    return len(changes)


def remove_example(store: Store) -> int:
    """Remove every example reference, and an example host; return how many they were."""
    own = [p for kind in (KIND, HOST) for p in store.list_all(kind) if p.data["exempel"]]
    if own:
        store.save_many([Remove(p.kind, p.id, p.version) for p in own], reason="Exemplet togs bort")
    return len(own)


def as_rows(parties: Iterable[str], known: Mapping[str, Recipient]) -> list[dict[str, str]]:
    """Return the references as rows of the file that can be read in again, one per party."""
    return [{"part_id": party, **texts(known.get(party, NOBODY))} for party in parties]


def texts(item: Recipient) -> dict[str, str]:
    """Return the texts of a recipient or the host, as they are saved and sealed."""
    return ({"namn": item.name} if isinstance(item, Host) else {}) | {
        "referens": item.reference,
        "orgnr": item.orgnr,
        "gln": item.gln,
        "peppol": item.peppol,
        "adress": item.address,
    }


def recipient_from_data(
    data: Mapping[str, object], post_id: str = "", version: int = 0, kind: type[U] = Recipient
) -> U:
    """Return the recipient whose texts, and mark of the example if any, are in *data*."""
    return kind(
        reference=data["referens"],
        orgnr=data["orgnr"],
        gln=data["gln"],
        peppol=data["peppol"],
        address=data["adress"],
        example=data.get("exempel", False),
        id=post_id,
        version=version,
    )


def host_from_data(data: Mapping[str, object], post_id: str = "", version: int = 0) -> Host:
    """Return the host whose texts, and mark of the example if any, are in *data*."""
    return replace(recipient_from_data(data, post_id, version, Host), name=data["namn"])


def _write(kind: str, data: Mapping[str, object], old: Recipient) -> Write:
    return Write(kind, data, old.id or None, old.version or None)
