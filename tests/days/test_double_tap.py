"""The same form sent twice, at once or later, is one row and gets the same answer."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask

from sitelog.responses import actions as responses
from sitelog.responses import queries
from sitelog.store.db import db
from sitelog.trail import queries as trail
from sitelog.visits import actions as visits
from tests.factories import DOWN, said, seated
from tests.reports.scene import MORNING

pytestmark = pytest.mark.both_databases


def test_eight_taps_on_one_dose_are_one_dose(app: Flask) -> None:
    seated(MORNING, "3")
    case = responses.start("place", "3", **said(MORNING)).ref
    before = trail.last_seq()
    db.session.rollback()
    together, answers = Barrier(8), []

    def tap(n: int) -> None:
        when = MORNING + timedelta(minutes=2, milliseconds=n)
        with app.app_context():
            together.wait()
            answers.append(
                responses.give_naloxone(case, 400, "intramuscular", **said(when), token="d" * 32).id
            )

    taps = [Thread(target=tap, args=(n,)) for n in range(8)]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    assert len(answers) == 8
    assert len(set(answers)) == 1
    assert trail.last_seq() == before + 1
    assert queries.open_responses(MORNING + timedelta(minutes=3))[0].doses == 1


def test_an_arrival_sent_again_is_the_same_visit(app: Flask) -> None:
    first = visits.check_in(DOWN, handle="heron-42", token="a" * 32, **said(MORNING))
    again = visits.check_in(DOWN, handle="heron-42", token="a" * 32, **said(MORNING + timedelta(seconds=2)))
    assert again.ref == first.ref
