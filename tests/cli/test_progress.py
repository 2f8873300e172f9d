"""Long work shows its progress on a terminal, and leaves nothing there."""

from __future__ import annotations

import os
import subprocess
import sys
from select import select
from typing import TYPE_CHECKING

import pytest
from program import environment

from instanceview.cli.progress import Progress
from instanceview.reading.sources import File

if TYPE_CHECKING:
    from pathlib import Path

pty = pytest.importorskip("pty", reason="this system has no such terminals")

LINE = b'{"platformFaultDomain": 1}\n'
SHOWN = b"documents: 2  files: 1  "


def watch(*options: str, cwd: Path, terminal: bool = True, work: bytes = SHOWN) -> tuple[bytes, bytes]:
    """Check two blocks of lines, the second given when `work` is shown; return stderr and stdout.

    The line is shown at once, not after seconds.
    """
    code = "import sys; from instanceview.cli import progress; progress.AFTER = 0; "
    code += "from instanceview.cli.main import cli; cli.main(sys.argv[1:], standalone_mode=False)"
    program = [sys.executable, "-c", code, *options]
    master, slave = pty.openpty()
    pipe = subprocess.PIPE
    with subprocess.Popen(
        program, cwd=cwd, env=environment(), stdin=pipe, stdout=pipe, stderr=slave if terminal else pipe
    ) as process:
        os.close(slave)
        assert process.stdin is not None
        assert process.stdout is not None
        # The lines of the first block are given out while the program waits for the rest of the second.
        process.stdin.write(LINE * 2 + b" " * (1 << 20) + b"\n" + b" " * 1000)
        process.stdin.flush()
        shown = b""
        while terminal and work not in shown and select([master], [], [], 30)[0]:
            shown += os.read(master, 4096)
        process.stdin.close()
        out = process.stdout.read()
        try:
            while terminal and (part := os.read(master, 4096)):
                shown += part
        except OSError:  # the error of Linux when the other end is closed
            pass
        finally:
            os.close(master)
        assert work in shown or not terminal
        return (shown if process.stderr is None else process.stderr.read()), out


def test_the_line_is_written_over_itself_and_erased(tmp_path: Path) -> None:
    shown, out = watch("check", "-", "--stdin-filename", "run\x1b[31m.ndjson", cwd=tmp_path)
    assert out.startswith(b"2 documents: 2 conformant")
    assert b"\n" not in shown
    first, *lines, erased, end = shown.split(b"\r")
    assert (first, end, erased.strip()) == (b"", b"", b"")
    assert {len(line) for line in [*lines, erased]} == {79}
    assert rb" s  run\u001b[31m.ndjson" in lines[-1]
    assert b"\x1b" not in shown


def test_extract_says_it_too(tmp_path: Path) -> None:
    shown, out = watch("extract", "-", "--to", "out", cwd=tmp_path)
    assert SHOWN in shown
    assert out == b"2 documents: written to out\n"


def test_nothing_is_shown_where_nobody_sees_it(tmp_path: Path) -> None:
    shown, out = watch("check", "-", cwd=tmp_path, terminal=False)
    assert (shown, out.split(b":")[0]) == (b"", b"2 documents")


def test_nothing_is_shown_when_that_is_asked(tmp_path: Path) -> None:
    assert watch("check", "-", "--quiet", cwd=tmp_path, work=b"") == (b"", b"")


def test_short_work_shows_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(LINE)
    master, slave = pty.openpty()
    program = [sys.executable, "-m", "instanceview", "check", "a.json"]
    subprocess.run(program, cwd=tmp_path, env=environment(), stdout=slave, stderr=slave, timeout=60, check=True)
    os.close(slave)
    shown = os.read(master, 4096)
    os.close(master)
    first, second, rest = shown.split(b"\r\n")
    assert (first, rest) == (b"1 document: 1 conformant; 0 errors, 0 warnings, 0 notes", b"")
    assert second.startswith(b"checked: 1 as vmss-vm at ")


def test_a_file_that_takes_long_is_named_before_it_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    (tmp_path / "run.har").write_bytes(LINE * 100_000)
    progress = Progress(["run.har"])
    for path, shown in ((tmp_path / "run.har", "run.har (2 MB)"), (tmp_path / "gone\x1b.har", r"gone\u001b.har")):
        assert next(progress.begun([File(str(path))])) == File(str(path))
        assert progress.line().startswith("documents: 0  files: 0  0 s  ")
        assert progress.line().endswith(shown)
