"""Help for people and what they are given: the register, supplies, services, referrals, the directory."""

from sitelog.ground.access import Permission
from sitelog.ground.words import N_
from sitelog.help.page import Page, Trouble, lines
from sitelog.help.pages.common import DESK, KEPT, MISSING, OFFLINE

PEOPLE = Page(
    N_("People: the register"),
    N_("Who is known here, by what they want to be called. Nobody has to give a name, a code or an answer."),
    lines(
        N_(
            "Find somebody: type a handle, a code or a number as P0012. Small mistakes of "
            "spelling are forgiven."
        ),
        N_("Open the person. What staff should know stands first: alerts, restrictions, the agreement."),
        N_("Arrives lets them in from here."),
    ),
    lines(
        N_(
            "Alert: facts that help at a check and in a response. It shows at the door, on "
            "the board and in a response."
        ),
        N_(
            "Restriction: from when to when, why, and who decided. It blocks nothing: it is read at the door."
        ),
        N_("Old words of a handle are erased when you write a new one."),
    )
    + lines(
        N_(
            "Two registrations of one person: The same person as. Both histories stay; "
            "strike the entry and they are two again."
        ),
        N_("Lift a restriction before its last day, with a note why."),
        N_(
            "Somebody asks to be forgotten: Forget this person. Read the list of what goes: "
            "it cannot be taken back by anybody."
        ),
        may=Permission.MANAGE_PEOPLE,
    ),
    (
        Trouble(
            N_("Two people have the same handle"),
            N_("One handle is one person. Ask what else they want to be called."),
        ),
        Trouble(
            N_("A page says that words are still being erased"),
            N_(
                "Somebody was reading the database at that moment. The program tries again by "
                "itself until it is done."
            ),
        ),
        *DESK,
    ),
    (
        N_(
            "Visits of somebody who was forgotten stay under the number and are counted as "
            "before; the words are gone for good."
        ),
        *KEPT,
    ),
    ("everywhere",),
    ("register", "handle", "anonymous", "agreement", "alert", "restriction", "merge", "forget"),
)

SUPPLIES = Page(
    N_("Supplies"),
    N_("What is given and taken back, kits, stock by lot, and the oxygen cylinders."),
    lines(
        N_(
            "S on the board, or Give and take back here: count with + and −, then save. It "
            "needs no visit and no person."
        ),
        N_("Taken back: say how the number is known. More may come back than was given."),
        N_(
            "New stock: Received, with lot and expiry. The shelf differs from the screen: "
            "Count, and type what lies there."
        ),
    ),
    lines(
        N_("Naloxone kits have a sheet of their own: form, training, why again."),
        N_("The words in the bar say what runs out, expires or is nearly empty. Tap them to come here."),
        N_("An item that nobody counts says not counted. That is not zero."),
        N_("Tap an item to see everything that moved it."),
    ),
    (
        Trouble(
            N_("The screen says that more went than came"),
            N_("Nothing was refused at the desk. Count the shelf once and it is right again."),
        ),
        *DESK,
    ),
    (
        N_(
            "On hand is added up from the moves that stand. Nobody types it, so a "
            "correction always reaches it."
        ),
        *KEPT,
    ),
    ("everywhere",),
    ("exchange", "kit", "lot", "on_hand", "not_recorded", "amend"),
)

SERVICES = Page(
    N_("Services"),
    N_(
        "What is given at the site itself: education, wound care, tests, drug checking, "
        "a meal. A way to somewhere else is a referral."
    ),
    lines(
        N_("The frequent ones are one tap: it is entered now, with nobody named."),
        N_("For somebody who is here, tap it on the page of their visit."),
        N_("A name with … asks for more first. Of a test nothing says what it showed."),
    ),
    lines(
        N_("Plan a session, and afterwards tell that it was held and how many came; or cancel it."),
        N_("A session that is over and not closed says so until somebody does."),
    ),
    DESK,
    KEPT,
    ("everywhere",),
    ("service", "referral", "late_entry", "amend"),
)

REFERRALS = Page(
    N_("Referrals and the letter"),
    N_(
        "The way to another service, as a ladder: offered, accepted, made, attended. It "
        "shows whom to ask again today."
    ),
    lines(
        N_(
            "On the left is what is due, the oldest first. Open one and tap what came of "
            "it. All answers weigh the same; unknown is one."
        ),
        N_(
            "A new one: R, type the handle or leave it empty, tap the service in the "
            "directory. It is offered now."
        ),
        N_("Choose when to ask again. It shows on the board when the person is here on that day."),
    ),
    lines(
        N_("Made: say how, as a warm handover, by phone, by letter, by themselves."),
        N_("Attended means seen for an assessment there, not only sent."),
        N_(
            "Letter makes a page (PDF) to take along. What you type on it is printed and "
            "kept nowhere; the log is not in it."
        ),
    ),
    (
        Trouble(
            N_("A rung was left out"),
            N_("It says not recorded. Nothing blocks; enter it with its time if you learn it."),
        ),
        Trouble(
            N_("You tapped the wrong answer"),
            N_("The pen beside the rung amends it, or strikes it."),
        ),
        *DESK,
    ),
    (
        N_("A referral keeps what it was offered as, whatever changes in the directory."),
        *KEPT,
    ),
    ("referrals", "everywhere"),
    ("referral", "warm_handover", "attended", "uptake", "not_recorded", "amend"),
)

DIRECTORY = Page(
    N_("The directory of services"),
    N_("The services elsewhere that this site refers to, and what is free at each today."),
    lines(
        N_(
            "You asked a service what is free: Free today, in a few words. It shows beside "
            "the service when you refer."
        ),
        N_("A service with seats to give away counts them down by itself."),
        may=Permission.REFER,
    )
    + lines(
        N_("Add a service, or change one: kind, contact, opening, who can come."),
        N_("A service that is no more: retire it. It can be brought back."),
        may=Permission.CONFIGURE,
    ),
    (),
    (
        Trouble(
            N_("A service is wrong or missing"),
            N_("A site lead or an administrator changes the directory."),
        ),
        MISSING,
        OFFLINE,
    ),
    (N_("Nothing is deleted here. Old referrals keep the words they were offered with."),),
    ("everywhere",),
    ("referral", "retire"),
)
