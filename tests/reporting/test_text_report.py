"""The text report: carets under the right columns, windows of long lines, folding, colours, choices."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from recorded import SET_VM, entry, recording, url

from instanceview.cli.main import cli
from instanceview.model.excerpt import width

if TYPE_CHECKING:
    from pathlib import Path

RUNNING = {"code": "PowerState/running", "level": "info"}
RED = "\x1b[31m"


def report(text: str, *options: str, env: dict[str, str] | None = None) -> tuple[int, list[str]]:
    result = CliRunner().invoke(cli, ["check", "-", *options], input=text, env=env or {})
    return result.exit_code, result.stdout.splitlines()


CARETS = {
    "plain": ('{"statuses": [\n  {"code": "PowerState/running", "level": "info"}]}', '"info"'),
    "tab": ('{"statuses": [\n\t{"level":\t"info",\t"code": "PowerState/running"}]}', '"info"'),
    "wide characters": (
        '{"statuses": [\n  {"message": "日本", "level": "info", "code": "PowerState/running"}]}',
        '"info"',
    ),
    "an escape": (
        '{"statuses": [\n  {"message": "\\u202e", "level": "info", "code": "PowerState/running"}]}',
        '"info"',
    ),
    "a reordering mark": (
        '{"statuses": [\n  {"message": "\u202e", "level": "info", "code": "PowerState/running"}]}',
        '"info"',
    ),
    "a key": ('{"vmAgent": {},\n  "codes": "PowerState/running"}', '"codes"'),
    "carriage returns": ('{"statuses": [\r\n  {"level": "info",\r\n "code": "PowerState/running"}]}', '"info"'),
    "a minified file": (json.dumps({"statuses": [{"message": "x" * 5000, **RUNNING}] * 3}), '"info"'),
}


@pytest.mark.parametrize("name", CARETS)
def test_the_caret_is_below_the_span(name: str) -> None:
    text, span = CARETS[name]
    _, lines = report(text)
    line, caret = lines[1].partition(" | ")[2], lines[2].partition(" | ")[2]
    before, marked, _ = line.partition(span)
    assert marked == span
    assert caret[: width(before)].strip() == ""
    assert caret[width(before) :].split(" ")[0] == "^" * width(span)
    assert width(line) <= 83


def test_a_secret_beside_the_span_is_not_shown() -> None:
    text = '{"bootDiagnostics": {"consoleScreenshotBlobUri": "https://x/?sig=abcdef123", "serialConsoleLogBlobUri": 1}}'
    _, lines = report(text)
    assert "abcdef123" not in "".join(lines)
    assert any("[redacted]" in line for line in lines)


def test_a_broken_body_is_shown_with_its_request_as_a_finding_is() -> None:
    address = url(f"{SET_VM}/1/instanceView")
    code, lines = report(recording(entry('{"platformFaultDomain": "two"}'), entry('{"statuses": [None]}', address)))
    assert code == 2
    assert [line for line in lines if "GET" in line] == [
        f"      request: GET {url()} at /Entries/0",
        f"      request: GET {address} at /Entries/1",
    ]
    assert lines[-4] == '<stdin>:13:37: unreadable: the body is not JSON: expected a value, found "None"; use null'


def test_findings_of_one_rule_and_element_are_folded_until_asked() -> None:
    text = json.dumps({"statuses": [RUNNING, {"code": "ProvisioningState/succeeded", "level": "INFO"}]})
    _, folded = report(text)
    _, unfolded = report(text, "--no-fold")
    assert sum("value-not-allowed" in line for line in folded) == 1
    assert folded[4] == "      1 more like this (--no-fold shows all)"
    assert sum("value-not-allowed" in line for line in unfolded) == 2
    assert folded[-2] == unfolded[-2] == "1 document: 0 conformant; 2 errors, 0 warnings, 0 notes"


COLOURED: tuple[tuple[list[str], dict[str, str], bool], ...] = (
    (["--color", "always"], {}, True),
    (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ([], {}, False),
    ([], {"FORCE_COLOR": "1"}, True),
    ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    (["--color", "always"], {"NO_COLOR": "1"}, True),
)


@pytest.mark.parametrize(("options", "env", "coloured"), COLOURED)
def test_colours_are_shown_as_asked(options: list[str], env: dict[str, str], coloured: bool) -> None:  # noqa: FBT001
    _, lines = report(json.dumps({"statuses": [RUNNING]}), *options, env={"NO_COLOR": "", "FORCE_COLOR": "", **env})
    assert (RED in lines[0]) is coloured


TWO = json.dumps({"platformFaultDomain": "x", "statuses": [RUNNING]})
CHOICES = {
    ("--select", "wrong-type"): (1, ["wrong-type"], "1 error, 0 warnings, 0 notes"),
    ("--ignore", "wrong-type"): (1, ["value-not-allowed"], "1 error, 0 warnings, 0 notes"),
    ("--ignore", "wrong-type,value-not-allowed"): (0, [], "0 errors, 0 warnings, 0 notes"),
    ("--severity", "wrong-type=note", "--severity", "value-not-allowed=warning"): (
        0,
        ["wrong-type", "value-not-allowed"],
        "0 errors, 1 warning, 1 note",
    ),
    ("--exit-zero",): (0, ["wrong-type", "value-not-allowed"], "2 errors, 0 warnings, 0 notes"),
    ("--max-findings", "1"): (1, ["wrong-type"], "2 errors, 0 warnings, 0 notes"),
}


@pytest.mark.parametrize("options", CHOICES, ids=" ".join)
def test_options_choose_what_counts(options: tuple[str, ...]) -> None:
    exit_code, rules, counts = CHOICES[options]
    code, lines = report(TWO, *options)
    found = [rule for line in lines for rule in ("wrong-type", "value-not-allowed") if f" {rule}: " in line]
    assert (code, found) == (exit_code, rules)
    assert lines[-2].endswith(counts)


def test_quiet_leaves_out_the_summary_and_the_name_of_standard_input_is_shown() -> None:
    code, lines = report(TWO, "--quiet", "--stdin-filename", "run.json")
    places = [f"run.json:1:{TWO.index(value) + 1}" for value in ('"x"', '"info"')]
    assert code == 1
    assert [line.split(": ")[0] for line in lines if line.startswith("run.json")] == places
    assert not any(word in line for line in lines for word in ("document", "checked"))


@pytest.mark.parametrize("option", ["--select", "--ignore", "--severity"])
def test_an_unknown_rule_is_an_error_with_the_nearest(option: str, tmp_path: Path) -> None:
    value = "wrong-typ=note" if option == "--severity" else "wrong-typ"
    result = CliRunner().invoke(cli, ["check", str(tmp_path), option, value])
    assert result.exit_code == 2
    assert f'Invalid value for {option}: unknown rule "wrong-typ"; did you mean "wrong-type"?' in result.stderr
