"""The summary of a run: its documents, their tables, and the skipped inputs, each sentence in its cases."""

from __future__ import annotations

import json
import pickle
import re
from typing import TYPE_CHECKING, get_args

import pytest
from evident import evident
from inside import run
from recorded import entry, recording, url

from instanceview import Report, Severity, UnknownNameError, check, render
from instanceview.literals import FormatName
from instanceview.model.document import Origin, Skipped
from instanceview.model.report import checked_as, summary_line
from instanceview.model.skipped import SKIPPED, skipped_by, skipped_groups
from instanceview.model.tables import Tables
from instanceview.reporting import FORMATS
from instanceview.tables.catalog import api_versions

if TYPE_CHECKING:
    from pathlib import Path

NEWEST = api_versions()[-1]
ASSUMED = f"{NEWEST}, the newest, since none was given (--api-version VERSION sets it)"
GOOD, BAD = evident("{}"), evident('{"platformFaultDomain": "two"}')
VM = evident('{"patchStatus": {}}')
SET = '{"virtualMachine": {"statusesSummary": [{"code": "ProvisioningState/succeeded", "count": 1}]}}'
OTHER = '{"name": "some-package"}'
OF_URL = recording(entry(GOOD), entry(GOOD), entry('{"error": {"code": "Gone"}}', status=404), entry("", status=404))
UNLISTED = recording(entry(GOOD, url(api_version="2031-01-01")))

Files = dict[str, str]
CASES: dict[str, tuple[Files, str, list[str]]] = {
    "one document": (
        {"a.json": GOOD},
        "a.json",
        ["1 document: 1 conformant; 0 errors, 0 warnings, 0 notes", f"checked: 1 as vmss-vm at {ASSUMED}"],
    ),
    "no document": (
        {},
        "a.json",
        [
            "a.json: unreadable: cannot be read: no such file or directory",
            "0 documents: 0 conformant; 0 errors, 0 warnings, 0 notes; 1 unreadable",
        ],
    ),
    "several kinds, and files without one": (
        {"a.json": f"{GOOD}\n{GOOD}\n{VM}\n", "b.json": SET, "c.json": OTHER, "d.json": OTHER},
        ".",
        [
            "4 documents: 4 conformant; 0 errors, 0 warnings, 0 notes",
            f"checked: 2 as vmss-vm at {ASSUMED}; 1 as vm at {NEWEST}, the newest; 1 as vmss at {NEWEST}, the newest",
            "skipped: 2 files without an instance view; --verbose lists them",
        ],
    ),
    "as the options say": (
        {"a.json": GOOD},
        "a.json --api-version 2024-07-01 --kind vm",
        [
            "1 document: 1 conformant; 0 errors, 0 warnings, 0 notes",
            "checked: 1 as vm at 2024-07-01, as given",
        ],
    ),
    "as the configuration says": (
        {"a.json": GOOD, ".instanceview.toml": 'api-version = "2024-07-01"\n'},
        "a.json",
        [
            "1 document: 1 conformant; 0 errors, 0 warnings, 0 notes",
            "checked: 1 as vmss-vm at 2024-07-01, from the configuration",
        ],
    ),
    "a recording, and a repetition in it": (
        {"run.json": OF_URL},
        ".",
        [
            "1 document, 2 recorded: 1 conformant; 0 errors, 0 warnings, 0 notes",
            "checked: 1 as vmss-vm at 2024-07-01, from the URL",
            "skipped: 2 answers without an instance view; --verbose lists them",
        ],
    ),
    "an api-version that is not listed": (
        {"run.json": UNLISTED},
        "run.json --ignore unlisted-api-version",
        [
            "1 document: 1 conformant; 0 errors, 0 warnings, 0 notes",
            f"checked: 1 as vmss-vm at {NEWEST}, in place of 2031-01-01 from the URL",
        ],
    ),
    "skipped and verbose": (
        {"a.json": GOOD, "c.json": OTHER, "d.ndjson": f"{GOOD}\n{OTHER}\n"},
        "--verbose .",
        [
            "c.json: skipped: REASON",
            "d.ndjson:2:1: skipped: REASON",
            "2 documents: 2 conformant; 0 errors, 0 warnings, 0 notes",
            f"checked: 2 as vmss-vm at {ASSUMED}",
            "skipped: 1 file and 1 line without an instance view",
        ],
    ),
    "quiet": ({"a.json": GOOD, "c.json": OTHER}, "--quiet .", []),
}


