"""Publish, do what is owed, and give auditors the published cells."""

import json
import os
from pathlib import Path

import click

from sitelog.cli.frame import Group, a_date, counted, opened, sitelog
from sitelog.ground import clock
from sitelog.ground.access import OPERATOR

WRONG = 1


@sitelog.command("report")
@click.argument("kind")
@click.option("--on", "on", required=True, help="The site's day, YYYY-MM-DD.")
@click.option("--audience", default="funder", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Also write the file here.")
def report(kind: str, on: str, audience: str, out: Path | None) -> None:
    """Publish the report of a KIND, as "daily", that covers a day, if it is not out yet."""
    from sitelog.reports import actions

    with opened().app_context():
        release = actions.publish(kind, a_date(on), audience, by=OPERATOR, at=clock.now())
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

    with opened().app_context():
        done = runner.run_all(clock.now, told=lambda outcome: click.echo(str(outcome)))
        if any(outcome.error for outcome in done):
            raise click.exceptions.Exit(WRONG)


@jobs.command("list")
def jobs_list() -> None:
    """Every job with what it owes and what it last did."""
    from sitelog.jobs import queries

    with opened().app_context():
        for line in (*queries.listing(clock.now()), *queries.unsent()):
            click.echo(str(line))


@sitelog.group(cls=Group)
def export() -> None:
    """Data for audits."""


@export.command("cells")
@click.option("--audience", required=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--truth", is_flag=True, help="Also what was hidden; leaves an entry in the trail.")
@click.option("--reason", default="", help="Why the truth is exported; --truth takes one.")
def export_cells(audience: str, out: Path, truth: bool, reason: str) -> None:
    """Every published cell of every release of an audience, as JSON."""
    from sitelog.exports import cells

    with opened().app_context():
        found = cells.cells(audience, truth=truth, reason=reason, by=OPERATOR, at=clock.now())
        _write(out, json.dumps(found, ensure_ascii=False, indent=1))
        click.echo(f"{counted(len(found['cells']), 'cell')} in {out}")


def _write(out: Path, words: str) -> None:
    # What is hidden in a report may be in it: the file is for whoever asked, and nobody else here.
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        if hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), 0o600)
        file.write(words)
