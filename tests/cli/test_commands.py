"""The command: exit codes, one line on standard error, the instance named before or after the verb."""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from sitelog import cli
from sitelog.ground.settings import FILE
from sitelog.store.db import db
from sitelog.trail import queries as trail
from tests.factories import arrive
from tests.trail.test_chain import close_booth, force


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    code = cli.main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_init_makes_an_instance_once_and_shows_passwords_once(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    home = tmp_path / "site"
    code, out, _ = run(capsys, "--instance", home, "init", "--name", "Harbour")
    assert code == 0
    pins = {line.split()[1]: line.split()[-1] for line in out.splitlines()[1:]}
    assert pins["Nurse"].isdigit() and pins["Site"].isdigit()  # both have a tile on the desk
    assert "-" in pins["Administrator"]  # the last word of this line is the password
    code, again, _ = run(capsys, "init", "--instance", home)
    assert (code, "nothing was changed" in again) == (0, True)
    assert run(capsys, "verify", "--instance", home)[0] == 0
    assert len(run(capsys, "account", "list", "--instance", home)[1].splitlines()) == 3


def test_a_site_that_is_set_up_takes_no_other_preset(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    here = ("--instance", tmp_path / "site")
    assert run(capsys, "init", "--preset", "ontario", *here)[0] == 0
    code, out, _ = run(capsys, "init", "--preset", "ontario", *here)
    assert (code, "nothing was changed" in out) == (0, True)
    code, out, err = run(capsys, "init", "--preset", "alberta", *here)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "set up already" in err and "alberta" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--zone", "Mars/Base"), "Mars/Base"),
        (("--day-starts", "25:00"), "25:00"),
        (("--name", " "), "called"),
        (("--preset", "ontario", "--zone", "Europe/Berlin"), "leave out --zone."),
        (("--preset", "ontario", "--day-starts", "06:00"), "leave out --day-starts."),
    ],
)
def test_a_site_that_cannot_start_so_is_refused_before_anything_is_made(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    code, out, err = run(capsys, "init", *words, "--instance", tmp_path / "site")
    assert (code, out, len(err.splitlines())) == (2, "", 1) and told in err
    assert not (tmp_path / "site").exists()


def test_the_environment_chooses_the_instance(
    capsys: pytest.CaptureFixture[str], instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITELOG_INSTANCE", str(instance))
    code, out, _ = run(capsys, "verify")
    assert code == 0
    assert "1 link, digest" in out


@pytest.mark.parametrize(
    ("option", "other", "same"),
    [
        ("--name", "Harbour", "Juniper Street"),
        ("--zone", "Europe/Berlin", "America/Toronto"),
        ("--day-starts", "06:00", "04:00"),
    ],
)
def test_a_site_that_is_set_up_takes_no_other_name_and_no_other_clock(
    capsys: pytest.CaptureFixture[str], instance: Path, option: str, other: str, same: str
) -> None:
    code, out, err = run(capsys, "init", option, other, "--instance", instance)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert f"with {option} “{same}”" in err and "Settings" in err and "--instance" in err
    code, out, _ = run(capsys, "init", option, same, "--instance", instance)
    assert (code, "nothing was changed" in out) == (0, True)


@pytest.mark.parametrize("words", [(), ("account",), ("jobs",)])
def test_a_command_that_is_left_out_gives_the_help_and_no_output(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "") and "Commands:" in err


@pytest.mark.parametrize(
    ("words", "asked"),
    [("nope", "sitelog"), ("account add", "sitelog account add"), ("serve --port x", "sitelog serve")],
)
def test_wrong_usage_says_which_help_to_ask(
    capsys: pytest.CaptureFixture[str], words: str, asked: str
) -> None:
    assert f"“{asked} --help”" in run(capsys, *words.split())[2]


def test_the_instance_is_named_anywhere(capsys: pytest.CaptureFixture[str], instance: Path) -> None:
    here = ("--instance", instance)
    said = [
        run(capsys, *words)
        for words in ((*here, "jobs", "list"), ("jobs", *here, "list"), ("jobs", "list", *here))
    ]
    assert [code for code, _, _ in said] == [0, 0, 0] and len({out for _, out, _ in said}) == 1


@pytest.mark.parametrize("home", ["taken", "taken/site"])
def test_a_file_in_the_way_of_a_site_is_wrong_usage_and_says_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, home: str
) -> None:
    (tmp_path / "taken").touch()
    code, out, err = run(capsys, "init", "--instance", tmp_path / home)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert home in err and "Choose another folder with --instance" in err


@pytest.mark.parametrize(
    "words",
    [
        "nope",
        "serve --port x",
        "verify --deep",
        "demo --days 0 --seed 1",
        "demo --days x",
        "demo --days 1 --end yesterday",
        "init --zone Mars/Base",
        "init --day-starts 99",
        "report hourly --on 2026-11-01",
        "report daily --on yesterday",
        "report daily --on 2030-01-01",
        "report daily --on 2026-11-01 --audience nobody",
        "account disable S99",
        "account add X --role king",
        "account add X --role funder --audience nobody",
        "export cells --audience nobody --out x.json",
        "export cells --audience funder --out x.json --reason audit",
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], instance: Path, tmp_path: Path, words: str
) -> None:
    home = tmp_path / "new" if words.startswith("init") else instance
    code, _, err = run(capsys, *words.split(), "--instance", home)
    assert code == 2
    assert len(err.splitlines()) == 1
    assert err.startswith("sitelog: ")


def test_a_site_with_visits_is_not_simulated_and_nothing_says_that_it_begins(
    capsys: pytest.CaptureFixture[str], app: Flask, instance: Path, at: datetime
) -> None:
    arrive(at)
    db.session.remove()
    code, out, err = run(capsys, "demo", "--days", "1", "--instance", instance)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "already holds visits" in err and "Simulating" not in err


def test_a_missing_instance_says_how_to_make_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "verify", "--instance", tmp_path / "none")
    assert (code, "sitelog init" in err) == (2, True)


