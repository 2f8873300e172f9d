"""`instanceview report`: its files, the comparison of two reports, and its exit codes."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt
from program import environment

from instanceview.cli.main import cli

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

OLD = [
    {"computerName": "a", "statuses": [{"code": "PowerState/running", "level": "Info"}]},
    {"osName": "x", "statuses": [{"code": "PowerState/running", "level": "Info"}]},
]
NEW = [
    {"computerName": "a", "statuses": [{"code": "PowerState/stopped", "level": "Info"}]},
    {"groupId": "<b>g</b>", "statuses": [{"code": "PowerState/flying", "level": "Info"}]},
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, documents in {"old": OLD, "new": NEW}.items():
        (tmp_path / f"{name}.ndjson").write_text("".join(f"{json.dumps(each)}\n" for each in documents))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["report", *arguments], catch_exceptions=False)


def in_json(name: str, *options: str) -> Any:  # noqa: ANN401 (any JSON value)
    arguments = [f"{name}.ndjson", "--kind", "vm", "--api-version", "2024-07-01", "--json", f"{name}.json", *options]
    assert report(*arguments).exit_code == 0
    with open(f"{name}.json", encoding="utf-8") as file:  # noqa: PTH123 (in the working folder)
        return json.load(file)


@pytest.mark.usefixtures("folder")
def test_both_forms_are_written_to_folders_that_are_made(folder: Path) -> None:
    result = report("old.ndjson", "--json", "a/b/r.json", "--markdown", "a/r.md")
    assert result.output.startswith("2 documents: 2 conformant; 0 errors, 0 warnings, 0 notes\nchecked: 2 as vm")
    assert json.loads((folder / "a/b/r.json").read_text())["overview"]["documents"] == 2
    assert (folder / "a/r.md").read_text().startswith("# Conformance report\n")


@pytest.mark.usefixtures("folder")
def test_the_page_links_to_the_files_beside_it(folder: Path) -> None:
    names = ["plain.json", "javascript:alert(1).json", 'a b"><#%?.json', "x?sig=YWxzby1ub3Q.json"]
    for name in names:
        (folder / name).write_text('{"extra": 1, "statuses": []}')
    assert report(*names, "--no-dedupe", "--html", "a/b/page.html").exit_code == 0
    page = (folder / "a/b/page.html").read_text("utf-8")
    links = {unescape(link) for link in re.findall(r'<a class="at" href="([^"]*)"', page)}
    assert links == {
        "./../../plain.json",
        "./../../javascript%3Aalert%281%29.json",
        "./../../a%20b%22%3E%3C%23%25%3F.json",
    }
    assert "YWxzby1" not in page


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--html", "r", "--json", "./r"), "--json: has the file of --html; use one file for each"),
        (("--html", "r", "--markdown", "r"), "--markdown: has the file of --html; use one file for each"),
        (("--html", "."), '--html: "." is a folder; name a file in it'),
        (("--html", ""), "--html: no file name; name a file"),
        (("--html", "old.ndjson/r"), '--html: cannot write "old.ndjson/r": not a directory; choose another file'),
    ],
)
def test_a_page_without_a_file_of_its_own_is_refused(options: tuple[str, ...], words: str) -> None:
    result = report("old.ndjson", *options)
    assert (result.exit_code, words in result.output.replace("Invalid value for ", "").replace("'", "")) == (2, True)


@pytest.mark.usefixtures("folder")
def test_findings_do_not_fail_a_report_and_unreadable_inputs_do(folder: Path) -> None:
    (folder / "faulty.json").write_text('{"computerName": 1}')
    assert report("faulty.json").exit_code == 0
    assert report("faulty.json", "none.json").exit_code == 2


@pytest.mark.usefixtures("folder")
def test_a_selection_counts_other_findings_not_at_all() -> None:
    assert [each["rule"] for each in in_json("new")["overview"]["rules"]] == ["undocumented-element", "unknown-state"]
    chosen = in_json("new", "--select", "unknown-state", "--severity", "unknown-state=error")["overview"]
    assert [(each["rule"], each["severity"]) for each in chosen["rules"]] == [("unknown-state", "error")]
    assert chosen["conformant"] == 1


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("shares", "words"),
    [
        (("0.7",), 'expected a share in percent, found "0.7"; write 70% or 0.7%'),
        (("vm=1",), 'expected a share in percent, found "1"; write 100% or 1%'),
        (("vm=70%", "vm=70%"), "vm has two shares, 70% and 70%; give one"),
        (("70%", "80"), "every kind has two shares, 70% and 80%; give one"),
        (("vm=50,vmss=3",), 'expected one share, found "vm=50,vmss=3"; repeat the option for each kind'),
        (("101%",), 'expected a share from 0% to 100%, found "101%"'),
    ],
)
def test_a_share_that_could_mean_another_is_refused(shares: tuple[str, ...], words: str) -> None:
    result = report("old.ndjson", *(option for share in shares for option in ("--min-coverage", share)))
    assert (result.exit_code, words in result.output) == (2, True), result.output


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("source", ["configuration", "variable"])
def test_a_least_coverage_can_be_set_for_every_run(folder: Path, source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if source == "configuration":
        (folder / ".instanceview.toml").write_text('min-coverage = ["1%", "vm=90%"]')
    else:
        monkeypatch.setenv("INSTANCEVIEW_MIN_COVERAGE", "1% vm=90%")
    assert report("old.ndjson", "--kind", "vm").exit_code == 1
    assert report("old.ndjson", "--kind", "vm", "--min-coverage", "1%").exit_code == 0
    assert CliRunner().invoke(cli, ["check", "old.ndjson", "--kind", "vm"]).exit_code == 0
    in_json("old", "--min-coverage", "1%")
    assert report("--compare", "old.json", "old.json").exit_code == 0


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "options", [("--min-coverage", "80%"), ("--select", "wrong-type"), ("--kind", "vm"), ("--jobs", "1")]
)
def test_a_comparison_refuses_what_it_would_ignore(options: tuple[str, ...]) -> None:
    in_json("old")
    result = report("--compare", "old.json", "old.json", *options)
    words = f"Error: {options[0]} is not for --compare; use it where you make a report with --json"
    assert (result.exit_code, words in result.output) == (2, True)


@pytest.mark.usefixtures("folder")
def test_a_report_of_another_revision_comes_by_a_pipe(folder: Path) -> None:
    in_json("old")
    in_json("new")
    piped = CliRunner().invoke(cli, ["report", "--compare", "-", "new.json"], input=(folder / "old.json").read_bytes())
    assert piped.output == report("--compare", "old.json", "new.json").output


@pytest.mark.usefixtures("folder")
def test_a_long_list_of_a_comparison_is_cut_unless_all_is_wanted(folder: Path) -> None:
    in_json("old")
    (folder / "many.ndjson").write_text(json.dumps({"vmAgent": {f"x{number}": 1 for number in range(60)}}))
    in_json("many")
    assert "more; `--verbose` lists them" in report("--compare", "old.json", "many.json").output
    whole = report("--compare", "old.json", "many.json", "--verbose").output
    assert ("--verbose" in whole, "vmAgent.x59 is undocumented and new" in whole) == (False, True)


@pytest.mark.usefixtures("folder")
def test_the_members_of_an_object_that_is_gone_are_no_regressions_of_their_own(folder: Path) -> None:
    (folder / "whole.ndjson").write_text('{"vmAgent": {"statuses": [{"code": "ProvisioningState/succeeded"}]}}')
    in_json("whole")
    in_json("old")
    output = report("--compare", "whole.json", "old.json").output
    assert [
        line for line in output.splitlines() if "vmAgent" in line and "seen" in line and "`statuses" not in line
    ] == [
        "- `vm: vmAgent is no longer seen`",
        "- `vmAgent.statuses: ProvisioningState/succeeded is no longer seen`",
    ]


@pytest.mark.usefixtures("folder")
def test_a_name_in_a_report_of_a_stranger_is_text(folder: Path) -> None:
    """A pull request can have any JSON that fits the schema."""
    new = in_json("new")
    evil = "x\n\n# head\u001b[31m\u202e<script>alert(1)</script> [a](http://evil.example) | b"
    new["undocumented"]["members"][0]["path"] = evil
    new["overview"]["kinds"][0]["name"] = new["tables"][0]["kind"] = evil
    new["overview"]["rules"][0]["rule"] = evil
    (folder / "evil.json").write_text(json.dumps(new))
    output = report("--compare", "evil.json", "new.json").output + report("--compare", "new.json", "evil.json").output
    assert all(character == "\n" or character.isprintable() for character in output)
    page = MarkdownIt("commonmark").enable("table").render(output)
    assert not re.search("<h1|<script|<a ", page)


@pytest.mark.usefixtures("folder")
def test_quiet_begins_with_what_is_missing() -> None:
    arguments = ("old.ndjson", "--kind", "vm", "--min-coverage", "90%")
    assert report(*arguments, "--quiet").output.startswith("coverage of vm is ")
    assert "\n\ncoverage of vm is " in report(*arguments).output


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("options", [(), ("--json", "r.json")])
def test_the_summary_says_what_was_skipped_and_which_api_version_was_assumed(
    folder: Path, options: tuple[str, ...]
) -> None:
    (folder / "package.json").write_text('{"name": "x"}')
    _, checked, skipped, *_ = report(".", *options).output.splitlines()
    assert re.match(r"checked: 4 as vmss-vm at .* \(--api-version VERSION sets it\)", checked)
    assert skipped == "skipped: 1 file without an instance view; --verbose lists them"
    assert "package.json: skipped: " in report(".", "--verbose", *options).output


@pytest.mark.usefixtures("folder")
def test_values_are_compared_where_they_are_few_by_nature(folder: Path) -> None:
    for name, body in {
        "one": {"osVersion": "1", "hyperVGeneration": "V1"},
        "two": {"osVersion": "2", "hyperVGeneration": "V2"},
    }.items():
        (folder / f"{name}.ndjson").write_text(json.dumps(body))
        in_json(name)
    output = report("--compare", "one.json", "two.json").output
    assert '- `vm: hyperVGeneration: "V2"`' in output
    assert "osVersion" not in output


@pytest.mark.usefixtures("folder")
def test_a_comparison_says_what_is_worse_first_and_is_markdown() -> None:
    in_json("old")
    in_json("new")
    worse = report("--compare", "old.json", "new.json")
    *regressions, fact = worse.output.split("\n\n")[2].splitlines()
    assert "PowerState/stopped: the display text is VM stopped, captured " in fact
    assert regressions == [
        "- `coverage of vm fell from 4 % to 3 %`",
        "- `vm: osName is no longer seen`",
        "- `statuses: PowerState/running is no longer seen`",
        "- `vm: groupId is undocumented and new`",
        "- `statuses: PowerState/flying is undocumented and new`",
        "- `undocumented-element has more findings for each document: 0.5, before 0`",
        "- `unknown-state has more findings for each document: 0.5, before 0`",
    ]
    assert "**8 regressions**" in worse.output
    assert worse.exit_code == 0
    page = MarkdownIt("commonmark").enable("table").render(worse.output)
    assert "<summary>New: status codes seen (1)</summary>" in page
    assert "<b>" not in page


@pytest.mark.usefixtures("folder")
def test_a_regression_fails_where_that_is_wanted(folder: Path) -> None:
    in_json("old")
    in_json("new")
    arguments = ("--fail-on-regression", "--markdown", "pull.md")
    assert report("--compare", "old.json", "new.json", *arguments).exit_code == 1
    assert "**8 regressions**" in (folder / "pull.md").read_text()
    same = report("--compare", "old.json", "old.json", "--fail-on-regression")
    assert (same.exit_code, "No regression." in same.output) == (0, True)


@pytest.mark.usefixtures("folder")
def test_a_fact_of_the_service_that_more_statuses_break_is_a_regression(folder: Path) -> None:
    status = {"code": "PowerState/running", "level": "Info", "displayStatus": "VM running"}
    timed = {**status, "time": "2024-07-01T00:00:00Z"}
    for name, statuses in (("kept", [status, timed]), ("broken", [timed, status, timed])):
        lines = (json.dumps({"computerName": f"{n}", "statuses": [each]}) for n, each in enumerate(statuses))
        (folder / f"{name}.ndjson").write_text("\n".join(lines))
        in_json(name)
    worse = report("--compare", "kept.json", "broken.json", "--fail-on-regression")
    assert re.search(
        r"^- `statuses: PowerState/running: a time is never given, captured [0-9,]+ times; 2 of 3 here have one; "
        r"first broken.ndjson:1:1`$",
        worse.output,
        re.MULTILINE,
    )
    assert "1 of 2 (50 %) | 2 of 3 (67 %)" in worse.output
    assert worse.exit_code == 1
    better = report("--compare", "broken.json", "kept.json", "--fail-on-regression")
    assert ("No regression." in better.output, better.exit_code) == (True, 0)


@pytest.mark.usefixtures("folder")
def test_more_documents_with_as_many_findings_each_are_not_a_regression(folder: Path) -> None:
    in_json("new")
    (folder / "twice.ndjson").write_text((folder / "new.ndjson").read_text().replace('"a"', '"b"') * 2)
    in_json("twice")
    assert "No regression." in report("--compare", "new.json", "twice.json").output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"version": 99, "statusCodes": []}', "has version 99 of the report, expected 1; make it again from"),
        ('{"version": "\\u001b[31m", "statusCodes": []}', "has version "),
        ('{"version": 1, "statusCodes": [1]}', 'differs from schemas/coverage.json at "/'),
        ('{"version": 2, "findings": []}', "is not a report of instanceview report; make one with"),
        ("[1", "is not JSON; make one with: instanceview report PATH --json FILE"),
        ("[" * 10_000, "is not JSON; make one with"),
        ("\xff", "is not JSON"),
    ],
)
def test_another_file_is_refused_with_the_way_out(text: str, words: str, folder: Path) -> None:
    (folder / "old.json").write_bytes(text.encode("latin-1"))
    result = report("--compare", "old.json", "old.json")
    assert (result.exit_code, len(result.output.splitlines())) == (2, 1)
    assert words in result.output
    assert "\x1b" not in result.output


@pytest.mark.usefixtures("folder")
def test_a_number_that_nobody_can_count_is_refused(folder: Path) -> None:
    in_json("new")
    made = json.loads((folder / "new.json").read_text())
    made["fidelity"]["broken"][0]["times"] = 1e308
    (folder / "large.json").write_text(json.dumps(made))
    result = report("--compare", "new.json", "large.json")
    assert (result.exit_code, len(result.output.splitlines())) == (2, 1)
    assert 'differs from schemas/coverage.json at "/fidelity/broken/0/times"' in result.output


@pytest.mark.usefixtures("folder")
def test_an_interrupted_run_leaves_no_file(folder: Path) -> None:
    line = json.dumps(OLD[0]).encode() + b"\n"
    # A shell starts what it runs in the background with interrupts ignored, and a child inherits that.
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    code += "from instanceview.__main__ import main; main()"
    command = [sys.executable, "-c", code, "report", "-", "--json", "r.json", "--html", "pages/r.html"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, cwd=folder, env=environment(), stderr=-3) as run:
        assert run.stdin
        run.stdin.write(line * (4_000_000 // len(line)))  # far more than a pipe holds: the program reads
        run.stdin.flush()
        run.send_signal(signal.SIGINT)
        assert run.wait(60) in {130, -signal.SIGINT}
    assert sorted(path.name for path in folder.iterdir()) == ["new.ndjson", "old.ndjson"]
