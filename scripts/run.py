"""Installs sitelog into .venv, makes an instance filled with a simulated fortnight, and serves it."""

import argparse
import os
import shutil
import subprocess
from pathlib import Path

import _venv

# Says in the instance whether this script filled it, so that a real site is never given simulated visits.
MARK = "simulated.txt"
BEGUN = "simulated visits are being written here\n"
DONE = "the visits here are simulated\n"
MADE = ("sitelog.toml", "sitelog.db", "sitelog.db-wal", "sitelog.db-shm", "keys", "reports", "backups")


def main():
    """Install, make what is missing, fill it once, serve."""
    wishes = read_arguments()
    python = _venv.ready("requirements.txt")
    home = choose_home(wishes)
    sitelog = [str(python), "-m", "sitelog", "--instance", str(home)]
    clear_half_filled(home)
    if (home / "sitelog.toml").exists():
        step([*sitelog, *init(wishes)])
        _venv.say(f"passwords are as they were; a new one: {again(python, home)} account reset S01")
    elif wishes.empty:
        step([*sitelog, *init(wishes)])
    else:
        make_filled(sitelog, home, wishes)
    if (home / MARK).exists():
        _venv.say(f"these visits are simulated; for an empty book instead: {command(wishes, '--empty')}")
    serve = [*sitelog, "serve"]
    for name in ("host", "port"):
        if getattr(wishes, name) is not None:
            serve += ["--" + name, str(getattr(wishes, name))]
    _venv.become(serve)


def read_arguments():
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python3 scripts/run.py", description=__doc__)
    parser.add_argument("--empty", action="store_true", help="an empty book, no simulated visits")
    parser.add_argument("--days", type=int, default=14, metavar="N", help="days to simulate (default 14)")
    parser.add_argument("--preset", metavar="P", help="start as a jurisdiction does, as: ontario")
    parser.add_argument("--port", type=int, metavar="N", help="port to serve on")
    parser.add_argument("--host", metavar="H", help="address to serve on; 0.0.0.0 for other machines too")
    parser.add_argument("--instance", type=Path, metavar="DIR", help="folder of the site (default: instance)")
    return parser.parse_args()


def choose_home(wishes):
    """The instance's folder. An empty start beside a simulated one gets its own, so that nothing is lost."""
    home = (wishes.instance or Path(os.environ.get("SITELOG_INSTANCE") or _venv.ROOT / "instance")).resolve()
    if wishes.empty and (home / MARK).exists():
        _venv.say(f"{shown(home)} holds simulated visits; the empty book is {shown(home / 'empty')}")
        return home / "empty"
    return home


def clear_half_filled(home):
    """Take away what an interrupted filling left; nobody has worked in it yet."""
    mark = home / MARK
    if mark.exists() and mark.read_text(encoding="ascii") == BEGUN:
        _venv.say("the last filling was cut short; starting over")
        for name in MADE:
            shutil.rmtree(home / name, ignore_errors=True)
            (home / name).unlink(missing_ok=True)
        mark.unlink()


def init(wishes):
    """The command that makes the instance, as the jurisdiction asked for starts."""
    return ["init", "--preset", wishes.preset] if wishes.preset else ["init"]


def make_filled(sitelog, home, wishes):
    """A new instance with the last days simulated, marked so that a stop half-way is known."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / MARK).write_text(BEGUN, encoding="ascii")
    except OSError as error:
        _venv.stop(f"{shown(home)} cannot be written ({error.strerror}); another: --instance DIR", 2)
    code = subprocess.call([*sitelog, *init(wishes)], cwd=str(_venv.ROOT))
    if code:
        # Nothing is simulated here: a site that is begun here next is a real one.
        (home / MARK).unlink()
        raise SystemExit(code)
    _venv.say(f"simulating the last {wishes.days} days")
    step([*sitelog, "demo", "--days", str(wishes.days), "--seed", "1"])
    (home / MARK).write_text(DONE, encoding="ascii")


def step(command_line):
    """Run one command to its end; stop with its exit code when it fails (it has said why)."""
    code = subprocess.call(command_line, cwd=str(_venv.ROOT))
    if code:
        raise SystemExit(code)


def command(wishes, *more):
    """The command a person would type for this, with the same instance."""
    where = ["--instance", str(wishes.instance)] if wishes.instance else []
    return " ".join(["python3 scripts/run.py", *more, *where])


def again(python, home):
    """How the `sitelog` command is called on this instance."""
    return f"{shown(python.parent / 'sitelog')} --instance {shown(home)}"


def shown(path):
    """A path as people say it: from the project, where it is inside."""
    return path.relative_to(_venv.ROOT) if path.is_relative_to(_venv.ROOT) else path


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        _venv.stop("stopped", 130)
