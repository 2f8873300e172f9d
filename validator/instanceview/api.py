"""The Python interface: checks of a value, a text, paths or a chunk of lines, and the state of a machine."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Unpack

from instanceview.model.document import Origin
from instanceview.model.names import known
from instanceview.reading.contents import in_memory
from instanceview.reading.dialects import is_of_service
from instanceview.reading.inputs import read_all
from instanceview.reading.paths import STDIN
from instanceview.running.choices import Counting, chosen
from instanceview.running.chunks import check_lines
from instanceview.running.given import limits_given
from instanceview.running.overrides import overridden
from instanceview.running.tally import report
from instanceview.running.values import ORIGIN, for_python, inputs_of_value, without_lines
from instanceview.tables.catalog import versions_for
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from instanceview.checking.machine_state.resource import ResourceState
    from instanceview.checking.machine_state.values import MachineState, ScaleSetState
    from instanceview.literals import ApiVersion, KindName
    from instanceview.model.document import Document, Skipped, Unreadable
    from instanceview.model.limits import Limits
    from instanceview.model.report import Report
    from instanceview.model.summary import Summary
    from instanceview.running.choices import Choices, Chosen


def check(value: object, /, **choices: Unpack[Choices]) -> Report:
    """Check the instance views in a Python value: a view, a resource, a list, or the content of a recording.

    The choices are those of `instanceview check`, by name; the names in them are types of `instanceview.literals`:

    - `api_version` (default: that of the request, else the newest) and `kind` (default: by the request, else by the
      members of the document)
    - `select` and `ignore`, names of rules, and `severity`, such as `{"unset-time": "error"}`
    - `fail_on`, the lowest severity that makes the report nonconformant (default: `error`)
    - `limits`, of sizes, numbers and seconds, such as `Limits(document_size=1_000_000)`

    Findings have a pointer into their document, but no line; `origin.entry` is the place of the document in the value.
    Raises UnknownNameError for an unknown name, TypeError for a type that JSON does not have, ValueError for NaN,
    Infinity and values beyond a limit. A value without an instance view is in the report's `unreadable`.

    >>> from instanceview import check
    >>> report = check({"platformFaultDomain": "2"}, api_version="2024-07-01", kind="vmss-vm")
    >>> report.conformant, report.findings[0].message
    (False, 'expected integer, found "2"')
    >>> check([{"vmAgent": {}}, {"vmAgent": 1}], fail_on="note").findings[0].origin.entry
    '/1'
    """
    if isinstance(value, (str, bytes, bytearray, memoryview, os.PathLike)):
        step = "a path to check_path" if isinstance(value, os.PathLike) else "JSON text to check_text"
        raise TypeError(f"check takes a Python value; pass {step}")
    choice = chosen(choices)
    return without_lines(_report(inputs_of_value(value, limits=choice.limits), choice))


def check_text(text: str | bytes, /, **choices: Unpack[Choices]) -> Report:
    r"""Check the instance views in a text: in JSON, NDJSON or YAML at any depth, in a recording, or in any other text.

    Bytes may be those of a packed file or an archive. The choices are those of `check`. Findings have the line and
    column in the text. Raises UnknownNameError, and TypeError for any type other than str and bytes. A text that cannot
    be read is in the report's `unreadable`.

    >>> from instanceview import check_text
    >>> origin = check_text('{"disks":\n [{"nam": "os"}]}').findings[0].origin
    >>> origin.line, origin.column
    (2, 4)
    """
    if not isinstance(text, (str, bytes, bytearray, memoryview)):
        found = type(text).__name__
        message = f"check_text takes str or bytes, found {found}; pass a value to check, a path to check_path"
        raise TypeError(message)
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    choice = chosen(choices)
    return _report(in_memory(data, Origin("<text>"), choice.limits), choice)


def check_path(path: str | os.PathLike[str], /, *paths: str | os.PathLike[str], **choices: Unpack[Choices]) -> Report:
    """Check the instance views in files, folders, archives and globs, as `instanceview check` does.

    The choices are those of `check`; no configuration is read. Raises UnknownNameError, TypeError for any type
    other than str and os.PathLike, and ValueError for `-`. A path that cannot be read is in the report's `unreadable`.

    >>> from instanceview import check_path
    >>> check_path("no-such-file.json").unreadable[0].reason
    'cannot be read: no such file or directory'
    """
    names = [_path_name(each) for each in (path, *paths)]
    choice = chosen(choices)
    return _report(read_all(names, is_asked=choice.kind is not None, limits=choice.limits), choice)


def _path_name(path: str | os.PathLike[str]) -> str:
    if not isinstance(path, (str, os.PathLike)):
        found = type(path).__name__
        step = "pass each path as an argument" if isinstance(path, (list, tuple)) else "pass JSON text to check_text"
        raise TypeError(f"check_path takes str or a Path, found {found}; {step}")
    name = os.fspath(path)
    if name == STDIN:
        raise ValueError("check_path does not read standard input; pass sys.stdin.buffer.read() to check_text")
    return name


def _report(inputs: Iterable[Document | Skipped | Unreadable], choice: Chosen) -> Report:
    items = overridden(inputs, choice.kind, choice.api_version)
    return for_python(report(items, fail_on=choice.fail_on, wanted=choice.wanted()))


def check_chunk(data: bytes, /, *, file: str = "<chunk>", first_line: int = 1, **choices: Unpack[Counting]) -> Summary:
    r"""Check the documents in complete lines of NDJSON, one or more in each line.

    `file` and `first_line` (from 1) give the place of the lines. The choices are those of `check`, except `fail_on`,
    which is an argument of `Summary.report`. `statistics=True` counts what `--statistics` shows, and `coverage=True`
    what `instanceview report` counts. Of `limits`, `file_size` and `documents` do not count for lines, and `seconds` is
    for the check of each document. Summaries of chunks merge: see `Summary.merge_all`.

    A line that cannot be read is in the summary's `unreadable`, one without an instance view in `skipped`. Raises
    UnknownNameError for an unknown name, TypeError for any type other than bytes.

    >>> from instanceview import check_chunk
    >>> check_chunk(b'{"platformFaultDomain": "0"}\n{}\n', first_line=7).findings[0].origin.line
    7
    >>> check_chunk(b'{"computerName": "a"}\n', statistics=True).statistics.api_versions.total()
    1
    """
    if not isinstance(data, bytes):
        message = f"check_chunk takes bytes, found {type(data).__name__}; pass bytes, such as text.encode()"
        raise TypeError(message)
    choice = chosen(choices, Counting.__annotations__)
    summary = check_lines(
        data,
        file,
        first_line,
        choice.wanted(),
        lambda inputs: overridden(inputs, choice.kind, choice.api_version),
    )
    return for_python(summary)


def state(
    document: object,
    /,
    *,
    kind: KindName | None = None,
    api_version: ApiVersion | None = None,
    answered_at: str | datetime | None = None,
    limits: Limits | None = None,
) -> MachineState | ScaleSetState | ResourceState:
    """Return the state of the machine, or of the scale set, whose instance view is in a Python value.

    The value is one that `check` takes, with one instance view in it. Errors in it do not matter: all that is readable
    is read, and the reasons say what is not. `kind` and `api_version` are as for `check`. With `answered_at`, the time
    of the answer in RFC 3339 or as in its `Date` header, the age of the agent's report is exact; a recording has it.
    `limits` are as for `check`.

    Raises ValueError if the value has no instance view or several, for a text that is not a time, or a value beyond
    a limit; UnknownNameError for an unknown name, and TypeError for a type that JSON does not have.

    >>> from instanceview import state
    >>> machine = state({"statuses": [{"code": "ProvisioningState/succeeded"}, {"code": "PowerState/deallocated"}]})
    >>> machine.power.word, machine.power.pointer, str(machine)
    ('deallocated', '/statuses/1/code', 'deallocated; provisioning succeeded; agent not reporting')
    >>> machine.agent.reason
    'no vmAgent; the VM is deallocated; 118 of 131 captured deallocated machines have none'
    """
    if kind is not None:
        known("kind", kind, KINDS)
    if api_version is not None:
        known("api-version", api_version, versions_for(api_version, kind))
    if limits is None and type(document) is dict and is_of_service(document):
        # Nearly every value: this takes 1 instead of 30 microseconds. A value of a wrong type may still become JSON.
        found = _state_of_view()(document, kind, api_version, ORIGIN, answered_at)
        if not found.ignored:
            return found
    from instanceview.checking.machine_state import state_of
    from instanceview.running.single import one_document

    return state_of(one_document(document, kind, api_version, limits_given(limits)), answered_at=answered_at)


@cache
def _state_of_view() -> Callable[..., MachineState | ScaleSetState | ResourceState]:
    """Return the function that reads a state, which is loaded now: a program that only checks starts 9 ms sooner."""
    from instanceview.checking.machine_state import state_of_view

    return state_of_view
