"""That something was committed in this process: a bell that wakes whoever waits for it. It says no more."""

import threading

_bell = threading.Condition()
_rung = 0


def ring() -> None:
    """Wake everybody who waits; called after a write was committed."""
    global _rung
    with _bell:
        _rung += 1
        _bell.notify_all()


def heard() -> int:
    """How often the bell was rung so far; give it to `wait`."""
    with _bell:
        return _rung


def wait(heard: int, seconds: float) -> int:
    """Sleep until the bell was rung more often than `heard`, or `seconds` went by; how often it was rung."""
    with _bell:
        _bell.wait_for(lambda: _rung != heard, seconds)
        return _rung
