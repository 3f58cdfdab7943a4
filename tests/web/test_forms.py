"""Forms keep what was typed, complain beside the field in words, and know when something happened."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms.fields.core import UnboundField

from sitelog.ground.days import SiteCalendar
from sitelog.ground.errors import Refused
from sitelog.web.forms import EntryForm, clock_time
from tests.web.conftest import EveryField
from tests.web.test_guards import token

TORONTO = SiteCalendar("America/Toronto")
NOW = datetime(2026, 11, 17, 23, 42, 7, tzinfo=UTC)  # 18:42:07 on the site's clock
NURSE = {"Test-Person": "nurse"}
HTMX = {**NURSE, "HX-Request": "true"}


def typed(app: Flask, **values: object) -> EveryField:
    with app.test_request_context("/", method="POST"):
        app.config["WTF_CSRF_ENABLED"] = False
        form = EveryField(MultiDict(values), meta={"csrf": False})
        form.validate()
        return form


def happened(app: Flask, now: datetime = NOW, **values: str) -> datetime:
    with app.test_request_context("/", method="POST"):
        return EntryForm(MultiDict(values), meta={"csrf": False}).happened_at(TORONTO, now)


@pytest.mark.parametrize(
    ("said", "ago"),
    [
        ("", timedelta(0)),
        ("-1", timedelta(minutes=1)),
        ("-5", timedelta(minutes=5)),
        ("18:40", timedelta(minutes=2, seconds=7)),
        ("1840", timedelta(minutes=2, seconds=7)),
        ("18:42:06", timedelta(seconds=1)),
        ("03:00", timedelta(hours=15, minutes=42, seconds=7)),
        ("2026-11-16 18:43", timedelta(hours=23, minutes=59, seconds=7)),
        ("2026-11-17T18:00", timedelta(minutes=42, seconds=7)),
    ],
)
def test_an_earlier_time_is_the_last_time_the_clock_said_so(small: Flask, said: str, ago: timedelta) -> None:
    assert happened(small, earlier=said) == NOW - ago


def test_a_typed_time_wins_over_the_tapped_one(small: Flask) -> None:
    assert happened(small, earlier="-5", earlier_at="18:40") == NOW - timedelta(minutes=2, seconds=7)


def test_an_entry_kept_on_the_device_happened_when_it_was_kept(small: Flask) -> None:
    kept = NOW - timedelta(minutes=30)
    assert happened(small, kept_at=kept.isoformat()) == kept
    assert happened(small, kept_at=kept.isoformat(), earlier="-2") == kept - timedelta(minutes=2)
    ahead = NOW + timedelta(seconds=30)
    assert happened(small, kept_at=ahead.isoformat()) == NOW
    weekend = NOW - timedelta(days=3)
    assert happened(small, kept_at=weekend.isoformat()) == weekend
    for nonsense in ("soon", "2026-11-17T18:00", (NOW - timedelta(days=8)).isoformat()):
        assert happened(small, kept_at=nonsense) == NOW


@pytest.mark.parametrize("said", ["18:43", "1913", "02:30"])
def test_a_time_typed_ahead_of_now_is_not_taken_for_yesterdays(small: Flask, said: str) -> None:
    with pytest.raises(Refused, match="still to come") as refused:
        happened(small, earlier_at=said)
    example = str(refused.value.values["example"])
    assert refused.value.field == "earlier_at"
    assert happened(small, earlier_at=example) == TORONTO.instant(datetime.fromisoformat(example))


def test_after_midnight_the_evening_is_still_meant(small: Flask) -> None:
    at = datetime(2026, 11, 18, 5, 10, tzinfo=UTC)  # 00:10 on the site's clock
    assert happened(small, at, earlier_at="23:50") == at - timedelta(minutes=20)


@pytest.mark.parametrize("said", ["-9999", "2026-11-18T18:00", "2026-11-15T18:00"])
def test_a_time_to_come_or_long_ago_is_refused_in_words(small: Flask, said: str) -> None:
    with pytest.raises(Refused, match="still to come|more than a day"):
        happened(small, earlier=said)


def test_the_hour_that_the_clocks_repeat_is_the_latest_one_not_after_now(small: Flask) -> None:
    after_the_second = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)  # 01:30 for the second time
    assert happened(small, after_the_second, earlier="01:15") == datetime(2026, 11, 1, 6, 15, tzinfo=UTC)
    between = datetime(2026, 11, 1, 6, 10, tzinfo=UTC)
    assert happened(small, between, earlier="01:15") == datetime(2026, 11, 1, 5, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["25:00", "12:60", "noon", "1:2:3:4", "½", "-", "9" * 20, "9999-12-31T23:59", "0001-01-01T00:00"]
)
def test_what_is_no_time_is_said_to_be_none(small: Flask, text: str) -> None:
    assert clock_time(text) is None
    assert typed(small, earlier=text).earlier.errors == ["Type a time as 14:05."]
    assert typed(small, time=text).time.errors == ["Type a time as 14:05."]


@pytest.mark.parametrize("number", ["0", "10", "-1", "1.5", "1e3", "many", "9" * 400, "١"])
def test_a_number_out_of_reason_is_refused_and_still_shown(small: Flask, number: str) -> None:
    form = typed(small, number=number)
    assert form.number.errors
    assert form.number._value() == number


@pytest.mark.parametrize("number", ["10", "-1", "9" * 13, "-" + "9" * 400, "0" * 5000 + "10"])
def test_a_number_beyond_the_limits_is_told_them_however_long_it_is(small: Flask, number: str) -> None:
    assert typed(small, number=number).number.errors == ["Between 1 and 9, please."]


def test_a_choice_that_is_on_no_list_is_refused_and_named(small: Flask) -> None:
    form = typed(small, how="fly")
    assert form.how.errors == ["“fly” is not on this list. Choose again."]
    both = EveryField  # several choices, one of them unknown
    assert both
    with small.test_request_context("/", method="POST"):
        several = EveryField(
            MultiDict([("what", "down"), ("what", "glue"), ("what", "down")]), meta={"csrf": False}
        )
        assert not several.validate()
        assert several.what.data == ["down", "glue"]


def test_words_are_trimmed_bounded_and_free_of_control_characters(small: Flask) -> None:
    assert typed(small, words="  a b ").words.data == "a b"
    assert typed(small, words="x" * 21).words.errors == ["At most 20 characters; this has 21."]
    assert typed(small, words="a\x07b").words.errors


def test_a_forms_token_is_its_own_and_never_one_made_elsewhere(small: Flask) -> None:
    assert typed(small, token="ab" * 16).token.sent == "ab" * 16
    for foreign in ("", "AB" * 16, "x" * 32, "ab" * 40):
        made = typed(small, token=foreign).token.sent
        assert made != foreign
        assert len(made) == 32


def test_a_form_with_mistakes_comes_back_with_everything_in_it(browser: FlaskClient) -> None:
    sent = {
        "csrf_token": token(browser),
        "token": "ab" * 16,
        "words": '"><script>alert(1)</script>',
        "number": "7 <b>",
        "time": "14:05",
        "what": ["crack"],
        "how": "smoke",
        "earlier_at": "18:4x",
    }
    answer = browser.post("/entry", data=sent, headers=NURSE)
    assert answer.status_code == 422
    page = answer.text
    assert "<script>alert" not in page
    assert "&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'value="7 &lt;b&gt;"' in page
    assert 'value="14:05"' in page
    assert 'name="what" value="crack" checked' in page
    assert 'name="how" value="smoke" checked' in page
    assert 'value="18:4x"' in page
    assert f'value="{"ab" * 16}"' in page
    assert page.count('aria-invalid="true"') >= 3
    assert 'aria-describedby="number-error"' in page


def test_a_verbs_refusal_stands_in_the_form_and_a_conflict_is_409(browser: FlaskClient) -> None:
    sent = {"csrf_token": token(browser), "number": "5"}
    refused = browser.post("/entry", data={**sent, "words": "refused"}, headers=NURSE)
    assert (refused.status_code, "Dose must be above 0." in refused.text) == (422, True)
    conflict = browser.post("/entry", data={**sent, "words": "conflict"}, headers=HTMX)
    assert conflict.status_code == 409
    assert "Booth 3 was just taken by &lt;JT&gt;." in conflict.text
    assert 'value="conflict"' in conflict.text
    assert "<html" not in conflict.text


def test_an_entry_made_goes_on_or_tells_htmx_and_says_it_was_saved(browser: FlaskClient) -> None:
    sent = {"csrf_token": token(browser), "words": "fine"}
    plain = browser.post("/entry", data=sent, headers=NURSE)
    assert (plain.status_code, plain.location) == (303, "/")
    assert "Saved." in browser.get("/", headers=NURSE).text
    quick = browser.post("/entry", data=sent, headers=HTMX)
    assert quick.status_code == 204
    assert json.loads(quick.headers["HX-Trigger"]) == {"entered": {"said": "Saved.", "seq": 7}}


def test_htmx_gets_a_page_without_its_frame(browser: FlaskClient) -> None:
    assert "<html" in browser.get("/", headers=NURSE).text
    part = browser.get("/", headers=HTMX).text
    assert "<html" not in part
    assert "<form" in part
    assert "<html" in browser.get("/", headers={**HTMX, "HX-Boosted": "true"}).text


def every_form(of: type[FlaskForm] = FlaskForm) -> Iterator[type[FlaskForm]]:
    for kind in of.__subclasses__():
        yield kind
        yield from every_form(kind)


def test_no_field_hides_the_form_it_stands_in_from_the_scripts(app: Flask) -> None:
    # A browser answers `form.elements` with the field of that name, if there is one.
    asked = {
        "form",
        "elements",
        "closest",
        "matches",
        "children",
        "parentElement",
        "id",
        "submit",
        "isConnected",
    }
    named = {
        (kind.__name__, field.name or name)
        for kind in every_form()
        for name, field in vars(kind).items()
        if isinstance(field, UnboundField)
    }
    assert ("KitsForm", "naloxone_form") in named
    assert [one for one in sorted(named) if one[1] in asked] == []
