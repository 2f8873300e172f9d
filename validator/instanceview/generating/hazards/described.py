"""The hazards as values: their documents, how often captures show each, and the readers that it misleads."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.literals import ApiVersion, KindName

_HERE = Path(__file__).parent


class Misled(NamedTuple):
    """A reader that a hazard misleads: what it asks, its code, the value that it gives, and the right one.

    The code is a Python expression about a document, `view`; `times` are all times in it. `gives` and `right` are
    written as Python writes values. Where the code raises an exception, `gives` is None and `raises` is its name.
    """

    asks: str
    code: str
    right: str
    gives: str | None = None
    raises: str | None = None


class Hazard(NamedTuple):
    """A hazard document: what it shows, how often captured documents show it, and the readers that it misleads.

    It is written for `kind` and `api_version`, and documents of `kinds` can show it. `fact` names what it shows.
    `captured` of `of` machines or scale sets show it, and `example` is the first of those. Where `captured` is 0, its
    shape is published and in no capture. The plainest of the `readers` is the first. `only` is the one api-version that
    can have the hazard, `note` the rule that notes it; most hazards have neither.
    """

    name: str
    kind: KindName
    api_version: ApiVersion
    kinds: tuple[str, ...]
    about: str
    fact: str
    captured: int
    of: int
    example: str
    readers: tuple[Misled, ...]
    only: str
    note: str

    @property
    def evidence(self) -> str:
        """The number of captures that show it, in words."""
        if not self.captured:
            return "published shape, in no capture"
        return f"{self.captured:,} of {self.of:,} {KIND_VALUES[self.kind].subject}s, for example {self.example}"

    @property
    def file(self) -> Path:
        """The document as written."""
        return _HERE / f"{self.name}.{self.kind}.{self.api_version}.json"


@cache
def hazards() -> dict[str, Hazard]:
    """Return the hazards by name; those of one subject are together.

    >>> hazards()["os-state-first-running"].evidence
    '35 of 2,767 machines, for example vm#984'
    """
    scopes = {name: (kind, version) for name, kind, version, _ in map(_parts, _HERE.glob("*.*.*.json"))}
    facts = _data("facts")
    return {
        name: Hazard(
            name,
            *scopes[name],
            kinds=tuple(entry.get("kinds", _like(scopes[name][0]))),
            about=entry["about"],
            fact=entry.get("fact", ""),
            **facts[entry["fact"]] if "fact" in entry else {"captured": 0, "of": 0, "example": ""},
            readers=_readers(name, entry["reader"]),
            only=entry.get("only", ""),
            note=entry.get("note", ""),
        )
        for name, entry in _data("hazards").items()
    }


def _parts(file: Path) -> list[Any]:
    """Return the parts of a file's name: the hazard, the kind and the api-version of the document."""
    return file.name.split(".")


def _like(kind: str) -> Iterator[str]:
    """Yield the kinds whose documents are about the same subject."""
    return (name for name, each in KIND_VALUES.items() if each.subject == KIND_VALUES[kind].subject)


def _readers(name: str, plainest: str) -> tuple[Misled, ...]:
    answers = _data("misled").get(name, {})
    codes = _data("readers")
    return tuple(Misled(**codes[each], **answers[each]) for each in sorted(answers, key=lambda each: each != plainest))


@cache
def _data(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((_HERE / f"{name}.json").read_bytes())
    return content
