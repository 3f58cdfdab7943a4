"""What others wrote is byte for byte what they published, and no page asks another machine for anything."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "sitelog" / "static"
VENDOR = STATIC / "vendor"
LISTED = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))["files"]

# An address with its scheme, or one that borrows the page's.
ELSEWHERE = re.compile(r"""(?:https?|wss?|ftp)://[^\s"'<>)]*|(?<=["'(=])//[\w.-]+\.\w""", re.IGNORECASE)
# A namespace is a name that looks like an address; nothing fetches it.
NAMESPACES = "http://www.w3.org/"


@pytest.mark.parametrize("entry", LISTED, ids=[entry["file"] for entry in LISTED])
def test_a_vendored_file_is_the_one_that_was_published(entry: dict[str, str]) -> None:
    assert hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert entry["version"] and entry["licence"]
    assert (VENDOR / entry["licence_file"]).is_file()


def test_every_vendored_file_is_listed() -> None:
    found = {path.name for path in VENDOR.iterdir()} - {"vendor.json"}
    assert found == {entry["file"] for entry in LISTED}


def what_pages_load() -> list[Path]:
    kinds = {".css", ".js", ".svg", ".html", ".webmanifest"}
    places = (STATIC, ROOT / "templates")
    return sorted(path for place in places for path in place.rglob("*") if path.suffix in kinds)


def test_no_page_style_or_script_names_another_host() -> None:
    found = []
    for path in what_pages_load():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for match in ELSEWHERE.finditer(line):
                if not match.group().startswith(NAMESPACES):
                    found.append(f"{path.relative_to(ROOT)}:{number}: {match.group()[:80]}")
    assert found == []


def test_no_style_needs_more_than_our_own_origin() -> None:
    """The content policy would stop a data: image, and the page would lose it silently."""
    sheets = {path.name: path.read_text(encoding="utf-8") for path in STATIC.glob("*.css")}
    assert sheets
    assert [name for name, text in sheets.items() if re.search(r"@import|url\(\s*['\"]?data:", text)] == []
