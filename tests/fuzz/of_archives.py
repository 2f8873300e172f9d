"""Harnesses of archives and packed files: as bytes, and with an input as a file in each."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from functools import cache, partial
from typing import TYPE_CHECKING

import seeds
from harness import Harness
from of_readers import FILE, assert_checked, assert_read
from recorded_answers import url_of

from instanceview.checking.check import check_document
from instanceview.model.document import Document, Origin
from instanceview.model.limits import DEFAULTS
from instanceview.reading.archives import archive
from instanceview.reading.files.packings import unpacked
from instanceview.reading.files.stream import Stream, UnreadError
from instanceview.reading.json_texts.parse import NotJSONError
from instanceview.reading.plain_files import content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from of_readers import Item

_LONGEST_NAME = 60
_NAME = "of the harness.json"
_BESIDE = 4  # executions for one with a recording and its body
_TAR = 4 << 9  # bytes of a tar with one short file: its header, its content and two blocks at the end
_MAGIC = frozenset({b"PK", b"\x1f\x8b", b"BZ", b"\xfd7", b"(\xb5", b"x\x9c"})
"""The first bytes of what is packed."""


def _packed(data: bytes) -> Iterator[Item]:
    file = io.BytesIO(data)
    begun = unpacked(file)
    if begun.is_archive:
        yield from archive(file, begun, Origin(FILE), DEFAULTS, is_asked=True)
    else:
        yield from content(Stream(begun), Origin(f"{FILE}.packed"))  # whose places are those of its content


def _told(read_one: Callable[[bytes], Iterator[Item]], data: bytes) -> list[str]:
    """Return the findings, the other items and the fault of an input as text."""
    told: list[str] = []
    try:
        for item in read_one(data):
            told += map(str, check_document(item)) if isinstance(item, Document) else [f"{item.origin} {item.reason}"]
    except (NotJSONError, UnreadError) as error:
        told.append(str(error))
    return told


def _in_archives(data: bytes) -> None:
    """A file in a zip has what the same file in a tar has, whatever its name, and be the archive packed once more.

    So has the body in a file that a recording beside it names. Packed by itself, a file has what it has unpacked, at
    the same places.
    """
    name, _, inside = data.partition(b"\n")
    text = name[:_LONGEST_NAME].decode("utf-8", "replace").replace("\0", "") or "a.json"
    files = [(text, inside)]
    if len(inside) % _BESIDE == 0:
        files += [(f"mappings/{_NAME}", _recording()), (f"__files/{_NAME}", inside)]
    try:
        packed = [_zip(files), _tar(files)]
    except ValueError:  # a name that no archive has
        return
    packed.append(gzip.compress(packed[1], 1))
    which = len(data) % len(packed)  # what follows is the same for all of them
    if not which and inside[:2] not in _MAGIC:
        assert _told(_packed, gzip.compress(inside, 1)) == _told(_packed, inside)
    found = [list(_packed(each)) for each in packed]
    assert_checked(found[which], packed[which])
    views = [[item.body for item in items if isinstance(item, Document)] for items in found]
    assert views[1] == views[2]
    if files[1:]:  # those of a zip are read in the order of their names
        views = [sorted(each, key=repr) for each in views]
    # A zip has a name twice in a way: a drive, and a slash at the end, which makes a folder of it.
    assert views[0] == views[1] or text.endswith("/") or ":" in text or "\\" in text, ascii(text)


@cache
def _recording() -> bytes:
    """Return a recording of WireMock of an answer whose body is in another file."""
    request = {"method": "GET", "url": url_of("vm").partition(".com")[2]}
    return json.dumps({"request": request, "response": {"status": 200, "bodyFileName": _NAME}}).encode()


def _zip(files: Iterable[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, inside in files:
            archive.writestr(zipfile.ZipInfo(name), inside)
    return made.getvalue()


def _tar(files: Iterable[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, inside in files:
            member = tarfile.TarInfo(name)
            member.size = len(inside)
            archive.addfile(member, io.BytesIO(inside))
    return made.getvalue()


def _archives() -> list[bytes]:
    view = json.dumps({"platformFaultDomain": "0", "statuses": [{"code": "PowerState/running"}]})
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.json", view)
        file.writestr("mappings/b.json", '{"request": {}, "response": {"bodyFileName": "../a.json"}}')
    packed = [data for data in seeds.texts() if data[:2] in _MAGIC]
    return [made.getvalue(), _tar([("a.json", view.encode())])[:_TAR], *packed]


def _named() -> list[bytes]:
    names = (b"a.json", b"folder/a.har", b"./a", b".hidden/b.json", b"../../c.yaml", b"mappings/d.json", b"/e", b"f/")
    return [names[number % len(names)] + b"\n" + data for number, data in enumerate(seeds.short_texts()[::3])]


ARCHIVES = (
    Harness("packed", partial(assert_read, _packed), _archives),
    Harness("archives", _in_archives, _named),
)
"""The harnesses of archives and packed files."""
