"""Draws the state tables and the table of roles as Markdown, from the code that uses them."""

from collections.abc import Iterable, Mapping

from sitelog.board.rules import STATE_NAMES
from sitelog.ground.access import ROLE_NAMES, ROLES, Permission, Role
from sitelog.referrals import rules as referrals
from sitelog.responses import rules as responses
from sitelog.visits import rules as visits

Arrow = tuple[str, str, str]


def states() -> str:
    """Every state table of sitelog; README holds what this prints."""
    climbs = [(here, there, there) for here, after in referrals.NEXT.items() for there in after]
    parts = [
        ("A visit", _diagram(visits.STATES, visits.TRANSITIONS)),
        ("A response", _diagram(responses.STATES, responses.TRANSITIONS)),
        ("A referral", _ladder(referrals.RUNGS, climbs)),
        ("A place, the first that is true", " > ".join(STATE_NAMES.values())),
        ("Roles", _roles()),
    ]
    return "\n\n".join(f"**{title}**\n\n{body}" for title, body in parts)


def _diagram(names: Mapping[str, str], arrows: Iterable[Arrow]) -> str:
    lines = [f"    {code}: {name}" for code, name in names.items()]
    lines += [f"    {here} --> {there}: {verb.replace('_', ' ')}" for here, verb, there in arrows]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def _ladder(names: Mapping[str, str], climbs: Iterable[Arrow]) -> str:
    after: dict[str, list[str]] = {code: [] for code in names}
    for here, _, there in climbs:
        after[here].append(names[there].lower())
    rows = [f"| {names[code]} | {', '.join(next_ones) or '–'} |" for code, next_ones in after.items()]
    return "\n".join(["| rung | what may follow |", "|---|---|", *rows])


def _roles() -> str:
    shown = [role for role in Role if role is not Role.SYSTEM]
    head = "| may | " + " | ".join(ROLE_NAMES[role] for role in shown) + " |"
    rows = [
        f"| {permission.replace('_', ' ')} | "
        + " | ".join("yes" if permission in ROLES[role] else "" for role in shown)
        + " |"
        for permission in Permission
    ]
    return "\n".join([head, "|---" * (len(shown) + 1) + "|", *rows])
