"""Files of other packages: none of them is taken for an instance view."""

from __future__ import annotations

import os
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from needs import NODE_PACKAGES

from instanceview.model.document import Document
from instanceview.reading.contents import contents
from instanceview.reading.sources import File

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES = {".json", ".yaml", ".yml", ".jsonl", ".ndjson", ".md", ".txt", ".log"}
OURS = ("instanceview", "azure")
"""The beginnings of names of packages that hold instance views: this one, and recordings of azure-mgmt-compute."""


def files(folder: Path) -> list[Path]:
    """Return the files of packages that are read by their names."""
    below = (Path(top, name) for top, _, names in os.walk(folder) for name in names)
    found = (path for path in below if path.suffix in SUFFIXES)
    return sorted(path for path in found if not path.relative_to(folder).parts[0].startswith(OURS))


def documents(path: Path, *, is_named: bool) -> Iterator[str]:
    """Yield the place of each document in a file: one that a folder holds, or that the caller named."""
    for item in contents(File(f"{path}", is_named=is_named)):
        if isinstance(item, Document):
            yield f"{path}:{item.origin.line} {item.origin.entry}"


def of_node() -> Path:
    folder = os.environ.get("IV_TEST_NODE_MODULES")
    if not folder:
        pytest.skip(NODE_PACKAGES)
    return Path(folder)


def test_no_file_of_a_python_package_is_an_instance_view() -> None:
    found = files(Path(sysconfig.get_path("purelib")))
    assert [place for path in found for place in documents(path, is_named=False)] == []
    assert len(found) > 20


def test_no_file_of_a_node_package_is_an_instance_view() -> None:
    found = files(of_node())
    assert [place for path in found for place in documents(path, is_named=False)] == []
    assert len(found) > 10
