"""The trial of a mutant: a forked process that imports the package with it and runs tests until one fails."""

from __future__ import annotations

import doctest
import os
import resource
import signal
from collections import Counter
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
    from collections.abc import Sequence
    from types import CodeType

    from mutants import Mutant

Tests = dict[str, float]
"""The seconds that tests take, by their ids."""

SECONDS = 12.0
"""Processor time of the tests that one mutant is given, where more run its line: most fail in the first second."""

MEMORY = 3 << 30
"""Bytes of address space of a mutant: one that never ends may fill the machine. The tests take 1 GB at most."""

PATIENCE = 900
"""Seconds after which a mutant counts as killed that takes no processor time, such as one that waits for input."""

_EARLY = "ignore::pytest.PytestAssertRewriteWarning"  # what is imported before pytest begins, is not rewritten

_HELD = (hypothesis, jsonschema, jsonschema_rs, msgspec, orjson, yaml)


def outcome(mutant: Mutant, package: Path, tests: Sequence[Tests], seconds: float = SECONDS) -> str:
    """Return `killed`, `timed out`, or `survived` of a mutant; it must not be imported yet.

    The quickest tests of each group are tried, and then those of the next group, which has half the time.
    """
    chosen = [_quickest(group, seconds / 2**number) for number, group in enumerate(tests)]
    child = os.fork()
    if child == 0:
        limit = 10 + 3 * int(sum(sum(group.values()) for group in chosen))
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
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


def _quickest(tests: Tests, seconds: float) -> Tests:
    """Return the quickest tests, which take some seconds together, and one at least."""
    chosen: Tests = {}
    for name, each in sorted(tests.items(), key=lambda test: test[1]):
        if chosen and sum(chosen.values()) + each > seconds:
            break
        chosen[name] = each
    return chosen


def _run(mutant: Mutant, package: Path, tests: Sequence[Tests]) -> int:
    """Import the package with a mutant, and return 0 if no example and no test fails."""
    null = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(null, number)
    path = str(package / mutant.site.file)
    code = compile(mutant.source, path, "exec")
    _load_in_place(path, code)
    try:
        module = import_module(
            ".".join((package.name, *Path(mutant.site.file).with_suffix("").parts)).removesuffix(".__init__")
        )
        return int(doctest.testmod(module).failed > 0 or any(_fails(part) for group in tests for part in _parts(group)))
    except BaseException:  # noqa: BLE001 (whatever it is, the mutant is seen)
        return 1


def _parts(tests: Tests) -> list[Tests]:
    """Return the tests of the file that has most of them, then all others: to collect a file takes longest."""
    files = Counter(name.partition("::")[0] for name in tests)
    first = {file for file, _ in files.most_common(1)}
    parts = [
        {name: tests[name] for name in tests if (name.partition("::")[0] in first) is most} for most in (True, False)
    ]
    return [part for part in parts if part]


def _fails(tests: Tests) -> bool:
    arguments = ["-x", "-q", "-p", "no:cacheprovider", "-W", _EARLY, *{name.partition("::")[0] for name in tests}]
    return pytest.main(arguments, [_Wanted(tests)]) not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}


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
