"""Folders of the checkout, and the folder from which a process of its own imports the package under test."""

from __future__ import annotations

from pathlib import Path

import instanceview

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
CONFORMANT = SAMPLES / "conformant"
DATA = ROOT / "tests" / "data"
IMPORT_PATH = str(Path(instanceview.__file__).parents[1])
"""For PYTHONPATH: the checkout's `validator`, or the site-packages with the installed wheel."""
