"""Every key, by the part of the app it works in; the dialog “Keys and signs” and the help pages read this."""

from dataclasses import dataclass, replace

from sitelog.ground.access import Actor, Permission
from sitelog.ground.words import N_


@dataclass(frozen=True)
class Key:
    """A line of the list: what to press, what that does, how a page declares it (`data-key`), and what one
    must be allowed for it to do anything."""

    shown: str
    does: str
    presses: tuple[str, ...] = ()
    may: Permission | None = None


@dataclass(frozen=True)
class Group:
    """The keys of one part of the app."""

    title: str
    keys: tuple[Key, ...]
    may: Permission | None = None


GROUPS: dict[str, Group] = {
    "everywhere": Group(
        N_("Everywhere"),
        (
            Key(
                N_("F8"),
                N_("Start a response elsewhere, also while typing; place is asked afterwards"),
                ("F8",),
                Permission.START_RESPONSE,
            ),
            Key(
                N_("⇧ + place"),
                N_("Start an overdose response there, at once"),
                (),
                Permission.START_RESPONSE,
            ),
            Key(
                N_("F2, F4, ⇧F2, ⇧F4"),
                N_("Open response one, two, three, four; ⇧F4 again: each one after it"),
                ("F2", "F4", "Shift+F2", "Shift+F4"),
                Permission.READ_BOARD,
            ),
            Key(
                N_("J K"),
                N_("Move along a list: who waits, who is in aftercare (K first), rungs, rows; Enter presses"),
                ("j", "k"),
            ),
            Key(N_("?"), N_("This sheet, and from here the help"), ("?",)),
            Key(
                N_("Ctrl+Enter"), N_("Save a sheet from a field of several lines, where Enter begins another")
            ),
            Key(N_("Esc"), N_("Close a sheet; what you typed is kept")),
        ),
    ),
    "board": Group(
        N_("Board"),
        (
            Key(N_("1–8, X–Z"), N_("Check the place, seat the next person if free, or open its response")),
            Key(N_("D, then place"), N_("Done: to aftercare, place is free"), ("d",)),
            Key(
                N_("A S G R N I"),
                N_("Arrive, supplies, service given, referral, note, incident"),
                ("a", "s", "g", "r", "n", "i"),
            ),
            Key(N_("P"), N_("People: the register"), ("p",)),
            Key(N_("U"), N_("Undo my last entry (2 min; later: amend)"), ("u",)),
            Key(N_("/"), N_("Find a handle"), ("/",)),
        ),
        Permission.LOG,
    ),
    "arrive": Group(
        N_("Arrival sheet"),
        (
            Key(N_("F6, F7"), N_("Anonymous, new"), ("F6", "F7")),
            Key(N_("1–8"), N_("Choose a substance; 9 shows more of them"), ("9",)),
            Key(N_("I M O W"), N_("How: inject, smoke and whatever else the site lists")),
            Key(N_("Enter, Ctrl+Enter"), N_("Seat them; to the waiting list"), ("Ctrl+Enter",)),
        ),
        Permission.LOG,
    ),
    "response": Group(
        N_("Response"),
        (
            Key(N_("1–8"), N_("Go to that step; Tab along it, Enter enters it")),
            Key(
                N_("T L V F9"),
                N_("Next entry’s time, late entry, vitals, to aftercare and then to closing"),
                ("t", "l", "v", "F9"),
            ),
            Key(N_("N, U"), N_("Note, undo my last entry"), ("n", "u")),
            Key(N_("W"), N_("Say where it is: elsewhere, Tab along the places, Enter enters it"), ("w",)),
            Key(
                N_("E, C"),
                N_("Go to the ambulance’s next step, Enter enters it; close the response"),
                ("e", "c"),
            ),
            Key(N_("Esc"), N_("Back to the board; the response runs on"), ("Escape",)),
        ),
        Permission.LOG,
    ),
    "referrals": Group(
        N_("Referrals"),
        (
            Key(N_("R"), N_("New referral"), ("R",)),
            Key(N_("/"), N_("Find by handle or number"), ("/",)),
            Key(N_("1–8"), N_("What came of it: each answer has its own digit")),
        ),
        Permission.REFER,
    ),
    "incidents": Group(
        N_("Incidents"),
        (Key(N_("I"), N_("New incident"), ("i",)), Key(N_("N, C"), N_("Note; close it"), ("n", "c"))),
        Permission.LOG,
    ),
    "alerts": Group(N_("Drug alerts"), (Key(N_("W"), N_("Write an alert"), ("w",)),), Permission.LOG),
    "shifts": Group(
        N_("Shift"),
        (Key(N_("Enter"), N_("Open the shift that runs"), ("Enter",)), Key(N_("P"), N_("Print"), ("p",))),
        Permission.LOG,
    ),
}

# What the dialog shows on every page, below a screen's own keys.
ALWAYS = ("everywhere", "board", "arrive", "response")


def groups(codes: tuple[str, ...], reader: Actor | None) -> list[Group]:
    """These groups, each once, with the keys that do something for this reader."""
    chosen = [group for code in dict.fromkeys(codes) if _for(group := GROUPS[code], reader)]
    return [replace(group, keys=tuple(key for key in group.keys if _for(key, reader))) for group in chosen]


def _for(one: Key | Group, reader: Actor | None) -> bool:
    return one.may is None or (reader is not None and reader.can(one.may))
