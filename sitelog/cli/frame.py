"""What every command stands in: the group, the instance it works on, and how it says no."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from flask import Flask

from sitelog import __version__
from sitelog.ground import clock
from sitelog.ground.access import OPERATOR
from sitelog.ground.errors import Usage
from sitelog.ground.settings import FILE, VARIABLE, instance_folder
from sitelog.ground.words import N_


class Command(click.Command):
    """A command that also takes `--instance`, so that it may stand before or after the verb."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(_instance_option())


class Group(click.Group):
    """A group whose commands are ours; it takes `--instance`, too."""

    command_class = Command
    group_class = type

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(_instance_option())


def _keep_instance(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.find_root().meta["instance"] = value


def _instance_option() -> click.Option:
    words = f"The instance's folder (else ${VARIABLE}, else ./instance)."
    return click.Option(["--instance"], expose_value=False, callback=_keep_instance, help=words)


@click.group(cls=Group, help="The log of a supervised consumption site.")
@click.version_option(__version__, prog_name="sitelog")
def sitelog() -> None:
    """Hold the commands."""


def chosen_folder() -> Path:
    """The instance named by the option, the environment, or nobody."""
    return instance_folder(click.get_current_context().find_root().meta.get("instance"))


def opened() -> Flask:
    """The instance that is there; one that is not gets the line that says how to make it."""
    from sitelog import instance

    folder = chosen_folder()
    if not (folder / FILE).exists():
        raise Usage(N_("There is no instance in %(folder)s: run “sitelog init” first."), folder=folder)
    return instance.open_app(folder)


def at_once(verb: Callable[[dict[str, Any]], Any]) -> Any:
    """Do one verb on the instance, now, as the operator."""
    with opened().app_context():
        return verb({"by": OPERATOR, "at": clock.now()})


def counted(n: int, noun: str) -> str:
    """How many of something: 1 row, 2 rows."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def a_date(words: str) -> date:
    """A date from the command line."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise Usage(N_("“%(words)s” is not a date like 2026-11-17."), words=words) from None


def an_instant(words: str) -> datetime:
    """An instant with its offset from the command line."""
    try:
        found = datetime.fromisoformat(words)
        if found.tzinfo is not None:
            return found
    except ValueError:
        pass
    raise Usage(N_("“%(words)s” is not an instant like 2026-11-17T18:42:00-05:00."), words=words)
