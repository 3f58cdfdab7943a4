"""Makes .venv at the project root and keeps it at the locked versions; run.py and test.py share it."""

# Standard library only, and plain enough for an old Python to read: the first thing it does is say so.
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
# One that was killed while it made .venv may still be writing there.
ATTEMPTS, PAUSE = 5, 1
HERE = ".".join(str(part) for part in sys.version_info[:2])
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
# Run by the Python of .venv: print what is installed; say by the exit code whether any of it is gone.
LISTS = """
from importlib.metadata import distributions
print(*sorted({one.metadata["Name"] for one in distributions()}), sep="\\n")
"""
MISSING = """
import sys
from importlib.metadata import distributions
found = list(distributions())
gone = set(sys.argv[1:]) - {""} - {one.metadata["Name"] for one in found}
files = (path for one in found for path in one.files or () if path.suffix in (".py", ".so", ".pyd"))
sys.exit(bool(gone) or not all(path.locate().exists() for path in files))
"""


def say(words):
    """Print one line of progress, at once even into a file."""
    print("sitelog: " + words, flush=True)


def stop(words, code=1):
    """End with one line on standard error that says what to do."""
    print("sitelog: " + words, file=sys.stderr, flush=True)
    raise SystemExit(code)


def ready(lock):
    """The Python of .venv, with exactly what the lock file names installed and the project linked in."""
    check_python()
    python = interpreter()
    stamp = VENV / (lock + ".sha256")
    if not alive(python):
        make(python)
    elif stamp.is_file() and not whole(python, stamp):
        say("something is missing in .venv")
        make(python)
    wanted = digest(lock)
    # A stamp of one line is from before the packages were noted in it.
    if not stamp.is_file() or not stamp.read_text(encoding="utf-8").startswith(wanted + "\n"):
        install(python, lock)
        stamp.write_text("\n".join([wanted, *installed(python)]), encoding="utf-8")
    return python


def check_python():
    """Stop with what to install when this Python is too old or cannot make environments."""
    if sys.version_info < OLDEST:
        newer = [name for name in NEWER if shutil.which(name) and works(name)]
        how = f"Run it with {newer[0]} instead." if newer else "Install one from your system or python.org."
        stop(f"Python 3.11 or newer is needed, this is {HERE}. {how}")
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        debian = f"On Debian or Ubuntu: apt install python{HERE}-venv"
        stop(f"this Python comes without venv and pip. {debian}; elsewhere install Python from python.org.")


def interpreter():
    """Where .venv keeps its Python on this system."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def alive(python):
    """Whether .venv is whole: its Python starts, is new enough and has pip. A half-made one has not."""
    # Without its configuration it would be the system's Python, and install there.
    probe = f"import pip, sys; sys.exit(sys.prefix == sys.base_prefix or sys.version_info < {OLDEST})"
    return python.exists() and works(str(python), probe)


def installed(python):
    """What is installed in .venv, by the folders that pip keeps its own lists in."""
    told = subprocess.run([str(python), "-c", LISTS], capture_output=True, text=True)
    return told.stdout.split("\n") if told.returncode == 0 else []


def whole(python, stamp):
    """Whether all that was installed is still there, package by package and file by file."""
    return works(str(python), MISSING, *stamp.read_text(encoding="utf-8").split("\n")[1:])


def works(python, probe="pass", *arguments):
    """Whether this Python runs a line; a name on the path may be an empty shell."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.call([python, "-c", probe, *arguments], **quiet) == 0


def make(python):
    """A new .venv in the place of whatever broken one is there."""
    say(f"making .venv with Python {HERE}")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    for _ in range(ATTEMPTS):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode == 0:
            break
        time.sleep(PAUSE)
    if done.returncode or not alive(python):
        last = (done.stdout + done.stderr).strip().splitlines()[-1:] or ["no reason given"]
        stop(f"could not make {VENV}: {last[0]}")


def install(python, lock):
    """Install the locked versions, then link the project in, without another download."""
    count = sum("==" in line for line in (ROOT / lock).read_text(encoding="utf-8").splitlines())
    say(f"installing {count} locked packages from {lock} into .venv (a minute, the first time only)")
    pip(python, "--require-hashes", "-r", str(ROOT / lock))
    pip(python, "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))


def pip(python, *arguments):
    """One pip install; only its errors are shown, as it says them."""
    quiet = ["-qq", "--no-input", "--disable-pip-version-check"]
    if subprocess.run([str(python), "-m", "pip", "install", *quiet, *arguments], cwd=str(ROOT)).returncode:
        stop("pip could not install the above. Is this machine online? Only the first start needs it.")


def digest(lock):
    """What the installation depends on; when it changes, it is done again."""
    parts = [(ROOT / name).read_bytes() for name in (lock, "pyproject.toml")]
    return hashlib.sha256(b"\0".join([*parts, str(ROOT).encode()])).hexdigest()


def become(command):
    """Hand this process over to the command, so that signals and exit code are its own."""
    if os.name != "nt":
        os.execv(command[0], command)
    raise SystemExit(subprocess.call(command))
