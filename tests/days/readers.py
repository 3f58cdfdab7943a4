"""What a reader of the published files learns: the figures of one release, by measure and dimensions."""

from datetime import datetime
from typing import Any

from sitelog.exports import cells
from sitelog.ground.access import OPERATOR
from sitelog.reports.models import Release

AT = datetime.fromisoformat("2027-01-01T12:00:00+00:00")


def figures(release: Release) -> dict[tuple[str, ...], Any]:
    """(measure, "dimension=category", ...) -> the number printed, or (lo, hi) where a range was."""
    found: dict[tuple[str, ...], Any] = {}
    for cell in cells.cells(release.audience, by=OPERATOR, at=AT)["cells"]:
        if cell["release"] == release.name:
            dims = sorted(f"{name}={part}" for name, part in cell["dims"].items())
            printed = cell["value"] if cell["value"] is not None else (cell["lo"], cell["hi"])
            found[(cell["measure"], *dims)] = printed
    return found
