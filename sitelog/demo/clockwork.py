"""Simulated time: processes are generators that yield how long they do nothing. Pure."""

import heapq
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

# A process yields a pause and is sent what woke it early, or None when the pause is simply over.
Life = Generator[timedelta, Any, Any]


@dataclass(eq=False)
class Process:
    """One running life; `ticket` is the number of the alarm that counts, older ones are void."""

    life: Life
    ticket: int = 0


@dataclass
class Clockwork:
    """A queue of alarms. Alarms at one instant ring in the order they were set, so runs repeat exactly."""

    now: datetime
    alarms: list[tuple[datetime, int, Process, Any]] = field(default_factory=list)
    tickets: int = 0
    running: Process | None = None

    def start(self, life: Life, at: datetime | None = None) -> Process:
        """Begin a life now or at a later instant."""
        process = Process(life)
        self._set(process, max(at or self.now, self.now), None)
        return process

    def wake(self, process: Process, word: Any) -> None:
        """End a process's pause now and send it a word."""
        self._set(process, self.now, word)

    def run(self, until: datetime) -> None:
        """Let everything happen that is due up to and including an instant."""
        while self.alarms and self.alarms[0][0] <= until:
            when, ticket, process, word = heapq.heappop(self.alarms)
            if ticket == process.ticket:
                self.now, self.running = when, process
                self._step(process, word)
        self.now = until

    def _step(self, process: Process, word: Any) -> None:
        try:
            pause = process.life.send(word)
        except StopIteration:
            process.ticket = -1
        else:
            self._set(process, self.now + pause, None)

    def _set(self, process: Process, when: datetime, word: Any) -> None:
        self.tickets += 1
        process.ticket = self.tickets
        heapq.heappush(self.alarms, (when, self.tickets, process, word))
