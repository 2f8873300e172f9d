"""Assertions for test suites: the instance views in a value, a text, a file or an HTTP response conform.

`assert_state` compares the state that they show with the expected one.

>>> from instanceview.testing import assert_conforms
>>> assert_conforms({"platformFaultDomain": 2}, api_version="2024-07-01", kind="vmss-vm")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from instanceview.model.document import Document
from instanceview.model.finding import Finding
from instanceview.model.report import Report
from instanceview.model.severity import Severity
from instanceview.testing.states import Reading, assert_state, state_fault
from instanceview.testing.validator import Validator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.literals import ApiVersion, KindName
    from instanceview.model.limits import Limits
    from instanceview.running.choices import Choices, Selecting

__all__ = [
    "Document",
    "Finding",
    "InstanceViewAssertions",
    "Report",
    "Severity",
    "Validator",
    "assert_conforms",
    "assert_state",
    "conforms",
    "findings",
]

__unittest = True  # unittest hides the frames of a module with this name


def assert_conforms(subject: object, /, **choices: Unpack[Choices]) -> None:
    """Raise AssertionError, with the text report as its message, unless every instance view in the subject conforms.

    A subject is one of these:

    - a Python value: a dict, a list, or what azure-mgmt-compute returns
    - JSON text or bytes
    - a path: an `os.PathLike`, or a str of one line that is not blank and does not start with `{` or `[`
    - a response of requests, httpx, urllib3 or azure-core, or a similar one
    - a Document, such as `load_capture` returns

    A relative path starts at the folder of the test where pytest runs it, then at the working folder.

    The choices are those of `instanceview.check`: `api_version`, `kind`, `select`, `ignore`, `severity`, `limits` and
    `fail_on`.
    Without a choice, the URL of a response or recording gives the api-version and kind.

    An input that cannot be checked fails too: an answer other than 200, an error envelope, a missing file, no document.
    Raises UnknownNameError for an unknown kind, api-version, severity or rule, TypeError for any other type.

    >>> try:
    ...     assert_conforms({"statuses": [{"code": "PowerState/running", "level": "info"}]}, kind="vm")
    ... except AssertionError as error:
    ...     print(str(error).splitlines()[0])
    <document>: /statuses/0/level: error value-not-allowed: "info" is not allowed; allowed: Info, Warning, Error
    """
    __tracebackhide__ = True
    _validator(choices).assert_conforms(subject)


def conforms(subject: object, /, **choices: Unpack[Choices]) -> bool:
    """Return True if every instance view in the subject conforms; takes and raises the same as `assert_conforms`.

    An input that cannot be checked does not conform.

    >>> conforms('{"vmAgent": {}}'), conforms('{"vmAgent": 1}'), conforms("no-such-file.json")
    (True, False, False)
    """
    __tracebackhide__ = True
    return _validator(choices).conforms(subject)


def findings(subject: object, /, **choices: Unpack[Selecting]) -> tuple[Finding, ...]:
    """Return the findings of every severity, in document order; takes the same as `assert_conforms`, except `fail_on`.

    Raises ValueError, with the reason, for an input that cannot be checked.

    >>> [(finding.rule, finding.pointer) for finding in findings({"vmAgent": {"statuses": {}}})]
    [('wrong-type', '/vmAgent/statuses')]
    """
    __tracebackhide__ = True
    return Validator().findings(subject, **choices)


class InstanceViewAssertions:
    """A mixin for `unittest.TestCase` with `assertConforms` and `assertState`.

    >>> import unittest
    >>> class Responses(InstanceViewAssertions, unittest.TestCase):
    ...     def test_one(self):
    ...         self.assertConforms({"vmAgent": {}}, kind="vm")
    >>> Responses("test_one").run().wasSuccessful()
    True
    """

    def assertConforms(  # noqa: N802 (named as unittest names its own)
        self, subject: object, msg: str | None = None, **choices: Unpack[Choices]
    ) -> None:
        """Fail unless every instance view in the subject conforms, as `assert_conforms` does; `msg` comes first."""
        __tracebackhide__ = True
        fault = _validator(choices).fault(subject)
        if fault:
            raise AssertionError(f"{msg}\n{fault}" if msg else fault)

    def assertState(  # noqa: N802, PLR0913 (as above; choices by name)
        self,
        subject: object,
        expected: Mapping[str, str | int | None] | None = None,
        msg: str | None = None,
        *,
        kind: KindName | None = None,
        api_version: ApiVersion | None = None,
        limits: Limits | None = None,
        **facets: str | int | None,
    ) -> None:
        """Fail unless every instance view in the subject has the expected state, as `assert_state` does."""
        __tracebackhide__ = True
        fault = state_fault(subject, expected, facets, Reading(kind, api_version, limits))
        if fault:
            raise AssertionError(f"{msg}\n{fault}" if msg else fault)


def _validator(choices: Choices | Selecting) -> Validator:
    __tracebackhide__ = True
    try:
        return Validator(**choices)
    except (TypeError, ValueError) as error:
        raise error.with_traceback(None) from None  # the mistake is in the call, and the frames below are ours
