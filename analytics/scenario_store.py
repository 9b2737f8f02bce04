"""What is done with scenarios: made, edited, renamed, copied, archived, frozen, decided, found.

Every function checks what it is given, saves in one transaction with a reason, and returns the
scenario as it is now. Who saves over a version that is no longer the latest gets Konflikt.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from analytics import scenario, scenario_seal
from analytics.agreement import Avtal
from analytics.database import Database
from analytics.errors_scenario import (
    BadScenario,
    ScenarioLocked,
    SealBroken,
    UnknownScenario,
)
from analytics.scenario import GALLANDE, Scenario
from analytics.scenario_changes import Andring, till_data
from analytics.store import Post, Skriv, Store

SLAG = "scenario"
SIGILL = "sigill"


class Scenarier:
    """The scenarios of one store, under one agreement."""

    def __init__(self, db: Database, avtal: Avtal, store: Store) -> None:
        self._db, self._avtal, self._store = db, avtal, store

    # ---- find ----

    def lista(self, arkiverade: bool = False) -> list[Scenario]:
        """Return the scenarios, oldest first; the archived ones last where they are asked for.

        One that this program cannot read is left out; `olasliga` says which and why.
        """
        found = []
        for post in self._store.lista(SLAG):
            with suppress(BadScenario):
                found.append(self._las(post))
        return [s for s in found if not s.arkiverad] + [
            s for s in found if s.arkiverad and arkiverade
        ]

    def olasliga(self) -> list[BadScenario]:
        """Return what is wrong with each saved scenario that this program cannot read."""
        faults = []
        for post in self._store.lista(SLAG):
            try:
                self._las(post)
            except BadScenario as error:
                faults.append(error)
        return faults

    def hamta(self, scenario_id: str) -> Scenario:
        """Return one scenario, archived or not; "" is the one in force. Raises UnknownScenario."""
        if not scenario_id:
            return GALLANDE
        post = self._store.hamta(SLAG, scenario_id)
        if post is None or post.borttagen:
            raise UnknownScenario(scenario_id)
        return self._las(post)

    def sok(self, text: str) -> Scenario:
        """Return the scenario with that id, name, or beginning of an id. Raises UnknownScenario."""
        found = self.lista(arkiverade=True)
        for fits in (
            [s for s in found if s.id == text],
            [s for s in found if s.namn.casefold() == text.strip().casefold()],
            [s for s in found if len(text) >= 6 and s.id.startswith(text)],
        ):
            if len(fits) == 1:
                return fits[0]
        if text.strip().casefold() in ("", "gällande", GALLANDE.namn.casefold()):
            return GALLANDE
        raise UnknownScenario(text, [s.namn for s in found])

    def forseglad(self, item: Scenario) -> Mapping[str, object]:
        """Return the sealed document of a frozen scenario. Raises SealBroken."""
        key = ("sigill", item.id, item.sigill)
        return self._db.minns(key, lambda: self._forseglad(item))

    # ---- make and change ----

    def skapa(
        self,
        namn: str,
        andringar: Sequence[Andring | Mapping[str, object]] = (),
        *,
        skal: str,
        foralder: Scenario | None = None,
        arvda: bool = True,
        vem: str = "",
    ) -> Scenario:
        """Make a draft: *foralder*'s changes unless not *arvda*, and *andringar*.

        Raises BadScenario.
        """
        rows = [till_data(c) for c in foralder.andringar] if foralder and arvda else []
        rows += [dict(c) if isinstance(c, Mapping) else till_data(c) for c in andringar]
        parent = foralder.id or None if foralder else None
        made = self._prova({"namn": namn, "andring": rows, "foralder": parent})
        return self._spara(made, skal, vem)

    def prova(self, namn: str, andringar: Sequence[Mapping[str, object]]) -> Scenario:
        """Return the draft that would be made, without making it. Raises BadScenario."""
        return self._prova({"namn": namn, "andring": list(andringar)})

    def tankt(
        self, item: Scenario, andringar: Sequence[Andring | Mapping[str, object]] | None
    ) -> Scenario:
        """Return *item* as it would be with *andringar*, without saving. Raises BadScenario."""
        rows = item.andringar if andringar is None else andringar
        rows = [dict(c) if isinstance(c, Mapping) else till_data(c) for c in rows]
        return self._prova(scenario.till_post(item) | {"andring": rows}, item)

    def andra(
        self,
        item: Scenario,
        *,
        skal: str,
        namn: str | None = None,
        andringar: Sequence[Andring | Mapping[str, object]] | None = None,
        vem: str = "",
    ) -> Scenario:
        """Save a draft's new name or changes over the version in *item*.

        Raises ScenarioLocked, BadScenario, Konflikt.
        """
        self._oppen(item)
        rows = item.andringar if andringar is None else andringar
        rows = [dict(c) if isinstance(c, Mapping) else till_data(c) for c in rows]
        data = scenario.till_post(item) | {"andring": rows}
        made = self._prova(data | ({} if namn is None else {"namn": namn}), item)
        return self._spara(replace(made, id=item.id, version=item.version), skal, vem, item)

    def kopiera(self, item: Scenario, namn: str, *, skal: str, vem: str = "") -> Scenario:
        """Make a draft with the same changes; *item* is its parent. Raises BadScenario."""
        return self.skapa(namn, skal=skal, foralder=item, vem=vem)

    def arkivera(self, item: Scenario, arkiverad: bool, *, skal: str, vem: str = "") -> Scenario:
        """Put a scenario away, or take it back; also a frozen one. Raises Konflikt, BadScenario."""
        if not arkiverad:
            self._unikt(item.namn, item)
        return self._spara(replace(item, arkiverad=arkiverad), skal, vem, item)

    def frys(self, item: Scenario, *, skal: str, vem: str = "") -> Scenario:
        """Seal the scenario with all that it depends on. Raises ScenarioLocked, Konflikt."""
        self._oppen(item)
        moment = datetime.now(UTC)
        sealed = scenario_seal.forsegla(self._db, self._avtal, item, moment, skal)
        frozen = replace(item, status="fryst", sigill=sealed["sigill"])
        saved = self._store.flera(
            [
                Skriv(SLAG, scenario.till_post(frozen), item.id, item.version),
                Skriv(SIGILL, sealed, item.id),
            ],
            skal=skal,
            vem=vem,
        )
        return self._las(saved[0])

    def besluta(self, item: Scenario, beslut: str, *, vem: str = "") -> Scenario:
        """Say that a frozen scenario is decided, and by which decision. Raises ScenarioLocked."""
        if item.status != "fryst" or item.arkiverad:
            raise ScenarioLocked(
                item.namn,
                "arkiverat" if item.arkiverad else item.status,
                "Bara ett fryst scenario kan beslutas. Frys det först.",
            )
        text = " ".join(beslut.split())[:500]
        if not text:
            raise BadScenario(item.namn, ["Beslutet saknas. Skriv vem som beslutat och när."])
        return self._spara(replace(item, status="beslutat", beslut=text), text, vem, item)

    # ---- inside ----

    def _las(self, post: Post) -> Scenario:
        key = ("scenario", post.id, post.version)
        return self._db.minns(
            key,
            lambda: replace(
                scenario.las(self._db, self._avtal, post.data),
                id=post.id,
                version=post.version,
                andrad=post.andrad,
            ),
        )

    def _forseglad(self, item: Scenario) -> Mapping[str, object]:
        post = self._store.hamta(SIGILL, item.id)
        if post is None:
            raise SealBroken(item.namn, ["Det förseglade innehållet saknas i lagret."])
        scenario_seal.prova_sigillet(post.data, item.sigill)
        return post.data

    def _prova(self, data: Mapping[str, object], own: Scenario | None = None) -> Scenario:
        made = scenario.las(self._db, self._avtal, data)
        self._unikt(made.namn, own)
        return made

    def _unikt(self, namn: str, own: Scenario | None) -> None:
        for other in self.lista():
            if other.namn.casefold() == namn.casefold() and (own is None or other.id != own.id):
                raise BadScenario(
                    namn, [f"Namnet ”{namn}” är upptaget av ett annat scenario. Välj ett eget."]
                )

    def _oppen(self, item: Scenario) -> None:
        if item.arkiverad:
            raise ScenarioLocked(item.namn, "arkiverat", "Ta fram det ur arkivet först.")
        if item.status != "utkast":
            raise ScenarioLocked(item.namn, item.status, "Gör en kopia och ändra den.")

    def _spara(
        self, made: Scenario, skal: str, vem: str, before: Scenario | None = None
    ) -> Scenario:
        post = self._store.spara(
            SLAG,
            scenario.till_post(made),
            skal=skal,
            vem=vem,
            post_id=made.id or None,
            version=made.version or None,
            grund=None if before is None else scenario.till_post(before),
        )
        return self._las(post)
