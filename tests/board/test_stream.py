"""The live stream, listened to over real sockets from a real server."""

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from sitelog.board import stream
from sitelog.board.stream import Event, Listener, may_hear
from sitelog.ground.access import Actor, Role
from sitelog.store.transaction import transaction
from sitelog.trail import queries as trail
from sitelog.web.guards import Identity, load_actor_with
from tests.factories import NURSE, arrive

FUNDER = Actor("S08", "Harbour Fund", "HF", Role.FUNDER, "funder")
ADMIN = Actor("S09", "Admin", "AD", Role.ADMIN)
THREADS = 20
PATIENCE = 10


def now() -> datetime:
    return datetime.now(UTC)


class Screen:
    """One open stream, read event by event."""

    def __init__(self, port: int, path: str = "/stream", **headers: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.connection.request("GET", path, headers=headers)
        self.answer = self.connection.getresponse()
        self.status = self.answer.status

    def next(self, kind: str = "link") -> dict[str, str]:
        """The next event of this kind; beats and comments between are passed over."""
        while True:
            event = self._event()
            if event.get("event") == kind:
                return event

    def _event(self) -> dict[str, str]:
        found: dict[str, str] = {}
        while line := self.answer.readline().decode().rstrip("\n"):
            name, _, value = line.partition(": ")
            found[name] = value
        return found

    def close(self) -> None:
        """Go away."""
        self.answer.close()
        self.connection.close()


@pytest.fixture
def port(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The site served by waitress on a port of its own, with room for four streams; a nurse is in."""
    monkeypatch.setattr(stream, "BEAT", 0.2)
    load_actor_with(app, lambda request: Identity(actor=NURSE, person=NURSE))
    server = create_server(app, host="127.0.0.1", port=0, threads=THREADS)
    tail = stream.tail_of(app)
    tail.limit = THREADS - stream.SPARE_THREADS
    stopping = threading.Event()

    def run() -> None:
        while not stopping.is_set():
            wasyncore.loop(timeout=0.1, map=server._map, count=1)

    thread = threading.Thread(target=run)
    thread.start()
    yield server.effective_port
    tail.end_all()
    server.task_dispatcher.shutdown()
    stopping.set()
    thread.join(PATIENCE)
    server.close()
    wasyncore.close_all(server._map)


Listen = Callable[..., Screen]


@pytest.fixture
def listen(port: int) -> Iterator[Listen]:
    """Open a screen; all are closed in the end."""
    opened: list[Screen] = []

    def listen(path: str = "/stream", **headers: str) -> Screen:
        opened.append(Screen(port, path, **headers))
        return opened[-1]

    yield listen
    for screen in opened:
        screen.close()


def test_every_open_screen_hears_an_entry_as_soon_as_it_is_made(app: Flask, listen: Listen) -> None:
    screens = [listen() for _ in range(3)]
    for screen in screens:
        screen.next("beat")
    visit = arrive(now(), "heron-42")
    for screen in screens:
        heard = [screen.next(), screen.next()]
        assert json.loads(heard[-1]["data"]) == {"kind": "visit.checked_in", "subject": visit.ref}
        assert heard[-1]["id"] == str(trail.last_seq())
        assert "heron" not in str(heard)


def test_a_screen_that_slept_catches_up_where_it_left_off(app: Flask, listen: Listen) -> None:
    before = str(trail.last_seq())
    first, second = arrive(now()), arrive(now())
    ways = (
        listen("/stream", **{"Last-Event-ID": before}),
        listen(f"/stream?since={before}"),
        # A reconnect says both: what the browser heard last is the newer word.
        listen("/stream?since=0", **{"Last-Event-ID": before}),
    )
    third = arrive(now())
    for screen in ways:
        subjects = [json.loads(screen.next()["data"])["subject"] for _ in range(3)]
        assert subjects == [first.ref, second.ref, third.ref]


def test_a_screen_that_slept_too_long_is_told_to_read_everything(
    app: Flask, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "BACKLOG", 2)
    for _ in range(3):
        arrive(now())
    screen = listen("/stream?since=1")
    assert screen.next("everything")["id"] == str(trail.last_seq())


def test_a_screen_hears_everything_of_many_entries_that_are_made_at_once(
    app: Flask, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "BACKLOG", 3)
    screen = listen()
    screen.next("beat")
    with transaction():
        refs = [arrive(now()).ref for _ in range(10)]
    heard = [json.loads(screen.next()["data"])["subject"] for _ in range(10)]
    assert heard == refs


def test_one_screen_too_many_is_told_to_poll(app: Flask, listen: Listen) -> None:
    screens = [listen() for _ in range(THREADS - stream.SPARE_THREADS)]
    assert {screen.status for screen in screens} == {200}
    assert listen().status == 204


def test_a_stream_whose_session_is_locked_ends_by_itself(app: Flask, listen: Listen) -> None:
    screen = listen()
    screen.next("beat")
    load_actor_with(app, lambda request: Identity(person=NURSE, locked=True))
    while screen.answer.readline():
        pass
    assert screen.answer.isclosed()


def test_a_screen_that_went_away_leaves_its_place_to_another(app: Flask, listen: Listen) -> None:
    tail = stream.tail_of(app)
    screens = [listen() for _ in range(tail.limit)]
    for screen in screens:
        screen.close()
    deadline = stream.clock.monotonic() + PATIENCE
    status = 204
    while status == 204 and stream.clock.monotonic() < deadline:
        again = listen()
        status = again.status
    assert status == 200


def test_the_tail_is_read_only_while_somebody_listens(app: Flask, listen: Listen) -> None:
    screen = listen()
    screen.next("beat")
    tail = stream.tail_of(app)
    thread = tail.reading
    assert thread is not None
    listen().next("beat")
    assert tail.reading is thread
    tail.end_all()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert tail.reading is None


@pytest.mark.parametrize("who", [FUNDER, ADMIN])
def test_a_stream_is_for_the_desk_only(app: Flask, listen: Listen, who: Actor) -> None:
    load_actor_with(app, lambda request: Identity(actor=who, person=who))
    assert listen().status == 403
    assert listen("/pulse").status == 403


def test_nobody_hears_of_accounts_or_of_a_noun_nobody_spoke_of() -> None:
    assert not any(may_hear(NURSE, noun) for noun in ("account", "session", "report", "anything"))
    assert may_hear(NURSE, "visit") and not may_hear(FUNDER, "visit")


def test_a_listener_that_does_not_keep_up_is_dropped() -> None:
    listener = Listener(NURSE, lambda: True)
    for seq in range(stream.BEHIND + 1):
        listener.offer(Event(seq, "visit.checked", "V0001"))
    assert listener.ended.is_set()


def test_the_pulse_says_what_changed_and_nothing_when_nothing_did(app: Flask, listen: Listen) -> None:
    before = trail.last_seq()
    arrive(now(), "pike")
    screen = listen(f"/pulse?since={before}")
    said = json.loads(screen.answer.read())
    assert said == {"seq": trail.last_seq(), "nouns": ["person", "visit"]}
    tag = screen.answer.headers["ETag"]
    assert listen("/pulse", **{"If-None-Match": tag}).status == 304
