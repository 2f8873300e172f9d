"""Read back the files that `instanceview extract` wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def files(folder: str = "out") -> dict[str, str]:
    """Return the text of each written file by its path, without the manifest."""
    paths = sorted(path for path in Path(folder).rglob("*") if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in paths}


def manifest(folder: str = "out") -> Any:  # noqa: ANN401 (any JSON value)
    return json.loads(Path(folder, "manifest.json").read_text("utf-8"))
