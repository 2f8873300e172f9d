"""Recordings as test items: their names, and their place among the options of pytest."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from evident import evident
from recorded import entry, recording

from instanceview.tables.catalog import api_versions

if TYPE_CHECKING:
    from pathlib import Path

EMPTY = evident("{}")
CONFORMANT = evident('{"vmAgent": {}}')
FAULTY = evident('{"vmAgent": 1}')
FAULTY_DISKS = evident('{"disks": {}}')
FILES = {
    "cassettes/one.json": CONFORMANT,
    "cassettes/list.json": f"[{EMPTY}, {FAULTY}]",
    "cassettes/deep/many.ndjson": f"{EMPTY}\n\n{FAULTY_DISKS}\n{CONFORMANT}\n",
    "cassettes/deep/two.yaml": f"{CONFORMANT}\n---\n- {FAULTY}\n- {EMPTY}\n",
    "cassettes/cut.json": '{"vmAgent": {',
    "cassettes/package.json": '{"name": "of something else"}',
    "cassettes/.hidden/one.json": FAULTY,
    "cassettes/notes.txt": "no recording",
    "cassettes/test_inside.py": "def test_inside(): pass",
    "elsewhere/one.json": FAULTY,
    "tests/test_own.py": "def test_own(): pass",
}
CASSETTES = {
    "cassettes/cut.json::document": "failed",
    "cassettes/list.json::/0": "passed",
    "cassettes/list.json::/1": "failed",
    "cassettes/one.json::document": "passed",
    "cassettes/deep/many.ndjson::line-1": "passed",
    "cassettes/deep/many.ndjson::line-3": "failed",
    "cassettes/deep/many.ndjson::line-4": "passed",
    "cassettes/deep/two.yaml::/0": "passed",
    "cassettes/deep/two.yaml::/1/0": "failed",
    "cassettes/deep/two.yaml::/1/1": "passed",
}
OWN = {"tests/test_own.py::test_own": "passed"}
ELSEWHERE = {"elsewhere/one.json::document": "failed"}
INSIDE = {"cassettes/test_inside.py::test_inside": "passed"}


@pytest.fixture
def project(suite: pytest.Pytester) -> pytest.Pytester:
    for name, text in FILES.items():
        path = suite.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    suite.makeini("[pytest]\ntestpaths = tests\n")
    return suite


def outcomes(project: pytest.Pytester, *arguments: str) -> dict[str, str]:
    """Run pytest and return the outcome of each test by its id, in order."""
    xml = project.path / "report.xml"
    project.runpytest(f"--junitxml={xml}", "-o", "junit_family=xunit1", *arguments)
    cases = ET.parse(xml).getroot().iter("testcase")  # noqa: S314 (written by the line above)
    found: dict[str, str] = {}
    for case in cases:
        key = f"{case.get('file')}::{case.get('name')}"
        assert key not in found
        found[key] = "passed" if not list(case) else "failed" if case.find("failure") is not None else "error"
    return found


ONE_BY_ONE = ["cassettes/one.json", "cassettes/list.json"]
RUNS: dict[str, tuple[list[str], dict[str, str]]] = {
    "nothing asked for": ([], OWN),
    "a folder": (["--instanceview", "cassettes"], OWN | CASSETTES),
    "a folder twice": (["--instanceview", "cassettes", "./cassettes/deep/.."], OWN | CASSETTES),
    "two folders": (["--instanceview", "cassettes", "elsewhere"], OWN | CASSETTES | ELSEWHERE),
    "the option twice": (["--instanceview", "cassettes", "--instanceview", "elsewhere"], OWN | CASSETTES | ELSEWHERE),
    "a pattern": (["--instanceview", "**/one.json"], OWN | {"cassettes/one.json::document": "passed"} | ELSEWHERE),
    "files": (
        ["--instanceview", *ONE_BY_ONE],
        OWN | {name: outcome for name, outcome in CASSETTES.items() if name.split("::")[0] in ONE_BY_ONE},
    ),
    "tests before it": (["tests", "--instanceview", "cassettes"], OWN | CASSETTES),
    "the folder alone": (["cassettes", "--instanceview", "cassettes"], INSIDE | CASSETTES),
    "a file and all": (["cassettes/one.json", "--instanceview", "cassettes"], CASSETTES),
    "one document": (
        ["cassettes/deep/two.yaml::/1/0", "-o", "instanceview_paths=cassettes"],
        {"cassettes/deep/two.yaml::/1/0": "failed"},
    ),
    "ini": (["-o", "instanceview_paths=cassettes elsewhere"], OWN | CASSETTES | ELSEWHERE),
    "ini, a test named": (["tests/test_own.py", "-o", "instanceview_paths=cassettes"], OWN),
    "ini, a file named": (
        ["cassettes/one.json", "-o", "instanceview_paths=cassettes elsewhere"],
        {"cassettes/one.json::document": "passed"},
    ),
    "ini, a folder named": (
        ["cassettes/deep", "-o", "instanceview_paths=cassettes elsewhere"],
        {name: outcome for name, outcome in CASSETTES.items() if "/deep/" in name},
    ),
    "-k": (["-k", "many and not line-3", "--instanceview", "cassettes"], {
        "cassettes/deep/many.ndjson::line-1": "passed",
        "cassettes/deep/many.ndjson::line-4": "passed",
    }),
    "fail on": (["--instanceview", "elsewhere", "--instanceview-ignore", "wrong-type"], OWN | {
        "elsewhere/one.json::document": "passed"
    }),
    "nothing there": (["tests", "--instanceview", "gone.json", "tests", "*.har"], OWN | {
        "gone.json::document": "failed", "tests::document": "failed", "*.har::document": "failed",
    }),
}  # fmt: skip


@pytest.mark.parametrize("name", RUNS)
def test_what_is_collected(name: str, project: pytest.Pytester) -> None:
    arguments, expected = RUNS[name]
    found = outcomes(project, *arguments)
    assert found == expected
    assert sorted(found) == sorted(expected)


def test_what_fails_is_run_again_alone(project: pytest.Pytester) -> None:
    outcomes(project, "--instanceview", "cassettes")
    again = outcomes(project, "--instanceview", "cassettes", "--lf")
    assert again == {name: outcome for name, outcome in CASSETTES.items() if outcome == "failed"}


def test_workers_share_the_documents(project: pytest.Pytester, tmp_path: Path) -> None:
    xml = tmp_path / "report.xml"
    ran = project.runpytest_subprocess(
        "-p", "xdist", "-n", "2", "--instanceview", "cassettes", "elsewhere", f"--junitxml={xml}"
    )
    ran.assert_outcomes(passed=7, failed=5)
    names = [f"{case.get('classname')}::{case.get('name')}" for case in ET.parse(xml).getroot().iter("testcase")]  # noqa: S314 (our own)
    assert len(set(names)) == 12


def test_a_failing_document_shows_the_report_and_nothing_of_ours(project: pytest.Pytester) -> None:
    result = project.runpytest("-rf", "--instanceview", "cassettes/deep/many.ndjson", "cassettes/cut.json")
    lines = result.outlines
    start = lines.index(next(line for line in lines if "= FAILURES =" in line)) + 1
    end = next(number for number, line in enumerate(lines) if "short test summary" in line)
    shown = [line.strip("_ ") if line.startswith("__") else line for line in lines[start:end]]
    assert shown == [
        "instance view cassettes/deep/many.ndjson::line-3",
        "cassettes/deep/many.ndjson:3:11: error wrong-type: expected array, found an empty object",
        f"    3 | {FAULTY_DISKS}",
        "      |           ^^",
        "      table: disks · array · since 2015-06-15 · page, service, observed in 256 captures",
        "1 document: 0 conformant; 1 error, 0 warnings, 0 notes",
        f"checked: 1 as vmss-vm at {api_versions()[-1]}, the newest, since none was given",
        "instance view cassettes/cut.json::document",
        "cassettes/cut.json:1:14: unreadable: not JSON: cut off, expected a name in double quotes",
        "0 documents: 0 conformant; 0 errors, 0 warnings, 0 notes; 1 unreadable",
    ]
    told = [line.partition(" - ")[0] for line in lines[end + 1 : end + 3]]
    assert told == ["FAILED cassettes/deep/many.ndjson::line-3", "FAILED cassettes/cut.json::document"]


def test_the_ini_key_starts_at_its_file_and_reports_at_the_working_directory(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.path / "tests")
    result = project.runpytest("-o", "instanceview_paths=elsewhere")
    result.stdout.fnmatch_lines(["*elsewhere/one.json:1:13: error wrong-type: expected object, found 1"])
    result.assert_outcomes(passed=1, failed=1)


@pytest.mark.parametrize("argument", ["tests/test_own.py", "tests/test_own.py::test_own"])
def test_a_test_after_the_option_is_a_usage_error(argument: str, project: pytest.Pytester) -> None:
    result = project.runpytest("--instanceview", "cassettes", argument)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    told = f"ERROR: --instanceview {argument}: not a recording; put paths of tests before --instanceview"
    assert result.errlines[0] == told


def test_a_document_that_a_recording_has_again_is_one_test(suite: pytest.Pytester) -> None:
    polled = [entry("{}"), entry('{"vmAgent": 1}'), entry("{}"), entry('{"vmAgent": 1}')]
    for name in ("a.json", "b.json"):
        (suite.path / name).write_text(recording(*polled))
    found = outcomes(suite, "--instanceview", "a.json", "b.json")
    assert found == {
        f"{name}::/Entries/{number}": outcome
        for name in ("a.json", "b.json")
        for number, outcome in ((0, "passed"), (1, "failed"))
    }


def test_names_that_are_there_twice_are_numbered_and_hostile_ones_escaped(suite: pytest.Pytester) -> None:
    """Readers may give several documents one entry, and an entry is text of the input."""
    suite.makeconftest(
        """
        from instanceview.model.document import Document, Origin
        from instanceview.testing import recordings

        def read_path(path, *_others):
            for entry in ("/a.b", "/a.b", "/b\\x1b[31m?sig=secret", "/a.b"):
                yield Document({}, Origin(str(path), entry))

        recordings.read_path = read_path
        """
    )
    result = suite.runpytest_subprocess("--instanceview", "x.har", "--collect-only", "-q")
    ids = [f"x.har::{name}" for name in ("/a.b", "/a.b#2", "/b\\u001b[31m?sig=[redacted]", "/a.b#3")]
    assert result.outlines[:4] == ids
    shown = suite.runpytest_subprocess("--instanceview", "x.har", "-v").outlines
    assert [line.partition(" ")[0] for line in shown if " PASSED " in line] == ids


def test_files_outside_of_the_root_have_ids_with_their_folder(project: pytest.Pytester) -> None:
    project.makefile(".ini", **{"tests/pytest": "[pytest]\ninstanceview_paths = ../elsewhere ../cassettes/one.json"})
    result = project.runpytest("-c", "tests/pytest.ini", "--collect-only", "-q")
    ids = [line for line in result.outlines if line.startswith("..")]
    assert ids == ["../elsewhere/one.json::document", "../cassettes/one.json::document"]
    again = project.runpytest("-c", "tests/pytest.ini", "-q", "elsewhere/one.json::document")
    again.assert_outcomes(failed=1)
