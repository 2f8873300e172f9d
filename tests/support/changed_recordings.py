"""The documents of recordings, and how these change with each part: for `tests/data/answered` in full, else by line."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from answered import cases
from checkout import DATA
from drawn import values_at
from recordings import RECORDINGS

from instanceview.model.document import Document, Origin
from instanceview.model.limits import DEFAULTS, NAMES
from instanceview.model.pointer import pointer
from instanceview.reading.dispatch import read
from instanceview.reading.files.stream import stream_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from instanceview.model.document import Skipped, Unreadable
    from instanceview.model.limits import Limits
    from instanceview.places.spans import Path as Steps

FOLDER = DATA / "changed_recordings"
LIMITS = FOLDER / "limits.txt"
_OTHERS: tuple[object, ...] = (None, 5, "x", [], {}, "", 404, "404", "200", True, ["x"], {"x": 1})
_WORD = re.compile(r"\w+")
_EVERYWHERE = {
    "200": "404",
    "GET": "PUT",
    "https": "ftp",
    "instanceView": "extensions",
    "2022-11-01": "2022-02-30",
    '"': "'",
    "'": '"',
    "\n": "\r\n",
    ": ": ":",
    "  ": "\t",
    "Date": "Expires",
    "statuses": "status",
}
"""Texts, each with the one that is written for it everywhere."""


def expected(path: Path) -> Path:
    """Return the file with what is expected of a recording, or of those in a folder."""
    return FOLDER / f"{path.name}.txt"


def folders() -> list[Path]:
    """Return the folders of recordings."""
    return sorted(RECORDINGS.iterdir())


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield each expected file with its text now."""
    for path in cases():
        yield expected(path), "".join(f"{line}\n" for line in changes(path))
    for folder in folders():
        yield expected(folder), "".join(f"{line}\n" for line in changed_lines(folder))
    yield LIMITS, "".join(f"{line}\n" for path in cases() for line in thresholds(path))


def changes(path: Path) -> Iterator[str]:
    """Yield the items that are read in a recording, and then what differs in them, with the changes that lead to it."""
    text = path.read_text("utf-8")
    is_json = "json" in path.suffix or path.suffix == ".har"
    plain = _read(text.encode())
    yield from (f"{number}: {_shown(item)}" for number, item in enumerate(plain))
    outcomes: dict[str, dict[str, list[str]]] = {}
    for place, name, other in _of_value(json.loads(text)) if is_json and path.suffix != ".ndjson" else _of_text(text):
        outcome = "; ".join(_differences(plain, _read(other.encode()))) or "nothing differs"
        outcomes.setdefault(outcome, {}).setdefault(place, []).append(name)
    for outcome, places in outcomes.items():
        yield outcome
        yield from (f"  {place}: {', '.join(names)}" for place, names in places.items())


def thresholds(path: Path) -> Iterator[str]:
    """Yield for each limit the least value with which all of a recording is read, and what differs with one less."""
    data = path.read_bytes()
    plain = _read(data)

    def differs(name: str, value: int) -> str:
        return "; ".join(_differences(plain, _read(data, limits=DEFAULTS._replace(ratio_from=0, **{name: value}))))

    yield path.name
    for name in _LIMITED:
        least = bisect_left(range(len(data) + 1), 1, key=lambda value: int(not differs(name, value)))
        if least:
            yield f"  {name} {least}: {differs(name, least - 1)}"


_LIMITED = [name for name in NAMES if name not in {"seconds", "findings_per_document", "unpacked_size"}]


def changed_lines(folder: Path) -> Iterator[str]:
    """Yield for each recording what becomes of its items, a letter for each line, and what each letter means.

    In the first row of letters the line is left out, in the next one a character of it, in the last one it is cut off.
    """
    for path in sorted(each for each in folder.iterdir() if each.suffix != ".expected"):
        lines = path.read_bytes().splitlines(keepends=True)[:_MOST_LINES]
        rest = path.read_bytes()[sum(map(len, lines)) :]
        plain = _read(path.read_bytes(), path.name)
        letters = {"": "a"}
        yield path.name
        for place in (_without, _without_character, _cut):
            row = ""
            for number, line in enumerate(lines):
                other = b"".join([*lines[:number], place(line, number), *lines[number + 1 :], rest])
                outcome = "; ".join(_differences(plain, _read(other, path.name)))
                row += letters.setdefault(outcome, chr(ord("a") + len(letters)))
            yield f"  {row}"
        yield from (f"  {letter}: {outcome[:_LONGEST]}" for outcome, letter in letters.items() if outcome)


