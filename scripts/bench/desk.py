"""How fast the desk is: a logged step, the news on thirty screens, the board, the daily PDF; one table.

python3 scripts/bench/desk.py [--days 30] [--visits-per-day 200] [--keep DIR]

Everything happens on loopback and in a temporary folder, in bounded time. A disk and a machine differ from
the next by a lot, so each figure stands beside a raw commit and a bare Flask route of the same run.
"""

import argparse
import gc
import itertools
import json
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import _venv  # noqa: E402

STEPS, CLIENTS, EACH = 400, 8, 100
SCREENS, NEWS, NEWS_EVERY = 30, 60, 0.15
PAGES, PAPERS = 40, 12
RAW_SECONDS = 3.0
BOOTHS, SEATS = 16, 6


def main():
    """Make the database, measure, print."""
    wishes = read_arguments()
    if wishes.bare:
        served.serve_bare(wishes.bare)
        return
    with tempfile.TemporaryDirectory() as scratch:
        home = wishes.keep or Path(scratch) / "instance"
        login = filled(home, wishes)
        lines = [*papers(home), *bench_commits(home, Path(scratch)), *bench_http(home, login)]
    print()
    for line in lines:
        print(line)


def read_arguments():
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--days", type=int, default=30, metavar="N")
    parser.add_argument("--visits-per-day", type=int, default=200, metavar="N")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the database here and use it again")
    parser.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def filled(home, wishes):
    """A site of 22 places with its simulated days; the name and password of an account to measure with."""
    from sitelog import instance
    from sitelog.demo import run
    from sitelog.ground import clock
    from sitelog.ground.access import OPERATOR, Role
    from sitelog.site import actions as site
    from sitelog.site import defaults
    from sitelog.staff import actions as staff
    from sitelog.trail import queries as trail

    now = clock.now()
    instance.make(home, name="Bench", zone="America/Toronto", day_starts="04:00", at=now)
    with instance.open_app(home).app_context():
        if not trail.last_seq_of("visit"):
            site.configure({"places": places(defaults.PLACES)}, by=OPERATOR, happened_at=now, at=now)
            begun = time.perf_counter()
            run(wishes.days, 1, wishes.visits_per_day, now, lambda done: print(".", end="", flush=True))
            seconds, links = time.perf_counter() - begun, trail.last_seq()
            print(f"\nsimulated {wishes.days} days: {seconds:.0f} s, {links:,} links (limit 120 s)")
        name, password = f"Bench {secrets.token_hex(3)}", secrets.token_hex(12)
        staff.add_account(name, Role.NURSE, password=password, by=OPERATOR, at=now)
    return name, password


def places(starter):
    """Sixteen booths and six seats, made like the starter's."""
    booth = next(place for place in starter if place["kind"] == "injection")
    seat = next(place for place in starter if place["kind"] == "inhalation")
    booths = [{**booth, "code": str(n), "label": f"Booth {n}"} for n in range(1, BOOTHS + 1)]
    return booths + [{**seat, "code": c, "label": f"Inhalation {c}"} for c in "UVWXYZ"[:SEATS]]


def papers(home):
    """The daily PDF: cold from the command line, then warm in one process; and what is owed, done."""
    from sitelog import instance
    from sitelog.ground import clock
    from sitelog.ground.access import OPERATOR
    from sitelog.reports import actions
    from sitelog.reports import queries as reports
    from sitelog.site import queries as site

    command = [sys.executable, "-m", "sitelog", "--instance", str(home)]
    gc.freeze()  # as a server does; what the simulation left behind is not the report's to look through
    with instance.open_app(home).app_context():
        today = site.calendar().day_of(clock.now())
        opened = reports.first_day() or today
        days = [today - timedelta(days=n) for n in range(PAPERS + 2, 0, -1)]
        days = [on for on in days if on >= opened]
        owed = [on for on in days if reports.latest("daily", "funder", on) is None]
        if len(owed) < 3:
            return ["daily PDF: all are published already; use a fresh folder"]
        cold = served.timed(
            lambda: subprocess.run(
                [*command, "report", "daily", "--on", str(owed[0])], check=True, stdout=subprocess.DEVNULL
            )
        )
        warm = [
            served.timed(lambda on=on: actions.publish("daily", on, "funder", by=OPERATOR, at=clock.now()))
            for on in owed[1:]
        ][1:]
    subprocess.run([*command, "jobs", "run"], check=False, stdout=subprocess.DEVNULL)
    p50, p95, _ = served.percentiles(warm)
    return [
        f"daily PDF, published     p50 {p50:6.1f}  p95 {p95:6.1f} ms warm (n={len(warm)}, limit 150)   "
        f"{cold:6.0f} ms cold, as a command"
    ]


def bench_commits(home, scratch):
    """The raw disk and the bare route."""
    from sitelog.store import keys

    raw = served.raw_commits(scratch, keys.read(home / "keys")["database"], RAW_SECONDS)
    show = served.percentiles(raw)
    yield line("raw SQLite commit", show, 1000 * len(raw) / sum(raw))
    (scratch / "bare").mkdir()
    with served.Served(HERE / "desk.py", "--bare", scratch / "bare") as server:
        fields = {f"f{n}": f"value {n}" for n in range(10)}
        url = server.url
        acting = lambda n: poster(served.Browser(url), itertools.repeat("/"), lambda: fields)  # noqa: E731
        yield from both("bare route, 10 fields", acting, server)


