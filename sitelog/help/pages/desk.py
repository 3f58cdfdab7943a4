"""Help for the supervision desk: the board, the arrival sheet, a visit, corrections."""

from sitelog.ground.access import Permission
from sitelog.ground.words import N_
from sitelog.help.page import Page, Trouble, lines
from sitelog.help.pages.common import DESK, ENTRIES, KEPT, LOCKED, MISSING, OFFLINE, TOGETHER, TYPED

BOARD = Page(
    N_("The board"),
    N_(
        "Who waits, who is in which place and for how long, whose check is due, who is "
        "in aftercare. It is the same on every screen at once."
    ),
    lines(
        N_(
            "Somebody does not wake up? Hold Shift and press the key of the place. The "
            "response starts at once, without a question. Anywhere else: F8."
        ),
        N_("Amber means a check is due: press the key of the place when the person looks well."),
        N_("Violet means over time. It warns and blocks nothing."),
        N_(
            "Somebody comes in: A opens the arrival sheet. A free place takes the next who "
            "waits: press its key."
        ),
        N_("Somebody is done: D, then the key of the place. They are in aftercare and the place is free."),
    ),
    lines(
        N_(
            "To say more than “looks well”, tap the person's name and choose Check. There "
            "is room for oxygen, breaths and a note."
        ),
        N_(
            "A free place that cannot be used: tap the word Free and say why. It stays out "
            "of service until you tap Back in service."
        ),
        N_("Somebody goes while waiting: tap Left. The waiting time is kept."),
        N_(
            "N writes a note for the next shift. I enters an incident, S what was given and "
            "taken back, G a service."
        ),
    ),
    (
        Trouble(
            N_("Somebody else took the place first"),
            N_("You are told who sits there and which places are free. Nobody is seated twice."),
        ),
        Trouble(
            N_("You started a response by mistake"),
            N_("Open it and tap No overdose. It is struck and counts nowhere; one tap takes it up again."),
        ),
        Trouble(
            N_("You started a response while the server was away"),
            N_(
                "It stands at the top, dashed, with a clock from your tap on, and is sent as soon "
                "as the server answers. Keep the page open, and help the person."
            ),
        ),
        *DESK,
    ),
    (N_("Midnight empties nothing: whoever is here stays on the board."), *KEPT),
    ("everywhere", "board"),
    ("place", "check", "over_time", "aftercare", "response", "left_before_service", "alert"),
)

ARRIVE = Page(
    N_("The arrival sheet"),
    N_(
        "Lets somebody in: who, what, how, and to a place or the waiting list. A known "
        "person takes a few letters and Enter twice."
    ),
    lines(
        N_(
            "Type the first letters of the handle. Enter takes the person that is marked, "
            "with what they usually use."
        ),
        N_(
            "Somebody new: type the handle and press Enter; or F7, if it looks like one you "
            "know. Nobody named: F6."
        ),
        N_("Change what they use or how, if it is different today. Nothing ticked means it was not said."),
        N_(
            "Enter seats them in the place the button names. Ctrl+Enter puts them on the "
            "waiting list. Service only is for who uses no place."
        ),
    ),
    lines(
        N_(
            "An alert or a restriction of the person stands on the sheet before they are "
            "in. A restriction blocks nothing; you may say why you let them in."
        ),
        N_("They came earlier? Set the time at the top. It becomes a late entry with both times."),
        N_("Birth year, gender, a code: only if the person wants and the site keeps it, under About them."),
    ),
    (
        Trouble(
            N_("The person is here already"),
            N_("The sheet offers that visit, or another episode of it. Nobody is let in twice."),
        ),
        Trouble(
            N_("Several handles are alike"),
            N_("The sheet asks which one is meant, before anything is saved."),
        ),
        Trouble(
            N_("The place was taken while you typed"),
            N_("The sheet shows which places are free now, with everything you typed."),
        ),
        Trouble(
            N_("An overdose while the sheet is open"),
            N_("F8. The sheet keeps what you typed."),
        ),
        *DESK,
    ),
    KEPT,
    ("arrive", "everywhere"),
    ("access", "episode", "consumption", "handle", "anonymous", "agreement", "restriction", "late_entry"),
)

VISIT = Page(
    N_("A visit"),
    N_("Everything about one visit, from the door until the person leaves, and what can be done next."),
    lines(
        N_("The buttons at the top are what can follow now: a check, another place, aftercare, leaving."),
        N_("Every sheet has a time: leave it for now, or say when it really happened."),
        N_("Below are the entries, the first one first, each with who made it."),
    ),
    lines(
        N_(
            "Another episode of the same visit starts from aftercare. It counts as one more "
            "use, not as one more access."
        ),
        N_(
            "A service, a referral and an incident of this visit are entered from here, so "
            "that they belong together."
        ),
    ),
    (
        Trouble(
            N_("You seated, moved or checked the wrong person"),
            N_(
                "Choose Amend beside the entry and say it right, or strike it. Striking the "
                "arrival strikes the whole visit."
            ),
        ),
        Trouble(
            N_("They left and nobody noticed"),
            N_("Choose Leaves and give the time you believe. It stands as a late entry."),
        ),
        *DESK,
    ),
    KEPT,
    ("everywhere",),
    ("visit", "access", "episode", "consumption", "check", "aftercare", "late_entry", "amend"),
)

CORRECTIONS = Page(
    N_("Correcting an entry"),
    N_("Amend says an entry anew. Strike takes it out of every count. Both keep the first version readable."),
    lines(
        N_("Correct the field that is wrong and leave the others."),
        N_(
            "Choose the reason and save. Your name, the time and the reason stand beside "
            "the entry from now on."
        ),
        N_("It never happened? Choose to strike it instead."),
    ),
    lines(N_("You may correct your own entries, of today and of long ago."))
    + lines(N_("You may also correct the entries of others."), may=Permission.AMEND_ANY)
    + lines(
        N_(
            "A day that is published already gets a new version of its report. The old "
            "version stays, marked as replaced."
        ),
        N_("Striking a dose or a gift puts what it used back on the stock."),
    ),
    (
        Trouble(
            N_("You struck the wrong entry"),
            N_("A striking cannot be struck. Make the entry again, with the time it happened."),
        ),
        TOGETHER,
        MISSING,
        OFFLINE,
        LOCKED,
    ),
    (ENTRIES, TYPED),
    (),
    ("amend", "late_entry", "release", "chain"),
)
