"""Which budget line a ledger row belongs to: rules by account and object, saved with a reason.

The most specific rule wins: the narrowest span of accounts, then one with an object before one
without, then the latest. Balance accounts are outside the budget by a rule that always stands;
any other account without a rule is unknown, and a tertial is not closed while there is one (K7).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analytics.errors import BadInput
from analytics.store import Post, Skriv, Store

SLAG = "konteringsregel"
INTAKT = "intakt"  # fees and other income
UTANFOR = "utanfor"  # not a cost in the frame; the reason says why
FASTA_MAL = {INTAKT: "avgifter och andra intäkter", UTANFOR: "utanför ramen"}
LANGST = 10  # digits of an account
MEST_OBJEKT = 80  # characters
KONTO_SA = "Skriv kontot med siffror, som 5010, eller ett spann, som 5000–5999."


@dataclass(frozen=True, slots=True)
class Regel:
    """Accounts `konto_fran`–`konto_till` (digits, equally many) go to `mal`.

    objekt: only rows with that object ("P12", or "6=P12" with its dimension); "" is any.
    mal: a budget line's id, INTAKT, or UTANFOR. skal: why, in words; always there for UTANFOR.
    id, version: of the saved post; "" and 0 for one that is not saved. exempel: it is part of the
    example year, and goes with it.
    """

    id: str
    konto_fran: str
    konto_till: str
    objekt: str
    mal: str
    skal: str = ""
    version: int = 0
    exempel: bool = False

    @property
    def bredd(self) -> int:
        """How many accounts of LANGST digits the span holds; the least is the most specific."""
        return (int(self.konto_till) - int(self.konto_fran) + 1) * 10 ** (
            LANGST - len(self.konto_fran)
        )

    @property
    def konton(self) -> str:
        """The span as one reads it: "5010", "5000–5999"."""
        if self.konto_fran == self.konto_till:
            return self.konto_fran
        return f"{self.konto_fran}–{self.konto_till}"


# Always there, and shown: what a cooperation owns and owes is no cost in its frame.
BALANS = Regel("balans", "1000", "2999", "", UTANFOR, "Balanskonton är ingen kostnad i ramen.")


def spann(text: str) -> tuple[str, str]:
    """Return the accounts of "5010" or "5000-5999" as (from, to). Raises BadInput."""
    clean = text.strip().replace("–", "-").replace("−", "-").replace(" ", "")
    first, dash, last = clean.partition("-")
    last = last if dash else first
    for konto in (first, last):
        if not (konto.isascii() and konto.isdecimal() and len(konto) <= LANGST):
            raise BadInput(text, "är inget konto", KONTO_SA)
    if len(first) != len(last):
        raise BadInput(text, "har konton med olika många siffror", KONTO_SA)
    if last < first:
        raise BadInput(text, "slutar före sin början", KONTO_SA)
    return first, last


def prova(regel: Regel) -> None:
    """Raise BadInput for a rule that cannot be saved."""
    spann(f"{regel.konto_fran}-{regel.konto_till}")
    objekt = regel.objekt
    if objekt != objekt.strip() or len(objekt) > MEST_OBJEKT or not (
        objekt.isprintable() and ";" not in objekt
    ):  # fmt: skip
        raise BadInput(
            objekt, "är inget objekt", "Skriv ett objekt på en rad, som P12 eller 6=P12."
        )
    if not regel.mal.strip():
        raise BadInput("", "", "Välj en budgetrad, intäkt eller utanför ramen (K2).")
    if regel.mal == UTANFOR and not regel.skal.strip():
        raise BadInput(
            "", "", "Skriv ett skäl: det som läggs utanför ramen ska kunna förklaras (K2, K7)."
        )


def spara(store: Store, regel: Regel, vem: str = "") -> Regel:
    """Save a rule: a new one without an id, else over its version. Raises BadInput, Konflikt."""
    return spara_flera(store, [regel], vem)[0]


def spara_flera(store: Store, regler: Sequence[Regel], vem: str = "") -> list[Regel]:
    """Save rules, all or none; the reason of the first is the reason of all. Raises as spara."""
    for regel in regler:
        prova(regel)
    changes = [Skriv(SLAG, som_data(r), r.id or None, r.version or None) for r in regler]
    why = next((r.skal.strip() for r in regler if r.skal.strip()), "konteringsregel")
    return [av_post(post) for post in store.flera(changes, skal=why, vem=vem)]


def som_data(regel: Regel) -> dict[str, object]:
    """Return what the store keeps of a rule."""
    return {
        "konto_fran": regel.konto_fran,
        "konto_till": regel.konto_till,
        "objekt": regel.objekt,
        "mal": regel.mal,
        "skal": regel.skal.strip(),
        "exempel": regel.exempel,
    }


def ta_bort(store: Store, regel: Regel, skal: str, vem: str = "") -> None:
    """Remove a saved rule; its history stays. Raises Konflikt, PostMissing."""
    store.ta_bort(SLAG, regel.id, regel.version, skal=skal, vem=vem)


def av_post(post: Post) -> Regel:
    data: Mapping[str, object] = post.data
    return Regel(
        id=post.id,
        konto_fran=data["konto_fran"],
        konto_till=data["konto_till"],
        objekt=data["objekt"],
        mal=data["mal"],
        skal=data["skal"],
        version=post.version,
        exempel=bool(data.get("exempel")),
    )


def alla(store: Store) -> list[Regel]:
    """Return the rules that hold, the standing one first, then in the order they were changed."""
    saved = [(post.andrad, av_post(post)) for post in store.lista(SLAG)]
    saved.sort(key=lambda pair: (pair[0], pair[1].konto_fran, pair[1].objekt, pair[1].id))
    return [BALANS, *(regel for _, regel in saved)]
