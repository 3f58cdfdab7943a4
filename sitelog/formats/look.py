"""The look of paper: colours and sizes of the design in points, and text broken into lines."""

from __future__ import annotations

from collections.abc import Callable

MM = 72 / 25.4
LEFT, RIGHT = 16 * MM, 595.276 - 16 * MM
TOP, BOTTOM = 12 * MM, 841.89 - 20 * MM
WIDTH = RIGHT - LEFT
GAP = 7 * MM

INK, INK_2, INK_3 = "#12212A", "#3D4D57", "#54646E"
LINE, LINE_STRONG, SURFACE_2 = "#C6D0D4", "#74848D", "#F3F6F6"
ACCENT, HATCH_SOFT, PAPER = "#0D5566", "#D3DADE", "#FFFFFF"

H1, H2, CAPTION, TABLE, HEAD, SMALL, TINY, BIG = 15.5, 10.5, 8.2, 8.0, 7.4, 7.6, 7.0, 16.0


def leading(size: float) -> float:
    """Distance of two lines of text."""
    return size * 1.36


def wrapped(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """The text in lines no wider than `room`; a word that is wider by itself is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width(longer) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        while width(word) > room and len(word) > 1:
            cut = max(1, next(n for n in range(len(word), 0, -1) if n == 1 or width(word[:n]) <= room))
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return [*lines, line] if line or not lines else lines
