"""The trail in words: each entry as the feature it belongs to tells it, to whoever may read that."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from sitelog.ground.access import Actor, Permission
from sitelog.ground.words import N_
from sitelog.trail import queries
from sitelog.trail.amend import REASONS
from sitelog.trail.models import Link
from sitelog.trail.queries import Sentence


@dataclass(frozen=True)
class Noun:
    """What entries are about: its label, and the page of one (`%s` is its ref), or where they are listed."""

    label: str
    page: str = ""


# Every noun that the kinds of entries begin with; whose words it is told in stands above (`told_by`).
NOUNS = {
    "visit": Noun(N_("Visits"), "/visits/%s"),
    "response": Noun(N_("Responses"), "/responses/%s"),
    "referral": Noun(N_("Referrals"), "/referrals/%s"),
    "directory": Noun(N_("Referral directory")),
    "supply": Noun(N_("Supplies"), "/supplies"),
    "service": Noun(N_("Services"), "/services"),
    "group": Noun(N_("Sessions"), "/services"),
    "incident": Noun(N_("Incidents"), "/incidents/%s"),
    "alert": Noun(N_("Drug alerts"), "/alerts"),
    "person": Noun(N_("People"), "/people/%s"),
    "place": Noun(N_("Places")),
    "board": Noun(N_("Notes")),
    "shift": Noun(N_("Shifts"), "/shifts/%s"),
    "report": Noun(N_("Reports"), "/reports"),
    "cells": Noun(N_("Exports")),
    "import": Noun(N_("Imports")),
    "site": Noun(N_("Settings"), "/settings/changes"),
    "account": Noun(N_("Accounts")),
    "session": Noun(N_("Signing in and out")),
    "desk": Noun(N_("Desks")),
}
# Why an entry replaces another: what people say, and what the program says by itself.
WHY = {**REASONS, "corrected": N_("corrected")}
_TOLD = "sitelog.trail.voices"


@dataclass(frozen=True)
class Voice:
    """How entries about one noun are told: in whose words, and who may read them."""

    tell: Callable[[Sequence[Link]], dict[int, Sentence]]
    permission: Permission


@dataclass(frozen=True)
class Line:
    """One entry as its reader may see it; without words (`now`, `was`) only its kind, who and when."""

    link: Link
    now: Sentence | None = None
    was: Sentence | None = None
    why: str = ""
    page: str = ""


def told_by(app: Flask, voices: Mapping[str, Voice]) -> None:
    """Give the trail the features' words: they stand above it."""
    app.extensions[_TOLD] = voices


def lines(links: Sequence[Link], reader: Actor) -> Iterator[Line]:
    """These entries for a reader, each noun's asked for once."""
    voices: Mapping[str, Voice] = current_app.extensions.get(_TOLD, {})
    heard = {noun: voice for noun, voice in voices.items() if reader.can(voice.permission)}
    before = queries.links([link.amends for link in links if link.amends])
    said = _said([*links, *before], heard)
    for link in links:
        yield _line(link, said) if link.noun in heard else Line(link)


def _said(links: Sequence[Link], heard: Mapping[str, Voice]) -> dict[int, Sentence]:
    said: dict[int, Sentence] = {}
    for noun, voice in heard.items():
        if ours := [link for link in links if link.noun == noun]:
            said |= voice.tell(ours)
    return said


def _line(link: Link, said: Mapping[int, Sentence]) -> Line:
    struck = link.verb == "struck"
    now, was = None if struck else said.get(link.seq), said.get(link.amends or 0)
    page = NOUNS[link.noun].page
    page = page % link.subject if "%s" in page else page
    return Line(link, now, was, WHY.get(link.reason or "", link.reason or ""), page)
