"""Help at the door: signing in, a locked desk, the own password and PIN. It tells nothing about the site."""

from sitelog.ground.access import Permission
from sitelog.ground.words import N_
from sitelog.help.page import Page, Trouble, lines

SIGN_IN = Page(
    N_("Signing in, and a locked desk"),
    N_(
        "Who is at the desk is who its entries are by. A shared desk asks for a name "
        "and a PIN, everything else for a password."
    ),
    lines(
        N_("A shared desk: tap your name, type the six digits of your PIN. It opens with the last one."),
        N_(
            "No tiles are shown, or yours is not there: choose Someone else, and use name "
            "and password. Once a nurse or a site lead did so, this device is a desk and "
            "shows tiles."
        ),
        N_(
            "An overdose while the desk is locked: F8 or the red button. It starts at once; "
            "who it was is asked later."
        ),
    ),
    lines(
        N_(
            "The desk locks itself when nobody touches it for a while. The lock in the "
            "corner locks it at once."
        ),
        N_("Each enters under their own name. Changing over is a tap and a PIN."),
    ),
    (
        Trouble(
            N_("The PIN is wrong"),
            N_(
                "After 5 wrong tries this name waits 5 minutes. Everybody else can use the desk "
                "meanwhile, and F8 always works."
            ),
        ),
        Trouble(
            N_("You forgot the password or the PIN"),
            N_("Whoever keeps the accounts gives you a new password. With it you set a new PIN yourself."),
        ),
        Trouble(
            N_("You were writing when it locked"),
            N_("Your words are under the lock and are there after your PIN."),
        ),
        Trouble(
            N_("It says that what you entered is not saved yet"),
            N_("You were signed out before it arrived. Sign in, look at it, and tap Save it now."),
        ),
        Trouble(
            N_("There is no red button"),
            N_(
                "This browser is no registered desk. It becomes one when a nurse or a site lead "
                "signs in on it with a password."
            ),
        ),
    ),
    (
        N_("A response that was started from the lock is kept under the name of the desk."),
        N_("What was typed before the lock is not shown to anybody else."),
    ),
    (),
    ("response",),
)

ME = Page(
    N_("Your password and PIN"),
    N_("Change your own secrets, or sign out."),
    lines(
        N_("Type your password of today first."),
        N_("A new password has at least 10 characters. Every desk you are signed in on is signed out."),
    )
    + lines(N_("A new PIN has six digits that are not easy to guess."), may=Permission.LOG)
    + lines(N_("What you leave empty stays as it is.")),
    (),
    (
        Trouble(
            N_("Somebody saw your PIN or password"),
            N_(
                "Change it here at once. Entries made under your name are yours; tell your lead "
                "which were not."
            ),
        ),
        Trouble(
            N_("You do not know your password any more"),
            N_("Whoever keeps the accounts gives you a new one."),
        ),
    ),
    (N_("Nobody can read your password or PIN, not even whoever runs the machine."),),
    (),
    (),
)
