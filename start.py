"""Starts Samverkanskalkylen, and tests it. Needs nothing but Python 3.11 or newer.

    python3 start.py [--port N] [--no-browser]   installs the first time; starts and opens the app
    python3 start.py test [arguments to pytest]  lint and every test; 0 only if all is well
    python3 start.py bilder                      takes the pictures in docs/bilder/ anew
    python3 start.py belastning [--help]         many sessions at once against the app

Everything that is installed lies in .venv/ beside this file; deleting it starts afresh.
The syntax is kept to Python 3.6, so that an older Python can say what is wrong.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Samverkanskalkylen behöver Python 3.11 eller nyare, men det här är Python %d.%d. "
        "Installera en nyare Python och kör till exempel: python3.12 start.py"
        % sys.version_info[:2]
    )

import argparse
import hashlib
import importlib.util
import os
import platform
import shutil
import signal
import socket
import subprocess
import time
import webbrowser
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
READY = VENV / "samverkan-klar"
RUN = "requirements.txt"
TEST = "tests/requirements.txt"
HOST = "127.0.0.1"
PORT = 8501
WAIT_S = 60
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHECK_TABLES = """
import sys
from analytics import errors
from analytics.reference import database
try:
    database.build()
except errors.AgreementError as error:
    sys.exit(str(error))
