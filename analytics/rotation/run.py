"""A search for plans in a thread of its own: followed, and stopped, by whoever started it."""

import threading
import time
from collections.abc import Sequence

from analytics.rotation.plan import Interrupt, RotationPlan, propose
from analytics.rotation.problem import Assignment

STEP_S = 0.05


class SearchRun:
    """Searches one category after the other, each within `time_limit_s` seconds.

    `status` says what is going on. When `ready`: `solutions`, one per problem, or `fault`. After
    stop_it() the rest get the best that is known at once, not proven.
    """

    def __init__(self, problem: Sequence[Assignment], time_limit_s: float) -> None:
        self.problem, self.time_limit_s = tuple(problem), time_limit_s
        self.solutions: list[RotationPlan] = []
        self.fault: Exception | None = None
        self.status = "Börjar"
        self._interrupt = Interrupt()
        self._start = time.monotonic()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def ready(self) -> bool:
        return not self._thread.is_alive()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._start

    @property
    def share_done(self) -> float:
        """How much of the time that the search may take has passed, 0–1."""
        return min(self.seconds / max(self.time_limit_s * len(self.problem), STEP_S), 1.0)

    def wait(self, seconds: float) -> bool:
        """Wait at most so long; return ready."""
        self._thread.join(seconds)
        return self.ready

    def stop_it(self) -> None:
        """Stop the search and wait for it."""
        while not self.ready:
            self._interrupt.stop_it()
            self._thread.join(STEP_S)

    def answer(self) -> list[RotationPlan]:
        """Return the plans. Raises what the search raised."""
        self._thread.join()
        if self.fault is not None:
            raise self.fault
        return self.solutions

    def _run(self) -> None:
        try:
            for problem in self.problem:
                said = f"{problem.category}: "
                self.solutions.append(
                    propose(problem, self.time_limit_s, lambda t, s=said: self._say(s + t),
                            self._interrupt)
                )  # fmt: skip
        except Exception as error:  # noqa: BLE001 - answer() raises it again
            self.fault = error

    def _say(self, text: str) -> None:
        self.status = text
