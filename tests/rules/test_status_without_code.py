"""A status without a code is found at each place that a status has, with a code that fits there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from instanceview.checking.check import check_document
from instanceview.checking.scope import is_status, scope_of
from instanceview.model.document import Document, Origin
from instanceview.tables.catalog import versions_of
from instanceview.tables.descent import below
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from instanceview.tables.elements import Element

PLACES = [
    (kind, version, element)
    for kind in KINDS
    for version in (versions_of(kind)[0], versions_of(kind)[-1])
    for element in below(scope_of(kind, version).root)
    if element.path and is_status(element) and element.documented_at(version)
]


@pytest.mark.parametrize(
    ("kind", "version", "element"), PLACES, ids=[f"{kind} {each.path}" for kind, _, each in PLACES]
)
def test_a_status_without_a_code_is_found_with_an_example_that_fits(kind: str, version: str, element: Element) -> None:
    status: dict[str, object] = {"count": 1} if "count" in element.children else {"displayStatus": "a"}
    (found,) = check_document(_document(kind, version, element, status))
    said, code = (found.hint or "").rsplit(" ", 1)
    assert (found.rule, said) == ("status-without-code", 'add "code", for example')
    whole = _document(kind, version, element, {**status, "code": code})
    assert "code" not in {each.element.rpartition(".")[2] for each in check_document(whole)}


def _document(kind: str, version: str, element: Element, status: object) -> Document:
    around, view = scope_of(kind, version).root, status
    steps = []
    for name in element.path.split("."):
        around = around.children[name]
        steps.append((name, around.member.type == "array"))
    for name, is_list in reversed(steps):
        view = {name: [view] if is_list else view}
    return Document(view, Origin("a"), kind, version)