"""
TOOLS = {"bilder": "tests.browser.screenshots", "belastning": "tests.browser.load"}


class Stop(Exception):
    """The program cannot go on; the text is for the user: what is wrong and what to do."""


def say(text):
    print(text, flush=True)


def make_venv():
    """Make .venv unless it is there and whole. Raises Stop when Python cannot make one."""
    if READY.exists() and PYTHON.exists():
        return
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        package = "python%d.%d-venv" % sys.version_info[:2]
        raise Stop(
            "Din Python saknar modulen venv, som behövs för att installera programmet för sig. "
            f"På Debian och Ubuntu finns den i ett eget paket: kör sudo apt install {package} "
            "och starta sedan igen. På andra system: installera Python från ditt systems paket "
            "eller från Pythons egen webbplats."
        )
    say("Förbereder en egen plats för programmet (.venv) …")
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True
    )
    if done.returncode:
        raise Stop(
            f"Det gick inte att skapa {VENV}. Kontrollera att du får skriva i mappen och att "
            f"disken inte är full.\n{last_lines(done.stdout + done.stderr)}"
        )
    READY.write_text(platform.python_version(), "utf-8")


def install(*files):
    """Install the pinned requirements that have changed since the last time."""
    changed = [name for name in files if stamp(name) != fingerprint(name)]
    if not changed:
        return
    say("Installerar det som programmet behöver. Första gången tar det en till två minuter …")
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"]
    command += ["--disable-pip-version-check", "--no-input", "--quiet"]
    for name in changed:
        command += ["-r", str(ROOT / name)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Stop(
            "Installationen gick inte igenom. Kontrollera att datorn når Pythons paketregister "
            "(nätverk, proxy, brandvägg) och starta igen; det som redan är hämtat finns kvar. "
            f"Så här sade pip:\n{last_lines(done.stderr)}"
        )
    for name in changed:
        stamp_file(name).write_text(fingerprint(name), "utf-8")


def fingerprint(name):
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def stamp_file(name):
    return VENV / ("samverkan-" + name.replace("/", "-"))


def stamp(name):
    path = stamp_file(name)
    return path.read_text("utf-8") if path.exists() else None


def last_lines(text, count=8):
    return "\n".join("    " + line for line in text.strip().splitlines()[-count:])


def check_port(port):
    """Raise Stop when something else listens on the port."""
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OverflowError:
            raise Stop(f"Port {port} finns inte. Välj ett tal mellan 1024 och 65535.") from None
        except OSError:
            raise Stop(
                f"Port {port} är upptagen, kanske av en Samverkanskalkyl som redan är igång "
                f"(pröva http://{HOST}:{port}). Avsluta den, eller välj en annan port: "
                f"python3 start.py --port {port + 1 if port < 65535 else 8502}"
            ) from None


def build_tables():
    """Build the tables once, so that a faulty row in data/ is told here and not on a page."""
    say("Bygger tabellerna …")
    done = subprocess.run(
        [str(PYTHON), "-c", CHECK_TABLES], cwd=str(ROOT), capture_output=True, text=True
    )
    if done.returncode:
        raise Stop(f"Tabellerna gick inte att bygga.\n{last_lines(done.stderr)}")


def serve(port, browser):
    """Run the app until the user stops it; return its exit code."""
    check_port(port)
    build_tables()
    command = [str(PYTHON), "-m", "streamlit", "run", str(ROOT / "app.py")]
    command += ["--server.port", str(port), "--server.address", HOST]
    server = subprocess.Popen(command, cwd=str(ROOT), stdout=subprocess.DEVNULL)
    try:
        wait_until_listening(server, port)
        address = f"http://{HOST}:{port}"
        say(f"Samverkanskalkylen är igång: {address}   (avsluta med Ctrl+C)")
        if browser:
            webbrowser.open(address)
        return server.wait()
    except KeyboardInterrupt:
        say("Avslutar.")
        return 0
    finally:
        server.terminate()
        server.wait()


def wait_until_listening(server, port):
    give_up = time.monotonic() + WAIT_S
    while time.monotonic() < give_up:
        if server.poll() is not None:
            raise Stop("Programmet avslutades innan det hann komma igång. Skälet står här ovanför.")
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise Stop(f"Programmet svarar inte på port {port} efter {WAIT_S} sekunder. Starta det igen.")


def find_browser():
    """Return the path of a Chromium, installing one if need be; "" means Playwright's own."""
    known = os.environ.get("SAMVERKAN_CHROMIUM")
    if known:
        return known
    found = first_on_path()
    if found:
        return found
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        say("Installerar Chromium för webbläsartesterna (apt-get install chromium) …")
        env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        install_it = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        for command in (["apt-get", "update", "-qq"], install_it):
            subprocess.run(command, env=env, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        found = first_on_path()
        if found:
            return found
    say("Hämtar Playwrights egen Chromium för webbläsartesterna …")
    done = subprocess.run([str(PYTHON), "-m", "playwright", "install", "chromium"])
    if done.returncode:
        raise Stop(
            "Webbläsartesterna behöver Chromium, och ingen fanns eller gick att hämta. Installera "
            "Chromium, eller ange var den finns: SAMVERKAN_CHROMIUM=/sökväg python3 start.py test"
        )
    return ""


def first_on_path():
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def run_tests(extra):
    """Run format, lint and every test; return 0 only if all of them pass."""
    env = dict(os.environ, SAMVERKAN_CHROMIUM=find_browser())
    steps = (
        ["ruff", "format", "--check", "."],
        ["ruff", "check", "."],
        ["pytest", "-n", "2", *extra],
    )
    failed = []
    for step in steps:
        say("→ " + " ".join(step))
        if subprocess.run([str(PYTHON), "-m", *step], cwd=str(ROOT), env=env).returncode:
            failed.append(" ".join(step[:2]))
    if failed:
        print("Inte godkänt: " + ", ".join(failed), file=sys.stderr)
    return 1 if failed else 0


def run_tool(module, extra):
    env = dict(os.environ, SAMVERKAN_CHROMIUM=find_browser())
    return subprocess.run([str(PYTHON), "-m", module, *extra], cwd=str(ROOT), env=env).returncode


def main(arguments):
    command = arguments[0] if arguments else ""
    if command == "test" or command in TOOLS:
        make_venv()
        install(RUN, TEST)
        if command == "test":
            return run_tests(arguments[1:])
        return run_tool(TOOLS[command], arguments[1:])
    parser = argparse.ArgumentParser(
        prog="python3 start.py", description="Startar Samverkanskalkylen."
    )
    parser.add_argument("--port", type=int, default=PORT, help="port på datorn (%(default)s)")
    parser.add_argument("--no-browser", action="store_true", help="öppna inte webbläsaren")
    choice = parser.parse_args(arguments)
    check_port(choice.port)
    make_venv()
    install(RUN)
    return serve(choice.port, not choice.no_browser)


def interrupt(number, frame):
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, interrupt)
    sys.stdout.reconfigure(errors="replace")
    sys.stderr.reconfigure(errors="replace")
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        sys.exit(str(stop))
    except KeyboardInterrupt:
        sys.exit("Avbrutet.")
