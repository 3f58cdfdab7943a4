"""Every word a person can see is marked for translation, in a form the extractor finds."""

import ast
import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SITELOG = sorted((ROOT / "sitelog").rglob("*.py"))
SCRIPTS = sorted((ROOT / "sitelog" / "static").glob("*.js"))
JINJA = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"])

# Attributes whose value is shown or read out.
SEEN = {"alt", "title", "placeholder", "label", "data-confirm", "hx-confirm"} | {
    f"aria-{name}" for name in ("label", "description", "roledescription", "valuetext", "placeholder")
}
# What stays as it is in every language: keys, code, the programme's name, the symbols of units.
SAME_EVERYWHERE = {"kbd", "code", "script", "style"}
NOT_WORDS = {"sitelog", "mg", "µg", "mL", "L", "min", "h", "s", "C", "mmHg", "mmol", "SpO", "SpO₂"}
LETTERS = re.compile(r"[^\W\d_]+")
# Stands in the markup where a template prints something; the number finds the expression again.
PRINTED = re.compile("\ue000([0-9]+)\ue001")
# What a macro may hold outside any tag and is no word: attributes, addresses, an id made from another one.
CODE = re.compile(r"""[\w:-]+="[^"]*"|(?<!\S)/\S+|(?<=\ue001)-[a-z-]+""")
# The block whose text becomes a class of the page's frame.
CLASSES = ["block", "frame"]

KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None, "_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
MARKS = {"N_", "_", "_l", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext"}
# What a person reads is the first argument of these, and these keywords of anything.
SPOKEN_CALLS = re.compile(r"Refused|Conflict|Unknown|Forbidden|Sentence|flash|[A-Z]\w+Field")
SPOKEN_KEYWORDS = {"label", "definition", "said"}
# The operator's command speaks English: its words are in scripts and logs.
UNTRANSLATED = set((ROOT / "sitelog" / "cli").rglob("*.py"))


def is_words(text: str) -> bool:
    """Whether a text holds a word of some language, not only figures, signs and units."""
    rest = PRINTED.sub(" ", CODE.sub(" ", text))
    return any(word not in NOT_WORDS for word in LETTERS.findall(rest))


def markup(source: str) -> tuple[str, list[str]]:
    """A template as plain HTML, each line where it was, and the expressions it prints, in order."""
    html, line, printed, inside, silent = "", 1, [], "", False
    for number, kind, value in JINJA.lex(source):
        if kind == "data":
            html, line = html + "\n" * (number - line), number
            html += re.sub(r"\S", " ", value) if silent else value
            line += value.count("\n")
        elif kind in ("variable_begin", "block_begin"):
            inside = ""
        elif kind == "variable_end":
            html += f"\ue000{len(printed)}\ue001"
            printed.append(inside)
        elif kind == "block_end":
            words = inside.split()
            begins = words[0] == "trans" or words[:2] == CLASSES
            silent = begins or (silent and words[0] not in ("endtrans", "endblock"))
            html += " "
        else:
            inside += value
    return html, printed


def printable_constants(expression: str) -> list[str]:
    """The texts an expression may print as they are, reached without passing through a call."""
    waiting: list[nodes.Node] = list(JINJA.parse("{{" + expression + "}}").body)
    found = []
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.Const | nodes.TemplateData):
            found.append(str(node.value if isinstance(node, nodes.Const) else node.data))
        elif isinstance(node, nodes.CondExpr):
            waiting += filter(None, (node.expr1, node.expr2))
        elif isinstance(node, nodes.Output | nodes.Concat):
            waiting += node.nodes
        elif isinstance(node, nodes.Or | nodes.Add):
            waiting += (node.left, node.right)
    return found


class Reader(HTMLParser):
    """Collects line and text of what a reader of the page would see and a translator would not."""

    def __init__(self, printed: list[str]) -> None:
        super().__init__()
        self.printed = printed
        self.found: list[tuple[int, str]] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        kept = tag in SAME_EVERYWHERE or values.get("translate") == "no"
        if kept or (self.silent and tag == self.silent[-1]):
            self.silent.append(tag)
        shown = SEEN | {"value"} if values.get("type") in ("submit", "button", "reset") else SEEN
        for name, value in attrs:
            if value and name in shown:
                self.look(value)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag == self.silent[-1]:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.look(data)

    def look(self, text: str) -> None:
        indent = text[: len(text) - len(text.lstrip())]
        constants = [
            constant
            for index in PRINTED.findall(text)
            for constant in printable_constants(self.printed[int(index)])
        ]
        line = self.getpos()[0] + indent.count("\n")
        seen = [PRINTED.sub("…", part).strip() for part in (text, *constants) if is_words(part)]
        self.found += [(line, part) for part in seen]


def written_in_template(source: str) -> list[tuple[int, str]]:
    """Line and text of every visible word written straight into a template."""
    html, printed = markup(source)
    reader = Reader(printed)
    reader.feed(html)
    reader.close()
    return reader.found


def code_of_template(source: str) -> Iterator[nodes.Node]:
    """What a template's expressions are made of, without what is inside a mark."""
    waiting: list[nodes.Node] = [JINJA.parse(source)]
    while waiting:
        node = waiting.pop()
        yield node
        if not is_mark(node):
            waiting += node.iter_child_nodes()


