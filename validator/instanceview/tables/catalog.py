"""The folder `schemas/`: the content of `tables.json`, the api-versions and every schema."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from instanceview.model.names import known
from instanceview.tables.kinds import KIND_VALUES, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from referencing import Registry

    from instanceview.literals import ApiVersion, KindName


def schemas_folder() -> Path:
    """Return the folder of the schemas: in the package when installed, two levels above it in a checkout.

    Raises FileNotFoundError if neither is there, which means a broken installation.
    """
    from pathlib import Path  # loading it takes the command line as long as ten modules of ours

    return Path(_folder())


@cache
def _folder() -> str:
    package = os.path.dirname(os.path.dirname(__file__))
    for folder in (package, os.path.dirname(os.path.dirname(package))):
        if os.path.isfile(os.path.join(folder, "schemas", "tables.json")):
            return os.path.join(folder, "schemas")
    message = f"no schemas beside {package}; reinstall instanceview"
    raise FileNotFoundError(message)


@cache
def tables_json() -> dict[str, Any]:
    """Return the content of `tables.json`: api-versions, element tables, status codes, counts of captures, sources."""
    return _read_json("tables.json")


def _read_json(*path: str) -> dict[str, Any]:
    import orjson  # a caller that only imports the package needs no parser

    with open(os.path.join(_folder(), *path), "rb") as file:
        content: dict[str, Any] = orjson.loads(file.read())
    return content


def api_versions() -> tuple[ApiVersion, ...]:
    """Return the api-versions that define instance views of machines, oldest first (source: the service definitions).

    `versions_of` returns those of any kind: some have api-versions of their own.

    >>> from instanceview import api_versions
    >>> api_versions()[:3]
    ('2015-06-15', '2016-03-30', '2016-04-30-preview')
    """
    return tuple(tables_json()["apiVersions"])


@cache
def versions_of(kind: str) -> tuple[ApiVersion, ...]:
    """Return the api-versions that define a kind, oldest first.

    >>> versions_of("vm") == api_versions()
    True
    """
    value = KIND_VALUES[kind]
    every = tables_json()["apiVersionsOf"][value.versions] if value.versions else api_versions()
    return tuple(version for version in every if version >= value.since)


def version_of(kind: str, api_version: str | None) -> ApiVersion:
    """Return the api-version at which a kind is shown: a caller's, by default the newest, and that of one without any.

    >>> version_of("vm", "2024-07-01"), version_of("resource-graph", "2024-07-01")
    ('2024-07-01', 'unversioned')
    """
    newest = versions_of(kind)[-1]
    return newest if api_version is None or newest == UNVERSIONED else cast("ApiVersion", api_version)


def version_given(kind: str, api_version: str | None) -> ApiVersion:
    """Return the api-version of a kind that a caller asks for, as `version_of`; raises UnknownNameError."""
    version = version_of(kind, api_version)
    known("api-version", version, versions_for(version, kind))
    return version


@cache
def known_versions() -> tuple[ApiVersion, ...]:
    """Return every api-version that defines some kind, oldest first.

    >>> set(known_versions()) >= set(api_versions())
    True
    """
    return oldest_first({version for kind in KINDS for version in versions_of(kind)})


def oldest_first(versions: Iterable[str]) -> tuple[Any, ...]:
    """Return api-versions by date, a preview before the version of the same date.

    >>> oldest_first(["2022-12-27", "2022-12-27-preview", "2022-08-11-preview"])
    ('2022-08-11-preview', '2022-12-27-preview', '2022-12-27')
    """
    return tuple(sorted(versions, key=lambda version: (version[:10], not version.endswith("preview"))))


def versions_for(api_version: object, kind: str | None = None) -> tuple[ApiVersion, ...]:
    """Return the api-versions among which a caller's is looked up: of the kind, unless another kind alone has it.

    >>> versions_for("2024-07-02") == api_versions(), "2024-07-10" in versions_for("2024-07-10")
    (True, True)
    """
    return known_versions() if api_version in known_versions() else versions_of(kind or KINDS[0])


def kinds_at(api_version: str) -> tuple[KindName, ...]:
    """Return the kinds that an api-version defines.

    >>> kinds_at("2015-06-15")[:3]
    ('vmss-vm', 'vm', 'vmss')
    """
    return tuple(kind for kind in KINDS if api_version in versions_of(kind))


def schema(kind: str, api_version: str) -> dict[str, Any]:
    """Return the JSON Schema (draft-07, self-contained) of a kind at an api-version.

    Raises UnknownNameError, a ValueError, with the nearest known name.

    >>> from instanceview import schema
    >>> schema("vmss-vm", "2016-04-30-preview")["$id"]
    'https://instanceview.example/schemas/2016-04-30-preview/vmss-vm.json'
    """
    known("kind", kind, KINDS)
    known("api-version", api_version, versions_of(kind))
    return _read_json(api_version, f"{kind}.json")


def registry() -> Registry[Any]:
    """Return a `referencing.Registry` of all schemas by their `$id`, for use with `jsonschema`.

    >>> from instanceview import registry
    >>> import jsonschema
    >>> reference = {"$ref": "https://instanceview.example/schemas/2024-07-01/vm.json"}
    >>> validator = jsonschema.Draft7Validator(reference, registry=registry())
    >>> validator.is_valid({"vmAgent": 1})
    False
    """
    from referencing import Registry, Resource  # slow to load, and only needed here

    schemas = (schema(kind, version) for kind in KINDS for version in versions_of(kind))
    resources = (Resource.from_contents(each) for each in schemas)
    return Registry().with_resources((resource.id() or "", resource) for resource in resources)


UNVERSIONED: ApiVersion = "unversioned"
"""The name in place of an api-version, for a kind that has none: the same table checks it whatever the request says."""
SCHEMA_MEMBER = "$schema"
"""The member at the root by which a document may name its schema for editors; it is not the service's."""

ANY_NAME = "*"
"""The name in a table for members of any name, as in a map."""

ID_BASE = "https://instanceview.example/schemas"
"""The start of every `$id`, on a reserved host: it is a name, not an address. Tools cannot join references to a urn."""
