"""States as JSON, those of the hazard documents beside their expected ones, and a comparison with a labelled part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from checkout import DATA, IMPORT_PATH

from instanceview import state
from instanceview.checking.machine_state.as_json import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.literals import ApiVersion, KindName

EXPECTED = DATA / "states"


class Hazard(NamedTuple):
    """A hazard document with its kind and api-version, as its file is named."""

    name: str
    kind: KindName
    api_version: ApiVersion
    document: dict[str, Any]

    @property
    def expected(self) -> Path:
        """The file with its state as JSON."""
        return EXPECTED / f"{self.name}.json"

    def text(self) -> str:
        """Return the state that it has now, as in the file."""
        found = to_json(state(self.document, kind=self.kind, api_version=self.api_version))
        return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def hazards() -> dict[str, Hazard]:
    """Return the hazard documents by name."""
    paths = sorted((Path(IMPORT_PATH) / "instanceview" / "generating" / "hazards").glob("*.json"))
    return {each.name: each for each in map(_hazard, paths)}


def _hazard(path: Path) -> Hazard:
    name, kind, version, _ = path.name.split(".")
    document = json.loads(path.read_text("utf-8"))
    return Hazard(name, cast("KindName", kind), cast("ApiVersion", version), document)


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield the expected file of each hazard document and its text now."""
    for hazard in hazards().values():
        yield hazard.expected, hazard.text()


def differences(expected: object, found: object, pointer: str = "") -> Iterator[str]:
    """Yield where a state differs from its labelled part: objects may have more members, lists no other items.

    >>> list(differences({"power": {"word": "running"}}, {"power": {"word": "stopped", "pointer": ""}}))
    ["/power/word: expected 'running', found 'stopped'"]
    """
    if isinstance(expected, dict) and isinstance(found, dict):
        for name, value in expected.items():
            if name in found:
                yield from differences(value, found[name], f"{pointer}/{name}")
            else:
                yield f"{pointer}/{name}: expected {value!r}, found no member"
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, (value, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(value, other, f"{pointer}/{index}")
    elif expected != found or type(expected) is not type(found):
        yield f"{pointer}: expected {expected!r}, found {found!r}"
