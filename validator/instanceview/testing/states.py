"""An assertion for test suites: a machine or a scale set is in a state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.checking.machine_state import state_of
from instanceview.checking.machine_state.expecting import differences, expectation, together
from instanceview.model.document import Document, Origin, Skipped, Unreadable, place
from instanceview.model.names import known
from instanceview.model.text import one_line, quote, safe
from instanceview.running.given import limits_given
from instanceview.running.overrides import overridden
from instanceview.running.values import in_python
from instanceview.tables.catalog import versions_for
from instanceview.tables.kinds import KINDS
from instanceview.testing.subjects import inputs, is_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from instanceview.literals import ApiVersion, KindName
    from instanceview.model.limits import Limits

__unittest = True  # unittest hides the frames of a module with this name

_MOST = 12
"""The most statuses that a message lists; no captured document has more than three."""


class Reading(NamedTuple):
    """The choices of `assert_state` for reading a subject."""

    kind: KindName | None = None
    api_version: ApiVersion | None = None
    limits: Limits | None = None


def assert_state(
    subject: object,
    expected: Mapping[str, str | int | None] | None = None,
    /,
    *,
    kind: KindName | None = None,
    api_version: ApiVersion | None = None,
    limits: Limits | None = None,
    **facets: str | int | None,
) -> None:
    """Raise AssertionError unless every instance view in the subject has the expected state.

    A subject is what `assert_conforms` takes: a value, a text, a path, a response, a Document. The expectations are
    those of `instanceview state --expect`. A keyword has an underscore in place of a dot, and a mapping takes the dot:
    `extensions_failed=0` is `{"extensions.failed": 0}`. None expects that there is none, such as no detail.

    The message has the differences with their reasons, and the statuses. `unknown` never satisfies an expectation. An
    input that cannot be read, and a subject without an instance view, fail too. `limits` are as for `check`.

    Raises UnknownNameError, with the nearest name, for an unknown facet or word; ValueError for two words of one facet;
    TypeError without an expectation, and for a word of another type.

    >>> from instanceview.testing import assert_state
    >>> view = {"statuses": [{"code": "PowerState/running"}, {"code": "ProvisioningState/succeeded"}]}
    >>> assert_state(view, power="running", provisioning="succeeded", extensions_failed=0)
    >>> try:
    ...     assert_state(view, power="stopped")
    ... except AssertionError as error:
    ...     print(error)
    <document>: running; provisioning succeeded; agent unknown
      power: expected stopped, found running at /statuses/0/code: the code is "PowerState/running"
      statuses:
        [0] code "PowerState/running"
        [1] code "ProvisioningState/succeeded"
    """
    __tracebackhide__ = True
    fault = state_fault(subject, expected, facets, Reading(kind, api_version, limits))
    if fault:
        raise AssertionError(fault)


def state_fault(
    subject: object,
    expected: Mapping[str, str | int | None] | None,
    facets: Mapping[str, str | int | None],
    reading: Reading,
) -> str:
    """Return the message of `assert_state`, empty where the subject is in the expected state."""
    __tracebackhide__ = True
    wanted = _expected(expected or {}, facets, reading)
    items = _documents(subject, reading)
    if is_value(subject):  # the places of a value are pointers, since nobody has seen its text
        items = (item._replace(origin=item.origin._replace(line=None, column=None)) for item in items)
    faults = [_fault(item, wanted) for item in items]
    return "\n".join(fault for fault in faults if fault)


def _expected(mapping: Mapping[str, Any], facets: Mapping[str, Any], reading: Reading) -> dict[str, str | int | None]:
    """Return the expectations by path; raises as `assert_state` does."""
    __tracebackhide__ = True
    try:
        wanted = together(expectation(*each) for each in [*mapping.items(), *facets.items()])
    except (TypeError, ValueError) as error:
        raise error.with_traceback(None) from None  # the mistake is in the call, and the frames below are ours
    kind, api_version, _ = reading
    if kind is not None:
        known("kind", kind, KINDS)
    if api_version is not None:
        known("api-version", api_version, versions_for(api_version, kind))
    if not wanted:
        raise TypeError('assert_state expects nothing; name a facet, such as power="running"')
    return wanted


def _documents(subject: object, reading: Reading) -> Iterator[Document | Unreadable]:
    """Yield the documents and unreadable inputs of a subject, or the reason why there are none."""
    __tracebackhide__ = True
    items = list(overridden(inputs(subject, limits_given(reading.limits)), reading.kind, reading.api_version))
    skipped = [item for item in items if isinstance(item, Skipped)]
    yield from (item for item in items if not isinstance(item, Skipped))
    if len(skipped) == len(items):
        first = skipped[0] if skipped else Skipped(Origin("<document>"), "nothing to read")
        yield Unreadable(first.origin, f"no document found: {first.reason}")


def _fault(item: Document | Unreadable, wanted: Mapping[str, str | int | None]) -> str:
    """Return the fault of an input, empty where it has none."""
    if isinstance(item, Unreadable):
        return f"{place(item.origin)}: unreadable: {safe(in_python(item.reason))}"
    state = state_of(item)
    found = differences(state, wanted)
    lines = [f"  {each}" for each in found]
    return "\n".join([f"{place(item.origin)}: {state}", *lines, *_statuses(item.body)]) if found else ""


def _statuses(body: object) -> Iterator[str]:
    """Yield the statuses of a document with their positions, unchanged, as a reader by position sees them."""
    statuses = body.get("statuses") if isinstance(body, dict) else None
    if not isinstance(statuses, list):
        yield f"  statuses: {'absent' if statuses is None else quote(statuses)}"
        return
    yield f"  statuses:{'' if statuses else ' []'}"
    for number, status in enumerate(statuses[:_MOST]):
        members = status.items() if isinstance(status, dict) else ()
        shown = ", ".join(f"{one_line(name)} {quote(value)}" for name, value in members)
        yield f"    [{number}] {shown or quote(status)}"
    if len(statuses) > _MOST:
        yield f"    and {len(statuses) - _MOST} more"
