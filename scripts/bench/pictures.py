"""Make README's pictures anew: `.venv/bin/python scripts/bench/pictures.py`; it takes the system's Chromium.

A site is simulated up to now, in a zone where it is evening, and looked at as the lead of its shift sees it.
"""

import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright
from served import Served

PICTURES = Path(__file__).resolve().parents[2] / ".readme"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZE = {"width": 1366, "height": 768}
DAYS, EVENING = 3, 18
LEAD = "Marc D."


def main():
    """Simulate, serve, look."""
    with tempfile.TemporaryDirectory() as folder:
        sitelog = ["-m", "sitelog", "--instance", folder]
        tell(*sitelog, "init", "--zone", evening_zone())
        said = tell(*sitelog, "demo", "--days", str(DAYS))
        password = next(line.split()[-2] for line in said.splitlines() if LEAD in line)
        with Served(*sitelog, "serve", "--port", "0") as site:
            look(site.url, password)


def tell(*words):
    """What a command of the package prints."""
    return subprocess.run([sys.executable, *words], check=True, capture_output=True, text=True).stdout


def evening_zone():
    """A zone where it is evening now."""
    ahead = (EVENING - datetime.now(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def look(url, password):
    """Draw the board and the response that runs."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(base_url=url, viewport=SIZE, color_scheme="light").new_page()
        page.goto("/sign-in/password")
        page.fill("[name=name]", LEAD)
        page.fill("[name=secret]", password)
        page.keyboard.press("Enter")
        page.wait_for_url("**/")
        response = page.locator("a[href^='/responses/R']").first.get_attribute("href")
        # Each is asked for anew, so that nothing is said of the tap before.
        for name, path in (("board", "/"), ("response", response)):
            page.goto(path)
            # The live stream never ends, so that a page is never quiet: its words say when it is there.
            page.locator("header .conn.live").wait_for()
            draw(page, PICTURES / f"{name}.png")
        browser.close()


def draw(page, file):
    """One picture, in few colours."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement?.blur()")
    page.screenshot(path=file)
    Image.open(file).convert("RGB").quantize(128).save(file, optimize=True)


if __name__ == "__main__":
    main()
