"""What may be said of a person, and when what was typed means somebody: without a database."""

from datetime import date

import pytest

from sitelog.ground.errors import Refused
from sitelog.people import rules

TODAY = date(2026, 11, 17)


@pytest.mark.parametrize(
    "typed",
    ["ABCD 1985 female", "abcd1985f", "AbCd-1985-Female", "abcd,1985,FEMALE", " abcd / 1985 / f "],
)
def test_ontarios_code_is_one_code_however_it_is_typed(typed: str) -> None:
    assert rules.check_code(typed, "ontario", 2026) == "ABCD 1985 female"


@pytest.mark.parametrize("gender", ["male", "female", "trans male", "trans female", "other"])
def test_every_gender_of_ontarios_code_is_known_to_the_site(gender: str) -> None:
    code = rules.check_code(f"ABCD1985{gender}", "ontario", 2026)
    assert rules.told_by_code(code) == (1985, gender.replace(" ", "_"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ABC 1985 female", "exactly 4 letters"),
        ("ABCDE 1985 female", "exactly 4 letters"),
        ("ÀBCD 1985 female", "exactly 4 letters"),
        ("ABCD 85 female", "4 digits"),
        ("ABCD 19855 female", "ends with"),
        ("ABCD 1985", "ends with"),
        ("ABCD 1985 x", "ends with"),
        ("ABCD 2031 female", "between 1900 and 2026"),
        ("ABCD 1899 female", "between 1900 and 2026"),
    ],
)
def test_a_wrong_code_says_what_is_wrong_with_it(typed: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_code(typed, "ontario", 2026)
    assert said in str(refused.value)
    assert refused.value.field == "code"


def test_a_free_code_is_any_words_and_a_site_without_codes_keeps_none() -> None:
    assert rules.check_code("  blue   7 ", "free", 2026) == "blue 7"
    for wrong in ("", "x" * 41, "line\nbreak\x00"):
        with pytest.raises(Refused):
            rules.check_code(wrong, "free", 2026)
    with pytest.raises(Refused):
        rules.check_code("blue 7", "none", 2026)


CALLED = rules.calling(["Moss", "straße", "Søren", "mariposa", "Two Tone", "★", "isa"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("MOSS left; moss's bag, mossy", "P0001 left; P0001's bag, mossy"),
        ("Straße", "P0001"),
        ("STRASSE, Größe", "P0001, Größe"),
        ("Soren, SØREN and sören slept", "P0001, P0001 and P0001 slept"),
        ("So\N{COMBINING DIAERESIS}ren; mo\N{COMBINING DIAERESIS}ss é", "P0001; P0001 é"),
        ("Mari-Posa, mari posa, maripo-sa", "P0001, P0001, P0001"),
        ("twotone, Two - Tone, two_tone", "P0001, P0001, P0001"),
        ("★ waits", "P0001 waits"),
    ],
)
def test_a_person_is_called_by_number_instead_of_by_name(text: str, said: str) -> None:
    assert text in CALLED
    assert CALLED.replaced(text, "P0001") == said


@pytest.mark.parametrize("text", ["the stool is a risk", "mari, posa", "mosses", "Sorensen", "straw", ""])
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert text not in CALLED and CALLED.replaced(text, "P0001") == text


def test_who_is_called_nothing_is_found_nowhere() -> None:
    assert "Moss" not in rules.calling([])


@pytest.mark.parametrize("typed", ["mrposa", "marpsa", "mariposa"[:5], "mrpsa"])
def test_letters_left_out_are_guessed(typed: str) -> None:
    assert rules.letters_missing(typed, "mariposa")


@pytest.mark.parametrize("typed", ["mar", "ariposa", "mariposa", "moriposa", "mipr"])
def test_too_few_letters_or_others_are_no_guess(typed: str) -> None:
    assert not rules.letters_missing(typed, "mariposa")


def test_a_number_left_out_tells_two_people_apart() -> None:
    assert not rules.letters_missing("sparrow", "sparrow7")


@pytest.mark.parametrize("year", [1899, 2027])
def test_nobody_was_born_in_such_a_year(year: int) -> None:
    with pytest.raises(Refused):
        rules.check_birth_year(year, 2026)


def test_somebody_very_young_is_advised_on_and_never_refused() -> None:
    rules.check_birth_year(2015, 2026)
    assert rules.age_advice(2015, 2026)
    assert rules.age_advice(1985, 2026) is None
    assert rules.age_advice(None, 2026) is None
    after = rules.young_after(2026)
    assert rules.age_advice(after, 2026) is None and rules.age_advice(after + 1, 2026)


@pytest.mark.parametrize(
    ("ends_on", "review_on", "field"),
    [
        (None, None, "ends_on"),
        (date(2026, 11, 16), None, "ends_on"),
        (None, date(2026, 11, 16), "review_on"),
        (date(2226, 11, 17), None, "ends_on"),
    ],
)
def test_a_restriction_has_an_end_or_a_day_to_look_again(
    ends_on: date | None, review_on: date | None, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_restriction(TODAY, ends_on, review_on)
    assert refused.value.field == field


def test_a_restriction_holds_from_its_first_day_to_its_last() -> None:
    days = [date(2026, 11, day) for day in (16, 17, 18, 19)]
    assert [rules.in_force(days[1], days[2], day) for day in days] == [False, True, True, False]
    assert rules.in_force(days[0], None, date(2030, 1, 1))


def test_what_cannot_be_taken_back_is_confirmed_by_its_number() -> None:
    rules.check_confirmed("P0001", " p0001 ")
    with pytest.raises(Refused):
        rules.check_confirmed("P0001", "P0002")
