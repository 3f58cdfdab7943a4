"""How files are read: every bad row is told by file, line, column and reason, and all of them at once."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitelog.ground.access import OPERATOR
from sitelog.ground.days import SiteCalendar
from sitelog.ground.errors import Refused, Usage
from sitelog.imports import actions, cells, plan
from sitelog.imports.cells import Reading
from sitelog.imports.sheets import Column, File, Row, Sheet
from sitelog.people import actions as register
from sitelog.referrals import actions as referrals
from sitelog.referrals.defaults import SERVICES
from sitelog.site import defaults, rules
from sitelog.trail import queries as trail
from tests.conftest import EVENING
from tests.factories import said
from tests.imports.conftest import FILES, text_of

Lists = Callable[..., Path]
READING = Reading(rules.assemble(defaults.starter("Juniper Street", "America/Toronto")), EVENING)
VISITS = "id,arrived_at,place,seated_at,left_at\n"


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in plan.check(folder, EVENING).problems]


def cell(read: cells.Reader, text: str) -> object:
    return read(text, READING)


@pytest.mark.parametrize(
    ("file", "old", "new", "where"),
    [
        ("people.csv", "Grey Heron", "", "people.csv:2: handle"),
        ("people.csv", "Grey Heron", "x" * 41, "people.csv:2: handle"),
        ("people.csv", "Île aux Oies", "grey-heron", "people.csv:3: handle"),
        ("people.csv", "p2", "p1", "people.csv:3: id"),
        ("visits.csv", "v1,p1", "v1,p9", "visits.csv:2: person"),
        ("visits.csv", "09:05", "9:05", "visits.csv:2: seated_at"),
        ("visits.csv", "2026-03-03 09:05", "2026-02-30 09:05", "visits.csv:2: seated_at"),
        ("visits.csv", "2026-03-03 09:05", "1826-03-03 09:05", "visits.csv:2: seated_at"),
        ("visits.csv", "2026-03-03 10:00", "2027-03-03 10:00", "visits.csv:2: left_at"),
        ("visits.csv", "2026-03-03 10:00", "", "visits.csv:2: left_at"),
        ("visits.csv", "09:20", "08:20", "visits.csv:2: aftercare_at"),
        ("visits.csv", ",3,", ",33,", "visits.csv:2: place"),
        ("visits.csv", ",3,2026-03-03 09:05", ",3,", "visits.csv:2: seated_at"),
        ("visits.csv", "yes,wait", "perhaps,wait", "visits.csv:3: left_before_service"),
        ("visits.csv", "yes,wait", "yes,rain", "visits.csv:3: left_reason"),
        ("visits.csv", "yes,wait", ",wait", "visits.csv:3: left_reason"),
        ("visits.csv", "10:00,,", "10:00,yes,", "visits.csv:2: left_before_service"),
        ("visits.csv", "yes,wait", "yes,wait,more", "visits.csv:3"),
        ("consumptions.csv", "v1,,down", "v7,,down", "consumptions.csv:2: visit"),
        ("consumptions.csv", "down", "dowm", "consumptions.csv:2: substance"),
        ("consumptions.csv", "inject", "tickle", "consumptions.csv:2: route"),
        ("consumptions.csv", ",2,", ",two,", "consumptions.csv:3: episode"),
        ("consumptions.csv", ",2,", ",3,", "consumptions.csv:3: episode"),
        ("consumptions.csv", ",2,", ",0,", "consumptions.csv:3: episode"),
        ("consumptions.csv", "X,2026-03-03 09:30", ",2026-03-03 09:30", "consumptions.csv:3: place"),
        ("consumptions.csv", "09:30", "09:01", "consumptions.csv:3: seated_at"),
        ("consumptions.csv", "inject,,", "inject,3,", "consumptions.csv:2: place"),
        ("responses.csv", "r1,v1", "r1,v9", "responses.csv:2: visit"),
        ("responses.csv", "recovered", "fine", "responses.csv:2: outcome"),
        ("responses.csv", "opioid", "poppy", "responses.csv:2: pathway"),
        ("steps.csv", "oxygen", "air", "steps.csv:2: kind"),
        ("steps.csv", "bag_valve_mask", "bag", "steps.csv:2: device"),
        ("steps.csv", ",15,", ",99,", "steps.csv:2: litres_per_minute"),
        ("steps.csv", "400", "0", "steps.csv:3: micrograms"),
        ("steps.csv", "intramuscular,,", "intramuscular,91,", "steps.csv:3: spo2"),
        ("steps.csv", ",91,", ",191,", "steps.csv:4: spo2"),
        ("steps.csv", "36.6", "36.66", "steps.csv:4: temperature"),
        ("steps.csv", "91,36.6", ",", "steps.csv:4: spo2"),
        ("referrals.csv", "methadone", "methadon", "referrals.csv:2: service"),
        ("referrals.csv", "phone", "pigeon", "referrals.csv:2: how"),
        ("referrals.csv", "phone", "", "referrals.csv:2: how"),
        ("referrals.csv", "2026-03-03 09:55,phone", ",phone", "referrals.csv:2: made_at"),
        ("referrals.csv", "09:51", "09:49", "referrals.csv:2: "),
        ("referrals.csv", "r1", "r9", "referrals.csv:2: response"),
        ("supplies.csv", "x1,v1", "x1,v9", "supplies.csv:2: visit"),
        ("supplies.csv", "x2", "x1", "supplies.csv:3: id"),
        ("supplies.csv", "2026-03-03 09:58,given", ",given", "supplies.csv:2: happened_at"),
        ("supplies.csv", "2026-03-03 09:58,given", "2027-03-03 09:58,given", "supplies.csv:2: happened_at"),
        ("supplies.csv", "given", "gave", "supplies.csv:2: kind"),
        ("supplies.csv", "needle_1ml", "needle", "supplies.csv:2: item"),
        ("supplies.csv", "needle_1ml", "", "supplies.csv:2: item"),
        ("supplies.csv", "needle_1ml,,20", "needle_1ml,,0", "supplies.csv:2: count"),
        ("supplies.csv", "needle_1ml,,20", "needle_1ml,,-20", "supplies.csv:2: count"),
        ("supplies.csv", "needle_1ml,,20", "needle_1ml,,100001", "supplies.csv:2: count"),
        ("supplies.csv", "needle_1ml,,20", "needle_1ml,,some", "supplies.csv:2: count"),
        ("supplies.csv", "needle_1ml,,20", "needle_1ml,,", "supplies.csv:2: count"),
        ("supplies.csv", "needle_1ml,,20,", "needle_1ml,,20,said", "supplies.csv:2: method"),
        ("supplies.csv", "injection_kit", "injection", "supplies.csv:3: kit"),
        ("supplies.csv", ",injection_kit", "needle_1ml,injection_kit", "supplies.csv:3: item"),
        ("supplies.csv", "injection_kit,2", "injection_kit,0", "supplies.csv:3: count"),
        ("supplies.csv", "30,said", "30,guessed", "supplies.csv:4: method"),
        ("supplies.csv", "30,said", "30,", "supplies.csv:4: method"),
        ("supplies.csv", "30,said", "0,said", "supplies.csv:4: count"),
        ("supplies.csv", "30,said", ",said", "supplies.csv:4: count"),
        ("supplies.csv", "30,said,", "30,said,900", "supplies.csv:4: grams"),
        ("supplies.csv", ",weight,500", "9,weight,500", "supplies.csv:5: count"),
        ("supplies.csv", "weight,500", "weight,0", "supplies.csv:5: grams"),
        ("supplies.csv", ",weight,500", "9,weight,", "supplies.csv:5: grams"),
        ("supplies.csv", "weight,500", "weight,", "supplies.csv:5: grams"),
        ("supplies.csv", "nasal", "oral", "supplies.csv:6: form"),
        ("supplies.csv", "first", "", "supplies.csv:6: reason"),
        ("supplies.csv", "first,yes", "first,maybe", "supplies.csv:6: trained"),
        ("supplies.csv", "x6,", "x6,v1", "supplies.csv:7: visit"),
        ("supplies.csv", "7,,,,,,public", ",,,,,,public", "supplies.csv:7: count"),
        ("supplies.csv", "bin_emptied,20", "bin_emptied,0", "supplies.csv:8: litres"),
        ("supplies.csv", "bin_emptied,20", ",20", "supplies.csv:8: pick_up"),
        ("services.csv", "t1,v1", "t1,v9", "services.csv:2: visit"),
        ("services.csv", ",p1", ",p9", "services.csv:3: person"),
        ("services.csv", "wound_care", "magic", "services.csv:2: kind"),
        ("services.csv", "wound_care,,,no", "wound_care,,,yes", "services.csv:2: result_given"),
        ("services.csv", "wound_care,,", "wound_care,,hiv", "services.csv:2: topic"),
        ("services.csv", "hiv", "tetanus", "services.csv:3: topic"),
        ("services.csv", "test,,hiv", "test,,", "services.csv:3: topic"),
        ("services.csv", "test,", "test,3", "services.csv:3: attending"),
        ("services.csv", "support_group,9", "support_group,", "services.csv:4: attending"),
        ("services.csv", "support_group,9", "support_group,501", "services.csv:4: attending"),
        ("services.csv", "support_group,9", "support_group,nine", "services.csv:4: attending"),
        ("services.csv", ",down,", ",gold,", "services.csv:5: expected"),
        ("services.csv", "fentanyl:positive", "fentanyl", "services.csv:5: strips"),
        ("services.csv", "fentanyl:positive", "fentanyl:maybe", "services.csv:5: strips"),
        ("services.csv", "fentanyl:positive", "gold:positive", "services.csv:5: strips"),
        ("services.csv", "fentanyl:positive", "xylazine:positive", "services.csv:5: strips"),
        ("services.csv", "fentanyl caffeine", "fentanyl gold", "services.csv:5: found"),
        ("services.csv", "caffeine,used", "caffeine,flew", "services.csv:5: did"),
        ("services.csv", "2026-03-03 13:00", "2026-03-33 13:00", "services.csv:4: happened_at"),
        ("incidents.csv", "i1,v1", "i1,v9", "incidents.csv:2: visit"),
        ("incidents.csv", "v1,r1", "v1,r9", "incidents.csv:2: response"),
        ("incidents.csv", "verbal", "magic", "incidents.csv:2: kind"),
        ("incidents.csv", "verbal,3", "verbal,33", "incidents.csv:2: where"),
        ("incidents.csv", "against:against_staff", "against", "incidents.csv:2: answers"),
        ("incidents.csv", "against:against_staff", "against:powder", "incidents.csv:2: answers"),
        ("incidents.csv", "against:against_staff", "found:3", "incidents.csv:2: answers"),
        ("incidents.csv", "found:12", "found:many", "incidents.csv:4: answers"),
        ("incidents.csv", "bagged@", "bagged ", "incidents.csv:3: steps"),
        ("incidents.csv", "bagged@", "wash@", "incidents.csv:3: steps"),
        ("incidents.csv", "bagged@", "bagged:maybe@", "incidents.csv:3: steps"),
        ("incidents.csv", "bagged@2026-03-03T10:35", "bagged@2026-03-03T10:25", "incidents.csv:3: steps"),
        ("incidents.csv", "2026-03-03 12:00", "2026-03-03 10:00", "incidents.csv:3: closed_at"),
        ("incidents.csv", ",authority", ",", "incidents.csv:3: end"),
        ("incidents.csv", "authority", "magic", "incidents.csv:3: end"),
    ],
)
def test_each_kind_of_bad_cell_is_told_where_it_is(
    app: Flask, lists: Lists, file: str, old: str, new: str, where: str
) -> None:
    referrals.list_services(SERVICES, **said(EVENING))
    assert problems(lists()) == []
    assert old in FILES[file]
    found = problems(lists(FILES | {file: FILES[file].replace(old, new, 1)}))
    assert len(found) == 1, found
    assert found[0].startswith(where)


def test_every_bad_row_is_told_not_only_the_first(app: Flask, lists: Lists) -> None:
    rows = [f"v{n},yesterday,99,,soon" for n in range(40)]
    found = problems(lists({"visits.csv": VISITS + "\n".join(rows)}))
    assert len(found) == 3 * 40
    assert found[-1].startswith("visits.csv:41: left_at: ")


def test_a_handle_that_is_taken_is_told_without_a_word_of_it(app: Flask, lists: Lists) -> None:
    register.register("Grey Heron", **said(EVENING))
    (found,) = problems(lists({"people.csv": FILES["people.csv"]}))
    assert found == "people.csv:2: handle: This is already the handle of P0001."


def test_an_unknown_column_is_refused_with_the_nearest(app: Flask, lists: Lists) -> None:
    (found,) = problems(lists({"visits.csv": "id,arived_at,arrived_at,left_at\n"}))
    assert (
        found == "visits.csv:1: arived_at: There is no column “arived_at” here. The nearest is “arrived_at”."
    )


def test_a_missing_and_a_doubled_column_are_told(app: Flask, lists: Lists) -> None:
    found = problems(lists({"visits.csv": "arrived_at,id,id\n"}))
    assert [line.rsplit(":", 1)[0] for line in found] == ["visits.csv:1: id", "visits.csv:1: left_at"]


def test_a_file_with_an_unknown_name_is_refused_with_the_nearest(app: Flask, lists: Lists) -> None:
    found = problems(lists(FILES | {"visit.csv": VISITS}))
    assert "visit.csv:1: No file of this name is imported. The nearest is “visits.csv”." in found


def test_a_part_without_its_whole_is_told(app: Flask, lists: Lists) -> None:
    found = problems(lists({"steps.csv": FILES["steps.csv"]}))
    assert len(found) == 3
    assert found[0].startswith("steps.csv:2: response: No row of responses.csv")


def test_a_file_without_a_header_is_told_once_not_for_each_row_that_names_it(
    app: Flask, lists: Lists
) -> None:
    files = {name: FILES[name] for name in ("people.csv", "visits.csv", "consumptions.csv", "steps.csv")}
    files |= {"responses.csv": FILES["responses.csv"].replace("visit,", "vist,")}
    (found,) = problems(lists(files))
    assert found.startswith("responses.csv:1: vist: ")


def test_an_empty_folder_says_what_files_are_called(app: Flask, tmp_path: Path) -> None:
    with pytest.raises(Usage, match=r"visits\.csv.*sitelog import --template"):
        actions.bring_along(tmp_path, by=OPERATOR, at=EVENING)


def test_a_folder_that_is_not_there_says_how_to_make_one(app: Flask, tmp_path: Path) -> None:
    with pytest.raises(Usage, match="no folder .*none.*sitelog import --template"):
        actions.bring_along(tmp_path / "none", by=OPERATOR, at=EVENING)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("comma", [",", ";"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_files_are_read_as_spreadsheets_save_them(
    app: Flask, lists: Lists, mark: bytes, comma: str, newline: str
) -> None:
    folder = lists({})
    for name in ("people.csv", "visits.csv", "consumptions.csv"):
        text = text_of(FILES[name]).replace(",", comma).replace("\n", newline)
        (folder / name).write_bytes(mark + text.encode())
    assert problems(folder) == []
    assert actions.bring_along(folder, by=OPERATOR, at=EVENING).ref == "import-1"


def test_lines_are_counted_over_quoted_line_breaks_and_empty_lines(app: Flask, lists: Lists) -> None:
    sheet = (
        "id,recognised_at,closed_at,outcome,note\n"
        'r1,2026-03-03 09:00,2026-03-03 09:30,recovered,"two\nlines, and ""quotes"""\n'
        "\n"
        "r2,2026-03-03 09:00,2026-03-03 09:30,fine,\n"
    )
    folder = lists({})
    (folder / "responses.csv").write_text(sheet, encoding="utf-8")
    (found,) = problems(folder)
    assert found.startswith("responses.csv:5: outcome")
    (folder / "responses.csv").write_text(sheet.replace("fine", "recovered"), encoding="utf-8")
    actions.bring_along(folder, by=OPERATOR, at=EVENING)
    started = [link.seq for link in trail.links_since(0) if link.kind == "response.started"]
    assert trail.notes(started) == {started[0]: 'two\nlines, and "quotes"'}


