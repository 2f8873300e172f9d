"""What tests share: the folder of real captures, which may be absent, and the samples."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from instanceview import Report

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with facts and captures that nobody on this project wrote; none of it is committed."""
    folder = Path(os.environ.get("INSTANCEVIEW_SHARED", Path(__file__).parents[2] / "shared")).resolve()
    if not (folder / "captures" / "documents").is_dir():
        pytest.skip("no shared/captures beside the checkout: real documents are not judged in this run")
    return folder


@pytest.fixture(scope="session")
def hostile_report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """A folder of files that are hostile in every way, and their report, made once since it takes seconds."""
    import reports

    folder = tmp_path_factory.mktemp("hostile")
    before = Path.cwd()
    os.chdir(folder)
    try:
        return folder, reports.hostile(folder)
    finally:
        os.chdir(before)


@pytest.fixture
def hostile(hostile_report: tuple[Path, Report], monkeypatch: pytest.MonkeyPatch) -> Report:
    """The report of hostile files; the working folder is theirs."""
    folder, report = hostile_report
    monkeypatch.chdir(folder)
    return report
