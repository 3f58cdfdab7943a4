"""What is worked out once for all tests of a process: each has a site of its own, and all are built alike."""

from collections.abc import Callable
from types import CodeType
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from werkzeug.routing import Rule

from sitelog.staff import hashes
from sitelog.store.db import db

# What the hashes of a site cost; those of the tests are real and cost nothing.
COSTS = (hashes._PASSWORDS, hashes._PINS)


class Address(Rule):
    """A route: how it is read and written is most of what making an application costs."""

    known: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    def compile(self) -> None:
        """As the first route of the same words was compiled."""
        defaults = tuple(sorted((self.defaults or {}).items()))
        about = (self.rule, self.subdomain, self.host, self.merge_slashes, defaults)
        if about not in self.known:
            super().compile()
            writers = (self._bare(self._build), self._bare(self._build_unknown))
            self.known[about] = (self._parts, self._trace, self._converters, self.arguments, *writers)
        self._parts, self._trace, self._converters, self.arguments, build, unknown = self.known[about]
        self._build, self._build_unknown = build.__get__(self, None), unknown.__get__(self, None)

    @staticmethod
    def _bare(method: Any) -> Callable[..., tuple[str, str]]:
        function: Callable[..., tuple[str, str]] = method.__func__
        return function


class Templates(BytecodeCache):
    """Templates as they were compiled first."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """What is known of the template, if its source is the same."""
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        if bucket.code:
            self.known[bucket.key, bucket.checksum] = bucket.code


class Statements:
    """What SQLAlchemy works out of a statement, kept for the engines of all databases of one kind."""

    engines: dict[str, Engine] = {}
    make = staticmethod(db._make_engine)

    @classmethod
    def engine(cls, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        """An engine that shares what the first of its kind has compiled."""
        made = cls.make(bind_key, options | {"query_cache_size": 5_000}, app)
        first = cls.engines.setdefault(made.dialect.name, made)
        made.dialect, made._compiled_cache = first.dialect, first._compiled_cache
        return made


def share() -> None:
    """From now on, everything that is built here shares what was worked out before."""
    Flask.url_rule_class = Address
    Flask.jinja_options = {"bytecode_cache": Templates()}
    db._make_engine = Statements.engine  # type: ignore[method-assign]
    hashes._PASSWORDS = hashes._PINS = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
