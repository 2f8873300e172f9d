"""Fixtures of the faults of a system: a folder with inputs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from faulty import Folder, folder_with_inputs

if TYPE_CHECKING:
    from pathlib import Path

collect_ignore_glob = [] if sys.platform == "linux" else ["test_*.py"]  # the faults are made as Linux makes them


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder with inputs of each sort."""
    return folder_with_inputs(tmp_path)
