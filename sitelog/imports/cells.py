"""What a cell may hold: each reader makes a value of its text, or says why it cannot. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from sys import intern
from typing import Any

from sitelog.ground.errors import Refused
from sitelog.ground.words import N_
from sitelog.site.rules import SiteBook, check_choice, with_every_word

LONGEST_ID, LONGEST_NOTE = 200, 2000
# Before the first supervised consumption site a year is a slip of the finger.
FIRST_YEAR, LAST_YEAR = 1986, 2200
_MOMENT = re.compile(r"(\d{4})-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?( ?(Z|[+-]\d\d:?\d\d))?", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)
_DECIMAL = re.compile(r"(-?\d{1,6})(?:[.,](\d))?", re.ASCII)
_YES, _NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0")


@dataclass(frozen=True)
class Reading:
    """What cells are read against: the site's book, and the instant of the import."""

    book: SiteBook
    at: datetime

    @cached_property
    def every_word(self) -> SiteBook:
        """The book with what was ever retired: whether it was in use then is asked when the day is known."""
        return with_every_word(self.book)

    @cached_property
    def retired(self) -> frozenset[tuple[str, str]]:
        """The words that are not in use now, by list and code."""
        return frozenset((word.kind, word.code) for word in self.book.words if word.retired)


Reader = Callable[[str, Reading], Any]


def source_id(text: str, reading: Reading) -> str:
    """What a row, or the row it belongs to, is called where it comes from."""
    return _short(text, LONGEST_ID)


def note(text: str, reading: Reading) -> str:
    """Free words; they are kept where they can be erased."""
    return _short(text, LONGEST_NOTE)


def moment(text: str, reading: Reading) -> datetime:
    """An instant, from the site's clock or with an offset; what was skipped or came twice needs one."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise Refused(N_("A date and a time are needed, like 2025-03-09 14:02."))
    if not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise Refused(N_("Look at the year."))
    try:
        said = datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-").replace(" Z", "Z"))
    except ValueError:
        raise Refused(N_("There is no such date or time.")) from None
    instant = said if said.tzinfo else reading.book.calendar.only_instant(said)
    if instant > reading.at:
        raise Refused(N_("That time is still to come."))
    return instant


def day(text: str, reading: Reading) -> date:
    """A date of the site."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Refused(N_("A date is needed, like 2025-03-09."))


def yes_or_no(text: str, reading: Reading) -> bool:
    """Yes or no."""
    word = text.casefold()
    if word not in _YES + _NO:
        words = N_("Only yes or no: %(yes)s, or %(no)s.")
        raise Refused(words, yes=", ".join(_YES), no=", ".join(_NO))
    return word in _YES


def number(text: str, reading: Reading) -> int:
    """A whole number."""
    if not _NUMBER.fullmatch(text):
        raise Refused(N_("Only a whole number."))
    return int(text)


def tenths(text: str, reading: Reading) -> int:
    """A number with at most one decimal, in tenths."""
    found = _DECIMAL.fullmatch(text)
    if found is None:
        raise Refused(N_("Only a number with at most one decimal."))
    return int(found[1]) * 10 + int(found[2] or 0) * (-1 if text.startswith("-") else 1)


@dataclass(frozen=True)
class Listed:
    """A word of one of the site's lists."""

    kind: str

    def allowed(self, book: SiteBook) -> list[str]:
        """The words."""
        return [word.code for word in book.choices(self.kind)]

    def __call__(self, text: str, reading: Reading) -> str:
        """The word, or a refusal."""
        check_choice(reading.every_word, self.kind, text)
        return intern(text)

    def words(self, value: str) -> Iterator[tuple[str, str]]:
        """The word with its list."""
        yield self.kind, value


@dataclass(frozen=True)
class Several:
    """Words of one of the site's lists, with spaces between them."""

    kind: str

    def allowed(self, book: SiteBook) -> list[str]:
        """The words."""
        return Listed(self.kind).allowed(book)

    def __call__(self, text: str, reading: Reading) -> tuple[str, ...]:
        """The words as they stand, or a refusal of the first that is not on the list."""
        one = Listed(self.kind)
        return tuple(one(word, reading) for word in text.split())

    def words(self, value: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """The words with their list."""
        return ((self.kind, word) for word in value)


@dataclass(frozen=True)
class Shown:
    """Words of one of the site's lists, each with a result: `word:result`, with spaces between them."""

    kind: str
    results: tuple[str, ...]

    def allowed(self, book: SiteBook) -> list[str]:
        """Each word with each result."""
        return [f"{word}:{result}" for word in Listed(self.kind).allowed(book) for result in self.results]

    def __call__(self, text: str, reading: Reading) -> tuple[tuple[str, str], ...]:
        """Each word and its result, or a refusal of the first that is none."""
        return tuple(self._one(part, reading) for part in text.split())

    def words(self, value: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
        """The words with their list."""
        return ((self.kind, word) for word, _ in value)

    def _one(self, part: str, reading: Reading) -> tuple[str, str]:
        word, colon, result = part.partition(":")
        if not colon:
            raise Refused(N_("“%(said)s” has no result: it is said like word:result."), said=part[:40])
        return Listed(self.kind)(word, reading), OneOf(self.results)(result, reading)


@dataclass(frozen=True)
class OneOf:
    """A word of a list that is the same at every site."""

    known: tuple[str, ...]

    def allowed(self, book: SiteBook) -> list[str]:
        """The words."""
        return list(self.known)

    def __call__(self, text: str, reading: Reading) -> str:
        """The word, or a refusal that names them all."""
        if text not in self.known:
            words = N_("“%(code)s” is not one of: %(all)s.")
            raise Refused(words, code=text[:40], all=", ".join(self.known))
        return intern(text)


@dataclass(frozen=True)
class Place:
    """A place, by the code staff call out."""

    def allowed(self, book: SiteBook) -> list[str]:
        """The codes."""
        return [place.code for place in book.places]

    def __call__(self, text: str, reading: Reading) -> str:
        """The code, or a refusal."""
        return reading.book.place(text).code


def allowed(reader: Reader, book: SiteBook) -> list[str]:
    """What a cell may hold, where that is a list."""
    if reader is yes_or_no:
        return [*_YES, *_NO]
    found: Callable[[SiteBook], list[str]] | None = getattr(reader, "allowed", None)
    return found(book) if found else []


def words(reader: Reader, value: Any) -> Iterator[tuple[str, str]]:
    """The words of the site's lists in what was read, each with its list."""
    found: Callable[[Any], Iterator[tuple[str, str]]] | None = getattr(reader, "words", None)
    return found(value) if found else iter(())


def _short(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Refused(N_("At most %(n)s characters."), n=longest)
    if "\0" in text:
        raise Refused(N_("This holds a character that cannot be kept."))
    return text
