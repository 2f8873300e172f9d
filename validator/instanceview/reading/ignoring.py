"""Patterns that leave out parts of a folder: those of `.gitignore`, `.git/info/exclude` and `--exclude`."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.paths import LONGEST, relative
from instanceview.model.text import quote
from instanceview.reading.patterns import Rule, Rules, rule_of, rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FILE = ".gitignore"
_WHOLE = (b"/*", b"/**")  # the end of a pattern that matches all that is in a folder
_MOST = 1 << 20
"""Bytes of the largest file of patterns that is read; git has a limit too, and one of 2,000 patterns has 50 KB."""
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # opening a pipe would wait until something writes to it
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)  # git follows no link to its patterns


class Level(NamedTuple):
    """The rules of one file, as seen from a folder: `below` is its path from the folder of the rules, with a slash.

    `toward` has the names of the folders that lead to the folder of the rules, where that is below this one.
    """

    rules: Rules
    below: bytes = b""
    toward: tuple[bytes, ...] = ()

    def entered(self, name: bytes) -> Level:
        """Return the level as seen from a folder in this one."""
        if self.toward[:1] == (name,):
            return self._replace(below=b"../" * (len(self.toward) - 1), toward=self.toward[1:])
        return self._replace(below=b"%b%b/" % (self.below, name), toward=())


class Scope(NamedTuple):
    """The rules that hold in a folder: those of `--exclude`, and those of git, the nearest file first."""

    excluded: tuple[Level, ...] = ()
    ignored: tuple[Level, ...] = ()
    is_in_repository: bool = False

    def entered(self, name: str) -> Scope:
        """Return the scope of a folder in this one, without its own files."""
        step = os.fsencode(name)
        excluded = tuple(level.entered(step) for level in self.excluded)
        return Scope(excluded, tuple(level.entered(step) for level in self.ignored), self.is_in_repository)

    def with_files_of(self, folder: str, hidden: Iterable[str]) -> Scope:
        """Return the scope with the rules of a folder's own files; a folder with `.git` is a repository of its own."""
        scope = self
        if ".git" in hidden and is_repository(folder):
            scope = Scope(self.excluded, _of_file(_info_exclude(folder)), is_in_repository=True)
        if scope.is_in_repository and _FILE in hidden:
            scope = scope._replace(ignored=(*_of_file(os.path.join(folder, _FILE)), *scope.ignored))
        return scope

    def passed_over(self, name: str, *, is_folder: bool) -> tuple[str, str] | None:
        """Return the group and the reason by which an entry of the folder is passed over, None where it is not."""
        step = os.fsencode(name)
        for group, levels in (("excluded", self.excluded), ("ignored", self.ignored)):
            rule = _deciding(levels, step, is_folder=is_folder)
            if rule and not rule.keeps:
                return group, _reason(group, rule)
        return None


def _reason(group: str, rule: Rule) -> str:
    place = f"line {rule.line} of {quote(rule.file)}" if rule.line else rule.file
    return f"{group} by {quote(rule.text)}, {place}; --no-ignore reads it"


def excluded(path: str, patterns: Sequence[str], excluding: str, base: str) -> str:
    """Return the reason why a named file is excluded, by itself or with a folder that it is in; empty for none."""
    level = _level_from(_rules(patterns, excluding), base, os.path.realpath(os.path.dirname(path) or os.curdir))
    folders = [name for name in level.below.split(b"/") if name]
    names = [*folders, os.fsencode(os.path.basename(path))]
    for end, name in enumerate(names, start=1):
        is_folder = end < len(names)
        rule = None if name == b".." else level.rules.deciding(b"/".join(names[:end]), name, is_folder=is_folder)
        if rule and not rule.keeps:
            return _reason("excluded", rule)
    return ""


def _rules(patterns: Sequence[str], excluding: str) -> Rules:
    return Rules(rule_of(os.fsencode(each), excluding, 0) for each in patterns if each)


def _deciding(levels: tuple[Level, ...], name: bytes, *, is_folder: bool) -> Rule | None:
    for level in levels:
        rule = level.rules.deciding(level.below + name, name, is_folder=is_folder)
        if rule:
            return rule
    return None


def is_repository(folder: str) -> bool:
    """Return True if a folder is the top of a repository, of a worktree or of a submodule."""
    git = os.path.join(folder, ".git")
    return os.path.isfile(git) or os.path.isfile(os.path.join(git, "HEAD"))


