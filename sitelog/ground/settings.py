"""What the operator sets in instance/sitelog.toml, and where the instance's files are."""

import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from sitelog.ground.errors import Usage
from sitelog.ground.words import N_

VARIABLE = "SITELOG_INSTANCE"
FILE = "sitelog.toml"
# With none at all nothing is ever answered; an open screen holds one.
LEAST_THREADS = 4


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
    except tomllib.TOMLDecodeError as error:
        raise Usage(N_("%(file)s cannot be read: %(error)s"), file=path, error=error) from error
    return Settings(instance, **{name: _value(path, name, value) for name, value in said.items()})


def _value(path: Path, name: str, value: object) -> Any:
    defaults = {f.name: f.default for f in fields(Settings) if f.name != "instance"}
    if name not in defaults:
        words = ", ".join(sorted(defaults))
        raise Usage(
            N_("%(file)s: unknown setting “%(name)s”; known: %(words)s"), file=path, name=name, words=words
        )
    if isinstance(defaults[name], tuple) and isinstance(value, list) and (value or name == "hosts"):
        return tuple(str(item) for item in value)
    too_few = name == "threads" and isinstance(value, int) and value < LEAST_THREADS
    if type(value) is not type(defaults[name]) or too_few:
        raise Usage(
            N_("%(file)s: “%(name)s” has a wrong value: %(value)s"), file=path, name=name, value=value
        )
    return value
