"""The `sitelog` command: every verb of the operator, one line on standard error when it says no."""

import os

import click
from sqlalchemy.exc import ArgumentError, DatabaseError

from sitelog.cli import accounts, imports, reports, site
from sitelog.cli.frame import sitelog
from sitelog.ground.errors import Broken, SitelogError

__all__ = ["accounts", "imports", "main", "reports", "site", "sitelog"]

DONE, WRONG, MISUSED = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 the thing checked is wrong, 2 wrong usage."""
    os.umask(0o077)  # whatever is made is for the site's own account alone
    try:
        # An exit that a command asked for comes back as a number, not as an exception.
        asked = sitelog.main(arguments, prog_name="sitelog", standalone_mode=False)
        return asked if isinstance(asked, int) else DONE
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return MISUSED
    except click.UsageError as error:
        return _say(error.format_message() + _where_it_says(error), MISUSED)
    except click.ClickException as error:
        return _say(error.format_message(), MISUSED)
    except Broken as error:
        return _say(str(error), WRONG)
    except SitelogError as error:
        return _say(str(error), MISUSED)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except BrokenPipeError:
        return WRONG
    except ArgumentError:
        return _say("sitelog.toml: “database” is no address, as postgresql+psycopg://name@host/site", MISUSED)
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        return _say("psycopg is not installed: pip install -r requirements-postgres.txt", MISUSED)
    except DatabaseError as error:
        return _say(f"the database does not open or answer: {error.orig}", WRONG)
    except OSError as error:
        return _say(f"{error.filename or 'a file'}: {error.strerror or error}", WRONG)
    except (click.Abort, KeyboardInterrupt):
        return _say("stopped", WRONG)


def _where_it_says(error: click.UsageError) -> str:
    return f" “{error.ctx.command_path} --help” says how it is called." if error.ctx else ""


def _say(words: str, code: int) -> int:
    click.echo("sitelog: " + " ".join(words.split()), err=True)
    return code
