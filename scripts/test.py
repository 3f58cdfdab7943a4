"""Installs the test tools into .venv and runs everything: ruff, mypy, then the whole suite."""

import os
import subprocess
import sys
import time

import _venv


def main():
    """Run each check to its end, say which failed, and exit with the first failure's code."""
    python = str(_venv.ready("requirements-test.txt"))
    checks = {
        "ruff": ["ruff", "check", "--quiet", "."],
        "mypy": ["mypy", "--no-error-summary"],
        # A worker more than there are cores, since tests of screens wait; one without takes some of another.
        "pytest": ["pytest", "-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal", *sys.argv[1:]],
    }
    codes = {name: run(name, [python, "-m", *words]) for name, words in checks.items()}
    failed = [name for name, code in codes.items() if code]
    _venv.say("failed: " + ", ".join(failed) if failed else "everything passes")
    return next((codes[name] for name in failed), 0)


def run(name, command):
    """One check's exit code, announced before and timed after."""
    _venv.say(name + " ...")
    started = time.monotonic()
    code = subprocess.call(command, cwd=str(_venv.ROOT), env=surroundings())
    _venv.say(f"{name} {'failed' if code else 'passed'}, {time.monotonic() - started:.0f} s")
    return code


def surroundings():
    """The environment of a test: nobody's own instance, and no browser fetched behind our back."""
    # Bytecode is written: every process that a test starts would compile everything anew.
    others = ("SITELOG_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    return {**kept, "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1", "PYTHONUTF8": "1"}


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        _venv.stop("stopped", 130)
