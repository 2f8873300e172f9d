"""Streams take the same memory, however long they are."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from program import environment
from recorded import entry, recording
from slow import Slow

from instanceview.model.document import Document, Origin, Unreadable
from instanceview.model.limits import DEFAULTS
from instanceview.reading.bounded import bounded
from instanceview.reading.dispatch import read
from instanceview.reading.files.packings import Begun
from instanceview.reading.files.signatures import HEAD
from instanceview.reading.files.stream import BLOCK, Stream, UnreadError, stream_of

if TYPE_CHECKING:
    from collections.abc import Callable

MEMORY = Path("/proc/self/status")
# Rich in text and poor in members, so that checking takes no time.
DOCUMENT = json.dumps({"vmAgent": {"vmAgentVersion": "2.7 " + "x" * 10_000}})
OTHER = entry(DOCUMENT, "https://management.azure.com/subscriptions/s/operations/1")


def ndjson(count: int) -> bytes:
    return f"{DOCUMENT}\n".encode() * count


def array(count: int) -> bytes:
    return f"[{f'{DOCUMENT},' * (count - 1)}{DOCUMENT}]".encode()


def cassette(count: int) -> bytes:
    """A recording of which every 100th entry is a document, each of another machine."""
    before, between, after = recording({}, {}).replace(" ", "").split("{}")
    others = f",{json.dumps(OTHER)}" * 100
    ours = (json.dumps(entry(DOCUMENT.replace("2.7", f"2.{index}"))) + others for index in range(count // 100))
    return (before + between.strip().join(ours) + after).encode()


def packed(count: int) -> bytes:
    return gzip.compress(ndjson(count), 1)


FORMS: dict[str, Callable[[int], bytes]] = {"lines": ndjson, "array": array, "recording": cassette, "packed": packed}


def peak(data: bytes, jobs: str = "1") -> tuple[int, int]:
    """Return the most memory that a run takes, in kB, and the number of documents that it checks."""
    code = "import sys; from pathlib import Path; from instanceview.cli.main import cli; "
    code += "cli.main(sys.argv[1:], standalone_mode=False); "
    # Not getrusage: its number includes the memory of the program that started this one.
    code += f"sys.stderr.write(Path({str(MEMORY)!r}).read_text())"
    program = [sys.executable, "-c", code, "check", "-", "--jobs", jobs]
    ran = subprocess.run(program, input=data, env=environment(), capture_output=True, timeout=120, check=True)
    most = next(line for line in ran.stderr.decode().splitlines() if line.startswith("VmHWM:"))
    return int(most.split()[1]), int(ran.stdout.split()[0])


@pytest.mark.skipif(not MEMORY.exists(), reason="this system does not report the memory of a program in /proc")
@pytest.mark.parametrize("form", FORMS)
def test_memory_does_not_grow_with_the_length(form: str) -> None:
    short, few = peak(FORMS[form](300))
    long, many = peak(FORMS[form](3_000))
    assert many == 10 * few > 0
    assert long < 1.25 * short, f"{short} kB for 3 MB, {long} kB for 30 MB"


@pytest.mark.skipif(not MEMORY.exists(), reason="this system does not report the memory of a program in /proc")
def test_memory_does_not_grow_with_the_length_on_two_cores() -> None:
    # Below 8 MB no other process is started, which takes some memory of its own.
    short, long = (peak(ndjson(count), "2")[0] for count in (2_000, 8_000))
    assert long < 1.25 * short, f"{short} kB for 20 MB, {long} kB for 80 MB"


def test_lines_are_given_as_soon_as_their_block_is_read() -> None:
    taken = 0

    class Counting:
        def read(self, size: int, /) -> bytes:
            nonlocal taken
            taken += size
            return b"{}\n" * (size // 3) if taken < 10 * BLOCK else b""

    lines = Stream(Counting()).lines(BLOCK)
    assert next(lines) == b"{}"
    assert taken < 2 * BLOCK


def test_a_file_that_gives_little_at_a_time_is_read_whole() -> None:
    data = b"{}\n[]\n" * 5
    assert Stream(Slow(data)).whole() == data
    assert list(Stream(Slow(data)).lines(BLOCK)) == data.split(b"\n")
    assert Stream(Slow(data)).is_whole


def test_a_file_is_read_up_to_its_limit_and_what_is_beyond_is_a_fault() -> None:
    data = b"12345"
    for limit in (5, 6):
        assert list(Stream(io.BytesIO(data), limits=DEFAULTS._replace(file_size=limit)).blocks()) == [data]
    blocks = Stream(io.BytesIO(data), limits=DEFAULTS._replace(file_size=4)).blocks()
    assert next(blocks) == b"1234"
    with pytest.raises(UnreadError, match="larger than 4 bytes"):
        next(blocks)


def test_the_documents_of_a_text_in_an_archive_are_numbered_behind_its_name() -> None:
    text = b"statuses:\n- code: PowerState/running\n---\nstatuses:\n- code: PowerState/stopped\n"
    found = list(read(Stream(io.BytesIO(text)), Origin("a.zip", "b.yaml")))
    assert [each.origin.entry for each in found] == ["b.yaml/0", "b.yaml/1"]


def test_documents_without_a_text_have_their_limit_too() -> None:
    one, *others = bounded([Document({}, Origin("a")), Document({}, Origin("b"))], DEFAULTS._replace(documents=1))
    assert isinstance(one, Document)
    assert [(type(each), each.origin.file) for each in others] == [(Unreadable, "b")]


@pytest.mark.parametrize("size", [1, HEAD - 1, HEAD, HEAD + 1])
def test_the_beginning_of_a_file_is_whole_however_little_it_gives(size: int) -> None:
    class Little:
        def __init__(self) -> None:
            self._file = io.BytesIO(bytes(size))

        def read(self, size: int, /) -> bytes:
            return self._file.read(min(size, 1))

    begun = Begun(Little())
    assert len(begun.head) == min(size, HEAD)
    assert sum(map(len, iter(partial(begun.read, 100), b""))) == size == begun.size


@pytest.mark.parametrize("size", [0, BLOCK])
def test_what_only_seems_to_be_a_recording_is_searched_where_it_is_in_memory(size: int) -> None:
    entries = [{"a": {"statuses": [{"code": "PowerState/running"}]}}]
    value = {"log": {"version": "1.2", "creator": {"name": "x"}, "entries": entries}, "x": "x" * size}
    (found,) = read(stream_of(json.dumps(value).encode()), Origin("a.har"))
    assert isinstance(found, Unreadable if size else Document)
    assert found.origin.entry == f"/log/entries/0{'' if size else '/a'}"


@pytest.mark.parametrize("name", ["a.json", "a.ndjson", "a"])
def test_a_first_line_that_is_longer_than_a_block_is_a_line(name: str) -> None:
    line = json.dumps({"computerName": "a" * BLOCK, "vmAgent": {"vmAgentVersion": 1}}).encode()
    for data in (line, line + b"\n", line + b"\n" + line + b"\n"):
        found = list(read(stream_of(data), Origin(name)))
        assert [type(each) for each in found] == [Document] * data.count(b'vmAgent"')
        assert [each.origin.line for each in found] in ([None], [1, 2], [1], [None, None])
