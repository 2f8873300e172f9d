"""The pytest plugin: options, fixtures and a marker; it loads the rest of the package when one of them is used.

Needs pytest 7.4 or later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from instanceview.model.document import Document
    from instanceview.testing.validator import Validator

_SETTINGS = ("api_version", "fail_on", "ignore")


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
    parser.addini("instanceview_paths", "Recordings, samples or folders to test, relative to the ini file.", "args")
    parser.addini("instanceview_api_version", "Check against this api-version if no request URL has one.")
    parser.addini("instanceview_fail_on", "Fail for this severity or above (default: error).")
    parser.addini("instanceview_ignore", "Rules that are not reported.", "args", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and check the choices, if there are any, before a test runs."""
    config.addinivalue_line(
        "markers",
        "instance_views(kind='vmss-vm', api_version=None, *, realistic=True, count=10, seed=0): "
        "run the test once for each generated document, which conforms and is the argument instance_view.",
    )
    if any(config.getoption(f"instanceview_{name}") or config.getini(f"instanceview_{name}") for name in _SETTINGS):
        _validator(config)
    for path in config.getoption("instanceview_paths") or ():
        if "::" in path or path.endswith(".py"):
            raise pytest.UsageError(f"--instanceview {path}: not a recording; put paths of tests before --instanceview")


def _validator(config: pytest.Config) -> Validator:
    """Return a validator with the choices of the command line and the ini file.

    An option goes before a URL, the ini file's api-version behind it. Raises UsageError for an unknown name.
    """
    # Here and below: every run of pytest loads this module, and most use nothing of it.
    from instanceview.model.names import UnknownNameError
    from instanceview.testing.validator import Validator

    try:
        return Validator(
            api_version=config.getoption("instanceview_api_version"),
            fail_on=config.getoption("instanceview_fail_on") or config.getini("instanceview_fail_on") or "error",
            ignore=[*config.getini("instanceview_ignore"), *config.getoption("instanceview_ignore")],
            default_api_version=config.getini("instanceview_api_version") or None,
        )
    except UnknownNameError as error:
        raise pytest.UsageError(f"instanceview: {error}") from None


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

        parametrise(metafunc, mark, _validator(metafunc.config))


@pytest.fixture
def instance_view(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return a generated document of the marker `instance_views`, a fresh one for each test."""
    from instanceview.testing.marker import document

    if not hasattr(request, "param"):
        pytest.fail("instance_view: mark the test with @pytest.mark.instance_views", pytrace=False)
    return document(request.param)


@pytest.fixture(scope="session")
def instance_view_validator(pytestconfig: pytest.Config) -> Validator:
    """Return a validator with the choices of the command line and the ini file; calling it asserts conformance."""
    return _validator(pytestconfig)


@pytest.fixture(scope="module")
def load_capture(request: pytest.FixtureRequest) -> Callable[[str | os.PathLike[str]], tuple[Document, ...]]:
    """Return a function that reads the instance views in a recording; a relative path starts at the test's folder."""
    from instanceview.testing.recordings import loaded

    folder, start = request.path.parent, request.config.invocation_params.dir

    def load(path: str | os.PathLike[str]) -> tuple[Document, ...]:
        __tracebackhide__ = True
        return loaded(folder / path, start)

    return load
