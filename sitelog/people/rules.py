"""What a handle may be, and when two spellings are the same one. Pure."""

import unicodedata

from sitelog.ground.errors import Refused
from sitelog.ground.words import N_

LONGEST = 40


def tidy(text: str) -> str:
    """The handle as it is kept: one form of each letter, single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def normalise(text: str) -> str:
    """The spelling handles are found by: no case, accents, blanks or dashes (Mari-Posa, mari posa)."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum()) or "".join(plain.split())


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
