"""What an import enters: all or nothing, once, by the rules of the desk, and what it leaves behind."""

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from sitelog.ground.access import OPERATOR
from sitelog.ground.errors import Refused, Usage
from sitelog.imports import actions, template
from sitelog.imports.actions import NotClean
from sitelog.imports.models import ImportedFile
from sitelog.jobs import catalog, runner
from sitelog.people import actions as register
from sitelog.people import queries as people
from sitelog.referrals import actions as referrals
from sitelog.referrals import queries as referral_queries
from sitelog.referrals.defaults import SERVICES
from sitelog.reports import corrections
from sitelog.reports import queries as shelf
from sitelog.responses import queries as responses
from sitelog.site import queries as site
from sitelog.store.db import db
from sitelog.supplies import queries as supplies
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from sitelog.visits import actions as visits
from sitelog.visits import queries as visit_queries
from sitelog.visits.models import Departure, Visit
from tests.conftest import EVENING
from tests.factories import arrive, said
from tests.imports.conftest import FILES
from tests.reports.scene import NEXT_MORNING, ON, busy_day, publish

Lists = Callable[..., Path]
NINE = datetime(2026, 3, 3, 14, 0, tzinfo=UTC)
# The lines of supplies.csv that name the visit.
_OF_V1 = (2, 3, 4, 6)


@pytest.fixture(autouse=True)
def directory(app: Flask) -> None:
    referrals.list_services(SERVICES, **said(EVENING - timedelta(days=9)))


def bring(folder: Path, at: datetime = EVENING) -> actions.Brought:
    return actions.bring_along(folder, by=OPERATOR, at=at)


def refused(folder: Path) -> list[str]:
    with pytest.raises(NotClean) as error:
        bring(folder)
    return [str(problem) for problem in error.value.problems]


def test_the_template_of_this_site_is_itself_a_clean_import(app: Flask, tmp_path: Path) -> None:
    for path in template.write(tmp_path / "template"):
        words = path.read_text(encoding="utf-8-sig")
        path.write_text(words.replace("example-", "own-"), encoding="utf-8")
    brought = bring(tmp_path / "template")
    assert [(rows, new) for _, rows, new in brought.files] == [(1, 1)] * 9
    assert verify().count == trail.last_seq()


def test_the_template_says_how_yes_and_no_are_written(app: Flask, tmp_path: Path) -> None:
    lines = template.write(tmp_path)[-1].read_text(encoding="utf-8-sig").splitlines()
    [trained] = [line for line in lines if line.startswith("supplies.csv,trained,")]
    assert trained.endswith('"yes, y, true, 1, no, n, false, 0"')


def test_the_template_says_how_a_step_that_was_not_done_is_written(app: Flask, tmp_path: Path) -> None:
    lines = template.write(tmp_path)[-1].read_text(encoding="utf-8-sig").splitlines()
    (told,) = [line for line in lines if line.startswith("incidents.csv,steps,")]
    assert "(not_needed, declined), as step:not_needed@2025-03-04T15:00" in told


def test_the_example_rows_of_the_template_are_no_records(app: Flask, tmp_path: Path) -> None:
    template.write(tmp_path)
    said_so = refused(tmp_path)
    assert [line for line in said_so if "template's example" in line] == said_so and len(said_so) == 9
    assert said_so[0].startswith("people.csv:2: ")


def test_a_template_replaces_nothing(app: Flask, tmp_path: Path) -> None:
    template.write(tmp_path)
    with pytest.raises(Usage):
        template.write(tmp_path)


def test_everything_is_entered_as_the_desk_would_have_entered_it(app: Flask, lists: Lists) -> None:
    bring(lists())
    came = visit_queries.visit("V0001")
    assert people.handle_of([came.person_id or 0]) == {came.person_id: "Grey Heron"}
    assert [(s.area, s.place_code, s.episode) for s in visit_queries.course(came).ordered] == [
        ("waiting", None, None),
        ("place", "3", 1),
        ("aftercare", None, None),
        ("place", "X", 2),
        ("left", None, None),
    ]
    declared = visit_queries.declared([came.id])[came.id]
    assert {n: [item.substance for item in items] for n, items in declared.items()} == {
        1: ["down"],
        2: ["crack"],
    }
    gone = db.session.scalars(select(Departure).where(Departure.visit_id == came.id + 1)).one()
    assert (gone.how, gone.reason) == ("left_before_service", "wait")
    case = responses.case("R0001")
    assert [(step.kind, step.micrograms) for step in case.steps] == [("oxygen", None), ("naloxone", 400)]
    assert [(set_.spo2, set_.temperature_tenths) for set_ in case.vitals] == [(91, 366)]
    assert case.closed is not None and case.closed.outcome == "recovered"
    ladder = referral_queries.ladder("F0001")
    assert (ladder.who, ladder.state, ladder.how) == ("Grey Heron", "made", "phone")
    assert ladder.referral.response_ref == "R0001"
    assert verify().count == trail.last_seq()


