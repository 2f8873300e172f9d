"""No silence beyond a limit: no document is lost without a line that names the limit."""

from __future__ import annotations

import base64
import gzip
import io
import json
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest
from checkout import DATA, SAMPLES
from inside import run

from instanceview.model.document import Document, Unreadable
from instanceview.model.limits import DEFAULTS, Limits, option
from instanceview.reading.contents import contents
from instanceview.reading.sources import File

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VALUES = {
    "document_size": (20, 300),
    "file_in_memory": (1, 1000),
    "file_size": (200, 1000),
    "decoded_size": (1,),
    "nesting": (1, 3, 6),
    "members": (2,),
    "items": (1,),
    "documents": (1,),
}
"""Values of each limit that some of the files below are beyond."""
FILES = [
    *(each for each in sorted((SAMPLES / "captures").iterdir()) if each.suffix != ".expected"),
    *(DATA / "recordings" / "nock" / name for name in ("colocation.js", "run-command.js")),
    *(DATA / "recordings" / "texts" / name for name in ("request-debug.txt", "wrapped.txt")),
    *(DATA / name for name in ("answered/page-yaml.md", "field/E5-caret-m.log", "regressions/comma-in-a-fence.md")),
    DATA / "yaml" / "json.yaml",
]
"""A recording of each format, and files of which something was once lost in silence."""
LATE = {".js", ".bin"}
"""Suffixes of files of a folder whose first bytes alone say that they are recordings."""


def read(file: Path, limits: Limits, *, is_named: bool) -> tuple[int, set[str]]:
    """Return the number of documents of a file, and the options that its unreadable parts name."""
    items = list(contents(File(str(file), is_named), limits))
    reasons = [item.reason for item in items if isinstance(item, Unreadable)]
    named = {reason.rpartition("; ")[2].partition(" ")[0] for reason in reasons if reason.endswith("raises the limit")}
    return sum(isinstance(item, Document) for item in items), named


@pytest.mark.parametrize("is_named", [True, False])
@pytest.mark.parametrize("limit", VALUES)
def test_no_document_is_lost_without_a_line_that_names_the_limit(limit: str, is_named: bool) -> None:  # noqa: FBT001
    lost = 0
    for file in FILES:
        whole, _ = read(file, DEFAULTS, is_named=is_named)
        for value in VALUES[limit] if whole else ():
            documents, named = read(file, DEFAULTS._replace(**{limit: value}), is_named=is_named)
            is_late = limit == "file_size" and file.suffix in LATE and not is_named
            assert documents == whole or option(limit) in named or is_late, (file.name, value)
            lost += documents < whole
    assert lost, "a test that can fail"


def _text(value: object) -> bytes:
    return json.dumps(value).encode()


VIEW = {"computerName": "a", "statuses": [{"code": "PowerState/running", "level": "Info"}]}
LONG = "x" * 3000


def _packed_in(data: bytes) -> bytes:
    return _text({"a": base64.b64encode(data).decode()})


HIDDEN: dict[str, tuple[str, bytes, str]] = {
    "document_size": ("a.json", _text({"a": LONG, **VIEW}), "1000"),
    "file_in_memory": ("a.json", _text({"a": LONG, **VIEW}), "1000"),
    "file_size": ("a.json", _text({"a": LONG, **VIEW}), "1000"),
    "decoded_size": ("a.json", _packed_in(_text({"a": LONG, **VIEW})), "1000"),
    "ratio": ("a.json", _packed_in(gzip.compress(_text({"a": LONG, **VIEW}))), "2"),
    "unpacked_size": ("a.json.gz", gzip.compress(_text({"a": LONG, **VIEW})), "1000"),
    "nesting": ("a.json", _text({"a": [[[[[[]]]]]], **VIEW}), "6"),
    "members": ("a.json", _text({"a": dict.fromkeys(LONG[:20]), "b": {"a": 1, "b": 2, "c": 3}, **VIEW}), "2"),
    "items": ("a.json", _text({"a": [1] * 20, **VIEW}), "10"),
    "aliases": ("a.yaml", b"a: &a [x, y]\nb: [*a, *a]\nstatuses: [{code: PowerState/running}]\n", "4"),
}
"""A file whose view is after what is beyond a limit, so that nothing which was read shows it; and the limit."""


