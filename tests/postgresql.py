"""A PostgreSQL server for the tests: on a socket of its own, without a network, gone when they are over."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

# Where Debian and its kin keep the server; elsewhere it is on the path.
_SERVERS = "/usr/lib/postgresql"
# The server refuses to run as root.
_USER = {"user": "postgres", "group": "postgres"} if hasattr(os, "geteuid") and not os.geteuid() else {}
_PLAIN = ("--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C")
# Its input ends when the tests do, also where they are killed: then the server goes.
_WHEN_OVER = 'cat >/dev/null; "$0" -D "$1" -s -m immediate stop; rm -rf "$2"'
_QUICK = ("fsync=off", "listen_addresses=", "shared_buffers=32MB", "max_connections=200")


class Server:
    """A running server; each test has a database of its own, a copy of the `first`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)
        self.first = "first"
        self._run("CREATE DATABASE first")

    def setting(self, name: str) -> str:
        """The line of `sitelog.toml` that names a database."""
        return f'database = "postgresql+psycopg://sitelog@/{name}?host={self.folder}"\n'

    @contextmanager
    def copy_of(self, template: str) -> Iterator[str]:
        """A database that begins like another one; its name. It goes, whoever is still connected to it."""
        name = f"copy_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield name
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with psycopg.connect(f"host={self.folder} user=sitelog dbname=postgres", autocommit=True) as door:
            door.execute(statement.encode())


@contextmanager
def serving() -> Iterator[Server]:
    """A server for as long as the block runs; without one the test says so and is skipped."""
    home = max(Path(_SERVERS).glob("*/bin"), default=None)
    programs = {
        name: shutil.which(name, path=f"{home}:{os.environ['PATH']}") for name in ("initdb", "pg_ctl")
    }
    if None in programs.values():
        pytest.skip("no PostgreSQL found: neither initdb nor pg_ctl is installed")
    folder = Path(tempfile.mkdtemp(prefix="sitelog-pg-"))
    if _USER:
        shutil.chown(folder, **_USER)
    data, settings = str(folder / "data"), " ".join(f"-c {one}" for one in _QUICK)
    _do(programs["initdb"], "-D", data, "-U", "sitelog", *_PLAIN)
    _do(programs["pg_ctl"], "-D", data, "-w", "-l", f"{folder}/log", "-o", f"-k {folder} {settings}", "start")
    ended: Any = ("sh", "-c", _WHEN_OVER, programs["pg_ctl"], data, folder)
    with subprocess.Popen(ended, **_USER, cwd="/", stdin=subprocess.PIPE, start_new_session=True):
        yield Server(folder)


def _do(*command: Any) -> None:
    done = subprocess.run(command, **_USER, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr or done.stdout}")