_MOST_LINES = 24
_LONGEST = 160  # characters of what a letter means


def _without(_line: bytes, _number: int) -> bytes:
    return b""


def _without_character(line: bytes, number: int) -> bytes:
    at = number * 7 % max(len(line) - 1, 1)
    return line[:at] + line[at + 1 :]


def _cut(line: bytes, _number: int) -> bytes:
    return line[: len(line) // 2] + b"\n"


Item = dict[str, str | None]
_SHOWN = 60  # characters of a reason; PyYAML's are others in each version


def _differences(plain: list[Item], found: list[Item]) -> Iterator[str]:
    """Yield the items that are gone and new, or what differs in each where their number is the same."""
    if len(plain) == len(found):
        for number, (old, new) in enumerate(zip(plain, found, strict=True)):
            if ("reason" in old) is not ("reason" in new):
                yield f"{number}: {' '.join(filter(None, new.values()))}"
            elif old != new:
                parts = {name: new.get(name) for name in {**old, **new} if old.get(name) != new.get(name)}
                yield f"{number}: {_shown(parts)}"
        return
    yield from (f"without {number}" for number, item in enumerate(plain) if item not in found)
    yield from (f"and {' '.join(filter(None, item.values()))}" for item in found if item not in plain)


def _shown(item: Item) -> str:
    return ", ".join(f"{name} {value}" for name, value in item.items())


def _read(data: bytes, name: str = "a", limits: Limits = DEFAULTS) -> list[Item]:
    """Return the items that are read in a file, those that are not documents with their reason alone."""
    return [_item(each) for each in read(stream_of(data, limits), Origin(name))]


def _item(item: Document | Skipped | Unreadable) -> Item:
    origin = item.origin
    if not isinstance(item, Document):
        reason = "not YAML" if item.reason.startswith("not YAML") else item.reason[:_SHOWN]
        return {"entry": origin.entry, "line": f"{origin.line}:{origin.column}", "reason": reason}
    known = {
        "kind": item.kind,
        "version": f"{item.api_version} by {item.api_version_from}",
        "name": item.name,
        "date": item.answered_at,
        "method": origin.method,
        "url": (origin.url or "-").rpartition("Microsoft.Compute")[2].partition("?")[0],
        "writer": item.written_by,
        "container": item.container,
        "entry": origin.entry,
        "line": f"{origin.line}:{origin.column}" if origin.line != 1 else None,
        "inside": str(origin.inside) if origin.inside else None,
        "body": json.dumps(item.body) if item.written_by else None,
    }
    return {name: value for name, value in known.items() if value}


def _of_value(value: object) -> Iterator[tuple[str, str, str]]:
    """Yield a JSON value with another one at each path, and without each member: the place, the change, the text."""
    for number, (path, old) in enumerate(values_at(value)):
        if path:
            others = [each for each in _OTHERS if type(each) is not type(old) or isinstance(each, str)]
            for other in (others[number % len(others)], others[(number + 5) % len(others)]):
                yield pointer(path), json.dumps(other), _with(value, path, other)
            yield pointer(path), "without", _with(value, path)


def _with(value: object, path: Steps, *other: object) -> str:
    """Return the text of a value with another one at a path, or without it."""
    copy: Any = json.loads(json.dumps(value))
    *above, last = path
    holder = copy
    for step in above:
        holder = holder[step]
    if other:
        holder[last] = other[0]
    else:
        del holder[last]
    return json.dumps(copy)


def _of_text(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield a text with other texts everywhere, and without each line, with it twice, cut in it, with other words."""
    for old, new in _EVERYWHERE.items():
        if old in text:
            yield "everywhere", f"{old!r} is {new!r}", text.replace(old, new)
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        here, before, behind = f"line {number + 1}", "".join(lines[:number]), "".join(lines[number + 1 :])
        yield here, "without", before + behind
        yield here, "twice", before + line + line + behind
        yield here, "cut", before + line[: len(line) // 2]
        yield here, "indented", f"{before}  {line}{behind}"
        for match in [*_WORD.finditer(line)][number % 3 :: 5][:3]:
            other = f"{line[: match.start()]}x{line[match.end() :]}"
            yield here, f"x for {match[0][:12]}", before + other + behind
