"""The marker `instance_views`: a test runs with generated documents, the same ones for the same seed."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import KW_ONLY, dataclass, fields, replace
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from instanceview.model.names import UnknownNameError, known
from instanceview.model.text import one_line
from instanceview.tables.catalog import api_versions, versions_of
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from instanceview.testing.validator import Validator

ARGUMENT = "instance_view"
"""The argument of a test that gets the documents."""


@dataclass(frozen=True)
class Drawing:
    """The arguments of the marker: `count` documents of a kind at an api-version, drawn from a seed."""

    kind: str = KINDS[0]
    api_version: str | None = None
    _: KW_ONLY
    realistic: bool = True
    count: int = 10
    seed: int = 0


def parametrise(metafunc: pytest.Metafunc, mark: pytest.Mark, validator: Validator) -> None:
    """Give a marked test its documents by number; they are drawn when the first of them is needed.

    A class may hold tests without the argument, but a test that is itself marked must have it.
    """
    if ARGUMENT not in metafunc.fixturenames:
        if mark in metafunc.definition.own_markers:
            _fail(metafunc, f"the test has no argument {ARGUMENT} for the documents; add it")
        return
    drawing, fault = _drawing(mark, validator.api_version or api_versions()[-1])
    if drawing is None:
        _fail(metafunc, fault)
    names = [f"{drawing.kind}-{drawing.api_version}-{number}" for number in range(drawing.count)]
    numbered = [(drawing, number) for number in range(drawing.count)]
    metafunc.parametrize(ARGUMENT, numbered, indirect=True, ids=names)


def _fail(metafunc: pytest.Metafunc, fault: str) -> NoReturn:
    pytest.fail(f"{metafunc.definition.nodeid}: instance_views: {fault}", pytrace=False)


def _drawing(mark: pytest.Mark, default: str) -> tuple[Drawing | None, str]:
    """Return the arguments of the marker, or None and the fault of them."""
    try:
        drawing = Drawing(*mark.args, **mark.kwargs)
        known("kind", drawing.kind, KINDS)
        version = known("api-version", drawing.api_version or default, versions_of(drawing.kind))
    except UnknownNameError as error:
        return None, str(error)
    except TypeError as error:
        names = ", ".join(field.name for field in fields(Drawing))
        return None, f"{str(error).removeprefix('Drawing.__init__() ')}; known: {names}"
    if not isinstance(drawing.count, int) or drawing.count < 1:
        return None, f"count takes a whole number of at least 1; found {one_line(repr(drawing.count))}"
    return replace(drawing, api_version=version), ""


def missing_extra() -> str:
    """Return the usage error for tests with the marker where an extra is not installed, empty where it is."""
    if all(map(find_spec, ("hypothesis", "hypothesis_jsonschema"))):
        return ""
    return "the marker instance_views needs hypothesis; run pip install 'instanceview[hypothesis]'"


def document(numbered: tuple[Drawing, int]) -> dict[str, Any]:
    """Return the document of a number, as a value that the test may change."""
    drawing, number = numbered
    if missing_extra():
        pytest.fail(missing_extra(), pytrace=False)
    documents = _documents(drawing)
    if number >= len(documents):
        pytest.fail(f"instance_views: only {len(documents)} different documents could be drawn", pytrace=False)
    return deepcopy(documents[number])


@cache
def _documents(drawing: Drawing) -> tuple[dict[str, Any], ...]:
    """Draw the documents, the smallest first: those of a seed are equal in every process, so that workers agree."""
    # An extra: without it, only the marker cannot be used.
    from hypothesis import HealthCheck, Phase, given, seed, settings

    instance_views = import_module("instanceview.testing.strategies").instance_views
    drawn: list[dict[str, Any]] = []

    @seed(drawing.seed)
    @settings(
        max_examples=drawing.count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(instance_views(drawing.kind, drawing.api_version, realistic=drawing.realistic))
    def draw(body: dict[str, Any]) -> None:
        drawn.append(body)

    draw()
    return tuple(drawn)
