"""Every screen has one help page, every key and word is told in one place, and no page leaves one alone."""

import re
from pathlib import Path

import pytest
from flask import Flask

from sitelog.ground.access import Role
from sitelog.help import roles, words
from sitelog.help.keys import ALWAYS, GROUPS
from sitelog.help.page import Page
from sitelog.help.topics import BY_CODE, OF_SCREEN, TOPICS
from sitelog.site.rules import KEYS
from tests.pages import NO_PAGES

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {**{topic.code: topic.page for topic in TOPICS}, **{role.value: p for role, p in roles.PAGES.items()}}
# Keys of the browser, and those of a place or a list, which templates write as the site has them.
PRESSED = {press.lower() for group in GROUPS.values() for key in group.keys for press in key.presses}


def screens(app: Flask) -> set[str]:
    """Every endpoint that answers with a whole page."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return {rule.endpoint for rule in rules} - NO_PAGES


def test_every_screen_has_a_help_page(app: Flask) -> None:
    without = {name for name in screens(app) - set(OF_SCREEN) if not name.startswith("help.")}
    assert without == set(), "say in help/topics.py which help page tells of it"


def test_a_screen_has_one_help_page_and_is_there(app: Flask) -> None:
    named = [screen for topic in TOPICS for screen in topic.screens]
    assert len(named) == len(set(named))
    assert set(named) <= set(app.view_functions)
    assert len(BY_CODE) == len(TOPICS)


def test_every_role_that_can_sign_in_has_a_help_page() -> None:
    assert set(roles.PAGES) == set(Role) - {Role.DESK, Role.SYSTEM}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_a_help_page_says_what_first_what_if_and_what_is_kept(page: Page) -> None:
    assert page.purpose and page.first and page.wrong and page.kept
    assert set(page.words) <= set(words.WORDS)
    assert set(page.keys) <= set(GROUPS)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_a_help_page_keeps_to_short_sentences(page: Page) -> None:
    texts = [page.purpose, *(line.text for line in page.first + page.also), *page.kept]
    texts += [text for one in page.wrong for text in (one.when, one.then)]
    long = [s for text in texts for s in re.split(r"(?<=[.?!:;])\s", text) if len(s.split()) > 26]
    assert long == []


def test_every_key_that_a_template_declares_is_told() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {key}"
        for path in TEMPLATES
        for key in re.findall(r'data-key="([^"{]+)"', path.read_text(encoding="utf-8"))
        if key.lower().split()[0] not in PRESSED
    }
    assert found == set(), "say in help/keys.py what it does"


def test_every_key_that_a_site_can_move_is_told() -> None:
    assert {usual for _, usual in KEYS.values()} <= PRESSED


def test_every_key_that_is_told_is_shown() -> None:
    assert set(ALWAYS) | {code for page in PAGES.values() for code in page.keys} == set(GROUPS)


def test_the_words_in_readme_are_those_of_the_app() -> None:
    assert words.table() in README, "README “Words”: paste what `sitelog words` prints"