def test_a_broken_chain_is_exit_code_1_and_names_the_link(
    capsys: pytest.CaptureFixture[str], app: Flask, instance: Path, nurse, at
) -> None:
    close_booth(nurse, at)
    force("UPDATE place_service SET reason = 'cleaning'")
    db.session.remove()
    code, _, err = run(capsys, "verify", "--instance", instance)
    assert code == 1
    assert "link 2 (place.taken_out_of_service 3)" in err


def test_a_copy_that_cannot_be_written_is_walked_and_says_that_nothing_was_kept(
    capsys: pytest.CaptureFixture[str], app: Flask, instance: Path
) -> None:
    force("CREATE TRIGGER no_walk BEFORE INSERT ON walk BEGIN SELECT RAISE(ABORT, 'read only'); END")
    db.session.remove()
    code, out, _ = run(capsys, "verify", "--instance", instance)
    count, kept = out.splitlines()
    assert code == 0 and "1 link, digest" in count and "not kept for /trail" in kept


def test_a_wrong_key_is_one_line(capsys: pytest.CaptureFixture[str], instance: Path) -> None:
    (instance / "keys" / "database.key").write_text("00" * 32)
    code, _, err = run(capsys, "verify", "--instance", instance)
    assert code == 1
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("key", ["chain", "database", "pepper"])
def test_a_missing_key_of_a_site_in_use_is_never_made_anew(
    capsys: pytest.CaptureFixture[str], instance: Path, key: str
) -> None:
    path = instance / "keys" / f"{key}.key"
    kept = path.read_text()
    path.unlink()
    for command in ("init", "verify"):
        code, _, said = run(capsys, "--instance", instance, command)
        assert code == 2 and f"{key}.key is missing. Restore it from your copy" in said
        assert not path.exists()
    path.write_text(kept)
    assert run(capsys, "--instance", instance, "verify")[0] == 0


@pytest.mark.parametrize(
    "setting", ["threads = 0", "threads = -3", "languages = []", 'database = "nonsense"', 'port = "x"']
)
def test_a_setting_that_cannot_be_is_one_line(
    capsys: pytest.CaptureFixture[str], instance: Path, setting: str
) -> None:
    (instance / FILE).write_text(setting + "\n")
    code, _, said = run(capsys, "--instance", instance, "verify")
    assert code == 2 and setting.split()[0] in said and said.count("\n") == 1


def test_accounts_are_added_disabled_and_reset(capsys: pytest.CaptureFixture[str], instance: Path) -> None:
    here = ("--instance", instance)
    who = ("Harbour Fund", "--role", "funder", "--audience", "funder")
    code, out, _ = run(capsys, "account", "add", *who, *here)
    ref = out.split()[0]
    assert (code, len(out.splitlines())) == (0, 1)
    assert (
        "set a PIN under “My password and PIN”"
        in run(capsys, "account", "add", "Kim", "--role", "nurse", *here)[1]
    )
    code, out, _ = run(capsys, "account", "reset", ref, *here)
    assert (code, len(out.splitlines())) == (0, 1)
    assert run(capsys, "account", "disable", ref, *here)[0] == 0
    assert "disabled and stays so" in run(capsys, "account", "reset", ref, *here)[1]
    assert "disabled" in run(capsys, "account", "list", *here)[1]


