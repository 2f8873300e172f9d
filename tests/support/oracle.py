"""An independent oracle: what the models of azure-mgmt-compute and azure-mgmt-hybridcompute make of a document.

`python tests/support/oracle.py` prints how many members of each kind they know and were seen with, for each
api-version that the installed release offers.
"""

from __future__ import annotations

import sys
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from instanceview.generating.variants import fullest
from instanceview.tables.catalog import api_versions, versions_of
from instanceview.tables.family import FAMILY
from instanceview.tables.kinds import COMPUTE, KIND_VALUES, MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.literals import ApiVersion, KindName

Json = dict[str, Any]
Model = Any  # the package is installed by some runs only, and its two generations of models have nothing in common


class _Package(NamedTuple):
    """A package of models, and a request of it, whose URL has the api-version of a release with models for one."""

    name: str
    request: str
    arguments: tuple[str, ...]


_PACKAGES = {
    COMPUTE: _Package(
        "azure.mgmt.compute",
        "build_virtual_machine_scale_set_vms_get_instance_view_request",
        ("group", "set", "0", "id"),
    ),
    "Microsoft.HybridCompute": _Package(
        "azure.mgmt.hybridcompute", "build_machine_extensions_get_request", ("group", "machine", "extension", "id")
    ),
}
"""The packages by the provider of a kind."""


@cache
def offered() -> tuple[str, ...]:
    """Return the api-versions that the installed release has models for; none without azure-mgmt-compute."""
    return tuple(version for version in api_versions() if _module(COMPUTE, version) is not None)


@cache
def _module(provider: str, api_version: str) -> Model:
    """Return the module of an api-version's models: a release has one for many api-versions, or one for the newest."""
    package = _PACKAGES[provider]
    try:
        return import_module(f"{package.name}.v{api_version.replace('-', '_')}.models")
    except ModuleNotFoundError:
        pass
    try:
        operations = import_module(f"{package.name}.operations._operations")
    except ModuleNotFoundError:  # not installed, or a release for many api-versions without this one
        return None
    build = getattr(operations, package.request, None)  # none in releases before those that the extra asks for
    request = build(*package.arguments) if build else None
    return import_module(f"{package.name}.models") if request and f"api-version={api_version}" in request.url else None


def others() -> list[tuple[KindName, ApiVersion]]:
    """Return the kinds beside the machine documents and api-versions that the installed releases have a model for.

    The answer of an operation of 2017 is not among them: the model has what is in its properties at its root.
    """
    every = [
        (name, version) for name, kind in FAMILY.items() if kind.provider in _PACKAGES for version in versions_of(name)
    ]
    return [
        (name, version)
        for name, version in cast("list[tuple[KindName, ApiVersion]]", every)
        if hasattr(_module(KIND_VALUES[name].provider, version), KIND_VALUES[name].model)
        and not (name == "run-command-result" and version < "2018")
    ]


def read(document: Json, kind: str, api_version: str) -> Model:
    """Return a document as the model of its kind."""
    value = KIND_VALUES[kind]
    model = getattr(_module(value.provider, api_version), value.model)
    return model.deserialize(document) if hasattr(model, "deserialize") else model(document)


def fields(model: Model) -> dict[str, Any]:
    """Return the values that a model has read, by JSON name; None for a member that it has not read."""
    # Neither generation of models says in public which members it has.
    if hasattr(model, "_attribute_map"):
        return {row["key"]: getattr(model, name) for name, row in model._attribute_map.items()}  # noqa: SLF001
    known = model._attr_to_rest_field  # noqa: SLF001
    return {field._rest_name: getattr(model, name) for name, field in known.items()}  # noqa: SLF001


def objects(document: object, model: Model, path: str = "") -> Iterator[tuple[str, Json, Model]]:
    """Yield each object of a document with its element path and its model."""
    if isinstance(document, list):
        for item, each in zip(document, model, strict=True):
            yield from objects(item, each, path)
    elif isinstance(document, dict) and not isinstance(model, dict):
        yield path, document, model
        for name, value in document.items():
            below = fields(model).get(name)
            if below is not None:
                yield from objects(value, below, f"{path}.{name}" if path else name)


def problems(document: Json, kind: str, api_version: str) -> list[str]:
    """Return the members of a document that its model does not know, has lost or has read as something else."""
    found = []
    for path, each, model in objects(document, read(document, kind, api_version)):
        known = fields(model)
        more = getattr(model, "additional_properties", {}) or {}
        found += [f"{path}.{name} is unknown" for name in {*(each.keys() - known.keys()), *more}]
        for name in each.keys() & known.keys():
            if not isinstance(each[name], (dict, list)) and not _same(each[name], known[name]):
                found.append(f"{path}.{name} is read as {known[name]!r} from {each[name]!r}")
    return sorted(found)


def _same(value: object, read_as: object) -> bool:
    if isinstance(read_as, datetime):
        return isinstance(value, str) and datetime.fromisoformat(value) == read_as
    return value == read_as and (value is None or read_as is not None)


def round_trip(document: Json, kind: str, api_version: str) -> object:
    """Return a document as its model writes it."""
    model = read(document, kind, api_version)
    return model.serialize(keep_readonly=True) if hasattr(model, "serialize") else model.as_dict()


def is_kept(value: object, written: object) -> bool:
    """Return whether a value is the same after a round trip, a time as the same moment."""
    if isinstance(value, dict) and isinstance(written, dict):
        return value.keys() == written.keys() and all(is_kept(each, written[name]) for name, each in value.items())
    if isinstance(value, list) and isinstance(written, list):
        return len(value) == len(written) and all(map(is_kept, value, written))
    if value != written and isinstance(value, str) and isinstance(written, str):
        return datetime.fromisoformat(value) == datetime.fromisoformat(written)
    return value == written


def paths(document: Json, kind: str, api_version: str) -> set[str]:
    """Return the element paths of a document that its model has read."""
    found = objects(document, read(document, kind, api_version))
    return {
        f"{path}.{name}" if path else name
        for path, each, model in found
        for name in each
        if fields(model).get(name) is not None
    }


def main() -> None:
    """Print the table of members seen."""
    lines = ["| api-version | " + " | ".join(MACHINES) + " |\n|---|" + "---|" * len(MACHINES)]
    for version in offered():
        counts = [str(len(paths(fullest(kind, version), kind, version))) for kind in MACHINES]
        lines.append(f"| {version} | {' | '.join(counts)} |")
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
