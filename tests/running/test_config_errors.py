"""Each fault of a configuration is a line with file, line, column and the next step; exit code 2."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import program
import pytest
from config_cases import CASES, NO_TOML
from inside import run
from unknown import unknown

from instanceview.reporting import FORMATS
from instanceview.tables.catalog import api_versions, schemas_folder, versions_of
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from program import Ran


ARC = versions_of("arc-extension")
SCHEMA = json.loads((schemas_folder() / "config.json").read_text("utf-8"))
KNOWN = {
    "keys": ", ".join(SCHEMA["properties"]),
    "formats": ", ".join(FORMATS),
    "versions": f"{api_versions()[0]} to {api_versions()[-1]}, {len(api_versions())} in all",
    "of arc-extension": f"{ARC[0]} to {ARC[-1]}, {len(ARC)} in all",
    "elements": '`instanceview tables` lists them all; for an undocumented one, add ignore = ["undocumented-element"]',
}


def check(folder: Path, data: bytes, name: str = ".instanceview.toml") -> Ran:
    (folder / name).write_bytes(data)
    return run("check", "-", cwd=folder, stdin=b"{}")


@pytest.mark.parametrize("case", [*CASES, *NO_TOML])
def test_a_fault_has_its_place(case: str, tmp_path: Path) -> None:
    text, expected = (CASES | NO_TOML)[case]
    ran = check(tmp_path, text.encode())
    lines = [re.sub(r"{([\w -]+)}", lambda match: KNOWN[match[1]], line) for line in expected]
    assert ran == (2, "", "Error: " + "".join(f".instanceview.toml:{line}\n" for line in lines))


def test_the_first_faults_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    ran = check(tmp_path, b"".join(b"[severity.a%d]\n" % number for number in range(22)))
    *shown, last = ran.err.splitlines()
    assert [line.partition(": unknown rule ")[0].partition(".toml:")[2] for line in shown] == [
        f"{line}:1" for line in range(1, 21)
    ]
    assert (ran.code, last) == (2, ".instanceview.toml: 2 more faults")


@pytest.mark.parametrize("name", [".instanceview.toml", "pyproject.toml"])
def test_a_configuration_that_is_too_large_is_not_read(name: str, tmp_path: Path) -> None:
    text = b"[tool.instanceview]\n" + b"#" * (1 << 20)
    line = f"Error: {name}: larger than 1 MiB, the most for a configuration\n"
    assert check(tmp_path, text, name) == (2, "", line)
    if name == "pyproject.toml":
        assert check(tmp_path, text.replace(b"instanceview", b"other"), name).code == 0


BYTES = {
    "UTF-16": ("quiet = true".encode("utf-16"), "1:1: encoded as UTF-16 or UTF-32, not UTF-8; save it as UTF-8"),
    "Latin-1": (b"# caf\xe9\nquiet = true", "1:6: invalid UTF-8: byte 0xe9 at offset 5; save it as UTF-8"),
    "byte order mark before a fault": (b"\xef\xbb\xbfquiet = 1", "1:9: quiet: expected true or false, found 1"),
    "line ends of Windows": (b"kind = 'vm'\r\nquiet = 1\r\n", "2:9: quiet: expected true or false, found 1"),
}


@pytest.mark.parametrize("case", BYTES)
def test_a_fault_of_encoding_has_its_place(case: str, tmp_path: Path) -> None:
    data, expected = BYTES[case]
    assert check(tmp_path, data) == (2, "", f"Error: .instanceview.toml:{expected}\n")


PYPROJECT = {
    "key": (
        "[project]\nname = 'x'\n[tool.instanceview]\nquite = true",
        '4:1: unknown key "quite"; did you mean "quiet"? {known}',
    ),
    "table": ("[tool.instanceview.severities]", '1:1: unknown key "severities"; did you mean "severity"? {known}'),
    "dotted": ("tool.instanceview.kinds = 'vm'", '1:1: unknown key "kinds"; did you mean "kind"? {known}'),
    "section": ("[[tool.instanceview.per-file]]\n\nfiles = ['']", '3:10: files: ""; expected one character or more'),
    "no table": ("[tool]\ninstanceview = true", "2:16: tool.instanceview is not a table"),
    "no TOML": ("[tool.instanceview\nkind = 'vm'", "1:19: not TOML: expected ']' at the end of a table declaration"),
}


@pytest.mark.parametrize("case", PYPROJECT)
def test_a_fault_in_pyproject_has_its_place(case: str, tmp_path: Path) -> None:
    text, expected = PYPROJECT[case]
    complaint = expected.replace("{known}", f"known: {KNOWN['keys']}")
    assert check(tmp_path, text.encode(), "pyproject.toml") == (2, "", f"Error: pyproject.toml:{complaint}\n")


def test_a_process_of_its_own_shows_the_same(tmp_path: Path) -> None:
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
    "INSTANCEVIEW_KIND": ("vmms", unknown("kind", "vmms", KINDS)),
    "INSTANCEVIEW_MAX_FINDINGS": ("many", 'expected a whole number of at least 0; found "many"'),
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
    # Before it, click has a line on usage; the rest of a boolean's message depends on the version of click.
    assert ran.err.splitlines()[-1].startswith(f"Error: Invalid value for {variable}: {complaint.removesuffix('.')}")


@pytest.mark.parametrize(
    ("name", "text"), [(".instanceview.toml", "TOKEN-OF-CI=a"), ("pyproject.toml", "instanceview.TOKEN-OF-CI=")]
)
def test_the_words_of_a_file_that_a_link_leads_out_to_are_not_shown(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "environ").write_text(text)
    (tmp_path / "commit").mkdir()
    (tmp_path / "commit" / name).symlink_to("../environ")
    ran = run("check", "-", cwd=tmp_path / "commit", stdin=b"{}")
    reason = "a link to a file of another folder, which has a fault; correct that file"
    assert (ran.code, ran.out, ran.err.partition(": ")[2]) == (2, "", f"{name}: {reason}\n")
