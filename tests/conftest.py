"""What tests share: the folder of real captures, which may be absent, and the samples."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with facts and captures that nobody on this project wrote; none of it is committed."""
    folder = Path(os.environ.get("INSTANCEVIEW_SHARED", Path(__file__).parents[2] / "shared")).resolve()
    if not (folder / "captures" / "documents").is_dir():
        pytest.skip("no shared/captures beside the checkout: real documents are not judged in this run")
    return folder
