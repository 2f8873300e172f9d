"""Assertions for test suites: that a value, a text, a file or an HTTP response holds instance views that conform.

>>> from instanceview.testing import assert_conforms
>>> assert_conforms({"platformFaultDomain": 2}, api_version="2024-07-01", kind="vmss-vm")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.document import Document
from instanceview.model.finding import Finding
from instanceview.model.names import UnknownNameError
from instanceview.model.report import Report
from instanceview.model.severity import Severity
from instanceview.testing.validator import Validator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from instanceview.literals import ApiVersion, KindName

__all__ = [
    "Document",
    "Finding",
    "InstanceViewAssertions",
    "Report",
    "Severity",
    "Validator",
    "assert_conforms",
    "conforms",
    "findings",
]

__unittest = True  # unittest hides the frames of a module with this name


def assert_conforms(
    document_or_response: object,
    *,
    api_version: ApiVersion | str | None = None,
    kind: KindName | str | None = None,
    fail_on: Severity | str = "error",
    ignore: Iterable[str] = (),
) -> None:
    """Raise AssertionError, with the text report as its message, unless every instance view given conforms.

    Takes a dict; JSON text or bytes; a path; a response of requests, httpx or urllib3, or one alike; or a Document. A
    str is JSON text when it is blank, begins with `{` or `[` after white space or has more than one line, else it is
    a path; an `os.PathLike` is always a path, bytes are always text.

    `api_version` defaults to that of a response's URL or of a recording, else to the newest; `kind` (a `KindName` of
    `instanceview.literals`) to that of the URL, else to the document's shape. `fail_on` is the severity from which a
    finding fails (`error`, `warning`, `note`), `ignore` names rules that are left out.

    What cannot be checked fails as well: an answer other than 200, an error envelope, a missing file, no document.
    Raises UnknownNameError for an unknown kind, api-version, severity or rule, TypeError for any other type.

    >>> try:
    ...     assert_conforms({"statuses": [{"code": "PowerState/running", "level": "info"}]}, kind="vm")
    ... except AssertionError as error:
    ...     print(str(error).splitlines()[0])
    <document>: /statuses/0/level: error value-not-allowed: "info" is not allowed; allowed: Info, Warning, Error
    """
    __tracebackhide__ = True
    _validator(api_version, kind, fail_on, ignore).assert_conforms(document_or_response)


def conforms(
    document_or_response: object,
    *,
    api_version: ApiVersion | str | None = None,
    kind: KindName | str | None = None,
    fail_on: Severity | str = "error",
    ignore: Iterable[str] = (),
) -> bool:
    """Return True if every instance view given conforms; takes and raises the same as `assert_conforms`.

    An input that cannot be checked does not conform.

    >>> conforms('{"vmAgent": {}}'), conforms('{"vmAgent": 1}'), conforms("no-such-file.json")
    (True, False, False)
    """
    __tracebackhide__ = True
    return _validator(api_version, kind, fail_on, ignore).conforms(document_or_response)


def findings(
    document_or_response: object,
    *,
    api_version: ApiVersion | str | None = None,
    kind: KindName | str | None = None,
    ignore: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """Return the findings of every severity, in document order; takes and raises the same as `assert_conforms`.

    Raises ValueError, with the reason, for an input that cannot be checked.

    >>> [(finding.rule, finding.pointer) for finding in findings({"vmAgent": {"statuses": {}}})]
    [('wrong-type', '/vmAgent/statuses')]
    """
    __tracebackhide__ = True
    return _validator(api_version, kind, "error", ignore).findings(document_or_response)


class InstanceViewAssertions:
    """A mixin for `unittest.TestCase` with `assertConforms`.

    >>> import unittest
    >>> class Responses(InstanceViewAssertions, unittest.TestCase):
    ...     def test_one(self):
    ...         self.assertConforms({"vmAgent": {}}, kind="vm")
    >>> Responses("test_one").run().wasSuccessful()
    True
    """

    def assertConforms(  # noqa: N802, PLR0913 (named as unittest names its own, with the options of assert_conforms)
        self,
        document_or_response: object,
        msg: str | None = None,
        *,
        api_version: ApiVersion | str | None = None,
        kind: KindName | str | None = None,
        fail_on: Severity | str = "error",
        ignore: Iterable[str] = (),
    ) -> None:
        """Fail unless every instance view given conforms, as `assert_conforms` does; `msg` goes before the report."""
        __tracebackhide__ = True
        fault = _validator(api_version, kind, fail_on, ignore).fault(document_or_response)
        if fault:
            raise AssertionError(f"{msg}\n{fault}" if msg else fault)


def _validator(api_version: str | None, kind: str | None, fail_on: Severity | str, ignore: Iterable[str]) -> Validator:
    __tracebackhide__ = True
    try:
        return Validator(api_version, kind, fail_on, ignore)
    except UnknownNameError as error:
        raise error.with_traceback(None) from None  # a dataclass has a frame that cannot be hidden
