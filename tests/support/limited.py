"""Documents that reach a limit, in every way in which they come in, and what `check` says of each."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from checkout import DATA
from inside import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from program import Ran

    Files = dict[str, bytes]

EXPECTED = DATA / "limits" / "beyond.expected"
STDIN = "-"
URL = "https://management.azure.com/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v"
_QUERY = "/instanceView?api-version=2024-07-01"


def _view(name: str, **more: object) -> dict[str, Any]:
    return {"computerName": name, "statuses": [{"code": "PowerState/running", "level": "Info"}], **more}


def _nested(levels: int) -> object:
    return [_nested(levels - 1)] if levels else []


FIRST, LAST = _view("first"), _view("last")
LARGE = _view("large" * 600)
VIEWS = {
    "nesting": _view("deep", other=_nested(18)),
    "members": _view("wide", **{f"member{number}": number for number in range(98)}),
    "items": _view("long", disks=[{"name": f"disk {number}"} for number in range(100)]),
}
"""The second of three documents, by the limit that it reaches; for the other limits it is a large one."""


def _text(value: object) -> bytes:
    return json.dumps(value).encode()


def _base64(data: bytes) -> dict[str, str]:
    return {"body": base64.b64encode(data).decode()}


def _packed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def _lines(views: list[Any]) -> bytes:
    return b"".join(_text(view) + b"\n" for view in views)


def _each(views: list[Any]) -> Files:
    return {f"{number}.json": _text(view) for number, view in enumerate(views)}


def _answer(view: object) -> dict[str, Any]:
    return {"name": "v", "properties": {"instanceView": view}}


def _entry(view: object) -> dict[str, Any]:
    content = {"text": json.dumps(view), "mimeType": "application/json"}
    return {"request": {"method": "GET", "url": URL + _QUERY}, "response": {"status": 200, "content": content}}


def _interaction(view: object) -> dict[str, Any]:
    body = {"status": {"code": 200}, "headers": {}, "body": {"string": json.dumps(view)}}
    return {"request": {"method": "GET", "uri": URL + _QUERY}, "response": body}


def _yaml(value: object) -> bytes:
    return yaml.safe_dump(value, width=10**6).encode()


def _zipped(files: Files) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


class Way(NamedTuple):
    """A way in which documents come in: the files that hold some, and the size of the part of a file that holds one.

    `whole` means that a file is read as a whole, `several` that it may hold any number.
    """

    files: Callable[[list[Any]], Files]
    size: Callable[[Any], int] = lambda view: len(_text(view))
    whole: bool = False
    several: bool = True


WAYS = {
    "JSON": Way(_each, whole=True, several=False),
    "array": Way(lambda views: {"a.json": _text(views)}),
    "list answer": Way(lambda views: {"a.json": _text({"value": [_answer(view) for view in views]})}, whole=True),
    "NDJSON": Way(lambda views: {"a.ndjson": _lines(views)}),
    "standard input": Way(lambda views: {STDIN: _lines(views)}),
    "YAML": Way(
        lambda views: {"a.yaml": b"".join(b"---\n" + _yaml(view) for view in views)},
        lambda view: len(_yaml(view)) - 1,
        whole=True,
    ),
    "HAR": Way(
        lambda views: {"a.har": _text({"log": {"entries": [_entry(view) for view in views]}})},
        lambda view: len(_text(_entry(view))),
    ),
    "cassette": Way(
        lambda views: {"a.yaml": _yaml({"interactions": [_interaction(view) for view in views]})},
        lambda view: len(_yaml([_interaction(view)])),
    ),
    "zip": Way(lambda views: {"a.zip": _zipped(_each(views))}, whole=True, several=False),
    "gzip": Way(lambda views: {"a.ndjson.gz": _packed(_lines(views))}),
    "base64": Way(
        lambda views: {"a.json": _text([_base64(_text(view)) for view in views])},
        lambda view: len(_text(_base64(_text(view)))),
    ),
    "gzip in base64": Way(lambda views: {"a.json": _text([_base64(_packed(_text(view))) for view in views])}),
    "text": Way(lambda views: {"a.log": b"".join(b"it said\n" + _text(view) + b"\n" for view in views)}, whole=True),
}


class Case(NamedTuple):
    """A limit that is reached in one way: its option, the files, and the least value with which all is read."""

    limit: str
    way: str
    files: Files
    least: int

    @property
    def option(self) -> str:
        """The option of the limit, up to its value."""
        return f"--max-{self.limit.replace('_', '-')}="


def cases() -> Iterator[Case]:
    """Yield each limit in each way in which it can be reached."""
    for name, way in WAYS.items():
        for limit, view in VIEWS.items():
            around = 4 if (limit, name) == ("nesting", "list answer") else 0  # levels
            yield Case(limit, name, way.files([FIRST, view, LAST]), (20 if limit == "nesting" else 100) + around)
        files = way.files([FIRST, LARGE, LAST])
        yield from (Case(limit, name, files, least) for limit, least in _sizes(name, way, files))


def _sizes(name: str, way: Way, files: Files) -> Iterator[tuple[str, int]]:
    """Yield the least values of the limits that a large document reaches."""
    size, lines = len(_text(LARGE)), len(_lines([FIRST, LARGE, LAST]))
    longest = {"zip": size, "gzip": lines}.get(name, max(map(len, files.values())))
    yield "document_size", way.size(LARGE)
    yield "file_size", longest
    if way.whole:
        yield "file_in_memory", longest
    if way.several:
        yield "documents", 3
    if name in {"base64", "gzip in base64"}:
        yield "decoded_size", size
    if name in {"zip", "gzip"}:
        yield "unpacked_size", lines - (3 if name == "zip" else 0)
    if name == "gzip in base64":
        yield "ratio", -(-size // len(_packed(_text(LARGE))))
    if name in {"zip", "gzip"}:
        (packed,) = files.values()
        yield "ratio", -(-lines // len(packed))


def checked(case: Case, value: object, folder: Path, *more: str) -> Ran:
    """Check the files of a case in a folder, with a value of its limit; no finding is listed."""
    for name, content in case.files.items():
        if name != STDIN:
            (folder / name).write_bytes(content)
    stdin = case.files.get(STDIN, b"")
    return run("check", *case.files, f"{case.option}{value}", "--max-findings=0", *more, cwd=folder, stdin=stdin)


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield the file of what is said just beyond each limit."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    lines: list[str] = []
    for case in cases():
        with TemporaryDirectory() as folder:
            lines += [f"== {case.limit} by {case.way}", *checked(case, case.least - 1, Path(folder)).heads]
    yield EXPECTED, "".join(f"{line}\n" for line in lines)
