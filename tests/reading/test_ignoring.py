"""Ignored files are passed over: those that git does not list, in generated trees with patterns of every form."""

from __future__ import annotations

import json
import random
import re
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest
from checkout import DATA
from repositories import git, needs_git

from instanceview.model.document import Skipped
from instanceview.reading.folders import EVERYTHING, Choice
from instanceview.reading.globs import expression_of
from instanceview.reading.inputs import FolderEnd, steps
from instanceview.reading.patterns import Rules, rules_of
from instanceview.reading.sources import File

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [
    "a",
    "b",
    "ab",
    "foo",
    "foo.json",
    "x-y",
    "[a]",
    "a b",
    "foobar",
    "é",
    "a*",
    "!x",
    "#y",
    "A",
    "1",
    "a\\b",
    "t ",
]
SPACED = r"""a b foo .json * * ** ? / / **/ /** [ab] [!a] [a-c] []a] [[:alpha:]] [[:foo:]] [a \ \* é ! # [^b-] [\]] -
[a-] [[:digit:]x] *** [/] \/ [b-a] [:a] [[:a] bar"""
ATOMS = [*re.split(r"\s+", SPACED), " ", "\\ "]


def tree(top: Path, chance: random.Random) -> list[Path]:
    """Make files and folders with names that patterns may mean; return the folders."""
    folders = [top]
    for _ in range(120):
        path = chance.choice(folders) / chance.choice(NAMES)
        if path.exists() or len(path.relative_to(top).parts) > 4:
            continue
        if chance.random() < 0.4:
            path.mkdir()
            folders.append(path)
        else:
            path.touch()
    return folders


def patterns(chance: random.Random) -> str:
    """Return some lines of a `.gitignore`."""
    lines = ["".join(chance.choice(ATOMS) for _ in range(chance.randint(1, 5))) for _ in range(chance.randint(1, 4))]
    end = chance.choice(["\n", "\r\n"])
    return chance.choice(["", "\ufeff"]) + end.join(lines) + chance.choice(["", end])


def files_read(choice: Choice = EVERYTHING, *arguments: str) -> list[str]:
    """Return the names of the files that are read below the working folder, or of the arguments."""
    return sorted(step.path for step in steps(arguments or ["."], choice=choice) if isinstance(step, File))


