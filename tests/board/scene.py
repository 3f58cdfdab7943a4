"""An evening at the desk, as busy as the one in the design: every state of a place at once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sitelog.ground.access import Actor, Role
from sitelog.responses import actions as responses
from sitelog.site import actions as site
from sitelog.visits import actions as visits
from sitelog.visits.rules import Asked, Item
from tests import factories
from tests.factories import said

NURSE = factories.NURSE
OTHER = Actor("S03", "Joel T.", "JT", Role.NURSE)
LEAD = Actor("S02", "Marc D.", "MD", Role.LEAD)


def asked(substance: str, route: str = "inject", **more: bool) -> Asked:
    """What was said at the door."""
    return Asked((Item(substance, route),), **more)


def evening(now: datetime) -> None:
    """Fill the house so that at `now` it looks like the design's board."""

    def ago(minutes: float) -> datetime:
        return now - timedelta(minutes=minutes)

    def sits(place: str, handle: str | None, minutes: float, checked: float | None, what: Asked) -> str:
        ref = factories.seated(ago(minutes), place, handle, what)
        if checked is not None:
            visits.check(ref, **said(ago(checked)))
        return ref

    site.take_out_of_service("7", "sharps_bin", **said(ago(150), LEAD))
    for handle, since, checked in (("lark-5", 3, None), ("moss", 16, 6)):
        ref = factories.seated(ago(since + 20), "1", handle)
        visits.to_aftercare(ref, **said(ago(since)))
        if checked is not None:
            visits.check(ref, **said(ago(checked)))
    _waiting(ago)
    sits("1", "thimble", 8, 2.1, asked("crystal"))
    sits("2", "sparrow-7", 14, 5.1, asked("down"))
    sits("3", "heron-42", 12, 6, asked("down"))
    sits("4", "K-19", 29.1, 2.1, Asked((Item("down", "inject"), Item("crystal", "inject")), help=True))
    sits("6", None, 3.1, None, asked("hydromorphone"))
    sits("8", "marigold", 17, 0.5, asked("down", "snort", splitting=True))
    sits("X", "ozzie", 9, 7.1, asked("crack", "smoke"))
    sits("Y", "fern-3", 6, 3, asked("crystal", "smoke"))
    first = responses.start("place", "3", **said(ago(4.2)))
    responses.give_oxygen(first.ref, "non_rebreather", 15, **said(ago(3.5)))
    responses.give_naloxone(first.ref, 400, "intramuscular", **said(ago(1.8)))
    responses.start("place", "Y", **said(ago(1.6), OTHER))


def _waiting(ago: Callable[[float], datetime]) -> None:
    """Five who wait."""
    waiting = (
        ("two-tone", 14, "down"),
        (None, 11, "crack"),
        ("pike", 9, "crystal"),
        ("blue door", 4, "down"),
    )
    for handle, minutes, what in waiting:
        factories.arrive(ago(minutes), handle, asked(what, "smoke" if what == "crack" else "inject"))
    factories.arrive(ago(1), "rue-88", Asked(purpose="service"))
