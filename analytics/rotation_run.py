"""A search for plans in a thread of its own: followed, and stopped, by whoever started it."""

import threading
import time
from collections.abc import Sequence

from analytics.rotation_plan import Avbrott, Losning, foresla
from analytics.rotation_problem import Uppdrag

STEG_S = 0.05


class Korning:
    """Searches one category after the other, each within `tidsgrans_s` seconds.

    `lage` says what is going on. When `klar`: `losningar`, one per problem, or `fel`. After
    stoppa() the rest get the best that is known at once, not proven.
    """

    def __init__(self, problem: Sequence[Uppdrag], tidsgrans_s: float) -> None:
        self.problem, self.tidsgrans_s = tuple(problem), tidsgrans_s
        self.losningar: list[Losning] = []
        self.fel: Exception | None = None
        self.lage = "Börjar"
        self._avbrott = Avbrott()
        self._start = time.monotonic()
        self._trad = threading.Thread(target=self._kor, daemon=True)
        self._trad.start()

    @property
    def klar(self) -> bool:
        return not self._trad.is_alive()

    @property
    def sekunder(self) -> float:
        return time.monotonic() - self._start

    @property
    def andel(self) -> float:
        """How much of the time that the search may take has passed, 0–1."""
        return min(self.sekunder / max(self.tidsgrans_s * len(self.problem), STEG_S), 1.0)

    def vanta(self, seconds: float) -> bool:
        """Wait at most so long; return klar."""
        self._trad.join(seconds)
        return self.klar

    def stoppa(self) -> None:
        """Stop the search and wait for it."""
        while not self.klar:
            self._avbrott.stoppa()
            self._trad.join(STEG_S)

    def svar(self) -> list[Losning]:
        """Return the plans. Raises what the search raised."""
        self._trad.join()
        if self.fel is not None:
            raise self.fel
        return self.losningar

    def _kor(self) -> None:
        try:
            for problem in self.problem:
                said = f"{problem.kategori}: "
                self.losningar.append(
                    foresla(problem, self.tidsgrans_s, lambda t, s=said: self._sag(s + t),
                            self._avbrott)
                )  # fmt: skip
        except Exception as error:  # noqa: BLE001 - raised again in svar, in the thread that asks
            self.fel = error

    def _sag(self, text: str) -> None:
        self.lage = text
