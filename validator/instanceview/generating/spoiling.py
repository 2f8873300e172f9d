"""Spoils a document that conforms: puts exactly one fault of a known rule at a known place."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from instanceview.checking.check import check_document
from instanceview.generating.conform import conform, unshared
from instanceview.generating.spoilers import SPOILERS, UNDRAWN
from instanceview.generating.spoilers.place import places_in
from instanceview.generating.variants import fullest
from instanceview.model.document import Document, Origin
from instanceview.model.names import known
from instanceview.model.pointer import follow, pointer
from instanceview.rules import RULES
from instanceview.tables.catalog import kinds_at, known_versions, version_of
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from instanceview.generating.spoilers.place import Fault, Place
    from instanceview.literals import ApiVersion, KindName


class CannotSpoilError(ValueError):
    """A fault that no document of a kind and api-version can have; the message says which ones can."""


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A document with exactly one fault: its text, and the finding that it must have.

    `pointer` is the JSON pointer of the one finding, `rule` its rule; `kind` and `api_version` are those to check
    it against. Check the text, since `document` cannot have a repeated key.
    """

    text: str
    rule: str
    pointer: str
    kind: KindName
    api_version: ApiVersion

    @property
    def document(self) -> dict[str, Any]:
        """The text as a Python value, parsed at each access; it has the last value of a repeated key."""
        value: dict[str, Any] = json.loads(self.text)
        return value


def spoil(document: dict[str, Any], rule: str, random: Random, *, kind: KindName, api_version: ApiVersion) -> Spoiled:
    """Return a conforming document with one fault, which `random` chooses among all faults that only this rule finds.

    If the document has no place for such a fault, the members of the rule's good example are added first, or another
    member. Raises UnknownNameError for an unknown rule, CannotSpoilError where no document of the kind and api-version
    can have the fault; both are ValueErrors.

    >>> from random import Random
    >>> spoiled = spoil({"platformFaultDomain": 2}, "null-element", Random(0), kind="vm", api_version="2024-07-01")
    >>> spoiled.document, spoiled.pointer
    ({'platformFaultDomain': None}, '/platformFaultDomain')
    """
    api_version = version_of(kind, api_version)
    base, faults = spoilings(document, rule, kind, api_version)
    if not faults:
        raise CannotSpoilError(_why_not(rule, kind, api_version))
    return spoiled_with(base, random.choice(faults), rule, kind, api_version)


def spoilings(
    document: dict[str, Any], rule: str, kind: str, api_version: str
) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Return a document and every fault of a rule that it can have; it gets more members if it cannot have any.

    Raises as `spoil` does, except for a fault that no document can have: then there are no faults.
    """
    _spoilable(rule)
    plain = unshared(document)
    conform(plain, kind, api_version)
    for base in _bases(plain, rule, kind, api_version):
        faults = tuple(fault for place in places_in(base, kind, api_version) for fault in SPOILERS[rule](place))
        if faults:
            return base, faults
    return plain, ()


def _bases(document: dict[str, Any], rule: str, kind: str, api_version: str) -> Iterator[dict[str, Any]]:
    """Yield the document, then with the members of the rule's good example, then with each member in turn."""
    yield document
    yield {**document, **_good(rule, kind, api_version)}
    for name, value in sorted(fullest(kind, api_version).items(), key=lambda each: each[0] in document):
        base = unshared({**document, name: value})
        conform(base, kind, api_version)
        yield base


@cache
def _good(rule: str, kind: str, api_version: str) -> dict[str, Any]:
    """Return the good example of a rule where it conforms, else nothing."""
    example: dict[str, Any] = json.loads(next(each.good.text for each in RULES if each.name == rule))
    found = check_document(Document(example, Origin("<example>"), kind, api_version))
    return {} if found else example


def spoiled_with(document: dict[str, Any], fault: Fault, rule: str, kind: KindName, api_version: ApiVersion) -> Spoiled:
    """Return a document with a fault put in; the document is not changed."""
    root = [unshared(document)]
    *steps, last = (0, *fault.where)
    holder: Any = follow(root, tuple(steps))[1]
    holder[last] = fault.value
    return Spoiled(json.dumps(root[0], indent=1), rule, pointer(fault.at), kind, api_version)


@cache
def scopes(rule: str) -> tuple[tuple[KindName, ApiVersion], ...]:
    """Return the kinds and api-versions whose documents can have a fault: machine documents and the newest first.

    Raises as `spoil` does for a rule that is unknown or has no spoiler.
    """
    _spoilable(rule)
    versions = known_versions()[::-1]
    every = [(kind, version) for version in versions for kind in kinds_at(version)]
    every.sort(key=lambda scope: scope[0] not in MACHINES)
    return tuple(
        scope for scope in every if any(fault for place in _all_places(*scope) for fault in SPOILERS[rule](place))
    )


@cache
def _all_places(kind: str, api_version: str) -> tuple[Place, ...]:
    return tuple(places_in(fullest(kind, api_version), kind, api_version))


def _spoilable(rule: str) -> None:
    known("rule", rule, tuple(each.name for each in RULES), "instanceview explain")
    if rule in UNDRAWN:
        raise CannotSpoilError(f'no document can have only the fault "{rule}": {UNDRAWN[rule]}')


def _why_not(rule: str, kind: str, api_version: str) -> str:
    able = scopes(rule)
    versions = sorted(version for each, version in able if each == kind)
    if versions:
        where = f"use an api-version from {versions[0]} to {versions[-1]}"
    else:
        where = f"use {' or '.join(dict.fromkeys(each for each, _ in able))}"
    return f'no {kind} document at {api_version} can have the fault "{rule}"; {where}'
