"""Paths that cannot be read and names that could harm a terminal: each is one clear line, the others are checked."""

from __future__ import annotations

import builtins
import errno
import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from evident import evident
from program import BAD_INPUT, Ran, one_line, run, run_beside_others

from instanceview.cli.main import cli

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOCUMENT = b'{"platformFaultDomain": "two"}'
NO_DOCUMENT = "the folder is empty; pass a folder or a file with instance views"
NO_MATCH = "no file matches this pattern; check the path, which starts at the current folder"

PATHS = {
    "missing.json": "cannot be read: no such file or directory",
    "conformant.json/below-a-file.json": "cannot be read: not a directory",
    "dangling.json": "cannot be read: no such file or directory",
    "loop.json": "cannot be read: too many levels of symbolic links",
    "empty-folder.json": NO_DOCUMENT,
    "no-such-*.json": NO_MATCH,
    "**/no-such.json": NO_MATCH,
    "brackets[.json": NO_MATCH,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a conformant and a nonconformant document, and paths that lead nowhere."""
    for name in ("conformant.json", "nonconformant.json"):
        shutil.copy(BAD_INPUT / name, tmp_path)
    (tmp_path / "dangling.json").symlink_to("nowhere")
    (tmp_path / "loop.json").symlink_to("loop.json")
    (tmp_path / "empty-folder.json").mkdir()
    return tmp_path


def run_here(*arguments: str) -> tuple[int, list[str], str]:
    """Check in this process, where a test can make the system refuse."""
    result = CliRunner().invoke(cli, ["check", *arguments], catch_exceptions=False)
    return Ran(result.exit_code, result.stdout, result.stderr).seen


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_leads_nowhere_is_one_line(path: str, folder: Path) -> None:
    assert run_beside_others(path, folder).seen == one_line(f"{path}: unreadable: {PATHS[path]}")


def test_a_file_without_permission_is_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The mode of the file would not keep root out, who runs the tests in many containers.
    opened = builtins.open

    def forbidden(path: str, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 (those of open)
        if path == "secret.json":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return opened(path, *arguments, **named)

    monkeypatch.setattr(builtins, "open", forbidden)
    monkeypatch.chdir(folder)
    line = "secret.json: unreadable: cannot be read: permission denied"
    assert run_here("conformant.json", "secret.json", "nonconformant.json") == one_line(line)


def test_a_folder_without_permission_is_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def forbidden(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("secret"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    (folder / "documents" / "secret").mkdir(parents=True)
    (folder / "documents" / "a.json").write_text(evident("{}"))
    monkeypatch.setattr(os, "scandir", forbidden)
    monkeypatch.chdir(folder)
    code, lines, _ = run_here("documents", "nonconformant.json")
    assert code == 1
    assert lines[-2:] == [
        "2 documents: 1 conformant; 1 error, 0 warnings, 0 notes",
        "skipped: 1 folder that cannot be opened; --verbose lists them",
    ]
    line = "documents/secret: unreadable: cannot be read: permission denied"
    assert run_here("conformant.json", "documents/secret", "nonconformant.json") == one_line(line)


@pytest.mark.parametrize("name", ["a\0b.json", "a\0*.json"])
def test_a_nul_in_a_path_is_one_line(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # No system passes one to a program, but a caller of the Python interface can.
    monkeypatch.chdir(folder)
    reason = NO_MATCH if "*" in name else "cannot be read: embedded null byte"
    shown = name.replace("\0", r"\u0000")
    assert run_here("conformant.json", name, "nonconformant.json") == one_line(f"{shown}: unreadable: {reason}")


def test_an_empty_path_is_one_line(folder: Path) -> None:
    line = '"": unreadable: cannot be read: the name is empty; pass a file or a folder'
    assert run_beside_others("", folder).seen == one_line(line)


NAMES = {
    "new\nline.json": r"new\nline.json",
    "escape\x1b[31m.json": r"escape\u001b[31m.json",
    "escape-in-one\x9b31m.json": r"escape-in-one\u009b31m.json",
    "reordered\u202enosj.json": r"reordered\u202enosj.json",
    "not-utf-8-\udcff\udcfe.json": r"not-utf-8-\xff\xfe.json",
}
"""File names, and how a report shows them."""


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder with a document under each name."""
    try:
        for name in NAMES:
            (tmp_path / name).write_bytes(DOCUMENT)
    except (OSError, UnicodeError) as error:
        pytest.skip(f"this file system refuses such names: {error}")
    return tmp_path


def test_a_file_name_is_shown_escaped_in_text(hostile: Path) -> None:
    ran = run("check", *NAMES, "gone\udcff\n.json", cwd=hostile)
    assert ran.heads[:5] == [
        f'{shown}:1:25: error wrong-type: expected integer, found "two"' for shown in NAMES.values()
    ]
    assert ran.heads[5:-1] == [r"gone\xff\n.json: unreadable: cannot be read: no such file or directory"]
    assert (ran.code, ran.err) == (2, "")


def test_a_file_name_is_valid_unicode_in_json(hostile: Path) -> None:
    ran = run("check", "--format", "json", *NAMES, cwd=hostile)
    files = [finding["origin"]["file"] for finding in json.loads(ran.out)["findings"]]
    assert files == [*list(NAMES)[:4], r"not-utf-8-\xff\xfe.json"]
    assert ran.out.isascii()
    assert "\x1b" not in ran.out
    assert (ran.code, ran.err) == (1, "")


@pytest.mark.parametrize("argument", ["folder-\udcff", "pattern-\udcff-*"])
def test_a_folder_and_a_pattern_are_named_as_a_file_is(argument: str, tmp_path: Path) -> None:
    (tmp_path / "folder-\udcff").mkdir()
    ran = run("check", argument, cwd=tmp_path)
    reason = "the folder is empty" if "*" not in argument else "no "
    name = argument.replace("\udcff", r"\xff")
    assert ran.heads[0].startswith(f"{name}: unreadable: {reason}")


def test_a_pattern_that_is_longer_than_any_path_is_not_looked_for(tmp_path: Path) -> None:
    ran = run("check", "[" * 100_000, cwd=tmp_path)
    assert ran.code == 2
    assert ran.out.partition(": unreadable: ")[2].startswith("cannot be read: file name too long\n")


def test_a_pattern_follows_no_link_to_a_folder(folder: Path) -> None:
    for name in ("one", "two"):
        (folder / "sub" / name).mkdir(parents=True)
        (folder / "sub" / name / "x.json").write_bytes(DOCUMENT)
        (folder / f"to-{name}").symlink_to(".")  # two links have 2^40 paths before the system refuses one
    (folder / "named").symlink_to("sub")
    for pattern, top in (("**/x.json", "sub"), ("named/**", "named"), ("named/**/x*", "named")):
        ran = run("check", pattern, "--list-files", cwd=folder)
        assert ran.out.splitlines() == [f"{top}/one/x.json", f"{top}/two/x.json"]


def test_a_pattern_of_very_many_names_matches_nothing(folder: Path) -> None:
    pattern = "*/" * 1500 + "x"
    assert run("check", pattern, cwd=folder).out.startswith(f"{pattern}: unreadable: {NO_MATCH}")