def bench_http(home, login):
    """The served desk."""
    with served.Served("-m", "sitelog", "--instance", home, "serve", "--port", "0") as server:
        nurse = served.Browser(server.url)
        nurse.sign_in(*login)
        refs = in_house(home)

        def step(n):
            # In turn, as on a round: nobody is looked at four hundred times in one visit.
            on_round = itertools.cycle(f"/visits/{ref}/check" for ref in refs[n:] + refs[:n])
            fields = {"looks": "well"}
            return poster(
                nurse.twin(), on_round, lambda: {**fields, "token": secrets.token_hex(16)}, **served.HTMX
            )

        yield from both("logged step (a check)", step, server)
        yield from bench_pages(nurse)
        yield from bench_news(nurse, step(0))


def in_house(home):
    """The visits that are in the house."""
    from sitelog import instance
    from sitelog.visits import queries

    with instance.open_app(home).app_context():
        return [one.ref for one in queries.in_house()]


def poster(browser, paths, fields, **headers):
    """An action that posts once, to the next of these addresses, and insists that it was accepted."""

    def post():
        path = next(paths)
        status, text = browser.post(path, fields(), **headers)
        if status not in (204, 303):
            raise SystemExit(f"POST {path} answered {status}: {text[:200]}")
        return browser

    return post


FOUND = {}


def both(name, acting, server):
    """One client, then eight at once; the latter's rate is over all of them."""
    act = acting(0)
    for _ in range(20):
        act()
    before = server.cpu_ms()
    lengths = [served.timed(act) for _ in range(STEPS)]
    cpu = (server.cpu_ms() - before) / STEPS
    alone = served.percentiles(lengths)
    rate = 1000 * len(lengths) / sum(lengths)
    yield line(f"{name}, 1 client", alone, rate) + f"   server {cpu:.2f} ms of processor"
    crowd, seconds = together([acting(n) for n in range(CLIENTS)])
    rate_crowd = len(crowd) / seconds
    yield line(f"{name}, {CLIENTS} clients", served.percentiles(crowd), rate_crowd)
    if FOUND:
        p50, p95, per_second, bare_cpu = FOUND["bare"]
        yield (
            f"  against the bare route: p50 × {alone[0] / p50:.2f}, p95 × {alone[1] / p95:.2f} (limit 3); "
            f"rate with {CLIENTS} × {rate_crowd / per_second:.2f} (limit 0.33); "
            f"processor × {cpu / (bare_cpu or 1):.2f}"
        )
    FOUND.setdefault("bare", (alone[0], alone[1], rate_crowd, cpu))


def together(acts):
    """Each act EACH times, all at once: every length in ms, and the seconds it took."""
    lengths, threads = [], []
    for act in acts:
        act()  # connected before the clock runs
        job = lambda act=act: lengths.extend([served.timed(act) for _ in range(EACH)])  # noqa: E731
        threads.append(threading.Thread(target=job))
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return lengths, time.perf_counter() - begun


def bench_pages(nurse):
    """The board of 22 places, whole and the places alone."""
    for name, path in (("board page", "/"), ("board, places only", "/board/places")):
        nurse.get(path, **(served.HTMX if path != "/" else {}))
        lengths = [served.timed(lambda path=path: nurse.get(path)) for _ in range(PAGES)]
        yield line(f"{name}, {BOOTHS + SEATS} places", served.percentiles(lengths))


def bench_news(nurse, step):
    """From a POST to its event on thirty other open streams."""
    heard, ready, over = {}, threading.Barrier(SCREENS + 1), threading.Event()

    def listen():
        stream = nurse.twin().open("/stream")
        ready.wait(served.TIMEOUT)
        while not over.is_set() and (text := stream.readline()):
            if text.startswith(b"id:"):
                heard.setdefault(int(text[3:]), []).append(time.perf_counter())

    for _ in range(SCREENS):
        threading.Thread(target=listen, daemon=True).start()
    ready.wait(served.TIMEOUT)
    time.sleep(1)
    sent = {}
    for _ in range(NEWS):
        begun = time.perf_counter()
        seq = json.loads(step().news)["entered"]["seq"]
        sent[seq] = begun
        time.sleep(NEWS_EVERY)
    time.sleep(1)
    over.set()
    delays = [1000 * (at - begun) for seq, begun in sent.items() for at in heard.get(seq, ())]
    told = len(delays) / (NEWS * SCREENS)
    yield (
        line(f"POST to event, {SCREENS} screens", served.percentiles(delays))
        + f"   told {told:.1%} (p95 < 100)"
    )


def line(name, lengths, rate=None):
    """One line of the table."""
    p50, p95, p99 = lengths
    per_second = f"   {rate:6.0f}/s" if rate else ""
    return f"{name:<34} p50 {p50:7.2f}  p95 {p95:7.2f}  p99 {p99:7.2f} ms{per_second}"


if __name__ == "__main__":
    if Path(sys.prefix).resolve() != _venv.VENV.resolve():
        raise SystemExit(subprocess.call([str(_venv.ready("requirements.txt")), *sys.argv]))
    import served

    main()
