"""A node of a generation variant -> the strategy of its values."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema

from instanceview.model.redaction import redact
from instanceview.rules._times import is_date_time
from instanceview.rules.unset_time import UNSET

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DrawFn, SearchStrategy


def node_strategy(node: dict[str, Any]) -> SearchStrategy[Any]:
    """Return the strategy of a variant's node.

    Objects and arrays are composed here, and hypothesis-jsonschema draws only their values, since it would work out the
    schema of an object again at every draw.
    """
    if "properties" in node:
        members = {name: node_strategy(each) for name, each in node["properties"].items()}
        return _objects(members, frozenset(node["required"]))
    if "items" in node:
        return st.lists(node_strategy(node["items"]), min_size=node.get("minItems", 0), max_size=node["maxItems"])
    return _leaf(json.dumps(node))


@cache
def _leaf(text: str) -> SearchStrategy[Any]:
    """Return the strategy of a variant's leaf, given as JSON: api-versions share most leaves, and each costs time."""
    node = json.loads(text)
    if isinstance(next(iter(node.get("enum", ())), None), (dict, list)):
        # hypothesis-jsonschema sorts values and members; statuses have an order, the most usual first.
        return st.sampled_from(node["enum"])
    drawn: SearchStrategy[Any] = from_schema(node)
    if node.get("format") == "date-time":
        return drawn.filter(lambda text: is_date_time(text) and not text.startswith(UNSET))
    return drawn.filter(_harmless) if node.get("type") == "string" else drawn


def _harmless(text: str) -> bool:
    """Return True if no rule reports a text as a secret or a placeholder."""
    return redact(text) == text and not re.search(r"[<>{}]", text)


@st.composite
def _objects(draw: DrawFn, members: Mapping[str, SearchStrategy[Any]], required: frozenset[str]) -> dict[str, Any]:
    """Draw an object with its members in document order; it shrinks to the required ones."""
    return {name: draw(each) for name, each in members.items() if name in required or draw(st.booleans())}
