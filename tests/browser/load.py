"""A bounded load on the app on this machine: many sessions that each change one control.

    python3 start.py belastning --sida fordelning --reglage ram --varden 6500000,7000000,8000000

Each session is a websocket that speaks Streamlit's own protocol, so that 40 of them do not need 40
browsers: it opens the page, then changes the control every --var seconds (starts spread out) and
waits for the answer. What is measured is the time from the change until the server has sent all
that the browser draws. Prints one JSON object; exit code 1 if any answer was an error.
"""

import argparse
import asyncio
import itertools
import json
import statistics
import sys
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pages.parts.frame.guard import PROGRAM_FAULT
from tests.browser import harness

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
MAX_SESSIONS, MAX_SECONDS, ANSWER_S = 200, 600, 60
GOOD = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}
STATE = {
    "slider": lambda value: {"double_array_value": {"data": [float(value)]}},
    "text_input": lambda value: {"string_value": value},
    "selectbox": lambda value: {"string_value": value},
    "button_group": lambda value: {"string_array_value": {"data": [value]}},
}


@dataclass
class Session:
    """One user: where the page and its control are, and what came of each change."""

    socket: websockets.ClientConnection
    page: str
    query: str
    key: str
    kind: str = ""
    widget: str = ""
    fragment: str = ""
    page_hash: str = ""
    errors: list[str] = field(default_factory=list)

    async def run(self, value: str | None) -> float:
        """Ask for a script run, with the control at *value*; return the seconds to its end."""
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string = self.query
        state.page_name = "" if self.page_hash else self.page
        state.page_script_hash = self.page_hash
        if value is not None:
            state.fragment_id = self.fragment
            state.widget_states.widgets.append(
                WidgetState(id=self.widget, **STATE[self.kind](value))
            )
        begun = time.perf_counter()
        await self.socket.send(asked.SerializeToString())
        async with asyncio.timeout(ANSWER_S):
            while True:
                said = ForwardMsg.FromString(await self.socket.recv())
                self.read(said)
                if said.WhichOneof("type") == "script_finished":
                    if said.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        continue
                    if said.script_finished not in GOOD:
                        self.errors.append("the script did not finish")
                    return time.perf_counter() - begun

    def read(self, said: ForwardMsg) -> None:
        """Remember the page, the control and any error that a message tells of."""
        if said.HasField("new_session"):
            self.page_hash = said.new_session.page_script_hash
        if not said.HasField("delta") or said.delta.WhichOneof("type") != "new_element":
            return
        kind = said.delta.new_element.WhichOneof("type")
        element = getattr(said.delta.new_element, kind)
        if kind == "exception" or (kind == "alert" and PROGRAM_FAULT in element.body):
            self.errors.append("the page shows an error")
        if getattr(element, "id", "").endswith(f"-{self.key}"):
            self.kind, self.widget, self.fragment = kind, element.id, said.delta.fragment_id


async def user(number: int, address: str, choice: argparse.Namespace) -> tuple[list, list]:
    """Be one user for the given time; return the seconds of each change, and the errors."""
    page, _, query = choice.page.partition("?")
    stream = address.replace("http", "ws", 1) + "/_stcore/stream"
    times: list[float] = []
    async with websockets.connect(stream, subprotocols=["streamlit"], max_size=None) as socket:
        session = Session(socket, page, query, choice.sliders)
        try:
            await session.run(None)
            if session.kind not in STATE:
                return times, [f"no control with key {choice.sliders!r} that can be changed"]
            await asyncio.sleep(choice.var * number / choice.sessions)
            values = itertools.cycle(choice.values.split(","))
            end = time.monotonic() + choice.seconds
            while time.monotonic() < end:
                due = time.monotonic() + choice.var
                times.append(await session.run(next(values)))
                await asyncio.sleep(max(0, due - time.monotonic()))
        except (TimeoutError, websockets.WebSocketException) as error:
            session.errors.append(repr(error))
    return times, session.errors


async def load(address: str, choice: argparse.Namespace) -> dict[str, object]:
    """Run all users at once; return the figures, in seconds."""
    users = (user(number, address, choice) for number in range(choice.sessions))
    results = await asyncio.gather(*users)
    times = sorted(seconds for own, _ in results for seconds in own)
    errors = [error for _, own in results for error in own]
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
    return {
        "sessioner": choice.sessions,
        "svar": len(times),
        "p50_s": round(cuts[49], 3),
        "p95_s": round(cuts[94], 3),
        "max_s": round(times[-1], 3) if times else None,
        "fel": len(errors),
        "fel_exempel": sorted(set(errors))[:5],
    }


def arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 start.py belastning", description=__doc__)
    parser.add_argument("--sida", required=True, help="sidans adress, till exempel fordelning")
    parser.add_argument("--reglage", required=True, help="reglagets key")
    parser.add_argument("--varden", required=True, help="värden att växla mellan, med komma")
    parser.add_argument("--sessioner", type=int, default=40)
    parser.add_argument("--var", type=float, default=2.0, help="sekunder mellan ändringar")
    parser.add_argument("--sekunder", type=float, default=30.0, help="hur länge")
    parser.add_argument("--adress", help="en app som redan är igång på den här datorn")
    choice = parser.parse_args(words)
    if choice.address and urlsplit(choice.address).hostname not in LOOPBACK:
        parser.error(f"{choice.address} är inte den här datorn. Belasta bara en app på 127.0.0.1.")
    if not (1 <= choice.sessions <= MAX_SESSIONS and 0 < choice.seconds <= MAX_SECONDS):
        parser.error(f"högst {MAX_SESSIONS} sessioner i högst {MAX_SECONDS} sekunder")
    return choice


def main(words: list[str]) -> int:
    choice = arguments(words)
    app = nullcontext(choice.address) if choice.address else harness.running_app()
    with app as address:
        figures = asyncio.run(load(address.rstrip("/"), choice))
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    return 1 if figures["fel"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