def scope_of(folder: str, patterns: Sequence[str], excluding: str, base: str) -> Scope:
    """Return the scope of a folder that is named, without its own files.

    `patterns` are those of `--exclude`, from the folder `base`, and `excluding` names where they are from. A rule of
    git that matches the folder itself, or one that it is in, does not count: the folder is named. Nor does one that
    matches all that is in such a folder.
    """
    real = os.path.realpath(folder)
    above = (_level_from(_rules(patterns, excluding), base, real),) if patterns else ()
    repository = _repository_above(real)
    if repository is None:
        return Scope(above)
    names = os.fsencode(os.path.relpath(real, repository)).split(os.fsencode(os.sep))
    levels = [(file, 0) for file in _of_file(_info_exclude(repository))]
    for index in range(len(names)):
        path = os.path.join(repository, os.fsdecode(os.fsencode(os.sep).join(names[:index])), _FILE)
        levels += [(file, index) for file in _of_file(path)]
    ignored = [_without_rules_of(level.rules, names[index:]) for level, index in reversed(levels)]
    return Scope(above, tuple(ignored), is_in_repository=True)


def _level_from(rules: Rules, base: str, real: str) -> Level:
    """Return the level of rules from a folder, as seen from another folder."""
    try:
        path = os.fsencode(os.path.relpath(real, os.path.realpath(base)).replace(os.sep, "/"))
    except ValueError:  # on another drive of Windows
        return Level(rules, b"../")
    ups, names = path.split(b"/").count(b".."), path.split(b"/")
    if path == b".":
        return Level(rules)
    if ups < len(names):
        return Level(rules, path + b"/")
    here = os.fsencode(os.path.relpath(os.path.realpath(base), real).replace(os.sep, "/"))
    return Level(rules, path + b"/", tuple(here.split(b"/")))


def _repository_above(real: str) -> str | None:
    """Return the top of the repository that a folder is in, None where it is in none, or is the top itself."""
    if is_repository(real):
        return None
    folder = os.path.dirname(real)
    while not is_repository(folder):
        if folder == os.path.dirname(folder):
            return None
        folder = os.path.dirname(folder)
    return folder


def _without_rules_of(rules: Rules, names: list[bytes]) -> Level:
    """Return the level of a folder at a path from that of the rules, without those that match the folder as a whole."""
    kept = [rule for rule in rules.rules if rule.keeps or not _matches_any(rule, names)]
    return Level(Rules(kept), b"/".join(names) + b"/")


def _matches_any(rule: Rule, names: list[bytes]) -> bool:
    """Return True if a rule matches a path as a whole: itself or a folder in it, or all that is in such a folder."""
    rest = rule.pattern[: LONGEST + 1].removesuffix(b"/")
    while rest.endswith(_WHOLE):
        rest = rest.removesuffix(b"*").removesuffix(b"*").removesuffix(b"/")
    is_of_whole = bool(rest) and len(rest) < len(rule.pattern) - 1
    both = Rules([rule, rule_of(b"/" + rest.removeprefix(b"/"), rule.file, rule.line)] if is_of_whole else [rule])
    ends = range(1, len(names) + 1)
    return any(both.deciding(b"/".join(names[:end]), names[end - 1], is_folder=True) for end in ends)


def _of_file(path: str) -> tuple[Level, ...]:
    """Return the rules of a file as a level of its folder; none where git reads none either."""
    try:
        data = _content(path, _NO_LINK)
    except (OSError, ValueError):  # no name has a NUL
        return ()
    rules = rules_of(data, relative(path))
    return (Level(rules),) if rules.rules else ()


def _content(path: str, flags: int = 0) -> bytes:
    """Return the content of a regular file of patterns; raises OSError for a large one, and for a pipe or a device."""
    with open(path, "rb", opener=lambda name, mode: os.open(name, mode | flags | _NO_WAIT)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        content: bytes = file.read(_MOST + 1)
    if len(content) > _MOST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return content


def _info_exclude(folder: str) -> str:
    """Return the path of the patterns of a repository that are not in a `.gitignore`."""
    git = os.path.join(folder, ".git")
    try:
        git = os.path.join(folder, os.fsdecode(_content(git)).removeprefix("gitdir:").strip())
        git = os.path.join(git, os.fsdecode(_content(os.path.join(git, "commondir"))).strip())
    except (OSError, ValueError):  # the folder of a repository; a submodule has no other
        pass
    return os.path.join(git, "info", "exclude")
