"""The trial of a mutant: a forked process that imports the package with it and runs tests until one fails."""

from __future__ import annotations

import doctest
import os
import resource
import signal
from collections import defaultdict
from importlib import import_module
from importlib.machinery import SourceFileLoader
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

# What the tests need besides the package is imported once, in the process that is forked.
import hypothesis
import jsonschema
import jsonschema_rs
import msgspec
import orjson
import pytest
import yaml

if TYPE_CHECKING:
    from types import CodeType

    from mutants import Mutant

Tests = dict[str, float]
"""The seconds that tests take, by their ids."""

SECONDS = 10.0
"""Processor time of the tests that one mutant is given, where more call its function: most fail in the first second."""

MEMORY = 3 << 30
"""Bytes of address space of a mutant: one that never ends may fill the machine. The tests take 1 GB at most."""

PATIENCE = 900
"""Seconds after which a mutant counts as killed that takes no processor time, such as one that waits for input."""

_EARLY = "ignore::pytest.PytestAssertRewriteWarning"  # what is imported before pytest begins, is not rewritten

_HELD = (hypothesis, jsonschema, jsonschema_rs, msgspec, orjson, yaml)


def outcome(mutant: Mutant, package: Path, tests: Tests) -> str:
    """Return `killed`, `timed out`, or `survived` of a mutant whose tests these are; it must not be imported yet."""
    chosen = _quickest(tests)
    child = os.fork()
    if child == 0:
        seconds = 10 + 3 * int(sum(chosen.values()))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os.setpgid(0, 0)
        os._exit(_run(mutant, package, chosen))
    end = monotonic() + PATIENCE
    while monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return (
                "timed out" if os.WIFSIGNALED(status) else "killed" if os.waitstatus_to_exitcode(status) else "survived"
            )
        sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timed out"


def _quickest(tests: Tests) -> Tests:
    """Return the quickest tests, which take `SECONDS` together, and one at least."""
    chosen: Tests = {}
    for name, seconds in sorted(tests.items(), key=lambda each: each[1]):
        if chosen and sum(chosen.values()) + seconds > SECONDS:
            break
        chosen[name] = seconds
    return chosen


def _run(mutant: Mutant, package: Path, tests: Tests) -> int:
    """Import the package with a mutant, and return 0 if no example and no test fails."""
    null = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(null, number)
    path = str(package / mutant.file)
    code = compile(mutant.source, path, "exec")
    _load_in_place(path, code)
    try:
        module = import_module(
            ".".join((package.name, *Path(mutant.file).with_suffix("").parts)).removesuffix(".__init__")
        )
        if doctest.testmod(module).failed:
            return 1
        files: dict[str, Tests] = defaultdict(dict)
        for name, seconds in tests.items():
            files[name.partition("::")[0]][name] = seconds
        for file, inside in sorted(files.items(), key=lambda each: sum(each[1].values())):
            wanted = _Wanted(inside)
            arguments = ["-x", "-q", "-p", "no:cacheprovider", "-W", _EARLY, file]
            if pytest.main(arguments, [wanted]) not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
                return 1
    except BaseException:  # noqa: BLE001 (whatever it is, the mutant is seen)
        return 1
    return 0


def _load_in_place(path: str, code: CodeType) -> None:
    """Let an import of a file run this code in place of its own."""
    before = SourceFileLoader.get_code

    def get_code(loader: Any, name: str) -> CodeType | None:  # noqa: ANN401 (it has no type of its own)
        return code if loader.path == path else before(loader, name)

    SourceFileLoader.get_code = get_code  # type: ignore[assignment, method-assign]  # in the process of the mutant alone


class _Wanted:
    """A plugin that runs some tests of a file, the quickest first."""

    def __init__(self, tests: Tests) -> None:
        self._tests = tests

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the wanted tests."""
        kept = [item for item in items if item.nodeid in self._tests]
        items[:] = sorted(kept, key=lambda item: self._tests[item.nodeid])
