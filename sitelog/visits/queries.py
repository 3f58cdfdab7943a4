"""What may be asked about visits, here and from the floors above."""

from sitelog.visits.came import Came, course, declared, names_of, visit, visit_number, who, whose
from sitelog.visits.desk import (
    Usual,
    free_places,
    kept_clear_by,
    next_anonymous,
    occupant,
    positions,
    ref_here,
    taken,
    usual,
    visit_here,
)
from sitelog.visits.histories import first_visits, mentions, visit_ids
from sitelog.visits.log import Beside, Line, timeline, told_beside
from sitelog.visits.occupancy import given_back, in_use
from sitelog.visits.presence import FLAGS, Looked, Present, at_place, in_house, people_of, present
from sitelog.visits.rules import AREAS
from sitelog.visits.said import entries_of, sentences, what

__all__ = [
    "AREAS",
    "Beside",
    "FLAGS",
    "Came",
    "Line",
    "Looked",
    "Present",
    "Usual",
    "at_place",
    "course",
    "declared",
    "entries_of",
    "first_visits",
    "free_places",
    "given_back",
    "in_house",
    "in_use",
    "kept_clear_by",
    "mentions",
    "names_of",
    "next_anonymous",
    "occupant",
    "people_of",
    "positions",
    "present",
    "ref_here",
    "sentences",
    "taken",
    "timeline",
    "told_beside",
    "usual",
    "visit",
    "visit_here",
    "visit_ids",
    "visit_number",
    "what",
    "who",
    "whose",
]
