"""Which budget line a ledger row belongs to: rules by account and object, saved with a reason.

The most specific rule wins: the narrowest span of accounts, then one with an object before one
without, then the latest. Balance accounts are outside the budget by a rule that always stands;
any other account without a rule is unknown, and a tertial is not closed while there is one (K7).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analytics import texts
from analytics.errors import BadInput
from analytics.store.posts import Post, Store, Write
from analytics.swedish import SPACES

KIND = "konteringsregel"
INCOME = "intakt"  # fees and other income
OUTSIDE = "utanfor"  # not a cost in the frame; the reason says why
FIXED_TARGETS = {INCOME: "avgifter och andra intäkter", OUTSIDE: "utanför ramen"}
LONGEST = 10  # digits of an account
MOST_OBJEKT = 80  # characters
KONTO_HINT = "Skriv kontot med siffror, som 5010, eller ett spann, som 5000–5999."


@dataclass(frozen=True, slots=True)
class PostingRule:
    """Accounts `konto_from`–`konto_to` (digits, equally many) go to `target`.

    objekt: only rows with that object ("P12", or "6=P12" with its dimension); "" is any.
    target: a budget line's id, INCOME, or OUTSIDE. reason: why, in words; always there for OUTSIDE.
    id, version: of the saved post; "" and 0 for one that is not saved. example: it is part of the
    example year, and goes with it.
    """

    id: str
    konto_from: str
    konto_to: str
    objekt: str
    target: str
    reason: str = ""
    version: int = 0
    example: bool = False

    @property
    def width(self) -> int:
        """How many accounts of LONGEST digits the span holds; the least is the most specific."""
        return (int(self.konto_to) - int(self.konto_from) + 1) * 10 ** (
            LONGEST - len(self.konto_from)
        )

    @property
    def accounts(self) -> str:
        """The span as one reads it: "5010", "5000–5999"."""
        if self.konto_from == self.konto_to:
            return self.konto_from
        return f"{self.konto_from}–{self.konto_to}"


# Always there, and shown: what a cooperation owns and owes is no cost in its frame.
BALANCE = PostingRule(
    "balans", "1000", "2999", "", OUTSIDE, "Balanskonton är ingen kostnad i ramen."
)


def span(text: str) -> tuple[str, str]:
    """Return the accounts of "5010" or "5000-5999" as (from, to). Raises BadInput."""
    clean = text.translate(SPACES).replace("–", "-").replace("−", "-").replace(" ", "")
    first, dash, last = clean.partition("-")
    last = last if dash else first
    for konto in (first, last):
        if not (konto.isascii() and konto.isdecimal() and len(konto) <= LONGEST):
            raise BadInput(text, "är inget konto", KONTO_HINT)
    if len(first) != len(last):
        raise BadInput(text, "har konton med olika många siffror", KONTO_HINT)
    if last < first:
        raise BadInput(text, "slutar före sin början", KONTO_HINT)
    return first, last


def require_sound(rule: PostingRule) -> None:
    """Raise BadInput for a rule that cannot be saved."""
    span(f"{rule.konto_from}-{rule.konto_to}")
    objekt = rule.objekt
    if objekt != objekt.strip() or len(objekt) > MOST_OBJEKT or not (
        objekt.isprintable() and ";" not in objekt
    ):  # fmt: skip
        raise BadInput(
            objekt, "är inget objekt", "Skriv ett objekt på en rad, som P12 eller 6=P12."
        )
    if not rule.target.strip():
        raise BadInput("", "", "Välj en budgetrad, intäkt eller utanför ramen (K2).")
    if rule.target == OUTSIDE and not rule.reason.strip():
        raise BadInput(
            "", "", "Skriv ett skäl: det som läggs utanför ramen ska kunna förklaras (K2, K7)."
        )


def require_texts(rule: PostingRule, before: PostingRule | None = None) -> None:
    """Raise TextRefused for an object or a reason that may not be entered; *before*'s may."""
    texts.require_clear("Objektet", rule.objekt, before.objekt if before else "")
    texts.require_words("Skälet", rule.reason, before.reason if before else "")


def save(store: Store, rule: PostingRule, who: str = "") -> PostingRule:
    """Save a rule: a new one without an id, else over its version. Raises BadInput, TextRefused,
    Conflict."""
    return save_many(store, [rule], who)[0]


def save_many(store: Store, rules: Sequence[PostingRule], who: str = "") -> list[PostingRule]:
    """Save rules, all or none; the reason of the first is the reason of all. Raises as save."""
    for rule in rules:
        require_sound(rule)
        saved = store.get(KIND, rule.id) if rule.id else None
        require_texts(rule, None if saved is None else from_post(saved))
    changes = [Write(KIND, to_data(r), r.id or None, r.version or None) for r in rules]
    why = next((r.reason.strip() for r in rules if r.reason.strip()), "konteringsregel")
    return [from_post(post) for post in store.save_many(changes, reason=why, who=who)]


def to_data(rule: PostingRule) -> dict[str, object]:
    """Return what the store keeps of a rule."""
    return {
        "konto_fran": rule.konto_from,
        "konto_till": rule.konto_to,
        "objekt": rule.objekt,
        "mal": rule.target,
        "skal": texts.one_line(rule.reason),
        "exempel": rule.example,
    }


def remove(store: Store, rule: PostingRule, reason: str, who: str = "") -> None:
    """Remove a saved rule; its history stays. Raises Conflict, PostMissing."""
    store.remove(KIND, rule.id, rule.version, reason=reason, who=who)


def from_post(post: Post) -> PostingRule:
    data: Mapping[str, object] = post.data
    return PostingRule(
        id=post.id,
        konto_from=data["konto_fran"],
        konto_to=data["konto_till"],
        objekt=data["objekt"],
        target=data["mal"],
        reason=data["skal"],
        version=post.version,
        example=bool(data.get("exempel")),
    )


def all_rules(store: Store) -> list[PostingRule]:
    """Return the rules that hold, the standing one first, then in the order they were changed."""
    saved = [(post.changed, from_post(post)) for post in store.list_all(KIND)]
    saved.sort(key=lambda pair: (pair[0], pair[1].konto_from, pair[1].objekt, pair[1].id))
    return [BALANCE, *(rule for _, rule in saved)]
