"""The level of a status contradicts its code exactly where the vocabulary has another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from instanceview.checking.check import check_document
from instanceview.checking.scope import scope_of
from instanceview.model.document import Document, Origin
from instanceview.rules.site import Site
from instanceview.tables.catalog import api_versions

if TYPE_CHECKING:
    from collections.abc import Callable

NEWEST = api_versions()[-1]
PLACES: dict[str, Callable[[object], object]] = {
    "statuses": lambda each: {"statuses": [each]},
    "vmHealth.status": lambda each: {"vmHealth": {"status": each}},
}


@pytest.mark.parametrize("place", PLACES)
def test_a_level_is_that_of_the_vocabulary_where_this_has_one(place: str) -> None:
    scope = scope_of("vm", NEWEST)
    element = scope.root
    for name in place.split("."):
        element = element.children[name]
    for category in Site("status", scope, (), element, {}, None).categories.values():
        for state in category.states.values():
            for detail, known in (("", state), ("/Some", state), ("/-12", state.numbered or state)):
                for level in ("Info", "Warning", "Error"):
                    status = {"code": f"{category.name}/{state.name}{detail}", "level": level}
                    found = check_document(Document(PLACES[place](status), Origin("a"), "vm", NEWEST))
                    rules = {each.rule for each in found}
                    assert ("level-contradicts-code" in rules) == (known.level not in {"", None, level}), status
