"""The two commands run on a bare Python, and one that will not do is told in one line what to install."""

import argparse
import ast
import importlib
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
# Benches measure the package itself and run on its own Python; the two commands run on any.
OURS = {path.stem for path in SCRIPTS.glob("*.py")}


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.py")), ids=lambda path: path.name)
def test_a_script_needs_nothing_installed(path: Path) -> None:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module).split(".")[0])
    assert names - OURS <= sys.stdlib_module_names


@pytest.mark.parametrize("name", ["_venv", "run", "test"])
def test_an_old_python_can_read_far_enough_to_be_told_so(name: str) -> None:
    ast.parse((SCRIPTS / f"{name}.py").read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize("name", ["run", "test"])
@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        ("sys.version_info = (3, 9, 2)", "Python 3.11 or newer is needed"),
        ("sys.modules['ensurepip'] = None", "without venv and pip. On Debian or Ubuntu: apt install python3"),
    ],
)
def test_a_machine_that_lacks_something_is_told_what_to_install(name: str, lacking: str, told: str) -> None:
    begin = f"import runpy, sys; {lacking}; sys.path.insert(0, {str(SCRIPTS)!r}); sys.argv = ['{name}.py']"
    start = f"runpy.run_path({str(SCRIPTS / name) + '.py'!r}, run_name='__main__')"
    command = [sys.executable, "-c", f"{begin}; {start}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_a_port_that_is_taken_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        words = ["--instance", str(tmp_path / "site"), "--port", str(port)]
        command = [sys.executable, str(SCRIPTS / "run.py"), *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"cannot listen on 127.0.0.1, port {port}" in done.stderr and "--port" in done.stderr
    assert len(done.stderr.splitlines()) == 1 and not (tmp_path / "site").exists()


@pytest.mark.parametrize("words", [("--days", "0"), ("--days", "400"), ("--port", "70000"), ("--port", "-1")])
def test_a_number_that_cannot_be_is_told_before_anything_is_made(
    tmp_path: Path, words: tuple[str, str]
) -> None:
    command = [sys.executable, str(SCRIPTS / "run.py"), "--instance", str(tmp_path / "site"), *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout) == (2, "")
    assert " ".join(words) in done.stderr and len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "site").exists()


def test_days_are_not_simulated_in_an_empty_site(tmp_path: Path) -> None:
    words = ["--instance", str(tmp_path / "site"), "--empty", "--days", "3"]
    command = [sys.executable, str(SCRIPTS / "run.py"), *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--days: not allowed with argument --empty" in done.stderr
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("simulated", "wishes", "told"),
    [
        (False, {}, "nothing is simulated in it"),
        (False, {"days": 3}, "nothing is simulated in it"),
        (False, {"empty": True}, ""),
        (True, {}, ""),
        (True, {"days": 3}, "--instance DIR --days 3"),
    ],
)
def test_a_site_that_is_there_is_said_not_to_be_what_a_new_one_would(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    simulated: bool,
    wishes: dict[str, object],
    told: str,
) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    run = importlib.import_module("run")
    if simulated:
        (tmp_path / run.MARK).write_text(run.DONE)
    run.say_what_is_there(argparse.Namespace(**{"days": None, "empty": False} | wishes), tmp_path)
    said = capsys.readouterr().out
    assert told in said and len(said.splitlines()) == bool(told)


@pytest.mark.parametrize("there", [False, True])
def test_a_start_that_is_refused_leaves_no_folder_that_was_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    run = importlib.import_module("run")
    home = tmp_path / "sites" / "first"
    if there:
        home.mkdir(parents=True)
    refuses = [sys.executable, "-c", "raise SystemExit(2)"]
    with pytest.raises(SystemExit) as stopped:
        run.make_filled(refuses, home, argparse.Namespace(preset="nowhere", days=None))
    assert stopped.value.code == 2
    assert list(tmp_path.rglob("*")) == ([home.parent, home] if there else [])


@pytest.mark.parametrize("setting", ['port = "x"', "port = 99999", "port = true", "host = 1"])
def test_a_setting_that_cannot_be_is_left_to_the_command_that_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    run = importlib.import_module("run")
    (tmp_path / "sitelog.toml").write_text(setting)
    run.check_port(argparse.Namespace(host=None, port=None), tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a parent that is killed can do nothing")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_what_run_began_ends_with_it(how: signal.Signals) -> None:
    child = "import time; print('begun', flush=True); time.sleep(60)"
    begin = f"import signal, sys; sys.path.insert(0, {str(SCRIPTS)!r}); import run"
    start = f"signal.signal(signal.SIGTERM, run.stop_at); run.call([sys.executable, '-c', {child!r}])"
    parent = subprocess.Popen([sys.executable, "-c", f"{begin}; {start}"], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    assert parent.stdout.readline() == "begun\n"
    parent.send_signal(how)
    # The child holds the other end of this pipe: it closes when the last of them is gone.
    assert parent.communicate(timeout=10)[0] == ""


def test_an_environment_that_lost_a_package_or_a_file_is_not_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    venv = importlib.import_module("_venv")
    python, stamp = Path(sys.executable), tmp_path / "stamp"
    there = venv.installed(python)
    assert "Flask" in there or "flask" in there
    stamp.write_text("\n".join(["digest", *there]))
    assert venv.whole(python, stamp)
    stamp.write_text("digest\n".join(["", *there, "left-out"]))
    assert not venv.whole(python, stamp)
    kept = tmp_path / "lost-1.dist-info"
    kept.mkdir()
    (kept / "METADATA").write_text("Name: lost\nVersion: 1\n")
    (kept / "RECORD").write_text("lost/__init__.py,,\n")
    stamp.write_text("digest")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert not venv.whole(python, stamp)
