"""The command: exit codes, every problem on a line, and a process that is killed leaves nothing."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from sitelog import cli
from sitelog.app import create_app
from sitelog.ground.errors import Usage
from sitelog.imports import actions
from sitelog.store.serving import alone, serving
from sitelog.store.transaction import let_go
from sitelog.trail import queries as trail
from sitelog.trail.verify import verify
from tests.imports.conftest import FILES

Lists = Callable[..., Path]
FEW = {name: FILES[name] for name in ("people.csv", "visits.csv", "consumptions.csv")}


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    code = cli.main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out, said.err


def links(instance: Path) -> int:
    app = create_app(instance, TESTING=True)
    with app.app_context():
        count = verify().count
        assert count == trail.last_seq()
        let_go()
    return count


def test_check_says_what_would_come_and_writes_nothing(
    capsys: pytest.CaptureFixture[str], instance: Path, lists: Lists
) -> None:
    code, out, _ = run(capsys, "import", "--check", lists(FEW), "--instance", instance)
    assert code == 0
    assert "6 rows to import, every row fits" in out
    assert links(instance) == 1


def test_an_import_says_what_came_and_a_second_that_nothing_did(
    capsys: pytest.CaptureFixture[str], instance: Path, lists: Lists
) -> None:
    code, out, _ = run(capsys, "import", lists(FEW), "--instance", instance)
    assert (code, "6 rows imported (import-1)" in out) == (0, True)
    before = links(instance)
    code, out, _ = run(capsys, "import", lists(FEW), "--instance", instance)
    assert (code, "nothing was changed" in out) == (0, True)
    assert links(instance) == before


@pytest.mark.parametrize("options", [(), ("--check",)])
def test_wrong_rows_are_exit_code_1_and_a_line_each(
    capsys: pytest.CaptureFixture[str], instance: Path, lists: Lists, options: tuple[str, ...]
) -> None:
    folder = lists(FEW | {"consumptions.csv": FEW["consumptions.csv"].replace("v1", "v9")})
    code, _, err = run(capsys, "import", *options, folder, "--instance", instance)
    assert code == 1
    assert [line for line in err.splitlines() if line.startswith("consumptions.csv:")][1:]
    assert err.splitlines()[-1] == "sitelog: Nothing was imported: 2 problems."
    assert links(instance) == 1


def test_one_wrong_row_is_one_problem(
    capsys: pytest.CaptureFixture[str], instance: Path, lists: Lists
) -> None:
    folder = lists({"visits.csv": "arrived_at,left_at\n2026-03-03 09:00,2026-03-03\n"})
    assert run(capsys, "import", folder, "--instance", instance)[2].endswith("imported: 1 problem.\n")


def test_the_template_is_written_once(
    capsys: pytest.CaptureFixture[str], instance: Path, tmp_path: Path
) -> None:
    words = ("import", "--template", tmp_path / "new", "--instance", instance)
    code, out, _ = run(capsys, *words)
    assert (code, len(out.splitlines())) == (0, 10)
    code, _, err = run(capsys, *words)
    assert (code, "replaces nothing" in err) == (2, True)


def test_a_template_is_not_written_where_a_check_was_asked_for(
    capsys: pytest.CaptureFixture[str], instance: Path, tmp_path: Path
) -> None:
    words = ("import", "--template", tmp_path / "new", "--check", "--instance", instance)
    code, out, err = run(capsys, *words)
    assert (code, out, "one at a time" in err) == (2, "", True)
    assert not (tmp_path / "new").exists()


def test_a_folder_that_is_not_there_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], instance: Path, tmp_path: Path
) -> None:
    assert run(capsys, "import", tmp_path / "none", "--instance", instance)[0] == 2


def test_a_process_that_is_killed_while_it_writes_leaves_nothing(instance: Path, lists: Lists) -> None:
    rows = [f"v{n},2026-03-03 09:00,3,2026-03-03 09:05,2026-03-03 09:30" for n in range(12_000)]
    folder = lists({"visits.csv": "id,arrived_at,place,seated_at,left_at\n" + "\n".join(rows)})
    words = [sys.executable, "-m", "sitelog", "--instance", str(instance), "import", str(folder)]
    killed = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert killed.stderr is not None and killed.stdout is not None
    # The label of the last bar: the transaction has begun, and thousands of rows are still to come.
    assert any("Writing" in line for line in killed.stderr)
    killed.kill()
    assert killed.wait(30) == -signal.SIGKILL
    assert killed.stdout.read() == ""
    killed.stdout.close()
    killed.stderr.close()
    assert links(instance) == 1


def test_while_the_site_is_served_a_large_import_is_refused(
    capsys: pytest.CaptureFixture[str], instance: Path, lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_BESIDE_THE_DESK", 1)
    with serving(instance):
        code, _, err = run(capsys, "import", lists(FEW), "--instance", instance)
    assert (code, "stop the server first" in err) == (2, True)
    assert run(capsys, "import", lists(FEW), "--instance", instance)[0] == 0


def test_a_site_that_is_served_is_not_had_alone(app: Flask, tmp_path: Path) -> None:
    with serving(tmp_path), serving(tmp_path), alone(tmp_path) as quiet:
        assert not quiet
    with alone(tmp_path) as quiet:
        assert quiet
        with pytest.raises(Usage), serving(tmp_path):
            pass
