"""The accounts of staff and funders."""

from typing import Any

import click

from sitelog.cli.frame import Group, at_once, opened, sitelog
from sitelog.staff.rules import DESK_ROLES, PERSON_ROLES


@sitelog.group(cls=Group)
def account() -> None:
    """The accounts of staff and funders."""


@account.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([str(role) for role in PERSON_ROLES]), required=True)
@click.option("--initials", help="Two letters (else from the name).")
@click.option("--audience", help="The shelf a funder reads: an audience of the site, as “funder”.")
def account_add(name: str, role: str, initials: str | None, audience: str | None) -> None:
    """Add an account; its password is printed this once."""
    from sitelog.reports import audiences
    from sitelog.site import queries as site
    from sitelog.staff import actions
    from sitelog.staff.hashes import fresh_password

    def add(when: dict[str, Any]) -> Any:
        if audience:
            audiences.check(site.book(), audience)
        return actions.add_account(name, role, **words, **when)

    words: dict[str, Any] = {"initials": initials or "", "audience": audience, "password": fresh_password()}
    made = at_once(add)
    click.echo(f"{made.ref}  {name}  {role}  {words['password']}")
    if role in DESK_ROLES:
        click.echo(
            "Next, at the desk: sign in with this password, then set a PIN under “My password and PIN” (/me)."
        )


@account.command("list")
def account_list() -> None:
    """Every account, disabled ones too."""
    from sitelog.staff import queries

    with opened().app_context():
        for one in queries.accounts():
            state = "active" if one.active else "disabled"
            click.echo(f"{one.ref}  {one.name:<20} {one.initials:<3} {one.role:<7} {state}")


@account.command("disable")
@click.argument("ref")
def account_disable(ref: str) -> None:
    """Close an account at once, with its open sessions."""
    from sitelog.staff import actions

    at_once(lambda when: actions.disable(ref, **when))
    click.echo(f"{ref} is disabled; its sessions are closed.")


@account.command("reset")
@click.argument("ref")
def account_reset(ref: str) -> None:
    """Give an account a new password, printed this once."""
    from sitelog.staff import actions, queries
    from sitelog.staff.hashes import fresh_password

    def reset(when: dict[str, Any]) -> bool:
        actions.reset_password(ref, password, **when)
        return queries.account(ref).active

    password = fresh_password()
    active = at_once(reset)
    click.echo(f"{ref}  {password}")
    if not active:
        click.echo(f"{ref} is disabled and stays so; an administrator enables it under Accounts.")
