"""Forms of the supplies desk: each says its entry as a value of the rules, and is filled from one."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField
from wtforms.validators import Optional

from sitelog.ground.words import N_
from sitelog.site import queries as site
from sitelog.supplies import rules
from sitelog.supplies.rules import Count, Exchange, Level, NaloxoneKits, Receipt, SharpsPickUp, Waste
from sitelog.trail.forms import WhyField
from sitelog.web.forms import ChoiceField, EntryForm, NoteField, NumberField, RefField, WordsField


class SupplyForm(EntryForm):
    """An entry about supplies; `why` is asked for only where one is corrected."""

    why = WhyField(_l("Why it is corrected"))
    note = NoteField(_l("Note for the team"))
    # Which list of the site each choice is from.
    LISTS: dict[str, str] = {}
    # The numbers that are small enough to be tapped.
    STEPPED: tuple[str, ...] = ()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in self.LISTS.items():
            self[name].offer(site.book().choices(kind))

    def counters(self) -> list[Any]:
        """The counters of the sheet, in the order of the site's list."""
        return [field for field in self if field.name.startswith(("item_", "kit_"))]

    def counters_by_class(self) -> dict[str, list[Any]]:
        """The counters under the words of their class, kits first."""
        groups = {f"item_{word.code}": word.group for word in site.book().choices("supply")}
        found: dict[str, list[Any]] = {}
        for field in self.counters():
            said = rules.CLASSES.get(groups.get(field.name, "kit"), N_("Other supplies"))
            found.setdefault(said, []).append(field)
        return found


class ExchangeBase(SupplyForm):
    """What is handed out and taken back; the counters are added from the site's lists."""

    returned = NumberField(_l("Needles and syringes back"), high=rules.MOST)
    method = ChoiceField(_l("How it is known"), default="counted")
    grams = NumberField(_l("Weight in grams"), high=rules.MOST)
    visit = RefField(_l("Within visit (empty: none)"), longest=40)
    LISTS = {"method": "return_method"}

    def what(self) -> Exchange:
        """The exchange that was filled in."""
        return Exchange(
            self._counts("item_"),
            self._counts("kit_"),
            self.returned.data,
            self.method.data or "counted",
            self.grams.data,
            self.visit.data or None,
        )

    def _counts(self, start: str) -> dict[str, int]:
        mine = [field for field in self.counters() if field.name.startswith(start) and field.data]
        return {field.name.removeprefix(start): field.data for field in mine}


def exchange_form(**kwargs: Any) -> ExchangeBase:
    """The sheet with a counter for each kit and item of the site's lists, and each retired one in `data`."""
    starts, said = {"supply_kit": "kit_", "supply": "item_"}, kwargs.get("data") or {}
    offered = [word for kind in starts for word in site.book().choices(kind) if word.group != rules.RESPONSES]
    known = [word for kind in starts for word in site.book().choices(kind, retired=True)]
    kept = [word for word in known if f"{starts[word.kind]}{word.code}" in said and word not in offered]
    words = [*offered, *kept]
    counters = {
        f"{starts[word.kind]}{word.code}": NumberField(_(word.label), high=rules.MOST) for word in words
    }
    made: ExchangeBase = type("ExchangeForm", (ExchangeBase,), counters)(**kwargs)
    return made


class KitsForm(SupplyForm):
    """Naloxone kits for one person."""

    # Named otherwise on the page: a field named "form" hides the form from htmx, which then sends nothing.
    form = ChoiceField(_l("Form"), name="naloxone_form")
    count = NumberField(_l("How many"), default=1, low=1, high=rules.MOST)
    trained = BooleanField(_l("Training given"))
    reason = ChoiceField(_l("Why"))
    visit = RefField(_l("Within visit (empty: none)"), longest=40)
    LISTS = {"form": "naloxone_form", "reason": "resupply_reason"}
    STEPPED = ("count",)

    def what(self) -> NaloxoneKits:
        """The kits that were filled in."""
        said = (self.form.data or "", self.count.data or 0, self.reason.data or "")
        return NaloxoneKits(*said, bool(self.trained.data), self.visit.data or None)


class PickUpForm(SupplyForm):
    """Sharps picked up, or bins emptied."""

    kind = ChoiceField(_l("What"))
    count = NumberField(_l("How many"), high=rules.MOST)
    litres = NumberField(_l("Litres"), high=rules.MOST)
    LISTS = {"kind": "pick_up_kind"}

    def what(self) -> SharpsPickUp:
        """The pick-up that was filled in."""
        return SharpsPickUp(self.kind.data or "", self.count.data, self.litres.data)


class StockForm(SupplyForm):
    """Something about one lot of one item."""

    item = ChoiceField(_l("Item"))
    lot = WordsField(_l("Lot"), longest=32)
    expires_on = DateField(_l("Expires on"), validators=[Optional()])

    def _lot(self) -> dict[str, Any]:
        return {"lot": self.lot.data or None, "expires_on": self.expires_on.data}


class ReceiveForm(StockForm):
    """Stock that came."""

    count = NumberField(_l("How many"), high=rules.MOST)
    LISTS = {"item": "supply"}

    def what(self) -> Receipt:
        """The receipt that was filled in."""
        return Receipt(self.item.data or "", self.count.data or 0, **self._lot())


class WasteForm(StockForm):
    """Stock that was thrown away."""

    count = NumberField(_l("How many"), high=rules.MOST)
    reason = ChoiceField(_l("Why"))
    LISTS = {"item": "supply", "reason": "stock_reason"}

    def what(self) -> Waste:
        """The waste that was filled in."""
        return Waste(self.item.data or "", self.count.data or 0, self.reason.data or "", **self._lot())


class CountForm(StockForm):
    """What was counted of one lot."""

    counted = NumberField(_l("Counted"), high=rules.MOST)
    reason = ChoiceField(_l("Why it differs"))
    LISTS = {"item": "supply", "reason": "stock_reason"}

    def what(self) -> Count:
        """The count that was filled in; nothing typed is no count."""
        counted = -1 if self.counted.data is None else self.counted.data
        return Count(self.item.data or "", counted, self.reason.data or None, **self._lot())


class CylinderForm(SupplyForm):
    """An oxygen cylinder."""

    code = WordsField(_l("Cylinder"), longest=16)
    state = ChoiceField(_l("State"))
    percent = NumberField(_l("Level in percent"), high=100)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = [(code, _(said)) for code, said in rules.CYLINDER_STATES.items()]

    def what(self) -> Level:
        """The level that was filled in."""
        percent = -1 if self.percent.data is None else self.percent.data
        return Level(self.code.data or "", self.state.data or "", percent)