@needs_git
@pytest.mark.parametrize("seed", range(60))
def test_the_files_read_are_those_that_git_does_not_ignore(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 (nothing secret)
    git(tmp_path, "init", "-q")
    folders = tree(tmp_path, chance)
    for folder in [tmp_path, *chance.sample(folders, min(4, len(folders)))]:
        (folder / ".gitignore").write_text(patterns(chance), "utf-8", newline="")
    (tmp_path / ".git" / "info" / "exclude").write_text(patterns(chance), "utf-8", newline="")
    listed = git(tmp_path, "ls-files", "-z", "--others", "--exclude-standard").decode().split("\0")
    expected = sorted(name for name in listed if name and not name.endswith(".gitignore"))
    with chdir(tmp_path):
        assert files_read() == expected


def test_the_generated_trees_have_files_of_both_sorts(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311 (nothing secret)
    tree(tmp_path, chance)
    decided = set()
    for _ in range(20):
        rules = rules_of(patterns(chance).encode(), ".gitignore")
        for path in tmp_path.rglob("*"):
            name = path.relative_to(tmp_path).as_posix().encode()
            decided.add(bool(rules.deciding(name, path.name.encode(), is_folder=path.is_dir())))
    assert decided == {True, False}


GLOBS = json.loads((DATA / "globs.json").read_text("utf-8"))


@pytest.mark.parametrize("pattern", GLOBS["ignored"])
def test_a_pattern_ignores_what_git_ignores(pattern: str) -> None:
    # Written by `git check-ignore --no-index --stdin`, in an empty repository with this one pattern.
    rules = rules_of(pattern.encode() + b"\n", ".gitignore")
    assert [path for path in GLOBS["files"] if is_ignored(rules, path.encode())] == GLOBS["ignored"][pattern]


def is_ignored(rules: Rules, path: bytes) -> bool:
    """Return True if a pattern ignores a file or a folder that it is in."""
    names = path.split(b"/")
    above = [(b"/".join(names[:depth]), names[depth - 1], depth < len(names)) for depth in range(1, len(names) + 1)]
    deciding = (rules.deciding(each, name, is_folder=is_folder) for each, name, is_folder in above)
    return any(rule and not rule.keeps for rule in deciding)


def test_a_pattern_with_many_stars_takes_no_time() -> None:
    slow = rules_of(b"*a*a*a*a*a*a*a*a*a*a*b\n**/a*/**/a*/**/a*/**/a*/**/b\n", ".gitignore")
    assert slow.deciding(b"a" * 250, b"a" * 250, is_folder=False) is None
    assert slow.deciding(b"/".join([b"a" * 9] * 120), b"a" * 9, is_folder=False) is None


SHORT = {  # a pattern, and the most characters of its expression
    b"[!a]" * 900: 20_000,
    b"[!a]" * 2000: 10,
    b"**/" * 1000 + b"b": 50,
    b"[\x01-\xff]": 30,
}


@pytest.mark.parametrize("pattern", SHORT)
def test_an_expression_is_not_much_longer_than_its_pattern(pattern: bytes) -> None:
    assert len(expression_of(pattern)) <= SHORT[pattern]


def test_a_large_file_of_patterns_is_not_read(repository: Path) -> None:
    for size, number in ((1 << 20, 1), ((1 << 20) + 1, 5)):
        (repository / ".gitignore").write_bytes(b"*.json".rjust(size, b"\n"))
        with chdir(repository):
            assert len(files_read()) == number


CLASSES = {  # the bytes of each class, up to 127, in the locale C
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": " \t",
    "cntrl": "\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": "\t-\r ",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_has_the_bytes_that_it_has_for_git(name: str) -> None:
    rules = rules_of(f"[[:{name}:]]".encode(), ".gitignore")
    found = [each for each in map(chr, range(128)) if rules.deciding(each.encode(), each.encode(), is_folder=False)]
    assert found == [each for each in map(chr, range(128)) if re.fullmatch(f"[{CLASSES[name]}]", each) and each != "/"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a folder that is the top of a repository, as far as files say."""
    (tmp_path / ".git" / "info").mkdir(parents=True)
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    for name in ("a.json", "captures/a.json", "captures/b.yaml", "captures/eu/c.json", "build/d.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


# Lines of the top's .gitignore, a named folder, and what is read of it.
NAMED = {
    "a folder that is ignored": ("captures/", "captures", ["a.json", "b.yaml", "eu/c.json"]),
    "by its name anywhere": ("captures", "captures", ["a.json", "b.yaml", "eu/c.json"]),
    "all that is in it": ("captures/*", "captures", ["a.json", "b.yaml", "eu/c.json"]),
    "all below it": ("/captures/**", "captures", ["a.json", "b.yaml", "eu/c.json"]),
    "everything": ("*", "captures", ["a.json", "b.yaml", "eu/c.json"]),
    "a folder in an ignored one": ("captures/", "captures/eu", ["c.json"]),
    "a folder in one of which all is ignored": ("captures/**", "captures/eu", ["c.json"]),
    "a pattern of files below": ("*.json", "captures", ["b.yaml"]),
    "a path below": ("captures/eu", "captures", ["a.json", "b.yaml"]),
    "files of one folder": ("captures/*.json", "captures", ["b.yaml", "eu/c.json"]),
    "kept again": ("*.json\n!captures/a.json", "captures", ["a.json", "b.yaml"]),
    "by a folder of its name below": ("eu/", "captures", ["a.json", "b.yaml"]),
}


@pytest.mark.parametrize("case", NAMED)
def test_a_folder_that_is_named_is_read_and_patterns_below_it_count(case: str, repository: Path) -> None:
    lines, folder, expected = NAMED[case]
    (repository / ".gitignore").write_text(lines)
    with chdir(repository):
        assert files_read(EVERYTHING, folder) == [f"{folder}/{name}" for name in expected]
        assert files_read(Choice(no_ignore=True), "captures") == [
            "captures/a.json",
            "captures/b.yaml",
            "captures/eu/c.json",
        ]
    with chdir(repository / folder):
        assert files_read() == expected


def test_a_file_that_is_named_is_read_though_it_is_ignored(repository: Path) -> None:
    (repository / ".gitignore").write_text("*.json\nbuild/")
    with chdir(repository):
        assert files_read(EVERYTHING, "a.json", "build/d.json") == ["a.json", "build/d.json"]


def test_all_files_of_a_repository_are_read_where_nothing_is_to_be_ignored(repository: Path) -> None:
    (repository / ".gitignore").write_text("*.json\nbuild/")
    with chdir(repository):
        every = ["a.json", "build/d.json", "captures/a.json", "captures/b.yaml", "captures/eu/c.json"]
        assert files_read(Choice(no_ignore=True), ".") == every
        assert files_read(EVERYTHING, ".") == ["captures/b.yaml"]


def test_what_is_ignored_is_reported_with_file_line_and_pattern(repository: Path) -> None:
    (repository / ".gitignore").write_text("# secrets\n\nbuild/\n")
    (repository / "captures" / ".gitignore").write_text("*.yaml\n")
    (repository / ".git" / "info" / "exclude").write_text("/a.*\n")
    with chdir(repository):
        found = [step for step in steps(["."]) if isinstance(step, Skipped)]
        below = [step for step in steps(["captures"]) if isinstance(step, Skipped)]
    assert [(step.origin.file, step.group, step.reason) for step in found] == [
        ("a.json", "ignored", 'ignored by "/a.*", line 1 of ".git/info/exclude"; --no-ignore reads it'),
        ("build/", "ignored", 'ignored by "build/", line 3 of ".gitignore"; --no-ignore reads it'),
        ("captures/b.yaml", "ignored", 'ignored by "*.yaml", line 1 of "captures/.gitignore"; --no-ignore reads it'),
    ]
    assert below == found[2:]


def test_without_a_repository_nothing_is_ignored(repository: Path) -> None:
    (repository / ".gitignore").write_text("*")
    (repository / ".git" / "HEAD").unlink()
    with chdir(repository):
        assert len(files_read()) == 5


def test_a_repository_in_another_has_its_own_patterns(repository: Path) -> None:
    (repository / ".gitignore").write_text("*.json")
    inner = repository / "captures" / "eu"
    (inner / ".git").mkdir()
    (inner / ".git" / "HEAD").touch()
    (inner / ".gitignore").write_text("x.json")
    (inner / "x.json").touch()
    with chdir(repository):
        assert files_read() == ["captures/b.yaml", "captures/eu/c.json"]


@needs_git
def test_a_worktree_has_the_patterns_of_its_repository(tmp_path: Path) -> None:
    top, other = tmp_path / "top", tmp_path / "other"
    top.mkdir()
    git(top, "init", "-q")
    git(top, "commit", "-q", "--allow-empty", "-m", "first")
    git(top, "worktree", "add", "-q", str(other))
    (top / ".git" / "info" / "exclude").write_text("a.json")
    for name in ("a.json", "b.json"):
        (other / name).touch()
    with chdir(other):
        assert files_read() == ["b.json"]


EXCLUDED = {
    "a folder": (["eu/"], ["captures/a.json", "captures/b.yaml"]),
    "a path from the working folder": (["/captures/a.json"], ["captures/b.yaml", "captures/eu/c.json"]),
    "all but some": (["*.json", "!c.json"], ["captures/b.yaml", "captures/eu/c.json"]),
    "several": (["*.yaml", "eu"], ["captures/a.json"]),
    "another folder": (["/a.json", "build/*"], ["captures/a.json", "captures/b.yaml", "captures/eu/c.json"]),
}


@pytest.mark.parametrize("case", EXCLUDED)
def test_patterns_of_an_option_exclude_in_folders_and_members(case: str, repository: Path) -> None:
    given, expected = EXCLUDED[case]
    every = ["captures/a.json", "captures/b.yaml", "captures/eu/c.json"]
    with chdir(repository):
        assert files_read(Choice(tuple(given)), "captures") == expected
        assert files_read(Choice(tuple(given), as_folder=True), *every) == expected
        assert files_read(Choice(tuple(given)), *every) == every
        assert files_read(Choice(tuple(given), no_ignore=True, as_folder=True), *every) == every
    with chdir(repository / "captures" / "eu"):
        above = files_read(Choice(tuple(given), base=str(repository)), "..")
        assert above == sorted(name.replace("captures/", "../", 1) for name in expected)


# The working folder, the named folder, the folder that patterns start at, a pattern, and what is not read.
FROM: tuple[tuple[str, str, str, str, list[str]], ...] = (
    (".", ".", ".", "captures/eu/", ["captures/eu/c.json"]),
    (".", ".", "captures/eu", "c.json", ["captures/eu/c.json"]),
    (".", ".", "captures/eu", "/c.json", ["captures/eu/c.json"]),
    (".", ".", "captures/eu", "/b.yaml", []),
    (".", ".", "captures/eu", "/eu/c.json", []),
    (".", "captures", "captures/eu", "/c.json", ["captures/eu/c.json"]),
    (".", "captures", "captures/eu", "../a.json", ["captures/a.json"]),
    (".", "captures", "captures", "/a.json", ["captures/a.json"]),
    (".", "captures", "captures", "eu/*", ["captures/eu/c.json"]),
    (".", "captures", "build", "a.json", ["captures/a.json"]),
    (".", "captures", "build", "/a.json", []),
    ("captures", ".", "..", "/captures/eu", ["eu/c.json"]),
    ("captures", ".", "..", "/eu", []),
    ("captures/eu", ".", "..", "/eu/c.json", ["c.json"]),
    ("captures/eu", ".", "..", "eu", []),
    ("captures/eu", ".", "../..", "captures/**", ["c.json"]),
)


@pytest.mark.parametrize(("here", "folder", "base", "pattern", "left"), FROM)
def test_patterns_start_at_the_folder_that_they_are_from(  # noqa: PLR0913, PLR0917 (the columns of a table)
    here: str, folder: str, base: str, pattern: str, left: list[str], repository: Path
) -> None:
    with chdir(repository / here):
        every = files_read(EVERYTHING, folder)
        assert files_read(Choice((pattern,), base=base), folder) == [name for name in every if name not in left]
        assert set(left) <= {*every}
        as_folder = files_read(Choice((pattern,), base=base, as_folder=True), *every)
        named = ["c.json"] if (base, pattern) == ("..", "eu") else []  # a folder that is named is read, its file is not
        assert as_folder == [name for name in every if name not in [*left, *named]]


def test_the_reason_names_the_option() -> None:
    (skipped,) = [step for step in steps(["tests"], choice=Choice(("*",))) if isinstance(step, Skipped)][:1]
    assert skipped.group == "excluded"
    assert re.fullmatch(r'excluded by "\*", --exclude; --no-ignore reads it', skipped.reason)


NO_VIEW = "no instance view found in the files of this folder; use --verbose to see why, or --kind"
LEFT = "nothing is left to check in this folder: 2 ignored by .gitignore, 1 excluded; --no-ignore reads them"
ENDS: tuple[tuple[FolderEnd, list[str]], ...] = (
    (FolderEnd("a", 1, {}), [NO_VIEW]),
    (FolderEnd("a", 0, {}), ["the folder is empty; pass a folder or a file with instance views"]),
    (FolderEnd("a", 0, {}, is_part=True), []),
    (FolderEnd("a", 0, {"ignored": 2, "excluded": 1, "other": 5}), [LEFT]),
    (FolderEnd("a", 3, {"left-out": 2, "ignored": 0}), [f"{NO_VIEW}; 2 of other tools; --no-ignore reads them"]),
    (FolderEnd("a", 0, {"other": 1}), [NO_VIEW]),
)


@pytest.mark.parametrize(("end", "reasons"), ENDS, ids=[f"{end.files} {dict(end.passed_over)}" for end, _ in ENDS])
def test_the_end_of_a_folder_without_an_instance_view_says_why(end: FolderEnd, reasons: list[str]) -> None:
    assert [(each.origin.file, each.reason) for each in end.at_end(found_any=False)] == [("a", why) for why in reasons]
    assert list(end.at_end(found_any=True)) == []
