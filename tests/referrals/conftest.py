"""A site with its starter directory."""

from datetime import datetime

import pytest
from flask import Flask

from sitelog.ground.access import OPERATOR
from sitelog.referrals import actions
from sitelog.referrals.defaults import SERVICES


@pytest.fixture
def directory(app: Flask, at: datetime) -> None:
    """The services a new site starts with."""
    actions.list_services(SERVICES, by=OPERATOR, happened_at=at, at=at)
