"""Publish, do what is owed, and give auditors the published cells."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any

import click

from sitelog.cli.frame import Group, a_date, counted, opened, sitelog
from sitelog.ground import clock
from sitelog.ground.access import OPERATOR
from sitelog.ground.errors import Broken, Usage
from sitelog.ground.words import N_

WRONG = 1


@sitelog.command("report")
@click.argument("kind")
@click.option("--on", "on", required=True, help="The site's day, YYYY-MM-DD.")
@click.option("--audience", default="funder", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Also write the file here.")
def report(kind: str, on: str, audience: str, out: Path | None) -> None:
    """Publish the report of a KIND, as "daily", that covers a day, if it is not out yet."""
    from sitelog.reports import actions

    with opened().app_context(), _writable(out) as file:
        release = actions.publish(kind, a_date(on), audience, by=OPERATOR, at=clock.now())
        path = actions.file_of(release)
        if file:
            _write(file, path.read_bytes(), f"{release.name} is published: {path}")
        click.echo(f"{release.name}  {release.sha256}  {out or path}")


@sitelog.group(cls=Group)
def jobs() -> None:
    """What the scheduler owes."""


@jobs.command("run")
def jobs_run() -> None:
    """Do all that is owed, then exit; 1 if a job failed."""
    from sitelog.jobs import queries, runner

    with opened().app_context():
        done = runner.run_all(clock.now, told=lambda outcome: click.echo(str(outcome)))
        if not done:
            waiting = sum(len(one.owed) for one in queries.listing(clock.now()))
            why = "being done by a server or resting after a failure: “sitelog jobs list” says which."
            click.echo(f"Nothing to do now; {waiting:,} owed, {why}" if waiting else "Nothing is owed.")
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

    if reason and not truth:
        raise click.UsageError("--reason says why the truth is exported: it needs --truth.")
    with opened().app_context(), _writable(out) as file:
        found = cells.cells(audience, truth=truth, reason=reason, by=OPERATOR, at=clock.now())
        if hasattr(os, "fchmod"):
            # What is hidden in a report may be in it: the file is for whoever asked, and nobody else here.
            os.fchmod(file.fileno(), 0o600)
        words = json.dumps(found, ensure_ascii=False, indent=1)
        _write(file, words.encode(), "the export is in the trail" if truth else "")
        click.echo(f"{counted(len(found['cells']), 'cell')} in {out}")


@contextmanager
def _writable(out: Path | None) -> Iterator[Any]:
    """The file, open before anything is entered; one that was made for what is then refused goes again."""
    if out is None:
        yield None
        return
    fresh = not out.exists()
    try:
        # Without a buffer: what is written has arrived, or says why not.
        file = out.open("ab", buffering=0)
    except OSError as error:
        words = N_("%(file)s cannot be written: %(why)s. Choose another place with --out.")
        raise Usage(words, file=out, why=error.strerror) from error
    try:
        with file:
            yield file
    except Exception:
        if fresh and out.is_file():
            out.unlink()
        raise


def _write(file: FileIO, content: bytes, entered: str) -> None:
    """Write what was made; where that fails, say also what has been `entered` by then."""
    try:
        if Path(file.name).is_file():
            file.truncate(0)
        rest = memoryview(content)
        while rest:
            rest = rest[file.write(rest) :]
    except OSError as error:
        if not entered:
            raise
        words = N_("%(file)s could not be written: %(why)s. But %(entered)s.")
        raise Broken(words, file=file.name, why=error.strerror, entered=entered) from error
