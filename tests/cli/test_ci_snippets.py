"""The snippets of the guides for CI are YAML, and their commands give the files that the next steps take."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

import ci_commands
import pytest
import yaml
from checkout import ROOT
from documentation import all_blocks, environment, workplace

if TYPE_CHECKING:
    from pathlib import Path


class Snippet(NamedTuple):
    """The command of a snippet, and the files that its other steps take."""

    command: str
    taken: list[str]


def strings(value: object) -> list[str]:
    if isinstance(value, (dict, list)):
        return [text for item in (value.values() if isinstance(value, dict) else value) for text in strings(item)]
    return [value] if isinstance(value, str) else []


def snippet(text: str) -> Snippet:
    found = strings(yaml.safe_load(text))
    (command,) = [each for each in found if each.startswith("instanceview check ")]
    return Snippet(command, [each for each in found if "instanceview." in each or each.startswith("gl-")])


SNIPPETS = [snippet(block) for block in all_blocks("yaml") if "instanceview check" in block]


def read(path: Path) -> Any:  # noqa: ANN401 (any report)
    return json.loads(path.read_text()) if path.suffix != ".xml" else ET.fromstring(path.read_text())  # noqa: S314 (our own)


@pytest.mark.parametrize("of", SNIPPETS, ids=lambda of: of.command.split()[-2].partition("=")[0])
@pytest.mark.parametrize(("samples", "code"), [("conformant/2022-11-01", 0), ("nonconformant/wrong-type", 1)])
def test_the_command_gives_the_files_that_are_taken(of: Snippet, samples: str, code: int, tmp_path: Path) -> None:
    place = workplace(tmp_path)
    (place / "captures").symlink_to(ROOT / "samples" / samples)
    before = {path.name for path in place.iterdir()}
    variables = {**environment(place), "GITHUB_STEP_SUMMARY": "step-summary"}
    ran = subprocess.run(
        ["/bin/sh", "-c", of.command], cwd=place, env=variables, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ran.returncode, ran.stderr) == (code, "")
    taken = [each for each in of.taken if each != of.command]
    assert taken
    wanted = {*taken, "step-summary"} if "--format github" in of.command else {*taken}
    assert {path.name for path in place.iterdir()} - before == wanted
    assert all(read(place / name) is not None for name in taken)
    lines = ran.stdout.splitlines()
    commands = [ci_commands.github(line) or ci_commands.azure_pipelines(line) for line in lines]
    assert any(commands) is (code == 1 and "--format" in of.command)
    assert any(line.endswith(" notes") for line in lines)


def test_there_is_a_snippet_for_each_service() -> None:
    forms = {part for of in SNIPPETS for part in of.command.replace("=", " ").split()}
    assert {"github", "azure-pipelines", "gitlab"} <= forms
