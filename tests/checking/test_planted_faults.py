"""Every planted fault is found where a document is asked for: named, given to Python, or in a folder with its kind."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from checkout import SAMPLES
from command_cases import invoke
from samples import PATHS, load

from instanceview import check, check_path, check_text
from instanceview.generating.scenarios import scenario
from instanceview.generating.spoilers import SPOILERS
from instanceview.generating.spoiling import CannotSpoilError, Spoiled, scopes, spoil
from instanceview.generating.variants import fullest
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from instanceview.literals import ApiVersion, KindName
    from instanceview.running.choices import Choices

NONCONFORMANT = SAMPLES / "nonconformant"
FAULTY = [path for path in PATHS if path.is_relative_to(NONCONFORMANT)]
OF_TEXT = {"duplicate-key"}
"""Rules about the text of a document, which a Python value does not have."""

every_sample = pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.relative_to(NONCONFORMANT).as_posix())
every_rule = pytest.mark.parametrize("rule", SPOILERS)


def planted(path: Path) -> list[tuple[str, str]]:
    return sorted((finding["rule"], finding["pointer"]) for finding in load(path).findings)


def in_folder(folder: Path, kind: str | None, version: str | None, extend: str | None = None) -> list[tuple[str, str]]:
    """Return the findings that the command line has in the files of a folder."""
    given = [("--kind", kind), ("--api-version", version), ("--extend-select", extend)]
    options = [word for option, value in given if value for word in (option, value)]
    output, _ = invoke("check", str(folder), *options, "--format", "json", "--no-dedupe")
    return sorted((finding["rule"], finding["pointer"]) for finding in json.loads(output)["findings"])


@every_sample
def test_a_fault_of_a_sample_that_is_named_is_found_without_its_kind(path: Path) -> None:
    sample = load(path)
    report = check_path(path, api_version=sample.api_version, extend_select=sample.extension)
    # Of another kind, it may be another rule that finds it; a note may be of one kind alone.
    wanted = {finding["pointer"] for finding in sample.findings if finding["severity"] != "note"}
    assert wanted <= {finding.pointer for finding in report.findings}
    assert (report.unreadable, report.skipped) == ((), ())


@every_sample
def test_a_fault_of_a_sample_in_a_folder_is_found_with_its_kind(path: Path, tmp_path: Path) -> None:
    sample = load(path)
    (tmp_path / path.name).write_bytes(path.read_bytes())
    assert in_folder(tmp_path, sample.kind, sample.api_version, sample.extension) == planted(path)


def documents(path: Path) -> list[dict[str, Any]]:
    """Return the documents of a sample that is JSON; a recording and a VM hold theirs deeper."""
    if path.suffix == ".yaml":
        return []
    text = path.read_text("utf-8", "surrogatepass")
    held = [json.loads(line) for line in text.splitlines()] if path.suffix == ".ndjson" else [json.loads(text)]
    listed = [each for item in held for each in (item if isinstance(item, list) else [item])]
    return [each for each in listed if not {"Entries", "id"} & each.keys()]


@every_sample
def test_a_fault_of_a_sample_is_found_in_the_python_value(path: Path) -> None:
    sample = load(path)
    tables: Choices = {"kind": sample.kind, "api_version": sample.api_version, "extend_select": sample.extension}
    reports = [check(each, **tables) for each in documents(path)]
    found = sorted((each.rule, each.pointer) for report in reports for each in report.findings)
    wanted = [each for each in planted(path) if each[0] not in OF_TEXT]
    assert found == wanted or not reports


def of_machines(rule: str) -> list[tuple[KindName, ApiVersion]]:
    """Return the kinds of machine documents and api-versions that can have a fault; `test_family` tries others."""
    return [scope for scope in scopes(rule) if scope[0] in MACHINES]


def spoiled(rule: str) -> Iterator[Spoiled]:
    """Yield documents with one planted fault, of each kind and of several api-versions: a full and a usual one."""
    random = Random(rule)  # noqa: S311 (the same in every run, so that a failure repeats)
    for kind, version in of_machines(rule)[:: max(1, len(of_machines(rule)) // 6)]:
        for base in (fullest(kind, version), scenario(kind=kind, api_version=version, seed=len(rule), vary=True)):
            try:
                yield spoil(base, rule, random, kind=kind, api_version=version)
            except CannotSpoilError:
                continue


@every_rule
def test_a_spoiled_document_is_found_in_each_way(rule: str, tmp_path: Path) -> None:
    drawn = list(spoiled(rule))
    assert drawn
    for number, each in enumerate(drawn):
        fault = (rule, each.pointer)
        folder = tmp_path / f"{number}"
        folder.mkdir()
        file = folder / "a.json"
        file.write_text(each.text, "utf-8", errors="surrogatepass")
        assert in_folder(folder, each.kind, each.api_version) == [fault]
        named = check_path(file, kind=each.kind, api_version=each.api_version).findings
        assert [(found.rule, found.pointer) for found in named] == [fault]
        if rule not in OF_TEXT:
            value = check(json.loads(each.text), kind=each.kind, api_version=each.api_version).findings
            assert [(found.rule, found.pointer) for found in value] == [fault]


def alone(rule: str) -> Iterator[Spoiled]:
    """Yield documents of one member at the root, with one planted fault, for each kind that can have it.

    A name at the root that is misspelt, or a list of words, says nothing of what the document is.
    """
    random = Random(rule)  # noqa: S311 (as above)
    for kind, version in dict(reversed(of_machines(rule))).items():
        for name, value in fullest(kind, version).items():
            try:
                each = spoil({name: value}, rule, random, kind=kind, api_version=version)
            except CannotSpoilError:
                continue
            is_list_of_words = isinstance(value, list) and each.pointer == f"/{name}/0"
            if not (is_list_of_words or (rule == "misspelt-element" and each.pointer.count("/") == 1)):
                yield each


@every_rule
def test_a_fault_in_a_member_alone_is_found_in_each_way(rule: str, tmp_path: Path) -> None:
    drawn = list(alone(rule))
    for each in drawn:
        folder = tmp_path / each.kind
        folder.mkdir(exist_ok=True)
        (folder / f"{len(list(folder.iterdir())):02}.json").write_text(each.text, "utf-8", errors="surrogatepass")
        fault = (rule, each.pointer)
        value = [] if rule in OF_TEXT else [check(json.loads(each.text), kind=each.kind, api_version=each.api_version)]
        for report in (check_text(each.text, kind=each.kind, api_version=each.api_version), *value):
            assert [(found.rule, found.pointer) for found in report.findings] == [fault], each.text
    for kind, version in {(each.kind, each.api_version) for each in drawn}:
        wanted = sorted((rule, each.pointer) for each in drawn if each.kind == kind)
        assert in_folder(tmp_path / kind, kind, version) == wanted
