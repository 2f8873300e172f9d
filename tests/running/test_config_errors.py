"""What is wrong with a configuration is told in a line each, with file, line, column and the next step; exit code 2."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import program
import pytest
from inside import run

from instanceview.tables.catalog import schemas_folder

if TYPE_CHECKING:
    from pathlib import Path

    from program import Ran

from instanceview.rules import RULES

ONE = "found an object of 1; begin each section with a header in double brackets, [[...]]"

# The text of .instanceview.toml, and the lines that complain of it, without the name of the file.
CASES = {
    "misspelt key": ('fail-onn = "note"', ['1:1: unknown key "fail-onn"; did you mean "fail-on"? known: {keys}']),
    "key with an underscore": (
        "\nmax_findings = 1",
        ['2:1: unknown key "max_findings"; did you mean "max-findings"? known: {keys}'],
    ),
    "what is done once": (
        "write-baseline = true",
        ['1:1: unknown key "write-baseline"; did you mean "baseline"? known: {keys}'],
    ),
    "far from any key": ("zzz = 1", ['1:1: unknown key "zzz"; known: {keys}']),
    "unknown value": (
        'fail-on = "warnin"',
        ['1:11: fail-on: unknown fail-on "warnin"; did you mean "warning"? known: error, warning, note'],
    ),
    "value of another type": ("quiet = 1", ["1:9: quiet: expected true or false, found 1"]),
    "number for a name": ("kind = 3", ["1:8: kind: expected a kind, found 3"]),
    "text for several": (
        'ignore = "wrong-type"',
        ['1:10: ignore: expected an array, found "wrong-type"; write it in brackets'],
    ),
    "unknown rule in an array": (
        'ignore = [\n  "wrong-type", # known\n  "wrong-typ",\n]',
        ['3:3: ignore: unknown rule "wrong-typ"; did you mean "wrong-type"? known: {rules}'],
    ),
    "unknown rule as a key": (
        '[severity]\nwrong-type = "note"\nwrong-typ = "note"',
        ['3:1: unknown rule "wrong-typ"; did you mean "wrong-type"? known: {rules}'],
    ),
    "unknown severity": (
        'severity.wrong-type = "nota"',
        ['1:23: wrong-type: unknown severity "nota"; did you mean "note"? known: error, warning, note'],
    ),
    "unknown api-version": (
        'api-version = "2024-07-02"',
        ['1:15: api-version: unknown api-version "2024-07-02"; did you mean "2024-07-01"? known: {versions}'],
    ),
    "api-version without quotes": (
        "api-version = 2024-07-01",
        ['1:15: api-version: expected text, found a date or time; write it in quotes, "2024-07-01"'],
    ),
    "no number": ("max-findings = nan", ["1:16: max-findings: nan is no number that a setting can have"]),
    "too small": ("max-findings = -1", ["1:16: max-findings: -1 is less than 0"]),
    "empty name": (
        'engine = "reference"\nstdin-filename = ""',
        ['2:18: stdin-filename: ""; write at least one character'],
    ),
    "section without files": (
        '[[per-file]]\nignore = ["wrong-type"]',
        ['1:1: a section without files; write which, such as files = ["captures/**"]'],
    ),
    "section with no file": ("[[per-file]]\nfiles = []", ["2:9: files: an empty array; write at least one pattern"]),
    "unknown key of a section": (
        '[[per-file]]\nfiles = ["*"]\nselect = []',
        ['3:1: unknown key "select"; did you mean "element"? known: files to kind, 5 in all'],
    ),
    "one section": ('per-file = { files = ["*"] }', [f"1:12: per-file: expected an array, {ONE}"]),
    "section in single brackets": ('[per-file]\nfiles = ["*"]', [f"1:1: per-file: expected an array, {ONE}"]),
    "no pattern": ('[[per-file]]\nfiles = ["*", "!"]', ['2:15: files: "!" is no pattern as in .gitignore']),
    "misspelt element": (
        '[[per-file]]\nfiles = ["*"]\nelement = "vmAgent.statuses.levl"',
        ['3:11: element: unknown element "vmAgent.statuses.levl"; did you mean "vmAgent.statuses.level"? {elements}'],
    ),
    "several, in the order of the text": (
        'kind = "vmms"\n[[per-file]]\nfiles = [1]\nkin = 2',
        [
            '1:8: kind: unknown kind "vmms"; did you mean "vmss"? known: vmss-vm, vm, vmss',
            "3:10: files: expected text, found 1",
            '4:1: unknown key "kin"; did you mean "kind"? known: files to kind, 5 in all',
        ],
    ),
    "hostile key": ('"a\\u001b[31m\\nb" = 1', ['1:1: unknown key "a\\u001b[31m\\nb"; known: {keys}']),
}
NO_TOML: dict[str, tuple[str, list[str]]] = {
    "no value": ("a =\n", ["1:4: not TOML: invalid value; write a value after ="]),
    "word without quotes": (
        "fail-on = warning # from there on",
        ['1:11: not TOML: invalid value, found "warning"; write a text in double quotes'],
    ),
    "rule without quotes": (
        "ignore = [unset-time]",
        ['1:11: not TOML: invalid value, found "unset-time"; write a text in double quotes'],
    ),
    "version without quotes": (
        "api-version = 2016-04-30-preview",
        [
            "1:25: not TOML: expected newline or end of document after a statement; write a text in double quotes",
        ],
    ),
    "true of Python": ("quiet = True", ['1:9: not TOML: invalid value, found "True"; write true']),
    "false of Python": ("quiet = False", ['1:9: not TOML: invalid value, found "False"; write false']),
    "YAML": ("quiet: true", ["1:6: not TOML: expected '=' after a key in a key/value pair; write KEY = VALUE"]),
    "JSON": ('{"quiet": true}', ["1:1: not TOML: invalid statement; write KEY = VALUE"]),
    "array cut off": (
        'ignore = ["unset-time"',
        ["1:23: not TOML: unclosed array; end it with ], and put commas between its items"],
    ),
    "cut off": ('a = "b\n', ["1:7: not TOML: illegal character '\\n'; close the quotes"]),
    "cut off in single quotes": ("a = 'b", ['1:7: not TOML: expected "\'"; close the quotes']),
    "path of Windows": (
        'baseline = "C:\\x"',
        ["1:17: not TOML: unescaped '\\' in a string; put a text with backslashes in single quotes"],
    ),
    "key twice": (
        "quiet = true\nquiet = true\n",
        ["2:13: not TOML: cannot overwrite a value; give each key once"],
    ),
    "nested beyond reason": (
        "a = " + "[" * 100_000,
        ["1:1: nested too deeply; a configuration has at most three levels"],
    ),
}
SCHEMA = json.loads((schemas_folder() / "config.json").read_text("utf-8"))
KNOWN = {
    "keys": f"api-version to per-file, {len(SCHEMA['properties'])} in all",
    "rules": f"{RULES[0].name} to {RULES[-1].name}, {len(RULES)} in all",
    "versions": "2015-06-15 to 2026-04-01, 30 in all",
    "elements": '`instanceview tables` lists them all; an undocumented one needs ignore = ["undocumented-element"]',
}


def check(folder: Path, data: bytes, name: str = ".instanceview.toml") -> Ran:
    (folder / name).write_bytes(data)
    return run("check", "-", cwd=folder, stdin=b"{}")


@pytest.mark.parametrize("case", [*CASES, *NO_TOML])
def test_a_fault_is_told_with_its_place(case: str, tmp_path: Path) -> None:
    text, expected = (CASES | NO_TOML)[case]
    ran = check(tmp_path, text.encode())
    lines = [re.sub(r"{(\w+)}", lambda match: KNOWN[match[1]], line) for line in expected]
    assert ran == (2, "", "Error: " + "".join(f".instanceview.toml:{line}\n" for line in lines))


BYTES = {
    "UTF-16": ("quiet = true".encode("utf-16"), "1:1: encoded as UTF-16 or UTF-32, not UTF-8; save it as UTF-8"),
    "Latin-1": (b"# caf\xe9\nquiet = true", "1:6: invalid UTF-8: byte 0xe9 at offset 5; save it as UTF-8"),
    "byte order mark before a fault": (b"\xef\xbb\xbfquiet = 1", "1:9: quiet: expected true or false, found 1"),
    "line ends of Windows": (b"kind = 'vm'\r\nquiet = 1\r\n", "2:9: quiet: expected true or false, found 1"),
}


@pytest.mark.parametrize("case", BYTES)
def test_a_fault_of_encoding_is_told_with_its_place(case: str, tmp_path: Path) -> None:
    data, expected = BYTES[case]
    assert check(tmp_path, data) == (2, "", f"Error: .instanceview.toml:{expected}\n")


PYPROJECT = {
    "key": (
        "[project]\nname = 'x'\n[tool.instanceview]\nquite = true",
        '4:1: unknown key "quite"; did you mean "quiet"? {known}',
    ),
    "table": ("[tool.instanceview.severities]", '1:1: unknown key "severities"; did you mean "severity"? {known}'),
    "dotted": ("tool.instanceview.kinds = 'vm'", '1:1: unknown key "kinds"; did you mean "kind"? {known}'),
    "section": ("[[tool.instanceview.per-file]]\n\nfiles = ['']", '3:10: files: ""; write at least one character'),
    "no table": ("[tool]\ninstanceview = true", "2:16: tool.instanceview is no table"),
    "no TOML": ("[tool.instanceview\nkind = 'vm'", "1:19: not TOML: expected ']' at the end of a table declaration"),
}


@pytest.mark.parametrize("case", PYPROJECT)
def test_a_fault_in_pyproject_is_told_with_its_place(case: str, tmp_path: Path) -> None:
    text, expected = PYPROJECT[case]
    complaint = expected.replace("{known}", f"known: {KNOWN['keys']}")
    assert check(tmp_path, text.encode(), "pyproject.toml") == (2, "", f"Error: pyproject.toml:{complaint}\n")


def test_a_process_of_its_own_tells_the_same(tmp_path: Path) -> None:
    (tmp_path / ".instanceview.toml").write_text("quiet = 1")
    expected = (2, "", "Error: .instanceview.toml:1:9: quiet: expected true or false, found 1\n")
    assert program.run("check", "-", cwd=tmp_path, stdin=b"{}") == expected
    assert program.run("config", cwd=tmp_path) == expected


def test_what_is_broken_without_our_name_is_none_of_our_business(tmp_path: Path) -> None:
    ran = check(tmp_path, b"[tool.other\n", "pyproject.toml")
    assert (ran.code, ran.err) == (0, "")


def test_help_needs_no_configuration(tmp_path: Path) -> None:
    (tmp_path / ".instanceview.toml").write_text("quiet = 1")
    ran = run("check", "--help", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Usage: instanceview check")


VARIABLES = {
    "INSTANCEVIEW_FAIL_ON": ("warnin", "'warnin' is not one of 'error', 'warning', 'note'."),
    "INSTANCEVIEW_KIND": ("vmms", 'unknown kind "vmms"; did you mean "vmss"? known: vmss-vm, vm, vmss'),
    "INSTANCEVIEW_MAX_FINDINGS": ("many", 'expected a whole number, 0 or more; found "many"'),
    "INSTANCEVIEW_QUIET": ("perhaps", "'perhaps' is not a valid boolean."),
    "INSTANCEVIEW_IGNORE": (
        "wrong-type,wrong-typ",
        'unknown rule "wrong-typ"; did you mean "wrong-type"? `instanceview explain` lists them all',
    ),
    "INSTANCEVIEW_SEVERITY": (
        "wrong-type=nota",
        'unknown severity "nota"; did you mean "note"? known: error, warning, note; write RULE=LEVEL',
    ),
}


@pytest.mark.parametrize("variable", VARIABLES)
def test_a_wrong_variable_is_named(variable: str, tmp_path: Path) -> None:
    value, complaint = VARIABLES[variable]
    ran = run("check", "-", cwd=tmp_path, stdin=b"{}", **{variable: value})
    assert (ran.code, ran.out) == (2, "")
    # Before it, click has a line on usage; the rest of a boolean's complaint depends on the version of click.
    assert ran.err.splitlines()[-1].startswith(f"Error: Invalid value for {variable}: {complaint.removesuffix('.')}")
