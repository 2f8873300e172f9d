"""Folders of the checkout and beside it, and the folder from which another process imports the package under test."""

from __future__ import annotations

import os
from pathlib import Path

import instanceview

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
CONFORMANT = SAMPLES / "conformant"
PAGE = SAMPLES / "page"
DATA = ROOT / "tests" / "data"
IMPORT_PATH = str(Path(instanceview.__file__).parents[1])
"""For PYTHONPATH: the checkout's `validator`, or the site-packages with the installed wheel."""


def shared_folder() -> Path | None:
    """Return the folder with facts and captures that nobody on this project wrote; None without it."""
    folder = Path(os.environ.get("IV_TEST_SHARED", ROOT.parent / "shared")).resolve()
    return folder if (folder / "captures" / "documents").is_dir() else None


class NotHereError(Exception):
    """Something that a committed file is made from is not on this machine; the text says what."""