def _folder(top: Path, name: str, content: bytes) -> None:
    (top / name).write_bytes(content)


def _zip(top: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(top / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)


def _tar(top: Path, name: str, content: bytes) -> None:
    with tarfile.open(top / "a.tar", "w") as archive:
        about = tarfile.TarInfo(name)
        about.size = len(content)
        archive.addfile(about, io.BytesIO(content))


CONTAINERS: dict[str, Callable[[Path, str, bytes], None]] = {"folder": _folder, "zip": _zip, "tar": _tar}


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("limit", HIDDEN)
def test_a_view_behind_a_limit_is_not_passed_over(limit: str, container: str, tmp_path: Path) -> None:
    name, content, value = HIDDEN[limit]
    CONTAINERS[container](tmp_path, name, content)
    ran = run("check", ".", f"{option(limit)}={value}", cwd=tmp_path)
    assert ran.code == 2
    assert [line.endswith(f"; {option(limit)} raises the limit") for line in ran.heads] == [True, False]
    assert "1 unreadable" in ran.heads[-1]
    assert run("check", ".", cwd=tmp_path).heads[-1].startswith("1 document: ")


BODY = _text(VIEW).decode()
OTHER = "https://mock.example/answer"
VIRTUAL_MACHINE = (
    "https://management.azure.com/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v"
    "?api-version=2024-07-01"
)


def _har(url: str, body: object) -> bytes:
    response = {"status": 200, "content": {"text": json.dumps(body)}}
    return _text({"log": {"entries": [{"request": {"method": "GET", "url": url}, "response": response}]}})


DEEP = {"a": [[[[[[[[]]]]]]]], "properties": {"instanceView": VIEW}}
INNER = {
    "an answer of another server": _har(OTHER, DEEP),
    "a packed text in an answer of another server": _har(
        OTHER, {"instanceView": None, "a": base64.b64encode(_text(DEEP)).decode()}
    ),
    "a resource, without asking for its view": _har(VIRTUAL_MACHINE, DEEP),
    "JSON in a string": _text({"a": json.dumps(DEEP)}),
    "a string with JSON among other words": _text({"a": f"it said {json.dumps(DEEP)} and ended"}),
    "a string with brackets that no parser takes": _text({"a": f"it said {'[' * 99_999}{{{BODY[1:]}"}),
    "a log with brackets that no parser takes": b"it said [" + b"[" * 99_999 + b"]" * 99_999 + BODY.encode(),
    "a page with YAML": b"# page\n\n```yaml\n- [[[[[[[[[[]]]]]]]]]]\n- vmAgent\n```\n",
    "JSON that YAML does not take": rb'{"a": [[[[[[[[]]]]]]]], "b": "\ud800", "vmAgent": {}}',
}
NAMES = {"a log with brackets that no parser takes": "a.log", "a page with YAML": "a.md"}


@pytest.mark.parametrize("name", INNER)
def test_what_is_inside_something_else_is_not_passed_over(name: str, tmp_path: Path) -> None:
    file = NAMES.get(name, "a.yaml" if "YAML" in name else "a.har" if "log" in INNER[name][:8].decode() else "a.json")
    (tmp_path / file).write_bytes(INNER[name])
    for path in (file, "."):
        ran = run("check", path, "--max-nesting=7", cwd=tmp_path)
        told = [line for line in ran.heads if "nested deeper than 7 levels; --max-nesting raises the limit" in line]
        assert (ran.code, len(told)) == (2, 1), ran.heads


def test_a_cassette_whose_key_is_behind_a_long_comment_is_read(tmp_path: Path) -> None:
    body = {"status": {"code": 200}, "headers": {}, "body": {"string": BODY}}
    asked = VIRTUAL_MACHINE.replace("?", "/instanceView?")
    entry = {"request": {"method": "GET", "uri": asked}, "response": body}
    comment = b"# " + b"x" * 2000 + b"\n"
    (tmp_path / "a.yaml").write_bytes(b"interactions:\n" + comment + b"- " + _text(entry) + b"\n")
    ran = run("check", "a.yaml", "--max-document-size=1500", cwd=tmp_path)
    assert ran.heads[-1].startswith("1 document: 1 conformant")
