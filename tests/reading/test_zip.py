"""Zip archives of recordings are read like folders; nothing in them is written, whatever it is called."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from packed import LINE, RECORDING, heads, tarred, wrong, zipped

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "../../above.json": LINE,
    "/absolute.json": LINE,
    "._above.json": b"\x00",
    ".git/config.json": LINE,
    "inner.zip": zipped(**{"a.json": LINE}),
    "new\nline.json": LINE,
    "notes.txt": b"text",
    "package.json": b'{"name": "package"}',
    "packed.ndjson.gz": gzip.compress(LINE * 2),
    "picture.png": b"\x89PNG\r\n\x1a\n\x00",
    "run": RECORDING,
    "sub/": b"",
}
REPORTED = [
    wrong("files.zip/../../above.json:1:25"),
    wrong("files.zip//absolute.json:1:25"),
    wrong("files.zip/inner.zip/a.json:1:25"),
    wrong(r"files.zip/new\nline.json:1:25"),
    wrong("files.zip/packed.ndjson.gz:1:25"),
    wrong("files.zip/packed.ndjson.gz:2:25"),
    wrong("files.zip/run:7:47"),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder below one that nothing must be written to."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    return tmp_path / "a" / "b"


def test_an_archive_is_read_like_a_folder_and_nothing_is_written(here: Path) -> None:
    (here / "files.zip").write_bytes(zipped(**FILES))
    assert heads("files.zip") == [*REPORTED, "3 skipped"]
    assert heads(".") == [*REPORTED, "3 skipped"]
    assert sorted(path.name for path in here.parents[1].rglob("*")) == ["a", "b", "files.zip"]


def test_an_archive_on_standard_input_is_read_too() -> None:
    expected = [line.replace("files.zip", "<stdin>") for line in REPORTED]
    assert heads("-", stdin=zipped(**FILES)) == [*expected, "3 skipped"]


def test_an_archive_that_cannot_be_gone_back_in_is_read_too(here: Path) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    from instanceview.model.limits import DEFAULTS
    from instanceview.reading.files.packings import unpacked
    from instanceview.reading.files.zips import zip_members

    pipe = Pipe(zipped(**{"a.json": LINE}))
    contents = []
    for member in zip_members(pipe, unpacked(pipe), DEFAULTS):
        with member.content as file:
            contents.append((member.name, file.read(100)))
    assert contents == [("a.json", LINE)]
    assert list(here.iterdir()) == []


def spoiled(data: bytes, name: bytes) -> bytes:
    """Return an archive in which a file's content does not fit its sum."""
    content = bytearray(data)
    content[content.find(name) + len(name) + 4] ^= 0xFF
    return bytes(content)


