"""Inputs for tests of files and archives: a faulty line, a faulty recording, archives; and what `check` prints."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
import zlib

from command_cases import invoke
from evident import evident
from recorded import entry, recording

LINE = evident('{"platformFaultDomain": "two"}').encode() + b"\n"
RECORDING = recording(entry('{"platformFaultDomain": "two"}')).encode()


def heads(*arguments: str, stdin: bytes = b"") -> list[str]:
    """Return the lines of `check` that are not indented, and in a line how many inputs were skipped or unreadable."""
    output, _ = invoke("check", *arguments, stdin=stdin)
    lines = [line for line in output.splitlines() if not line.startswith((" ", "checked: "))]
    skipped = lines.pop() if lines[-1].startswith("skipped: ") else ""
    number = sum(map(int, re.findall(r"\b[0-9]+\b", skipped)))
    *lines, summary = lines
    left = [f"{number} skipped" if number else "", summary.partition("notes")[2].strip("; ")]
    return [*lines, "; ".join(filter(None, left))]


def wrong(place: str) -> str:
    return f'{place}: error wrong-type: expected integer, found "two"'


def zipped(**files: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def tarred(*members: tuple[str, bytes], form: int = tarfile.DEFAULT_FORMAT) -> bytes:
    """Return a tar archive of files."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w", format=form) as archive:
        for name, data in members:
            file = tarfile.TarInfo(name)
            file.size = len(data)
            archive.addfile(file, io.BytesIO(data))
    return content.getvalue()


def deflated(data: bytes) -> bytes:
    """Return bytes packed as raw deflate."""
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush()
