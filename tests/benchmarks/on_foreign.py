"""Measurements on a folder of files that are not ours: what it costs to pass them over."""

from __future__ import annotations

import sysconfig
from itertools import cycle, islice
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING

import peers
from rounds import in_turn, ratio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rounds import Row, Work
    from sizes import Sizes

WORK = (
    "Whole programs on a folder of JSON and YAML that is not ours: files of up to 64 KB of the packages of Python and "
    "node that are installed here, copied until there are enough. Ours: `instanceview check FOLDER --jobs 1`. The loop "
    "reads each file, and parses JSON by orjson."
)

_TIMES = 10
"""Foreign files for each file with a document in the part on many files: 20,000."""

_LARGEST = 64_000
_SUFFIXES = {".json", ".yaml", ".yml"}
_ANY_CODE = (0, 1, 2)  # what is found among the packages depends on them


def rows(sizes: Sizes, folder: Path) -> Iterator[Row]:
    """Yield the rows of this part of the table."""
    where = _copied(folder / "foreign", sizes.files * _TIMES)
    works: dict[str, Work] = {
        "ours": peers.python("-m", "instanceview", "check", str(where), "--jobs", "1", codes=_ANY_CODE),
        "loop": peers.loop("orjson_files", str(where)),
    }
    times = in_turn(lambda _: works, sizes.rounds)
    yield ratio(times, f"{sizes.files * _TIMES:,} foreign files over a loop that parses them", "", "ours", "loop")


def _copied(folder: Path, number: int) -> Path:
    """Return a folder with this number of files, 500 in each folder below it."""
    found = sorted(_foreign())
    for index, path in enumerate(islice(cycle(found), number)):
        below = folder / f"{index // 500:03}"
        below.mkdir(parents=True, exist_ok=True)
        copyfile(path, below / f"{index:05}{path.suffix}")
    return folder


def _foreign() -> Iterator[Path]:
    folders = [Path(sysconfig.get_path("purelib")), Path(sysconfig.get_path("stdlib")), peers.node_modules()]
    for top in filter(None, folders):
        for path in top.rglob("*"):
            # Our own schemas are JSON too.
            is_ours = "instanceview" in path.parts or "schemas" in path.parts
            if path.suffix in _SUFFIXES and not is_ours and path.is_file() and path.stat().st_size <= _LARGEST:
                yield path
