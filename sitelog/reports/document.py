"""A protected release as a document: the look of the paper, with the words that explain every number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sitelog.disclosure.policy import Policy
from sitelog.disclosure.printed import Exact, Figure, SafeRelease
from sitelog.formats.document import (
    WORDS,
    Block,
    Changes,
    Chart,
    Definitions,
    Document,
    Kpi,
    Lines,
    Pair,
    Section,
    Table,
    Text,
)
from sitelog.ground.days import Window
from sitelog.ground.facts import Measure
from sitelog.ground.words import N_
from sitelog.reports import paper
from sitelog.reports.shape import Key, Part, Report
from sitelog.site.rules import SiteBook
from sitelog.tally.rollup import Words

LINES_CAPTION = N_(
    "Overdose and drug-emergency responses, one line each, in random order. No age, gender, clock time, "
    "named drug, place or ambulance."
)
NO_LINES = N_("There was no response to tell a line of.")
NO_LINES_THEN = N_("No response was known when the lines of this day were first printed.")
LINES_KEPT = N_("Incident lines are as first printed.")
REPLACES = N_("The earlier version is kept and marked as superseded.")
LINES_NOTE = N_("Each line by itself fits at least %(k)s people who were here that day.")


@dataclass(frozen=True)
class Issue:
    """What is printed about the making of one version."""

    window: Window
    as_of: datetime
    digest: str


def compose(
    report: Report,
    safe: SafeRelease,
    issue: Issue,
    *,
    book: SiteBook,
    policy: Policy,
    measures: Mapping[str, Measure],
    words: Words = str,
    language: str = "en",
) -> Document:
    """The document of one release; the same release and issue give the same document."""
    head = paper.Head(report, safe, book, issue.window, issue.as_of, words)
    facts = (*head.facts(), (words(N_("Smallest group")), f"{policy.k} ({words(policy.label).lower()})"))
    sections = [_section(part, safe, policy, words) for part in report.parts]
    method = Definitions((*paper.definitions(report, measures, words), *paper.method(safe, head, words)))
    caption = words(N_("What reads otherwise than in version %(n)s")) % {"n": safe.version - 1}
    kept = " ".join(words(text) for text in (LINES_KEPT, REPLACES) if report.lines or text != LINES_KEPT)
    told = (Changes(safe.changes, caption), Text(kept))
    changed = [Section(words(N_("What changed")), told)] if safe.version > 1 else []
    check = Text(words(N_("Last link of the trail: %(digest)s")).replace("%(digest)s", issue.digest))
    sections.append(Section(words(N_("Definitions and method")), (method, check)))
    return Document(
        title=words(report.title),
        subtitle=head.day,
        author=book.name,
        language=language,
        stamp=issue.window.end,
        facts=facts,
        kpis=tuple(_key(key, safe, words) for key in report.keys),
        sections=(*changed, *sections),
        footer=head.footer(),
        smallest=safe.k,
        subject=words(report.subject),
        running=head.version(),
        words={word: words(word) for word in WORDS},
    )


def _figure(safe: SafeRelease, where: tuple[str, str, str]) -> Figure:
    return safe.table(where[0]).figure(where[1], where[2])


def _key(key: Key, safe: SafeRelease, words: Words) -> Kpi:
    figures = {"rate": safe.rate(key.rate)} if key.rate else {}
    return Kpi(words(key.label), _figure(safe, key.figure), Text(words(key.note), figures))


def _section(part: Part, safe: SafeRelease, policy: Policy, words: Words) -> Section:
    blocks = (*_lines(part, safe, words), *_tables(part, safe, words))
    return Section(words(part.title), blocks)


def _lines(part: Part, safe: SafeRelease, words: Words) -> Iterator[Block]:
    if not part.lines or safe.lines is None:
        return
    none = NO_LINES_THEN if _counts_responses(safe) else NO_LINES
    none = words(safe.lines.withheld.reason if safe.lines.withheld else none)
    yield Lines(safe.lines, words(LINES_CAPTION), none)
    if safe.lines.rows:
        yield Text(words(LINES_NOTE) % {"k": safe.k})


def _counts_responses(safe: SafeRelease) -> bool:
    figures = (figure for table in safe.tables for figure in table.figures() if figure.measure == "responses")
    return any(isinstance(figure.cell, Exact) and figure.cell.value for figure in figures)


def _tables(part: Part, safe: SafeRelease, words: Words) -> Iterator[Block]:
    for n, ids in enumerate(part.rows):
        blocks: list[Block] = [Table(safe.table(id)) for id in ids]
        if part.chart and n == 0:
            blocks.append(Chart(safe.table(ids[0]), words(part.chart)))
        yield blocks[0] if len(blocks) == 1 else Pair(blocks[0], blocks[1])
    if part.note:
        yield Text(words(part.note.text), {name: _figure(safe, where) for name, where in part.note.figures})
