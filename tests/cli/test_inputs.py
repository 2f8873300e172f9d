"""Inputs of `check` and `extract`: the current folder, members of a folder, lists of names, changed files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from evident import evident
from inside import run
from program import environment
from repositories import SETTINGS, committed, git, needs_git

from instanceview.reporting import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

GOOD = evident("{}")
WRONG = evident('{"platformFaultDomain": "two"}')
OTHER = '{"name": "package"}'


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Return a folder with a file that conforms, one that does not, and one of something else."""
    for name, text in {"good.json": GOOD, "below/wrong.json": WRONG, "package.json": OTHER}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def report(here: Path, *arguments: str, code: int | None = None, stdin: str | bytes = "") -> dict[str, Any]:
    """Return the JSON report of a run, whose standard error is empty."""
    ran = run("check", *arguments, "--format", "json", cwd=here, stdin=stdin)
    assert ran.err == ""
    assert code is None or ran.code == code
    result: dict[str, Any] = json.loads(ran.out)
    return result


def documents(here: Path, *arguments: str) -> int:
    """Return the number of documents of a run."""
    number: int = report(here, *arguments)["summary"]["documents"]
    return number


def skipped(here: Path, *arguments: str) -> dict[str, str]:
    """Return the reasons of what a run skips, by file."""
    return {each["origin"]["file"]: each["reason"] for each in report(here, *arguments)["skipped"]}


def with_stdin(here: Path, stdin: Any, *arguments: str) -> subprocess.CompletedProcess[str]:  # noqa: ANN401 (as subprocess has it)
    """Run the command line with a standard input of any sort."""
    program = [sys.executable, "-m", "instanceview", *arguments]
    return subprocess.run(
        program, cwd=here, stdin=stdin, capture_output=True, text=True, env=environment(), timeout=60, check=False
    )


MEANT = "Error: standard input is a pipe or a file; pass - to read it, or . for the current folder"


@pytest.mark.parametrize("command", [("check",), ("extract", "--to", "out")], ids=["check", "extract"])
def test_without_a_path_the_current_folder_is_read_unless_something_is_piped(
    command: tuple[str, ...], here: Path
) -> None:
    device = with_stdin(here, subprocess.DEVNULL, *command)
    assert any(line.startswith("2 documents: ") for line in device.stdout.splitlines())
    for source in ("good.json", "package.json"):
        with (here / source).open() as file:
            piped = with_stdin(here, file, *command)
        assert (piped.returncode, piped.stdout, piped.stderr.splitlines()[-1]) == (2, "", MEANT)
    read, write = os.pipe()
    os.close(write)  # a program that printed nothing, since it failed
    piped = with_stdin(here, read, *command)
    os.close(read)
    assert (piped.returncode, piped.stdout, piped.stderr.splitlines()[-1]) == (2, "", MEANT)


def test_a_closed_standard_input_is_no_pipe(here: Path) -> None:
    program = f"{sys.executable} -m instanceview check <&-"
    ran = subprocess.run(
        ["/bin/sh", "-c", program], cwd=here, capture_output=True, text=True, env=environment(), timeout=60, check=False
    )
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "\n2 documents: 1 conformant" in ran.stdout


LEFT_OUT = {
    "node_modules/x/a.json": "node_modules/",
    "below/node_modules/a.json": "below/node_modules/",
    "__pycache__/a.json": "__pycache__/",
    "env/a.json": "env/",
    "conda/a.json": "conda/",
    "mypy/a.json": "mypy/",
}
SIGNS = ("env/pyvenv.cfg", "conda/conda-meta/history", "mypy/CACHEDIR.TAG")


