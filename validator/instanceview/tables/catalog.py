"""Finds `schemas/`: lists api-versions and kinds, and offers every schema."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

from instanceview.model.names import known

if TYPE_CHECKING:
    from pathlib import Path

    from referencing import Registry

KINDS = ("vmss-vm", "vm", "vmss")
"""The kinds of document: a scale-set VM's instance view, a single VM's, a scale set's summary."""


def schemas_folder() -> Path:
    """Return the folder of the schemas: beside the package when installed, two levels up in a checkout.

    Raises FileNotFoundError when there is neither, which means a broken installation.
    """
    from pathlib import Path  # takes the command line as long to load as ten modules of ours

    return Path(_folder())


@cache
def _folder() -> str:
    package = os.path.dirname(os.path.dirname(__file__))
    for folder in (package, os.path.dirname(os.path.dirname(package))):
        if os.path.isfile(os.path.join(folder, "schemas", "tables.json")):
            return os.path.join(folder, "schemas")
    message = f"no schemas beside {package}; install instanceview again"
    raise FileNotFoundError(message)


@cache
def tables() -> dict[str, Any]:
    """Return `tables.json`: api-versions, kinds, element tables and status-code vocabulary, derived from YAML."""
    return _read("tables.json")


def _read(*path: str) -> dict[str, Any]:
    import orjson  # what only imports us needs no parser

    with open(os.path.join(_folder(), *path), "rb") as file:
        content: dict[str, Any] = orjson.loads(file.read())
    return content


def api_versions() -> tuple[str, ...]:
    """Return the 30 api-versions that define instance views, oldest first (source: the service definitions).

    >>> from instanceview import api_versions
    >>> api_versions()[0], api_versions()[-1], len(api_versions())
    ('2015-06-15', '2026-04-01', 30)
    """
    return tuple(tables()["apiVersions"])


def schema(kind: str, api_version: str) -> dict[str, Any]:
    """Return the JSON Schema (draft-07, self-contained) of a kind at an api-version.

    Raises UnknownNameError, a ValueError, with the nearest known name.

    >>> from instanceview import schema
    >>> schema("vmss-vm", "2016-04-30-preview")["$id"]
    'https://instanceview.example/schemas/2016-04-30-preview/vmss-vm.json'
    """
    known("kind", kind, KINDS)
    known("api-version", api_version, api_versions())
    return _read(api_version, f"{kind}.json")


def registry() -> Registry[Any]:
    """Return a `referencing.Registry` of all 90 schemas by their `$id`, for use with `jsonschema`.

    >>> from instanceview import registry
    >>> import jsonschema
    >>> reference = {"$ref": "https://instanceview.example/schemas/2024-07-01/vm.json"}
    >>> validator = jsonschema.Draft7Validator(reference, registry=registry())
    >>> validator.is_valid({"vmAgent": 1})
    False
    """
    from referencing import Registry, Resource  # heavy, and only needed here

    resources = (Resource.from_contents(schema(kind, version)) for version in api_versions() for kind in KINDS)
    return Registry().with_resources((resource.id() or "", resource) for resource in resources)


ID_BASE = "https://instanceview.example/schemas"
"""What every `$id` begins with: a reserved host, so a name and no address; tools fail to join references to a urn."""
