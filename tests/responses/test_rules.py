"""What is read off a response: state, tier, minutes, countdown, checklist; and what alone is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sitelog.ground.errors import WHEN, Refused
from sitelog.responses import rules, sentences
from sitelog.responses.ambulance import ambulance
from sitelog.responses.case import (
    Case,
    Closed,
    Done,
    Measured,
    at_odds,
    countdown,
    missing,
    response_class,
    running,
    sets,
    state_of,
    summarise,
    tier_of,
)
from sitelog.responses.chart import trend
from sitelog.responses.ladder import ladder
from sitelog.responses.pathways import BEHIND, IN_FRONT, OXYGEN_RUNGS, PATHWAYS, RUNGS, suggested
from sitelog.responses.steps import DOSES, KINDS, RED_FLAGS, RESUMES
from sitelog.site.rules import Choice

T = datetime(2026, 11, 17, 23, 37, 55, tzinfo=UTC)
DEVICES = [Choice("oxygen_device", "bag_valve_mask", "BVM", data={"litres_per_minute": 15})]
NALOXONE = [
    Choice("naloxone_dose", "im_0_4", "0.4 mg IM", data={"micrograms": 400, "route": "intramuscular"})
]
INTERVALS = {"intramuscular": 180, "intranasal": 240}


def after(seconds: float) -> datetime:
    return T + timedelta(seconds=seconds)


def did(kind: str, seconds: float = 0, **carried: object) -> Done:
    return Done(kind, after(seconds), **carried)  # type: ignore[arg-type]


def dose(seconds: float, micrograms: int = 400, route: str = "intramuscular") -> Done:
    return did("naloxone", seconds, micrograms=micrograms, route=route)


def case(*steps: Done, **known: object) -> Case:
    ordered = sorted(steps, key=lambda step: step.happened_at)
    return Case("R0412", T, steps=ordered, **{"pathway": "opioid", **known})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ended", "outcome", "said"),
    [
        (None, "transported", None),
        ("transported", "transported", None),
        ("transported", "death", None),
        ("transported", "unknown", None),
        ("transported", "recovered", "EMS took the person to hospital"),
        ("transported", "treated", "EMS took the person to hospital"),
        ("declined", "transported", "The outcome is hospital"),
        ("declined", "recovered", None),
    ],
)
def test_an_outcome_that_contradicts_the_end_with_ems_is_said(
    ended: str | None, outcome: str, said: str | None
) -> None:
    known = case(did("ems_left", 99, word=ended)) if ended else case()
    found = at_odds(known, outcome)
    assert found is None if said is None else (found or "").startswith(said)


@pytest.mark.parametrize(
    ("steps", "tier", "line"),
    [
        ((), 1, "monitored"),
        ((did("voice"), did("head_tilt")), 1, "monitored"),
        ((did("oxygen_not_needed"),), 1, "monitored"),
        ((did("oxygen"),), 2, "oxygen"),
        ((did("bag_breaths"),), 3, "oxygen"),
        ((did("oxygen"), did("mask_breaths", 9)), 3, "oxygen"),
        ((dose(9),), 4, "naloxone_1_2"),
        ((dose(9), dose(190), dose(380)), 4, "naloxone_3_plus"),
        ((did("ems_naloxone", 9, micrograms=400),), 1, "monitored"),
        ((did("oxygen"), did("ems_left", 99, word="declined")), 2, "oxygen"),
        ((did("ems_left", 99, word="transported"),), 5, "monitored"),
        ((did("cpr"),), 5, "monitored"),
        ((did("aed"),), 1, "monitored"),
        ((did("shock"),), 5, "monitored"),
    ],
)
def test_the_tier_and_the_line_follow_from_what_was_done(
    steps: tuple[Done, ...], tier: int, line: str
) -> None:
    assert (tier_of(case(*steps)), response_class(case(*steps))) == (tier, line)


@pytest.mark.parametrize(
    ("known", "state"),
    [
        (case(did("voice")), "open"),
        (case(did("aftercare", 600)), "observed"),
        (case(did("aftercare", 600), did("voice", 700)), "observed"),
        *((case(did("aftercare", 600), did(kind, 700)), "open") for kind in RESUMES),
        (case(dose(60), did("aftercare", 600)), "observed"),
        (case(did("voice"), closed=Closed(after(900), "recovered")), "closed"),
        (case(did("voice"), struck=True), "struck"),
        (case(closed=Closed(after(900), "recovered"), struck=True), "struck"),
    ],
)
def test_the_state_is_read_off_the_entries(known: Case, state: str) -> None:
    assert state_of(known) == state
    assert state in rules.STATES


@pytest.mark.parametrize(
    ("given", "keys"),
    [
        ([0, 1, 2], ["F2", "F4", "Shift+F2"]),
        ([1, 0], ["F4", "F2"]),
        ([0, 1, 0], ["Shift+F2", "F4", "F2"]),
        ([None, 1, None], ["F2", "F4", "Shift+F2"]),
        ([4, 3], ["Shift+F4", "Shift+F4"]),
    ],
)
def test_a_running_response_keeps_its_key(given: list[int | None], keys: list[str]) -> None:
    assert rules.opened_by(given) == keys


def test_every_move_of_the_table_is_between_known_states() -> None:
    assert {state for here, _, there in rules.TRANSITIONS for state in (here, there)} == set(rules.STATES)


@pytest.mark.parametrize(
    ("doses", "until"),
    [
        ([], None),
        ([dose(100)], 280),
        ([dose(100, 4000, "intranasal")], 340),
        ([dose(100), dose(200, 4000, "intranasal")], 440),
        ([dose(200), dose(100, 4000, "intranasal")], 380),
        ([dose(100, route="intravenous")], 280),
    ],
)
def test_the_wait_runs_from_the_last_staff_dose_by_its_route(doses: list[Done], until: int | None) -> None:
    found = countdown(case(*doses, did("ems_naloxone", 500)), INTERVALS)
    assert (found.until if found else None) == (after(until) if until else None)


def test_staff_and_ems_doses_are_totalled_apart() -> None:
    known = case(
        dose(100), dose(300, 800), did("ems_naloxone", 400, micrograms=2000), did("ems_naloxone", 500)
    )
    found = summarise(known, after(900))
    assert (found.by_staff.count, found.by_staff.micrograms) == (2, 1200)
    assert (found.by_ems.count, found.by_ems.micrograms, found.by_ems.unsaid) == (2, 2000, 1)


def test_minutes_are_derived_from_instants() -> None:
    known = case(
        did("oxygen", 45),
        dose(144),
        dose(344),
        did("ems_called", 170),
        did("ems_arrived", 590),
        closed=Closed(after(1800), "recovered"),
    )
    found = summarise(known, after(9999))
    assert found.to_oxygen == timedelta(seconds=45)
    assert found.to_naloxone == timedelta(seconds=144)
    assert found.gaps == (timedelta(seconds=200),)
    assert found.ems_response == timedelta(seconds=420)
    assert found.monitored == timedelta(minutes=30)


def test_what_has_no_end_yet_has_no_length() -> None:
    found = summarise(case(did("ems_called", 60)), after(120))
    assert (found.to_oxygen, found.to_naloxone, found.ems_response, found.gaps) == (None, None, None, ())
    assert found.monitored == timedelta(minutes=2)


FULL = case(
    did("oxygen", 30),
    did("ems_called", 60),
    did("ems_left", 600, word="declined"),
    area="place",
    place_code="3",
    vitals=[Measured(after(700), spo2=97, temperature_tenths=371)],
    closed=Closed(after(900), "recovered", "observed_here"),
)


@pytest.mark.parametrize(
    ("known", "asked_for"),
    [
        (FULL, ()),
        (replace(FULL, area="elsewhere", place_code=None), ("place",)),
        (replace(FULL, closed=Closed(after(900), "unknown", "unknown")), ()),
        (replace(FULL, closed=None), ("outcome", "plan")),
        (replace(FULL, closed=Closed(after(900), "recovered")), ("plan",)),
        (replace(FULL, steps=FULL.steps[1:]), ("oxygen",)),
        (replace(FULL, steps=[did("oxygen_not_needed", 30), *FULL.steps[1:]]), ()),
        (replace(FULL, steps=FULL.steps[:2]), ("ems_end",)),
        (replace(FULL, steps=FULL.steps[:1]), ()),
        (replace(FULL, vitals=()), ("signs", "last_vitals")),
        (replace(FULL, steps=[*FULL.steps, dose(800)]), ("last_vitals",)),
        (replace(FULL, closed=Closed(after(1400), "recovered", "observed_here")), ("last_vitals",)),
        (replace(FULL, pathway="stimulant", vitals=[Measured(after(700), pulse=120)]), ("temperature",)),
        (replace(FULL, pathway="stimulant", steps=()), ()),
    ],
)
def test_the_checklist_says_what_is_missing_and_an_unknown_is_an_answer(
    known: Case, asked_for: tuple[str, ...]
) -> None:
    assert missing(known, after(905)) == asked_for


@pytest.mark.parametrize("code", PATHWAYS)
def test_on_every_pathway_oxygen_stands_third_and_naloxone_below_it(code: str) -> None:
    rungs = PATHWAYS[code].rungs
    assert rungs[2] in OXYGEN_RUNGS
    assert all(rungs.index(rung) > 2 for rung in rungs if RUNGS[rung].label == "Naloxone")
    assert rungs[-2:] == ("ems", "heart")
    assert len(rungs) <= 8


def test_the_switch_offers_every_pathway() -> None:
    assert {*IN_FRONT, *BEHIND} == set(PATHWAYS)


@pytest.mark.parametrize("code", PATHWAYS)
def test_changing_the_pathway_keeps_every_entry(code: str) -> None:
    known = case(did("voice"), did("oxygen", 30), dose(60), did("wet_cloths", 70))
    moved = replace(known, pathway=code)
    before, after_ = summarise(known, after(300)), summarise(moved, after(300))
    assert (after_.tier, after_.by_staff, after_.to_oxygen) == (
        before.tier,
        before.by_staff,
        before.to_oxygen,
    )
    assert ladder(moved, DEVICES, NALOXONE, INTERVALS, after(300))


# Kinds of steps that are on no rung: where else each is offered.
ELSEWHERE = {
    "aftercare": "a button of its own",
    "oxygen_stopped": "in the sheet of the oxygen",
    "ems_naloxone": "beside the ambulance",
}


def test_every_kind_of_step_is_on_a_rung_or_says_where_else_it_is_offered() -> None:
    options = {option for rung in RUNGS.values() for option in rung.options}
    on_rungs = {option.removeprefix("more:").partition(":")[0] for option in options}
    assert KINDS.keys() - on_rungs - set(RED_FLAGS) == ELSEWHERE.keys()


def test_every_rung_is_on_a_pathway() -> None:
    assert {rung for pathway in PATHWAYS.values() for rung in pathway.rungs} == RUNGS.keys()


def test_every_option_of_every_rung_is_a_known_step_list_or_measure() -> None:
    for rung in RUNGS.values():
        for option in rung.options:
            first, _, rest = option.partition(":")
            assert first in KINDS or first in ("devices", "doses") or (first in ("more", "measure") and rest)


def test_what_a_kind_ends_is_something_that_runs() -> None:
    assert {ended for kind in KINDS.values() for ended in kind.ends if not KINDS[ended].running} == set()


@pytest.mark.parametrize(
    ("classes", "pathway"),
    [
        ((), "unknown"),
        (("opioid",), "opioid"),
        (("stimulant",), "stimulant"),
        (("opioid", "stimulant"), "mixed"),
        (("opioid", "other"), "opioid"),
        (("other",), "unknown"),
    ],
)
def test_the_pathway_shown_first_follows_what_was_declared(classes: tuple[str, ...], pathway: str) -> None:
    assert suggested(classes) == pathway


def test_bagging_runs_until_the_person_breathes_alone() -> None:
    bagging = case(did("oxygen", 10), did("bag_breaths", 20))
    assert set(running(bagging)) == {"oxygen", "bag_breaths"}
    assert set(running(replace(bagging, steps=[*bagging.steps, did("breathing_alone", 90)]))) == {"oxygen"}
    assert set(running(replace(bagging, steps=[*bagging.steps, did("mask_breaths", 90)]))) == {
        "oxygen",
        "mask_breaths",
    }


def button(known: Case, id_: str, now: datetime) -> tuple[str, str]:
    rungs = ladder(known, DEVICES, NALOXONE, INTERVALS, now)
    found = next(button for rung in rungs for button in rung.buttons if button.id == id_)
    return found.state, found.small.text


def test_naloxone_waits_in_words_and_is_never_disabled() -> None:
    known = case(dose(100))
    assert button(known, "naloxone-im_0_4", after(150)) == ("wait", "wait")
    assert button(known, "naloxone-im_0_4", after(280)) == ("", "interval over")
    assert button(case(), "naloxone-im_0_4", after(10)) == ("", "")


def test_a_red_flag_urges_to_call_until_somebody_called() -> None:
    flagged = case(did("chest_pain", 20), pathway="stimulant")
    assert button(flagged, "ems_called", after(30)) == ("urge", "a red flag is set")
    called = replace(flagged, steps=[*flagged.steps, did("ems_called", 40)])
    assert button(called, "ems_called", after(50))[0] == ""


EMS = ("ems_called", "ems_arrived", "ems_left")


@pytest.mark.parametrize(
    ("kinds", "then", "said"),
    [
        ((), "ems_called", ""),
        (EMS[:1], "ems_arrived", "called ·"),
        (EMS[1:2], "ems_left", "here ·"),
        (EMS[:2], "ems_left", "here ·"),
        ((*EMS[:2], "ems_called"), "ems_left", "here ·"),
        (EMS, "ems_called", "ended"),
        ((*EMS, "ems_called"), "ems_arrived", "called ·"),
        ((*EMS, *EMS[:2]), "ems_left", "here ·"),
        ((*EMS, *EMS), "ems_called", "ended"),
    ],
)
def test_an_ambulance_that_is_called_after_another_left_is_another(
    kinds: tuple[str, ...], then: str, said: str
) -> None:
    known = case(*(did(kind, 60 * n) for n, kind in enumerate(kinds)))
    assert ambulance(known).next == then
    rungs = ladder(known, DEVICES, NALOXONE, INTERVALS, after(900))
    rung = next(rung for rung in rungs if rung.code == "ems")
    assert rung.small.text == (said or "not called")


def test_a_device_that_runs_says_its_flow() -> None:
    on = case(did("oxygen", 10, device="bag_valve_mask", litres_per_minute=12))
    assert button(on, "oxygen-bag_valve_mask", after(20)) == ("on", "on · %(litres)s L")


def test_vitals_tapped_one_by_one_are_one_set() -> None:
    one_by_one = [
        Measured(after(10), spo2=88),
        Measured(after(15), pulse=100),
        Measured(after(20), spo2=91),
        Measured(after(200), respirations=9),
    ]
    assert [len(one) for one in sets(one_by_one)] == [2, 1, 1]


def test_the_trend_draws_two_lines_of_different_make_from_the_second_value_on() -> None:
    first = case(did("oxygen", 45), vitals=[Measured(after(10), spo2=78, respirations=6)])
    assert not trend(first).drawn
    second = replace(first, vitals=[*first.vitals, Measured(after(200), spo2=100, respirations=20)])
    found = trend(second)
    assert found.drawn
    assert [point.value for point in found.solid.points] == ["78", "100"]
    assert found.solid.points[1].y == found.dashed.points[1].y == 12.0
    assert [text for _, text in found.marks] == ["O₂"]
    assert [text for _, text in found.ticks] == ["0:00", "1:00", "2:00", "3:00", "4:00"]


@pytest.mark.parametrize(
    ("done", "field"),
    [
        (did("levitate"), "kind"),
        (dose(0, 0), "milligrams"),
        (dose(0, -400), "milligrams"),
        (dose(0, 100_001), "milligrams"),
        (did("oxygen", litres_per_minute=-1), "litres_per_minute"),
        (did("oxygen", litres_per_minute=61), "litres_per_minute"),
        (did("oxygen", device="snorkel"), "device"),
        (dose(0, 400, "osmosis"), "route"),
        (did("ems_left", word="vanished"), "word"),
        (did("adjunct", word="transported"), "word"),
        (did("voice", 3600), WHEN),
    ],
)
def test_only_the_impossible_is_refused(done: Done, field: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_step(done, ["bag_valve_mask"], after(60))
    assert refused.value.field == field


@pytest.mark.parametrize(
    "done",
    [
        dose(0, 1),
        dose(0, 100_000),
        did("voice", -7200),
        did("voice", 60 + 119),
        did("oxygen"),
        did("oxygen", litres_per_minute=0),
        did("ems_naloxone"),
    ],
)
def test_the_odd_is_recorded(done: Done) -> None:
    rules.check_step(done, ["bag_valve_mask"], after(60))


@pytest.mark.parametrize(
    "values",
    [
        {"spo2": -1},
        {"spo2": 101},
        {"respirations": 81},
        {"pulse": 301},
        {"glucose_tenths": -1},
        {"temperature_tenths": 461},
        {"temperature_tenths": 149},
        {"systolic": 351},
        {"sedation_score": 2},
        {"sedation_scale": "gcs", "sedation_score": 2},
        {"sedation_scale": "avpu", "sedation_score": 4},
        {},
    ],
)
def test_what_no_body_can_show_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(Refused):
        rules.check_vitals(Measured(T, **values), T)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "values",
    [{"spo2": 0}, {"spo2": 100}, {"respirations": 0}, {"sedation_scale": "rass", "sedation_score": -5}],
)
def test_what_a_body_can_show_is_not(values: dict[str, object]) -> None:
    rules.check_vitals(Measured(T, **values), T)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "done", "words"),
    [
        (case(did("oxygen"), dose(100)), dose(200), ["1:40 after the last, interval 3:00"]),
        (case(did("oxygen"), dose(100)), dose(280), []),
        (case(), dose(60), ["oxygen and breaths come first"]),
        (case(did("oxygen")), dose(60, 10_000), ["a large dose"]),
        (case(), did("voice", -30), ["before it was recognised"]),
        (case(), did("oxygen", device="nasal_cannula", litres_per_minute=15), ["usual is 1 to 6 L/min"]),
        (case(), did("ems_arrived", 30), ["no call was entered"]),
    ],
)
def test_the_odd_is_advised(known: Case, done: Done, words: list[str]) -> None:
    assert [one.text % one.values for one in rules.advice(done, known, INTERVALS)] == words


def test_every_dose_kind_is_a_kind() -> None:
    assert set(DOSES) <= set(KINDS)


@pytest.mark.parametrize(("word", "said"), [("not_needed", "not needed"), (None, "not said")])
def test_how_ems_ended_is_said_also_when_nobody_said_it(word: str | None, said: str) -> None:
    ended = Done("ems_left", datetime(2026, 11, 1, tzinfo=UTC), word=word)
    assert sentences.step_words(ended).values["word"] == said