@pytest.mark.parametrize(
    "broken",
    [
        VISITS.encode() + b"v1,2026-03-03 09:00,,,\xff\n",
        VISITS.encode() + b'v1,"2026-03-03 09:00,,,\n',
        VISITS.encode() + b'v1,"2026"-03-03,,,\n',
        VISITS.encode("utf-16"),
        b"",
        b"\x00\x00",
        b"a,b\n1,2\n",
    ],
)
def test_what_is_no_csv_in_utf_8_is_told_and_never_breaks_the_reading(
    app: Flask, lists: Lists, broken: bytes
) -> None:
    folder = lists({})
    (folder / "visits.csv").write_bytes(broken)
    assert problems(folder)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-03 09:00", "2026-03-03 14:00"),
        ("2026-03-03T09:00:30", "2026-03-03 14:00:30"),
        ("2026-03-03 09:00Z", "2026-03-03 09:00"),
        ("2026-03-03 09:00 +01:00", "2026-03-03 08:00"),
        ("2025-11-02 00:59", "2025-11-02 04:59"),
        ("2025-11-02 01:30-04:00", "2025-11-02 05:30"),
        ("2025-11-02 01:30-05:00", "2025-11-02 06:30"),
        ("2025-11-02 02:00", "2025-11-02 07:00"),
        ("2026-03-08 02:30-05:00", "2026-03-08 07:30"),
    ],
)
def test_a_time_is_the_sites_unless_it_has_an_offset(text: str, utc: str) -> None:
    assert cell(cells.moment, text) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-03-08 02:30", "skipped 02:30"),
        ("2025-11-02 01:30", "twice that day: add the offset, as in 2025-11-02 01:30-04:00"),
        ("2025-11-02 01:00", "twice"),
        ("2026-03-03", "like 2025-03-09 14:02"),
        ("03/03/2026 09:00", "like 2025-03-09 14:02"),
        ("2026-03-03 24:10", "no such date or time"),
        ("2026-13-03 10:10", "no such date or time"),
        ("0001-01-01 00:00", "year"),
        ("9999-12-31 23:59", "year"),
        ("２０２６-03-03 09:00", "like 2025-03-09 14:02"),
        ("2026-11-18 00:00", "still to come"),
        ("2026-03-03 09:00+25:00", "no such date or time"),
    ],
)
def test_a_time_that_is_none_or_two_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why.replace("+", r"\+")):
        cell(cells.moment, text)


