"""sitelog: the log of a supervised consumption site, from the desk to the published report."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

__version__ = "0.1.0"


def create_app(*args: Any, **kwargs: Any) -> "Flask":
    """Make the Flask application; the composition root is imported only when it is asked for."""
    from sitelog.app import create_app as compose

    return compose(*args, **kwargs)
