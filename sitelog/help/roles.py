"""A help page for each role: what their day with sitelog is, and what they may do."""

from sitelog.ground.access import ROLES, Actor, Role
from sitelog.ground.words import N_
from sitelog.help.page import Page, Trouble, lines
from sitelog.help.pages.common import ENTRIES, LOCKED, NOTES, OFFLINE, WRONG

NURSE = Page(
    N_("For a nurse or responder"),
    N_(
        "You log what happens at the desk, as it happens. In an emergency the person "
        "comes first; sitelog never argues with you."
    ),
    lines(
        N_(
            "Come on: tap your name, type your PIN. On the page Shift tap your role and "
            "name, and go through the opening check."
        ),
        N_(
            "Keep the board open. A lets somebody in, the key of a place checks it, D and "
            "the key sends to aftercare."
        ),
        N_(
            "Overdose: Shift and the key of the place, or F8 anywhere. Then tap what you "
            "do: oxygen and breathing first."
        ),
        N_(
            "Close each response, referral and incident when there is time. What is missing "
            "is listed and never blocks."
        ),
        N_("Go off: read the handover, type over what is not right, sign it; the next shift reads it back."),
    ),
    lines(
        N_(
            "Enter late what you could not enter in time: each sheet has a time. Late and "
            "true is better than on time and guessed."
        ),
        N_("Ask nobody for a name. A handle, a code or nothing is fine."),
        N_("Not known is an answer. Leave empty what nobody told you."),
    ),
    (
        OFFLINE,
        WRONG,
        LOCKED,
        Trouble(
            N_("You forgot how something works"),
            N_("Press ? on any page, or tap the sign with the question mark. Nothing you typed is lost."),
        ),
    ),
    (ENTRIES, NOTES),
    ("everywhere", "board"),
    ("access", "episode", "response", "late_entry", "amend", "handover"),
)
LEAD = Page(
    N_("For a site lead"),
    N_(
        "Everything a nurse does, and: you correct others' entries, keep the register, "
        "look after reports and set up the site."
    ),
    lines(
        N_("In the morning: open Shift. Which shifts want a signature, what is open, what runs out."),
        N_("Responses without an outcome and incidents that are open: ask, and close them."),
        N_("Reports: is yesterday published? Jobs says what is owed or failing, and why."),
    ),
    lines(
        N_(
            "Correct an entry of anybody: Amend beside it, with the reason. A published day "
            "gets a new version."
        ),
        N_(
            "Merge two registrations, lift a restriction, forget a person who asks for it: "
            "on the person's page."
        ),
        N_("Change lists, limits, times and keys under Settings, from now or from a day to come."),
    ),
    (
        OFFLINE,
        Trouble(
            N_("A report is published and an entry of that day was wrong"),
            N_(
                "Correct the entry. The report gets its next version by itself; the old one "
                "stays, marked as superseded."
            ),
        ),
        Trouble(
            N_("Two registrations were merged wrongly"),
            N_(
                "Strike the entry of the merge on the person's page. They are two people again, "
                "each with their history."
            ),
        ),
        Trouble(
            N_("Somebody was forgotten by mistake"),
            N_("That cannot be taken back, by anybody. Their visits stay under the number."),
        ),
    ),
    (ENTRIES, NOTES),
    ("everywhere",),
    ("merge", "forget", "sign_off", "release", "audience", "k", "retire"),
)
FUNDER = Page(
    N_("For a funder or health authority"),
    N_("You read the published reports of your audience. You see no person, no entry and no board."),
    lines(
        N_("Choose a day in the calendar and open its PDF."),
        N_("Look at the version: a newer one replaces an older one and says what changed."),
        N_(
            "Read the definitions in the report before you compare: accesses, episodes, "
            "consumptions and people are four counts that are never added."
        ),
    ),
    lines(
        N_("A range as 0–4 holds the true number, zero included. Do not replace it by its middle."),
        N_("Not recorded is not zero. It means nobody entered it."),
    ),
    (
        Trouble(
            N_("A report is missing or looks wrong"),
            N_("Ask the site. It can correct its entries; the report then gets a new version."),
        ),
    ),
    (N_("What was published stays on the shelf, every version of it."),),
    (),
    (
        "access",
        "episode",
        "consumption",
        "tier",
        "range",
        "not_recorded",
        "withheld",
        "k",
        "release",
        "audience",
    ),
)
ADMIN = Page(
    N_("For an administrator"),
    N_(
        "You keep accounts, desks and settings, and see whether the jobs run. You see "
        "no participant and no entry about one."
    ),
    lines(
        N_("Accounts: let people in, give new passwords, disable who leaves, remove a desk that is lost."),
        N_("Jobs: is everything up to date? Failing says why."),
        N_(
            "Settings: lists, limits, languages. Agree with the site lead before you change "
            "what the desk sees."
        ),
    ),
    lines(N_("What is set on the machine itself stands in its settings file; README explains it.")),
    (
        Trouble(
            N_("Nobody can sign in"),
            N_("On the machine, “sitelog account reset” gives an account a new password."),
        ),
    ),
    (N_("No account and no setting is ever deleted; each change says who made it."),),
    (),
    ("retire", "audience", "k", "release"),
)

PAGES: dict[Role, Page] = {
    Role.NURSE: NURSE,
    Role.LEAD: LEAD,
    Role.FUNDER: FUNDER,
    Role.ADMIN: ADMIN,
}


def readable(actor: Actor) -> dict[Role, Page]:
    """The own role's page first, then those of roles that may do nothing the reader may not."""
    own = sorted(PAGES, key=lambda role: role is not actor.role)
    return {role: PAGES[role] for role in own if ROLES[role] <= ROLES[actor.role]}
