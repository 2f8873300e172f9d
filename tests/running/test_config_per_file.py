"""Sections of a configuration for some files: their tables, and their findings that are not reported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from checkout import DATA
from evident import evident
from inside import run

from instanceview.model.document import Document, Origin, Skipped
from instanceview.running.configuration.per_file import configured, matching
from instanceview.running.configuration.settings import Configuration
from instanceview.tables.catalog import api_versions

DOCUMENT = """{"platformFaultDomain": "2", "internalData": 1,
"vmAgent": {"vmAgentVersion": 1, "statuses": [{"level": "info"}]}, "statuses": [{"code": "PowerState/running"}]}"""
FOUND = {
    ("wrong-type", "platformFaultDomain"),
    ("undocumented-element", "internalData"),
    ("wrong-type", "vmAgent.vmAgentVersion"),
    ("value-not-allowed", "vmAgent.statuses.level"),
    ("status-without-code", "vmAgent.statuses.code"),
}
OF_AGENT = {each for each in FOUND if each[1].startswith("vmAgent")}

# A section, and the findings in captures/a.json that it hides.
IGNORED: dict[str, tuple[str, set[tuple[str, str]]]] = {
    "nothing": ("", set()),
    "a rule": ('ignore = ["wrong-type"]', {each for each in FOUND if each[0] == "wrong-type"}),
    "rules": ('ignore = ["value-not-allowed", "unset-time"]', {("value-not-allowed", "vmAgent.statuses.level")}),
    "an element": ('element = "vmAgent.statuses.level"', {("value-not-allowed", "vmAgent.statuses.level")}),
    "an element and what is below it": ('element = "vmAgent"', OF_AGENT),
    "an element that another begins like": ('element = "internal"\nignore = ["undocumented-element"]', set()),
    "a rule at an element": (
        'element = "vmAgent"\nignore = ["wrong-type"]',
        {("wrong-type", "vmAgent.vmAgentVersion")},
    ),
    "a rule at another element": ('element = "statuses"\nignore = ["wrong-type"]', set()),
    "a rule in place of an array": ('ignore = "wrong-type"', {each for each in FOUND if each[0] == "wrong-type"}),
    "an undocumented element": (
        'element = "internalData"\nignore = ["undocumented-element"]',
        {("undocumented-element", "internalData")},
    ),
    "an element with indices": (
        'element = "vmAgent.statuses[].level"',
        {("value-not-allowed", "vmAgent.statuses.level")},
    ),
    "a pointer": ('element = "/vmAgent/statuses/0/level"', {("value-not-allowed", "vmAgent.statuses.level")}),
}


def found(folder: Path, *arguments: str, stdin: bytes = b"") -> list[dict[str, Any]]:
    """Return the findings of a JSON report."""
    ran = run("check", *arguments, "--format", "json", cwd=folder, stdin=stdin)
    assert ran.err == ""
    findings: list[dict[str, Any]] = json.loads(ran.out)["findings"]
    return findings


def named(findings: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(each["rule"], each["element"]) for each in findings}


@pytest.mark.parametrize("case", IGNORED)
def test_what_a_section_ignores_is_not_reported(case: str, tmp_path: Path) -> None:
    section, expected = IGNORED[case]
    (tmp_path / "captures").mkdir()
    (tmp_path / "captures" / "a.json").write_text(DOCUMENT)
    (tmp_path / "b.json").write_text(DOCUMENT)
    (tmp_path / ".instanceview.toml").write_text(f'[[per-file]]\nfiles = ["captures/*"]\n{section}')
    assert named(found(tmp_path, "captures")) == FOUND - expected
    assert named(found(tmp_path, "b.json")) == FOUND


# Patterns, and the files that they match.
FILES = ("a.json", "captures/a.json", "captures/new/b.json", "other/captures/a.json", "other/é x.json")
PATTERNS = {
    "name": (["a.json"], ["a.json", "captures/a.json", "other/captures/a.json"]),
    "name in this folder": (["/a.json"], ["a.json"]),
    "folder": (["captures/"], ["captures/a.json", "captures/new/b.json", "other/captures/a.json"]),
    "folder at the top": (["captures/**"], ["captures/a.json", "captures/new/b.json"]),
    "star stays in a folder": (["captures/*.json"], ["captures/a.json"]),
    "any depth": (["**/new/*"], ["captures/new/b.json"]),
    "not": (["captures/**", "!captures/new/**"], ["captures/a.json"]),
    "several": (["/a.json", "b.json"], ["a.json", "captures/new/b.json"]),
    "every file": (["**"], list(FILES)),
    "characters": (["é*"], ["other/é x.json"]),
}


@pytest.mark.parametrize("case", PATTERNS)
def test_patterns_are_those_of_gitignore_from_the_folder_of_the_file(case: str, tmp_path: Path) -> None:
    patterns, expected = PATTERNS[case]
    for file in FILES:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(evident('{"platformFaultDomain": "2"}'))
    section = f'[[per-file]]\nfiles = {json.dumps(patterns)}\nignore = ["wrong-type"]'
    (tmp_path / ".instanceview.toml").write_text(section)
    kept = sorted(set(FILES) - set(expected))
    assert sorted(each["origin"]["file"] for each in found(tmp_path, ".")) == kept
    below = found(tmp_path / "captures", "..", str(tmp_path / "a.json"))
    files = {each["origin"]["file"].removeprefix("../").removeprefix(f"{tmp_path}/") for each in below}
    assert sorted(files) == kept


GLOBS = json.loads((DATA / "globs.json").read_text("utf-8"))


def test_a_pattern_matches_what_git_ignores_by_it() -> None:
    for pattern, expected in GLOBS["ignored"].items():
        try:
            matches = matching([pattern])
        except ValueError:  # a pattern that matches nothing
            assert expected == []
        else:
            assert [path for path in GLOBS["files"] if matches(path)] == expected, pattern


def test_the_last_pattern_decides_of_the_file_and_then_of_its_folders() -> None:
    assert [matching(["a/", "!b.json"])(path) for path in ("a/b.json", "a/c.json", "../a/c.json")] == [
        False,
        True,
        True,
    ]
    assert [matching(["!a/", "a/b"])(path) for path in ("a/b", "a/b/c", "/a/c")] == [True, True, False]


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    assert not matching(["*a" * 30 + "b", "**/a*/" * 30 + "b"])("a" * 250)


def test_standard_input_is_a_file_by_its_given_name(tmp_path: Path) -> None:
    (tmp_path / ".instanceview.toml").write_text('[[per-file]]\nfiles = ["captures/**"]\nignore = ["wrong-type"]')
    assert len(found(tmp_path, "-", stdin=b'{"vmAgent": 1}')) == 1
    assert found(tmp_path, "-", "--stdin-filename", "captures/a.json", stdin=b'{"vmAgent": 1}') == []


def tables_of_files(folder: Path, *options: str) -> dict[str, tuple[str, str, str]]:
    """Return the tables of each file."""
    return {
        each["origin"]["file"]: (each["kind"], each["apiVersion"], each["apiVersionFrom"])
        for each in found(folder, "a.json", "b.json", *options)
    }


def test_files_have_the_kind_and_api_version_of_the_last_section_that_says_so(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text('{"internalData": 1, "patchStatus": {}}')
    assert set(tables_of_files(tmp_path).values()) == {("vm", api_versions()[-1], "default")}
    (tmp_path / ".instanceview.toml").write_text(
        'api-version = "2024-07-01"\nkind = "vmss-vm"\n'
        '[[per-file]]\nfiles = ["a.json"]\napi-version = "2022-11-01"\nkind = "vm"\n'
        '[[per-file]]\nfiles = ["a*"]\napi-version = "2023-09-01"\n'
    )
    expected = {
        "a.json": ("vm", "2023-09-01", "configuration"),
        "b.json": ("vmss-vm", "2024-07-01", "configuration"),
    }
    assert tables_of_files(tmp_path) == expected
    given = tables_of_files(tmp_path, "--api-version", "2020-06-01", "--kind", "vmss")
    assert set(given.values()) == {("vmss", "2020-06-01", "option")}


def test_an_element_of_the_page_alone_is_checked_as_configured(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text('{"internalData": 1, "platformUpgradeDomain": 0}')
    (tmp_path / ".instanceview.toml").write_text('[[per-file]]\nfiles = ["b.json"]\napi-version = "2017-03-30"')
    assert {file: version for file, (_, version, _) in tables_of_files(tmp_path).items()} == {
        "a.json": "2016-04-30-preview",
        "b.json": "2017-03-30",
    }


def test_a_request_url_goes_before_the_configuration() -> None:
    of_url = Document({}, Origin("a.json"), "vm", "2022-11-01", "url")
    skipped = Skipped(Origin("b.json"), "unrelated")
    configuration = Configuration(folder=str(Path.cwd()), values={"api-version": "2024-07-01", "kind": "vmss"})
    unknown = Document({}, Origin("c.json"))
    first, second, third = configured([of_url, skipped, unknown], configuration)
    assert (first, second) == (of_url, skipped)
    assert third == Document({}, Origin("c.json"), "vmss", "2024-07-01", "configuration")
