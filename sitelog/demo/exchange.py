"""The exchange at the side of the room: what people take along and bring back, and the shelves behind it."""

from datetime import date, timedelta

from sitelog.demo.clockwork import Life
from sitelog.demo.world import World
from sitelog.supplies import actions, queries
from sitelog.supplies.rules import Count, Exchange, Level, NaloxoneKits, Receipt, SharpsPickUp, Waste

# Per visit: an exchange, a naloxone kit. Per hour: somebody who comes for the exchange alone.
EXCHANGES, KITS, WALK_INS = 0.16, 0.05, 0.01
# How returns are known, how often.
METHODS = {"counted": 0.45, "said": 0.35, "container": 0.12, "weight": 0.08}
GRAMS = (80, 900)
# An item that falls to its reorder level is filled up to so many times that level.
FILLED_TO = 4
SHELF_LIFE = timedelta(days=540)
COUNTED_ON = 0
DIFFERENCES = ("not_entered", "miscounted", "lost")
CYLINDERS = {"1": ("in_use", 80), "2": ("spare", 100)}


def maybe(world: World, visit: str) -> None:
    """Within a visit, this often: an exchange, a kit."""
    if world.chance(EXCHANGES):
        actions.exchange(_exchange(world, visit), **world.words())
    if world.chance(KITS):
        reasons = [word.code for word in world.book.choices("resupply_reason")]
        kit = NaloxoneKits(*_kit(world), world.rng.choice(reasons), world.chance(0.7), visit)
        actions.give_naloxone_kits(kit, **world.words())


def day(world: World, visits_per_day: int, day_ends: timedelta) -> Life:
    """Deliveries and cylinders when the day begins; people who come for the exchange alone; pick-ups."""
    yield world.minutes(5, 40)
    _deliver(world)
    _look_at_cylinders(world)
    _count(world)
    walk_ins = max(1, round(visits_per_day * WALK_INS * 24))
    pause = (day_ends - timedelta(hours=6)) / (walk_ins + 2)
    for _ in range(walk_ins):
        yield pause + world.minutes(-3, 3)
        actions.exchange(_exchange(world, None), **world.words())
    yield pause
    picked = SharpsPickUp("public", count=world.rng.randint(3, 40))
    actions.pick_up(picked, **world.words())


def _exchange(world: World, visit: str | None) -> Exchange:
    kits = {world.rng.choice(_codes(world, "supply_kit")): world.rng.choice((1, 1, 1, 2))}
    items = {"needle_1ml": world.rng.choice((5, 10, 10, 20))} if world.chance(0.4) else {}
    if not world.chance(0.55):
        return Exchange(items, kits, visit=visit)
    method = world.rng.choices(list(METHODS), list(METHODS.values()))[0]
    if method == "weight":
        return Exchange(items, kits, method=method, grams=world.rng.randint(*GRAMS), visit=visit)
    return Exchange(items, kits, world.rng.randint(1, 30), method, visit=visit)


def _kit(world: World) -> tuple[str, int]:
    return world.rng.choice(_codes(world, "naloxone_form")), world.rng.choice((1, 1, 2))


def _deliver(world: World) -> None:
    for shelf in queries.shelves():
        level = int(shelf.item.data.get("reorder", 0))
        # What nobody ever received is not kept in stock here, but a new site fills every shelf once.
        if level and (not shelf.lots or shelf.on_hand <= level):
            on = world.book.calendar.day_of(world.now)
            came = Receipt(
                shelf.item.code, FILLED_TO * level - shelf.on_hand, _lot(world, on), on + SHELF_LIFE
            )
            actions.receive(came, **world.words())


def _count(world: World) -> None:
    """Once a week the shelves are counted; what differs is explained, what is spoilt thrown away."""
    if world.book.calendar.day_of(world.now).weekday() != COUNTED_ON:
        return
    lots = queries.lots()
    numbered = {lot.item for lot in lots if lot.lot and lot.on_hand}
    for lot in lots:
        if not lot.lot and lot.item in numbered:
            continue  # what was used of no known lot is found missing from those that are counted
        # More can have gone out than was ever entered as received: what lies there is never less than none.
        there = max(lot.on_hand - world.chance(0.15), 0)
        reason = world.rng.choice(DIFFERENCES) if there != lot.on_hand else None
        counted = Count(lot.item, there, reason, lot.lot, lot.expires_on)
        actions.count(counted, **world.words())
        if world.chance(0.05) and lot.on_hand > 2:
            spoilt = Waste(lot.item, 1, "damaged", lot.lot, lot.expires_on)
            actions.waste(spoilt, **world.words())


def _lot(world: World, on: date) -> str:
    return f"{world.rng.choice('ABCDEFGH')}{on:%y%m}{world.rng.randint(10, 99)}"


def _look_at_cylinders(world: World) -> None:
    known = {row.code: (row.state, row.percent) for row in queries.cylinders()} or CYLINDERS
    for code, (state, percent) in known.items():
        left = percent - world.rng.randint(1, 6) if state == "in_use" else percent
        # An empty one is changed for a full one.
        actions.set_cylinder(Level(code, state, left if left > 15 else 100), **world.words())


def _codes(world: World, kind: str) -> list[str]:
    return [word.code for word in world.book.choices(kind)]
