"""A simulated site: real entries through the verbs, in simulated time, from one seed."""

from sitelog.demo.simulation import run

__all__ = ["run"]
