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

# What entries are about, by the noun that their kinds begin with.
NOUNS = {
    "visit": N_("Visits"),
    "response": N_("Responses"),
    "referral": N_("Referrals"),
    "directory": N_("Referral directory"),
    "supply": N_("Supplies"),
    "service": N_("Services"),
    "group": N_("Sessions"),
    "incident": N_("Incidents"),
    "alert": N_("Drug alerts"),
    "person": N_("People"),
    "place": N_("Places"),
    "board": N_("Notes"),
    "shift": N_("Shifts"),
    "report": N_("Reports"),
    "cells": N_("Exports"),
    "import": N_("Imports"),
    "site": N_("Settings"),
    "account": N_("Accounts"),
    "session": N_("Signing in and out"),
    "desk": N_("Desks"),
}
# Why an entry replaces another: what people say, and what the program says by itself.
WHY = {**REASONS, "corrected": N_("corrected")}
_TOLD = "sitelog.trail.voices"


@dataclass(frozen=True)
class Voice:
    """How entries about one noun are told: in whose words, who may read them, and where their subject is."""

    tell: Callable[[Sequence[Link]], dict[int, Sentence]]
    permission: Permission
    page: str = ""


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
        voice = heard.get(link.noun)
        yield _line(link, voice, said) if voice else Line(link)


def _said(links: Sequence[Link], heard: Mapping[str, Voice]) -> dict[int, Sentence]:
    said: dict[int, Sentence] = {}
    for noun, voice in heard.items():
        if ours := [link for link in links if link.noun == noun]:
            said |= voice.tell(ours)
    return said


def _line(link: Link, voice: Voice, said: Mapping[int, Sentence]) -> Line:
    struck = link.verb == "struck"
    now, was = None if struck else said.get(link.seq), said.get(link.amends or 0)
    page = voice.page % link.subject if "%s" in voice.page else voice.page
    return Line(link, now, was, WHY.get(link.reason or "", link.reason or ""), page)
