"""A site that is few days old, since a morning's run publishes every day since it was set up."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import a_server, an_instance
from tests.postgresql import Server

SET_UP = datetime(2026, 11, 15, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def template_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One configured instance, made once and copied for every test."""
    return an_instance(tmp_path_factory.mktemp("young") / "instance", SET_UP)


@pytest.fixture(scope="session")
def postgres(template_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose first database holds the configured site."""
    with a_server(template_instance, tmp_path_factory.mktemp("first") / "instance", SET_UP) as server:
        yield server
