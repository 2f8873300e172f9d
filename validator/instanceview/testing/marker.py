"""The marker `instance_views`: a test runs with drawn documents or hazards, which are the same for the same seed."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import KW_ONLY, dataclass, fields, replace
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from instanceview.generating.hazards import able, hazard
from instanceview.model.names import flag, known
from instanceview.model.text import one_line
from instanceview.tables.catalog import version_of, versions_of
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from instanceview.literals import ApiVersion, KindName
    from instanceview.testing.validator import Validator

ARGUMENT = "instance_view"
"""The argument of a test that gets the documents."""


@dataclass(frozen=True)
class Drawing:
    """The arguments of the marker: `count` documents of a kind at an api-version, drawn from a seed, by default 10.

    With `hazards`, they are `count` documents of each hazard, by default 1, and not drawn ones.
    """

    kind: KindName = KINDS[0]
    api_version: ApiVersion | None = None
    _: KW_ONLY
    realistic: bool = True
    hazards: bool = False
    count: int | None = None
    seed: int = 0

    @property
    def number(self) -> int:
        """The number of documents to draw, or of each hazard."""
        return self.count or (1 if self.hazards else 10)

    def documents(self) -> dict[str, Callable[[], dict[str, Any]]]:
        """Return a function for each document that makes it, by the name of the run with it."""
        start = f"{self.kind}-{self.api_version}"
        if not self.hazards:
            return {f"{start}-{number}": partial(_drawn, self, number) for number in range(self.number)}
        make = partial(hazard, kind=self.kind, api_version=self.api_version)
        names = able(self.kind, self.api_version)
        if self.number == 1:
            return {f"{start}-{name}": partial(make, name, seed=self.seed) for name in names}
        seeds = range(self.seed, self.seed + self.number)
        return {f"{start}-{name}-{seed}": partial(make, name, seed=seed) for name in names for seed in seeds}


def parametrise(metafunc: pytest.Metafunc, mark: pytest.Mark, validator: Validator) -> None:
    """Give a marked test its documents by name; they are made when they are needed.

    A marked class may have tests without the argument, but a test that is itself marked must have it.
    """
    if ARGUMENT not in metafunc.fixturenames:
        if mark in metafunc.definition.own_markers:
            _fail(metafunc, f"the test has no argument {ARGUMENT} for the documents; add it")
        return
    drawing, fault = _drawing(mark, validator.api_version)
    if drawing is None:
        _fail(metafunc, fault)
    documents = drawing.documents()
    metafunc.parametrize(ARGUMENT, documents.values(), indirect=True, ids=documents)


def _fail(metafunc: pytest.Metafunc, fault: str) -> NoReturn:
    pytest.fail(f"{metafunc.definition.nodeid}: instance_views: {fault}", pytrace=False)


def _drawing(mark: pytest.Mark, default: ApiVersion | None) -> tuple[Drawing | None, str]:
    """Return the arguments of the marker, or None and their fault."""
    try:
        drawing = Drawing(*mark.args, **mark.kwargs)
    except TypeError as error:
        names = ", ".join(field.name for field in fields(Drawing))
        return None, f"{str(error).removeprefix('Drawing.__init__() ')}; known: {names}"
    try:
        known("kind", drawing.kind, KINDS)
        versions = versions_of(drawing.kind)
        version: Any = known("api-version", version_of(drawing.kind, drawing.api_version or default), versions)
        flag("realistic", drawing.realistic)
        if flag("hazards", drawing.hazards):
            able(drawing.kind)
    except (ValueError, TypeError) as error:
        return None, str(error)
    if drawing.count is not None and (not isinstance(drawing.count, int) or drawing.count < 1):
        return None, f"count takes a whole number of at least 1; found {one_line(repr(drawing.count))}"
    if drawing.hazards and not isinstance(drawing.seed, int):
        return None, f"seed takes a whole number beside hazards; found {one_line(repr(drawing.seed))}"
    return replace(drawing, api_version=version), ""


def needs_extra(item: pytest.Item) -> bool:
    """Return True if a test gets drawn documents, which need an extra; hazards do not."""
    mark = item.get_closest_marker("instance_views")
    return mark is not None and not mark.kwargs.get("hazards")


def missing_extra() -> str:
    """Return the usage error for tests with the marker where an extra is not installed, empty where it is."""
    if all(map(find_spec, ("hypothesis", "hypothesis_jsonschema"))):
        return ""
    return "the marker instance_views needs hypothesis; run pip install 'instanceview[hypothesis]'"


def _drawn(drawing: Drawing, number: int) -> dict[str, Any]:
    """Return the drawn document with a number, as a value that the test may change."""
    if missing_extra():
        pytest.fail(missing_extra(), pytrace=False)
    documents = _documents(drawing)
    if number >= len(documents):
        pytest.fail(f"instance_views: only {len(documents)} different documents could be drawn", pytrace=False)
    return deepcopy(documents[number])


@cache
def _documents(drawing: Drawing) -> tuple[dict[str, Any], ...]:
    """Draw the documents, the smallest first; a seed gives the same ones in every process, so that workers agree."""
    # An extra: without it, only the marker cannot be used.
    from hypothesis import HealthCheck, Phase, given, seed, settings

    instance_views = import_module("instanceview.testing.strategies").instance_views
    drawn: list[dict[str, Any]] = []

    @seed(drawing.seed)
    @settings(
        max_examples=drawing.number,
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
