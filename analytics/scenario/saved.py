"""What is done with scenarios: made, edited, renamed, copied, archived, frozen, decided, found.

Every function checks what it is given, saves in one transaction with a reason, and returns the
scenario as it is now. Who saves over a version that is no longer the latest gets Conflict.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from analytics import texts
from analytics.agreement.contract import Agreement
from analytics.reference.database import Database
from analytics.scenario import dated as scenario_dated, seal as scenario_seal
from analytics.scenario.changes import Change, to_data
from analytics.scenario.dated import IN_FORCE, Scenario
from analytics.scenario.entry import text_faults
from analytics.scenario.errors import BadScenario, ScenarioLocked, SealBroken, UnknownScenario
from analytics.store.posts import Post, Store, Write

KIND = "scenario"
SIGILL = "sigill"


class Scenarios:
    """The scenarios of one store, under one agreement."""

    def __init__(self, db: Database, agreement: Agreement, store: Store) -> None:
        self._db, self._agreement, self._store = db, agreement, store

    # ---- find ----

    def list_all(self, archived: bool = False) -> list[Scenario]:
        """Return the scenarios, oldest first; the archived ones last where they are asked for.

        One that this program cannot read is left out; `unreadable` says which and why.
        """
        found = []
        for post in self._store.list_all(KIND):
            with suppress(BadScenario):
                found.append(self._read(post))
        return [s for s in found if not s.archived] + [s for s in found if s.archived and archived]

    def unreadable(self) -> list[BadScenario]:
        """Return what is wrong with each saved scenario that this program cannot read."""
        faults = []
        for post in self._store.list_all(KIND):
            try:
                self._read(post)
            except BadScenario as error:
                faults.append(error)
        return faults

    def get(self, scenario_id: str) -> Scenario:
        """Return one scenario, archived or not; "" is the one in force. Raises UnknownScenario."""
        if not scenario_id:
            return IN_FORCE
        post = self._store.get(KIND, scenario_id)
        if post is None or post.removed:
            raise UnknownScenario(scenario_id)
        return self._read(post)

    def find(self, text: str) -> Scenario:
        """Return the scenario with that id, name, or beginning of an id. Raises UnknownScenario."""
        found = self.list_all(archived=True)
        for fits in (
            [s for s in found if s.id == text],
            [s for s in found if s.name.casefold() == text.strip().casefold()],
            [s for s in found if len(text) >= 6 and s.id.startswith(text)],
        ):
            if len(fits) == 1:
                return fits[0]
        if text.strip().casefold() in ("", "gällande", IN_FORCE.name.casefold()):
            return IN_FORCE
        raise UnknownScenario(text, [s.name for s in found])

    def sealed(self, item: Scenario) -> Mapping[str, object]:
        """Return the sealed document of a frozen scenario. Raises SealBroken."""
        key = ("sigill", item.id, item.sigill)
        return self._db.remember(key, lambda: self._sealed(item))

    # ---- make and change ----

    def create(
        self,
        name: str,
        changes: Sequence[Change | Mapping[str, object]] = (),
        *,
        reason: str,
        parent: Scenario | None = None,
        inherited: bool = True,
        who: str = "",
    ) -> Scenario:
        """Make a draft: *parent*'s changes unless not *inherited*, and *changes*.

        Raises BadScenario.
        """
        rows = [to_data(c) for c in parent.changes] if parent and inherited else []
        rows += [dict(c) if isinstance(c, Mapping) else to_data(c) for c in changes]
        origin = parent.id or None if parent else None
        data = {"namn": name, "andring": rows, "foralder": origin}
        return self._save(self._check(data, before=parent), reason, who)

    def same(self, name: str, changes: Sequence[Mapping[str, object]]) -> Scenario | None:
        """Return the scenario that has that name and those changes already, or None; so that a
        file that was made here can be read in again. Raises BadScenario."""
        asked = scenario_dated.read(self._db, self._agreement, {"namn": name, "andring": changes})
        for item in self.list_all(archived=True):
            if (item.name.casefold(), item.changes) == (asked.name.casefold(), asked.changes):
                return item
        return None

    def check(self, name: str, changes: Sequence[Mapping[str, object]]) -> Scenario:
        """Return the draft that would be made, without making it. Raises BadScenario."""
        return self._check({"namn": name, "andring": list(changes)})

    def preview_edit(
        self, item: Scenario, changes: Sequence[Change | Mapping[str, object]] | None
    ) -> Scenario:
        """Return *item* as it would be with *changes*, without saving. Raises BadScenario."""
        rows = item.changes if changes is None else changes
        rows = [dict(c) if isinstance(c, Mapping) else to_data(c) for c in rows]
        return self._check(scenario_dated.to_post(item) | {"andring": rows}, item)

    def edit(
        self,
        item: Scenario,
        *,
        reason: str,
        name: str | None = None,
        changes: Sequence[Change | Mapping[str, object]] | None = None,
        who: str = "",
    ) -> Scenario:
        """Save a draft's new name or changes over the version in *item*.

        Raises ScenarioLocked, BadScenario, Conflict.
        """
        self._require_draft(item)
        rows = item.changes if changes is None else changes
        rows = [dict(c) if isinstance(c, Mapping) else to_data(c) for c in rows]
        data = scenario_dated.to_post(item) | {"andring": rows}
        made = self._check(data | ({} if name is None else {"namn": name}), item)
        return self._save(replace(made, id=item.id, version=item.version), reason, who, item)

    def copy(self, item: Scenario, name: str, *, reason: str, who: str = "") -> Scenario:
        """Make a draft with the same changes; *item* is its parent. Raises BadScenario."""
        return self.create(name, reason=reason, parent=item, who=who)

    def archive(self, item: Scenario, archived: bool, *, reason: str, who: str = "") -> Scenario:
        """Put a scenario away, or take it back; also a frozen one. Raises Conflict, BadScenario."""
        if not archived:
            self._unique(item.name, item)
        return self._save(replace(item, archived=archived), reason, who, item)

    def freeze(self, item: Scenario, *, reason: str, who: str = "") -> Scenario:
        """Seal the scenario with all that it depends on. Raises ScenarioLocked, Conflict."""
        self._require_draft(item)
        moment = datetime.now(UTC)
        sealed = scenario_seal.seal(self._db, self._agreement, item, moment, reason)
        frozen = replace(item, status="fryst", sigill=sealed["sigill"])
        saved = self._store.save_many(
            [
                Write(KIND, scenario_dated.to_post(frozen), item.id, item.version),
                Write(SIGILL, sealed, item.id),
            ],
            reason=reason,
            who=who,
        )
        return self._read(saved[0])

    def decide(self, item: Scenario, decision: str, *, who: str = "") -> Scenario:
        """Say that a frozen scenario is decided, and by which decision. Raises ScenarioLocked."""
        if item.status != "fryst" or item.archived:
            raise ScenarioLocked(
                item.name,
                "arkiverat" if item.archived else item.status,
                "Bara ett fryst scenario kan beslutas. Frys det först.",
            )
        text = texts.one_line(texts.require_words("Beslutet", decision))[:500]
        if not text:
            raise BadScenario(item.name, ["Beslutet saknas. Skriv vem som beslutat och när."])
        return self._save(replace(item, status="beslutat", decision=text), text, who, item)

    # ---- inside ----

    def _read(self, post: Post) -> Scenario:
        key = ("scenario", post.id, post.version)
        return self._db.remember(
            key,
            lambda: replace(
                scenario_dated.read(self._db, self._agreement, post.data),
                id=post.id,
                version=post.version,
                changed=post.changed,
            ),
        )

    def _sealed(self, item: Scenario) -> Mapping[str, object]:
        post = self._store.get(SIGILL, item.id)
        if post is None:
            raise SealBroken(item.name, ["Det förseglade innehållet saknas i lagret."])
        scenario_seal.verify_sigill(post.data, item.sigill)
        return post.data

    def _check(
        self,
        data: Mapping[str, object],
        own: Scenario | None = None,
        before: Scenario | None = None,
    ) -> Scenario:
        """Return the scenario that *data* says; the texts of *own* or *before* are let through."""
        known = own or before
        if wrong := text_faults(data, None if known is None else scenario_dated.to_post(known)):
            raise BadScenario(str(data["namn"]), wrong)
        made = scenario_dated.read(self._db, self._agreement, data)
        self._unique(made.name, own)
        return made

    def _unique(self, name: str, own: Scenario | None) -> None:
        for other in self.list_all():
            if other.name.casefold() == name.casefold() and (own is None or other.id != own.id):
                raise BadScenario(
                    name, [f"Namnet ”{name}” är upptaget av ett annat scenario. Välj ett eget."]
                )

    def _require_draft(self, item: Scenario) -> None:
        if item.archived:
            raise ScenarioLocked(item.name, "arkiverat", "Ta fram det ur arkivet först.")
        if item.status != "utkast":
            raise ScenarioLocked(item.name, item.status, "Gör en kopia och ändra den.")

    def _save(
        self, made: Scenario, reason: str, who: str, before: Scenario | None = None
    ) -> Scenario:
        post = self._store.save(
            KIND,
            scenario_dated.to_post(made),
            reason=reason,
            who=who,
            post_id=made.id or None,
            version=made.version or None,
            basis=None if before is None else scenario_dated.to_post(before),
        )
        return self._read(post)
