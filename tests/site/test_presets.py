"""The jurisdictions a site can start from: each makes a site whose board is served, none is laxer."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitelog import instance
from sitelog.disclosure.policy import preset as policy
from sitelog.ground.access import Actor, Role
from sitelog.ground.errors import Refused
from sitelog.reports import audiences
from sitelog.responses.steps import SCALES
from sitelog.site import checks, defaults, queries, rules, topics
from sitelog.site.presets import PRESETS, preset_of, settings_of
from sitelog.store.transaction import let_go
from sitelog.trail.verify import verify
from tests.referrals.test_views import signed_in

AT = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("code", PRESETS)
def test_a_site_starts_as_its_jurisdiction_does_and_serves_the_board(code: str, tmp_path: Path) -> None:
    chosen = PRESETS[code]
    instance.make(tmp_path, name="Juniper Street", zone="UTC", day_starts="04:00", at=AT, preset=code)
    app = instance.open_app(tmp_path)
    with app.app_context():
        book = queries.book()
        assert (book.name, book.zone, book.policy("jurisdiction")) == ("Juniper Street", chosen.zone, code)
        held = audiences.policy_of(book, "funder")
        assert held.k >= max(policy(chosen.audience).k, chosen.least_k)
        assert held.ages[0] == (0, chosen.ages[0] - 1)
        desk = signed_in(app, Actor("S01", "Amina K.", "AK", Role.LEAD))
        board = desk.get("/")
        assert board.status_code == 200
        assert 'id="place-1"' in board.text
        assert desk.get("/settings").status_code == 200
        assert verify().count > 0
        let_go()


@pytest.mark.parametrize("code", PRESETS)
def test_what_a_preset_says_is_what_settings_would_accept(code: str) -> None:
    raw = rules.spread(defaults.starter("Juniper Street", "UTC"))
    with_it = {**raw, **settings_of(preset_of(code), raw)}
    for topic in topics.topics(with_it):
        checks.check(topic, topics.content(topic, with_it), with_it)


def test_every_preset_says_where_its_facts_are_from() -> None:
    from importlib import import_module

    for code in PRESETS:
        words = " ".join((import_module(f"sitelog.site.presets.{code}").__doc__ or "").split())
        assert f"{PRESETS[code].zone}." in words and "policy `" in words or "policies `" in words, code


def test_an_unknown_preset_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused, match="ontario"):
        preset_of("atlantis")


def test_settings_offer_every_sedation_scale_that_a_response_can_show() -> None:
    assert set(topics.SCALES) == set(SCALES)
