"""Whatever is written of a person is found when they ask to be forgotten."""

import importlib
import inspect

import pytest

from sitelog import app
from sitelog.store.db import Base

THEIRS = {"person_id", "visit_id", "visit_ref", "to_ref"}


def features() -> list[str]:
    """The features above the register with a table that says of whom, or of which visit, it tells."""
    app.import_models()
    tellers = [m.class_ for m in Base.registry.mappers if THEIRS & set(m.columns.keys())]
    return sorted({model.__module__.split(".")[1] for model in tellers} - {"people"})


def test_there_are_features_that_write_of_people() -> None:
    assert {"visits", "responses", "supplies", "incidents"} <= set(features())


@pytest.mark.parametrize("feature", features())
def test_a_feature_that_writes_of_people_says_where(feature: str) -> None:
    assert callable(importlib.import_module(f"sitelog.{feature}.queries").mentions)
    assert f"{feature}.mentions" in inspect.getsource(app._tell_people)
