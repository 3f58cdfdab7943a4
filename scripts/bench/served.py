"""For the benchmarks: a served process on loopback, a browser of few words, percentiles, a bare route."""

import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

TIMEOUT = 30
HTMX = {"HX-Request": "true"}


class Browser:
    """One keep-alive connection with its cookies and the token its forms carry."""

    def __init__(self, url, cookies=None):
        self.url, self.cookies, self.csrf = url, dict(cookies or {}), ""
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=TIMEOUT)

    def get(self, path, **headers):
        return self._send("GET", path, None, headers)

    def post(self, path, fields, **headers):
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return self._send("POST", path, urlencode({"csrf_token": self.csrf, **fields}), headers)

    def sign_in(self, name, password):
        """Come in by name and password, as a person would."""
        self._read_token(self.get("/sign-in/password")[1])
        status, _ = self.post("/sign-in", {"name": name, "secret": password})
        if status != 303:
            raise SystemExit(f"could not sign in: {status}")
        self._read_token(self.get("/")[1])

    def twin(self):
        """Another connection of the same browser."""
        other = Browser(self.url, self.cookies)
        other.csrf = self.csrf
        return other

    def open(self, path):
        """A response whose body is read as it comes."""
        self.connection.request("GET", path, headers=self._headers({}))
        return self.connection.getresponse()

    def _send(self, method, path, body, headers):
        self.connection.request(method, path, body, self._headers(headers))
        answer = self.connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        self.news = answer.headers.get("HX-Trigger", "")
        return answer.status, text

    def _headers(self, more):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {**({"Cookie": cookies} if cookies else {}), **more}

    def _read_token(self, page):
        found = re.search(r'name="csrf[-_]token" (?:content|value)="([^"]+)"', page)
        self.csrf = found[1] if found else self.csrf


class Served:
    """A process that prints the address it serves at, ended with the block."""

    def __init__(self, *command):
        self.command = [sys.executable, *map(str, command)]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if found := re.search(r"http://\S+", line):
                self.url = found[0].rstrip("/")
                return self
        raise SystemExit(f"did not start: {' '.join(self.command)}")

    def cpu_ms(self):
        """Processor time the server has used, where the system tells; a busy machine changes it little."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        self.process.stdout.close()


def timed(act):
    """Milliseconds an action takes."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def percentiles(lengths):
    """p50, p95 and p99."""
    if len(lengths) < 2:
        return (lengths or [0.0]) * 3
    cuts = statistics.quantiles(lengths, n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98]


def raw_commits(folder, key, seconds):
    """Commits of one row of ten fields by the same SQLite with the same pragmas: lengths in ms."""
    from sitelog.store import engine

    connection = engine.sqlite.connect(str(Path(folder) / "raw.db"), isolation_level=None)
    if engine.encrypted():
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for pragma in engine.PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"CREATE TABLE bare ({', '.join(f'f{n} TEXT' for n in range(10))})")
    statement = f"INSERT INTO bare VALUES ({', '.join('?' * 10)})"

    def commit():
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(statement, [f"value {n}" for n in range(10)])
        connection.execute("COMMIT")

    lengths, until = [], time.perf_counter() + seconds
    while time.perf_counter() < until:
        lengths.append(timed(commit))
    connection.close()
    return lengths


def serve_bare(folder):
    """A Flask route that commits one row of ten fields, under the same server, in the same kind of file."""
    from flask import Flask, request
    from sqlalchemy.orm import Mapped, mapped_column

    from sitelog import serve
    from sitelog.ground.settings import Settings
    from sitelog.jobs import alarm
    from sitelog.store import engine
    from sitelog.store.db import Base, db
    from sitelog.store.transaction import transaction

    class Bare(Base):
        __tablename__ = "bare"
        __annotations__ = {"id": Mapped[int], **{f"f{n}": Mapped[str] for n in range(10)}}
        id: Mapped[int] = mapped_column(primary_key=True)

    app, settings = Flask("bare"), Settings(Path(folder))
    app.config.update(engine.config(settings), SITELOG=settings)
    db.init_app(app)

    @app.post("/")
    def commit():
        with transaction():
            db.session.add(Bare(**{f"f{n}": request.form[f"f{n}"] for n in range(10)}))
        return "", 204

    with app.app_context():
        engine.prepare(db.engine, os.urandom(32))
        Bare.__table__.create(db.engine)
    alarm.start = lambda app: _NoAlarm()
    serve.serve(app, "127.0.0.1", 0, lambda url: print(url, flush=True))


class _NoAlarm:
    def shutdown(self, wait):
        """There was none."""
