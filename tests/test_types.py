"""A type checker refuses unknown names wherever a choice takes one, and takes known ones and the guide's examples."""

from __future__ import annotations

import re
import subprocess
import sys
from doctest import DocTestParser
from typing import TYPE_CHECKING

import pytest
from checkout import IMPORT_PATH, ROOT
from program import environment

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("mypy", reason="no mypy here: the types of the interface are not tried in this run")

IMPORTS = """
from typing import Any
from instanceview import MachineState, Severity, api_versions, check, check_chunk, check_path, check_text
from instanceview import state, vocabulary
from instanceview.generating import scenario
from instanceview.testing import InstanceViewAssertions, Validator, assert_conforms, conforms, findings
from instanceview.testing.strategies import instance_views, spoiled_instance_views
from instanceview.literals import OtherWord, RuleName
value: dict[str, Any] = {}
rules: list[RuleName] = ['wrong-type']
case = InstanceViewAssertions()
machine = state(value)
assert isinstance(machine, MachineState)
def usable(machine: MachineState) -> bool | OtherWord:
    match machine.power.word:
        case 'running':
            return machine.agent.word == 'reporting'
        case 'creating' | 'starting' | 'stopping' | 'stopped' | 'deallocating' | 'deallocated' | 'unknown':
            return False
        case other:
            return other
"""
CALLS = {
    "check": "check(value, {})",
    "check of a list": "check([value], {})",
    "check_text": "check_text('', {})",
    "check_path": "check_path('a.json', 'b.json', {})",
    "check_chunk": "check_chunk(b'', {})",
    "assert_conforms": "assert_conforms(value, {})",
    "conforms": "conforms(value, {})",
    "findings": "findings(value, {})",
    "assertConforms": "case.assertConforms(value, {})",
    "Validator": "Validator({})",
}
RIGHT = (
    "kind='vm'",
    "api_version='2024-07-01'",
    "api_version=api_versions()[-1]",
    "select=['wrong-type']",
    "ignore=['wrong-type', 'unset-time']",
    "select='wrong-type'",
    "ignore='unset-time'",
    "ignore=None",
    "ignore=rules",
    "ignore=[finding.rule for finding in check(value).findings]",
    "severity={'unset-time': 'error'}",
    "severity={'unset-time': Severity.NOTE}",
    "kind=check(value).findings[0].tables.kind",
)
WRONG = (
    "kind='nope'",
    "api_version='2024-07-02'",
    "select=['wrong-typ']",
    "ignore=['wrong-type', 'unset-tim']",
    "ignore='unset-tim'",
    "ignore=5",
    "severity={'unset-tim': 'error'}",
    "severity={'unset-time': 'errror'}",
    "knd='vm'",
)
FAILING = "fail_on='note'", "fail_on=Severity.NOTE"
WITHOUT = {"check_chunk", "findings"}
"""Calls that do not say whether a document conforms."""
RIGHT_LINES = [
    *(call.format(choice) for call in CALLS.values() for choice in RIGHT),
    *(call.format(choice) for name, call in CALLS.items() if name not in WITHOUT for choice in FAILING),
    "Validator(default_api_version='2024-07-01')",
    "instance_views('vm', '2024-07-01')",
    "spoiled_instance_views('wrong-type')",
    "scenario(kind='vm', api_version='2024-07-01')",
    "assert check(value, kind='vm').findings",
    "state(value, kind='vm', api_version='2024-07-01', answered_at='2024-07-01T12:00:00Z')",
    "is_off = machine.power.word in ('stopped', 'deallocated')",
    "age: int | None = machine.agent.age",
    "is_other = isinstance(machine.power.word, OtherWord)",
    "power: str = state(value).power.word",
    "failed: list[str | None] = [each.name for each in machine.extensions if each.word == 'failed']",
    "vocabulary(place='vmAgent.statuses', kind='vm', category='ProvisioningState', level='Info')",
    "assert vocabulary(place=vocabulary()[0].place, category=vocabulary()[0].category)[0].kinds",
]
WRONG_LINES = [
    *(call.format(choice) for call in CALLS.values() for choice in WRONG),
    *(call.format("fail_on='eror'") for call in CALLS.values()),
    *(CALLS[name].format("fail_on='note'") for name in sorted(WITHOUT)),
    "Validator(default_api_version='2024')",
    "instance_views('nope')",
    "instance_views('vm', '2024')",
    "spoiled_instance_views('wrong-typ')",
    "scenario(kind='nope')",
    "scenario(api_version='2024')",
    "state(value, kind='nope')",
    "state(value, api_version='2024')",
    "is_ready = machine.agent.word == 'Ready'",
    "state(value).is_billed",
    "machine.power.word = 'running'",
    "check_path()",
    "vocabulary(place='vmAgent')",
    "vocabulary(category='powerstate')",
    "vocabulary(level='info')",
    "vocabulary(kind='nope')",
    "vocabulary()[0].level = 'Info'",
]


def refused(folder: Path, lines: list[str]) -> set[str]:
    """Return the lines that mypy refuses after the imports."""
    errors = errors_of(folder, {"snippet.py": IMPORTS + "\n".join(lines)})
    first = len(IMPORTS.splitlines()) + 1
    numbers = {int(each) - first for each in re.findall(r"^snippet\.py:(\d+): error", errors, re.MULTILINE)}
    assert min(numbers, default=0) >= 0, errors
    return {lines[number] for number in numbers}


def errors_of(folder: Path, modules: dict[str, str]) -> str:
    """Return the output of `mypy --strict` for modules by name."""
    for name, text in modules.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "mypy.ini").write_text("[mypy]\nfollow_imports = silent\n", "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", str(folder / "cache")]
    ran = subprocess.run(
        [*command, *modules],
        cwd=folder,
        env={**environment(), "MYPYPATH": IMPORT_PATH},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stderr == ""
    return ran.stdout


def examples() -> dict[str, str]:
    """Return the examples of the guide to Python as modules, by name."""
    page = (ROOT / "validator" / "docs" / "python.md").read_text("utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    parsed = ("".join(each.source for each in DocTestParser().get_examples(block)) for block in blocks)
    return {f"example_{number}.py": source for number, source in enumerate(parsed)}


def test_a_type_checker_takes_the_names_that_there_are_and_refuses_others(tmp_path: Path) -> None:
    assert refused(tmp_path, RIGHT_LINES + WRONG_LINES) == set(WRONG_LINES)


def test_a_type_checker_takes_the_examples_of_the_guide(tmp_path: Path) -> None:
    modules = examples()
    assert any("assert_never" in each for each in modules.values())
    assert errors_of(tmp_path, modules) == ""
