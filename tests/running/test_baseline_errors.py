"""A baseline that cannot be read, and options that cannot be, are one line with its place and the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from baselines import FAULTY, check, files
from inside import run

if TYPE_CHECKING:
    from pathlib import Path

VALUE = "0123456789abcdef"
LINE = f'{{"file": "a.json", "rule": "wrong-type", "pointer": "/vmAgent", "value": "{VALUE}"}}'
CONFLICT = '2:1: not JSON: expected a value, found "<<<<<<<"; resolve the merge conflict'
BROKEN = {
    "cut off": ('{"version": 1, "findings": [\n', "2:1: not JSON: cut off, expected a value"),
    "conflict": (f'{{"version": 1, "findings": [\n<<<<<<< ours\n{LINE}\n]}}', CONFLICT),
    "empty": ("", "1:1: empty"),
    "another file": ('{"name": "x"}', "1:1: not a baseline: a required member is missing"),
    "array": ("[]", "1:1: not a baseline: unexpected an empty array"),
    "newer": ('{"version": 2,\n "findings": []}', "1:13: not a baseline: unsupported version 2; expected 1"),
    "unknown member": (
        f'{{"version": 1, "findings": [\n{LINE.replace("rule", "rul")}\n]}}',
        "2:1: not a baseline: a required member is missing",
    ),
    "member too many": (
        f'{{"version": 1, "findings": [\n{LINE},\n{LINE[:-1]}, "line": 3}}\n]}}',
        "3:1: not a baseline: unknown member",
    ),
    "no digest": (
        f'{{"version": 1, "findings": [\n{LINE.replace(VALUE, "info")}\n]}}',
        '2:74: not a baseline: unexpected "info"',
    ),
    "many faults, the first in the text": (
        '{"version": 1, "findings": [' + f"{LINE},\n" * 1500 + "{},\n" * 1500 + "0]}",
        "1501:1: not a baseline: a required member is missing",
    ),
    "an entry that is no object": ('{"findings": [0], "version": 1}', "1:15: not a baseline: unexpected 0"),
    "line break behind a digest, beside half a character": (
        '{"version": 1, "findings": [' + LINE.replace(VALUE, VALUE + r"\n").replace("a.json", r"\ud800") + "]}",
        rf'1:102: not a baseline: unexpected "{VALUE}\n"',
    ),
    "count": (f'{{"version": 1, "findings": [\n{LINE[:-1]}, "count": 0}}\n]}}', "2:103: not a baseline: unexpected 0"),
}


@pytest.mark.parametrize("option", [[], ["--write-baseline"]], ids=["read", "write"])
@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_baseline_is_one_line_and_stays(case: str, option: list[str], tmp_path: Path) -> None:
    text, expected = BROKEN[case]
    (tmp_path / "known.json").write_text(text)
    (tmp_path / "a.json").write_text(FAULTY)
    ran = check(tmp_path, "a.json", *option)
    assert (ran.code, ran.out) == (2, "")
    rest = "pass a file that --write-baseline wrote, or a new name with --write-baseline"
    assert ran.err.splitlines()[-1] == f"Error: Invalid value for --baseline: known.json:{expected}; {rest}"
    assert (tmp_path / "known.json").read_text() == text


USAGE = {
    "none yet": (["--baseline", "x.json"], '--baseline: no file "x.json"; --write-baseline creates it'),
    "a folder": (["--baseline", "."], '--baseline: cannot read ".": is a directory'),
    "write where": (["--write-baseline"], "--write-baseline needs a baseline; name its file with --baseline FILE"),
    "prune what": (["--prune-baseline"], "--prune-baseline needs a baseline; name its file with --baseline FILE"),
    "both": (
        ["--baseline", "x.json", "--write-baseline", "--prune-baseline"],
        "--write-baseline and --prune-baseline exclude each other; use one of them",
    ),
    "no folder": (
        ["--baseline", "a.json/x.json", "--write-baseline"],
        '--baseline: cannot write "a.json/x.json": not a directory; choose another file',
    ),
}


@pytest.mark.parametrize("case", USAGE)
def test_impossible_options_are_refused(case: str, tmp_path: Path) -> None:
    options, complaint = USAGE[case]
    (tmp_path / "a.json").write_text(FAULTY)
    ran = run("check", "a.json", *options, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1].removeprefix("Error: ").removeprefix("Invalid value for ") == complaint


def test_a_configured_baseline_is_written_and_read(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.json").write_text(FAULTY)
    (tmp_path / ".instanceview.toml").write_text('baseline = "known.json"')
    assert run("check", "a.json", "--write-baseline", cwd=tmp_path / "below").err.endswith("written to ../known.json\n")
    assert files(tmp_path) == ["below/a.json"]
    assert run("check", "a.json", cwd=tmp_path / "below").code == 0
