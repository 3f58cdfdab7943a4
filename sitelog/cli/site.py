"""Make a site, serve it, fill it with a simulation, check its chain."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from sitelog.cli.frame import an_instant, chosen_folder, counted, opened, sitelog
from sitelog.ground import clock
from sitelog.ground.errors import Broken, Usage
from sitelog.ground.settings import LAST_PORT
from sitelog.ground.words import N_

if TYPE_CHECKING:
    from sitelog.staff.actions import FreshAccount


class Whole(click.IntRange):
    """A whole number within bounds; what is none is told so in words."""

    name = "whole number"


# How a site starts of which nothing is said.
STARTS = {"name": "Juniper Street", "zone": "America/Toronto", "day_starts": "04:00"}


@sitelog.command()
@click.option("--name", show_default=STARTS["name"], help="What the site is called.")
@click.option("--zone", show_default=STARTS["zone"], help="Its time zone.")
@click.option("--day-starts", show_default=STARTS["day_starts"], help="When its day begins, local time.")
@click.option("--preset", help="Start as a jurisdiction does, as “ontario”; it says zone and day itself.")
def init(name: str | None, zone: str | None, day_starts: str | None, preset: str | None) -> None:
    """Make the instance: keys, database, first accounts. Can be run again."""
    from sitelog import instance

    folder = chosen_folder()
    said = {"name": name, "zone": zone, "day_starts": day_starts}
    asked = {word: value for word, value in said.items() if value is not None}
    if preset and (clock_of_its_own := {"zone", "day_starts"} & asked.keys()):
        left = " and ".join(f"--{word.replace('_', '-')}" for word in sorted(clock_of_its_own))
        raise Usage(N_("--preset says zone and day itself: leave out %(options)s."), options=left)
    made = instance.make(folder, **{**STARTS, **asked}, preset=preset, at=clock.now())
    if not made:
        instance.check_same(folder, asked)
        click.echo(f"{folder} was set up already; nothing was changed.")
        return
    click.echo(f"Made {folder}. A name, its password and, for the shared desk, a PIN, shown this once:")
    _tell(made)


@sitelog.command()
@click.option("--host", help="Address to listen on (else the settings file).")
@click.option("--port", type=Whole(0, LAST_PORT), help="Port to listen on; 0 takes a free one.")
def serve(host: str | None, port: int | None) -> None:
    """Serve the instance and wake the scheduler, until stopped."""
    from sitelog.app import settings_of
    from sitelog.serve import serve as run

    app = opened()
    settings = settings_of(app)
    chosen = settings.port if port is None else port
    run(app, host or settings.host, chosen, lambda url: click.echo(f"sitelog is served at {url}"))


@sitelog.command()
@click.option("--days", type=Whole(1, 366), default=14, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same data.")
@click.option("--visits-per-day", type=Whole(1, 1000), default=120, show_default=True)
@click.option("--end", help="The instant the simulation ends, ISO 8601 with an offset (default: now).")
def demo(days: int, seed: int, visits_per_day: int, end: str | None) -> None:
    """Fill an empty instance with a simulated site."""
    from sitelog.demo import check_empty, run

    app = opened()
    ends = an_instant(end) if end else clock.now()
    with app.app_context():
        check_empty()  # before a bar says that it has begun
        with click.progressbar(length=days, label="Simulating", file=sys.stderr) as bar:
            accounts = run(days, seed, visits_per_day, ends, progress=bar.update)
    click.echo("The simulated staff, with a password and, for the shared desk, a PIN, shown this once:")
    _tell(accounts)


@sitelog.command()
@click.argument("digest", required=False)
def verify(digest: str | None) -> None:
    """Walk the chain; print the number of links and the last digest, or the first broken link.

    With a DIGEST, as a report or an earlier walk has it, also the link it is of; none is wrong."""
    from sitelog.trail.walks import link_of, walk

    with opened().app_context():
        found = walk(at=clock.now())
        click.echo(f"{counted(found.count, 'link')}, digest {found.digest}")
        if not found.kept:
            click.echo("not kept for /trail: this database cannot be written; keep count and digest yourself")
        if digest and (link := link_of(digest)):
            click.echo(f"that digest is of link {link.seq}, entered {link.at:%Y-%m-%d %H:%M:%S} UTC")
        elif digest:
            raise Broken(N_("No link of the chain has that digest."))


@sitelog.command()
def states() -> None:
    """Print the state tables and the table of roles, as README shows them."""
    from sitelog import drawing

    click.echo(drawing.states())


@sitelog.command()
def words() -> None:
    """Print the words and what they mean, as README shows them."""
    from sitelog.help.words import table

    click.echo(table())


@sitelog.command()
@click.argument("words", nargs=-1, required=True)
def revision(words: tuple[str, ...]) -> None:
    """Write a migration from what the models say now; WORDS say what changed. For work on sitelog itself."""
    from sitelog.app import import_models
    from sitelog.store import schema

    import_models()
    click.echo(schema.draw(" ".join(words)))


def _tell(accounts: Iterable["FreshAccount"]) -> None:
    for account in accounts:
        click.echo(f"  {account.ref}  {account.name:<15} {account.role:<8} {account.password}  {account.pin}")