def test_what_other_tools_made_is_left_out_unless_it_is_named(here: Path) -> None:
    for name in (*LEFT_OUT, *SIGNS, "venv/a.json"):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text(GOOD if name.endswith("a.json") else "")
    assert [name for name in skipped(here, ".") if name.endswith("/")] == sorted(LEFT_OUT.values(), key=_depth)
    assert documents(here, ".") == 3  # a folder that is called venv, and is none, is read
    for name, folder in LEFT_OUT.items():
        assert "--no-ignore reads it" in skipped(here, ".")[folder]
        assert documents(here, folder) == 1, name
    assert documents(here, ".", "--no-ignore") == 3 + len(LEFT_OUT)


def _depth(name: str) -> tuple[int, str]:
    order = ["__pycache__/", "node_modules/", "below/node_modules/", "conda/", "env/", "mypy/"]
    return order.index(name), name


def test_what_is_hidden_is_counted_and_read_where_it_is_named(here: Path) -> None:
    for name in (".hidden/a.json", ".a.json", ".git/a.json", "below/.b.json"):
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_text(GOOD)
    for name in (".gitignore", ".instanceview.toml"):
        (here / name).touch()
    reason = "hidden; name it to read it"
    expected = {".a.json": reason, ".hidden/": reason, "below/.b.json": reason}
    for options in ([], ["--no-ignore"]):
        found = skipped(here, ".", *options)
        assert {name: found[name] for name in found if name != "package.json"} == expected
    assert documents(here, ".hidden", ".a.json", "below/.b.json", "--as-folder") == 3


def test_links_pipes_and_what_has_no_permission_are_skipped_with_a_reason(here: Path) -> None:
    (here / "again").symlink_to("below")
    (here / "nowhere.json").symlink_to("missing.json")
    os.mkfifo(here / "pipe.json")
    assert skipped(here, ".").keys() == {"again/", "nowhere.json", "pipe.json", "package.json"}
    assert documents(here, ".") == 2
    assert documents(here, "again") == 1
    assert run("check", "nowhere.json", cwd=here).code == 2
    assert run("check", "nowhere.json", "--as-folder", cwd=here).code == 0


@pytest.fixture
def ignoring(here: Path) -> Path:
    """Return the folder as a repository in which everything is ignored."""
    (here / ".git").mkdir()
    (here / ".git" / "HEAD").touch()
    (here / ".gitignore").write_text("*.json\n")
    return here


def test_where_all_is_ignored_that_is_the_reason(ignoring: Path) -> None:
    ran = run("check", ".", cwd=ignoring)
    reason = "nothing is left to check in this folder: 3 ignored by .gitignore; --no-ignore reads them"
    assert (ran.code, ran.heads[0]) == (2, f".: unreadable: {reason}")
    assert documents(ignoring, ".", "--no-ignore") == 2
    (ignoring / "notes.txt").touch()
    found = run("check", ".", cwd=ignoring)
    assert found.code == 2
    assert found.heads[0].endswith("or --kind; 3 ignored by .gitignore; --no-ignore reads them")
    assert run("check", "below", "--exclude", "*", "--no-config", cwd=ignoring).heads[0] == (
        "below: unreadable: nothing is left to check in this folder: 1 excluded; --no-ignore reads them"
    )


EXCLUDED = {
    "an option": ([], ["--exclude", "below/"], ""),
    "several in one": ([], ["--exclude", "x,wrong.json"], ""),
    "with a dot": ([], ["--exclude", "./below"], ""),
    "all but what is kept": ([], ["--exclude", "./below/*,!./below/kept.json"], ""),
    "an absolute path": ([], ["--exclude", "{here}/below/wrong.json"], ""),
    "an absolute path in a configuration": (["below"], [], 'exclude = ["{here}/below/wrong.json"]'),
    "a configuration": ([], [], 'exclude = ["/below"]'),
    "a configuration above": (["below"], [], 'exclude = ["/below/wrong.json"]'),
}


