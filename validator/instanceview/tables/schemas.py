"""The JSON Schema of one kind of document at one api-version, from the content of `tables.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.tables.catalog import ANY_NAME, ID_BASE, SCHEMA_MEMBER, UNVERSIONED
from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator

_INT32 = {"minimum": -(2**31), "maximum": 2**31 - 1}
_MOST_DETAILS = 10
"""Codes with a detail that a place offers at most, beside all others: a list of 40 is short enough to read."""
_COMPONENT = "StdOut"
"""The component in codes that a place offers, that of the custom script extension."""
_SCHEMA_OF_EDITORS = {
    "description": "The schema by which an editor checks this document; `instanceview check` ignores the member.",
    "type": "string",
}
_DECIMAL = {"pattern": "^[0-9]+$", "not": {"type": "string", "pattern": "\\n"}}


class _Making(NamedTuple):
    """A schema in the making: the tables, its kind and api-version, and the definitions so far."""

    content: dict[str, Any]
    kind: str
    api_version: str
    definitions: dict[str, Any]


def document_schema(content: dict[str, Any], kind: str, api_version: str) -> dict[str, Any]:
    """Return the draft-07 schema of one kind at one api-version, self-contained."""
    making = _Making(content, kind, api_version, {})
    model = KIND_VALUES[kind].model
    body = _object_schema(making, model, "")
    at = api_version if api_version == UNVERSIONED else f"api-version {api_version}"
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"{ID_BASE}/{api_version}/{kind}.json",
        "title": f"Azure {KIND_VALUES[kind].title}, {at}",
        "description": content["tables"][model]["about"],
        **body,
        "properties": {SCHEMA_MEMBER: _SCHEMA_OF_EDITORS, **body["properties"]},
        "definitions": dict(sorted(making.definitions.items())),
    }


def _object_schema(making: _Making, model: str, path: str) -> dict[str, Any]:
    rows, version = making.content["tables"][model]["members"], making.api_version
    here = {name: row for name, row in rows.items() if row["since"] <= version <= row.get("until", version)}
    properties = {name: _property_schema(making, row, f"{path}.{name}".lstrip(".")) for name, row in here.items()}
    others = properties.pop(ANY_NAME, not properties)  # an object without documented members may have any
    required = [name for name, row in here.items() if row.get("required")]
    return {
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": others,
    }


def _property_schema(making: _Making, row: dict[str, Any], path: str) -> dict[str, Any]:
    nullable = not row.get("required", False)
    about = {"description": row["about"]}
    if row["type"] == "object":
        return {**about, **_reference(making, row["table"], path, nullable=nullable)}
    if row["type"] == "any":
        return {**about, "type": ["object", "array", "string", "number", "boolean", "null"]}
    if row["type"] == "array":
        items = _items(making, row, path)
        return {**about, "type": ["array", "null"] if nullable else "array", "items": items}
    either = _object_schema(making, row["table"], path) if "table" in row else {}
    also = ["string"] if row.get("text_at") == making.api_version else ["object"] if either else []
    types = [row["type"], *also, *(["null"] if nullable else [])]
    return {
        **about,
        **either,
        "type": types if len(types) > 1 else types[0],
        **_format(making, row),
        **_values(row, making.api_version, nullable=nullable),
    }


def _items(making: _Making, row: dict[str, Any], path: str) -> dict[str, Any]:
    return _reference(making, row["table"], path, nullable=False) if "table" in row else {"type": row["items"]}


def _reference(making: _Making, model: str, path: str, *, nullable: bool) -> dict[str, Any]:
    """Define a model if it is not defined yet; return a reference to it, with the codes that its place is known for.

    A nullable object has a definition of its own: without `anyOf`, draft-07 cannot add null to a reference. Nor does a
    reference allow a keyword beside it, so that codes need `allOf`. They only annotate: the reference alone checks.
    """
    name = f"{model}OrNull" if nullable else model
    if name not in making.definitions:
        body = _object_schema(making, model, path)
        about = {"description": making.content["tables"][model]["about"]}
        making.definitions[name] = {**about, **body, **({"type": ["object", "null"]} if nullable else {})}
    reference = {"$ref": f"#/definitions/{name}"}
    codes = _codes_at(making, path)
    if not codes:
        return reference
    annotated = {"type": ["object", "null"] if nullable else "object", "properties": {"code": {"examples": codes}}}
    return {"allOf": [reference], **annotated}


def _codes_at(making: _Making, path: str) -> list[str]:
    """Return the codes that a place of the kind is known for, those that most captures hold first.

    All codes without a detail are there; of the others, those that most captures hold.
    """
    bare: dict[str, int] = {}
    detailed: dict[str, int] = {}
    for place in making.content["statusCodes"]["places"]:
        if place["element"] == path and making.kind in place["kinds"]:
            for category, states in place["categories"].items():
                for code, captures, has_detail in _codes_of(category, states):
                    (detailed if has_detail else bare)[code] = captures
    most = sorted(detailed, key=lambda code: -detailed[code])[:_MOST_DETAILS]
    counted = bare | {code: detailed[code] for code in most}
    return sorted(counted, key=lambda code: -counted[code])


def _codes_of(category: str, states: dict[str, Any]) -> Iterator[tuple[str, int, bool]]:
    """Yield each code of a category, its number of captures, and whether it has a detail.

    Those of components have an example of a name.
    """
    head = {"ErrorCode": "", "ComponentStatus": f"{category}/{_COMPONENT}/"}.get(category, f"{category}/")
    for state, row in states.items():
        code = f"{head}{state}"
        yield code, row.get("captures", 0), False
        details = row.get("details", {}).items()
        yield from ((f"{code}/{detail}", each.get("captures", 0), True) for detail, each in details)


def _format(making: _Making, row: dict[str, Any]) -> dict[str, Any]:
    match row.get("format"):
        case "int32":
            return {**_INT32, **(_DECIMAL if row.get("text_at") == making.api_version else {})}
        case "date-time":
            return {"format": "date-time"}
        case "status-code" | "bare-code" as form:
            patterns = making.content["statusCodes"]["patterns"][form]
            return {"pattern": patterns["pattern"], "not": {"type": "string", "pattern": patterns["not"]}}
        case _:
            return {}


def _values(row: dict[str, Any], api_version: str, *, nullable: bool) -> dict[str, Any]:
    """Return the keywords for listed values, with the meaning of each for editors.

    Editors complete a `const` with its own description. The last alternative allows everything, so that `anyOf` checks
    nothing and never adds to what a validator says of `enum`. That is inside `allOf`, since an editor would give each
    value beside a description that description.
    """
    values = [value for value, since in row.get("values", {}).items() if since <= api_version]
    if not values:
        return {}
    meanings = {"anyOf": [*({"const": value, "description": row["meanings"][value]} for value in values), {}]}
    if row.get("closed"):
        return {"allOf": [{"enum": [*values, None] if nullable else values}], **meanings}
    # Editors offer the values of an open vocabulary; the rule unknown-value checks them.
    return {"examples": values, **meanings}
