"""The baseline file: its form, its merges, and its names of files and members."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from baselines import FAULTY, SCHEMA, TWICE, check, entries, files
from evident import evident
from inside import run
from jsonschema import Draft7Validator
from needs import GIT

if TYPE_CHECKING:
    from pathlib import Path


def test_schema_is_valid() -> None:
    Draft7Validator.check_schema(SCHEMA)


def test_it_has_one_sorted_line_for_each_finding(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text(TWICE)
    named = evident('{"computerName": "app-0", "vmAgent": 1}')
    (tmp_path / "a.ndjson").write_text(f"{FAULTY}\n{named}\n{FAULTY}")
    assert check(tmp_path, ".", "--write-baseline").err == "5 findings written to known.json\n"
    assert [list(each.values())[:-1] for each in entries(tmp_path)] == [
        ["a.ndjson", "wrong-type", "/platformFaultDomain", entries(tmp_path)[0]["value"]],
        ["a.ndjson", "app-0", "wrong-type", "/vmAgent"],
        ["b.json", "wrong-type", "/platformFaultDomain"],
        ["b.json", "wrong-type", "/vmAgent"],
    ]
    assert entries(tmp_path)[0]["count"] == 2


def test_without_findings_it_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    assert check(tmp_path, "a.json", "--write-baseline").err == "0 findings written to known.json\n"
    assert entries(tmp_path) == []
    assert check(tmp_path, "a.json").code == 0


def test_it_holds_no_secret_and_no_value(tmp_path: Path) -> None:
    address = "https://x.blob.core.windows.net/a?sv=1&sig=c2VjcmV0LXNlY3JldA%3D"
    document = {address: 1, "vmAgent": address, "computerName": address, "osName": [5555]}
    (tmp_path / "a.json").write_text(json.dumps(document))
    check(tmp_path, "a.json", "--write-baseline")
    assert len(entries(tmp_path)) > 2
    text = (tmp_path / "known.json").read_text()
    assert [word for word in ("c2VjcmV0", "5555") if word in text] == []
    assert check(tmp_path, "a.json", "--fail-on", "note").code == 0


def test_two_branches_that_add_findings_merge(tmp_path: Path) -> None:
    for name in ("b", "h", "p"):
        (tmp_path / f"{name}.json").write_text(TWICE)
    texts = {}
    for branch, added in {"base": [], "ours": ["a", "k"], "theirs": ["e", "z"]}.items():
        for name in added:
            (tmp_path / f"{name}.json").write_text(FAULTY)
        check(tmp_path, ".", "--write-baseline")
        texts[branch] = tmp_path / f"{branch}.baseline"
        (tmp_path / "known.json").rename(texts[branch])
        for name in added:
            (tmp_path / f"{name}.json").unlink()
    git = shutil.which("git")
    if git is None:
        pytest.skip(GIT)
    merged = subprocess.run(
        [git, "merge-file", "-p", texts["ours"], texts["base"], texts["theirs"]],
        capture_output=True,
        text=True,
        check=True,
    )
    (tmp_path / "known.json").write_text(merged.stdout)
    assert files(tmp_path) == [
        "a.json",
        "b.json",
        "b.json",
        "e.json",
        "h.json",
        "h.json",
        "k.json",
        "p.json",
        "p.json",
        "z.json",
    ]


def test_an_entry_that_a_merge_left_twice_counts_as_the_larger(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_text(f"{FAULTY}\n{FAULTY}")
    check(tmp_path, "a.ndjson", "--write-baseline")
    entry = entries(tmp_path)[0]
    (tmp_path / "known.json").write_text(json.dumps({"version": 1, "findings": [entry, {**entry, "count": 1}]}))
    assert check(tmp_path, "a.ndjson").heads == ["2 documents: 0 conformant, 2 with known findings; 0 new, 2 known"]
    (tmp_path / "a.ndjson").write_text(f"{FAULTY}\n{FAULTY}\n{FAULTY}")
    assert check(tmp_path, "a.ndjson").code == 1


def test_files_are_named_from_the_folder_of_the_baseline(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.json").write_text(FAULTY)
    check(tmp_path, "below", "--write-baseline", baseline="below/known.json")
    assert files(tmp_path / "below") == ["a.json"]
    for arguments, cwd in (
        ("a.json", tmp_path / "below"),
        (str(tmp_path / "below"), tmp_path),
        ("../below", tmp_path / "below"),
    ):
        ran = check(cwd, arguments, baseline=str(tmp_path / "below" / "known.json"))
        assert (ran.code, ran.err) == (0, "")


def test_standard_input_has_a_name_too(tmp_path: Path) -> None:
    for options in (["--write-baseline"], []):
        ran = run("check", "-", "--baseline", "known.json", *options, cwd=tmp_path, stdin=FAULTY)
        assert ran.code == 0
    assert files(tmp_path) == ["<stdin>"]
    assert check(tmp_path, "known.json").err == ""


def test_a_missing_member_is_known_by_its_name(tmp_path: Path) -> None:
    key = {"keyUrl": "x", "sourceVault": {}}
    held: list[dict[str, object]] = [{"secretUrl": "x"}, {"sourceVault": {}}]
    for secret in held:
        body = {"disks": [{"encryptionSettings": [{"diskEncryptionKey": secret, "keyEncryptionKey": key}]}]}
        (tmp_path / "a.json").write_text(json.dumps(body))
        write = [] if (tmp_path / "known.json").exists() else ["--write-baseline"]
        ran = check(tmp_path, "a.json", *write)
    assert ran.code == 1
    assert 'required member "secretUrl" is missing' in ran.heads[0]