@pytest.mark.parametrize("case", EXCLUDED)
def test_what_is_excluded_is_not_read_in_folders(case: str, here: Path) -> None:
    folder, given, written = EXCLUDED[case]
    options, settings = [each.replace("{here}", str(here)) for each in given], written.replace("{here}", str(here))
    (here / "below" / "kept.json").write_text(GOOD)
    (here / ".instanceview.toml").write_text(settings)
    found = report(here.joinpath(*folder), ".", *options)
    assert found["summary"]["findings"]["error"] == 0
    reasons = [each["reason"] for each in found["skipped"] if each["reason"].startswith("excluded")]
    assert [reason.partition(", ")[2].partition(";")[0].rpartition("/")[2] for reason in reasons] == [
        ".instanceview.toml" if settings else "--exclude"
    ]
    assert report(here.joinpath(*folder), ".", *options, "--no-ignore")["summary"]["findings"]["error"] == 1
    (named,) = [here / "below" / "wrong.json"]
    assert run("check", str(named), *options, cwd=here).code == 1
    assert run("check", str(named), *options, "--as-folder", cwd=here).code == 0


TWICE = {
    "as it is": ["below/wrong.json", "below/wrong.json"],
    "with a dot": ["below/wrong.json", "./below/wrong.json", "below/../below/wrong.json"],
    "in a folder": ["below", "below/wrong.json"],
    "before its folder": ["below/wrong.json", "below"],
    "in two folders": ["below", ".", "below/"],
    "by a pattern": ["below/w*.json", "**/wrong.json", "below"],
    "by a link": ["below/wrong.json", "link.json"],
}


@pytest.mark.parametrize("case", TWICE)
def test_a_file_named_twice_is_checked_once(case: str, here: Path) -> None:
    (here / "link.json").symlink_to("below/wrong.json")
    (here / "below" / "b.json").write_text(OTHER)
    found = report(here, *TWICE[case], code=1)
    places = [each["origin"]["file"] for each in found["findings"] if each["severity"] == "error"]
    of_folders = {"below/wrong.json", "link.json"} if "." in TWICE[case] else {"below/wrong.json"}
    assert sorted(places) == sorted(of_folders)
    assert found["unreadable"] == []
    names = [each["origin"]["file"] for each in found["skipped"]]
    assert len(names) == len(set(names))


def test_a_member_that_is_named_too_is_read_as_named(here: Path) -> None:
    found = report(here, ".", "package.json", code=2)
    assert [each["origin"]["file"] for each in found["unreadable"]] == ["package.json"]


def test_standard_input_is_read_once(here: Path) -> None:
    assert report(here, "-", "good.json", "-", stdin=GOOD)["summary"]["documents"] == 2


LISTS = {
    "lines": b"good.json\nbelow/wrong.json\n",
    "lines of Windows": b"good.json\r\nbelow/wrong.json\r\n",
    "no last line end": b"good.json\n\nbelow/wrong.json",
    "NUL": b"good.json\0below/wrong.json\0",
    "a byte order mark": b"\xef\xbb\xbfgood.json\nbelow/wrong.json\n",
    "UTF-16": "good.json\r\nbelow/wrong.json\r\n".encode("utf-16"),
    "a folder": b"below\ngood.json\n",
}


@pytest.mark.parametrize("case", LISTS)
def test_names_come_from_a_file_or_from_standard_input(case: str, here: Path) -> None:
    (here / "names.txt").write_bytes(LISTS[case])
    for source in ("names.txt", "-"):
        found = report(here, "--files-from", source, stdin=LISTS[case], code=1)
        assert found["summary"]["documents"] == 2


def test_names_are_taken_literally(here: Path) -> None:
    for name in ("*.json", "-", "a\nb.json", " c.json", "--quiet"):
        (here / name).write_text(GOOD)
    names = b"\0".join([b"*.json", b"-", b"a\nb.json", b" c.json", b"--quiet"])
    assert report(here, "--files-from", "-", stdin=names)["summary"]["documents"] == 5


