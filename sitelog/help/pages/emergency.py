"""Help for the response page: what to tap, in which order, and what may be wrong without harm."""

from sitelog.ground.words import N_
from sitelog.help.page import Page, Trouble, lines
from sitelog.help.pages.common import ENTRIES, LOCKED, NOTES, OFFLINE, TOGETHER, TWICE, TYPED

RESPONSE = Page(
    N_("An overdose response"),
    N_("Every tap is one fact with its time. Help the person first; what is missing here can be said later."),
    lines(
        N_("Oxygen and breathing first. Tap what you did on the ladder; the time is now."),
        N_(
            "Naloxone: tap the dose. The ring counts from the last one. It warns when it is "
            "soon and never refuses."
        ),
        N_("Somebody called the ambulance? Tap Call under EMS. What EMS gives is kept apart from yours."),
        N_("Measure again and again: V types exact values, the pad takes one tap."),
        N_(
            "The person is safe: F9 to aftercare. Later Close lists what is missing. "
            "Unknown is an answer, and nothing on the list blocks."
        ),
    ),
    lines(
        N_(
            "It happened a while ago? Choose −1, −2, −5 or a time (T) before the tap. After "
            "that tap the next entry is now again."
        ),
        N_("L enters any step afterwards, with its time."),
        N_("Is it another kind of emergency? Tap another pathway at the top. Every entry stays."),
        N_("Two at once: F8 starts the second. Each tab shows the key that opens it, as F2 and F4."),
        N_("Where was it, and who does what: tap Where and the duties when there is a hand free."),
        N_("The list of all responses shows which still wait to be closed."),
    ),
    (
        Trouble(
            N_("It was no overdose"),
            N_(
                "Tap No overdose. The response counts nowhere; its entries stay readable, and "
                "one tap takes it up again."
            ),
        ),
        Trouble(
            N_("You tapped the wrong step"),
            N_(
                "U undoes your last one for a short while, usually two minutes. Later: open the "
                "timeline, Amend or strike."
            ),
        ),
        Trouble(
            N_("The server was away when you started"),
            N_(
                "The start is kept here with its time and sent by itself. Do not close the "
                "page. On paper, note the times of your steps and enter them with L."
            ),
        ),
        Trouble(
            N_("A typed time cannot be meant"),
            N_("The step is entered as of now and the page says so. Amend the time later."),
        ),
        Trouble(
            N_("A colleague taps on another screen at the same time"),
            N_("Both entries stand and both screens show them. If it was the same act, strike one."),
        ),
        Trouble(
            N_("You closed it too early"),
            N_("Strike the closing in the timeline; the response is open again."),
        ),
        OFFLINE,
        TWICE,
        LOCKED,
        Trouble(
            N_("The wrong entry is somebody else's"),
            N_(
                "While the response runs, all who work on it can correct it. Once it is closed, "
                "its author and a site lead can."
            ),
        ),
        TOGETHER,
    ),
    (
        ENTRIES,
        N_("The clock runs from the start, whatever page you are on."),
        N_("A dose takes its ampoule off the stock by itself, and striking it gives it back."),
        TYPED,
        NOTES,
    ),
    ("response", "everywhere"),
    ("response", "recognised", "pathway", "step", "vitals", "tier", "ems", "late_entry", "amend"),
)
