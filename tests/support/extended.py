"""A copy of the package with one more rule, in which the program runs as users run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import instanceview

if TYPE_CHECKING:
    from collections.abc import Iterable

_PACKAGE = Path(instanceview.__file__).parent
_RULE = '''"""The rule `{name}`."""

from instanceview.model.severity import Severity
from instanceview.rules.quiet import AtLeast, Distinct, Fewer, Like, Without, chain
from instanceview.rules.rule import Example, Found, Rule

EXAMPLE = Example("{{}}")


def check(site):
    """Yield the value itself, where it is one to report."""
    value = site.value
    if {condition}:
        yield Found(site.path, "seen at the hook {hook}", value, spot="{spot}")


RULE = Rule(
    "{name}", Severity.NOTE, "Seen.", "Seen.", ("observed",), EXAMPLE, EXAMPLE, ("{hook}",), check, {declaration}
)
'''
# What a rule of the hook points at, where the place of the value is not in the document.
_SPOTS = {
    "required": "object",
    "extra": "key",
    "duplicate": "repeat",
    "written-by": "writer",
    "unlisted": "version",
    "guessed": "kind",
}


class Extended(NamedTuple):
    """A copy of the package, by the folder to import it from, and the name of its extra rule."""

    folder: Path
    rule: str

    def environment(self) -> dict[str, str]:
        """Return the environment of a process that imports the copy."""
        return {**os.environ, "PYTHONPATH": str(self.folder), "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}

    def python(self, program: str, *arguments: str) -> Any:  # noqa: ANN401 (any JSON value)
        """Return the JSON value that a program prints."""
        return json.loads(self._run("-c", program, *arguments))

    def check(self, *arguments: str) -> dict[str, Any]:
        """Return the JSON report of `instanceview check`."""
        report: dict[str, Any] = json.loads(
            self._run("-m", "instanceview", "check", "--format", "json", "--exit-zero", *arguments)
        )
        return report

    def _run(self, *arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, env=self.environment(), cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def extended(folder: Path, hook: str, condition: str = "True", declaration: str = "") -> Extended:
    """Return a copy of the package in a folder, with one more rule at a hook.

    It reports each value of which a condition holds, an expression in `value`, and makes a declaration: arguments of
    `Rule`. All but the rules is linked. It is the first in reading order, so that no other has its place.
    """
    package = folder / "instanceview"
    package.mkdir()
    _link(package, _PACKAGE.iterdir(), but="rules")
    if not (_PACKAGE / "schemas").exists():
        (package / "schemas").symlink_to(_PACKAGE.parents[1] / "schemas")
    rules = package / "rules"
    rules.mkdir()
    _link(rules, (_PACKAGE / "rules").iterdir(), but="_reading_order.py")
    name = f"always-{hook}"
    module = name.replace("-", "_")
    (rules / f"{module}.py").write_text(
        _RULE.format(name=name, hook=hook, spot=_SPOTS.get(hook, "value"), condition=condition, declaration=declaration)
    )
    text = (_PACKAGE / "rules" / "_reading_order.py").read_text("utf-8")
    before, brace, after = text.partition("= {\n")
    (rules / "_reading_order.py").write_text(f'{before}{brace}    "{module}": ("{hook}",),\n{after}')
    return Extended(folder, name)


def _link(folder: Path, files: Iterable[Path], *, but: str) -> None:
    for each in files:
        if each.name not in {but, "__pycache__"}:
            (folder / each.name).symlink_to(each)
