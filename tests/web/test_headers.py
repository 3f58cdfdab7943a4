"""What every answer says about itself, and which requests are not even looked at."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sitelog.web.headers import host_name
from tests.web.test_guards import token


def test_every_page_carries_a_policy_that_lets_nothing_in_from_elsewhere(browser: FlaskClient) -> None:
    headers = browser.get("/open").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


def test_an_error_page_carries_the_same_headers(browser: FlaskClient) -> None:
    assert "default-src" in browser.get("/nowhere").headers["Content-Security-Policy"]


def test_a_static_file_with_its_mark_is_kept_for_ever_and_without_it_never_blindly(
    browser: FlaskClient,
) -> None:
    page = browser.get("/", headers={"Test-Person": "nurse"}).text
    address = next(part for part in page.split('"') if part.startswith("/static/tokens.css?v="))
    with browser.get(address) as marked, browser.get("/static/tokens.css") as bare:
        assert "immutable" in marked.headers["Cache-Control"]
        assert bare.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8321", "127.0.0.1:1", "[::1]:8321", "192.0.2.2:8478", "[2001:db8::1]:80"]
)
def test_the_sites_own_names_and_addresses_are_answered(browser: FlaskClient, host: str) -> None:
    assert browser.get("/open", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "",
        "[",
        "127.0.0.1.evil:80",
        "localhost:1@evil",
        "[::1]evil",
        "a" * 3000,
    ],
)
def test_another_name_for_this_machine_is_not_answered(browser: FlaskClient, host: str) -> None:
    assert browser.get("/open", headers={"Host": host}).status_code == 400


def test_a_host_keeps_its_brackets_and_loses_its_port() -> None:
    assert host_name("[FE80::1]:80") == "[fe80::1]"
    assert host_name("Desk.local:8321") == "desk.local"


@pytest.mark.parametrize(
    "said",
    [
        {"Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
        {"Sec-Fetch-Site": "same-site", "Origin": "null"},
        {"Origin": "https://localhost.evil"},
        {"Origin": "http://[::1"},
        {"Origin": "//x]["},
        {"Origin": "ftp://localhost"},
    ],
)
def test_a_form_from_another_site_is_refused_whoever_sends_it(
    browser: FlaskClient, said: dict[str, str]
) -> None:
    good = token(browser)
    answer = browser.post("/start", data={"csrf_token": good}, headers={"Test-Person": "nurse", **said})
    assert answer.status_code == 403
    assert "another site" in answer.text


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"Origin": "http://localhost"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null"},
    ],
)
def test_our_own_forms_are_accepted_also_where_the_browser_hides_the_origin(
    browser: FlaskClient, said: dict[str, str]
) -> None:
    good = token(browser)
    answer = browser.post("/start", data={"csrf_token": good}, headers={"Test-Person": "nurse", **said})
    assert answer.status_code == 200


def test_the_form_cookie_is_out_of_reach_of_scripts_and_other_sites(
    small: Flask, browser: FlaskClient
) -> None:
    cookie = browser.get("/", headers={"Test-Person": "nurse"}).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Secure" not in cookie
    safe = small.test_client().get("/", headers={"Test-Person": "nurse"}, base_url="https://localhost")
    assert "Secure" in safe.headers["Set-Cookie"]