def encrypted(data: bytes) -> bytes:
    """Return an archive whose first file is marked as encrypted."""
    content = bytearray(data)
    content[content.find(b"PK\x03\x04") + 6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


TWO = zipped(**{"first.json": LINE, "second.json": LINE})
FAULTS = {
    "a password": (encrypted(TWO), "cannot be unpacked: encrypted; unpack it yourself"),
    "a wrong sum": (spoiled(TWO, b"first.json"), "cannot be unpacked: "),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_cannot_be_unpacked_is_one_line_and_the_others_are_checked(fault: str, here: Path) -> None:
    data, reason = FAULTS[fault]
    (here / "two.zip").write_bytes(data)
    checked, line, summary = heads("two.zip")
    assert (checked, summary) == (wrong("two.zip/second.json:1:25"), "1 unreadable")
    assert line.startswith(f"two.zip/first.json: unreadable: {reason}")


def of_version(data: bytes, version: int) -> bytes:
    """Return an archive whose first file needs a version of the format."""
    content = bytearray(data)
    content[content.find(b"PK\x01\x02") + 6] = version
    return bytes(content)


NOTHING = "no instance view found in the files of this archive; unpack it and check a single file to see why"
WHOLE = {
    "a later format": (
        of_version(TWO, 97),
        "cannot be unpacked: zip file version 9.7; copy or download it again, or unpack it yourself",
    ),
    "cut": (TWO[:-30], "cannot be unpacked: its end is missing or broken; copy or download it again"),
    "without files": (zipped(), NOTHING),
    "with others": (zipped(**{"a.txt": b"text"}), NOTHING),
}


@pytest.mark.parametrize("case", WHOLE)
def test_an_archive_without_a_document_is_one_line(case: str, here: Path) -> None:
    data, reason = WHOLE[case]
    (here / "case.zip").write_bytes(data)
    assert f"case.zip: unreadable: {reason}" in heads("case.zip")


NOTES = zipped(**{"notes.txt": b"text", "other.bin": b"none"})
CUT = "cannot be unpacked: its end is missing or broken; copy or download it again"


def test_a_cut_archive_in_a_folder_is_unreadable_if_a_name_in_it_is_one_of_instance_views(here: Path) -> None:
    (here / "a.json").write_bytes(LINE)
    (here / "outer.zip").write_bytes(zipped(**{"inner.zip": TWO[:-30], "other.zip": NOTES[:60]}))
    (here / "two.zip").write_bytes(TWO[:-30])
    (here / "other.zip").write_bytes(NOTES[-90:])
    (here / "unknown.zip").write_bytes(zipped(notes=b"text")[:-30])
    assert heads(".") == [
        wrong("a.json:1:25"),
        f"outer.zip/inner.zip: unreadable: {CUT}",
        f"two.zip: unreadable: {CUT}",
        "3 skipped; 2 unreadable",
    ]
    assert heads("-", stdin=TWO[:-30]) == [f"<stdin>: unreadable: {CUT}", "1 unreadable"]


def test_an_archive_after_another_is_read_and_the_first_is_unreadable(here: Path) -> None:
    (here / "both.zip").write_bytes(TWO + zipped(**{"a.json": LINE}))
    reason = "cannot be unpacked: another archive is before it; cut the two apart"
    for argument in ("both.zip", "."):
        found = heads(argument)
        assert found == [wrong("both.zip/a.json:1:25"), f"both.zip: unreadable: {reason}", "1 unreadable"]


def test_an_archive_is_read_in_another_and_deeper_it_is_one_line(here: Path) -> None:
    inner = zipped(**{"deep.tar.gz": gzip.compress(tarred(("a.json", LINE))), "a.json": LINE, "a.docx": TWO})
    (here / "outer.zip").write_bytes(zipped(**{"inner.zip": inner}))
    reason = "an archive inside 2 others; unpack the outer one first"
    assert heads("outer.zip") == [
        wrong("outer.zip/inner.zip/a.json:1:25"),
        f"outer.zip/inner.zip/deep.tar.gz: unreadable: {reason}",
        "1 skipped; 1 unreadable",
    ]
    for name in ("inner.zip/a.json", "inner.zip/deep.tar.gz/a.json"):
        assert heads(f"outer.zip/{name}") == [wrong(f"outer.zip/{name}:1:25"), ""]
    assert heads("outer.zip/inner.zip/deep.tar.gz")[0] == wrong("outer.zip/inner.zip/deep.tar.gz/a.json:1:25")
    assert heads("outer.zip/inner.zip/b.json") == [
        "outer.zip/inner.zip/b.json: unreadable: no such file in this archive; pass the archive to check all of them",
        "1 unreadable",
    ]


def test_what_archives_in_an_archive_unpack_to_counts_for_all(here: Path) -> None:
    inner = zipped(**{"a.ndjson": LINE + b" " * 40_000})
    (here / "outer.zip").write_bytes(zipped(**{f"{number}.zip": inner for number in range(9)}))
    reason = "cannot be unpacked: larger than 100 KB; --max-unpacked-size raises the limit"
    assert heads("outer.zip", "--max-unpacked-size=100KB") == [
        *(wrong(f"outer.zip/{number}.zip/a.ndjson:1:25") for number in (0, 1)),
        f"outer.zip/2.zip/a.ndjson: unreadable: {reason}",
        "1 unreadable",
    ]


def test_in_a_folder_an_archive_by_another_name_is_not_looked_into(here: Path) -> None:
    (here / "library.jar").write_bytes(TWO)
    (here / "a.json").write_bytes(LINE)
    assert heads(".") == [wrong("a.json:1:25"), "1 skipped"]
    assert heads("library.jar")[0] == wrong("library.jar/first.json:1:25")


def test_an_archive_in_a_compressed_file_is_not_looked_into(here: Path) -> None:
    (here / "two.zip.gz").write_bytes(gzip.compress(TWO))
    reason = "a compressed zip archive; unpack it first"
    assert heads("two.zip.gz")[0] == f"two.zip.gz: unreadable: {reason}"


def test_a_method_that_is_not_known_is_one_line(here: Path) -> None:
    content = bytearray(zipped(**{"a.json": LINE, "b.json": LINE}))
    content[content.find(b"PK\x01\x02") + 10] = 97
    (here / "two.zip").write_bytes(content)
    assert heads("two.zip")[1].startswith("two.zip/a.json: unreadable: cannot be unpacked: that compression method")
    assert zipfile.is_zipfile("two.zip")


def test_a_file_of_an_archive_needs_the_evidence_of_a_file_of_a_folder(here: Path) -> None:
    weak = b'{"platformFaultDomain": "two"}\n'
    (here / "weak.json").write_bytes(weak)
    (here / "both.zip").write_bytes(zipped(**{"line.json": LINE, "weak.json": weak}))
    assert heads("weak.json")[0] == wrong("weak.json:1:25")
    for argument in ("both.zip", "."):
        assert [line for line in heads(argument) if "error" in line] == [wrong("both.zip/line.json:1:25")]