def test_an_audience_that_is_not_there_is_refused_with_those_that_are(
    capsys: pytest.CaptureFixture[str], instance: Path
) -> None:
    who = ("Harbour Fund", "--role", "funder", "--audience", "nobody", "--instance", instance)
    _, _, err = run(capsys, "account", "add", *who)
    assert "no audience “nobody” here; there are: funder" in err


def test_a_job_that_failed_is_told_by_the_exit_code_too(
    capsys: pytest.CaptureFixture[str], instance: Path
) -> None:
    (instance / "reports").write_text("no folder any more")
    code, out, _ = run(capsys, "jobs", "run", "--instance", instance)
    assert code == 1
    assert "done" not in out
    code, again, _ = run(capsys, "jobs", "run", "--instance", instance)
    assert f"{len(out.splitlines())} owed" in again and "after a failure" in again


def test_what_is_owed_is_done_and_exported(
    capsys: pytest.CaptureFixture[str], instance: Path, tmp_path: Path
) -> None:
    here = ("--instance", instance)
    code, told, _ = run(capsys, "jobs", "run", *here)
    assert (code, "daily.funder" in told, "Nothing" in told) == (0, True, False)
    assert run(capsys, "jobs", "run", *here) == (0, "Nothing is owed.\n", "")
    assert "daily.funder" in run(capsys, "jobs", "list", *here)[1]
    copy = tmp_path / "one.pdf"
    assert run(capsys, "report", "daily", "--on", "2026-11-02", "--out", copy, *here)[0] == 0
    assert copy.read_bytes().startswith(b"%PDF-")
    cells = tmp_path / "cells.json"
    assert run(capsys, "export", "cells", "--audience", "funder", "--out", cells, *here)[0] == 0
    assert {"cells", "domains", "links", "distinct"} <= json.loads(cells.read_text()).keys()
    told = ("export", "cells", "--audience", "funder", "--out", cells, "--truth")
    code, _, said = run(capsys, *told, *here)
    assert (code, "Say why" in said) == (2, True)
    assert run(capsys, *told, "--reason", "audit", *here)[0] == 0
    assert os.name != "posix" or cells.stat().st_mode & 0o777 == 0o600
    assert "truth" in json.loads(cells.read_text())["cells"][0]


@pytest.mark.parametrize(
    "words", ["report daily --on 2026-11-02", "export cells --audience funder --truth --reason audit"]
)
def test_nothing_is_entered_where_the_file_could_not_be_written(
    capsys: pytest.CaptureFixture[str], app: Flask, instance: Path, tmp_path: Path, words: str
) -> None:
    nowhere = tmp_path / "none" / "file"
    code, _, said = run(capsys, *words.split(), "--out", nowhere, "--instance", instance)
    assert (code, len(said.splitlines())) == (2, 1) and str(nowhere) in said and "--out" in said
    assert trail.last_seq() == 1


@pytest.mark.parametrize("words", ["report hourly --on 2026-11-02", "export cells --audience nobody"])
def test_what_is_refused_leaves_no_file_and_the_one_that_was_there(
    capsys: pytest.CaptureFixture[str], instance: Path, tmp_path: Path, words: str
) -> None:
    for file, before in ((tmp_path / "new", None), (tmp_path / "old", "kept")):
        if before:
            file.write_text(before)
        assert run(capsys, *words.split(), "--out", file, "--instance", instance)[0] == 2
        assert (file.read_text() if file.exists() else None) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a file that is always full")
@pytest.mark.parametrize(
    ("words", "entered"),
    [
        ("report daily --on 2026-11-02", "daily-2026-11-02-v1 is published"),
        ("export cells --audience funder --truth --reason audit", "the export is in the trail"),
    ],
)
def test_a_file_that_fails_after_the_entry_says_what_was_entered(
    capsys: pytest.CaptureFixture[str], app: Flask, instance: Path, words: str, entered: str
) -> None:
    code, out, said = run(capsys, *words.split(), "--out", "/dev/full", "--instance", instance)
    assert (code, out, len(said.splitlines())) == (1, "", 1)
    assert "/dev/full could not be written" in said and entered in said
    assert trail.last_seq() == 2
