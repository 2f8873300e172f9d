"""Compressed files and archives are read in place; broken and hostile ones are one clear line each."""

from __future__ import annotations

import bz2
import gzip
import lzma
import shutil
import sys
import zlib
from typing import TYPE_CHECKING

import pytest
from command_cases import invoke
from packed import LINE, RECORDING, deflated, heads, wrong, zipped

from instanceview import check_text
from instanceview.model.document import Document, Origin, Unreadable
from instanceview.model.limits import DEFAULTS
from instanceview.reading.inputs import read_all

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LINES = LINE * 3
BLANK = b" " * 99_999 + b"\n"
# Random enough that half of the packed bytes are half of the lines.
MANY = b"".join(b'{"computerName": "%x"}\n' % (number**9) for number in range(10_000))
PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".zst": zstd.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zz": zlib.compress,
    ".deflate": deflated,
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("suffix", PACK)
def test_a_compressed_file_is_read_as_if_it_were_not(suffix: str, here: Path) -> None:
    for name, data in (("lines.ndjson", LINES), ("run.har-like", RECORDING), ("empty.json", b"")):
        (here / f"{name}{suffix}").write_bytes(PACK[suffix](data))
        (here / name).write_bytes(data)
        plain = heads(name)
        assert len(plain) > 1
        assert heads(f"{name}{suffix}") == [line.replace(name, f"{name}{suffix}") for line in plain]
        assert heads("-", stdin=PACK[suffix](data)) == [line.replace(name, "<stdin>") for line in plain]
    found = heads(".")
    assert [line for line in found if "lines.ndjson" in line and suffix in line] == [
        wrong(f"lines.ndjson{suffix}:{line}:25") for line in (1, 2, 3)
    ]
    assert [line for line in found if f"har-like{suffix}" in line] == [wrong(f"run.har-like{suffix}:7:47")]


def test_packed_bytes_are_read_in_python_too() -> None:
    for data in (*(pack(LINE) for pack in PACK.values()), zipped(**{"a.json": LINE})):
        report = check_text(data)
        assert [(each.rule, each.origin.line) for each in report.findings] == [("wrong-type", 1)]
    assert check_text(gzip.compress(LINE)[:-30]).unreadable[0].reason.startswith("cannot be unpacked: ")
    assert check_text(zipped(**{"a.json": LINE})[:-30]).unreadable[0].reason.startswith("cannot be unpacked: its end")


UNREAD = {
    "a.7z": (b"7z\xbc\xaf\x27\x1c\x00\x04", "a 7-Zip archive"),
    "a.rar": (b"Rar!\x1a\x07\x01\x00", "a RAR archive"),
    "a.txt.br": (b"\x0b\x02\x80{}\x03", "compressed with brotli"),
    "a.lz4": (b"\x04\x22\x4d\x18\x64\x40", "compressed with lz4"),
    "a.Z": (b"\x1f\x9d\x90{", "compressed with compress"),
    "a.zip.gz": (gzip.compress(zipped(**{"a.json": LINE})), "a compressed zip archive"),
}


@pytest.mark.parametrize("name", UNREAD)
def test_what_is_packed_in_another_way_is_reported_to_be_unpacked(name: str, here: Path) -> None:
    data, what = UNREAD[name]
    (here / name).write_bytes(data)
    assert heads(name) == [f"{name}: unreadable: {what}; unpack it first", "1 unreadable"]
    (here / "b.json").write_bytes(LINE)
    assert heads(".") == [wrong("b.json:1:25"), "1 skipped"]


def test_in_a_folder_what_is_named_as_json_is_reported_too(here: Path) -> None:
    (here / "a.json.br").write_bytes(UNREAD["a.txt.br"][0])
    assert heads(".") == ["a.json.br: unreadable: compressed with brotli; unpack it first", "1 unreadable"]


def test_what_is_packed_twice_is_unpacked_twice(here: Path) -> None:
    (here / "a.json.zz.gz").write_bytes(gzip.compress(zlib.compress(LINE)))
    assert heads(".") == [wrong("a.json.zz.gz:1:25"), ""]


# Words and marks of other files whose first bytes fit zlib or deflate, or whose first characters do.
OTHERS = {
    "formula.json": "x^2 is é".encode(),
    "utf16.json": '{"osName": 5}'.encode("utf-16-le"),
    "latin1.json": b'{"osName": "\xe9"}',
    "zeros.json": bytes(600),
    "shift.json": bytes(range(256)) * 2,
}


@pytest.mark.parametrize("name", OTHERS)
def test_deflate_is_not_seen_in_other_files(name: str, here: Path) -> None:
    (here / name).write_bytes(OTHERS[name])
    assert not any("unpacked" in line for line in heads(name))


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz"])
def test_the_parts_of_a_packed_file_are_one(suffix: str, here: Path) -> None:
    name = f"a.ndjson{suffix}"
    (here / name).write_bytes(PACK[suffix](LINE) + PACK[suffix](LINE) + bytes(52))
    assert heads(name) == [wrong(f"{name}:1:25"), wrong(f"{name}:2:25"), ""]


def test_xz_that_asks_for_too_much_memory_is_one_line(here: Path) -> None:
    data = bytearray(lzma.compress(LINE))
    data[16] = 37  # the size of the dictionary: 1.5 GiB
    data[20:24] = zlib.crc32(data[12:20]).to_bytes(4, "little")
    (here / "a.json.xz").write_bytes(data)
    assert heads("a.json.xz")[0] == f"a.json.xz: unreadable: {BROKEN}memory usage limit exceeded; unpack it yourself"