def is_mark(node: nodes.Node) -> bool:
    """Whether this is a call that marks its text for translation."""
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in MARKS


def sentences_in_expressions(source: str) -> list[tuple[int, str]]:
    """Line and text of every unmarked string in a template's code that starts like a label or a sentence."""
    constants = [node for node in code_of_template(source) if isinstance(node, nodes.Const)]
    texts = [(node.lineno, node.value) for node in constants if isinstance(node.value, str)]
    return [(line, text) for line, text in texts if re.match(r"[A-Z][a-z]+\b", text) and is_words(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_visible_word_of_a_template_is_marked(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    found = [*written_in_template(source), *sentences_in_expressions(source)]
    assert [f"{path.relative_to(ROOT)}:{line}: {text}" for line, text in sorted(set(found))] == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>\n  Booth {{ n }}\n</p>", [(2, "Booth …")]),
        ('<button aria-label="Close">×</button>', [(1, "Close")]),
        ('<input type="submit" value="Save">', [(1, "Save")]),
        ('{# a\nnote #}<p>{{ "late" if late else _("due") }}</p>', [(2, "late")]),
        ('{{- x -}}\n\n<p title="{{ y or "none" }}">', [(3, "none")]),
        ('{{ field(form.name, label="Name") }}', [(1, "Name")]),
    ],
)
def test_a_word_that_is_not_marked_is_found(source: str, expected: list[tuple[int, str]]) -> None:
    assert [*written_in_template(source), *sentences_in_expressions(source)] == expected


@pytest.mark.parametrize(
    "source",
    [
        '<p class="{{ "late" if late }}">{{ _("Booth %(n)s", n=3) }} · 0.4 mg</p>',
        "<p>{% trans %}Seat next{% endtrans %}</p>",
        '<kbd>Esc</kbd> <span translate="no">SBAR <span>x</span></span>',
        '{% macro live(x) %}id="{{ x }}" hx-get="/board"{% endmacro %}{% block frame %}desk{% endblock %}',
        '<input name="x" value="oxygen"><script>var word = 1</script>{{ icon("tick") }}',
    ],
)
def test_what_needs_no_mark_is_let_be(source: str) -> None:
    assert [*written_in_template(source), *sentences_in_expressions(source)] == []


def calls(path: Path) -> Iterator[tuple[str, str, ast.Call]]:
    """Place, plain name and node of every call in a Python file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            yield f"{path.relative_to(ROOT)}:{node.lineno}", name, node


def literal(node: ast.AST | None) -> str | None:
    """The text of a string literal; None for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def is_put_together(node: ast.AST | None) -> bool:
    """Whether a text is an f-string, a sum, or formatted: nothing the extractor could read."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr == "format"
    return isinstance(node, ast.JoinedStr | ast.BinOp)


def test_every_mark_in_python_is_one_the_extractor_can_read() -> None:
    found = []
    for path in SITELOG:
        for place, name, node in calls(path):
            first = node.args[0] if node.args else None
            unread = name in MARKS and is_put_together(first)
            if unread or (name == "N_" and literal(first) is None):
                found.append(f"{place}: {ast.unparse(node)}")
    assert found == []


def test_what_python_says_to_people_is_marked() -> None:
    found = []
    for path in [path for path in SITELOG if path not in UNTRANSLATED]:
        for place, name, node in calls(path):
            spoken = [node.args[0]] if node.args and SPOKEN_CALLS.fullmatch(name) else []
            spoken += [keyword.value for keyword in node.keywords if keyword.arg in SPOKEN_KEYWORDS]
            found += [f"{place}: {text}" for text in map(literal, spoken) if text and is_words(text)]
    assert found == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_takes_its_words_from_the_page(path: Path) -> None:
    """Where a translator has seen them: a script holds no sentence of its own."""
    source = re.sub(r"/\*.*?\*/|(?m:^\s*//.*$)", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    texts = [match.group(2) for match in re.finditer(r"""(["'`])((?:\\.|(?!\1).)*)\1""", source)]
    assert [text for text in texts if re.match(r"[A-Z][a-z]+\W+[A-Za-z]", text)] == []


def marked_texts() -> set[str]:
    """Every text the project marks, read from its Python and its templates."""
    found = {
        text
        for path in SITELOG
        for _, name, node in calls(path)
        if name in MARKS
        for text in map(literal, node.args[:1])
        if text
    }
    for path in TEMPLATES:
        for node in filter(is_mark, code_of_template(path.read_text(encoding="utf-8"))):
            found |= {part.value for part in node.args[:1] if isinstance(part, nodes.Const)}
    return found


def test_every_marked_text_is_found_by_the_extractor() -> None:
    """The extractor is told in pyproject.toml where to look, and to stop at a template it cannot parse."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    mappings = settings["tool"]["babel"]["mappings"]
    methods = [(row["pattern"], row["method"]) for row in mappings]
    options = {row["pattern"]: row for row in mappings}
    extracted: set[str] = set()
    for _, _, message, _, _ in extract_from_dir(ROOT, methods, options, keywords=KEYWORDS):
        extracted |= {message} if isinstance(message, str) else set(filter(None, message))
    assert marked_texts() - extracted == set()
