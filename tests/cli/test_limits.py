"""Every limit, in every way in which a document comes in: what is beyond it is one line, and the rest is checked."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import limited
import pytest
from documentation import page
from inside import run
from limited import Case, checked
from program import environment

from instanceview import Limits, check, check_chunk, check_path, check_text, state
from instanceview.checking.check import checked as checked_in_full
from instanceview.cli.commands import check as check_command
from instanceview.model.document import Document, Origin, Unreadable
from instanceview.model.limits import DEFAULTS, MOST_LEVELS, NAMES, OFF, option
from instanceview.model.written_limits import limits_of, shown, value_of
from instanceview.reading.alarms import timed
from instanceview.running import pool, tally, tasks
from instanceview.running.wanted import Wanted
from instanceview.testing import Validator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from instanceview.checking.check import Checked

CASES = [pytest.param(case, id=f"{case.limit} by {case.way}") for case in limited.cases()]
MANY = [each for each in CASES if each.values[0].way in {"NDJSON", "gzip", "standard input", "JSON", "HAR"}]  # type: ignore[union-attr]
FIRST = json.dumps(limited.FIRST).encode()


def expected() -> dict[str, list[str]]:
    """Return the lines just beyond each limit, by its name and the way."""
    found: dict[str, list[str]] = {}
    for line in limited.EXPECTED.read_text("utf-8").splitlines():
        if line.startswith("== "):
            lines = found[line[3:]] = []
        else:
            lines.append(line)
    return found


@pytest.mark.parametrize("case", CASES)
def test_what_is_beyond_a_limit_is_one_line_that_names_the_option(case: Case, tmp_path: Path) -> None:
    ran = checked(case, case.least - 1, tmp_path)
    assert (ran.code, ran.err) == (2, "")
    assert ran.heads == expected()[f"{case.limit} by {case.way}"]
    assert f"; {case.option[:-1]} raises the limit" in ran.out
    assert " 1 unreadable" in ran.heads[-1]


@pytest.mark.parametrize("case", CASES)
def test_what_a_limit_just_allows_is_checked(case: Case, tmp_path: Path) -> None:
    ran = checked(case, case.least, tmp_path)
    assert ran.heads[-1].startswith("3 documents: ")
    assert "unreadable" not in ran.out


@pytest.mark.parametrize("case", MANY)
def test_two_jobs_say_what_one_says(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_MUCH", 0)
    monkeypatch.setattr(tasks, "LINES", 100)
    one, two = (checked(case, case.least - 1, tmp_path, f"--jobs={jobs}") for jobs in (1, 2))
    assert one == two
    assert one.heads == expected()[f"{case.limit} by {case.way}"]


def test_the_expected_lines_are_those_of_the_cases() -> None:
    assert list(expected()) == [each.id for each in CASES]
    reached = {case.limit for case in limited.cases()}
    assert reached == set(NAMES) - {"aliases", "seconds", "findings_per_document"}, "and these have tests of their own"


@pytest.mark.parametrize("name", NAMES)
def test_a_default_is_what_the_help_says_and_an_option_takes(name: str) -> None:
    default = getattr(DEFAULTS, name)
    (declared,) = [each for each in check_command.check.params if f"{option(name)}" in each.opts]
    written = str(declared.default)
    assert value_of(name, written) == default
    assert f"(default: {shown(name, default)})" in (declared.help or "")
    assert limits_of({name: written}) == DEFAULTS


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("64MB", 64_000_000),
        ("512KiB", 1 << 19),
        ("1G", 1 << 30),
        ("2 kb", 2000),
        ("1.5m", 3 << 19),
        ("7", 7),
        ("9B", 9),
        ("9" * 400, OFF),
        ("9" * 300 + "GiB", OFF),
    ],
)
def test_sizes_are_written_as_people_do(text: str, value: int) -> None:
    assert value_of("file_size", text) == value


def test_a_value_of_python_may_have_as_much_as_a_limit_says() -> None:
    for limits in (Limits(members=2), Limits(items=2)):
        assert check({"osName": "a", "disks": [{}, {}]}, limits=limits).documents == 1
        with pytest.raises(ValueError, match="has more than 2 "):
            check({"osName": "a", "osVersion": "b", "disks": [{}, {}, {}]}, limits=limits)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("file_size", "64 parsecs"),
        ("items", "5MB"),
        ("items", "-1"),
        ("nesting", "0"),
        ("nesting", "none"),
        ("nesting", "5.0"),
        ("ratio", ""),
    ],
)
def test_another_value_is_a_usage_error_with_what_is_expected(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(FIRST)
    ran = run("check", "a.json", f"{option(name)}={text}", cwd=tmp_path)
    assert ran.code == 2
    with pytest.raises(ValueError, match="expected a ") as caught:
        value_of(name, text)
    assert f"Error: Invalid value for '{option(name)}': {caught.value}\n" in ran.err
    (tmp_path / ".instanceview.toml").write_text(f"{option(name)[2:]} = {json.dumps(text)}\n")
    line = f".instanceview.toml:1:{len(option(name)) + 2}: {option(name)[2:]}: {caught.value}\n"
    assert run("check", "a.json", cwd=tmp_path).err == f"Error: {line}"


def test_a_limit_that_is_off_refuses_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(FIRST)
    off = [f"{option(name)}={word}" for name in NAMES if name != "nesting" for word in ("none", "0")]
    assert run("check", "a.json", *off, cwd=tmp_path).code == 0


@pytest.mark.parametrize("levels", [MOST_LEVELS - 1, MOST_LEVELS, MOST_LEVELS + 1, 100_000])
def test_the_most_levels_are_checked_and_more_are_one_line(levels: int, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'{"vmAgent": ' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}")
    (tmp_path / "b.yaml").write_bytes(b"{vmAgent: " + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}")
    for name in ("a.json", "b.yaml"):
        for engine in ("compiled", "reference"):
            ran = run("check", name, f"--max-nesting={MOST_LEVELS}", "--engine", engine, cwd=tmp_path)
            assert ran.code == (1 if levels <= MOST_LEVELS else 2)
            assert ("nested deeper than 200 levels; --max-nesting" in ran.out) == (levels > MOST_LEVELS)


def test_aliases_are_limited(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("statuses: &a [{code: PowerState/running, level: Info}]\nother: [*a, *a]\n")
    reason = 'aliases add more than 60 values or characters, reached at the alias "*a"; --max-aliases raises the limit'
    assert run("check", "a.yaml", "--max-aliases=60", cwd=tmp_path).heads[0] == f"a.yaml:2:13: unreadable: {reason}"
    assert "unreadable" not in run("check", "a.yaml", "--max-aliases=100", cwd=tmp_path).out


@pytest.mark.parametrize("command", ["check", "state", "report", "extract"])
def test_every_command_that_reads_has_the_limits(command: str, tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_bytes(FIRST + b"\n" + json.dumps(limited.LARGE).encode() + b"\n" + FIRST)
    more = ["--to", "out"] if command == "extract" else []
    ran = run(command, "a.ndjson", "--max-document-size=1KB", *more, cwd=tmp_path)
    assert ran.code == 2
    assert "a.ndjson:2:1: unreadable: the line is larger than 1 KB; --max-document-size raises the limit" in (
        ran.out + ran.err
    )


def test_python_callers_have_the_limits_and_messages_that_name_them(tmp_path: Path) -> None:
    limits = Limits(document_size=1000)
    reason = "is larger than 1 KB; limits=Limits(document_size=...) raises the limit"
    data = json.dumps(limited.LARGE).encode() + b"\n" + FIRST + b"\n"
    (tmp_path / "a.ndjson").write_bytes(data)
    for result in (
        check_path(tmp_path / "a.ndjson", limits=limits),
        check_text(data, limits=limits),
        check_chunk(data, limits=limits),
        Validator(limits=limits).result(tmp_path / "a.ndjson"),
        Validator(limits=limits).result(data),
    ):
        assert [each.reason for each in result.unreadable] == [f"the line {reason}"]
        assert result.documents == 1
    with pytest.raises(ValueError, match=r"nested deeper than 2 levels; limits=Limits\(nesting=...\) raises the limit"):
        check(limited.FIRST, limits=Limits(nesting=2))
    with pytest.raises(ValueError, match=r"an array has more than 1 item; limits=Limits\(items=...\) raises"):
        state({"statuses": [{}, {}]}, limits=Limits(items=1))
    assert state(limited.FIRST, limits=limits) == state(limited.FIRST)
    for wrong, expected in ((5, "limits takes limits, such as"), (Limits(items=5.0), "items takes a whole number")):  # type: ignore[arg-type]
        with pytest.raises(TypeError, match=expected):
            state(limited.FIRST, limits=wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"limits takes limits, such as Limits\(nesting=64\); found 5"):
        check(limited.FIRST, limits=5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="nesting takes a whole number from 1 to 200; found 201"):
        check(limited.FIRST, limits=Limits(nesting=MOST_LEVELS + 1))


def test_the_limits_of_a_configuration_hold_in_tests_too(tmp_path: Path) -> None:
    (tmp_path / ".instanceview.toml").write_text('max-document-size = "1KB"\nmax-nesting = 9\n')
    (tmp_path / "a.json").write_text(json.dumps(limited.LARGE))
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--instanceview", "a.json"]
    ran = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "the document is larger than 1 KB; limits=Limits(document_size=...) raises the limit" in ran.stdout


def _endless() -> Iterator[Unreadable]:
    yield Unreadable(Origin("a.json"), "one")
    while True:
        time.sleep(0)


def test_a_file_that_takes_too_long_ends_while_it_is_read() -> None:
    found = list(timed(_endless(), Origin("a.json"), DEFAULTS._replace(seconds=0.2)))
    assert [each.reason for each in found if isinstance(each, Unreadable)] == [
        "one",
        "took longer than 0.2 seconds; --max-seconds raises the limit",
    ]


def test_the_check_of_one_document_ends_in_time_and_the_next_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(document: Document, **choices: Any) -> Checked:  # noqa: ANN401 (those of `checked`)
        while document.origin.line == 1:
            time.sleep(0)
        return checked_in_full(document, **choices)

    monkeypatch.setattr("instanceview.running.check_one.checked", slow)
    documents = [Document({"vmAgent": 1}, Origin("a.ndjson", line=line)) for line in (1, 2)]
    found = tally.report(documents, wanted=Wanted(limits=DEFAULTS._replace(seconds=0.1)))
    reason = "the check took longer than 0.1 seconds; --max-seconds raises the limit"
    assert found.unreadable == (Unreadable(documents[0].origin, reason),)
    assert (found.documents, len(found.findings)) == (1, 1)


def test_in_another_thread_the_time_is_looked_at_between_two_items() -> None:
    def slow() -> Iterator[Document]:
        for _ in range(100):
            time.sleep(0.01)
            yield Document({}, Origin("a.json"))

    found: list[object] = []
    thread = threading.Thread(target=lambda: found.extend(timed(slow(), Origin("a"), DEFAULTS._replace(seconds=0.05))))
    thread.start()
    thread.join(timeout=30)
    assert 1 <= len(found) < 20
    assert found[-1] == Unreadable(Origin("a"), "took longer than 0.05 seconds; --max-seconds raises the limit")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe with a name is of POSIX")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_pipe_that_nobody_writes_to_is_one_line_and_the_rest_is_checked(jobs: str, tmp_path: Path) -> None:
    for name in ("a.json", "c.json"):
        (tmp_path / name).write_bytes(FIRST)
    os.mkfifo(tmp_path / "b.json")
    ran = run("check", "a.json", "b.json", "c.json", "--max-seconds=0.5", "--jobs", jobs, cwd=tmp_path)
    assert ran.heads == [
        "b.json: unreadable: took longer than 0.5 seconds; --max-seconds raises the limit",
        "2 documents: 2 conformant; 0 errors, 0 warnings, 0 notes; 1 unreadable",
    ]


def test_the_alarm_of_the_program_around_rings_later() -> None:
    signal = pytest.importorskip("signal")
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _frame: rung.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        assert list(timed([Document({}, Origin("a"))], Origin("a"), DEFAULTS._replace(seconds=60)))
        assert rung == []
        time.sleep(0.5)
        assert rung == [signal.SIGALRM]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_the_guide_has_each_limit_with_its_default() -> None:
    rows = re.findall(r"^\| `(--max-[a-z-]+)` \| (\w+) \|", page("security"), re.MULTILINE)
    assert rows == [(option(name), shown(name, getattr(DEFAULTS, name))) for name in NAMES]


def test_a_limit_that_is_off_is_the_largest_number() -> None:
    assert (value_of("documents", "none"), value_of("documents", "0")) == (OFF, OFF)
