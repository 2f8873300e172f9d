"""Recordings that are broken, and folders with all sorts of files: one clear line each, and the rest is checked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from evident import evident
from packed import heads, wrong
from recorded import SET_VM, entry, recording, url

from instanceview import check_text

if TYPE_CHECKING:
    from pathlib import Path

WRONG = evident('{"platformFaultDomain": "two"}')
ONE = wrong("run.json:7:47")
OTHER = entry('{"value": 1}', url("/subscriptions/s/operations/1"))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def body(text: object) -> str:
    """Return a recording with a document, and a body in its second entry."""
    return recording(entry(WRONG), entry(text, url(f"{SET_VM}/1/instanceView")))


GOOD = body("{}")
NOT_JSON = "unreadable: not JSON: "
BODY = "unreadable: the body is not JSON: "
AS_JSON = "save it as JSON, which starts with { or ["
NO_ENTRY = "run.json:9:3: unreadable: the entry is not a request with an answer; record it again"

# The text of a recording, and the lines after that of the finding in its first entry.
RECORDINGS: dict[str, tuple[str, list[str]]] = {
    "cut in an entry": (
        GOOD[:-30],
        [f"run.json:13:3: {NOT_JSON}cut off, expected a name in double quotes", "1 unreadable"],
    ),
    "cut behind an entry": (
        GOOD[: GOOD.index("},") + 2],
        [f"run.json:8:5: {NOT_JSON}cut off, expected a value", "1 unreadable"],
    ),
    "cut before the end": (
        GOOD.removesuffix("}"),
        [f"run.json:16:1: {NOT_JSON}cut off, expected a comma", "1 unreadable"],
    ),
    "a comma too many": (
        GOOD.replace("\n ]", ",\n ]"),
        [f"run.json:14:4: {NOT_JSON}a trailing comma; remove it", "1 unreadable"],
    ),
    "text behind it": (f"{GOOD} more", [f'run.json:16:3: {NOT_JSON}expected the end, found "more"', "1 unreadable"]),
    "a word in an entry": (
        GOOD[:-40] + GOOD[-40:].replace('"Resp', 'x"Resp'),
        [
            f'run.json:13:4: {NOT_JSON}expected a name in double quotes, found "x"; put the name in double quotes',
            "1 unreadable",
        ],
    ),
    "a body that is text": (
        body("<html>"),
        [f'run.json:13:21: {BODY}expected a value, found "<html>"; {AS_JSON}', "1 unreadable"],
    ),
    "a body with a comma too many": (
        body('{"statuses": [\n{"code": "x",}]}'),
        [f"run.json:13:55: {BODY}a trailing comma; remove it", "1 unreadable"],
    ),
    "a body that is cut": (
        body('{"statuses": [{"code"'),
        [f"run.json:13:46: {BODY}cut off, expected a colon", "1 unreadable"],
    ),
    "a body that is a number": (body("12"), ["1 skipped"]),
    "a body that is nothing": (body(""), ["1 skipped"]),
    "an entry that is none": (recording(entry(WRONG), {"instanceView": 1}), [NO_ENTRY, "1 unreadable"]),
    "an answer of an error": (recording(entry(WRONG), entry('{"error": {"code": "Gone"}}', status=404)), ["1 skipped"]),
    "an error in an answer that is none": (
        recording(entry(WRONG), entry('{"error": {"code": "Gone"}}')),
        ["1 skipped"],
    ),
}


@pytest.mark.parametrize("case", RECORDINGS)
def test_a_recording_that_is_broken_is_one_line_and_the_rest_is_checked(case: str, here: Path) -> None:
    text, lines = RECORDINGS[case]
    (here / "run.json").write_text(text)
    assert heads("run.json") == [ONE, *lines]


def test_the_place_of_a_fault_in_a_body_is_that_in_the_file(here: Path) -> None:
    text, (line, _) = RECORDINGS["a body with a comma too many"]
    number, column = (int(part) for part in line.split(":")[1:3])
    (here / "run.json").write_text(text)
    assert (here / "run.json").read_text().splitlines()[number - 1][column - 1 :].startswith(',}]}"')


NONE = "unreadable: no instance view in any answer of this session record"
WITHOUT = {
    "without an instance view": recording(OTHER),
    "without an answer": recording(entry('{"error": {"code": "Gone"}}', status=404)),
    "without entries": recording(),
}


@pytest.mark.parametrize("case", WITHOUT)
def test_a_recording_without_a_document_is_unreadable_where_it_is_named(case: str, here: Path) -> None:
    (here / "run.json").write_text(WITHOUT[case])
    assert f"run.json:1:1: {NONE}" in heads("run.json")
    (here / "a.json").write_text(WRONG)
    found = heads(".")
    assert found[0] == wrong("a.json:1:25")
    assert len(found) == 2
    assert found[1] in {"1 skipped", "2 skipped"}


def test_of_a_folder_unrelated_files_are_skipped_and_counted(here: Path) -> None:
    files = {
        "a.json": WRONG.encode(),
        "binary": b"\x7fELF\x02\x00\x00",
        "empty.txt": b"",
        "package.json": b'{"name": "package"}',
        "page.html": b"<html></html>",
        "picture.png": b"\x89PNG\r\n\x1a\n\x00",
        "run.any": recording(entry(WRONG)).encode(),
        "text-in-utf-16": WRONG.encode("utf-16"),
    }
    for name, data in files.items():
        (here / name).write_bytes(data)
    (here / "again").symlink_to(".")
    (here / "itself").symlink_to("itself")
    (here / "nowhere").symlink_to("missing")
    os.mkfifo(here / "pipe")
    assert heads(".") == [
        wrong("a.json:1:25"),
        wrong("run.any:7:47"),
        wrong("text-in-utf-16:1:25"),
        "9 skipped",
    ]


def test_of_a_folder_a_link_is_read_that_leads_to_a_file_in_it(here: Path) -> None:
    (here / "private.json").write_text(WRONG)
    inside = here / "pulled"
    inside.mkdir()
    (inside / "a.json").write_text(WRONG)
    (inside / "again.json").symlink_to("a.json")
    (inside / "out.json").symlink_to("../private.json")
    (inside / "process.json").symlink_to("/proc/self/environ")
    assert heads("pulled") == [wrong("pulled/a.json:1:25"), wrong("pulled/again.json:1:25"), "2 skipped"]
    assert heads("pulled/out.json") == [wrong("pulled/out.json:1:25"), ""]


def test_a_pipe_that_a_pattern_fits_is_not_waited_for(here: Path) -> None:
    (here / "a.json").write_text(WRONG)
    os.mkfifo(here / "pipe.json")
    assert heads("*.json") == [wrong("a.json:1:25"), ""]
    assert heads("pipe*")[0].startswith("pipe*: unreadable: no file matches this pattern")


@pytest.mark.parametrize("name", ["broken.json", "broken.yaml", "an-instance-view"])
def test_of_a_folder_a_broken_document_is_one_line(name: str, here: Path) -> None:
    (here / "a.json").write_text(WRONG)
    if name == "an-instance-view":
        (here / name).symlink_to("missing")
    else:
        (here / name).write_text('{"vmAgent":' if name.endswith(".json") else "vmAgent: {")
    first, line, summary = heads(".")
    assert (first, summary) == (wrong("a.json:1:25"), "1 unreadable")
    assert line.startswith(name)


BINARY = "a binary file; expected a recording, JSON, NDJSON, YAML or text"
UTF16 = "encoded as UTF-16 or UTF-32, not UTF-8; save it as UTF-8"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", f"file: unreadable: {BINARY}"),
        (b"\x7fELF\x02\x00\x00", f"file: unreadable: {BINARY}"),
        (WRONG.encode("utf-32"), f"file:1:1: unreadable: {UTF16}"),
        (WRONG.encode("utf-16-le"), f"file:1:1: unreadable: {UTF16}"),
    ],
)
def test_a_binary_file_that_is_named_is_one_line(data: bytes, line: str, here: Path) -> None:
    (here / "file").write_bytes(data)
    assert heads("file") == [line, "1 unreadable"]


@pytest.mark.parametrize(("status", "number"), [(399, 0), (400, 1)])
def test_an_error_in_place_of_a_resource_that_always_has_its_view_is_counted(status: int, number: int) -> None:
    arc = "https://x/subscriptions/0/resourceGroups/g/providers/Microsoft.HybridCompute/machines/m/extensions/e"
    failed = entry('{"error": {"code": "Gone"}}', status=status) | {"RequestUri": arc}
    assert len(check_text(recording(entry(WRONG), failed)).skipped) == number
