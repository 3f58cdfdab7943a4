"""Who may do what: roles and permissions as one table a nurse could read."""

from dataclasses import dataclass
from enum import StrEnum

from sitelog.ground.words import N_


class Role(StrEnum):
    """What a person is at the site; `desk` is a registered, locked desk, `system` the program itself."""

    NURSE = "nurse"
    LEAD = "lead"
    FUNDER = "funder"
    ADMIN = "admin"
    DESK = "desk"
    SYSTEM = "system"


class Permission(StrEnum):
    """One thing that can be allowed."""

    READ_BOARD = "read_board"
    LOG = "log"
    START_RESPONSE = "start_response"
    RESPOND = "respond"
    REFER = "refer"
    MANAGE_PEOPLE = "manage_people"
    AMEND_ANY = "amend_any"
    READ_TRAIL = "read_trail"
    READ_REPORTS = "read_reports"
    PUBLISH = "publish"
    READ_JOBS = "read_jobs"
    CONFIGURE = "configure"
    MANAGE_ACCOUNTS = "manage_accounts"
    EXPORT_CELLS = "export_cells"
    EXPORT_TRUTH = "export_truth"


P = Permission
_DESK_WORK = frozenset({P.READ_BOARD, P.LOG, P.START_RESPONSE, P.RESPOND, P.REFER})

# What a permission is of no use without: its pages lead on to what the others open.
NEEDS: dict[Permission, frozenset[Permission]] = {
    # Every button of the board enters something, and what was entered leads back to the board.
    P.READ_BOARD: frozenset({P.LOG}),
    # Whoever is at the desk may meet an emergency.
    P.LOG: frozenset({P.READ_BOARD, P.START_RESPONSE}),
    # A response that was started is answered with its page.
    P.START_RESPONSE: frozenset({P.RESPOND}),
    P.RESPOND: frozenset({P.LOG, P.START_RESPONSE}),
    P.REFER: frozenset({P.LOG}),
    P.MANAGE_PEOPLE: frozenset({P.LOG}),
    P.AMEND_ANY: frozenset({P.LOG}),
    P.PUBLISH: frozenset({P.READ_REPORTS}),
    P.EXPORT_TRUTH: frozenset({P.EXPORT_CELLS}),
}


def checked(role: Role, allowed: frozenset[Permission]) -> frozenset[Permission]:
    """What a role is allowed; ValueError, and so no site that starts, where it could only half do a thing.

    A locked desk is the exception: it starts a response and asks who it is before it shows anything.
    """
    for one in sorted(allowed if role is not Role.DESK else ()):
        if missing := NEEDS.get(one, frozenset()) - allowed:
            raise ValueError(f"{role}: {one} is of no use without {', '.join(sorted(missing))}")
    return allowed


_ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.NURSE: _DESK_WORK | {P.READ_REPORTS},
    Role.LEAD: _DESK_WORK
    | {P.AMEND_ANY, P.READ_TRAIL, P.READ_REPORTS, P.PUBLISH, P.READ_JOBS, P.CONFIGURE}
    | {P.EXPORT_CELLS, P.EXPORT_TRUTH, P.MANAGE_PEOPLE},
    Role.FUNDER: frozenset({P.READ_REPORTS}),
    # An administrator keeps accounts and machines running and needs no sight of a participant.
    Role.ADMIN: frozenset({P.MANAGE_ACCOUNTS, P.CONFIGURE, P.READ_JOBS, P.READ_TRAIL}),
    Role.DESK: frozenset({P.START_RESPONSE}),
    Role.SYSTEM: frozenset(Permission),
}
ROLES: dict[Role, frozenset[Permission]] = {role: checked(role, may) for role, may in _ALLOWED.items()}

ROLE_NAMES: dict[Role, str] = {
    Role.NURSE: N_("nurse"),
    Role.LEAD: N_("site lead"),
    Role.FUNDER: N_("funder"),
    Role.ADMIN: N_("administrator"),
    Role.DESK: N_("locked desk"),
    Role.SYSTEM: N_("sitelog"),
}


@dataclass(frozen=True)
class Actor:
    """Whoever an entry is made by; `audience` is the shelf a funder reads."""

    ref: str
    name: str
    initials: str
    role: Role
    audience: str | None = None

    def can(self, permission: Permission) -> bool:
        """Whether this actor's role allows a thing."""
        return permission in ROLES[self.role]


SCHEDULER = Actor("scheduler", "sitelog", "–", Role.SYSTEM)
OPERATOR = Actor("operator", "sitelog command", "–", Role.SYSTEM)
