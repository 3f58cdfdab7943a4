"""What every page shares: guards, forms, answers, failures, headers, the shell."""

from flask import Flask

from sitelog.ground.settings import Settings
from sitelog.web import csrf, failures, filters, guards, headers, i18n
from sitelog.web.guards import check_routes

__all__ = ["check_routes", "init_app"]

# The largest thing a form may send, in bytes.
LARGEST = 1024 * 1024


def init_app(app: Flask) -> None:
    """Give an app its guards and manners; call it before any blueprint is registered.

    The app's secret key must be set. After the last blueprint call `check_routes(app)`.
    """
    settings: Settings | None = app.config.get("SITELOG")
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_CONTENT_LENGTH"] or LARGEST
    filters.forget_before_each(app)
    # The order is the order of the checks: whose address, from where, who, may they, is the form ours.
    headers.init_app(app, settings.hosts if settings else ())
    csrf.init_app(app)
    guards.init_app(app)
    i18n.init_app(app)
    filters.init_app(app)
    failures.init_app(app)