def test_entries_are_late_by_the_importer_and_nobody_is_in_the_house(app: Flask, lists: Lists) -> None:
    before = trail.last_seq()
    bring(lists())
    links = trail.links_since(before)
    assert {(link.at, link.actor) for link in links} == {(EVENING, "operator")}
    assert min(link.happened_at for link in links) == NINE
    assert visit_queries.in_house(EVENING) == []
    assert responses.unclosed() == []


def test_the_import_is_an_entry_with_digests_and_counts(app: Flask, lists: Lists) -> None:
    folder = lists()
    assert bring(folder).ref == "import-1"
    link = trail.last()
    assert link is not None and (link.kind, link.subject) == ("import.made", "import-1")
    rows = {row.name: row for row in trail.rows_of(link, ImportedFile)}
    assert rows.keys() == FILES.keys()
    steps = rows["steps.csv"]
    assert (steps.row_count, steps.new_count) == (3, 3)
    assert steps.sha256 == hashlib.sha256((folder / "steps.csv").read_bytes()).hexdigest()


def test_the_same_files_again_change_nothing(app: Flask, lists: Lists) -> None:
    folder = lists()
    bring(folder)
    before = trail.last_seq()
    again = bring(folder, EVENING + timedelta(hours=1))
    assert (again.ref, {new for _, _, new in again.files}) == (None, {0})
    assert trail.last_seq() == before


def test_the_same_rows_written_otherwise_change_nothing(app: Flask, lists: Lists) -> None:
    bring(lists())
    before = trail.last_seq()
    other = {name: sheet.replace(",", ";").replace("09:00", "09:00:00") for name, sheet in FILES.items()}
    assert bring(lists(other)).ref is None
    assert trail.last_seq() == before


def test_rows_without_an_id_are_known_by_what_they_say(app: Flask, lists: Lists) -> None:
    row = "2026-03-03 09:00,2026-03-03 09:30"
    sheet = f"arrived_at,left_at\n{row}\n{row}\n"
    assert bring(lists({"visits.csv": sheet})).files == [("visits.csv", 2, 2)]
    assert bring(lists({"visits.csv": sheet})).files == [("visits.csv", 2, 0)]
    assert bring(lists({"visits.csv": sheet + row})).files == [("visits.csv", 3, 1)]


def test_a_row_that_says_something_else_than_before_is_refused(app: Flask, lists: Lists) -> None:
    bring(lists())
    other = FILES["visits.csv"].replace("10:00,,", "10:05,,")
    words = refused(lists(FILES | {"visits.csv": other}))
    assert words == [
        "visits.csv:2: Imported before as V0001, when it or its rows of consumptions.csv said something "
        "else: correct it at the desk."
    ]


def test_an_imported_row_that_can_no_longer_be_read_is_told_once(app: Flask, lists: Lists) -> None:
    bring(lists())
    (found,) = refused(lists(FILES | {"visits.csv": FILES["visits.csv"].replace("10:00,,", "30:00,,")}))
    assert found.startswith("visits.csv:2: left_at: ")


def test_a_consumption_more_is_something_else_too(app: Flask, lists: Lists) -> None:
    bring(lists())
    more = FILES["consumptions.csv"] + "v1,2,down,smoke,,\n"
    assert len(refused(lists(FILES | {"consumptions.csv": more}))) == 1


def test_a_later_set_names_what_an_earlier_one_brought(app: Flask, lists: Lists) -> None:
    first = ("people.csv", "visits.csv", "consumptions.csv")
    bring(lists({name: FILES[name] for name in first}))
    bring(lists({name: sheet for name, sheet in FILES.items() if name not in first}))
    person = responses.person_of("R0001")
    assert person is not None and person.visit_ref == "V0001"
    assert referral_queries.ladder("F0001").who == "Grey Heron"


def test_who_is_on_record_already_is_named_by_ref(app: Flask, lists: Lists) -> None:
    ref = register.register("Blue Jay", **said(EVENING)).ref
    sheet = f"person,arrived_at,left_at\n{ref},2026-03-03 09:00,2026-03-03 09:30\n"
    bring(lists({"visits.csv": sheet}))
    assert visit_queries.visit("V0001").person_id == people.person(ref).id


