"""How fast the past comes along: a year of visits from CSV files into an empty site; one table.

python3 scripts/bench/importing.py [--visits 100000] [--keep DIR]

Everything happens in a temporary folder. The seconds stand beside those of the same links entered one by one
by the desk's own verbs (of a few hundred), so that a slow machine is seen to be one.
"""

import argparse
import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import _venv  # noqa: E402

LIMIT_SECONDS = 300
BY_HAND = 200
MINUTE = timedelta(minutes=1)


def main():
    """Make the files, import them twice, walk the chain, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visits", type=int, default=100_000, metavar="N")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep files and database here")
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = wishes.keep or Path(scratch)
        files = home / "files"
        write_files(files, wishes.visits)
        lines = list(measure(home / "instance", files, wishes.visits))
    print()
    for line in lines:
        print(line)


def write_files(folder, visits):
    """A made-up year: people who come again, one or two substances each, now and then something else."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(1)
    people = max(1, visits // 40)
    start, step = datetime(2025, 1, 1, 8, 0), timedelta(days=360) / visits
    with sheets(folder) as write:
        for n in range(people):
            write("people", f"p{n}", f"Bench {n}", moment(start))
        for n in range(visits):
            came = start + n * step
            came += timedelta(hours=4) if came.hour < 4 else timedelta()  # no clock changes then
            person = f"p{chance.randrange(people)}" if chance.random() < 0.8 else ""
            times = [moment(came + k * MINUTE) for k in (0, 6, 25, 40)]
            write("visits", f"v{n}", person, times[0], str(1 + n % 8), *times[1:])
            for substance in ("down", "crack")[: 1 + (n % 3 == 0)]:
                write("consumptions", f"v{n}", substance, "inject")
            if n % 200 == 0:
                write("responses", f"r{n}", f"v{n}", times[1], times[2], "recovered")
                for kind, device in (("voice", ""), ("oxygen", "bag_valve_mask")):
                    write("steps", f"r{n}", kind, times[1], device)
            if n % 4 == 0:
                write("supplies", f"x{n}", f"v{n}", times[2], "given", "needle_1ml", 20)
            if n % 10 == 0:
                write("services", f"t{n}", f"v{n}", times[2], "wound_care")
            if n % 300 == 0:
                write("incidents", f"i{n}", f"v{n}", times[1], "verbal", "settled")


class sheets:
    """The files, open for writing: call it with a file's name and a row."""

    HEADERS = {
        "people": "id handle registered_at",
        "visits": "id person arrived_at place seated_at aftercare_at left_at",
        "consumptions": "visit substance route",
        "responses": "id visit recognised_at closed_at outcome",
        "steps": "response kind happened_at device",
        "supplies": "id visit happened_at kind item count",
        "services": "id visit happened_at kind",
        "incidents": "id visit happened_at kind end",
    }

    def __init__(self, folder):
        self.folder, self.files, self.writers = folder, [], {}

    def __enter__(self):
        for name, header in self.HEADERS.items():
            file = (self.folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
            self.files.append(file)
            self.writers[name] = csv.writer(file)
            self.writers[name].writerow(header.split())
        return lambda name, *row: self.writers[name].writerow(row)

    def __exit__(self, *error):
        for file in self.files:
            file.close()


def moment(wall):
    """A time as a spreadsheet writes it."""
    return wall.isoformat(" ", "minutes")


def measure(home, files, visits):
    """The lines of the table."""
    from sitelog import instance
    from sitelog.ground import clock
    from sitelog.ground.access import OPERATOR
    from sitelog.imports import actions
    from sitelog.trail import queries as trail
    from sitelog.trail.verify import verify

    instance.make(home, name="Bench", zone="America/Toronto", day_starts="04:00", at=clock.now())
    with instance.open_app(home).app_context():
        each = by_hand()
        before = trail.last_seq()
        stages = Stages()
        worked = time.process_time()
        seconds = timed(lambda: actions.bring_along(files, by=OPERATOR, at=clock.now(), told=stages.told))
        worked = time.process_time() - worked
        links = trail.last_seq() - before
        yield line(f"{visits:,} visits from files", seconds, f"limit {LIMIT_SECONDS}")
        yield line("  of processor", worked, "what it takes where nothing else runs")
        for stage, length in stages.lengths(seconds):
            yield line(f"  {stage}", length)
        yield line(f"  the same {links:,} links by hand", links * each, "estimated")
        yield f"{'most memory':<34} {peak_megabytes():8.0f} MB"
        again = timed(lambda: actions.bring_along(files, by=OPERATOR, at=clock.now()))
        yield line("the same files again", again, f"{trail.last_seq() - before - links} new links")
        yield line("the chain walked", timed(verify))


def by_hand():
    """Seconds that a link takes by the desk's verbs."""
    from sitelog.ground import clock
    from sitelog.ground.access import OPERATOR
    from sitelog.visits import actions as visits
    from sitelog.visits.rules import Asked

    def one():
        now = clock.now()
        words = {"by": OPERATOR, "happened_at": now, "at": now}
        visits.leave(visits.check_in(Asked(), **words).ref, **words)

    return timed(lambda: [one() for _ in range(BY_HAND)]) / (2 * BY_HAND)


class Stages:
    """When each stage of an import began."""

    def __init__(self):
        self.began, self.begun = {}, time.perf_counter()

    def told(self, stage, done, of):
        """Hear how far it is."""
        self.began.setdefault(stage, time.perf_counter() - self.begun)

    def lengths(self, total):
        """Each stage and how long it took."""
        ends = [*list(self.began.values())[1:], total]
        return [(stage, end - at) for (stage, at), end in zip(self.began.items(), ends, strict=True)]


def peak_megabytes():
    """The most memory this process ever took."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(act):
    """Seconds an act takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def line(name, seconds, more=""):
    """One line of the table."""
    return f"{name:<34} {seconds:8.1f} s   {more}"


if __name__ == "__main__":
    if Path(sys.prefix).resolve() != _venv.VENV.resolve():
        raise SystemExit(subprocess.call([str(_venv.ready("requirements.txt")), *sys.argv]))
    main()
