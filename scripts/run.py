"""Installs sitelog into .venv, makes an instance filled with a simulated fortnight, and serves it."""

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import _venv

# Says in the instance whether this script filled it, so that a real site is never given simulated visits.
MARK = "simulated.txt"
BEGUN = "simulated visits are being written here\n"
DONE = "the visits here are simulated\n"
# Where a site listens that says nothing else.
HOST, PORT = "127.0.0.1", 8321
# How much is simulated if nothing is said.
DAYS = 14
# What `sitelog demo` and `sitelog serve` take.
BOUNDS = {"days": (1, 366), "port": (0, 65535)}
MADE = ("sitelog.toml", "sitelog.db", "sitelog.db-wal", "sitelog.db-shm", "keys", "reports", "backups")


def main():
    """Install, make what is missing, fill it once, serve."""
    wishes = read_arguments()
    check_numbers(wishes)
    _venv.check_python()
    home = choose_home(wishes)
    check_port(wishes, home)
    python = _venv.ready("requirements.txt")
    sitelog = [str(python), "-m", "sitelog", "--instance", str(home)]
    clear_half_filled(home)
    if (home / "sitelog.toml").exists():
        step([*sitelog, *init(wishes)])
        say_what_is_there(wishes, home)
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
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--empty", action="store_true", help="an empty book, no simulated visits")
    either.add_argument("--days", type=int, metavar="N", help=f"days to simulate (default {DAYS})")
    parser.add_argument("--preset", metavar="P", help="start as a jurisdiction does, as: ontario")
    parser.add_argument("--port", type=int, metavar="N", help="port to serve on")
    parser.add_argument("--host", metavar="H", help="address to serve on; 0.0.0.0 for other machines too")
    parser.add_argument("--instance", type=Path, metavar="DIR", help="folder of the site (default: instance)")
    return parser.parse_args()


def say_what_is_there(wishes, home):
    """Say where a site that is there already is not what a new one would have been."""
    another = "python3 scripts/run.py --instance DIR"
    if not (home / MARK).exists() and not wishes.empty:
        _venv.say(
            f"{shown(home)} is served as it is, nothing is simulated in it; in another folder: {another}"
        )
    elif wishes.days is not None:
        _venv.say(
            f"the simulated days are as they were; --days is for a new site: {another} --days {wishes.days}"
        )


def check_numbers(wishes):
    """Stop at once where a number would be refused in the end."""
    for name, (low, high) in BOUNDS.items():
        number = getattr(wishes, name)
        if number is not None and not low <= number <= high:
            _venv.stop(f"--{name} {number} cannot be: {low} to {high}", 2)


def choose_home(wishes):
    """The instance's folder. An empty start beside a simulated one gets its own, so that nothing is lost."""
    home = (wishes.instance or Path(os.environ.get("SITELOG_INSTANCE") or _venv.ROOT / "instance")).resolve()
    if wishes.empty and (home / MARK).exists():
        _venv.say(f"{shown(home)} holds simulated visits; the empty book is {shown(home / 'empty')}")
        return home / "empty"
    return home


def check_port(wishes, home):
    """Stop at once where nobody could be served in the end."""
    set_before = settings(home)
    host = wishes.host or set_before.get("host", HOST)
    port = set_before.get("port", PORT) if wishes.port is None else wishes.port
    if type(host) is not str or type(port) is not int or port not in range(BOUNDS["port"][1] + 1):
        return  # the file says what cannot be, and sitelog reads it next and says why
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as tried:
            if os.name != "nt":  # there it would take a port that is in use
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except (OSError, OverflowError, TypeError) as error:
        why = getattr(error, "strerror", None) or error
        _venv.stop(f"cannot listen on {host}, port {port}: {why}. Choose others with --host and --port.", 2)


def settings(home):
    """What the operator has set here; nothing, where there is no such file or nobody can read it."""
    import tomllib  # an old Python has none, and was told so before

    with contextlib.suppress(OSError, ValueError):
        return tomllib.loads((home / "sitelog.toml").read_text(encoding="utf-8"))
    return {}


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
    fresh = [folder for folder in (home, *home.parents) if not folder.exists()]
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / MARK).write_text(BEGUN, encoding="ascii")
    except OSError as error:
        _venv.stop(f"{shown(home)} cannot be written ({error.strerror}); another: --instance DIR", 2)
    code = call([*sitelog, *init(wishes)])
    if code:
        # Nothing is simulated here: a site that is begun here next is a real one.
        (home / MARK).unlink()
        with contextlib.suppress(OSError):  # what holds something already stays
            for folder in fresh:
                folder.rmdir()
        raise SystemExit(code)
    days = DAYS if wishes.days is None else wishes.days
    _venv.say(f"simulating the last {days} days")
    step([*sitelog, "demo", "--days", str(days), "--seed", "1"])
    (home / MARK).write_text(DONE, encoding="ascii")


def step(command_line):
    """Run one command to its end; stop with its exit code when it fails (it has said why)."""
    code = call(command_line)
    if code:
        raise SystemExit(code)


def call(command_line):
    """Run one command to its end and give its exit code; it ends with this script, however that ends."""
    more = {"preexec_fn": die_with_parent} if sys.platform == "linux" else {}
    child = subprocess.Popen(command_line, cwd=str(_venv.ROOT), **more)
    try:
        return child.wait()
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()


def die_with_parent():
    """Ask the system to end this process when its parent is killed, who then can do nothing any more."""
    import ctypes

    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def stop_at(number, frame):
    """End as on an interrupt, so that what was begun is ended too."""
    raise SystemExit(128 + number)


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
    signal.signal(signal.SIGTERM, stop_at)
    try:
        main()
    except KeyboardInterrupt:
        _venv.stop("stopped", 130)
