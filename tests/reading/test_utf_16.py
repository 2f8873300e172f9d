"""UTF-16 with a byte order mark, as Windows PowerShell redirects what is printed, is read as if it were UTF-8."""

from __future__ import annotations

import codecs
import gzip
import json
from typing import TYPE_CHECKING

import pytest
from capture_samples import expected_file, found, samples
from command_cases import invoke
from slow import Slow

from instanceview import check_text
from instanceview.reading.files.stream import BLOCK, Stream, stream_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENCODED: dict[str, Callable[[str], bytes]] = {
    "little": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "big": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "packed": lambda text: gzip.compress(text.encode("utf-16")),
}
# More than two blocks, with a character of two units on their borders.
LINE = '{"platformFaultDomain": "two", "osName": "%s"}' % ("\U0001f600" * 400)
LINES = "\n".join([LINE] * (2 * BLOCK // 800))


@pytest.mark.parametrize("encoding", ENCODED)
@pytest.mark.parametrize("sample", samples(), ids=lambda path: path.name)
def test_a_sample_gives_the_same_findings_at_the_same_places(sample: Path, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / sample.name
    path.write_bytes(ENCODED[encoding](sample.read_bytes().decode()))
    assert found(path) == json.loads(expected_file(sample).read_text("utf-8"))


def test_the_text_is_whole_whatever_a_block_cuts_through() -> None:
    data = b"\xff\xfe" + f" {LINES}".encode("utf-16-le")
    assert b"".join(stream_of(data).blocks()).decode() == f" {LINES}"
    assert Stream(Slow(data[:21])).head.decode() == data[:20].decode("utf-16") + "\ufffd"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_lines_of_a_large_file_are_shared_out(jobs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.ndjson").write_bytes(LINES.encode("utf-16"))
    output, code = invoke("check", "a.ndjson", "--jobs", jobs, "--max-findings", "1")
    assert output.splitlines()[0] == 'a.ndjson:1:25: error wrong-type: expected integer, found "two"'
    assert output.splitlines()[-2].startswith(f"{len(LINES.splitlines())} documents: 0 conformant")
    assert code == 1


def test_what_is_broken_in_it_is_one_line() -> None:
    (fault,) = check_text(b"\xff\xfe" + '{"osName": "a"'.encode("utf-16-le") + b"\x00\xd8").unreadable
    reason = 'not JSON: expected a comma, found "\ufffd"'
    assert (fault.reason, fault.origin.line, fault.origin.column) == (reason, 1, 15)


def test_half_of_a_character_is_not_fault_of_the_document() -> None:
    data = b"\xff\xfe" + '{"osName": "?"}'.encode("utf-16-le").replace(b"?\x00", b"\x00\xd8")
    assert check_text(data).conformant


def test_utf_32_is_refused() -> None:
    (fault,) = check_text(codecs.BOM_UTF32_LE + "{}".encode("utf-32-le")).unreadable
    assert fault.reason == "encoded as UTF-16 or UTF-32, not UTF-8; save it as UTF-8"
