"""Every command gives the output of its file in tests/data/commands, to the letter."""

from __future__ import annotations

import pytest
from command_cases import CASES, read, run

from instanceview.cli.commands import COMMANDS

FILES = sorted(CASES.glob("*.txt"))


@pytest.mark.parametrize("name", [path.stem for path in FILES])
def test_a_command_gives_the_output_shown(name: str) -> None:
    case = read(CASES / f"{name}.txt")
    assert run(case) == case.expected


def test_every_command_has_a_good_case_and_a_wrong_one() -> None:
    shown = {(read(path).command.split()[1], read(path).expected.splitlines()[-1]) for path in FILES}
    # Other tests compare the output of `schema` with its file, that of `extract` with the recording, and run `check`.
    assert {(name, "exit 0") for name in COMMANDS if name not in {"check", "schema", "extract"}} <= shown
    assert {(name, "exit 2") for name in COMMANDS} <= shown
