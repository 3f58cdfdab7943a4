"""No page needs more than the content policy gives: nothing inline, nothing evaluated."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "sitelog" / "static").glob("*.js"))

# Jinja's own marks, quotes inside them included; what is left between them is the markup.
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
# Ways to turn text into code or unescaped markup.
EVALUATED = re.compile(r"\beval\(|\bFunction\(|setTimeout\(\s*[\"'`]|document\.write|\.cssText")


class Policy(HTMLParser):
    """Collects (line, what) of everything in a page that `default-src 'self'` would stop."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        inline = tag == "style" or (tag == "script" and "src" not in names)
        self.found += [(self.getpos()[0], f"<{tag}>")] if inline else []
        for name, value in attrs:
            handler = name.startswith(("on", "hx-on", "data-hx-on"))
            code = (value or "").strip().lower().startswith(("javascript:", "js:", "data:"))
            if name == "style" or handler or code:
                self.found.append((self.getpos()[0], f"<{tag} {name}={value!r}>"))

    handle_startendtag = handle_starttag


def stopped(source: str) -> list[tuple[int, str]]:
    """What a browser under our policy would refuse of a template."""
    policy = Policy()
    policy.feed(JINJA.sub(lambda match: "\n" * match.group().count("\n"), source))
    policy.close()
    return policy.found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_holds_nothing_the_policy_would_stop(path: Path) -> None:
    found = stopped(path.read_text(encoding="utf-8"))
    assert [f"{path.relative_to(ROOT)}:{line}: {what}" for line, what in found] == []


@pytest.mark.parametrize(
    "source",
    [
        "<script>go()</script>",
        '<p style="color: red">',
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        '<form hx-on::after-request="go()">',
        "<b hx-vals='js:{a: 1}'>",
        "<style>p {}</style>",
    ],
)
def test_what_the_policy_would_stop_is_seen(source: str) -> None:
    assert len(stopped(source)) == 1


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_of_ours_evaluates_nothing(path: Path) -> None:
    assert EVALUATED.findall(path.read_text(encoding="utf-8")) == []
