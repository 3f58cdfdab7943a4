"""Every noun that can be imported, in the order they are entered: each may name what stands before it."""

from sitelog.imports import incidents, people, referrals, responses, services, supplies, visits

NOUNS = (
    people.NOUN,
    visits.NOUN,
    responses.NOUN,
    referrals.NOUN,
    supplies.NOUN,
    services.NOUN,
    incidents.NOUN,
)
SHEETS = tuple(sheet for noun in NOUNS for sheet in noun.sheets)
