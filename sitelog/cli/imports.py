"""Bring the past along: line lists as CSV, checked first, entered all or nothing."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from sitelog.cli.frame import chosen_folder, counted, opened, sitelog
from sitelog.ground import clock
from sitelog.ground.access import OPERATOR


@sitelog.command("import")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only say what is wrong; write nothing.")
@click.option("--template", is_flag=True, help="Write empty files with their columns into DIR instead.")
def bring(folder: Path, check: bool, template: bool) -> None:
    """Enter the CSV files of DIR as late entries; if one row is wrong, every wrong row is named."""
    from sitelog.imports import actions
    from sitelog.imports import template as pattern
    from sitelog.store.serving import alone

    if template and check:
        raise click.UsageError("--template writes files to fill, --check reads filled ones: one at a time.")
    app = opened()
    with app.app_context(), alone(chosen_folder()) as quiet:
        if template:
            for path in pattern.write(folder):
                click.echo(str(path))
            return
        words: dict[str, Any] = {"at": clock.now()}
        files: Sequence[tuple[str, int, int]]
        try:
            with _bars() as told:
                if check:
                    plan = actions.check_folder(folder, **words, told=told)
                    files, what = actions.outcome(plan), "to import, every row fits"
                else:
                    done = actions.bring_along(folder, by=OPERATOR, **words, told=told, served=not quiet)
                    files = done.files
                    what = f"imported ({done.ref})" if done.ref else "new: nothing was changed"
            _say(files, what)
        except actions.NotClean as unfit:
            for problem in unfit.problems:
                click.echo(str(problem), err=True)
            raise


def _say(files: Sequence[tuple[str, int, int]], what: str) -> None:
    for name, rows, new in files:
        click.echo(f"{name:<18} {rows:>8,} {'row ' if rows == 1 else 'rows'}  {new:>8,} new")
    click.echo(f"{counted(sum(new for _, _, new in files), 'row')} {what}")


@contextmanager
def _bars() -> Iterator[Any]:
    """A progress bar for each stage, one after the other."""
    open_bar: dict[str, Any] = {}

    def told(stage: str, done: int, of: int) -> None:
        if stage not in open_bar:
            _end(open_bar)
            bar = click.progressbar(length=of, label=f"{stage:<9}", file=sys.stderr)
            bar.update_min_steps = max(1, of // 200)
            open_bar[stage] = bar.__enter__(), [0]
        bar, at = open_bar[stage]
        bar.update(done - at[0])
        at[0] = done

    try:
        yield told
    finally:
        _end(open_bar)


def _end(open_bar: dict[str, Any]) -> None:
    for bar, _ in open_bar.values():
        bar.__exit__(None, None, None)
    open_bar.clear()
