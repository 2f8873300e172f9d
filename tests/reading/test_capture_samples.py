"""Every sample of a recording gives exactly its expected findings, at the place of the fault in the file."""

from __future__ import annotations

import gzip
import json
import pkgutil
from typing import TYPE_CHECKING, Any

import pytest
from capture_samples import expected_file, found, samples

from instanceview.reading import formats as readers

if TYPE_CHECKING:
    from pathlib import Path

each_sample = pytest.mark.parametrize("sample", samples(), ids=lambda path: path.name)


def expected(sample: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(expected_file(sample).read_text("utf-8"))
    return content


@each_sample
def test_a_sample_gives_its_expected_findings(sample: Path) -> None:
    assert found(sample) == expected(sample)


@each_sample
def test_each_sample_has_a_finding(sample: Path) -> None:
    assert expected(sample)["findings"]


@each_sample
def test_the_place_of_a_finding_is_that_of_its_value_in_the_file(sample: Path) -> None:
    lines = sample.read_bytes().decode().split("\n")
    for finding in expected(sample)["findings"]:
        origin = finding["origin"]
        there = lines[origin["line"] - 1][origin["column"] - 1 :]
        if "inside" not in origin and "value" in finding:
            value = json.dumps(finding["value"])
            assert there.startswith((value, json.dumps(value)[1:-1])), there[:40]


@each_sample
def test_a_compressed_sample_gives_the_same(sample: Path, tmp_path: Path) -> None:
    packed = tmp_path / f"{sample.name}.gz"
    packed.write_bytes(gzip.compress(sample.read_bytes()))
    assert found(packed) == expected(sample)


@each_sample
def test_the_name_of_a_recording_does_not_matter(sample: Path, tmp_path: Path) -> None:
    other = tmp_path / "recording"
    other.write_bytes(sample.read_bytes())
    assert found(other) == expected(sample)


def test_the_readers_are_the_files_of_their_folder() -> None:
    files = sorted(module.name for module in pkgutil.iter_modules(readers.__path__) if not module.name.startswith("_"))
    modules = {reader.module.partition(".")[0] for reader in (*readers.RECORDINGS, *readers.TEXTS)}
    assert sorted(modules) == files
