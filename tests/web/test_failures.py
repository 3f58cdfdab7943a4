"""When something fails there is a page in words, the right number, and never a trace."""

import json
import logging

import pytest
from flask.testing import FlaskClient

from tests.web.test_guards import token

NURSE = {"Test-Person": "nurse"}


@pytest.mark.parametrize(
    ("how", "status", "words"),
    [
        ("refused", 422, "Dose must be above 0."),
        ("conflict", 409, "Booth 3 was just taken by &lt;JT&gt;."),
        ("unknown", 404, "There is no visit V9999."),
        ("forbidden", 403, "Not yours."),
    ],
)
def test_a_refusal_is_a_page_with_its_own_words(
    browser: FlaskClient, how: str, status: int, words: str
) -> None:
    answer = browser.get(f"/fails/{how}", headers=NURSE)
    assert answer.status_code == status
    assert words in answer.text


def test_a_conflict_leaves_the_choice_to_send_it_again_or_to_go_on(browser: FlaskClient) -> None:
    sent = {"csrf_token": token(browser), "place": "3", "note": "typed"}
    answer = browser.post("/fails/conflict", data=sent, headers=NURSE)
    assert answer.status_code == 409
    assert "Send it again" in answer.text
    assert "Leave it, go on" in answer.text
    assert "typed</textarea>" in answer.text


@pytest.mark.parametrize("how", ["refused", "conflict", "unknown", "forbidden", "broken"])
def test_htmx_leaves_the_page_as_it_is_and_is_given_the_words(browser: FlaskClient, how: str) -> None:
    answer = browser.get(f"/fails/{how}", headers={**NURSE, "HX-Request": "true"})
    assert answer.headers["HX-Reswap"] == "none"
    assert json.loads(answer.headers["HX-Trigger"])["failed"]["status"] == answer.status_code


def test_a_defect_is_a_page_with_a_code_and_a_log_line_without_what_was_typed(
    browser: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = browser.get("/fails/broken", headers=NURSE)
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "heron" not in answer.text
    (record,) = [one for one in caplog.records if one.name == "sitelog.web"]
    assert "ZeroDivisionError" in record.getMessage()
    assert "heron" not in record.getMessage()
    code = record.getMessage().split()[1].rstrip(":")
    assert code in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        ("/%00", 400),
        ("/open?a=%00", 400),
        ("/open?%FF=%FE", 200),
        ("/number/9999999999999999999999", 404),
        ("/number/-1", 404),
        ("/" + "x" * 5000, 404),
        ("/../../etc/passwd", 404),
        ("/static/../app.py", 404),
        ("/static/%2e%2e/app.py", 404),
    ],
)
def test_no_address_makes_the_program_fail(browser: FlaskClient, path: str, status: int) -> None:
    assert browser.get(path).status_code == status


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe\x00\x01", "application/x-www-form-urlencoded"),
        (b"words=%00", "application/x-www-form-urlencoded"),
        (b"{", "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"x", "multipart/form-data"),
        (b"a=1&" * 2000, "application/x-www-form-urlencoded"),
    ],
)
def test_no_body_makes_the_program_fail(browser: FlaskClient, body: bytes, kind: str) -> None:
    for path in ("/entry", "/fails/refused", "/nowhere"):
        for headers in ({}, NURSE):
            good = {"X-CSRFToken": token(browser)}
            answer = browser.post(path, data=body, content_type=kind, headers={**headers, **good})
            assert answer.status_code < 500


def test_what_is_too_large_is_said_to_be_too_large(browser: FlaskClient) -> None:
    answer = browser.post("/entry", data={"words": "x" * 2_000_000}, headers=NURSE)
    assert answer.status_code == 413
    assert "larger than this program accepts" in answer.text


def test_the_wrong_verb_is_answered_with_the_right_ones(browser: FlaskClient) -> None:
    answer = browser.delete("/open", headers=NURSE)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
