"""Strategies of the property tests: documents that conform to a schema, JSON values, and JSON texts of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema
from schema_nodes import checking

from instanceview.tables.catalog import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

    from instanceview.literals import ApiVersion, KindName
    from instanceview.places.spans import Path

_CODES = (
    "ProvisioningState/succeeded",
    "ProvisioningState/failed/-1",
    "PowerState/running",
    "PowerState/Deallocated",
    "ComponentStatus/StdOut/succeeded/1",
    "OSState/generalised",
)
_TIMES = ("2024-07-01T12:00:00Z", "2016-12-31t23:59:60.1234567+00:00")
_TEXTS = ("", "2.7.41491.1010", "Unknown", "<placeholder>", "https://a.example/log?sig=bm90LWEtc2VjcmV0", "a\n\u202eb")


@cache
def documents(kind: KindName, api_version: ApiVersion) -> SearchStrategy[dict[str, Any]]:
    """Return a strategy of documents that conform to a schema and whose texts mean something to the rules."""
    whole = schema(kind, api_version)
    drawn: SearchStrategy[Any] = from_schema(_cheaper(whole, whole["definitions"]))
    return drawn


def _cheaper(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Return a narrower schema that is drawn from quickly.

    Two patterns at one place take minutes, references and long arrays most of the rest; texts drawn at random would
    meet no rule.
    """
    node = checking(node)
    if "$ref" in node:
        return _cheaper(definitions[node["$ref"].removeprefix("#/definitions/")], definitions)
    types = node["type"] if isinstance(node.get("type"), list) else [node.get("type")]
    null = [None] if "null" in types else []
    if "enum" in node:
        return {"enum": node["enum"]}
    if "integer" in types:
        # Decimal text, where the page has it, is drawn too.
        return {"enum": [0, 2, -1, 2**31 - 1, -(2**31), 1.0, *(["7"] if "string" in types else []), *null]}
    if "string" in types:
        texts = _CODES if "pattern" in node else _TIMES if "format" in node else _TEXTS
        return {"enum": [*texts, *null]}
    kept: dict[str, Any] = {key: node[key] for key in ("type", "required", "additionalProperties") if key in node}
    if "items" in node:
        return {**kept, "items": _cheaper(node["items"], definitions), "maxItems": 2}
    properties = node.get("properties", {})
    return {**kept, "properties": {name: _cheaper(each, definitions) for name, each in properties.items()}}


# A lone surrogate is a text of its own here, since two halves side by side become one character.
_STRINGS = st.text(max_size=6) | st.text('":\\/ ,[]{}\n\u00e9\U0001f600', max_size=6) | st.just("\udc00")
_NUMBERS = st.integers() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
_SCALARS = st.none() | st.booleans() | _NUMBERS | _STRINGS

JSON_VALUES: SearchStrategy[Any] = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_STRINGS, inner, max_size=4),
    max_leaves=20,
)
"""Any JSON value, with texts full of what marks structure."""


def values_at(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Yield every value in a JSON value with its path, itself first."""
    yield path, value
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from values_at(item, (*path, key))


@dataclass(frozen=True)
class Writer:
    """Writes JSON texts of values, with white space and escapes where JSON allows them, as `random` has it.

    `spaces` are chosen from; with `escapes`, characters that need no escape have one now and then; with `repeats`,
    a member may be written again with another value, before or after others of its object.
    """

    random: Random
    spaces: tuple[str, ...] = ("",)
    escapes: bool = False
    repeats: bool = False

    def write(self, value: object) -> str:
        if isinstance(value, dict):
            shown = [
                f"{self.write(key)}{self._space()}:{self._space()}{self.write(item)}"
                for key, item in self._members(value)
            ]
            return "{" + self._joined(shown) + "}"
        if isinstance(value, list):
            return "[" + self._joined([self.write(item) for item in value]) + "]"
        return self._string(value) if isinstance(value, str) else json.dumps(value)

    def _members(self, value: dict[str, object]) -> list[tuple[str, object]]:
        members = list(value.items())
        if members and self.repeats and self.random.random() < 0.5:
            again = self.random.choice([None, 'x":', list(value), dict(members[1:])])
            members.insert(self.random.randint(0, len(members)), (self.random.choice(members)[0], again))
        return members

    def _joined(self, shown: list[str]) -> str:
        return self._space() + f"{self._space()},{self._space()}".join(shown) + self._space()

    def _space(self) -> str:
        return self.random.choice(self.spaces)

    def _string(self, text: str) -> str:
        return '"' + "".join(self._character(character) for character in text) + '"'

    def _character(self, character: str) -> str:
        code = ord(character)
        if 0xD800 <= code <= 0xDFFF or (self.escapes and code < 0x10000 and self.random.random() < 0.3):
            return f"\\u{code:04x}"
        return json.dumps(character, ensure_ascii=False)[1:-1]


def writers(*, repeats: bool = False) -> SearchStrategy[Writer]:
    """Return a strategy of writers: some write compactly, some with white space everywhere."""
    spaces = st.sampled_from([("",), ("", " "), ("", "", " ", "\n", "\r\n", "\t  ")])
    return st.builds(Writer, st.integers(0, 2**32).map(Random), spaces, st.booleans(), st.just(repeats))
