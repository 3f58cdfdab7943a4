"""A small application with pages of every kind of guard, and a header that says who is asking."""

from pathlib import Path

import pytest
from flask import Flask, Request, Response
from flask.testing import FlaskClient
from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader

from sitelog import web
from sitelog.ground.access import Actor, Permission, Role
from sitelog.ground.errors import Conflict, Forbidden, Refused, Unknown
from sitelog.web import guards
from sitelog.web.answers import Answer, done, invalid, page, refuse
from sitelog.web.forms import ChoiceField, ChoicesField, EntryForm, LocalTimeField, NumberField, WordsField
from sitelog.web.guards import Identity, actor, allow, public

ROOT = Path(web.__file__).parents[2]
PEOPLE = {
    role.value: Actor(f"S0{n}", f"{role.value} {n}", "AB", role)
    for n, role in enumerate((Role.NURSE, Role.LEAD, Role.FUNDER, Role.ADMIN, Role.DESK))
}


class EveryField(EntryForm):
    """One field of each kind."""

    words = WordsField("Words", longest=20)
    number = NumberField("Number", low=1, high=9)
    time = LocalTimeField("Time")
    what = ChoicesField("What", choices=[("down", "Down"), ("crack", "Crack")])
    how = ChoiceField("How", choices=[("inject", "Inject"), ("smoke", "Smoke")])


PAGE = """
{% extends layout %}
{% from "_form.html" import chips, counter, earlier, errors, field, token %}
{% block content %}<form method="post">
{{ token(form) }}{{ errors(form) }}{{ earlier(form) }}
{{ field(form.words) }}
{{ counter(form.number) }}{{ field(form.time) }}
{{ chips(form.what) }}{{ chips(form.how) }}</form>{% endblock %}
"""


def who(request: Request) -> Identity:
    person = PEOPLE.get(request.headers.get("Test-Person", ""))
    return Identity(person, device="1" if person and person.role is Role.DESK else None)


@pytest.fixture
def small() -> Flask:
    """The application, its blueprint-less views already checked."""
    app = Flask(
        "small", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "sitelog" / "static")
    )
    app.secret_key = "of the test"
    web.init_app(app)
    pages = DictLoader({"every.html": PAGE})
    app.jinja_env.loader = ChoiceLoader([pages, FileSystemLoader(ROOT / "templates")])
    guards.load_actor_with(app, who)
    guards.challenge_with(app, lambda kept: f"sign in, then: {kept.text()}")
    _add_pages(app)
    web.check_routes(app)
    return app


@pytest.fixture
def browser(small: Flask) -> FlaskClient:
    """A browser on the small application."""
    return small.test_client()


def _add_pages(app: Flask) -> None:
    errors = {
        "refused": Refused("Dose must be above %(n)s.", n=0),
        "conflict": Conflict("Booth 3 was just taken by %(who)s.", who="<JT>"),
        "unknown": Unknown("There is no visit V9999."),
        "forbidden": Forbidden("Not yours."),
        "broken": ZeroDivisionError("handle heron-42"),
    }

    @app.get("/open")
    @public("a test")
    def open_to_all() -> str:
        return "open"

    @app.get("/")
    @allow(Permission.READ_BOARD)
    def board() -> Response:
        return page("every.html", form=EveryField(formdata=None))

    @app.get("/reports")
    @allow(Permission.READ_REPORTS)
    def reports() -> Response:
        return page("every.html", form=EveryField(formdata=None))

    @app.post("/start")
    @allow(Permission.START_RESPONSE)
    def start() -> str:
        return f"started by {actor().name}"

    @app.route("/entry", methods=["GET", "POST"])
    @allow(Permission.LOG)
    def entry() -> Answer:
        form = EveryField()
        if form.validate_on_submit():
            try:
                if form.words.data in errors:
                    raise errors[form.words.data]
                return done("/", "Saved.", seq=7)
            except (Refused, Conflict) as error:
                refuse(form, error)
        return invalid("every.html", form)

    @app.route("/fails/<how>", methods=["GET", "POST"])
    @allow(Permission.LOG)
    def fails(how: str) -> str:
        raise errors[how]

    @app.get("/number/<int:n>")
    @public("a test")
    def number(n: int) -> str:
        return str(n)
