"""The data beside the hazard documents that is made from others: what captures show, and what readers answer."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from checkout import NotHereError, shared_folder
from hazard_facts import OF_ANY, OF_MACHINES, OF_SCALE_SETS
from wrong_readers import FOLDER, READERS, answer, asked_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hazard_facts import Predicate
    from seen import View

FACTS: dict[str, Predicate] = {**OF_MACHINES, **OF_SCALE_SETS, **OF_ANY}
"""The predicates by name."""


def written() -> dict[str, View]:
    """Return the hazard documents as written, by name."""
    return {path.name.split(".")[0]: json.loads(path.read_bytes()) for path in sorted(FOLDER.glob("*.*.*.json"))}


@cache
def captured(shared: Path, kind: str) -> dict[str, View]:
    """Return the captured documents of a kind, by kind and id such as `vm#563`."""
    lines = (shared / "captures" / "documents" / f"{kind}.ndjson").read_bytes().splitlines()
    rows = (json.loads(line) for line in lines)
    return {f"{kind}#{row['id']}": row["document"] for row in rows if row["kind"] == "document" and row["real"]}


def captured_of(shared: Path, fact: str) -> dict[str, View]:
    """Return the captured documents that a fact is about."""
    kinds = (
        ("vmss",) if fact in OF_SCALE_SETS else ("vm", "vmss-vm") if fact in OF_MACHINES else ("vm", "vmss-vm", "vmss")
    )
    return {name: view for kind in kinds for name, view in captured(shared, kind).items()}


def counted(shared: Path, fact: str) -> dict[str, Any]:
    """Return how many captured documents show a fact, of how many, and the first of them."""
    views = captured_of(shared, fact)
    shown = [name for name, view in views.items() if FACTS[fact](view)]
    return {"captured": len(shown), "of": len(views), "example": next(iter(shown), "")}


def misled() -> dict[str, dict[str, dict[str, str]]]:
    """Return the readers that each hazard document misleads, with what they give and what is right."""
    found = {}
    for name, view in written().items():
        answers = {reader: answer(reader, view) for reader in READERS if asked_of(reader, view)}
        found[name] = {reader: each.said for reader, each in answers.items() if each.verdict != "right"}
    return found


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield the files with the texts that they should have; raises NotHereError without the captures."""
    yield FOLDER / "misled.json", _text(misled())
    shared = shared_folder()
    if shared is None:
        message = "the captures are not here: no shared/ beside the checkout"
        raise NotHereError(message)
    shown = json.loads((FOLDER / "hazards.json").read_bytes()).values()
    facts = dict.fromkeys(each["fact"] for each in shown if "fact" in each)
    yield FOLDER / "facts.json", _text({fact: counted(shared, fact) for fact in facts})


def _text(content: dict[str, dict[str, Any]]) -> str:
    """Return JSON with a line for each member of a member, so that a change shows as lines of it."""
    blocks = (
        f"{json.dumps(name)}: {{\n"
        + ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in each.items())
        + "\n }"
        for name, each in content.items()
    )
    return "{\n " + ",\n ".join(blocks) + "\n}\n"