@pytest.mark.parametrize(("text", "value"), [("36", 360), ("36.6", 366), ("36,6", 366), ("-0.5", -5)])
def test_one_decimal_is_kept_in_tenths(text: str, value: int) -> None:
    assert cell(cells.tenths, text) == value


@pytest.mark.parametrize("read", [cells.number, cells.tenths, cells.yes_or_no, cells.day, cells.moment])
@given(text=st.text(min_size=1, max_size=40))
def test_a_cell_is_read_or_refused_and_nothing_else(read: cells.Reader, text: str) -> None:
    try:
        cell(read, text)
    except Refused as refusal:
        assert str(refusal)


@given(wall=st.datetimes(datetime(1990, 1, 1), datetime(2026, 11, 1)))
def test_a_wall_clock_time_is_one_instant_or_refused(wall: datetime) -> None:
    calendar = SiteCalendar("America/Toronto")
    wall = wall.replace(second=0, microsecond=0)
    try:
        instant = calendar.only_instant(wall)
    except Refused:
        return
    assert calendar.local(instant).replace(tzinfo=None) == wall
    assert calendar.local(instant).fold == 0


WORDS = Sheet("words.csv", "Words", tuple(Column(name, cells.note, name) for name in "abc"))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(st.tuples(*[st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=9)] * 3)),
    comma=st.sampled_from(",;"),
)
def test_what_a_csv_writer_wrote_is_read_back(rows: list[tuple[str, ...]], comma: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=comma, quoting=csv.QUOTE_ALL).writerows([tuple("abc"), *rows])
    file, found = read_bytes(text.getvalue().encode())
    assert file.problems == []
    assert [row.values for row in found] == [tuple(c.strip() or None for c in row) for row in rows]
    assert [row.line for row in found] == list(range(2, len(rows) + 2))


@given(content=st.binary(max_size=300) | st.text(alphabet='ab,;"\n\r\0', max_size=60).map(str.encode))
def test_any_bytes_are_read_or_told_of(content: bytes) -> None:
    file, found = read_bytes(content)
    assert file.problems or all(row.good for row in found)


def read_bytes(content: bytes) -> tuple[File, list[Row]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "words.csv"
        path.write_bytes(content)
        file = File(path, WORDS)
        return file, list(file.read(READING, lambda size: None))
