"""Tar archives are read like folders, packed ones too; links and devices in them lead nowhere."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import pytest
from packed import LINE, RECORDING, heads, tarred, wrong, zipped

from instanceview.reading.inputs import read_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = (
    ("../../above.json", LINE),
    ("/absolute.json", LINE),
    ("./._above.json", b"\x00"),
    (".git/config.json", LINE),
    ("inner.tar.gz", gzip.compress(tarred(("a.json", LINE)))),
    ("inner.zip", zipped(**{"a.json": LINE})),
    ("./new\nline.json", LINE),
    ("notes.txt", b"text"),
    ("package.json", b'{"name": "package"}'),
    ("packed.ndjson.gz", gzip.compress(LINE * 2)),
    ("sub/" + "long" * 60 + ".json", LINE),
    ("run", RECORDING),
)
REPORTED = [
    wrong("files.tar/../../above.json:1:25"),
    wrong("files.tar//absolute.json:1:25"),
    wrong("files.tar/inner.tar.gz/a.json:1:25"),
    wrong("files.tar/inner.zip/a.json:1:25"),
    wrong(r"files.tar/new\nline.json:1:25"),
    wrong("files.tar/packed.ndjson.gz:1:25"),
    wrong("files.tar/packed.ndjson.gz:2:25"),
    wrong(f"files.tar/sub/{'long' * 60}.json:1:25"),
    wrong("files.tar/run:7:47"),
]
PACK: dict[str, Callable[[bytes], bytes]] = {
    ".tar": bytes,
    ".tar.gz": gzip.compress,
    ".tgz": gzip.compress,
    ".tar.bz2": bz2.compress,
    ".tar.xz": lzma.compress,
    ".tar.zz": zlib.compress,
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder below one that nothing must be written to."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    return tmp_path / "a" / "b"


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("suffix", PACK)
def test_a_tar_archive_is_read_like_a_folder_and_nothing_is_written(suffix: str, form: int, here: Path) -> None:
    files = [each for each in FILES if form != tarfile.USTAR_FORMAT or len(each[0]) < 100]
    expected = [
        line.replace("files.tar", f"files{suffix}") for line in REPORTED if len(files) > 11 or "long" not in line
    ]
    data = PACK[suffix](tarred(*files, form=form))
    (here / f"files{suffix}").write_bytes(data)
    assert heads(f"files{suffix}") == [*expected, "2 skipped"]
    assert heads(".") == [*expected, "2 skipped"]
    assert heads("-", stdin=data) == [*(line.replace(f"files{suffix}", "<stdin>") for line in expected), "2 skipped"]
    assert sorted(path.name for path in here.parents[1].rglob("*")) == ["a", "b", f"files{suffix}"]


def test_links_and_devices_are_left_out(here: Path) -> None:
    (here / "secret.json").write_bytes(LINE)
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE):
            member = tarfile.TarInfo(f"{kind!r}.json")
            member.type, member.linkname = kind, str(here / "secret.json")
            archive.addfile(member)
    (here / "links.tar").write_bytes(content.getvalue())
    reason = "no instance view found in the files of this archive; unpack it and check a single file to see why"
    assert heads("links.tar") == [f"links.tar: unreadable: {reason}", "1 unreadable"]


TWO = tarred(("first.json", LINE), ("second.json", LINE))
BROKEN = "cannot be unpacked: "
AGAIN = "; copy or download it again"
FAULTS: dict[str, tuple[bytes, list[str]]] = {
    "cut-in-a-file.tar": (TWO[:1540], ["/second.json: unreadable: " + BROKEN + "unexpected end of data" + AGAIN]),
    "cut-in-a-header.tar": (TWO[:1100], [f": unreadable: {BROKEN}broken after the files above{AGAIN}"]),
    "without-an-end.tar": (TWO[:2048], []),
    "with-text-after.tar": (
        TWO + LINE,
        [f": unreadable: {BROKEN}other data is after the files above; cut the two apart"],
    ),
    "garbled.tar": (
        TWO[:1100] + b"x" + TWO[1101:],
        [f": unreadable: {BROKEN}broken after the files above{AGAIN}"],
    ),
    "cut.tar.gz": (
        gzip.compress(tarred(("first.json", LINE), ("second.json", LINE * 9_999)))[:240],
        [
            f"/second.json: unreadable: {BROKEN}compressed file ended before the end-of-stream marker was reached"
            + AGAIN
        ],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_precedes_a_fault_is_checked_and_the_fault_is_one_line(name: str, here: Path) -> None:
    data, reasons = FAULTS[name]
    (here / name).write_bytes(data)
    found = heads(name)
    assert found[0] == wrong(f"{name}/first.json:1:25")
    assert [line for line in found if "unreadable:" in line] == [f"{name}{reason}" for reason in reasons]
    if "after" in name or not reasons:
        assert found[1] == wrong(f"{name}/second.json:1:25")


@pytest.mark.parametrize("zeros", [0, 512, 3 << 20])
def test_an_archive_after_another_is_read_too(zeros: int, here: Path) -> None:
    data = TWO + bytes(zeros) + tarred(("third.json", LINE)) + bytes(zeros)
    (here / "three.tar").write_bytes(data)
    expected = [wrong(f"three.tar/{name}.json:1:25") for name in ("first", "second", "third")]
    assert heads("three.tar") == [*expected, ""]
    (here / "three.tar").write_bytes(gzip.compress(TWO) + gzip.compress(data[len(TWO) :]))
    assert heads(".") == [*expected, ""]


def test_in_a_folder_an_archive_by_another_name_is_not_looked_into(here: Path) -> None:
    (here / "library.crate").write_bytes(gzip.compress(TWO))
    (here / "a.json").write_bytes(LINE)
    assert heads(".") == [wrong("a.json:1:25"), "1 skipped"]
    assert heads("library.crate")[0] == wrong("library.crate/first.json:1:25")


def test_an_old_archive_without_a_signature_is_known_by_its_sum(here: Path) -> None:
    header = bytearray(TWO[:512])
    header[257:265] = bytes(8)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\x00 " % sum(header)
    (here / "old.tar").write_bytes(bytes(header) + TWO[512:])
    assert heads("old.tar")[:2] == [wrong("old.tar/first.json:1:25"), wrong("old.tar/second.json:1:25")]


BLANK = (b" " * 99_999 + b"\n") * 150
REASON = f"{BROKEN}more than 499 times larger than the compressed file; --max-ratio raises the limit"


def test_all_layers_of_an_archive_share_one_limit(here: Path) -> None:
    inner = gzip.compress(LINE * 2 + BLANK)
    (here / "bomb.tgz").write_bytes(gzip.compress(tarred(("a.ndjson.gz", inner), ("b.ndjson.gz", inner))))
    found = heads("bomb.tgz", "--max-ratio=499")
    places = [wrong(f"bomb.tgz/a.ndjson.gz:{line}:25") for line in (1, 2)]
    assert found == [*places, f"bomb.tgz/a.ndjson.gz: unreadable: {REASON}", "1 unreadable"]


def test_a_name_that_would_fill_the_memory_is_one_line(here: Path) -> None:
    content = io.BytesIO(TWO[:1024])
    content.seek(1024)
    header = tarfile.TarInfo("././@LongLink")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 64 << 20
    content.write(header.tobuf(tarfile.GNU_FORMAT))
    content.write(b"x" * header.size)
    (here / "name.tgz").write_bytes(gzip.compress(content.getvalue(), 1))
    tracemalloc.start()
    items = list(read_path("name.tgz"))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [getattr(item, "reason", "") for item in items[1:]] == [
        f"{BROKEN}more than 1 MiB between two files of the archive"
    ]
    assert most < 16 << 20


def test_members_are_not_kept_in_memory(here: Path) -> None:
    (here / "many.tar").write_bytes(tarred(*((f"{number}.txt", b"") for number in range(20_000))))
    tracemalloc.start()
    assert sum(1 for _ in read_path("many.tar")) == 20_001
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 << 20
