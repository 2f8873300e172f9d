"""The files that differ from a revision are those that git names, whatever is set for it."""

from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

import pytest
from repositories import SETTINGS, committed, git, needs_git

from instanceview.reading.changed import NotComparedError, changed
from instanceview.reading.folders import Choice
from instanceview.reading.inputs import steps
from instanceview.reading.sources import File

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs_git
FIRST = (
    "kept.json",
    "edited.json",
    "staged.json",
    "deleted.json",
    "moved.json",
    "below/kept.json",
    "below/edited.json",
)


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with one commit, in which files were then changed in every way."""
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "below").mkdir()
    for name in FIRST:
        (tmp_path / name).write_text(name)
    (tmp_path / ".gitignore").write_text("ignored.json\n")
    committed(tmp_path)
    for name in ("edited.json", "staged.json", "below/edited.json", "new.json", "ignored.json", "below/é\n -x.json"):
        (tmp_path / name).write_text("changed")
    git(tmp_path, "add", "staged.json")
    (tmp_path / "deleted.json").unlink()
    git(tmp_path, "mv", "moved.json", "below/moved.json")
    return tmp_path


CHANGED = ["below/edited.json", "below/moved.json", "below/é\n -x.json", "edited.json", "new.json", "staged.json"]


def read(*arguments: str, since: str = "HEAD") -> list[str]:
    """Return the files that a run would read that is to read changed ones alone."""
    differing = changed(arguments, since)
    choice = Choice(as_folder=True, only=differing.has)
    return sorted(step.path for step in steps(arguments, choice=choice) if isinstance(step, File))


def test_they_are_changed_staged_moved_and_new_files(top: Path) -> None:
    with chdir(top):
        assert read(".") == CHANGED
        assert read("below") == [name for name in CHANGED if name.startswith("below/")]
        assert read("edited.json", "kept.json") == ["edited.json"]
    with chdir(top / "below"):
        assert read("..") == [f"../{name}" for name in CHANGED]
        assert read(str(top)) == [str(top / name) for name in CHANGED]


def test_a_link_to_a_folder_that_is_named_is_followed(top: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    link = tmp_path_factory.mktemp("elsewhere") / "link"
    link.symlink_to(top, target_is_directory=True)
    assert read(str(link)) == [str(link / name) for name in CHANGED]


def test_a_revision_is_compared_with_the_working_tree(top: Path) -> None:
    committed(top)
    (top / "last.json").write_text("new")
    with chdir(top):
        assert read(".") == ["last.json"]
        assert read(".", since="HEAD~1") == sorted([*CHANGED, "last.json"])
        git(top, "tag", "-a", "-m", "x", "v1", "HEAD~1")
        assert read(".", since="v1") == sorted([*CHANGED, "last.json"])


def test_before_the_first_commit_all_files_are_new(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    for name in ("a.json", "b.json", "c.json"):
        (tmp_path / name).touch()
    git(tmp_path, "add", "a.json")
    (tmp_path / ".gitignore").write_text("c.json")
    with chdir(tmp_path):
        assert read(".") == ["a.json", "b.json"]


HOSTILE = {
    "core.fsmonitor": "touch ran; false",
    "diff.external": "touch ran; false",
    "core.pager": "touch ran; false",
    "pager.diff": "touch ran; false",
    "diff.noprefix": "true",
    "diff.relative": "true",
    "diff.renames": "copies",
    "core.quotePath": "true",
    "diff.orderFile": "/dev/null",
    "color.ui": "always",
    "status.relativePaths": "false",
    "diff.wordRegex": ".",
}


@pytest.mark.parametrize("key", HOSTILE)
def test_no_setting_of_the_repository_matters(key: str, top: Path) -> None:
    git(top, "config", key, HOSTILE[key])
    with chdir(top / "below"):
        assert read("..") == [f"../{name}" for name in CHANGED]
    assert list(top.rglob("ran")) == []


def test_the_variables_of_a_hook_do_not_matter(top: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", "index-of-a-hook")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    with chdir(top):
        assert read(".") == CHANGED


def test_a_new_repository_in_another_is_new(top: Path) -> None:
    (top / "inner").mkdir()
    (top / "inner" / "a.json").touch()
    committed(top / "inner")
    with chdir(top):
        assert "inner/a.json" in read(".")


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_folder_of_a_checkout_that_is_a_repository_itself_is_refused(below: str, top: Path) -> None:
    """Git takes a committed folder with the files of a repository for one, and runs the filters that it configures."""
    inner = top / "captures"
    git(top, "init", "-q", "--bare", str(inner))
    (inner / below).mkdir(exist_ok=True)
    (inner / below / "a.json").write_text("{}")
    settings = {"core.bare": "false", "core.worktree": ".", "filter.x.clean": f"touch {top}/ran; cat"}
    for key, value in settings.items():
        git(inner, "config", key, value)
    git(inner, "add", "--all")
    git(inner, "commit", "-qm", "x")
    (inner / ".gitattributes").write_text("* filter=x\n")
    (inner / below / "a.json").write_text("[]")
    with pytest.raises(NotComparedError, match="has the files of a git repository itself, whose configuration may run"):
        changed([str(inner / below / "a.json")])
    assert not (top / "ran").exists()


REVISIONS = ["nowhere", "", "--output=ran", "-h", "HEAD:kept.json", "main..", "a b", "\0", "HEAD\n"]


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_unknown_revision_is_one_line(revision: str, top: Path) -> None:
    with pytest.raises(NotComparedError, match=r"^[^\n]+ is not a revision of this repository; name a commit") as found:
        changed([str(top)], revision)
    assert "\n" not in str(found.value)
    assert not (top / "ran").exists()


def test_outside_a_repository_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(
        NotComparedError, match=r"^\"[^\n]+\" is not in a usable git repository [^\n]+; name the files to check$"
    ):
        changed([str(tmp_path)])


def test_without_git_is_one_line(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(top))
    with pytest.raises(NotComparedError, match=r"^git was not found[^\n]+install it, or name the files to check$"):
        changed([str(top)])


def test_a_missing_path_is_left_to_the_run(top: Path) -> None:
    with chdir(top):
        assert read("missing.json", "edited.json") == ["edited.json", "missing.json"]
        assert not (top / "missing.json").exists()
