"""What the operator sets in instance/sitelog.toml, and where the instance's files are."""

import json
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitelog.ground import languages
from sitelog.ground.errors import Usage
from sitelog.ground.words import N_

VARIABLE = "SITELOG_INSTANCE"
FILE = "sitelog.toml"
# With none at all nothing is ever answered; an open screen holds one.
LEAST_THREADS = 4
LAST_PORT = 65535


@dataclass(frozen=True)
class Settings:
    """One instance: its folder and what its file says; a missing file means the defaults."""

    instance: Path
    host: str = "127.0.0.1"
    port: int = 8321
    hosts: tuple[str, ...] = ()
    threads: int = 64
    languages: tuple[str, ...] = ("en",)
    database: str = ""

    @property
    def keys(self) -> Path:
        """The folder of key files, mode 700."""
        return self.instance / "keys"

    @property
    def database_file(self) -> Path:
        """The embedded database."""
        return self.instance / "sitelog.db"

    @property
    def reports(self) -> Path:
        """Where published files are kept."""
        return self.instance / "reports"


def instance_folder(chosen: str | Path | None = None) -> Path:
    """The instance: `--instance`, else SITELOG_INSTANCE, else ./instance."""
    return Path(chosen or os.environ.get(VARIABLE) or "instance").resolve()


def read(instance: Path) -> Settings:
    """Read the instance's settings; an unknown word or a wrong kind of value is refused by name."""
    path = instance / FILE
    if not path.exists():
        return Settings(instance)
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:  # no TOML, or no UTF-8
        words = N_("%(file)s cannot be read: %(error)s. Correct it there; README, “Configuration”, says how.")
        raise Usage(words, file=path, error=error) from error
    return Settings(instance, **{name: _value(path, name, value) for name, value in said.items()})


def _value(path: Path, name: str, value: object) -> Any:
    if name not in _TAKEN:
        known = ", ".join(sorted(_TAKEN))
        raise Usage(
            N_("%(file)s: unknown setting “%(name)s”; known: %(words)s"), file=path, name=name, words=known
        )
    fits, refusal = _TAKEN[name]
    if not fits(value):
        said = json.dumps(value, ensure_ascii=False, default=str)
        there = ", ".join(languages.installed())
        raise Usage(refusal, file=path, value=said, least=LEAST_THREADS, last=LAST_PORT, languages=there)
    return tuple(value) if isinstance(value, list) else value


def _name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _names(value: object) -> bool:
    return isinstance(value, list) and all(map(_name, value))


def _port(value: object) -> bool:
    # Python takes true for 1, and a port that is too large would be cut to another one.
    return type(value) is int and 0 <= value <= LAST_PORT


def _threads(value: object) -> bool:
    return type(value) is int and value >= LEAST_THREADS


def _languages(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(one in languages.installed() for one in value)


# Of each setting: whether a value can be, and what is said of one that cannot.
_TAKEN: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "host": (_name, N_('%(file)s: “host” cannot be %(value)s: write an address, as "127.0.0.1".')),
    "port": (
        _port,
        N_("%(file)s: “port” cannot be %(value)s: write a number from 0 to %(last)s, without quotes."),
    ),
    "hosts": (_names, N_('%(file)s: “hosts” cannot be %(value)s: write names, as ["sitelog.example"].')),
    "threads": (
        _threads,
        N_("%(file)s: “threads” cannot be %(value)s: write a number, %(least)s or more, without quotes."),
    ),
    "languages": (
        _languages,
        N_(
            '%(file)s: “languages” cannot be %(value)s: write codes, as ["en"]. '
            "Sitelog comes with: %(languages)s."
        ),
    ),
    "database": (
        lambda value: isinstance(value, str),
        N_("%(file)s: “database” cannot be %(value)s: write an address in quotes."),
    ),
}
