"""A document laid out on A4: header, key figures, legend, numbered sections, and the edges of each page."""

from sitelog.disclosure.printed import Cell, DoesNotApply, Exact, NotRecorded, Range
from sitelog.formats import blocks, look
from sitelog.formats.document import A_RANGE, NO_ANSWER, NO_SENSE, PAGE, ZERO, Document, Kpi, Section, Written
from sitelog.formats.paper import Paper
from sitelog.formats.pen import Pen, figure

AFTER_RUNNING = look.TOP + 8 * look.MM
# A long title is set smaller, down to this share, before it takes a second line.
SMALLEST_TITLE = 0.8


def draw(paper: Paper, document: Document) -> None:
    """Draws every page but the edges, which hang on how many pages there are."""
    pen = Pen(paper, document=document, turn=_turn)
    paper.bookmark(document.title, look.TOP)
    _header(pen)
    _kpis(pen)
    _legend(pen)
    for number, section in enumerate(document.sections, start=1):
        _section(pen, number, section)
    paper.turn()


def _turn(pen: Pen) -> None:
    pen.paper.turn()
    pen.y = AFTER_RUNNING


def edge(paper: Paper, document: Written, page: int, pages: int) -> None:
    """Running head and foot of one page."""
    with paper.artifact(pagination=True):
        if page > 1:
            y = look.TOP + look.SMALL
            paper.words(look.LEFT, y, f"{document.title}, {document.subtitle}", look.SMALL, ink=look.INK_3)
            paper.words(look.RIGHT, y, document.running, look.SMALL, ink=look.INK_3, align="right")
            paper.rule(look.LEFT, y + 5, look.RIGHT, y + 5, look.LINE_STRONG)
        y = 841.89 - 8 * look.MM
        paper.rule(look.LEFT, y - 12, look.RIGHT, y - 12, look.LINE_STRONG)
        paper.words(look.LEFT, y - 1, document.footer, look.TINY, ink=look.INK_3)
        count = document.say(PAGE) % {"page": page, "pages": pages}
        paper.words(look.RIGHT, y - 1, count, look.TINY, "bold", look.INK_3, "right")


def _header(pen: Pen) -> None:
    paper, document = pen.paper, pen.document
    with paper.artifact():
        paper.box(look.LEFT, look.TOP, look.WIDTH, 1.6 * look.MM, fill=look.ACCENT)
    top = pen.y = look.TOP + 4.6 * look.MM
    facts, end = _facts(pen)
    pen.y, room = top, facts - look.LEFT - look.GAP
    with paper.leaf("P"):
        pen.put(pen.lines(document.author, 8.2, room=room), 8.2, ink=look.INK_2)
    pen.y += 3
    titles = document.title, document.subtitle
    widest = max(paper.width(line, look.H1, "bold") for line in titles)
    size = look.H1 * max(SMALLEST_TITLE, min(1.0, room / widest))
    with paper.leaf("H1"):
        for line in titles:
            pen.put(pen.lines(line, size, "bold", room), size, "bold")
    pen.y = max(pen.y, end) + 3 * look.MM


def _facts(pen: Pen) -> tuple[float, float]:
    """The block at the right: label and words in two columns. Gives back where it begins, and ends below."""
    paper, size, facts = pen.paper, look.SMALL, pen.document.facts
    widest = max((paper.width(words, size, "bold") for _, words in facts), default=0)
    labels = max((paper.width(label, size) for label, _ in facts), default=0)
    x = max(look.RIGHT - widest - labels - 3 * look.MM, look.LEFT + look.WIDTH * 0.54)
    start = x + labels + 3 * look.MM
    with paper.element("L"):
        for label, words in facts:
            y = pen.y
            with paper.element("LI"):
                with paper.leaf("Lbl"):
                    pen.put([label], size, ink=look.INK_3, x=x)
                pen.y = y
                with paper.leaf("LBody"):
                    pen.put(pen.lines(words, size, "bold", look.RIGHT - start + 0.5), size, "bold", x=start)
            pen.y += 0.8
    return x, pen.y


