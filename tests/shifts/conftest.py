"""A staffed site with a day behind it."""

from tests.staff.conftest import instance, staff, staffed_instance

__all__ = ["instance", "staff", "staffed_instance"]