@pytest.mark.parametrize("form", ["text", "concise"])
@pytest.mark.parametrize("name", CASES)
def test_a_run_ends_with_its_summary(name: str, form: str, tmp_path: Path) -> None:
    files, arguments, expected = CASES[name]
    for file, text in files.items():
        (tmp_path / file).write_text(text)
    ran = run("check", "--format", form, *arguments.split(), cwd=tmp_path)
    skipped = json.loads(run("check", "--format", "json", *arguments.split(), cwd=tmp_path).out)["skipped"]
    reasons = [each["reason"] for each in skipped]
    assert ran.out.splitlines() == [re.sub("REASON", lambda _: reasons.pop(0), line) for line in expected]
    assert ran.err == ""


def tables(number: int, *sources: str) -> dict[Tables, int]:
    """Return counts of documents, one more of each later api-version, from these sources in turn."""
    return {Tables("vm", api_versions()[index], sources[index % len(sources)]): index + 1 for index in range(number)}


def test_four_groups_are_shown_the_largest_first_and_all_if_verbose() -> None:
    report = Report(documents=21, checked_as=tables(6, "configuration", "url"))
    first = [
        f"{index + 1} as vm at {api_versions()[index]}, from the {('configuration', 'URL')[index % 2]}"
        for index in (5, 4, 3, 2)
    ]
    assert checked_as(report) == f"{'; '.join(first)}; and 2 more kinds and api-versions"
    assert checked_as(report, is_whole=True).count(" as vm at ") == 6
    assert f"\nchecked: {'; '.join(first)}; and 2 more kinds and api-versions\n" in render(report)
    assert "more" not in render(report, verbose=True)


def test_a_source_that_all_groups_share_is_named_once() -> None:
    shared = checked_as(Report(checked_as=tables(5, "url")))
    first = "; ".join(f"{index + 1} as vm at {api_versions()[index]}" for index in (4, 3, 2, 1))
    assert shared == f"{first}; and 1 more kind and api-version, all from the URL"


def test_python_is_told_of_no_option_of_the_command_line() -> None:
    skipped = [Skipped(Origin("a", None, 1, 1), "no instance view"), Skipped(Origin("b"), "ignored", "ignored")]
    report = Report(documents=1, checked_as=tables(1, "default"), skipped=skipped)
    assert render(report).splitlines()[1:] == [
        f"checked: 1 as vm at {api_versions()[0]}, the newest, since none was given",
        "skipped: 1 file without an instance view, 1 ignored by .gitignore",
    ]


@pytest.mark.parametrize("group", SKIPPED)
def test_every_group_has_words_for_one_and_for_several(group: str) -> None:
    one = Skipped(Origin("a"), "why", group)
    single, several = (skipped_groups(skipped_by([one] * number), names_options=True) for number in (1, 12))
    assert single.startswith("1 ")
    assert several.startswith("12 ")
    assert "{" not in single + several
    assert " files" not in single
    assert ("reads it)" in single) == ("reads them)" in several)


