"""That a form was made by us: Flask-WTF's token, one for a browser's whole session."""

from flask import Flask, Response, current_app, g, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect
from itsdangerous import URLSafeTimedSerializer

_SIGNED = "csrf_signed"
protect = CSRFProtect()


class _Cookies(SecureCookieSessionInterface):
    """The form cookie is marked Secure exactly when the site is served over TLS; its signer is made once."""

    def __init__(self) -> None:
        self._signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        # Flask makes one for every request, a tenth of the time of a small answer.
        self._signer = self._signer or super().get_signing_serializer(app)
        return self._signer

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


def init_app(app: Flask) -> None:
    """Set the form cookie's manners and the token's."""
    app.session_interface = _Cookies()
    app.config.update(
        SESSION_COOKIE_NAME="sitelog_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        # A board stays open for days.
        WTF_CSRF_TIME_LIMIT=None,
        # We send no referrer; headers.py looks at Origin instead.
        WTF_CSRF_SSL_STRICT=False,
        # guards.py calls check(), after it knows who is asking.
        WTF_CSRF_CHECK_DEFAULT=False,
    )
    protect.init_app(app)
    app.before_request(_same_token)
    app.after_request(_keep_token)


def check() -> None:
    """Refuse an unsafe request whose form we did not make."""
    if current_app.config.get("WTF_CSRF_ENABLED", True):
        protect.protect()


def _same_token() -> None:
    # A token is signed with the time it was made. One that changed with every second would give
    # every fragment that holds a form a new ETag.
    if request.endpoint != "static" and (signed := session.get(_SIGNED)):
        g.csrf_token = signed


def _keep_token(response: Response) -> Response:
    if "csrf_token" in g and session.get(_SIGNED) != g.csrf_token:
        session[_SIGNED] = g.csrf_token
    return response
