"""`--output`: a file is written whole or not at all, a pipe or device directly."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from program import environment, run

from instanceview.cli.main import cli
from instanceview.cli.output import write_whole
from instanceview.tables.catalog import api_versions

REPORT = f"""1 document: 1 conformant; 0 errors, 0 warnings, 0 notes
checked: 1 as vmss-vm at {api_versions()[-1]}, the newest, since none was given (--api-version VERSION sets it)
"""
OLD = "what was there\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder to run in: a conformant document, and a report of an earlier run."""
    (tmp_path / "conformant.json").write_text("{}")
    (tmp_path / "report.txt").write_text(OLD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_to(target: str) -> tuple[int, str, str]:
    """Write a report to the target; return the exit code, standard output, and the last line of stderr."""
    arguments = ["check", "conformant.json", "--output", target]
    result = CliRunner().invoke(cli, arguments, prog_name="instanceview", catch_exceptions=False)
    return result.exit_code, result.stdout, "".join(result.stderr.splitlines()[-1:])


def permissions(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_report_goes_to_the_file_alone(folder: Path) -> None:
    assert write_to("report.txt") == (0, "", "")
    assert (folder / "report.txt").read_text() == REPORT
    assert sorted(path.name for path in folder.iterdir()) == ["conformant.json", "report.txt"]


def unchanged(folder: Path) -> bool:
    """Return True if the old report is there as it was, and no part of a new one."""
    names = {path.name for path in folder.iterdir()}
    return names <= {"conformant.json", "report.txt", "loop.txt"} and (folder / "report.txt").read_text() == OLD


@pytest.mark.parametrize("step", ["chmod", "replace"])
def test_a_failed_replacement_leaves_what_was_there(step: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, step, full)
    message = 'cannot write "report.txt": no space left on device; choose another file'
    assert write_to("report.txt") == (2, "", f"Error: Invalid value for --output: {message}")
    assert unchanged(folder)


def test_a_failed_write_leaves_what_was_there(folder: Path) -> None:
    # The shell limits the size of a file to 0.
    arguments = f"-m instanceview check conformant.json --output '{folder / 'report.txt'}'"
    command = ["/bin/sh", "-c", f"ulimit -f 0; '{sys.executable}' -B {arguments}"]
    ran = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, timeout=60, check=False)
    assert ran.stderr.decode().splitlines()[-1].endswith('report.txt": file too large; choose another file')
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert unchanged(folder)


def test_an_interrupt_while_writing_leaves_what_was_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(folder / "report.txt", "half")
    assert unchanged(folder)


INTERRUPTED_WRITE = """
import os, signal
from pathlib import Path
from instanceview.cli.output import write_whole
from instanceview.tables.catalog import api_versions
signal.signal(signal.SIGINT, signal.SIG_DFL)
chmod = Path.chmod
Path.chmod = lambda *arguments: (os.kill(os.getpid(), signal.SIGINT), chmod(*arguments))
write_whole(Path("report.txt"), "new")
"""


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="this system cannot hold a signal back")
def test_the_signal_of_an_interrupt_waits_until_the_file_is_whole(folder: Path) -> None:
    command = [sys.executable, "-c", INTERRUPTED_WRITE]
    ran = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr, (folder / "report.txt").read_text()) == (-signal.SIGINT, b"", "new")
    assert sorted(path.name for path in folder.iterdir()) == ["conformant.json", "report.txt"]


@pytest.mark.parametrize(
    ("target", "message"),
    [
        (
            "conformant.json/report.txt",
            'cannot write "conformant.json/report.txt": not a directory; choose another file',
        ),
        (".", '"." is a folder; name a file in it'),
        ("loop.txt", 'cannot write "loop.txt": too many levels of symbolic links; choose another file'),
    ],
)
def test_a_target_that_cannot_be_written_is_named_with_the_reason(target: str, message: str, folder: Path) -> None:
    (folder / "loop.txt").symlink_to("loop.txt")
    assert write_to(target) == (2, "", f"Error: Invalid value for --output: {message}")
    assert (folder / "loop.txt").is_symlink()
    assert unchanged(folder)


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o444])
def test_a_file_that_is_replaced_keeps_its_permissions(mode: int, folder: Path) -> None:
    (folder / "report.txt").chmod(mode)
    write_whole(folder / "report.txt", "new")
    assert (permissions(folder / "report.txt"), (folder / "report.txt").read_text()) == (mode, "new")


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o027, 0o640), (0o077, 0o600)])
def test_a_new_file_has_the_permissions_that_the_mask_leaves(mask: int, mode: int, folder: Path) -> None:
    before = os.umask(mask)
    try:
        write_whole(folder / "new.txt", "new")
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert permissions(folder / "new.txt") == mode


@pytest.mark.parametrize("target", ["report.txt", "not-yet.txt"])
def test_a_link_stays_a_link_to_the_new_content(target: str, folder: Path) -> None:
    (folder / "link.txt").symlink_to(target)
    assert write_to("link.txt") == (0, "", "")
    assert (folder / "link.txt").readlink() == Path(target)
    assert (folder / target).read_text() == REPORT


def test_a_pipe_is_written_and_stays_a_pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append((folder / "pipe").read_text()), daemon=True)
    reader.start()
    assert write_to("pipe") == (0, "", "")
    reader.join(timeout=60)
    assert (read, (folder / "pipe").is_fifo()) == ([REPORT], True)


def test_a_device_is_written_and_stays_a_device(folder: Path) -> None:
    assert write_to(os.devnull) == (0, "", "")
    assert Path(os.devnull).is_char_device()
    assert sorted(path.name for path in folder.iterdir()) == ["conformant.json", "report.txt"]


@pytest.mark.parametrize("target", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_by_its_name_is_written_directly(target: str, folder: Path) -> None:
    if not os.path.lexists(target):
        pytest.skip(f"this system has no {target}")
    assert run("check", "conformant.json", "--output", target, cwd=folder) == (0, REPORT, "")


def test_standard_output_by_its_name_is_appended_where_it_goes_to_a_file(folder: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only on Linux /dev/stdout names the file behind it")
    with (folder / "report.txt").open("ab") as out:
        command = [sys.executable, "-m", "instanceview", "check", "conformant.json", "--output", "/dev/stdout"]
        subprocess.run(command, cwd=folder, env=environment(), stdout=out, timeout=60, check=True)
    assert (folder / "report.txt").read_text() == OLD + REPORT