def _kpis(pen: Pen) -> None:
    kpis, paper = pen.document.kpis, pen.paper
    if not kpis:
        return
    share, pad = look.WIDTH / len(kpis), 2.4 * look.MM
    notes = [
        pen.lines(pen.document.filled(k.note), look.TINY, room=share - 2 * pad) if k.note else []
        for k in kpis
    ]
    labels = [pen.lines(k.label, look.HEAD, "bold", share - 2 * pad) for k in kpis]
    head = max(map(len, labels)) * look.leading(look.HEAD)
    tall = 2 * pad + head + look.leading(look.BIG) + max(map(len, notes)) * look.leading(look.TINY)
    y = pen.y
    with paper.artifact():
        paper.box(look.LEFT, y, look.WIDTH, tall, edge=look.LINE_STRONG, line=0.85)
        for at in range(1, len(kpis)):
            paper.rule(look.LEFT + at * share, y, look.LEFT + at * share, y + tall, look.LINE)
    for at, kpi in enumerate(kpis):
        pen.y = y + pad
        _kpi(pen, kpi, look.LEFT + at * share + pad, labels[at], notes[at], y + pad + head)
    pen.y = y + tall + 2.5 * look.MM


def _kpi(pen: Pen, kpi: Kpi, x: float, label: list[str], note: list[str], base: float) -> None:
    with pen.paper.leaf("P"):
        pen.put(label, look.HEAD, "bold", x=x)
        pen.y = base
        shown = pen.document.show(kpi.figure.cell)
        if isinstance(kpi.figure.cell, Range):
            figure(pen, kpi.figure.cell, x + 46, base + look.BIG, size=look.BIG * 0.8)
            pen.y += look.leading(look.BIG)
        else:
            pen.put([shown], look.BIG, "bold", x=x)
        pen.put(note, look.TINY, ink=look.INK_3, x=x)


def _legend(pen: Pen) -> None:
    """The four things a cell can be besides a number, each as it looks in a table."""
    paper, size, pad = pen.paper, look.SMALL, 2.2 * look.MM
    row, y = look.leading(size) + 3, pen.y
    with paper.artifact():
        paper.box(look.LEFT, y, look.WIDTH, 2 * row + 2 * pad - 5, fill=look.SURFACE_2, edge=look.LINE)
    k = pen.document.smallest
    samples: tuple[tuple[Cell, str], ...] = (
        (Range(0, k - 1), A_RANGE),
        (Exact(0), ZERO),
        (NotRecorded(), NO_ANSWER),
        (DoesNotApply(), NO_SENSE),
    )
    for at, (sample, meaning) in enumerate(samples):
        x, base = look.LEFT + pad + (at % 2) * look.WIDTH * 0.53, y + pad + (at // 2) * row + size
        with paper.leaf("P"):
            figure(pen, sample, x + (27, 12, 27, 12)[at], base, bold=True, size=size)
            paper.words(x + (33, 18, 33, 18)[at], base, pen.document.say(meaning), size)
    pen.y = y + 2 * row + 2 * pad - 5 + 1.5 * look.MM


def _section(pen: Pen, number: int, section: Section) -> None:
    paper = pen.paper
    first = blocks.start(pen, section.blocks[0]) if section.blocks else 0.0
    pen.y += 3 * look.MM
    pen.room(look.leading(look.H2) + 8 + first)
    paper.bookmark(f"{number} {section.title}", pen.y)
    with paper.leaf("H2"):
        base = pen.y + look.H2
        paper.words(look.LEFT, base, str(number), look.H2, "bold", look.ACCENT)
        wide = paper.width(f"{number}  ", look.H2, "bold") + 2
        paper.words(look.LEFT + wide, base, section.title, look.H2, "bold")
    pen.y += look.leading(look.H2) + 1.5
    with paper.artifact():
        paper.rule(look.LEFT, pen.y, look.RIGHT, pen.y, look.INK, 1.0)
    pen.y += 1.4 * look.MM
    for at, block in enumerate(section.blocks):
        if at:
            pen.y += 2.2 * look.MM
        blocks.draw(pen, block)
