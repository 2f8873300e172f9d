"""Harnesses of the commands as users run them, of configurations and of baselines."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zlib import crc32

import seeds
from checkout import SAMPLES
from click.testing import CliRunner
from config_cases import CASES
from folders import in_folder
from harness import Harness
from of_outputs import assert_harmless
from of_pages import shortened_report

from instanceview import check_text
from instanceview.cli.main import cli
from instanceview.model.text import escape
from instanceview.reporting import FORMATS
from instanceview.reporting.conformance import json_form
from instanceview.reporting.states import FORMATS as STATES
from instanceview.running.baseline import opened
from instanceview.running.baseline.entries import BaselineError, as_text, entry
from instanceview.running.baseline.entries import read as entries_in
from instanceview.running.configuration.load import load
from instanceview.running.configuration.settings import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_NAMED = re.compile(r"\A[^\n]*?:(\d+):(\d+): ")
_REPORTS = [["report", "input.json", f"--{form}", f"report.{form}"] for form in ("json", "markdown")]
_AGAIN = 8  # executions for one that checks a document again, of which a baseline has the same entries
_RARE = 12  # executions for one with a conformance report, which takes as long as ten others


def _in_formats(command: str, formats: Iterable[str]) -> list[list[str]]:
    """Return the arguments of a command for each pair of its formats."""
    files = [["--output", f"{form}={command}.{form}"] for form in formats]
    pairs = zip_longest(files[::2], files[1::2], fillvalue=["--verbose"])
    return [[command, "input.json", *each, *other] for each, other in pairs]


_RUNNER = CliRunner()
_ARGUMENTS = (
    *_in_formats("check", FORMATS),
    *_in_formats("state", STATES),
    ["check", "input.json", "--verbose", "--kind", "vmss-vm", "--fail-on", "note", "--statistics", "--documents"],
    ["check", ".", "--write-baseline", "--baseline", "known.json"],
    ["extract", "input.json", "--to", "out"],
)
_COMPARED = [["report", "--compare", *pair] for pair in (["old.json", "input.json"], ["input.json", "old.json"])]
_PARSERS: dict[str, Callable[[str], object]] = {
    **dict.fromkeys((".json", ".sarif", ".gitlab"), json.loads),
    ".ndjson": lambda text: [json.loads(line) for line in text.splitlines()],
    ".junit": ET.fromstring,
}
"""The parsers of files by their suffix."""


def _configuration(data: bytes) -> None:
    """A configuration is used or refused, and each reason has a place in the file."""
    lines = data.decode("utf-8", "replace").removeprefix("\ufeff").split("\n")
    for name in (".instanceview.toml", "pyproject.toml"):
        try:
            load(os.path.abspath(name), data)  # noqa: PTH100 (its paths are texts)
        except ConfigurationError as error:
            for reason in str(error).split("\n"):
                place = _NAMED.match(reason)
                assert reason.startswith(name), reason
                if place:
                    line, column = int(place[1]), int(place[2])
                    assert 1 <= line <= len(lines), reason
                    assert 1 <= column <= len(lines[line - 1]) + 1, reason
                assert escape(reason) == reason, ascii(reason)


def _baseline(data: bytes) -> None:
    """A file is a baseline or refused in a line; the findings of a document are known by the baseline of them."""
    with in_folder() as folder:
        (folder / "known.json").write_bytes(data)
        try:
            entries = opened(folder / "known.json").known
        except BaselineError as error:
            assert escape(str(error)) == str(error), error
        else:
            (folder / "again.json").write_text(as_text(entries), "utf-8")
            assert entries_in(folder / "again.json") == entries
        found = check_text(data)
        own = [entry(each, folder) for each in found.findings]
        if crc32(data) % _AGAIN == 0:
            assert own == [entry(each, folder) for each in check_text(data).findings]
        (folder / "own.json").write_text(as_text(Counter(own)), "utf-8")
        compared = opened(folder / "own.json").compare(found, lambda _: True)
        assert all(compared.answers)
        assert not compared.gone


def _check(data: bytes) -> None:
    """Each command ends with 0, 1 or 2 and never with an exception; what it wrote parses, and harms no terminal."""
    number, is_frequent = divmod(crc32(data), _RARE)
    rows = _COMPARED if b'"neverSeen"' in data else _ARGUMENTS if is_frequent else _REPORTS
    with in_folder() as folder:
        (folder / "input.json").write_bytes(data)
        if rows is _COMPARED:
            (folder / "old.json").write_bytes(_old_reports()[0])
        before = os.getcwd()  # noqa: PTH109 (chdir of contextlib costs a Path)
        os.chdir(folder)
        try:
            result = _RUNNER.invoke(cli, rows[number % len(rows)], prog_name="instanceview", catch_exceptions=False)
        finally:
            os.chdir(before)
        assert result.exit_code in {0, 1, 2}, result.output
        assert "Traceback" not in result.output
        assert not result.output.startswith("Usage:"), result.output  # the arguments are right
        assert_harmless("", result.output)
        (folder / "input.json").unlink()
        for path in folder.rglob("*.*"):
            _PARSERS.get(path.suffix, str)(path.read_text("utf-8"))


def _configurations() -> list[bytes]:
    own = (SAMPLES / "conformant" / ".instanceview.toml").read_bytes()
    texts = [text.encode() for text, _ in CASES.values()]
    hostile = rb'"\u001b[31m##[error]x" = "\u001b[31m##[error]x"' + b"\n"
    return [own, hostile, *texts, *(b"[tool.instanceview]\n" + text for text in texts[:20])]


def _baselines() -> list[bytes]:
    line = b'{"file": "a.json", "rule": "wrong-type", "pointer": "/vmAgent", "value": "0123456789abcdef", "count": 2}'
    return [b'{"version": 1, "findings": [\n%s\n]}' % line, b'{"version": 1, "findings": []}', *seeds.documents()[::8]]


@cache
def _old_reports() -> list[bytes]:
    """Return small conformance reports; somebody has put commands to a terminal and to a runner into the last one."""
    view = b'{"platformUpdateDomain": 0, "newer": 1}'
    made = (shortened_report(data, "a.json")._replace(tables=(), status_codes=()) for data in (b"{", view))
    first, second = ("".join(json_form.pieces(each)).encode() for each in made)
    return [first, second, second.replace(b"newer", rb"\u001b[31m\n::error::x")]


def _inputs() -> list[bytes]:
    return [*_old_reports(), *seeds.short_texts()[::3], *seeds.documents()[::2], *seeds.recorded()[::3]]


PROGRAMS = (
    Harness("configuration", _configuration, _configurations),
    Harness("baseline", _baseline, _baselines, "json"),
    Harness("check", _check, _inputs),
)
"""The harnesses of commands, and of what they read beside documents."""
