"""The committed indexes are derived from the rules and tables of today."""

from __future__ import annotations

import pytest

from instanceview.derive import indexes
from instanceview.rules import RULES
from instanceview.tables.catalog import schemas_folder


@pytest.mark.parametrize("name", ["RULES.md", "ELEMENTS.md"])
def test_an_index_is_derived_byte_for_byte(name: str) -> None:
    assert (schemas_folder() / name).read_text("utf-8") == indexes()[name]


def test_the_index_of_rules_has_every_rule() -> None:
    text = indexes()["RULES.md"]
    assert [rule.name for rule in RULES if f"## {rule.name}\n" not in text] == []
