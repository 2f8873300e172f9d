"""Objects of PowerShell that have the members of an instance view among their own, under other names.

Sources: the classes of the generated modules Az.ConnectedMachine, Az.Compute and Az.CloudService, which join the names
of nested objects; `PSVirtualMachineExtension`, which `Get-AzVMExtension -Status` prints; the result of
`Invoke-AzVMRunCommand`, which is an operation beside the list of statuses.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.places.spans import Path


class Shape(NamedTuple):
    """An object of PowerShell by which a view is printed, whose kind is `kind`.

    Each text of `ways` is enough: names that must all be there, with a value. `paths` has for each name that is printed
    the path in the view, in Pascal case.
    """

    kind: str
    ways: tuple[str, ...]
    paths: Mapping[str, Path]


class Flattened(NamedTuple):
    """The view of an object of PowerShell: its kind, its body in Pascal case, and where paths of it are written."""

    kind: str
    body: dict[str, object]
    written: Mapping[Path, Path]

    def place(self, path: Path) -> Path:
        """Return the path as it is written of a path in the body."""
        known = next(length for length in (2, 1, 0) if path[:length] in self.written)
        return (*self.written[path[:known]], *path[known:])


def flattened(value: Mapping[str, object]) -> Flattened | None:
    """Return the view that an object of PowerShell has among its own members, None for any other object.

    >>> flattened({"Name": "setup", "InstanceViewExecutionState": "Running", "InstanceViewExitCode": 0}).body
    {'ExecutionState': 'Running', 'ExitCode': 0}
    >>> flattened({"InstanceViewExecutionState": None}) is None
    True
    """
    if marks_of_flattened().isdisjoint(value):
        return None
    fitting = (shape for shape in _SHAPES if any(_has_all(value, way) for way in shape.ways))
    return next((_of_shape(shape, value) for shape in fitting), None)


def _has_all(value: Mapping[str, object], way: str) -> bool:
    return all(value.get(name) is not None for name in way.split())


def _of_shape(shape: Shape, value: Mapping[str, object]) -> Flattened:
    body: dict[str, object] = {}
    written: dict[Path, Path] = {(): ()}
    for name, path in shape.paths.items():
        if name in value:
            *outer, last = path
            holder = body
            for step in outer:
                written.setdefault((step,), (name,))
                holder = holder.setdefault(str(step), {})  # type: ignore[assignment]
            holder[str(last)] = value[name]
            written[path] = (name,)
    return Flattened(shape.kind, body, written)


@cache
def marks_of_flattened() -> frozenset[str]:
    """Return the first name of each way: each such object has one of them."""
    return frozenset(way.split()[0] for shape in _SHAPES for way in shape.ways)


def _paths(prefix: str, names: str, *holders: str) -> dict[str, Path]:
    """Return the path of each name below its holders, by the name with a prefix."""
    return {prefix + name: (*holders, name) for name in names.split()}


def _all_to(name: str, printed: str) -> dict[str, Path]:
    return dict.fromkeys(printed.split(), (name,))


_JOINED = "InstanceView"
_HANDLER = "InstanceViewTypeHandlerVersion"
_STATUSES = "InstanceViewStatuses InstanceViewStatus"  # the generator makes some names singular
_SUBSTATUSES = "InstanceViewSubstatuses InstanceViewSubstatus"
_SHAPES = (
    Shape(
        "run-command",
        ("InstanceViewExecutionState", "InstanceViewExitCode"),
        _paths(_JOINED, "ExecutionState ExecutionMessage ExitCode Output Error StartTime EndTime Statuses"),
    ),
    Shape(
        "vm-extension",
        tuple(f"{_HANDLER} {name}" for name in f"{_STATUSES} {_SUBSTATUSES}".split()),
        _paths(_JOINED, "Name Type TypeHandlerVersion")
        | _all_to("Statuses", _STATUSES)
        | _all_to("Substatuses", _SUBSTATUSES),
    ),
    Shape(
        "arc-extension",
        (_HANDLER,),
        _paths(_JOINED, "Name Type TypeHandlerVersion")
        | _paths("Status", "Code Level DisplayStatus Message Time", "Status"),
    ),
    Shape(
        "vm-extension",
        ("ExtensionType Statuses", "ExtensionType SubStatuses"),
        _paths("", "Name TypeHandlerVersion Statuses SubStatuses") | _all_to("Type", "ExtensionType"),
    ),
    Shape("run-command-result", ("Value Capacity", "Value Status"), _paths("", "Value")),
    Shape(
        "cloud-service",
        ("RoleInstanceStatusesSummary",),
        _paths("", "SdkVersion PrivateIds Statuses")
        | _all_to("PrivateIds", "PrivateId")
        | _paths("RoleInstance", "StatusesSummary", "RoleInstance"),
    ),
)
