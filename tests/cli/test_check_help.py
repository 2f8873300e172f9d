"""`instanceview check --help`: every option in one group, with its environment variable, within 80 columns."""

from __future__ import annotations

from itertools import pairwise

import click
import pytest
from command_cases import invoke

from instanceview.cli.commands.check import GROUPS, check
from instanceview.cli.options import key_of, settable, variable

OPTIONS = [each for each in check.params if isinstance(each, click.Option)]


def sections() -> dict[str, list[str]]:
    """Return the lines of each group in the help, by its title."""
    found: dict[str, list[str]] = {}
    title = ""
    for line in invoke("check", "--help")[0].splitlines():
        if line.endswith(":") and not line.startswith(" "):
            title = line[:-1]
        elif title and line:
            found.setdefault(title, []).append(line)
    return found


def test_every_option_is_in_one_group() -> None:
    assert sorted(key for keys in GROUPS.values() for key in keys) == sorted(map(key_of, OPTIONS))
    assert list(sections()) == [*GROUPS, "Other options"]
    assert sections()["Other options"] == ["  -h, --help                      Show this message and exit."]


@pytest.mark.parametrize("title", GROUPS)
def test_a_group_has_its_options_each_above_its_variable(title: str) -> None:
    lines = sections()[title]
    begun = [line.split()[:2] for line in lines if line.startswith("  -")]
    shown = [next(word.removeprefix("--") for word in words if word.startswith("--")) for words in begun]
    assert sorted(shown) == sorted(GROUPS[title])
    below = {one.split("  ")[1]: two.split()[0] for one, two in pairwise([*lines, "  -"]) if one.startswith("  -")}
    for option in (each for each in OPTIONS if key_of(each) in GROUPS[title]):
        names = next(names for names in below if f"--{key_of(option)}" in names.split())
        assert (below[names] == variable(option)) == settable(option), names


def test_the_help_fits_a_terminal_and_says_what_goes_first() -> None:
    text, code = invoke("check", "--help")
    assert code == 0
    assert max(map(len, text.splitlines())) <= 80
    assert "Precedence: option, environment variable, file, default." in " ".join(text.split())
