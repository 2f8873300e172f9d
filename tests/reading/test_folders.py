"""The files of a folder that are read and passed over, each with its reason; and arguments that are not paths."""

from __future__ import annotations

import os
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from instanceview.model.document import Skipped, Unreadable
from instanceview.reading.folders import EVERYTHING, Choice
from instanceview.reading.inputs import FolderEnd, Step, steps
from instanceview.reading.paths import expanded, paths_of, simple
from instanceview.reading.sources import File, StandardInput

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = (
    "a.json",
    "sub/b.json",
    "venv/pyvenv.cfg",
    "venv/c.json",
    "conda/conda-meta/d.json",
    "cache/CACHEDIR.TAG",
    "node_modules/e.json",
    "sub/__pycache__/f.json",
    "sub/bower_components",
    ".hidden.json",
    ".instanceview.toml",
    ".github/g.json",
    "closed/h.json",
    "my-instance-views-closed/i.json",
)
OUTSIDE = "../outside/x.json"
LINKS = {
    "to-file.json": "a.json",
    "to-folder": "sub",
    "to-nothing.json": "none.json",
    "instance-view.json": "none.json",
    "out.json": OUTSIDE,
}
LEFT = "--no-ignore reads it"
CLOSED = "cannot be read: permission denied"
READ = ["a.json", "to-file.json", "sub/b.json", "sub/bower_components"]
NO_IGNORE = [
    "cache/CACHEDIR.TAG",
    "conda/conda-meta/d.json",
    "node_modules/e.json",
    "sub/__pycache__/f.json",
    "venv/c.json",
    "venv/pyvenv.cfg",
]
PASSED = {
    ".github/": ("hidden", "hidden; name it to read it"),
    ".hidden.json": ("hidden", "hidden; name it to read it"),
    "cache/": ("left-out", f"a cache; {LEFT}"),
    "closed/": ("closed", CLOSED),
    "conda/": ("left-out", f"an environment of conda; {LEFT}"),
    "instance-view.json": ("", "a link to a file that does not exist"),
    "my-instance-views-closed": ("", CLOSED),
    "node_modules/": ("left-out", f"the packages of npm; {LEFT}"),
    "out.json": ("linked", "a link to a file outside the folder; name it to read it"),
    "pipe": ("closed", "a pipe, a socket or a device; pass its content as standard input"),
    "sub/__pycache__/": ("left-out", f"a cache of Python; {LEFT}"),
    "to-folder/": ("linked", "a link to a folder; name it to read it"),
    "to-nothing.json": ("closed", "a link to a file that does not exist"),
    "venv/": ("left-out", f"a virtual environment; {LEFT}"),
}


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder with something of each kind, as the working folder."""
    top = tmp_path / "top"
    for name in (*FILES, OUTSIDE):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).touch()
    for name, target in LINKS.items():
        (top / name).symlink_to(target)
    os.mkfifo(top / "pipe")
    scandir = os.scandir

    def closed_to_us(path: str) -> object:
        if "closed" in path:
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("os.scandir", closed_to_us)
    with chdir(top):
        yield top


def shown(found: list[Step]) -> dict[str, tuple[str, str]]:
    """Return the group and the reason of each path that is not read."""
    return {
        each.origin.file: (each.group if isinstance(each, Skipped) else "", each.reason)
        for each in found
        if isinstance(each, (Skipped, Unreadable))
    }


@pytest.mark.parametrize("name", [".", "../top", "../top/"])
def test_a_folder_is_read_but_for_what_is_passed_over(name: str, top: Path) -> None:
    found = list(steps([name]))
    before = "" if name == "." else "../top/"
    assert top.is_dir()
    assert [each.path for each in found if isinstance(each, File)] == [f"{before}{each}" for each in READ]
    assert shown(found) == {f"{before}{each}": reason for each, reason in PASSED.items()}
    (end,) = (each for each in found if isinstance(each, FolderEnd))
    counts = {"closed": 3, "hidden": 2, "left-out": 5, "linked": 2}
    assert (end.files, dict(end.passed_over), end.is_part) == (len(READ), counts, True)


def test_nothing_is_left_out_where_nothing_is_to_be_ignored(top: Path) -> None:
    found = list(steps(["."], choice=Choice(no_ignore=True)))
    assert top.is_dir()
    assert sorted(each.path for each in found if isinstance(each, File)) == sorted([*READ, *NO_IGNORE])
    assert shown(found) == {name: each for name, each in PASSED.items() if each[0] != "left-out"}


@pytest.mark.parametrize("name", ["venv", "cache", "node_modules"])
def test_a_folder_of_another_tool_that_is_named_is_read(name: str, top: Path) -> None:
    paths = [each.path for each in steps([name]) if isinstance(each, File)]
    assert paths == sorted(each for each in FILES if each.startswith(f"{name}/"))
    assert top.is_dir()


def test_a_closed_folder_that_is_named_is_unreadable(top: Path) -> None:
    (fault, end) = steps(["closed"])
    assert isinstance(fault, Unreadable)
    assert (fault.origin.file, fault.reason) == ("closed", CLOSED)
    assert isinstance(end, FolderEnd)
    assert end.is_part
    assert top.is_dir()


def test_a_file_that_comes_twice_is_read_once(top: Path) -> None:
    found = list(steps(["sub", ".", "a.json", "to-file.json", "./sub/b.json"]))
    files = [(each.path, each.is_named) for each in found if isinstance(each, File)]
    expected = [("sub/b.json", True), ("sub/bower_components", False), ("a.json", True), ("to-file.json", False)]
    assert files == expected  # a link in a folder is a file of its own
    ends = [(each.name, each.files, each.is_part) for each in found if isinstance(each, FolderEnd)]
    assert ends == [("sub", 2, True), (".", 4, True)]
    assert top.is_dir()


def test_only_some_files_are_wanted(top: Path) -> None:
    wanted = {str(top / name) for name in ("sub", "sub/b.json", "venv")}
    choice = Choice(only=lambda path: path.rstrip("/") in wanted)
    found = list(steps([".", "a.json", "none.json"], choice=choice))
    assert [each.path for each in found if isinstance(each, File)] == ["sub/b.json", "none.json"]
    assert {name for name, (group, _) in shown(found).items() if group} == {"venv/"}
    (end,) = (each for each in found if isinstance(each, FolderEnd))
    assert (end.files, dict(end.passed_over), end.is_part) == (1, {"left-out": 1}, True)


def test_members_of_a_folder_are_files_that_nobody_named(top: Path) -> None:
    choice = EVERYTHING._replace(as_folder=True)
    found = list(steps(["a.json", "to-nothing.json", "node_modules/e.json"], choice=choice))
    assert [(each.path, each.is_named) for each in found if isinstance(each, File)] == [
        ("a.json", False),
        ("node_modules/e.json", False),
    ]
    assert shown(found) == {"to-nothing.json": PASSED["to-nothing.json"]}
    assert top.is_dir()


NO_MATCH = "no file matches this pattern; check the path, which starts at the current folder"
MISSING = "cannot be read: no such file or directory"
ARGUMENTS: dict[str, list[str]] = {
    "-": ["standard input"],
    "": ['"": cannot be read: the name is empty; pass a file or a folder'],
    "a.json": ["a.json"],
    "./a.json": ["a.json"],
    "none.json": ["none.json"],
    "*.jso": [f"*.jso: {NO_MATCH}"],
    "*.json": ["a.json", "instance-view.json", "out.json", "to-file.json", "to-nothing.json"],
    "[ab].json": ["a.json"],
    "s?b": ["sub"],
    "s*/**": ["sub/__pycache__/f.json", "sub/b.json", "sub/bower_components"],
    "pip*": [f"pip*: {NO_MATCH}"],
    "a\0.json": ["a\0.json"],
}


@pytest.mark.parametrize("argument", ARGUMENTS)
def test_an_argument_is_paths_standard_input_or_a_reason(argument: str, top: Path) -> None:
    found = list(expanded([argument], "standard input"))
    assert top.is_dir()
    assert [
        each if isinstance(each, str) else each.name if isinstance(each, StandardInput) else _line(each)
        for each in found
    ] == ARGUMENTS[argument]
    assert paths_of([argument]) == [each for each in found if isinstance(each, str)]


def _line(item: Unreadable) -> str:
    return f"{item.origin.file}: {item.reason}"


@pytest.mark.parametrize("url", ["https://a.example/b.json", "s3://bucket/*.json"])
def test_a_url_is_not_a_path(url: str, top: Path) -> None:
    (found,) = expanded([url], "-")
    assert isinstance(found, Unreadable)
    assert found.reason.startswith(MISSING)
    (top / "https:" / "a.example").mkdir(parents=True)
    (top / "https:" / "a.example" / "b.json").touch()
    assert paths_of([url]) == (["https:/a.example/b.json"] if "b.json" in url else [])


SIMPLE = {
    "a": "a",
    "./a": "a",
    "a/./b": "a/b",
    "a//b": "a/b",
    "a/": "a",
    "a/.": "a",
    ".": ".",
    "..": "..",
    "a/../b": "a/../b",
    "a/.b": "a/.b",
    ".a/b": ".a/b",
    "/a": "/a",
    "a.": "a.",
    "a/b.": "a/b.",
}


@pytest.mark.parametrize("path", SIMPLE)
def test_a_path_has_no_more_than_it_needs(path: str) -> None:
    assert simple(path) == SIMPLE[path]
    assert Path(simple(path)) == Path(path)
