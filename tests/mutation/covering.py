"""A plugin of pytest that writes which functions each test calls, and how long it takes: `covering.json`.

`python -m pytest -p covering --covering FILE tests/...` adds to the file; only functions of the package are counted.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType, FrameType

_PACKAGE = "/validator/instanceview/"
_calls: dict[str, Any] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the file that is written."""
    parser.addoption("--covering", type=Path, help="the file that is written")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Trace the calls of a test with its fixtures."""
    codes: set[CodeType] = set()

    def trace(frame: FrameType, *_: object) -> None:
        codes.add(frame.f_code)

    begin = process_time()
    sys.settrace(trace)
    try:
        return (yield)
    finally:
        sys.settrace(None)
        _calls[item.nodeid] = {"seconds": process_time() - begin, "calls": sorted({*filter(None, map(_name, codes))})}


def _name(code: CodeType) -> str | None:
    """Return the file and the function at its top or in a class; None for code that is not of the package."""
    _, package, path = code.co_filename.partition(_PACKAGE)
    return f"{path} {code.co_qualname.partition('.<locals>')[0]}" if package else None


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write what was traced, beside what the file has of other tests."""
    file = session.config.getoption("--covering")
    before = json.loads(file.read_text()) if file.exists() else {}
    file.write_text(json.dumps({**before, **_calls}))
