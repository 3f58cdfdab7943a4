"""What may go wrong on every screen of the desk, and what is never lost there."""

from sitelog.ground.words import N_
from sitelog.help.page import Trouble

OFFLINE = Trouble(
    N_("The corner says Offline"),
    N_(
        "Nothing is saved until it says Live again. What you typed stays on the screen: "
        "keep the page open, then send it again."
    ),
)
TWICE = Trouble(N_("You tapped twice"), N_("A double tap is one entry. Go on."))
LOCKED = Trouble(
    N_("The desk locked itself while you typed"),
    N_(
        "Your words wait under the lock. Tap your name and type your PIN. F8 starts a "
        "response through the lock."
    ),
)
WRONG = Trouble(
    N_("You entered something wrong"),
    N_(
        "On the board, U takes your last entry back for a short while, usually two minutes. Later "
        "choose Amend beside the entry, or strike it there. Both versions stay, with the reason."
    ),
)
NOT_YOURS = Trouble(
    N_("The wrong entry is somebody else's"),
    N_("Its author can correct it, and so can a site lead."),
)
TOGETHER = Trouble(
    N_("Somebody else corrected the same entry first"),
    N_(
        "You are told what stands now. Nothing of theirs is overwritten; look, and "
        "correct that one if it is still wrong."
    ),
)
MISSING = Trouble(
    N_("A form comes back with words beside a field"),
    N_("Nothing was saved yet and nothing you typed is lost. Mend that field and send it again."),
)
DESK = (OFFLINE, WRONG, NOT_YOURS, TOGETHER, MISSING, TWICE, LOCKED)

ENTRIES = N_("No entry is ever deleted. What was amended or struck stays readable, with who, when and why.")
TYPED = N_("A sheet you close keeps what you typed until you open it again on this page.")
NOTES = N_("Notes are for the team. No published report has a note in it.")
KEPT = (ENTRIES, TYPED, NOTES)
