"""A daily report like the design's, made the way `reports` makes one: raw tables, protect(), a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from sitelog.disclosure.policy import Policy, preset
from sitelog.disclosure.protect import Protection, protect
from sitelog.disclosure.tables import (
    RawCell,
    RawColumn,
    RawLine,
    RawLines,
    RawRate,
    RawRelease,
    RawRow,
    RawTable,
    RawVisitor,
)
from sitelog.formats.document import Chart, Definitions, Document, Kpi, Lines, Pair, Section, Table, Text

KEY = b"a key for tests"
DAY = date(2026, 11, 17)
BANDS = {
    "morning": ("Morning", "07:00–11:59", 46, 33, 49),
    "afternoon": ("Afternoon", "12:00–16:59", 71, 52, 66),
    "evening": ("Evening", "17:00–21:59", 68, 47, 70),
    "overnight": ("Overnight", "22:00–02:59", 22, 14, 25),
    "early": ("Early", "03:00–06:59", 7, 5, 9),
}
LINES = (
    RawLine("afternoon", "opioid", "oxygen", "recovered"),
    RawLine("evening", "opioid", "naloxone_1_2", "recovered"),
    RawLine("morning", "opioid", "oxygen", "recovered"),
    RawLine("evening", "other", "oxygen", "recovered"),
    RawLine("evening", "stimulant", "monitored", "other"),
)


def visitors(people: int = 90) -> tuple[RawVisitor, ...]:
    """People who between them came in every part of the day for every class."""
    parts, classes = ("morning", "afternoon", "evening"), ("opioid", "stimulant", "other")
    return tuple(RawVisitor(f"p{n}", parts[n % 3], (classes[n // 3 % 3],)) for n in range(people))


def counted(
    id: str, title: str, head: str, measure: str, dimension: str, rows: Mapping[str, int]
) -> RawTable:
    column = RawColumn("n", measure.capitalize(), measure)
    labels = {code: code.replace("_", " ").capitalize() for code in rows}
    return RawTable.simple(id, title, head, column, dimension, rows, labels, ("All", sum(rows.values())))


def bands() -> RawTable:
    columns = (
        RawColumn("accesses", "Accesses", "accesses"),
        RawColumn("episodes", "Episodes", "episodes"),
        RawColumn("mean", "Last 7 days’ mean", "accesses_mean_7_days"),
    )
    rows = [
        RawRow(code, label, tuple(RawCell(n) for n in counts), (("band", code),), note=hours)
        for code, (label, hours, *counts) in BANDS.items()
    ]
    sums = tuple(RawCell(sum(row.cells[at].count or 0 for row in rows)) for at in range(3))
    return RawTable(
        "bands", "By time of arrival", "Band", columns, (*rows, RawRow("all", "All day", sums, total=True))
    )


def gender() -> RawTable:
    """A person breakdown, to see ranges on paper (a daily has none)."""
    column = RawColumn("people", "People", "people", kind="person")
    counts = {"female": 3, "male": 60, "other": 12}
    rows = [RawRow(c, c.capitalize(), (RawCell(n, n),), (("gender", c),)) for c, n in counts.items()]
    rows.append(RawRow("unknown", "Not said", (RawCell(None),), (("gender", "unknown"),)))
    rows.append(RawRow("staff", "Staff", (RawCell(None, applies=False),), (("gender", "staff"),)))
    return RawTable("gender", "People by gender", "Gender", (column,), tuple(rows), open_total=214)


def raw(
    version: int = 1, lines: tuple[RawLine, ...] = LINES, usual: float | None = 96, people: int = 270
) -> RawRelease:
    counts = {"accesses": 214, "episodes": 151, "consumptions": 173, "left": 11, "responses": 5}
    column = RawColumn("n", "Count", "")
    rows = tuple(RawRow(code, code.capitalize(), (RawCell(n),), measure=code) for code, n in counts.items())
    return RawRelease(
        f"daily-{DAY}", version, DAY, DAY,
        (
            RawTable("figures", "Key figures", "What", (column,), rows),
            bands(),
            counted("classes", "Consumptions by class", "Class", "consumptions", "substance_class",
                    {"opioid": 88, "stimulant": 68, "other": 17}),
            counted("routes", "Consumptions by route", "Route", "consumptions", "route",
                    {"inhaled": 82, "injected": 79, "snorted": 12, "swallowed": 0}),
            counted("tiers", "Responses by highest step", "Step", "responses", "tier",
                    {"monitored": 1, "oxygen": 2, "breaths": 1, "naloxone": 1, "ambulance_or_cpr": 0}),
            gender(),
        ),
        RawLines(lines, visitors(people), usual),
        (RawRate("per_1000", "per 1,000 episodes", "responses_per_1000_episodes",
                 ("figures", "responses", "n"), ("figures", "episodes", "n")),),
    )  # fmt: skip


def changed(release: RawRelease, table: str, row: str, count: int) -> RawRelease:
    """The release with another number in the first column of one row."""
    tables = []
    for one in release.tables:
        rows = tuple(
            replace(r, cells=(RawCell(count, count), *r.cells[1:])) if (one.id, r.code) == (table, row) else r
            for r in one.rows
        )
        tables.append(replace(one, rows=rows))
    return replace(release, tables=tuple(tables))


def protected(policy: Policy | None = None, **changes: object) -> Protection:
    return protect(raw(**changes), policy or preset("partner"), key=KEY)  # type: ignore[arg-type]


def document(protection: Protection | None = None, language: str = "en-CA") -> Document:
    safe = (protection or protected()).safe
    figures, routes = safe.table("figures"), safe.table("routes")
    responses = figures.figure("responses")
    kpis = (
        Kpi("Accesses", figures.figure("accesses"), Text("came in for anything")),
        Kpi("Episodes", figures.figure("episodes"), Text("used a booth or seat")),
        Kpi("Consumptions", figures.figure("consumptions"), Text("each substance counted")),
        Kpi("Left before service", figures.figure("left"), Text("had to wait")),
        Kpi("Overdose responses", responses, Text("%(n)s per 1,000 episodes", {"n": safe.rate("per_1000")})),
    )
    caption = "Overdose and drug-emergency responses, one line each, in random order."
    assert safe.lines
    lines = Lines(safe.lines, caption, "There were no responses.")
    gender = safe.table("gender")
    title = "Accesses by band, last 7 days’ mean in brackets"
    chart = Chart(safe.table("bands"), title, "accesses", "mean")
    definitions = (
        ("Response tier", "Highest step taken by anyone: monitored or stimulated, oxygen, "
         "assisted breathing, naloxone by staff, ambulance transport or CPR."),
        ("Access, episode, consumption",
         "An access is a person coming in for anything. An episode is one use of a place. "
         "A consumption is one substance in one episode. They are never added together."),
        ("Exact or range", " ".join(map(str, safe.notes)) or "All numbers are exact."),
    )  # fmt: skip
    sections = (
        Section("Responses", (lines, Text("Each line fits at least 5 people who were here that day."))),
        Section("Use of the site", (
            Pair(Table(safe.table("bands"), ("accesses", "episodes")), chart),
            Pair(Table(safe.table("classes")), Table(routes)),
        )),
        Section("People", (Pair(Table(gender), Chart(gender, "People by gender")),)),
        Section("Steps", (Table(safe.table("tiers")),)),
        Section("Definitions and method", (Definitions(definitions),)),
    )  # fmt: skip
    return Document(
        "Daily incident report",
        "Tuesday 17 November 2026",
        "Juniper Street overdose prevention site",
        language,
        datetime(2026, 11, 18, 12, 0, tzinfo=UTC),
        (
            ("Covers", "17 Nov 07:00 – 18 Nov 06:59 EST"),
            ("As of", "Wed 18 Nov 2026, 09:00 EST"),
            ("Version", "1 (no earlier version)"),
            ("Open", "24 of 24 hours, 11 places"),
            ("Smallest group", "5 (partner)"),
        ),
        kpis,
        sections,
        "Juniper Street · daily incident report 17 Nov 2026 · v1 · as of 18 Nov 09:00 EST · check 7Q4M-21KD",
        safe.k, running="Version 1",
    )  # fmt: skip
