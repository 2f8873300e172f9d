"""Fixtures of all tests: the folder of real captures, which may be absent, hostile reports, a suite for pytest."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from checkout import IMPORT_PATH, shared_folder
from needs import RECORDED, counted

if TYPE_CHECKING:
    from instanceview import Report

pytest_plugins = ["pytester"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the number of documents of the differential test, and of moments of the test of signals."""
    parser.addoption("--documents", type=int, default=20_000, help="changed documents for test_gate_differential.py")
    parser.addoption("--moments", type=int, default=1, help="moments for each combination of faults/test_signals.py")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count the skipped tests by what they need, in one line; `-rs` lists each."""
    reasons = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])]
    if reasons:
        terminalreporter.write_line(counted(reasons))


@pytest.fixture(scope="session")
def documents(pytestconfig: pytest.Config) -> int:
    """The number of changed documents that the fast path is compared on."""
    return int(pytestconfig.getoption("documents"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with facts and captures of others, which are not committed; without it, the test is skipped."""
    folder = shared_folder()
    if folder is None:
        pytest.skip(RECORDED)
    return folder


@pytest.fixture(scope="session")
def hostile_report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """A folder of files with hostile names and texts, and their report; made once, since it takes seconds."""
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


@pytest.fixture(scope="session")
def loaded() -> None:
    """Load modules that `pytester` would load and unload in each of its runs: PyYAML loads its C part once.

    A rule that is loaded twice has classes that the modules before it do not know.
    """
    for module in (
        "instanceview.checking.check",
        "instanceview.testing.items",
        "instanceview.testing.settings",
        "yaml",
    ):
        import_module(module)
    assert import_module("instanceview.rules").RULES


@pytest.fixture
def suite(loaded: None, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:  # noqa: ARG001 (comes first)
    """A folder to run pytest in with our plugin and no other, whether the package is installed or not.

    Warnings are errors there too; runs in a process of their own find the package that this process tests.
    """
    for name in ("CI", "BUILD_NUMBER"):  # with which pytest cuts no line of its summary
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHONPATH", IMPORT_PATH)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_ADDOPTS", "-W error --strict-markers -p instanceview.pytest_plugin")
    return pytester
