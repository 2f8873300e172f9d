"""Every sample of a recording, broken at random: each result is reported, and nothing ends the program."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

import pytest
from capture_samples import samples

from instanceview import check_text
from instanceview.reporting import render
from instanceview.reporting.json_report import as_json

if TYPE_CHECKING:
    from pathlib import Path

    from instanceview import Report

RUNS = 40
PIECES = [
    b"\n",
    b'"',
    b"'",
    b"\\",
    b"{",
    b"[",
    b"}",
    b"]",
    b":",
    b"- ",
    b"&a ",
    b"*a ",
    b"!!x ",
    b"\0",
    b"\xff",
    b"---\n",
]
VALUES: list[object] = [
    None,
    True,
    -1,
    1.5,
    10**30,
    "",
    "200 OK",
    "[",
    "\ud800",
    [],
    [[]],
    {},
    ["1f8b"],
    "1f8b08",
    "https://[bad",
]


def broken(data: bytes, random: Random) -> bytes:
    """Return a text with pieces left out, put in and written again."""
    content = bytearray(data)
    for _ in range(random.randint(1, 6)):
        place, other = random.randrange(len(content) + 1), random.randrange(len(content) + 1)
        content[place : place + random.choice((0, 1, 40))] = random.choice(
            (b"", random.choice(PIECES), content[other : other + 300])
        )
    return bytes(content)


def spoilt(value: object, random: Random) -> object:
    """Return a JSON value with another one somewhere in it, or less one."""
    if not isinstance(value, (dict, list)) or not value or random.random() < 0.1:
        return random.choice(VALUES)
    step = random.choice(list(value) if isinstance(value, dict) else range(len(value)))
    if random.random() < 0.05:
        del value[step]
    else:
        value[step] = spoilt(value[step], random)
    return value


def report_of(data: bytes) -> Report:
    """Check a text and write its reports; every place is in the text."""
    found = check_text(data)
    render(found, "text")
    json.dumps(as_json(found))
    lines = data.decode("utf-8-sig", "replace").split("\n")
    origins = [each.origin for each in found.findings]
    origins += [each.origin for each in found.skipped]
    origins += [each.origin for each in found.unreadable]
    for origin in origins:
        line, column = origin.line or 1, origin.column or 1
        assert line <= len(lines), origin
        assert column <= len(lines[line - 1]) + 1, origin
    return found


@pytest.mark.parametrize("sample", samples(), ids=lambda path: path.name)
def test_a_sample_that_is_broken_somewhere_is_reported(sample: Path) -> None:
    random = Random(sample.name)  # noqa: S311 (no secret)
    for _ in range(RUNS):
        report_of(broken(sample.read_bytes(), random))


@pytest.mark.parametrize("sample", samples(), ids=lambda path: path.name)
def test_a_sample_with_another_value_somewhere_is_reported(sample: Path) -> None:
    random = Random(sample.name)  # noqa: S311 (no secret)
    with suppress(ValueError):
        for _ in range(RUNS):
            report_of(json.dumps(spoilt(json.loads(sample.read_bytes()), random)).encode())


REPEATED = (
    '{"additionalProperties": {}, "disks": [], "osName": 1, "additionalProperties": {}, "disks": null, "osName": 2}'
)


def test_a_key_that_the_cli_wrote_twice_is_reported_where_it_is_checked() -> None:
    found = report_of(REPEATED.encode()).findings
    rules = [(finding.rule, finding.pointer) for finding in found if finding.rule != "guessed-kind"]
    assert rules == [("client-output", ""), ("duplicate-key", "/osName"), ("wrong-type", "/osName")]


def test_a_name_that_is_not_utf_8_is_reported_with_its_place() -> None:
    (fault,) = report_of(b'[{"scope": 1,\n "\xff": 2}]').unreadable
    assert (fault.reason, fault.origin.line, fault.origin.column) == (
        "invalid UTF-8: byte 0xff at offset 15; save it as UTF-8",
        2,
        3,
    )


def test_a_host_that_is_not_utf_8_does_not_end_a_log() -> None:
    sample = next(path for path in samples() if path.name == "az-debug.log").read_bytes()
    whole = report_of(sample)
    found = report_of(sample.replace(b"https://management.azure.com:443", b"https://manage\xff.azure.com:443", 1))
    assert (found.documents, found.recorded, found.unreadable) == (whole.documents, whole.recorded, ())


def test_an_answer_without_a_body_does_not_end_a_log() -> None:
    sample = next(path for path in samples() if path.name == "powershell-debug.log").read_bytes()
    whole = report_of(sample)
    # Of the first request and of its answer.
    found = report_of(re.sub(rb"\nBody:\n(?s:.*?)\n\n", b"\n", sample, count=2))
    assert (found.documents, len(found.skipped)) == (whole.documents - 1, len(whole.skipped) + 1)


def test_a_program_that_only_mentions_nock_is_reported() -> None:
    (fault,) = report_of(b"// nock('https://a.example').get('/')\n").unreadable
    assert fault.reason.startswith("no instance view in any answer")
