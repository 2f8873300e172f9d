"""A plugin of pytest that writes which lines each test runs, and how long it takes, for the choice of a mutant's tests.

`python -m pytest -p covering --covering FOLDER tests/...` adds to the folder; only lines of the package are counted.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import coverage
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    Seconds = dict[str, float]

PACKAGE = Path(__file__).parents[2] / "validator" / "instanceview"
_tracer: list[coverage.Coverage] = []
_seconds: Seconds = {}


class Covering:
    """What was written: the seconds of tests, by their ids, and the tests that run a line."""

    def __init__(self, folder: Path) -> None:
        self.seconds: Seconds = json.loads((folder / "seconds.json").read_text())
        self._data = coverage.CoverageData(str(folder / "lines"))
        self._data.read()

    @cache  # noqa: B019 (one for each run)
    def of_file(self, path: Path) -> dict[int, set[str]]:
        """Return the tests that run a line of a file, by the number of the line."""
        return {line: {*tests} - {""} for line, tests in self._data.contexts_by_lineno(str(path)).items()}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the folder that is written."""
    parser.addoption("--covering", type=Path, help="the folder that is written")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Begin to count."""
    folder = session.config.getoption("--covering")
    folder.mkdir(parents=True, exist_ok=True)
    _tracer.append(coverage.Coverage(str(folder / "lines"), source=[str(PACKAGE)], config_file=False))
    _tracer[0].load()
    _tracer[0].start()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Count the lines and the seconds of a test with its fixtures."""
    _tracer[0].switch_context(item.nodeid)
    begin = process_time()
    try:
        return (yield)
    finally:
        _seconds[item.nodeid] = process_time() - begin
        _tracer[0].switch_context("")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write what was counted, beside what the folder has of other tests."""
    _tracer[0].stop()
    _tracer[0].save()
    file = session.config.getoption("--covering") / "seconds.json"
    before = json.loads(file.read_text()) if file.exists() else {}
    file.write_text(json.dumps({**before, **_seconds}))