def test_names_are_added_to_paths_and_are_named_files(here: Path) -> None:
    (here / "names.txt").write_text("package.json\n")
    found = report(here, "good.json", "--files-from", "names.txt", code=2)
    assert (found["summary"]["documents"], found["summary"]["unreadable"]) == (1, 1)
    assert report(here, "good.json", "--files-from", "names.txt", "--as-folder", code=0)["summary"]["skipped"] == 1


@pytest.mark.parametrize("data", ["", "\n\n", "\0"])
def test_an_empty_list_is_nothing_to_check(data: str, here: Path) -> None:
    ran = run("check", "--files-from", "-", cwd=here, stdin=data)
    assert (ran.code, ran.err) == (0, 'nothing to check: "-" names no file\n')
    assert run("check", "--files-from", "-", "--quiet", cwd=here, stdin=data).err == ""
    assert json.loads(run("check", "--files-from", "-", "--format", "json", cwd=here).out)["summary"]["documents"] == 0


def test_a_list_that_cannot_be_read_is_one_line(here: Path) -> None:
    ran = run("check", "--files-from", "names.txt", cwd=here)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == 'Error: --files-from: "names.txt" cannot be read: no such file or directory\n'
    ran = run("check", "-", "--files-from", "-", cwd=here)
    assert (ran.code, ran.err.splitlines()[-1].partition(": ")[2][:40]) == (
        2,
        "Invalid value for --files-from: standard",
    )


