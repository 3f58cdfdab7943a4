"""The live stream: one thread reads the trail's tail and tells every open screen what changed."""

import json
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from sitelog.ground import clock
from sitelog.ground.access import Actor, Permission
from sitelog.store import news
from sitelog.store.db import db
from sitelog.trail.models import Link

# Seconds. A screen calls itself "not live" after 35 without a beat.
BEAT = 12.0
POLL = 1.0
# Events a screen may be behind before it is dropped (it comes back and catches up), and the longest
# catching-up that is told event by event; beyond it the screen is told to read everything again.
BEHIND = 256
BACKLOG = 500
# Threads that must stay free for everything that is no stream.
SPARE_THREADS = 16

# Who may hear that something about a noun changed. What is not named here is not told to anybody.
HEARS: dict[str, Permission] = {
    "visit": Permission.READ_BOARD,
    "place": Permission.READ_BOARD,
    "response": Permission.READ_BOARD,
    "person": Permission.READ_BOARD,
    "board": Permission.READ_BOARD,
    "site": Permission.READ_BOARD,
    "referral": Permission.REFER,
    "service": Permission.READ_BOARD,
    "group": Permission.READ_BOARD,
    "supply": Permission.READ_BOARD,
    "shift": Permission.LOG,
    "incident": Permission.READ_BOARD,
    "alert": Permission.READ_BOARD,
    "import": Permission.READ_BOARD,
}


@dataclass(frozen=True)
class Event:
    """That something was entered: its place in the chain, what kind, about what."""

    seq: int
    kind: str
    subject: str

    @property
    def noun(self) -> str:
        """What it is about."""
        return self.kind.partition(".")[0]

    def text(self) -> str:
        """The event as it goes over the wire."""
        data = json.dumps({"kind": self.kind, "subject": self.subject})
        return f"id: {self.seq}\nevent: link\ndata: {data}\n\n"


def may_hear(actor: Actor, noun: str) -> bool:
    """Whether an actor is told of changes to a noun."""
    return noun in HEARS and actor.can(HEARS[noun])


class Listener:
    """One open screen. `still` says whether its session may go on listening."""

    def __init__(self, actor: Actor, still: Callable[[], bool]) -> None:
        self.actor = actor
        self.still = still
        self.ended = threading.Event()
        self._waiting: queue.Queue[Event | None] = queue.Queue(BEHIND)

    def offer(self, event: Event) -> None:
        """Put an event in line if this screen may hear it; one that is too far behind is dropped."""
        if not may_hear(self.actor, event.noun):
            return
        try:
            self._waiting.put_nowait(event)
        except queue.Full:
            self.end()

    def end(self) -> None:
        """Let the stream end at its next step; the screen reconnects and catches up, if it still may."""
        self.ended.set()
        try:
            self._waiting.put_nowait(None)
        except queue.Full:
            self._waiting.get_nowait()
            self._waiting.put_nowait(None)

    def next(self) -> Event | None:
        """The next event; None when it is time for a beat or the end."""
        try:
            return self._waiting.get(timeout=BEAT)
        except queue.Empty:
            return None


def wire(listener: Listener, behind: Iterable[Event] | None, since: int) -> Iterator[str]:
    """What is written to one screen. It touches no database: a stream outlives any session."""
    yield "retry: 2000\n\n" + _beat()
    if behind is None:
        yield f"id: {since}\nevent: everything\ndata: {since}\n\n"
    for told in behind or ():
        since = told.seq
        yield told.text()
    while not listener.ended.is_set():
        event = listener.next()
        if event is None and not listener.ended.is_set():
            yield _beat()
        # What was told while catching up may come down the line once more.
        if event is not None and event.seq > since:
            since = event.seq
            yield event.text()


def _beat() -> str:
    return f"event: beat\ndata: {clock.now().isoformat(timespec='milliseconds')}\n\n"


class Tail:
    """The one reader of the trail's tail: runs while somebody listens, woken by each commit here."""

    def __init__(self, app: Flask) -> None:
        self.limit = max(1, app.config["SITELOG"].threads - SPARE_THREADS)
        self._app = app
        self._guard = threading.Lock()
        self._listeners: set[Listener] = set()
        self._thread: threading.Thread | None = None

    @property
    def reading(self) -> threading.Thread | None:
        """The thread that reads, while somebody listens."""
        return self._thread

    def join(self, listener: Listener, seq: int) -> bool:
        """Let a screen listen; `seq` is the chain's length at this moment. False if there are too many."""
        with self._guard:
            if len(self._listeners) >= self.limit:
                return False
            self._listeners.add(listener)
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, args=(seq,), name="sitelog-tail", daemon=True
                )
                self._thread.start()
        return True

    def leave(self, listener: Listener) -> None:
        """A screen went away; with the last one the reading stops."""
        with self._guard:
            self._listeners.discard(listener)
        if not self._listeners:
            news.ring()

    def end_all(self) -> None:
        """End every stream; for a server that is about to stop."""
        for listener in self._now():
            listener.end()

    def _now(self) -> list[Listener]:
        with self._guard:
            return list(self._listeners)

    def _run(self, seq: int) -> None:
        heard, asked = news.heard(), clock.monotonic()
        while self._goes_on():
            events = self._read(seq)
            for event in events:
                seq = event.seq
                for listener in self._now():
                    listener.offer(event)
            if clock.monotonic() - asked >= BEAT:
                asked = clock.monotonic()
                self._ask_again()
            if len(events) < BACKLOG:  # else there is more, which nobody will ring for again
                heard = news.wait(heard, POLL)

    def _goes_on(self) -> bool:
        with self._guard:
            if not self._listeners:
                self._thread = None
            return self._thread is not None

    def _read(self, seq: int) -> list[Event]:
        try:
            with self._app.app_context(), db.engine.connect() as connection:
                return events_since(connection.execute, seq)
        except Exception:  # a database that is away for a moment must not silence every screen for good
            self._app.logger.warning("the live stream could not read the trail", exc_info=True)
            return []

    def _ask_again(self) -> None:
        for listener in self._now():
            try:
                still = listener.still()
            except Exception:  # when in doubt the stream ends: the screen asks again, as itself
                still = False
            if not still:
                listener.end()


def events_since(execute: Callable[..., Iterable[tuple[int, str, str]]], seq: int) -> list[Event]:
    """The events after `seq`, oldest first, at most BACKLOG of them."""
    chosen = select(Link.seq, Link.kind, Link.subject).where(Link.seq > seq).order_by(Link.seq)
    return [Event(*row) for row in execute(chosen.limit(BACKLOG))]


def tail_of(app: Flask) -> Tail:
    """This application's tail."""
    found: Tail = app.extensions.setdefault("sitelog.tail", Tail(app))
    return found
