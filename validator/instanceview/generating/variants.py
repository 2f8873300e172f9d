"""Generation variants of the schemas: narrower schemas, from which documents are drawn.

A variant is a draft-07 schema without references, nulls, patterns and values that a rule would note. Codes and texts
are lists to choose from: two patterns at one place cost a generator minutes, and references most of the other time.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.checking.engines import checking_schema
from instanceview.generating.agree import fill_in
from instanceview.generating.conform import conform, unshared
from instanceview.generating.known import known_codes
from instanceview.generating.machine import Machine
from instanceview.generating.states import statuses_of, written_lists
from instanceview.generating.texts import of_kind, values_of
from instanceview.tables.catalog import tables_json
from instanceview.tables.describe import captures_of
from instanceview.tables.elements import tree
from instanceview.tables.kinds import MACHINES, is_of_page

if TYPE_CHECKING:
    from instanceview.generating.conform import Json
    from instanceview.tables.elements import Element

MOST_ITEMS = 3
"""The most items of an array: with longer arrays, drawing takes four times as long."""
# Members of every captured object of machine documents. Realistic ones have them too, beside what the definitions
# require. `agree` removes the agent of a machine that has none. Whole documents, and objects of other kinds, also have
# the members that all captures have, by the counts of the tables (`captures_of`).
_ALWAYS = {
    "": ("vmAgent", "name", "type", "typeHandlerVersion"),
    "vmAgent": ("vmAgentVersion", "statuses"),
    "vmAgent.extensionHandlers": ("type", "typeHandlerVersion", "status"),
    "disks": ("name", "statuses"),
    "disks.encryptionSettings": ("diskEncryptionKey", "enabled"),
    "extensions": ("name", "type", "typeHandlerVersion", "statuses", "statusesSummary"),
    "vmHealth": ("status",),
    "virtualMachine": ("statusesSummary",),
    "virtualMachine.statusesSummary": ("code", "count"),
    "extensions.statusesSummary": ("code", "count"),
    "orchestrationServices": ("serviceName", "serviceState"),
}
_OFTEN_EMPTY = {"vmAgent.extensionHandlers", "extensions.substatuses"}
"""Lists that are empty in captures; any other list without items is absent."""
_VALUE_OF_TYPE = {"boolean": False, "integer": 0, "number": 0, "string": "text", "any": []}
"""The value of a member by its type, where neither the tables nor `texts.json` has one for it."""
_MOST = 1_000_000
"""The largest number where the definitions have no limit: more than any capacity that was captured."""
_ANY_CODE = "ProvisioningState/succeeded"
"""The code at statuses that no capture shows; nearly all other statuses may have it."""


def expressible(kind: str, api_version: str, element: Element) -> bool:
    """Return True if a conforming document may have an element; at the page's api-version, both sources must have it.

    >>> expressible("vmss-vm", "2016-04-30-preview", tree("vmss-vm").children["platformUpgradeDomain"])
    False
    """
    both = {"page", "service"} <= set(element.member.basis)
    return element.documented_at(api_version) and (both or not is_of_page(kind, api_version))


@cache
def variant(kind: str, api_version: str, *, realistic: bool, seen: bool = False) -> Json:
    """Return the generation variant of a schema.

    The realistic one has statuses of the vocabulary and texts of `texts.json`; the other one has any text. In both,
    members may still contradict each other, which `conform` mends. With `seen`, a realistic document has only members
    and codes that captures show, if there are captures of its kind. Raises UnknownNameError for an unknown kind or
    api-version.
    """
    seen = seen and kind in tables_json()["captures"]
    whole = checking_schema(kind, api_version)
    return _Narrower(kind, api_version, whole["definitions"], realistic, seen).node(whole, tree(kind))


class _Narrower(NamedTuple):
    """A narrowing of the nodes of one schema, as `variant` describes it."""

    kind: str
    api_version: str
    definitions: Json
    realistic: bool
    seen: bool

    def node(self, node: Json, element: Element) -> Json:
        """Return the variant of a node of the schema, which describes an element."""
        if "$ref" in node:
            return self.node(self.definitions[node["$ref"].removeprefix("#/definitions/")], element)
        statuses = self._statuses(node, element) if self.realistic else None
        if statuses is not None:
            return statuses
        if "items" in node:
            least = {"minItems": 1} if self.realistic and element.path not in _OFTEN_EMPTY else {}
            return {"type": "array", "items": self.node(node["items"], element), **least, "maxItems": MOST_ITEMS}
        if "properties" in node:
            return self._narrow_object(node, element)
        return self._narrow_leaf(node, element)

    def _narrow_object(self, node: Json, element: Element) -> Json:
        properties = {
            name: self.node(each, element.children[name])
            for name, each in node["properties"].items()
            if self._is_wanted(element.children[name])
        }
        always = _ALWAYS.get(element.path, ()) if self.realistic else ("code",) if "code" in properties else ()
        if self.realistic and (not element.path or self.kind not in MACHINES):
            counts = {name: captures_of(self.kind, element.children[name].path) for name in properties}
            every = max(counts.values(), default=0)
            always = (*always, *(name for name, number in counts.items() if number == every))
        required = {*node.get("required", ()), *(name for name in always if name in properties)}
        return {"type": "object", "properties": properties, "required": sorted(required)}

    def _is_wanted(self, element: Element) -> bool:
        seen = not self.seen or captures_of(self.kind, element.path) > 0
        return seen and expressible(self.kind, self.api_version, element)

    def _statuses(self, node: Json, element: Element) -> Json | None:
        """Return the statuses known at a place in full; None at other places and at summaries, which have no texts."""
        codes = [each for each in known_codes(self.kind, element.path) if each.captures or not self.seen]
        if not codes or "count" in element.children:
            return None
        if "items" in node and "substatuses" not in element.path:
            return {"enum": [list(each) for each in written_lists(self.kind, element.path, seen=self.seen)]}
        each = {"enum": [way for code in codes for way in statuses_of(self.kind, element.path, code.code)]}
        return {"type": "array", "items": each, "maxItems": MOST_ITEMS} if "items" in node else each

    def _narrow_leaf(self, node: Json, element: Element) -> Json:
        member = element.member
        values: Any = member.values_at(self.api_version)
        if member.format in {"status-code", "bare-code"}:
            known = known_codes(self.kind, element.path.rpartition(".")[0])
            values = tuple(each.code for each in known if each.captures or not self.seen) or (_ANY_CODE,)
        elif member.format == "date-time" and self.realistic:
            values = ("",)
        elif self.realistic and not values:
            values = values_of(of_kind(self.kind, element.path))
        if values:
            return {"enum": list(values)}
        if member.type == "integer":
            return {"type": "integer", "minimum": 0, "maximum": node.get("maximum", _MOST)}
        if member.type == "number":
            return {"type": "integer", "minimum": 0, "maximum": _MOST}  # as all captured ones are
        if member.type == "any":
            return {"type": "array", "maxItems": 0}
        if member.format == "date-time":
            return {"type": "string", "format": "date-time"}
        return {"type": member.type} if member.type == "boolean" else {"type": "string", "maxLength": 12}


@cache
def fullest(kind: str, api_version: str) -> Json:
    """Return a document with every member that a conforming one may have, each with its first value."""
    body = unshared(_first(variant(kind, api_version, realistic=True)))
    conform(body, kind, api_version)
    fill_in(body, kind, api_version, Machine())
    return body


def _first(node: Json) -> Any:  # noqa: ANN401 (any JSON value)
    if "properties" in node:
        return {name: _first(each) for name, each in node["properties"].items()}
    if "items" in node:
        return [_first(node["items"])]
    return node["enum"][0] if "enum" in node else _VALUE_OF_TYPE[node["type"]]
