"""A desk with two nurses and a lead on tiles, and browsers that are signed in at it."""

from tests.incidents.conftest import desk, instance, sign_in, tiled_instance, tiles

__all__ = ["desk", "instance", "sign_in", "tiled_instance", "tiles"]
