"""The byte marks lose no text that holds an instance view, packed or not; other texts have none."""

from __future__ import annotations

import base64
import bz2
import gzip
import json
import zlib
from contextlib import suppress
from functools import partial
from random import Random
from typing import TYPE_CHECKING

import pytest
from checkout import DATA, SAMPLES, shared_folder
from needs import RECORDED
from packed import deflated, zipped

from instanceview.generating.spoilers import SPOILERS
from instanceview.generating.spoiling import CannotSpoilError, scopes, spoil
from instanceview.generating.variants import fullest
from instanceview.model.document import Document
from instanceview.reading.files.packings import unpacked
from instanceview.reading.files.stream import Stream, UnreadError
from instanceview.reading.inputs import read_path
from instanceview.reading.marks import may_hold_view
from instanceview.tables.elements import tree
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


NAMED_ALONE = {"misspelt-name-alone.json"}
"""Files that are documents where they are named alone: in a folder, a misspelt name is too little."""


def has_mark(path: Path) -> bool:
    with path.open("rb") as file, suppress(UnreadError):  # a packed file that is cut holds no document
        begun = unpacked(file)
        return begun.is_archive or may_hold_view(Stream(begun).head)
    return False


def holds_document(path: Path) -> bool:
    """Return True if documents of some member are found in a file; one without a member has nothing to be known by."""
    return any(isinstance(item, Document) and item.body for item in read_path(path))


@pytest.mark.parametrize("top", [SAMPLES, DATA], ids=["samples", "data"])
def test_no_file_of_the_checkout_that_holds_a_document_is_lost(top: Path) -> None:
    without = [path for path in sorted(top.rglob("*")) if path.is_file() and not has_mark(path)]
    assert {path.name for path in without if holds_document(path)} <= NAMED_ALONE
    assert len(without) < sum(path.is_file() for path in top.rglob("*")) / 2


def test_no_recording_and_no_capture_is_lost() -> None:
    shared = shared_folder()
    if shared is None or not (shared / "field").is_dir():
        pytest.skip(RECORDED)
    field = shared / "field"
    rows = [line.split(",") for line in (field / "recordings.csv").read_text("utf-8").splitlines()[1:]]
    held = [field / "recordings" / name for name, recorded, *_ in rows if int(recorded)]
    captured = [path for path in (shared / "captures").rglob("*") if path.is_file() and path.suffix != ".md"]
    cases = [path for path in (field / "cases").iterdir() if not path.name.startswith(("A", "G3", "G5"))]
    assert min(map(len, (held, captured, cases))) > 10
    assert [path.name for path in (*held, *captured, *cases) if not has_mark(path)] == []


@pytest.mark.parametrize("rule", SPOILERS)
def test_no_spoiled_document_is_lost(rule: str) -> None:
    random = Random(0)  # noqa: S311 (the same in every run)
    of_machines = [scope for scope in scopes(rule) if scope[0] in MACHINES]
    for kind, version in dict(reversed(of_machines)).items():
        try:
            spoiled = spoil(fullest(kind, version), rule, random, kind=kind, api_version=version)
        except CannotSpoilError:
            continue
        assert may_hold_view(spoiled.text.encode()), spoiled.pointer


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "capitals": str.upper,
    "snake": lambda name: "".join(f"_{each.lower()}" if each.isupper() else each for each in name),
    "kebab": lambda name: "".join(f"-{each.lower()}" if each.isupper() else each for each in name),
    "Pascal": lambda name: name[:1].upper() + name[1:],
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_each_member_of_a_root_is_a_mark_in_any_spelling(spelling: str) -> None:
    names = {name for kind in MACHINES for name in tree(kind).children} | {"instanceView"}
    missed = [name for name in sorted(names) if not may_hold_view(f"{SPELLINGS[spelling](name)}: 1".encode())]
    assert missed == []


SMALL = json.dumps({"statuses": [{"code": "PowerState/running"}]}).encode()
WHOLE = json.dumps(fullest("vmss-vm", "2024-07-01")).encode()
ESCAPED = b"".join(b"\\u%04x" % each if chr(each).isalpha() else b"%c" % each for each in SMALL)


def zlib_base64(level: int, data: bytes) -> bytes:
    return base64.b64encode(zlib.compress(data, level))


LAYERS: dict[str, Callable[[bytes], bytes]] = {
    "base64": base64.b64encode,
    "base64 behind a line break": lambda data: b"\\n" + base64.b64encode(data),
    "base64 of a list": lambda data: base64.b64encode(b"[" + data + b"]"),
    "base64 of indented JSON": lambda data: base64.b64encode(json.dumps(json.loads(data), indent=2).encode()),
    "base64 with a mark": lambda data: base64.b64encode(b"\xef\xbb\xbf" + data),
    "base64 in lines": base64.encodebytes,
    "base64 of gzip": lambda data: base64.b64encode(gzip.compress(data)),
    "base64 of zip": lambda data: base64.b64encode(zipped(a=data)),
    **{f"base64 of zlib {level}": partial(zlib_base64, level) for level in range(10)},
    "hex": lambda data: data.hex().encode(),
    "hex of gzip": lambda data: gzip.compress(data).hex().upper().encode(),
    "hex of zlib": lambda data: zlib.compress(data).hex().encode(),
    "bytes": lambda data: json.dumps({"type": "Buffer", "data": list(data)}).encode(),
    "numbers": lambda data: json.dumps(list(data)).encode(),
    "indented numbers": lambda data: json.dumps(list(gzip.compress(data)), indent=1).encode(),
    "numbers in YAML": lambda data: b"".join(b"- %d\n" % each for each in data),
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "deflate": deflated,
    "bzip2": bz2.compress,
    "zip": lambda data: zipped(a=data),
    "UTF-16 without a mark": lambda data: data.decode().encode("utf-16-le"),
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "UTF-32": lambda data: data.decode().encode("utf-32"),
}


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("data", [SMALL, WHOLE], ids=["small", "whole"])
def test_no_layer_hides_an_instance_view(layer: str, data: bytes) -> None:
    packed = LAYERS[layer](data)
    for written in (packed, b'{"body": "' + packed + b'"}', b"body: " + packed, b"data:;base64," + packed):
        assert may_hold_view(written)


def test_escaped_letters_are_a_mark() -> None:
    assert may_hold_view(ESCAPED)
    assert may_hold_view(ESCAPED.replace(b"\\u00", b"\\x"))
    assert may_hold_view(json.dumps({"body": ESCAPED.decode()}).encode())


OTHERS = (
    b'{"name": "package", "version": "1.0", "description": "caf\\u00e9 \\u003c3"}',
    b'{"integrity": "sha512-' + base64.b64encode(bytes(range(64))) + b'"}',
    b'{"digest": "' + bytes(range(32)).hex().encode() + b'"}',
    b"coordinates: [31.5, 120.25, 10]\n",
    b'{"type": "FeatureCollection", "bbox": [31, 120, 40, 80]}',
)


@pytest.mark.parametrize("number", range(len(OTHERS)))
def test_other_texts_have_no_mark(number: int) -> None:
    assert not may_hold_view(OTHERS[number])
