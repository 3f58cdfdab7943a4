"""A ref that is typed by hand and is nothing: said beside its field, with everything else still there."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sitelog.ground.access import Actor
from sitelog.incidents import actions as incidents
from sitelog.incidents.rules import Happening
from sitelog.trail import queries as trail
from sitelog.web.guards import Identity, load_actor_with
from tests.factories import arrive, referral_offered, register, said

NOTE = {"note": "a note somebody typed"}
# Each form into which a ref, a handle or a number is typed: address, what is sent, the field that is wrong.
FORMS: dict[str, tuple[str, dict[str, str], str]] = {
    "exchange": ("/supplies/exchange", {"item_cooker": "7", "visit": "v9999"}, "visit"),
    "kits": (
        "/supplies/naloxone",
        {"count": "2", "form": "nasal", "reason": "first", "visit": "V9999"},
        "visit",
    ),
    "service": ("/services/food", {"visit": "V9999"}, "visit"),
    "asked service": ("/services/support_group", {"attending": "7", "visit": "V9999"}, "visit"),
    "incident": ("/incidents/new/other", {"tie": "V9999"}, "tie"),
    "tie": ("/incidents/I0001/tie", {"tie": "R9999"}, "tie"),
    "referral": ("/referrals", {"service": "methadone", "who": "P9999"}, "who"),
    "merge": ("/people/P0001/merge", {"into": "P9999"}, "into"),
}


@pytest.fixture
def lead_desk(app: Flask, at: datetime, lead: Actor) -> Iterator[FlaskClient]:
    """The lead's browser, at a site with somebody of the register, a directory and an incident."""
    register("moss", at)
    referral_offered(at)
    incidents.log(Happening("other"), **said(at))
    app.config["WTF_CSRF_ENABLED"] = False
    load_actor_with(app, lambda request: Identity(actor=lead, person=lead))
    with time_machine.travel(at, tick=False):
        yield app.test_client()


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_there_is_said_beside_its_field_and_everything_typed_is_kept(
    lead_desk: FlaskClient, form: str
) -> None:
    address, sent, field = FORMS[form]
    before = trail.last_seq()
    answer = lead_desk.post(address, data=sent | NOTE)
    assert answer.status_code == 422
    assert trail.last_seq() == before
    page = answer.text
    typed = sent[field]
    assert f'value="{typed.upper()}"' in page or f'value="{typed}"' in page
    assert f'id="{field}-error"' in page
    assert NOTE["note"] in page
    for value in filter(str.isdigit, sent.values()):
        assert f'value="{value}"' in page


@pytest.mark.parametrize("typed", ["v1", "V0001", " v 1 ", "V1"])
@pytest.mark.parametrize("address", ["/supplies/exchange", "/services/food"])
def test_a_ref_is_known_however_it_is_typed(
    lead_desk: FlaskClient, at: datetime, address: str, typed: str
) -> None:
    arrive(at)
    answer = lead_desk.post(address, data={"item_cooker": "7", "visit": typed})
    assert (answer.status_code, answer.location) == (303, "/visits/V0001")