BROKEN = "cannot be unpacked: "
ENDED = f"{BROKEN}compressed file ended before the end-of-stream marker was reached; copy or download it again"
FAULTS: dict[str, tuple[bytes, str]] = {
    "cut.ndjson.gz": (gzip.compress(MANY)[: 2 * len(gzip.compress(MANY)) // 3], ENDED),
    "cut.ndjson.zst": (zstd.compress(MANY)[: 2 * len(zstd.compress(MANY)) // 3], ENDED),
    "cut.ndjson.bz2": (bz2.compress(MANY * 9)[: 2 * len(bz2.compress(MANY * 9)) // 3], ENDED),
    "cut.ndjson.xz": (lzma.compress(MANY)[: 2 * len(lzma.compress(MANY)) // 3], ENDED),
    "cut.ndjson.zz": (zlib.compress(MANY)[: 2 * len(zlib.compress(MANY)) // 3], ENDED),
    "cut.ndjson.deflate": (deflated(MANY)[: 2 * len(deflated(MANY)) // 3], ENDED),
    "behind.ndjson.bz2": (bz2.compress(MANY) + b"more", f"{BROKEN}other data follows the compressed data"),
    "behind.ndjson.xz": (lzma.compress(MANY) + b"more", f"{BROKEN}other data follows the compressed data"),
    "behind.ndjson.zz": (zlib.compress(MANY) + b"more", f"{BROKEN}other data follows the compressed data"),
    "behind.ndjson.gz": (gzip.compress(MANY) + b"more", f"{BROKEN}other data follows the compressed data"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_precedes_a_fault_is_checked(name: str, here: Path) -> None:
    data, reason = FAULTS[name]
    (here / name).write_bytes(data)
    output, code = invoke("check", "--kind", "vm", name)
    line, summary, *_ = output.splitlines()
    assert line == f"{name}: unreadable: {reason}"
    assert int(summary.split()[0]) > 1_000
    assert code == 2


def test_a_sum_that_does_not_fit_is_reported(here: Path) -> None:
    data = bytearray(gzip.compress(LINES))
    data[-8] ^= 1
    (here / "a.ndjson.gz").write_bytes(data)
    assert heads("a.ndjson.gz")[3].startswith(f"a.ndjson.gz: unreadable: {BROKEN}CRC check failed")


WHOLE = ": unreadable: cannot be read: larger than 8 MiB, and of a form that is read as a whole; --max-file-in-memory"
TIMES = "more than 499 times larger than the compressed file; --max-ratio"
BOMBS: dict[str, tuple[bytes, str]] = {
    "one line": (LINES + b"x" * 40_000_000, ":4:1: unreadable: the line is larger than 4 MiB; --max-document-size"),
    "one item": (
        b"[" + LINE + b',"' + b"x" * 40_000_000,
        ":2:2: unreadable: the item is larger than 4 MiB; --max-document-size",
    ),
    "one document": (b'{"osName": "' + b"x" * 40_000_000, WHOLE),
    "white space": (b" " * 40_000_000, WHOLE),
    "many lines": (LINE * 2 + BLANK * 400, f": unreadable: {BROKEN}{TIMES}"),
}


SMALL = ("--max-ratio=499", "--max-file-in-memory=8MiB", "--max-document-size=4MiB")
"""Limits that are reached in an instant, in the place of those that take seconds."""


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_one_line_and_what_precedes_it_is_checked(bomb: str, suffix: str, here: Path) -> None:
    data, reason = BOMBS[bomb]
    name = f"bomb.json{suffix}"
    (here / name).write_bytes(PACK[suffix](data))
    ratio = SMALL[:1] if bomb == "many lines" else ()
    *before, line, _ = heads(name, *ratio, *SMALL[1:])
    assert line == f"{name}{reason} raises the limit"
    assert len(before) == data[:400].count(b"two")
    assert all(" error wrong-type" in each for each in before)


def test_all_files_of_an_archive_share_one_limit(here: Path) -> None:
    lines = BLANK * 100
    data = zipped(**{"a.ndjson": LINE * 2 + lines, "b.ndjson": LINE * 2 + lines, "c.ndjson": LINE, "d.ndjson": LINE})
    (here / "bomb.zip").write_bytes(data)
    found = heads("bomb.zip", *SMALL)
    reason = f"{BROKEN}{TIMES} raises the limit"
    assert found[-2:] == [f"bomb.zip/b.ndjson: unreadable: {reason}", "1 unreadable"]
    assert sum("wrong-type" in line for line in found) == 4


def test_documents_that_are_all_the_same_are_no_bomb(here: Path) -> None:
    data = gzip.compress(LINE * 2_000, 9)
    assert 100 < 2_000 * len(LINE) / len(data) < DEFAULTS.ratio
    (here / "a.ndjson.gz").write_bytes(data)
    assert invoke("check", "a.ndjson.gz", "-q", "--max-findings", "0") == ("", 1)


@pytest.mark.parametrize("name", ["all.zip", "all.tar.gz"])
def test_a_file_of_an_archive_is_named_as_a_report_names_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.json").write_text('{"disks": [')
    (tmp_path / "in" / "good.json").write_text("{}")
    shutil.make_archive("all", "zip" if name.endswith("zip") else "gztar", ".", "in")
    (bad,) = read_all([f"{name}/in/bad.json"])
    assert bad.origin.file == f"{name}/in/bad.json"
    assert isinstance(bad, Unreadable)
    assert [type(item) for item in read_all([f"{name}/in/good.json"])] == [Document]
    (missing,) = read_all([f"{name}/in/missing.json"])
    assert missing == Unreadable(
        Origin(f"{name}/in/missing.json"), "no such file in this archive; pass the archive to check all of them"
    )
    (below_a_file,) = read_all(["in/good.json/a.json"])
    assert below_a_file == Unreadable(Origin("in/good.json/a.json"), "cannot be read: not a directory")
