"""Words: which language a request is answered in, and how a refusal made below the door is translated."""

from typing import Any

from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, Domain, get_locale, get_translations, gettext
from markupsafe import escape

from sitelog.ground.errors import SitelogError
from sitelog.web import shell

LANGUAGES = "SITELOG_LANGUAGES"
COOKIE = "sitelog_language"


def init_app(app: Flask) -> None:
    """Set up translations; the first of the site's languages serves whoever asks for none of them."""
    app.config.setdefault(LANGUAGES, ("en",))
    app.config.setdefault("BABEL_DEFAULT_LOCALE", app.config[LANGUAGES][0])
    babel = Babel(app, locale_selector=_language)
    babel.domain_instance = _Words()
    app.jinja_env.globals["language"] = language
    # Jinja's own newstyle callables take every word for markup and for a pattern, also a word somebody
    # typed: these take none.
    app.jinja_env.install_gettext_callables(word, _words, newstyle=False)  # type: ignore[attr-defined]


class _Words(Domain):
    """The words of a request's language, which is looked up once and not for each of seventy words a page."""

    def get_translations(self) -> Any:
        """The catalogue."""
        if "catalog" not in g:
            g.catalog = super().get_translations()
        return g.catalog


def words(error: SitelogError) -> str:
    """A refusal in the reader's language."""
    said: str = gettext(error.message)
    return said % error.values if error.values else said


def offered() -> tuple[str, ...]:
    """The languages the site offers, its own first; else those the machine is set up with."""
    try:
        said: tuple[str, ...] = shell.ask("languages", ()) if has_request_context() else ()
    except Exception:  # whatever is wrong with the site's book, the page that says so can be read
        said = ()
    return said or tuple(current_app.config[LANGUAGES])


def language() -> str:
    """The language of this answer, as the `lang` of its page."""
    return str(get_locale() or "en").replace("_", "-")


def word(text: str, /, **values: Any) -> str:
    """A marked text in the reader's language, with its values in it."""
    return _filled(get_translations().ugettext(text), values)


def _words(one: str, many: str, n: int, /, **values: Any) -> str:
    return _filled(get_translations().ungettext(one, many, n), {"num": n, **values})


def _filled(text: str, values: dict[str, Any]) -> str:
    """The text with its values in it; it is markup only where a value is, and a pattern only with values."""
    return escape(text) % values if values else text


def _language() -> str:
    if not has_request_context():
        return offered()[0]
    if "language" not in g:
        known = offered()
        chosen = request.cookies.get(COOKIE)
        g.language = chosen if chosen in known else request.accept_languages.best_match(known, known[0])
    found: str = g.language
    return found