def test_members_without_a_name_are_nothing_to_check(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("instanceview.cli.arguments._is_pipe_or_file", lambda _: False)
    ran = run("check", "--as-folder", cwd=here)
    assert (ran.code, ran.out.splitlines()[0][:12]) == (0, "0 documents:")
    assert ran.err == "nothing to check: --as-folder names no file\n"


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\0"])
def test_names_on_standard_input_are_known(separator: str, here: Path) -> None:
    names = separator.join(["good.json", "below/wrong.json", ""])
    ran = run("check", "-", cwd=here, stdin=names)
    assert (ran.code, "read it with --files-from FILE, where - is standard input" in ran.heads[0]) == (2, True)
    assert "--files-from" not in run("check", "-", cwd=here, stdin=names.replace("good", "gone")).out


def test_a_missing_name_is_unreadable_among_members_too(here: Path) -> None:
    ran = run("check", "--as-folder", "missing.json", "good.json", cwd=here)
    assert (ran.code, ran.heads[0]) == (2, "missing.json: unreadable: cannot be read: no such file or directory")


LISTED = {
    "a folder": (["."], ["good.json", "package.json", "below/wrong.json"]),
    "no path": ([], ["good.json", "package.json", "below/wrong.json"]),
    "a pattern": (["*.json"], ["good.json", "package.json"]),
    "standard input": (["-", "--stdin-filename", "x.json"], ["x.json"]),
    "members": (["--as-folder", "good.json", "package.json", "--exclude", "pack*"], ["good.json"]),
    "a list": (["--files-from", "names.txt"], ["below/wrong.json"]),
}


@pytest.mark.parametrize("case", LISTED)
def test_the_files_that_would_be_read_are_listed(case: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments, expected = LISTED[case]
    if case == "a list":
        (here / "names.txt").write_text("below/wrong.json")
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr("instanceview.cli.arguments._is_pipe_or_file", lambda _: False)
    ran = run("check", "--list-files", *arguments, cwd=here)
    assert (ran.code, ran.out.splitlines(), ran.err) == (0, expected, "")


def test_a_list_of_files_reads_none(here: Path) -> None:
    (here / "good.json").chmod(0)
    (here / "below" / "wrong.json").write_text('{"vmAgent": ')
    assert run("check", "--list-files", ".", cwd=here).code == 0


def test_a_list_of_files_has_no_command_to_a_runner(here: Path) -> None:
    (here / "below" / "::error::a.json").write_text("{}")
    ran = run("check", "--list-files", "::warning::b.json", ".", cwd=here / "below")
    assert "./::error::a.json" in ran.out.splitlines()
    assert ran.err == "./::warning::b.json: no such file or directory\n"


def test_a_list_of_files_names_what_is_missing(ignoring: Path) -> None:
    ran = run("check", "--list-files", "missing.json", "x*.json", "below", cwd=ignoring)
    assert (ran.code, ran.out) == (2, "")
    assert [line.partition(":")[0] for line in ran.err.splitlines()] == ["missing.json", "x*.json", "below"]


ONCE = ["as-folder", "changed", "list-files", "files-from", "changed-since"]


@pytest.mark.parametrize("key", ONCE)
def test_what_is_read_is_not_for_a_configuration_or_a_variable(key: str, here: Path) -> None:
    before = run("check", ".", cwd=here)
    assert run("check", ".", cwd=here, **{f"INSTANCEVIEW_{key.upper().replace('-', '_')}": "1"}).out == before.out
    (here / ".instanceview.toml").write_text(f"{key} = true\n")
    ran = run("check", ".", cwd=here)
    assert (ran.code, ran.out) == (2, "")
    assert f'"{key}"' in ran.err or key in ran.err


@needs_git
def test_changed_files_are_checked_and_no_others(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    committed(here)
    ran = run("check", "--changed", cwd=here)
    assert (ran.code, ran.err) == (0, "nothing to check: no file below the current folder differs from HEAD\n")
    for name in ("new.json", ".hidden.json", "README.md"):
        (here / name).write_text(WRONG if name == "new.json" else OTHER)
    found = report(here, "--changed", code=1)
    assert {each["origin"]["file"] for each in found["findings"]} == {"new.json"}
    assert [each["origin"]["file"] for each in found["skipped"]] == [".hidden.json", "README.md"]
    assert run("check", "--changed", "--list-files", cwd=here).out.splitlines() == ["README.md", "new.json"]
    assert run("check", "--changed", "below", cwd=here).code == 0
    assert run("check", "--changed", "good.json", "*.json", cwd=here).code == 1
    committed(here)
    assert run("check", "--changed", cwd=here).code == 0
    assert documents(here, "--changed-since", "HEAD~1") == 1
    assert documents(here, ".", "--changed-since", git(here, "rev-parse", "HEAD~1").decode().strip()) == 1


@needs_git
def test_what_git_cannot_say_is_one_line(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    ran = run("check", "--changed", cwd=here)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("Error: ")
    committed(here)
    ran = run("check", "--changed-since", "nowhere", cwd=here)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith('Error: "nowhere" is not a revision of this repository; ')
    ran = run("check", "--changed-since", "", cwd=here)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1].startswith("Error: --changed-since names no revision; ")
    ran = run("check", "--changed", "-", cwd=here)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1].startswith("Error: Invalid value for --changed: ")


@pytest.mark.parametrize("form", sorted(FORMATS.keys() - {"text"}))  # that one shows the lines of the documents
def test_reports_of_our_own_have_no_instance_view(form: str, here: Path) -> None:
    before = documents(here, ".")
    for suffix in ("json", "txt"):
        run("check", "below", "--output", f"{form}=report.{suffix}", cwd=here)
        assert documents(here, ".") == before
        assert run("check", f"report.{suffix}", cwd=here).code == 2
    if form in {"json", "sarif"}:
        lines = run("check", "report.json", cwd=here).heads
        reason = "this is a report of instanceview; check the files that it names"
        assert lines[0] == f"report.json: unreadable: no instance view: {reason}"


def test_extract_does_not_read_what_it_writes(here: Path) -> None:
    ran = run("extract", ".", "--to", "out", cwd=here)
    assert (ran.code, ran.out.partition(":")[0]) == (0, "2 documents")
    ran = run("extract", ".", "--to", "again", "--exclude", "out/", cwd=here)
    assert ran.out.partition(":")[0] == "2 documents"
