"""Files that vanish, shrink, grow or turn into folders between their listing and their reading."""

from __future__ import annotations

import pytest
from faulty import CLEAN, SMALL_TASKS, Folder, run_in

CHANGE = """
import builtins, contextlib, os
opened, seen, first = builtins.open, 0, os.getpid()
def changing(file, *arguments, **named):
    global seen
    if file == {path!r} and "rb" in arguments:
        seen += 1
        if seen == {time} or ({time} > 1 and os.getpid() != first):
            with contextlib.suppress(FileNotFoundError):
                {change}
    return opened(file, *arguments, **named)
builtins.open = changing
"""
"""Code that changes a file just before its opening number `time`; any opening in a worker is a later one."""
VANISHED = "no such file or directory"
SHORTER = "the file became shorter meanwhile; check it again when it is complete"
CHANGES = {
    "vanishes": ("os.unlink(file)", VANISHED),
    "shrinks": ("os.truncate(file, os.path.getsize(file) // 2)", SHORTER),
    "empties": ("os.truncate(file, 0)", SHORTER),
    "turns into a folder": ("os.unlink(file); os.mkdir(file)", "is a directory"),
}
COMMANDS = {"check": "--format concise", "state": "--quiet", "report": "--quiet"}


def changed(folder: Folder, time: int, change: str, *arguments: str) -> tuple[int, str]:
    """Run while `documents/lines.ndjson` changes at its opening number `time`; return code and both outputs."""
    code = CHANGE.format(path="documents/lines.ndjson", time=time, change=change)
    ran = run_in(folder, *arguments, program=("-c", f"{SMALL_TASKS}{code}\nmain()"))
    return ran.code, ran.out + ran.err


@pytest.fixture
def lines(folder: Folder) -> Folder:
    """Lines without a finding, which are checked in ranges, in a folder with other documents."""
    (folder.path / "documents" / "lines.ndjson").write_text(f"{CLEAN}\n" * 200)
    return folder


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_lines_that_change_after_their_beginning_was_read_are_not_lost(
    command: str, name: str, jobs: str, lines: Folder
) -> None:
    change, reason = CHANGES[name]
    # The file is opened for its ranges, then for each range, by the process that checks it.
    code, output = changed(lines, 2, change, command, "documents", *COMMANDS[command].split(), "--jobs", jobs)
    assert code == 2
    assert f"documents/lines.ndjson: unreadable: cannot be read: {reason}" in output


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_vanishes_before_it_is_read_is_one_line(command: str, lines: Folder) -> None:
    code, output = changed(lines, 1, "os.unlink(file)", command, "documents", *COMMANDS[command].split())
    assert (code, output.count("documents/lines.ndjson: unreadable: cannot be read: " + VANISHED)) == (2, 1)


def test_lines_that_are_added_meanwhile_do_no_harm(lines: Folder) -> None:
    change = "with opened(file, 'ab') as more: more.write(b'{}\\n')"
    code, output = changed(lines, 2, change, "check", "documents")
    assert (code, "220 documents: 200 conformant; 40 errors" in output) == (1, True)
