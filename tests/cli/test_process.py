"""The program among others: hostile file names, standard input, Ctrl-C, closed pipes and full disks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from program import environment, run

DOCUMENT = b'{"platformFaultDomain": "two"}'
FAULT = '1:25: error wrong-type: expected integer, found "two"'
ONE_ERROR = "1 document: 0 conformant; 1 error, 0 warnings, 0 notes"
NOTHING = "0 documents: 0 conformant; 0 errors, 0 warnings, 0 notes; 1 unreadable"

# The exit codes of a quiet end: by our own code, or by the signal of the system.
PIPE_CLOSED = {141, -signal.SIGPIPE}
INTERRUPTED = {130, -signal.SIGINT}

GARBAGE = 'not JSON: expected a value, found "\\u0007"; save it as JSON, which starts with { or ['
STDIN = {
    "a document": (DOCUMENT, 1, [f"<stdin>:{FAULT}", ONE_ERROR]),
    "two lines": (
        b"{}\n" + DOCUMENT,
        1,
        ["<stdin>:2:25: " + FAULT[6:], ONE_ERROR.replace("1 document: 0", "2 documents: 1")],
    ),
    "nothing": (b"", 2, ["<stdin>:1:1: unreadable: empty; expected a JSON object", NOTHING]),
    "garbage": (b"\x07[2J{", 2, [f"<stdin>:1:1: unreadable: {GARBAGE}", NOTHING]),
    "colours": (
        b"\x1b[2J{",
        2,
        ["<stdin>:1:1: unreadable: not JSON: a colour code; print it without colours", NOTHING],
    ),
}


@pytest.mark.parametrize("case", STDIN)
def test_standard_input_is_checked(case: str, tmp_path: Path) -> None:
    data, code, lines = STDIN[case]
    ran = run("check", "-", cwd=tmp_path, stdin=data)
    assert (ran.code, ran.heads, ran.err) == (code, lines, "")


def interrupt(*arguments: str, cwd: Path, command: str = "check") -> subprocess.CompletedProcess[bytes]:
    """Interrupt a command of `instanceview` while it reads a pipe, or standard input after that."""
    # A shell that runs the tests in the background lets them and their children ignore interrupts.
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    code += "from instanceview.__main__ import main; main()"
    program = [sys.executable, "-c", code, command, *arguments]
    open_pipe = subprocess.PIPE
    os.mkfifo(cwd / "pipe")
    with subprocess.Popen(
        program, cwd=cwd, env=environment(), stdin=open_pipe, stdout=open_pipe, stderr=open_pipe
    ) as process:
        # Opening the pipe waits until the program reads it; closing it sends the program on to its next argument.
        with (cwd / "pipe").open("wb") as pipe:
            pipe.write(DOCUMENT)
            pipe.flush()
            if "-" not in arguments:
                process.send_signal(signal.SIGINT)
        if "-" in arguments:
            process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    return subprocess.CompletedProcess(program, process.returncode, out, err)


READING = pytest.mark.parametrize("arguments", ["pipe", "pipe -", "pipe - --output report.txt"])


@READING
def test_an_interrupt_ends_the_program_without_a_report(arguments: str, tmp_path: Path) -> None:
    ran = interrupt(*arguments.split(), cwd=tmp_path)
    assert (ran.returncode in INTERRUPTED, ran.stdout, ran.stderr.strip()) == (True, b"", b"")
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


@READING
def test_an_interrupt_leaves_nothing_on_standard_error(arguments: str, tmp_path: Path) -> None:
    assert interrupt(*arguments.split(), cwd=tmp_path).stderr == b""


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("state", "pipe"),
        ("state", "pipe - --jobs 2 --output json=states.json"),
        ("report", "pipe"),
        ("report", "pipe - --jobs 2 --json report.json"),
    ],
)
def test_an_interrupt_ends_each_command_as_it_ends_check(command: str, arguments: str, tmp_path: Path) -> None:
    ran = interrupt(*arguments.split(), cwd=tmp_path, command=command)
    assert (ran.returncode in INTERRUPTED, ran.stderr) == (True, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


WHILE_NATIVE_CODE_LOADS = """
import os, signal, sys
class AtDecimal:
    def find_spec(name, path=None, target=None):
        if name == "_decimal":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, AtDecimal)
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv = ["instanceview", "check", "-"]
from instanceview.__main__ import main
main()
"""


def test_an_interrupt_while_native_code_loads_is_quiet(tmp_path: Path) -> None:
    # jsonschema-rs, which more than a few documents need, imports decimal from Rust, where an exception is a panic.
    program = [sys.executable, "-c", WHILE_NATIVE_CODE_LOADS]
    ran = subprocess.run(
        program,
        cwd=tmp_path,
        env=environment(),
        input=b"\n".join([DOCUMENT] * 200),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode in INTERRUPTED, ran.stdout, ran.stderr) == (True, b"", b"")


def run_into(out: int, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    program = [sys.executable, "-m", "instanceview", *arguments]
    return subprocess.run(
        program, cwd=cwd, env=environment(), input=b"{}", stdout=out, stderr=subprocess.PIPE, timeout=60, check=False
    )


def run_into_closed_pipe(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return run_into(writer, *arguments, cwd=cwd)
    finally:
        os.close(writer)


WRITING = pytest.mark.parametrize("arguments", ["check -", "check - --format json", "--help"])


@WRITING
def test_a_closed_pipe_ends_the_program_quietly(arguments: str, tmp_path: Path) -> None:
    ran = run_into_closed_pipe(*arguments.split(), cwd=tmp_path)
    assert ran.stderr == b""
    assert ran.returncode != 0


@WRITING
def test_a_closed_pipe_is_not_a_finding(arguments: str, tmp_path: Path) -> None:
    assert run_into_closed_pipe(*arguments.split(), cwd=tmp_path).returncode in PIPE_CLOSED


@WRITING
def test_a_full_disk_under_standard_output_is_one_line(arguments: str, tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("wb") as out:
        ran = run_into(out.fileno(), *arguments.split(), cwd=tmp_path)
    assert ran.stderr.decode() == "Error: cannot write the report: no space left on device\n"
    assert ran.returncode == 2


@pytest.mark.parametrize("closed", ["<&-", ">&-"])
def test_a_closed_standard_stream_makes_no_traceback(closed: str, tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m instanceview check - {closed}'
    ran = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=tmp_path,
        input=b"",
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert b"Traceback" not in ran.stderr
    assert ran.returncode == 2


def test_a_terminal_without_the_characters_shows_them_escaped(tmp_path: Path) -> None:
    data = '{"platformFaultDomain": "日本"}'.encode()
    ran = run("check", "-", cwd=tmp_path, stdin=data, PYTHONIOENCODING="latin-1")
    assert ran.heads[:1] == [r'<stdin>:1:25: error wrong-type: expected integer, found "\u65e5\u672c"']
    assert (ran.code, ran.err) == (1, "")
