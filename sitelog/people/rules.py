"""What may be said of a person, and when two spellings of a handle or a code are one. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sitelog.ground.errors import Refused
from sitelog.ground.words import N_

LONGEST = 40
SHORTEST_TO_GUESS = 4
MOST_MISSING = 3
# The last part of Ontario's code as it is kept, how it may be typed, and the site's word for it.
ONTARIO_GENDERS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "male": (("male", "m"), "male"),
    "female": (("female", "f"), "female"),
    "trans male": (("transmale", "tm"), "trans_male"),
    "trans female": (("transfemale", "tf"), "trans_female"),
    "other": (("other", "o"), "other"),
}
# Letters that are typed as others on most keyboards, and that are no accented ones to Unicode.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
OLDEST_BIRTH_YEAR = 1900
YOUNG = 16
AGE_ADVICE = N_("By the birth year under 16: follow the site's way for young people.")
FURTHEST_REVIEW = timedelta(days=366 * 5)
# Entries that took words away: there is nothing left that taking them back could restore.
FINAL = frozenset({"person.renamed", "person.forgotten"})


@dataclass(frozen=True)
class About:
    """What a person tells of themselves, each part only if they want: a code, birth year, gender (a word of
    the list), and the version of the agreement they signed just now."""

    code: str | None = None
    birth_year: int | None = None
    gender: str | None = None
    agreement: str | None = None


NOTHING = About()


def tidy(text: str) -> str:
    """The handle as it is kept: one form of each letter, single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def normalise(text: str) -> str:
    """The spelling handles are found by: no case, accents, blanks or dashes (Mari-Posa, mari posa)."""
    return _letters(text).translate(PLAIN)


def spellings_of(text: str) -> tuple[str, str]:
    """How these words may be kept, the more exact one first: two people who were told apart by a letter of
    PLAIN alone, before it was compared, are told apart by it still."""
    return f"{normalise(text)} {_letters(text)}", normalise(text)


@dataclass(frozen=True)
class Calling:
    """Finds somebody's handles and codes, as whole words, in what staff wrote, by the letters the register
    compares: "Soren" finds Søren, and "mari-posa" finds mariposa."""

    pattern: re.Pattern[str]

    def __contains__(self, text: str) -> bool:
        return self.pattern.search(_plain(text)) is not None

    def replaced(self, text: str, ref: str) -> str:
        """The text with this number wherever it called them by name; the rest stays as it was typed."""
        # Where each plain letter was typed: one may be two (æ), and an accent typed apart is none.
        typed = [(letter, at) for at, one in enumerate(text) for letter in _plain(one)]
        starts = [*(at for _, at in typed), len(text)]
        kept, end = [], 0
        for found in self.pattern.finditer("".join(letter for letter, _ in typed)):
            kept += [text[end : starts[found.start()]], ref]
            end = starts[found.end()]
        return "".join([*kept, text[end:]])


def calling(words: Iterable[str]) -> Calling:
    """What finds these handles and codes in a text."""
    # Who has neither is called nothing: a pattern that finds nothing.
    either = "|".join(_called(word) for word in words) or r"(?!)"
    return Calling(re.compile(rf"(?<!\w)(?:{either})(?!\w)"))


def _called(name: str) -> str:
    # Between two words of a name may stand anything but letters; within one a dash, and a blank where it
    # leaves no short words: "is a", "he al" are hardly ever somebody's name.
    parts = re.findall(r"[^\W_]+", _plain(name)) or [normalise(name)]
    return r"[\W_]*".join(_dashed(part) for part in parts)


def _dashed(part: str) -> str:
    gaps = ["", *(r"[\s_-]?" if 3 <= at <= len(part) - 3 else "[_-]?" for at in range(1, len(part)))]
    return "".join(gap + re.escape(letter) for gap, letter in zip(gaps, part, strict=True))


