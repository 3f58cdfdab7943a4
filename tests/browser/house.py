"""A site that is really served: waitress on a port of its own, stopped and started at will."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from sitelog import instance
from sitelog.app import create_app, settings_of
from sitelog.board import stream
from sitelog.ground.access import OPERATOR
from sitelog.site import queries as site
from sitelog.staff import actions as staff
from sitelog.staff import door, gate
from sitelog.store.db import db
from sitelog.store.transaction import let_go

PASSWORD = "correct horse"
PINS = {"Amina K.": "271828", "Joel T.": "314159", "Marc D.": "141421"}
ROLES = {"Amina K.": "nurse", "Joel T.": "nurse", "Marc D.": "lead", "Ada A.": "admin", "Fay F.": "funder"}
PATIENCE = 10
DAYS_OPEN = 2
RANDOM_PORT = 0


def now() -> datetime:
    """The present instant: a browser has no other."""
    return datetime.now(UTC)


def afternoon_zone(at: datetime) -> str:
    """A zone where it is the middle of the day now, so that no test runs across the end of a site's day."""
    ahead = (15 - at.hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def build(folder: Path) -> Path:
    """Make the instance as `sitelog init` does, two days ago, with the staff of these tests."""
    at = now() - timedelta(days=DAYS_OPEN)
    instance.make(folder, name="Juniper Street", zone=afternoon_zone(at), day_starts="04:00", at=at)
    app = create_app(folder)
    with app.app_context():
        for name, role in ROLES.items():
            more = {"audience": "funder"} if role == "funder" else {}
            staff.add_account(name, role, password=PASSWORD, pin=PINS.get(name), by=OPERATOR, at=at, **more)
        let_go()
    return folder


class House:
    """One served instance."""

    def __init__(self, folder: Path) -> None:
        self.app = create_app(folder, TESTING=True)
        self.port = RANDOM_PORT
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._server: Any = None

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def streams(self) -> int:
        """How many screens listen now."""
        return len(stream.tail_of(self.app)._now())

    def start(self) -> None:
        """Serve; the second time on the same port as the first."""
        threads = settings_of(self.app).threads
        self._server = create_server(self.app, host="127.0.0.1", port=self.port, threads=threads, ident=None)
        self.port = self._server.effective_port
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="sitelog-house")
        self._thread.start()

    def stop(self) -> None:
        """Be gone: no listening socket, every connection closed."""
        if self._thread is None:
            return
        self._stopping.set()
        self._server.pull_trigger()
        self._thread.join(PATIENCE)
        self._thread = None
        stream.tail_of(self.app).end_all()
        self._server.task_dispatcher.shutdown()
        self._server.close()
        wasyncore.close_all(self._server._map)

    def _run(self) -> None:
        while not self._stopping.is_set():
            wasyncore.loop(timeout=1, map=self._server._map, count=1)

    def close(self) -> None:
        """Stop, and let go of the database."""
        self.stop()
        with self.app.app_context():
            let_go()

    @contextmanager
    def verbs(self) -> Iterator[datetime]:
        """Call verbs and queries of this instance; gives the present instant."""
        with self.app.app_context():
            yield now()
            db.session.remove()

    def cookies(self, name: str) -> list[dict[str, str]]:
        """The cookies of a browser in which somebody has just signed in with their password."""
        with self.verbs() as at:
            opened = door.sign_in(name, PASSWORD, at=at)
        kept = {gate.SESSION: opened.token, gate.DEVICE: opened.device_token}
        return [{"name": n, "value": value, "url": self.url} for n, value in kept.items() if value]

    def wall(self, instant: datetime, pattern: str = "%H:%M") -> str:
        """An instant on the site's clock."""
        with self.verbs():
            return site.calendar().local(instant).strftime(pattern)
