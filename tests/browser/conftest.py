"""A real Chromium before a really served site. Without one, every test here says so and is skipped."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, expect, sync_playwright

from tests.browser import house as houses
from tests.browser.house import House

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
# There is no other host than the site's: whatever asks for one fails, and the browser says so.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
NO_SUCH_HOST = "ERR_NAME_NOT_RESOLVED"
# Milliseconds a condition may take on a busy machine; nothing waits longer than it has to.
PATIENCE = 10_000
# What a browser and htmx say of an answer of 4xx or a server that is away: no fault of a page.
ANSWERED = (
    "Failed to load resource",
    "Response Status",
    "htmx:sendError",
    "htmx:afterRequest",
    "htmx:response",
)
# The design's desk.
SIZE = {"width": 1366, "height": 768}

Open = Callable[..., Page]
LOADING = "html[data-script=loading]"


def pressed(self: Locator, key: str, press: Callable[..., None] = Locator.press, **more: object) -> None:
    """A key on an element of a page whose script has run: Playwright waits for a click, not for a key."""
    expect(self.page.locator(LOADING)).to_have_count(0)
    press(self, key, **more)


Locator.press = pressed  # type: ignore[method-assign, assignment]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all of these tests."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"no Chromium found: none of {', '.join(NAMES)} is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, ALONE])
        expect.set_options(timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One instance with its staff, made once and copied for every house."""
    return houses.build(tmp_path_factory.mktemp("house") / "instance")


@pytest.fixture
def house(built: Path, tmp_path: Path) -> Iterator[House]:
    """A fresh house, served."""
    made = House(Path(shutil.copytree(built, tmp_path / "instance")))
    made.start()
    yield made
    made.close()


class Watch:
    """What no page may do: ask another host, break the content policy, or fail in its script."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def console(self, message: ConsoleMessage) -> None:
        """No errors, no other host, and nothing the content policy refused."""
        expected = message.text.startswith(ANSWERED) and NO_SUCH_HOST not in message.text
        if message.type == "error" and not expected:
            self.wrong.append(f"console: {message.text} {message.location.get('url', '')}")

    def failed(self, error: Error) -> None:
        """An exception nobody caught."""
        self.wrong.append(f"script: {error.message}")


@pytest.fixture
def opened(chromium: Browser, house: House) -> Iterator[Open]:
    """Open a screen of its own: `opened("Amina K.", "/")`, nobody signed in for None."""
    watch, contexts = Watch(), []

    def open_screen(name: str | None = "Amina K.", path: str = "/", **more: object) -> Page:
        context = chromium.new_context(base_url=house.url, viewport=SIZE, **more)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("console", watch.console)
        context.on("weberror", lambda error: watch.failed(error.error))
        if name:
            context.add_cookies(house.cookies(name))
        page = context.new_page()
        # A link pressed before the page's script has run leads where it would without one.
        page.add_locator_handler(page.locator(LOADING), lambda: None)
        page.goto(path)
        return page

    yield open_screen
    for context in contexts:
        context.close()
    assert watch.wrong == []


@pytest.fixture
def desk(opened: Open) -> Page:
    """The board, with a nurse signed in at it."""
    return opened("Amina K.")


def pytest_configure() -> None:
    # The driver needs no browser of its own.
    os.environ.setdefault("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