def _plain(text: str) -> str:
    """A text in plain letters without case; blanks, dashes and everything else stay."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(PLAIN)
    return plain if plain.isascii() else "".join(one for one in plain if unicodedata.category(one)[0] != "M")


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


def letters_missing(typed: str, known: str) -> bool:
    """Whether what was typed is a normalised spelling with up to three letters left out (mrpsa, mariposa)."""
    if len(typed) < SHORTEST_TO_GUESS or not 0 < len(known) - len(typed) <= MOST_MISSING:
        return False
    rest = iter(known)
    return typed[0] == known[0] and _digits(typed) == _digits(known) and all(one in rest for one in typed)


def words_of(text: str) -> list[str]:
    """The words of what was typed, each normalised: in whatever order they were typed, they mean the same."""
    return [word for word in map(normalise, text.split()) if word]


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum()) or "".join(plain.split())


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


def check_code(text: str, policy: str, this_year: int) -> str:
    """The code as it is kept; Refused with what is wrong and what the policy expects."""
    code = tidy(text)
    if policy == "none":
        raise Refused(N_("This site keeps no codes."), field="code")
    if not code:
        raise Refused(N_("Type a code, or leave the person without one."), field="code")
    if len(code) > LONGEST or not code.isprintable():
        raise Refused(N_("A code has at most %(n)s characters, no line breaks."), field="code", n=LONGEST)
    return _ontario(code, this_year) if policy == "ontario" else code


def _ontario(text: str, this_year: int) -> str:
    plain = re.sub(r"[\s,;./_-]+", "", text).casefold()
    letters = plain[: len(plain) - len(plain.lstrip("abcdefghijklmnopqrstuvwxyz"))]
    year, gender = plain[len(letters) : len(letters) + 4], plain[len(letters) + 4 :]
    if len(letters) != 4:
        raise Refused(
            N_("The code starts with exactly 4 letters, A to Z; here are %(n)s. Like ABCD 1985 female."),
            field="code",
            n=len(letters),
        )
    if not re.fullmatch("[0-9]{4}", year):
        raise Refused(
            N_("After the 4 letters comes the birth year in 4 digits. Like ABCD 1985 female."), field="code"
        )
    if not OLDEST_BIRTH_YEAR <= int(year) <= this_year:
        raise Refused(
            N_("The birth year in the code is %(year)s; it is between %(low)s and %(high)s."),
            field="code",
            year=year,
            low=OLDEST_BIRTH_YEAR,
            high=this_year,
        )
    for kept, (typed, _) in ONTARIO_GENDERS.items():
        if gender in typed:
            return f"{letters.upper()} {year} {kept}"
    raise Refused(
        N_("The code ends with male, female, trans male, trans female or other. Like ABCD 1985 female."),
        field="code",
    )


def told_by_code(code: str) -> tuple[int, str]:
    """The birth year and the site's word for the gender that a checked code of Ontario holds."""
    _, year, gender = code.split(" ", 2)
    return int(year), ONTARIO_GENDERS[gender][1]


def check_birth_year(year: int | None, this_year: int) -> None:
    """Refuse a year in which nobody who comes here was born."""
    if year is not None and not OLDEST_BIRTH_YEAR <= year <= this_year:
        raise Refused(
            N_("A birth year is between %(low)s and %(high)s."),
            field="birth_year",
            low=OLDEST_BIRTH_YEAR,
            high=this_year,
        )


def age_advice(birth_year: int | None, this_year: int) -> str | None:
    """A word where somebody may be very young; never a refusal."""
    return AGE_ADVICE if birth_year is not None and birth_year > young_after(this_year) else None


def young_after(this_year: int) -> int:
    """The last birth year that asks for no such word."""
    return this_year - YOUNG


def check_signed_on(signed_on: date, today: date) -> None:
    """An agreement was signed today or before."""
    if signed_on > today:
        raise Refused(N_("That day is still to come."), field="signed_on")
    if signed_on.year < 1990:
        raise Refused(N_("That is long before this site. Look at the year."), field="signed_on")


def check_restriction(starts_on: date, ends_on: date | None, review_on: date | None) -> None:
    """A restriction ends on or after its first day, and is looked at again at some time, or has an end."""
    if ends_on is None and review_on is None:
        raise Refused(N_("Say until when, or when it is looked at again."), field="ends_on")
    for name, day in (("ends_on", ends_on), ("review_on", review_on)):
        if day is not None and day < starts_on:
            raise Refused(N_("That is before its first day."), field=name)
        if day is not None and day - starts_on > FURTHEST_REVIEW:
            raise Refused(N_("That is more than five years away. Look at the year."), field=name)
    if ends_on is not None and review_on is not None and review_on > ends_on:
        raise Refused(N_("It is over by then. Look at it again before its last day."), field="review_on")


def in_force(starts_on: date, ends_on: date | None, today: date) -> bool:
    """Whether a restriction that nobody lifted holds on a site date."""
    return starts_on <= today and (ends_on is None or today <= ends_on)


def check_confirmed(ref: str, typed: str) -> None:
    """What cannot be taken back is confirmed by typing the number it is about."""
    if typed.strip().upper() != ref:
        raise Refused(N_("Type %(ref)s to confirm. Nothing was erased yet."), field="confirm", ref=ref)
