"""A simulated site: real entries through the verbs, in simulated time, from one seed."""

from sitelog.demo.simulation import check_empty, run

__all__ = ["check_empty", "run"]
