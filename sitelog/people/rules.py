"""What a handle may be, and when two spellings are the same one. Pure."""

import unicodedata

from sitelog.ground.errors import Refused
from sitelog.ground.words import N_

LONGEST = 40
SHORTEST_TO_GUESS = 4


def tidy(text: str) -> str:
    """The handle as it is kept: one form of each letter, single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def normalise(text: str) -> str:
    """The spelling handles are found by: no case, accents, blanks or dashes (Mari-Posa, mari posa)."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum()) or "".join(plain.split())


def one_slip(typed: str, known: str) -> bool:
    """Whether two normalised spellings are one slip apart: a letter too many, too few, wrong, or swapped.

    Digits tell people with the same word apart, so they have to be the same. Short words are all alike.
    """
    if min(len(typed), len(known)) < SHORTEST_TO_GUESS or _digits(typed) != _digits(known):
        return False
    start = next((i for i, (a, b) in enumerate(zip(typed, known, strict=False)) if a != b), None)
    if start is None:
        return abs(len(typed) - len(known)) == 1
    left, right = typed[start:], known[start:]
    swapped = right[1::-1] + right[2:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or left == swapped


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def check_handle(text: str) -> str:
    """The tidied handle; Refused if there is nothing of it, or too much."""
    handle = tidy(text)
    if not handle:
        raise Refused(N_("Type a handle, or leave the person without one."), field="who")
    if len(handle) > LONGEST:
        raise Refused(N_("A handle has at most %(n)s characters."), field="who", n=LONGEST)
    if not handle.isprintable():
        raise Refused(N_("This holds a character that cannot be kept."), field="who")
    return handle
