"""The pytest plugin: options, fixtures and a marker; it loads the rest of the package when one of them is used.

Needs pytest 7.4 or later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from instanceview.model.paths import TEST_FOLDER

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from instanceview.model.document import Document
    from instanceview.testing.validator import Validator

_SETTINGS = ("api_version", "fail_on", "ignore")
_VALIDATOR: pytest.StashKey[Validator] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and the ini keys; both are named as the options of `instanceview check`."""
    group = parser.getgroup("instanceview", "Azure VM instance views")
    group.addoption(
        "--instanceview",
        dest="instanceview_paths",
        metavar="PATH",
        nargs="+",
        action="extend",
        help="Test every instance view in these recordings, samples or folders. Put paths of tests before this option.",
    )
    group.addoption("--instanceview-api-version", metavar="VERSION", help="Check against this api-version.")
    group.addoption(
        "--instanceview-fail-on",
        metavar="LEVEL",
        help="Fail for this severity or above: error, warning, note.",
    )
    group.addoption(
        "--instanceview-ignore", metavar="RULE,...", action="append", default=[], help="Do not report these rules."
    )
    group.addoption("--instanceview-no-config", action="store_true", help="Read no .instanceview.toml and no baseline.")
    parser.addini("instanceview_paths", "Recordings, samples or folders to test, relative to the ini file.", "args")
    parser.addini("instanceview_api_version", "Check against this api-version if no request URL has one.")
    parser.addini("instanceview_fail_on", "Fail for this severity or above (default: error).")
    parser.addini("instanceview_ignore", "Rules that are not reported.", "args", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and check the choices, if there are any, before a test runs."""
    config.addinivalue_line(
        "markers",
        "instance_views(kind='vmss-vm', api_version=None, *, realistic=True, hazards=False, count=None, seed=0): "
        "run the test with each of 10 drawn documents, or with each hazard; they are its argument instance_view.",
    )
    chosen = any(
        config.getoption(f"instanceview_{name}") or config.getini(f"instanceview_{name}") for name in _SETTINGS
    )
    if chosen or _is_used(config):
        _validator(config)
    for path in config.getoption("instanceview_paths") or ():
        if "::" in path or path.endswith(".py"):
            raise pytest.UsageError(f"--instanceview {path}: not a recording; put paths of tests before --instanceview")


def _validator(config: pytest.Config) -> Validator:
    """Return the validator of a run, made once."""
    # Here and below: every run of pytest loads this module, and most use nothing of it.
    from instanceview.testing.settings import validator_of

    if _VALIDATOR not in config.stash:
        config.stash[_VALIDATOR] = validator_of(config)
    return config.stash[_VALIDATOR]


def _validator_of_test(config: pytest.Config) -> Validator:
    """Return the validator for a test that asks for it; in a run without recordings, its fault is that of the test."""
    try:
        return _validator(config)
    except pytest.UsageError as error:
        pytest.fail(str(error), pytrace=False)


def _is_used(config: pytest.Config) -> bool:
    return bool(config.getoption("instanceview_paths") or config.getini("instanceview_paths"))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Return the documents of a recording among the arguments, where the id of a test in a report names it."""
    if not _is_used(parent.config):
        return None
    from instanceview.testing.items import named_file

    return named_file(file_path, parent, _validator)


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """Add the documents of all other recordings to what the session collects."""
    outcome: Any = yield
    if isinstance(collector, pytest.Session) and _is_used(collector.config):
        from instanceview.testing.items import files

        outcome.get_result().result.extend(files(collector, _validator(collector.config)))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrise a test that has the marker `instance_views`; documents are generated for the first of its runs."""
    mark = metafunc.definition.get_closest_marker("instance_views")
    if mark:
        from instanceview.testing.marker import parametrise

        parametrise(metafunc, mark, _validator_of_test(metafunc.config))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse a run whose tests need documents that cannot be drawn: one usage error, not a failure of each test.

    A worker of pytest-xdist cannot refuse a run; it keeps one of these tests, which fails.
    """
    marked = [each for each in items if each.get_closest_marker("instance_views")]
    if marked:
        from instanceview.testing.marker import missing_extra, needs_extra

        marked = [each for each in marked if needs_extra(each)]
        missing = missing_extra() if marked else ""
        if missing and not hasattr(config, "workerinput"):
            raise pytest.UsageError(missing)
        if missing:
            items[:] = [each for each in items if each is marked[0] or each not in marked]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Let relative paths of a test's subjects start at its folder."""
    token = TEST_FOLDER.set(str(item.path.parent))
    yield
    TEST_FOLDER.reset(token)


@pytest.fixture
def instance_view(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return a document of the marker `instance_views`, a fresh one for each test."""
    if not hasattr(request, "param"):
        pytest.fail("instance_view: mark the test with @pytest.mark.instance_views", pytrace=False)
    made: dict[str, Any] = request.param()
    return made


@pytest.fixture(scope="session")
def instance_view_validator(pytestconfig: pytest.Config) -> Validator:
    """Return a validator with the choices of the command line, the ini file and the configuration."""
    return _validator_of_test(pytestconfig)


@pytest.fixture(scope="module")
def load_capture(request: pytest.FixtureRequest) -> Callable[[str | os.PathLike[str]], tuple[Document, ...]]:
    """Return a function that reads the instance views in a recording.

    A relative path starts at the test's folder, then at the working folder, as that of `assert_conforms` does.
    """
    from instanceview.testing.recordings import loaded

    folder, start = request.path.parent, request.config.invocation_params.dir

    def load(path: str | os.PathLike[str]) -> tuple[Document, ...]:
        __tracebackhide__ = True
        return loaded(path, folder, start)

    return load
