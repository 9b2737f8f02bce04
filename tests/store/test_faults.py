"""Nothing that was said to be saved is lost, and what is not a store is refused and left alone."""

import subprocess
import sys
import time

import pytest
import sqlalchemy as sa
from hypothesis import given, strategies as st

from analytics.store import json_text, opening as store_opening
from analytics.store.errors import StoreBroken, StoreUnavailable
from analytics.store.posts import Store
from analytics.store.tables import event

ROOT = store_opening.ROOT

SAVE = """
import sys
from analytics.store.posts import Store
store = Store(sys.argv[1])
while True:
    post = store.save("prov", {"text": "x" * 5000}, reason="prov")
    print(post.id, flush=True)
"""


def test_kill_9_loses_nothing_that_was_said_to_be_saved(tmp_path):
    """Six processes are killed while they save; every save that was acknowledged is there."""
    address = f"sqlite:///{tmp_path / 'lager.db'}"
    acknowledged = set()
    for number in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-c", SAVE, address], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        acknowledged.add(writer.stdout.readline().strip())
        time.sleep(0.03 * number)
        writer.kill()
        acknowledged |= {
            line.strip()
            for line in writer.communicate()[0].splitlines(keepends=True)
            if line.endswith("\n")
        }
    store = Store(address)
    saved = {post.id for post in store.list_all("prov")}

    assert acknowledged <= saved and len(acknowledged) > 6
    with store._engine.connect() as connection:
        assert connection.scalar(sa.text("PRAGMA integrity_check")) == "ok"
        assert connection.scalar(sa.text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(sa.text("PRAGMA synchronous")) == 2
        events = set(connection.scalars(sa.select(event.c["id"])))
    assert events == saved, "a save without its event, or an event without its save"
    store.close()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://x/y", "varken en fil för SQLite eller en databas i PostgreSQL"),
        ("sqlite://", "varken en fil"),
        ("hej", "adressen går inte att läsa"),
    ],
)
def test_an_address_that_is_no_store_is_refused(address, says):
    with pytest.raises(StoreUnavailable, match=says):
        Store(address)


def test_a_server_that_does_not_answer_is_told_without_the_password():
    store = Store("postgresql+psycopg://kansli:hemligt@127.0.0.1:1/lager")
    with pytest.raises(StoreUnavailable, match="svarar inte") as told:
        store.list_all("scenario")
    assert "hemligt" not in str(told.value)


def test_a_file_that_is_no_store_is_left_alone(tmp_path):
    path = tmp_path / "bild.db"
    path.write_bytes(b"inte en databas" * 500)
    with pytest.raises(StoreBroken, match="bild"):
        Store(f"sqlite:///{path}").list_all("scenario")
    assert path.read_bytes() == b"inte en databas" * 500


# ---- JSON ----

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(values)
def test_what_is_written_is_read_back_and_has_one_way_of_being_written(value):
    written = json_text.text(value)
    assert json_text.read(written) == value
    assert json_text.text(json_text.read(written)) == written


@pytest.mark.parametrize("written", ["1.5", "NaN", '{"a":1,"a":2}', "[1e3]", "{"])
def test_what_is_not_exact_is_not_read(written):
    with pytest.raises(ValueError):
        json_text.read(written)