KNOWN: dict[str, tuple[list[str], list[str], str, str]] = {
    "nothing is new": (
        [GOOD, BAD],
        [GOOD, BAD],
        "",
        "2 documents: 1 conformant, 1 with known findings; 0 new, 1 known",
    ),
    "one is new": (
        [GOOD, BAD],
        [GOOD, BAD, evident('{"disks": 1}')],
        "",
        "3 documents: 1 conformant, 1 with known findings; 1 new (1 error, 0 warnings, 0 notes), 1 known",
    ),
    "one is new in a document with a known one": (
        [BAD],
        [evident('{"platformFaultDomain": "two", "disks": 1}')],
        "",
        "1 document: 0 conformant; 1 new (1 error, 0 warnings, 0 notes), 1 known",
    ),
    "nothing was known": ([GOOD], [GOOD], "", "1 document: 1 conformant; 0 new"),
    "known ones that do not fail": (
        [evident('{"colour": 1}')],
        [evident('{"colour": 1}')],
        "",
        "1 document: 1 conformant; 0 new, 1 known",
    ),
    "known ones that fail by an option": (
        [evident('{"colour": 1}')],
        [evident('{"colour": 1}')],
        "--fail-on warning",
        "1 document: 0 conformant, 1 with known findings; 0 new, 1 known",
    ),
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_document_with_known_findings_is_not_called_conformant(name: str, tmp_path: Path) -> None:
    before, after, options, expected = KNOWN[name]
    (tmp_path / "a.ndjson").write_text("\n".join(before))
    arguments = ["a.ndjson", "--baseline", "known.json", *options.split()]
    written = run("check", *arguments, "--write-baseline", cwd=tmp_path).out.splitlines()
    (tmp_path / "a.ndjson").write_text("\n".join(after))
    assert expected in run("check", *arguments, cwd=tmp_path).out.splitlines()
    assert before != after or expected in written
    summary = json.loads(run("check", *arguments, "--format", "json", cwd=tmp_path).out)["summary"]
    numbers = [summary[key] for key in ("conformant", "nonconformant", "knownDocuments")]
    assert sum(numbers) == summary["documents"]
    assert f": {numbers[0]} conformant" in expected
    assert (f"{numbers[2]} with known" in expected) == bool(numbers[2])
    assert (f"{summary['known']} known" in expected) == bool(summary["known"])


def test_of_quiet_and_verbose_the_nearer_one_counts(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(GOOD)
    (tmp_path / "c.json").write_text(OTHER)
    (tmp_path / ".instanceview.toml").write_text("verbose = true\n")
    assert run("check", ".", "-q", cwd=tmp_path).out == ""
    assert "c.json: skipped: " in run("check", ".", cwd=tmp_path, INSTANCEVIEW_VERBOSE="true").out
    assert run("check", ".", cwd=tmp_path, INSTANCEVIEW_QUIET="true").out == ""
    assert "c.json: skipped: " in run("check", ".", "-v", cwd=tmp_path, INSTANCEVIEW_QUIET="true").out
    both = run("check", ".", "-q", "-v", cwd=tmp_path)
    assert (both.code, both.err.splitlines()[-1]) == (
        2,
        "Error: --quiet and --verbose exclude each other; use one of them",
    )


def test_a_report_is_true_if_it_is_conformant_and_prints_its_first_line() -> None:
    good, bad = check({}), check({"platformFaultDomain": "two"}, kind="vmss-vm")
    assert (bool(good), bool(bad), bool(Report(unreadable=[Skipped(Origin("a"), "b")]))) == (True, False, False)  # type: ignore[list-item]
    assert str(bad) == render(bad).splitlines()[-2] == summary_line(bad)
    assert repr(bad) == f"<Report {bad}>"
    assert str(bad.findings[0]) == render(bad, "concise").splitlines()[0]
    assert repr(bad.findings[0]) == "<Finding wrong-type at /platformFaultDomain>"
    assert "\x1b[" in render(bad, colour=True)
    assert "\x1b[" not in str(bad.findings[0])
    assert bad.count(Severity.ERROR) == 1


def test_render_gives_every_format_and_suggests_the_nearest_name() -> None:
    bad = check([{"platformFaultDomain": "two"}, {"platformFaultDomain": 1}], kind="vmss-vm")
    assert all(render(bad, form) for form in get_args(FormatName))
    assert list(get_args(FormatName)) == list(FORMATS)
    # A report of Python keeps no conformant documents.
    assert [render(bad, "junit").count(word) for word in ("<testcase ", "<failure ")] == [1, 1]
    with pytest.raises(UnknownNameError, match='unknown format "sariff"; did you mean "sarif"'):
        render(bad, "sariff")  # type: ignore[arg-type]


def test_a_report_with_its_counts_can_be_pickled() -> None:
    bad = check({"platformFaultDomain": "two"}, kind="vmss-vm")
    assert pickle.loads(pickle.dumps(bad)) == bad  # noqa: S301 (our own)
    assert sum(bad.checked_as.values()) == 1
