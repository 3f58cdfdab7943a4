"""The register: handles are found however they are spelled, kept apart, and can be erased for good."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import text

from sitelog.ground.access import Actor
from sitelog.ground.errors import Broken, Conflict, Refused, Unknown
from sitelog.people import actions, queries, rules
from sitelog.store.db import db
from sitelog.trail.verify import verify
from tests.factories import register, said
from tests.trail.test_chain import force


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Søren Łuk", "soren luk"),
        ("Ðæfþ", "daefth"),
        ("Mari-Posa", "mari posa"),
        ("José", "jose"),
        ("  two   tone ", "Two-Tone"),
        ("ＡＢ１２", "ab12"),
    ],
)
def test_two_spellings_of_one_handle_are_the_same(one: str, other: str) -> None:
    assert rules.normalise(one) == rules.normalise(other)


@pytest.mark.parametrize("handle", ["", "   ", "x" * 41, "tab\x00here"])
def test_a_handle_that_cannot_be_kept_is_refused(handle: str) -> None:
    with pytest.raises(Refused):
        rules.check_handle(handle)


def test_a_handle_of_signs_only_is_still_a_handle() -> None:
    assert rules.normalise("<3 !") == "3"
    assert rules.normalise("♥♥") == "♥♥"


def test_people_are_found_by_beginning_then_by_any_part(app: Flask, at: datetime) -> None:
    for handle in ("mariposa", "marigold", "old mari", "thimble"):
        register(handle, at)
    assert [one.handle for one in queries.find("Mari")] == ["marigold", "mariposa", "old mari"]
    assert [one.handle for one in queries.find("mari", limit=1)] == ["marigold"]
    assert [one.handle for one in queries.find("100%")] == []
    assert queries.find("") == []


@pytest.mark.parametrize("typed", ["Søren Łuk", "soren luk", "SØREN", "luk"])
def test_somebody_is_found_with_and_without_the_letters_a_keyboard_lacks(
    app: Flask, at: datetime, typed: str
) -> None:
    ref = register("Søren Łuk", at)
    assert [one.ref for one in queries.find(typed)] == [ref]
    with pytest.raises(Conflict):
        register("Soren Luk", at)


@pytest.mark.parametrize("typed", ["sprrow7", "sparow7", "sparrrow7", "psarrow7", "sparorw7", "tparrow7"])
def test_a_slip_of_the_finger_is_guessed(typed: str) -> None:
    assert rules.one_slip(typed, "sparrow7")
    assert rules.one_slip("sparrow7", typed)


@pytest.mark.parametrize("typed", ["sparrow8", "sparrow", "sparrow77", "swallow7", "sparrow7"])
def test_another_number_or_another_word_is_no_slip(typed: str) -> None:
    assert not rules.one_slip(typed, "sparrow7")


def test_short_words_are_not_guessed() -> None:
    assert not rules.one_slip("ozi", "ozy")


def test_a_misspelled_handle_finds_its_person(app: Flask, at: datetime) -> None:
    for handle in ("two-tone", "sparrow", "pike"):
        register(handle, at)
    assert [one.handle for one in queries.nearly("Sprrow")] == ["sparrow"]
    assert queries.nearly("zephyr") == []


def test_a_handle_belongs_to_one_person_only(app: Flask, at: datetime) -> None:
    ref = register("moss", at)
    with pytest.raises(Conflict, match=ref):
        register("MOSS", at)


def test_a_double_tap_registers_one_person(app: Flask, nurse: Actor, at: datetime) -> None:
    first = actions.register("moss", **said(at), token="a" * 32)
    again = actions.register("moss", **said(at), token="a" * 32)
    assert first.ref == again.ref == "P0001"
    assert [one.ref for one in queries.find("moss")] == ["P0001"]


def test_a_renamed_person_keeps_their_number(app: Flask, at: datetime) -> None:
    ref = register("mos", at)
    actions.rename(ref, "moss", **said(at))
    assert queries.person(ref).handle == "moss"
    assert queries.by_handle("mos") is None
    verify()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE handle SET text = 'somebody'",
        "UPDATE handle SET salt = randomblob(16)",
        "UPDATE handle SET handle_key = 'never given'",
        "UPDATE handle SET person_id = 2",
        "INSERT INTO handle SELECT 'never given', 2, 'other', 'other', salt FROM handle",
    ],
)
def test_a_handle_changed_behind_the_chains_back_is_found(app: Flask, at: datetime, statement: str) -> None:
    register("mos", at)
    force(statement)
    with pytest.raises(Broken, match="words of a note or a handle"):
        verify()


def test_a_handle_put_back_after_a_new_one_is_found(app: Flask, at: datetime) -> None:
    ref = register("mos", at)
    old = db.session.execute(text("SELECT handle_key, text, normalised, hex(salt) FROM handle")).one()
    actions.rename(ref, "moss", **said(at))
    key, words, spelled, salt = old
    force(f"UPDATE handle SET handle_key='{key}', text='{words}', normalised='{spelled}', salt=x'{salt}'")
    with pytest.raises(Broken, match="words of a note or a handle"):
        verify()


def test_a_forgotten_handle_is_in_no_table_and_the_chain_still_verifies(
    app: Flask, at: datetime, lead: Actor
) -> None:
    ref = register("zephyrine", at)
    actions.forget(ref, **said(at, lead))
    known = queries.person(ref)
    assert (known.handle, known.label) == (None, ref)
    assert queries.handle_of([known.id]) == {known.id: ref}
    assert queries.find("zephyr") == []
    verify()
    tables = db.session.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
    for table in tables:
        rows = db.session.execute(text(f'SELECT * FROM "{table}"')).all()
        assert "zephyrine" not in repr(rows)


def test_an_unknown_person_is_said_to_be_unknown(app: Flask) -> None:
    with pytest.raises(Unknown):
        queries.person("P9999")
