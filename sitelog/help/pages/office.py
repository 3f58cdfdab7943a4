"""Help away from the desk: reports, jobs, settings, accounts, the past brought along."""

from sitelog.ground.access import Permission
from sitelog.ground.words import N_
from sitelog.help.page import Page, Trouble, lines
from sitelog.help.pages.common import MISSING

REPORTS = Page(
    N_("Reports"),
    N_(
        "Anonymized reports, one for every day, quiet and closed days too; and for longer periods where the "
        "site makes such. Choose one; the PDF is beside it."
    ),
    lines(
        N_("The list says of each: published, or a version that replaces an earlier one."),
        N_("Open the PDF. Definitions, as-of time and version are printed in it."),
        N_("A number that stands for few is a range, as 0–4. It is never a zero and never not recorded."),
    ),
    lines(
        N_("Names, handles, places, exact times, ages, genders and notes are never in a daily report."),
        N_("What changed says which printed figures differ from the version before."),
    )
    + lines(
        N_(
            "What is over and has no report yet says owed. The program makes it by itself; Publish now "
            "does not wait."
        ),
        N_(
            "Look for corrections makes the next version, if an entry of that time was corrected or came "
            "late."
        ),
        N_("Who gets what lists each audience with its smallest group. It is set under Settings."),
        may=Permission.PUBLISH,
    ),
    (
        Trouble(
            N_("A figure looks wrong"),
            N_(
                "Ask the site. A correction at the desk makes a new version; the old one stays "
                "on the shelf, marked as superseded."
            ),
        ),
        Trouble(
            N_("A figure says withheld"),
            N_(
                "Printing it would tell of few people, in this report or together with another. "
                "It stays withheld."
            ),
        ),
        Trouble(
            N_("There is no report of a day"),
            N_(
                "Before the site's first day there is none. Of the last day it comes when the "
                "day and its time of grace are over."
            ),
        ),
    ),
    (N_("A version that was published is never changed and never taken away."),),
    (),
    (
        "release",
        "audience",
        "site_day",
        "k",
        "range",
        "not_recorded",
        "withheld",
        "access",
        "episode",
        "tier",
    ),
)

JOBS = Page(
    N_("Jobs"),
    N_(
        "What the program owes: each report of each period for each audience, and new versions of those that "
        "were corrected."
    ),
    lines(
        N_("Up to date means there is nothing to do."),
        N_(
            "Owed is done within a minute, as long as the program runs. Missed reports are caught up, the "
            "oldest first."
        ),
        N_("Failing says which report, why, and when it tries again."),
    ),
    lines(N_("Do what is owed now does not wait for the minute. Pressing it twice does nothing twice.")),
    (
        Trouble(
            N_("A job fails again and again"),
            N_(
                "Note the words of the error and tell whoever runs the machine. Other reports go "
                "on; nothing is lost meanwhile."
            ),
        ),
        Trouble(
            N_("The machine was off for days"),
            N_("Every missed day is made up, once each."),
        ),
    ),
    (N_("A day is published once, however often it is tried."),),
    (),
    ("release", "audience", "site_day"),
)

SETTINGS = Page(
    N_("Settings"),
    N_("The places, lists, times, limits, questions, keys and report rules of this site."),
    lines(
        N_(
            "Choose a page on the left, and change a word or add one. It holds from now, or "
            "from a day you give."
        ),
        N_("A word nobody should use any more: Retire. Old entries keep it; Bring back undoes it."),
        N_("Who changed what shows each change, before and after, and can take one back."),
    ),
    lines(
        N_("“In N entries” says how often a word was used."),
        N_("A report of a past day is made with the lists of that day."),
        N_("While nothing was entered yet, one choice fills everything as a jurisdiction does."),
        N_("The smallest group of an audience may be larger than its policy says, never smaller."),
    ),
    (
        Trouble(
            N_("Somebody else changed the same page meanwhile"),
            N_("Nothing is overwritten. You see what they changed and decide again."),
        ),
        Trouble(
            N_("A key is refused"),
            N_("It belongs to something else already. The words say to what."),
        ),
        MISSING,
    ),
    (N_("Nothing here can be deleted, and every change says who made it."),),
    (),
    ("retire", "place", "audience", "k", "site_day", "shift"),
)

TRAIL = Page(
    N_("Trail"),
    N_(
        "Every entry there ever was, in the order it was made, each sealed to the one before: "
        "who entered what, when, and whether anything was changed behind the program's back."
    ),
    lines(
        N_("The newest stands on top. Choose a day, what it is about, or who entered it, and press Show."),
        N_("What was amended or struck stays, with who did it and why."),
        N_("The chain says when it was walked last, and whether every entry was as it was written."),
    ),
    lines(
        N_("The digest of the last entry stands in each report too: a copy of it is outside the house."),
        N_("Whoever may not read the log sees of an entry its kind, who made it and when, and no more."),
        N_("Walking the chain takes a while at a large site. “sitelog verify” does it on the machine."),
    ),
    (
        Trouble(
            N_("The chain is broken at an entry"),
            N_(
                "Something was changed in the database itself. Leave the machine as it is, note the number, "
                "and ask whoever runs it. A backup shows what stood there."
            ),
        ),
        MISSING,
    ),
    (N_("No entry can be changed or taken out, by anybody."),),
    (),
    ("chain", "amend", "late_entry"),
)

ACCOUNTS = Page(
    N_("Accounts and desks"),
    N_("Who may sign in, as what, and at which desks a PIN is enough."),
    lines(
        N_(
            "New account: name as on the tile, role, and for a funder the shelf it reads. "
            "The password is shown once: hand it over in person."
        ),
        N_("A forgotten password: New password. It is shown once."),
        N_("Somebody leaves: Disable. The name stays on what they wrote."),
    ),
    lines(
        N_(
            "A browser becomes a registered desk when a nurse or a site lead signs in on it "
            "with a password. A device that is lost: Remove."
        ),
    ),
    (
        Trouble(
            N_("The new password was not written down"),
            N_("It cannot be shown again. Make another one."),
        ),
        Trouble(
            N_("The last administrator cannot be disabled"),
            N_("Make another administrator first. Somebody must be able to let people in."),
        ),
        MISSING,
    ),
    (N_("An account is never deleted. It can be enabled again."),),
    (),
    (),
)

IMPORT = Page(
    N_("Bringing the past along"),
    N_(
        "Entries from before, out of CSV files. It is done at the machine with the "
        "command “sitelog import”; there is no page for it."
    ),
    lines(
        N_(
            "“sitelog import --template FOLDER” writes empty files, and README.csv, which "
            "explains every column."
        ),
        N_(
            "Fill the files you have. “sitelog import FOLDER --check” names every wrong row "
            "and writes nothing."
        ),
        N_("“sitelog import FOLDER” then enters everything, or nothing at all."),
    ),
    lines(
        N_("What comes in is marked as entered now, by the same rules as at the desk."),
        N_("The same files again change nothing."),
        N_("Stock is not moved by what is past. Days that are published get a new version."),
    ),
    (
        Trouble(
            N_("Some rows are wrong"),
            N_("Nothing was entered. Mend the rows by file, line and column, and do it again."),
        ),
        Trouble(
            N_("A large import is refused while the site is served"),
            N_(
                "Stop the server, import, and start it again. Nobody can enter anything while "
                "an import writes."
            ),
        ),
        Trouble(
            N_("A row that came in was wrong"),
            N_("Correct it at the desk, as every entry. A changed file is refused."),
        ),
    ),
    (N_("An import is an entry too: who, when, which files and how many rows."),),
    (),
    ("late_entry", "chain", "on_hand", "site_day"),
)
