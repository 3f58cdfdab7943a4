"""Help for what happens besides: incidents, drug alerts, the shift and its handover."""

from sitelog.ground.words import N_
from sitelog.help.page import Page, Trouble, lines
from sitelog.help.pages.common import DESK, KEPT

INCIDENTS = Page(
    N_("Incidents"),
    N_(
        "Everything else that happens: violence, a needlestick, police, a complaint, a "
        "substance left behind. An overdose is a response: F8."
    ),
    lines(
        N_("I, then the kind. Each kind asks only a few things, and most may stay empty."),
        N_(
            "Do what the kind lists as steps, and tick each: Done now, or with another "
            "time, a witness and how it went."
        ),
        N_("Close it when it is over. A step that is missing is shown and does not block."),
    ),
    lines(
        N_(
            "It belongs to a visit, a response or another incident: say so, and each page leads to the other."
        ),
        N_("A substance that was left behind: each step says who has it now, with a witness."),
        N_("Open ones stay in sight, here and in the handover, until somebody closes them."),
    ),
    DESK,
    KEPT,
    ("incidents", "everywhere"),
    ("incident", "custody", "response", "handover", "amend"),
)

ALERTS = Page(
    N_("Drug alerts"),
    N_(
        "A warning about what is sold now: what, since when, what the desk does. It is "
        "on every page until each has read it."
    ),
    lines(
        N_("A strip at the top? Read it and tap I have read it. Your name stands under Read by."),
        N_("W writes one: colour, street name, what the check found. No person, no seller."),
    ),
    lines(
        N_("It ends on the day that was set, or when somebody taps End it."),
        N_("Reworded, it asks everybody to read it again."),
        N_("It never covers a response that runs."),
    ),
    DESK,
    KEPT,
    ("alerts", "everywhere"),
    ("drug_alert", "alert", "amend"),
)

SHIFTS = Page(
    N_("The shift and the handover"),
    N_(
        "A shift is a stretch of time: who was on, what was checked, what was counted, "
        "and what the next shift must know."
    ),
    lines(
        N_(
            "Coming on: tap your role, then your name. Go through the opening check. What "
            "is missing is shown and never blocks."
        ),
        N_(
            "Going off: read the handover. It is drafted from the log; type over any line. "
            "Each is kept as you type."
        ),
        N_("Sign and hand over. The incoming lead picks their name, types their PIN, and has read it back."),
    ),
    lines(
        N_("What the log says now is offered beside a line you typed. Yours stays until you take it."),
        N_(
            "An entry was corrected, or a line typed, after the signature: the shift asks to be "
            "signed again and says what changed. Version 1 stays."
        ),
        N_("Any other stretch of time can be counted under All shifts."),
        N_("P prints it on A4."),
    ),
    (
        Trouble(
            N_("Somebody else typed in the same line"),
            N_("Their words stay and are shown to you with yours. Decide together, then type it once more."),
        ),
        Trouble(
            N_("The page says there are new entries"),
            N_("Tap to show them. What you typed stays."),
        ),
        *DESK,
    ),
    (N_("A shift may cross midnight or overlap another; nothing falls between two."), *KEPT),
    ("shifts", "everywhere"),
    ("shift", "handover", "read_back", "sign_off", "late_entry"),
)
