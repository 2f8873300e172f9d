"""The anchors of one YAML document; the size of an alias is counted before it is used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.model.limits import beyond
from instanceview.model.text import counted, plural, quote
from instanceview.reading.json_texts.bounds import too_deep
from instanceview.reading.yaml_texts.faults import NotYAMLError

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from instanceview.model.limits import Limits
    from instanceview.reading.yaml_texts.node import Node

_BEGINNING = re.compile(r"[0-9A-Za-z_-]*+")  # of the name of an anchor: all of it, by YAML 1.1


def used_in(text: str) -> Container[str]:
    r"""Return the beginnings of what may be the name of an alias in a text.

    >>> sorted(used_in("- *a1\n- b *c, *"))
    ['', 'a1', 'c']
    """
    return {_beginning(text, star.end()) for star in re.finditer(r"\*", text)}


def _beginning(text: str, start: int = 0) -> str:
    found = _BEGINNING.match(text, start)
    return found[0] if found else ""


class Anchors:
    """The values by anchor, the last one where an anchor is used again; `added` is what aliases have added so far."""

    def __init__(
        self,
        limits: Limits,
        nodes: Mapping[str, Node] | None = None,
        added: int = 0,
        used: Container[str] | None = None,
    ) -> None:
        """Begin a text; `nodes` are the values of anchors in texts before it.

        Those that are not `used` are not kept, where that is given: each takes some 200 bytes.
        """
        self._limits = limits
        self._used = used
        self._nodes: dict[str, Node | None] = dict(nodes or {})
        self.added = added

    def forget(self) -> None:
        """End a document: its anchors are not those of the next one."""
        self._nodes.clear()

    def found(self) -> dict[str, Node]:
        """Return the values by anchor."""
        return {name: node for name, node in self._nodes.items() if node}

    def begin(self, anchor: str) -> None:
        """Note that the value of an anchor is being read."""
        if self._is_used(anchor):
            self._nodes[anchor] = None

    def end(self, anchor: str, node: Node) -> None:
        """Note the value of an anchor."""
        if self._is_used(anchor):
            self._nodes[anchor] = node

    def _is_used(self, anchor: str) -> bool:
        return self._used is None or _beginning(anchor) in self._used

    def follow(self, anchor: str, level: int, start: int) -> Node:
        """Return the value of an alias at a level of nesting, and at an offset.

        Raises NotYAMLError when there is none, when the alias is inside its own value, and when it makes the document
        too large.
        """
        shown = f"the alias {quote(f'*{anchor}')}"
        node = self._nodes.get(anchor)
        if node is None:
            inside = anchor in self._nodes
            why = "is inside the value that it refers to" if inside else "refers to no earlier anchor"
            raise NotYAMLError(f"{shown} {why}; write the value out", start)
        self.added += node.weight
        most = self._limits.aliases
        if self.added > most:
            most_added = f"{counted(most, 'value')} or {plural(most, 'character')}"
            reason = f"aliases add more than {most_added}, reached at {shown}"
            raise NotYAMLError(beyond(reason, "aliases"), start)
        if level + node.height > self._limits.nesting:
            raise NotYAMLError(too_deep(self._limits, f" by {shown}"), start)
        return node
