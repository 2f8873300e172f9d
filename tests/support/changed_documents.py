"""The findings of the documents of `tests/data/changed_states`, and how these change with each part of a document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from checkout import DATA
from drawn import values_at
from states import CHANGED, kind_of

from instanceview.checking.check import check_document, tables_for
from instanceview.checking.coverage import CoverageCounter
from instanceview.model.document import Document, Origin
from instanceview.model.pointer import pointer
from instanceview.places.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from instanceview.places.spans import Path as Steps
    from instanceview.rules.site import Hook

FOLDER = DATA / "changed_documents"
_FAMILIES: tuple[Hook, ...] = ("fidelity",)
_OTHERS: tuple[object, ...] = (None, 5, "x", [], {}, True, -1, 1.5, "", "Info", ["x"], {"x": 1}, 2**31, "2026-13-01")


def cases() -> list[Path]:
    """Return the documents."""
    return sorted(CHANGED.glob("*.json"))


def expected(path: Path, of: str = "findings") -> Path:
    """Return the file with what is expected of a document: its findings or its coverage."""
    return FOLDER / f"{path.stem}-{of}.txt"


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield each expected file with its text now."""
    for path in cases():
        yield expected(path), "".join(f"{line}\n" for line in changes(path))
        yield expected(path, "coverage"), "".join(f"{line}\n" for line in coverage(path))


def changes(path: Path) -> Iterator[str]:
    """Yield the findings of a document, and then, for each change of it, those that are gone and new."""
    body = json.loads(path.read_text("utf-8"))
    (_, plain), *others = ((name, _findings(each)) for name, each in changed(body, kind_of(path, body)))
    yield from plain.values()
    for name, found in others:
        yield f"{name}:{'' if found.keys() == plain.keys() else ' other findings'}"
        yield from (f"  - {key}" for key in plain if key not in found)
        yield from (f"  {found[key]}" for key in found if key not in plain)


def coverage(path: Path) -> Iterator[str]:
    """Yield the counts of a document and of all its changes together; files are named by the number of the change."""
    body, counter = json.loads(path.read_text("utf-8")), CoverageCounter()
    for number, (_, document) in enumerate(changed(body, kind_of(path, body))):
        assert isinstance(document.body, dict)
        counter.add(document.body, tables_for(document), Origin(str(number)), "", fits=False)
    found = counter.coverage()
    for name, counts in (
        ("row", found.rows),
        ("code", found.codes),
        ("other", found.others),
        ("member", found.members),
    ):
        yield from sorted(f"{name} {' '.join(key[2:])}: {_counts(count)}" for key, count in counts.items())


def _counts(count: tuple[object, ...]) -> str:
    parts = (_count(each) for each in count)
    return ", ".join(part for part in parts if part not in {"", "0"})


def _count(value: object) -> str:
    if isinstance(value, Origin):
        return f"first {value.file}"
    if isinstance(value, dict):
        return " ".join(f"{name}={_count(each)}" for name, each in value.items())
    if isinstance(value, tuple):
        return " ".join(map(_count, value))
    return str(value)


def changed(document: object, kind: str) -> Iterator[tuple[str, Document]]:
    """Yield a document as it is, and then each change of it, by name."""
    for name, body in [("", document), *_changed(document)]:
        text = json.dumps(body, indent=1)
        yield name, Document(body, Origin("a"), kind, source=Source(text), data=text.encode())


def _findings(document: Document) -> dict[str, str]:
    """Return the findings of a document, each by what does not change with the lines before it."""
    shown = {}
    for each in check_document(document, families=_FAMILIES):
        key = f"{each.severity.value} {each.rule} {each.pointer or '/'}"
        shown[key] = f"{each.origin.line}:{each.origin.column} {key}: {each.message}"
    return shown


def _changed(document: object) -> Iterator[tuple[str, object]]:
    """Yield a document with two other values at each path, without each member, and with each under two other names."""
    for number, (path, old) in enumerate(values_at(document)):
        if not path:
            continue
        others = [each for each in _OTHERS if type(each) is not type(old) or isinstance(each, str)]
        for other in (others[number % len(others)], others[(number + 4) % len(others)]):
            yield f"{pointer(path)} := {json.dumps(other)}", _with(document, path, {path[-1]: other})
        yield f"{pointer(path)} removed", _with(document, path, {})
        if isinstance(path[-1], str):
            name = (path[-1].capitalize(), f"{path[-1]}s", path[-1][:-1], f"{path[-1]} ")[number % 4]
            yield f"{pointer(path)} named {name!r}", _with(document, path, {name: old})
            yield f"{pointer(path)} and {name!r}", _with(document, path, {path[-1]: old, name: old})


def _with(document: object, path: Steps, members: dict[Any, object]) -> object:
    """Return a copy of a document with other members, or items, in place of the one at a path."""
    copy: Any = json.loads(json.dumps(document))
    *above, last = path
    holder = copy
    for step in above:
        holder = holder[step]
    if isinstance(holder, list):
        holder[last : last + 1] = members.values()  # type: ignore[index,operator]  # an index
        return copy
    kept = dict(holder)
    holder.clear()
    for name, value in kept.items():
        holder.update(members if name == last else {name: value})
    return copy
