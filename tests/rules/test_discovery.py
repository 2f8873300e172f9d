"""Rules are found in their files, and are in the order that they declare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from instanceview import rules
from instanceview.rules._discovery import in_reading_order, reading_order_module
from instanceview.rules.unset_time import RULE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.rule import Rule

FOLDER = Path(rules.__path__[0])


def test_the_committed_order_is_that_of_the_files() -> None:
    assert reading_order_module() == (FOLDER / "_reading_order.py").read_text("utf-8")


def _rules(follows: dict[str, str | None]) -> Iterator[Rule]:
    names: Any = follows.items()
    return (RULE._replace(name=name, follows=before) for name, before in names)


def ordered(**follows: str | None) -> list[str]:
    return [each.name for each in in_reading_order(_rules(follows))]


def test_a_rule_is_directly_behind_the_one_that_it_follows_and_one_without_any_is_last() -> None:
    assert ordered(alone=None, root=None, d="b", c="root", b="root", e="d") == ["root", "b", "d", "e", "c", "alone"]


def test_a_rule_that_follows_an_unknown_one_or_itself_is_refused() -> None:
    with pytest.raises(ValueError, match='rule "a" follows "x", which is not a rule; known: a, b'):
        ordered(a="x", b=None)
    with pytest.raises(ValueError, match="rules follow one another in a circle: a, b; let one of them follow another"):
        ordered(a="b", b="a", c=None)
