"""Which languages the screens can be read in, each under its own name."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

NAMES = {
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "nl": "Nederlands",
    "pt": "Português",
}
_FOLDER = Path(__file__).parents[1] / "translations"


@cache
def installed() -> Mapping[str, str]:
    """The languages that come with sitelog, by code: English first, then each translation."""
    found = sorted(path.parent.name for path in _FOLDER.glob("*/LC_MESSAGES"))
    return {code: NAMES.get(code, code) for code in ("en", *found)}


def known() -> dict[str, str]:
    """Every language a site can ask for; one that is not translated yet shows in English."""
    return {**NAMES, **installed()}
