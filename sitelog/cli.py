"""The `sitelog` command: every verb of the operator, one line on standard error when it says no."""

import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from flask import Flask

from sitelog import __version__
from sitelog.ground import clock
from sitelog.ground.access import OPERATOR
from sitelog.ground.errors import SitelogError, Usage
from sitelog.ground.settings import FILE, VARIABLE, instance_folder
from sitelog.ground.words import N_

DONE, WRONG, MISUSED = 0, 1, 2


class Command(click.Command):
    """A command that also takes `--instance`, so that it may stand before or after the verb."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(_instance_option())


class Group(click.Group):
    """A group whose commands are ours."""

    command_class = Command
    group_class = type


def _keep_instance(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.find_root().meta["instance"] = value


def _instance_option() -> click.Option:
    words = f"The instance's folder (else ${VARIABLE}, else ./instance)."
    return click.Option(["--instance"], expose_value=False, callback=_keep_instance, help=words)


@click.group(cls=Group, params=[_instance_option()], help="The log of a supervised consumption site.")
@click.version_option(__version__, prog_name="sitelog")
def sitelog() -> None:
    """Hold the commands."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 the thing checked is wrong, 2 wrong usage."""
    try:
        sitelog.main(arguments, prog_name="sitelog", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return MISUSED
    except click.ClickException as error:
        return _say(error.format_message(), MISUSED)
    except Usage as error:
        return _say(str(error), MISUSED)
    except SitelogError as error:
        return _say(str(error), WRONG)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _say("stopped", WRONG)
    except BrokenPipeError:
        return WRONG
    return DONE


def _say(words: str, code: int) -> int:
    click.echo("sitelog: " + " ".join(words.split()), err=True)
    return code


def _folder() -> Path:
    return instance_folder(click.get_current_context().find_root().meta.get("instance"))


def _app() -> Flask:
    """The instance that is there; one that is not gets the line that says how to make it."""
    from sitelog import instance

    folder = _folder()
    if not (folder / FILE).exists():
        raise Usage(N_("There is no instance in %(folder)s: run “sitelog init” first."), folder=folder)
    return instance.open_app(folder)


@sitelog.command()
@click.option("--name", default="Juniper Street", show_default=True, help="What the site is called.")
@click.option("--zone", default="America/Toronto", show_default=True, help="Its time zone.")
@click.option("--day-starts", default="04:00", show_default=True, help="When its day begins, local time.")
def init(name: str, zone: str, day_starts: str) -> None:
    """Make the instance: keys, database, first accounts. Can be run again."""
    from sitelog import instance

    folder = _folder()
    made = instance.make(folder, name=name, zone=zone, day_starts=day_starts, at=clock.now())
    if not made:
        click.echo(f"{folder} was set up already; nothing was changed.")
        return
    click.echo(f"Made {folder}. These passwords are shown this once:")
    for account in made:
        click.echo(f"  {account.ref}  {account.name:<15} {account.role:<8} {account.password}")


@sitelog.command()
@click.option("--host", help="Address to listen on (else the settings file).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
def serve(host: str | None, port: int | None) -> None:
    """Serve the instance and wake the scheduler, until stopped."""
    from sitelog.app import settings_of
    from sitelog.serve import serve as run

    app = _app()
    settings = settings_of(app)
    chosen = settings.port if port is None else port
    run(app, host or settings.host, chosen, lambda url: click.echo(f"sitelog is served at {url}"))


@sitelog.command()
@click.option("--days", type=click.IntRange(1, 366), default=14, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same data.")
@click.option("--visits-per-day", type=click.IntRange(1, 1000), default=120, show_default=True)
@click.option("--end", help="The instant the simulation ends, ISO 8601 with an offset (default: now).")
def demo(days: int, seed: int, visits_per_day: int, end: str | None) -> None:
    """Fill an empty instance with a simulated site."""
    from sitelog.demo import run

    app = _app()
    ends = _instant(end) if end else clock.now()
    with app.app_context(), click.progressbar(length=days, label="Simulating", file=sys.stderr) as bar:
        accounts = run(days, seed, visits_per_day, ends, progress=bar.update)
    click.echo("The simulated staff; passwords and PINs are shown this once:")
    for account in accounts:
        click.echo(f"  {account.ref}  {account.name:<12} {account.role:<8} {account.password}  {account.pin}")


@sitelog.group(cls=Group)
def report() -> None:
    """Make a report."""


@report.command("daily")
@click.option("--on", "on", required=True, help="The site's day, YYYY-MM-DD.")
@click.option("--audience", default="funder", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Also write the file here.")
def report_daily(on: str, audience: str, out: Path | None) -> None:
    """Publish one day's incident report, if it is not out yet."""
    from sitelog.reports import actions

    with _app().app_context():
        release = actions.publish("daily", _date(on), audience, by=OPERATOR, at=clock.now())
        path = actions.file_of(release)
        if out:
            out.write_bytes(path.read_bytes())
        click.echo(f"{release.name}  {release.sha256}  {out or path}")


@sitelog.group(cls=Group)
def jobs() -> None:
    """What the scheduler owes."""


@jobs.command("run")
def jobs_run() -> None:
    """Do all that is owed, then exit; 1 if a job failed."""
    from sitelog.jobs import runner

    with _app().app_context():
        done = runner.run_all(clock.now, told=lambda outcome: click.echo(str(outcome)))
        if any(outcome.error for outcome in done):
            raise click.exceptions.Exit(WRONG)


@jobs.command("list")
def jobs_list() -> None:
    """Every job with what it owes and what it last did."""
    from sitelog.jobs import queries

    with _app().app_context():
        for line in queries.listing(clock.now()):
            click.echo(str(line))


@sitelog.command()
def verify() -> None:
    """Walk the chain; print the number of links and the last digest, or the first broken link."""
    from sitelog.trail.verify import verify as walk

    with _app().app_context():
        found = walk()
        click.echo(f"{found.count} links, digest {found.digest}")


@sitelog.command()
def states() -> None:
    """Print the state tables and the table of roles, as README shows them."""
    from sitelog import drawing

    click.echo(drawing.states())


@sitelog.group(cls=Group)
def account() -> None:
    """The accounts of staff and funders."""


@account.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(["nurse", "lead", "funder", "admin"]), required=True)
@click.option("--initials", help="Two letters (else from the name).")
@click.option("--audience", help="The shelf a funder reads: an audience of the site, as “funder”.")
def account_add(name: str, role: str, initials: str | None, audience: str | None) -> None:
    """Add an account; its password is printed this once."""
    from sitelog.staff import actions
    from sitelog.staff.hashes import fresh_password

    words: dict[str, Any] = {"initials": initials or "", "audience": audience, "password": fresh_password()}
    made = _at_once(lambda when: actions.add_account(name, role, **words, **when))
    click.echo(f"{made.ref}  {name}  {role}  {words['password']}")


@account.command("list")
def account_list() -> None:
    """Every account, disabled ones too."""
    from sitelog.staff import queries

    with _app().app_context():
        for one in queries.accounts():
            state = "active" if one.active else "disabled"
            click.echo(f"{one.ref}  {one.name:<20} {one.initials:<3} {one.role:<7} {state}")


@account.command("disable")
@click.argument("ref")
def account_disable(ref: str) -> None:
    """Close an account at once, with its open sessions."""
    from sitelog.staff import actions

    _at_once(lambda when: actions.disable(ref, **when))
    click.echo(f"{ref} is disabled; its sessions are closed.")


@account.command("reset")
@click.argument("ref")
def account_reset(ref: str) -> None:
    """Give an account a new password, printed this once."""
    from sitelog.staff import actions
    from sitelog.staff.hashes import fresh_password

    password = fresh_password()
    _at_once(lambda when: actions.reset_password(ref, password, **when))
    click.echo(f"{ref}  {password}")


@sitelog.group(cls=Group)
def export() -> None:
    """Data for audits."""


@export.command("cells")
@click.option("--audience", required=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--truth", is_flag=True, help="Also what was hidden; leaves an entry in the trail.")
@click.option("--reason", default="audit", show_default=True, help="Why the truth is exported.")
def export_cells(audience: str, out: Path, truth: bool, reason: str) -> None:
    """Every published cell of every release of an audience, as JSON."""
    from sitelog.exports import cells

    with _app().app_context():
        found = cells.cells(audience, truth=truth, reason=reason, by=OPERATOR, at=clock.now())
        out.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
        click.echo(f"{len(found['cells'])} cells in {out}")


def _at_once(verb: Callable[[dict[str, Any]], Any]) -> Any:
    with _app().app_context():
        return verb({"by": OPERATOR, "at": clock.now()})


def _date(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise Usage(N_("“%(words)s” is not a date like 2026-11-17."), words=words) from None


def _instant(words: str) -> datetime:
    try:
        found = datetime.fromisoformat(words)
        if found.tzinfo is not None:
            return found
    except ValueError:
        pass
    raise Usage(N_("“%(words)s” is not an instant like 2026-11-17T18:42:00-05:00."), words=words)