def test_who_was_forgotten_stays_forgotten(app: Flask, lists: Lists, lead) -> None:
    folder = lists()
    bring(folder)
    register.forget("P0001", **said(EVENING, lead))
    assert bring(folder, EVENING + timedelta(hours=1)).ref is None
    assert people.by_handle("Grey Heron") is None
    assert verify().count == trail.last_seq()


def test_what_was_struck_since_cannot_be_named(app: Flask, lists: Lists, lead) -> None:
    first = {name: FILES[name] for name in ("people.csv", "visits.csv", "consumptions.csv")}
    bring(lists(first))
    seq = next(link.seq for link in trail.links_since(0) if link.kind == "visit.checked_in")
    visits.strike(seq, by=lead, at=EVENING)
    assert refused(lists()) == [
        "responses.csv:2: visit: No visit of these files or on record is called this.",
        "referrals.csv:2: visit: No visit of these files or on record is called this.",
        *(f"supplies.csv:{n}: visit: No visit of these files or on record is called this." for n in _OF_V1),
        *(f"services.csv:{n}: visit: No visit of these files or on record is called this." for n in (2, 5)),
        "incidents.csv:2: visit: No visit of these files or on record is called this.",
    ]


def test_one_wrong_row_keeps_everything_out(app: Flask, lists: Lists) -> None:
    before = trail.last_seq()
    bad = FILES["referrals.csv"].replace("phone", "pigeon")
    assert len(refused(lists(FILES | {"referrals.csv": bad}))) == 1
    assert trail.last_seq() == before
    assert db.session.scalar(select(func.count()).select_from(Visit)) == 0


def test_the_past_takes_nothing_from_todays_stock(app: Flask, lists: Lists) -> None:
    before = supplies.lots()
    bring(lists())
    assert supplies.lots() == before


def test_the_desk_goes_on_where_the_import_ended(app: Flask, lists: Lists) -> None:
    arrive(EVENING - timedelta(hours=1))
    bring(lists())
    assert arrive(EVENING).ref == "V0004"
    visits.leave("V0004", **said(EVENING))
    assert verify().count == trail.last_seq()


def test_what_is_entered_between_checking_and_writing_is_checked_again(app: Flask, lists: Lists) -> None:
    folder = lists()

    def meanwhile(stage: str, done: int, of: int) -> None:
        if (stage, done) == ("Checking", of) and people.by_handle("Grey Heron") is None:
            register.register("Grey Heron", **said(EVENING))

    with pytest.raises(NotClean):
        actions.bring_along(folder, by=OPERATOR, at=EVENING, told=meanwhile)
    assert db.session.scalar(select(func.count()).select_from(Visit)) == 0


def test_beside_a_server_only_a_little_is_written(
    app: Flask, lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_BESIDE_THE_DESK", 5)
    before, folder = trail.last_seq(), lists()
    with pytest.raises(Usage):
        actions.bring_along(folder, by=OPERATOR, at=EVENING, served=True)
    assert trail.last_seq() == before
    assert actions.bring_along(folder, by=OPERATOR, at=EVENING).ref == "import-1"


def test_a_published_day_gets_version_2_as_after_any_late_entry(app: Flask, lists: Lists) -> None:
    busy_day(8)
    first = publish()
    at = site.calendar().local(NEXT_MORNING - timedelta(hours=6)).isoformat(sep=" ", timespec="minutes")
    bring(lists({"visits.csv": f"arrived_at,left_at\n{at},{at}\n"}), NEXT_MORNING)
    touched = [release for release, _ in corrections.to_check(queries_on_top())]
    assert [release.first_on for release in touched] == [ON]
    outcomes = runner.run_all(lambda: NEXT_MORNING + timedelta(days=1))
    assert not [outcome for outcome in outcomes if outcome.error]
    versions = shelf.versions("daily", "funder", ON)
    assert [release.version for release in versions] == [2, 1]
    assert '"8", "9"' in versions[0].changes
    assert versions[1].id == first.id


def test_a_day_between_imported_ones_is_not_recorded_and_gets_no_report(app: Flask, lists: Lists) -> None:
    rows = [f"2026-03-{day:02} 09:00,2026-03-{day:02} 10:00" for day in (3, 4, 9)]
    bring(lists({"visits.csv": "arrived_at,left_at\n" + "\n".join(rows) + "\n"}))
    owed = [date.fromisoformat(one.period) for one in catalog.owed(EVENING, {}) if one.job == "daily.funder"]
    days = [on for on in owed if on < date(2026, 4, 1)]
    assert days == [date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 9)]
    assert owed[len(days) :][:2] == [date(2026, 11, 1), date(2026, 11, 2)]
    with pytest.raises(Refused, match="nothing on record"):
        publish(date(2026, 3, 5))


def queries_on_top() -> list:
    return list(shelf.on_top("daily", "funder"))
