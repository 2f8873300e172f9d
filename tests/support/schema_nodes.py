"""A node of a derived schema as it checks: without the keywords that only annotate, for editors."""

from __future__ import annotations

from typing import Any


def checking(node: dict[str, Any]) -> dict[str, Any]:
    """Return a node with its one checking `allOf` in it: a reference, or listed values; `anyOf` checks nothing."""
    first: dict[str, Any] = node.get("allOf", [{}])[0]
    annotating = {"allOf", "anyOf"} | ({"type", "properties"} if "$ref" in first else set())
    return {name: value for name, value in node.items() if name not in annotating} | first


def members(node: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the members that the tables give an object, each as it checks: all but the one for editors."""
    return {name: checking(each) for name, each in node.get("properties", {}).items() if name != "$schema"}
