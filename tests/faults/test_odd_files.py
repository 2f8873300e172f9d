"""Pipes, sockets, devices, links and locked files where a file is expected: a line each, and nobody waits."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from shutil import which
from typing import TYPE_CHECKING

import pytest
from faulty import DOCUMENT, Folder, run_in
from program import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

COMMANDS = ("check", "state", "report", "extract")
CLOSED = "a pipe, a socket or a device; pass its content as standard input"


def arguments(command: str, path: str) -> list[str]:
    return [command, path, *(["--to", "new"] if command == "extract" else [])]


@pytest.fixture
def odd(folder: Folder) -> Iterator[Path]:
    """A folder with a document, and all that is not a file."""
    below = folder.path / "odd"
    below.mkdir()
    (below / "one.json").write_text(DOCUMENT)
    os.mkfifo(below / "pipe.json")
    for name, target in {
        "zero.json": "/dev/zero",
        "full.json": "/dev/full",
        "linked-pipe.json": "pipe.json",
        "loop.json": "loop.json",
        "above.json": "..",
        "other-loop": "other-loop/x",
    }.items():
        (below / name).symlink_to(target)
    with socket.socket(socket.AF_UNIX) as bound:
        before = os.open(os.curdir, os.O_RDONLY)
        os.chdir(below)  # the name of a socket is short
        bound.bind("socket.json")
        os.fchdir(before)
        os.close(before)
        yield below


@pytest.mark.usefixtures("odd")
@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_not_a_file_is_passed_over_in_a_folder(command: str, folder: Folder) -> None:
    ran = run_in(folder, *arguments(command, "odd"))
    assert ran.code == {"check": 1, "state": 0, "report": 0, "extract": 0}[command]
    assert "skipped: " in ran.out + ran.err
    listed = run_in(folder, "check", "odd", "--verbose")
    assert [line.partition(": ")[0] for line in listed.out.splitlines() if line.endswith(CLOSED)] == [
        f"odd/{name}.json" for name in ("full", "linked-pipe", "pipe", "socket", "zero")
    ]


NAMED = {
    "odd/socket.json": "cannot be read: no such device or address",
    "odd/loop.json": "cannot be read: too many levels of symbolic links",
    "odd/zero.json": "",
    "/dev/full": "a binary file; ",
    "/dev/null": "empty; expected a JSON object",
    "/proc/self/mem": "cannot be read: input/output error",
    "/proc/self/status": "no instance view: ",
    "/proc/self/fd": "no instance view found in the files of this folder",
}


@pytest.mark.usefixtures("odd")
@pytest.mark.parametrize("path", NAMED)
@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_not_a_file_is_one_line_where_it_is_named(command: str, path: str, folder: Folder) -> None:
    ran = run_in(folder, *arguments(command, path))
    lines = [line for line in (ran.out + ran.err).splitlines() if line.startswith(path)]
    assert (ran.code, len(lines)) == (2, 1)
    assert f"unreadable: {NAMED[path]}" in lines[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_device_as_standard_input_is_one_line(command: str, folder: Folder) -> None:
    device = os.open("/dev/zero", os.O_RDONLY)
    ran = run_in(folder, *arguments(command, "-"), stdin=device)
    os.close(device)
    assert (ran.code, (ran.out + ran.err).count("unreadable: ")) == (2, 1)


def endless(folder: Path) -> None:
    (folder / "HEAD").write_text("ref: refs/heads/main")
    (folder / "info").mkdir()


def pipe_as_patterns(top: Path) -> None:
    os.mkfifo(top / ".gitignore")
    (top / ".git").mkdir()
    endless(top / ".git")


def pipe_as_exclude(top: Path) -> None:
    (top / ".git").mkdir()
    endless(top / ".git")
    os.mkfifo(top / ".git" / "info" / "exclude")


def device_as_common_folder(top: Path) -> None:
    (top / "git").mkdir()
    endless(top / "git")
    (top / ".git").write_text("gitdir: git")
    (top / "git" / "commondir").symlink_to("/dev/zero")


def name_that_no_folder_has(top: Path) -> None:
    (top / ".git").write_text("gitdir: a\0b")


def pipe_as_configuration(top: Path) -> None:
    os.mkfifo(top / ".instanceview.toml")
    (top / "pyproject.toml").symlink_to("/dev/zero")


HOSTILE = {each.__name__: each for each in (pipe_as_patterns, pipe_as_exclude, device_as_common_folder)}
HOSTILE[name_that_no_folder_has.__name__] = name_that_no_folder_has
HOSTILE[pipe_as_configuration.__name__] = pipe_as_configuration


@pytest.mark.parametrize("name", HOSTILE)
def test_a_pipe_or_a_device_is_not_read_as_patterns_or_configuration(name: str, folder: Folder) -> None:
    made: Callable[[Path], None] = HOSTILE[name]
    made(folder.path / "documents")
    ran = run_in(folder, "check", "documents")
    assert "20 documents: 0 conformant; 40 errors" in ran.out


ENDLESS = {
    "baseline": ("check one.json --baseline /dev/zero", 'cannot read "/dev/zero": file too large'),
    "names": ("check --files-from /dev/zero", '"/dev/zero" cannot be read: file too large'),
    "reports": ("report --compare /dev/zero /dev/zero", '"/dev/zero" cannot be read: file too large'),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_device_without_an_end_is_one_line(name: str, folder: Folder) -> None:
    command, message = ENDLESS[name]
    ran = run_in(folder, *command.split())
    assert ran.code == 2
    assert message in ran.last


OUTPUTS = {
    "a socket": ("odd/socket.json", "no such device or address"),
    "a loop": ("odd/loop.json", "too many levels of symbolic links"),
    "below a file": ("one.json/new", "not a directory"),
    "in /proc": ("/proc/new", "no such file or directory"),
    "of /proc": ("/proc/version", ""),
}


@pytest.mark.usefixtures("odd")
@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("command", ["check one.json --output json=", "report one.json --json="])
def test_a_report_that_has_no_place_there_is_one_line(command: str, name: str, folder: Folder) -> None:
    file, reason = OUTPUTS[name]
    ran = run_in(folder, *f"{command}{file}".split())
    assert (ran.code, f'cannot write "{file}": {reason}' in ran.last) == (2, True), ran.last


def locked(folder: Folder, *command: str) -> subprocess.CompletedProcess[str]:
    """Run the command as root without the right to pass over permissions, or as who we are."""
    drop = [which("setpriv") or "setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    code = "from instanceview.__main__ import main; main()"
    return subprocess.run(
        [*drop, sys.executable, "-W", "error", "-c", code, *command],
        cwd=folder.path,
        env=environment(TMPDIR=str(folder.temporary)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(os.geteuid() == 0 and which("setpriv") is None, reason="root needs setpriv to be kept out")
def test_the_permissions_of_files_and_folders_count(folder: Folder) -> None:
    (folder.path / "documents" / "00.json").chmod(0)
    closed = folder.path / "documents" / "closed"
    closed.mkdir(0)
    ran = locked(folder, "check", "documents", "one.json")
    assert (ran.returncode, ran.stderr) == (2, "")
    assert "documents/00.json: unreadable: cannot be read: permission denied" in ran.stdout.splitlines()
    assert "20 documents: 0 conformant; 40 errors, 0 warnings, 0 notes; 1 unreadable" in ran.stdout
    assert "skipped: 1 folder that cannot be opened" in ran.stdout
    ran = locked(folder, "check", "one.json", "--output", "json=documents/closed/report")
    assert 'cannot write "documents/closed/report": permission denied' in ran.stderr
    closed.chmod(0o500)
    ran = locked(folder, "extract", "one.json", "--to", "documents/closed/new")
    assert (ran.returncode, 'cannot write to "documents/closed/new": permission denied' in ran.stderr) == (2, True)
