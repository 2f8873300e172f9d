"""Options of several commands: their list, did-you-mean, and the values that a shell completes."""

from __future__ import annotations

import click
import pytest
from click.shell_completion import ShellComplete
from command_cases import invoke

from instanceview.cli.commands import COMMANDS
from instanceview.cli.commands.code import code
from instanceview.cli.main import cli
from instanceview.cli.named_values import (
    API_VERSION,
    CATEGORY,
    ELEMENT,
    ENGINE,
    KIND,
    LEVEL,
    PLACE,
    RULE,
    complete_rule_list,
    complete_severity,
)
from instanceview.cli.value_types import NameType
from instanceview.model.pointer import without_indices
from instanceview.rules import RULES
from instanceview.tables.catalog import api_versions
from instanceview.tables.kinds import KINDS

CONTEXT = click.Context(click.Command("any"))
PARAMETER = click.Option(["--any"])


def _completed(kind: NameType, incomplete: str) -> list[str]:
    return [item.value for item in kind.shell_complete(CONTEXT, PARAMETER, incomplete)]


@pytest.mark.parametrize(
    ("of", "incomplete", "expected"),
    [
        (KIND, "", list(KINDS)),
        (KIND, "vmss-", ["vmss-vm"]),
        (API_VERSION, "", list(api_versions())),
        (API_VERSION, "2016", ["2016-03-30", "2016-04-30-preview"]),
        (ENGINE, "", ["compiled", "reference"]),
        (RULE, "", [rule.name for rule in RULES]),
        (RULE, "misspelt", ["misspelt-element"]),
        (ELEMENT, "vmAgent.statuses.l", ["vmAgent.statuses.level"]),
        (
            ELEMENT,
            "orchestrationServices.service",
            [f"orchestrationServices.service{end}" for end in ("Name", "State")],
        ),
        (ELEMENT, "no such", []),
        (PLACE, "vmAgent.", ["vmAgent.statuses", "vmAgent.extensionHandlers.status"]),
        (CATEGORY, "Pa", ["PatchModeConfigurationState"]),
        (LEVEL, "", ["Info", "Warning", "Error"]),
    ],
)
def test_names_are_completed(of: NameType, incomplete: str, expected: list[str]) -> None:
    assert _completed(of, incomplete) == expected


def test_a_rule_is_completed_with_its_sentence() -> None:
    (item,) = RULE.shell_complete(CONTEXT, PARAMETER, "wrong-type")
    assert item.help == "A value has the wrong JSON type."


def test_formats_are_completed_with_their_use() -> None:
    (option,) = [each for each in code.params if each.name == "form"]
    items = option.type.shell_complete(CONTEXT, PARAMETER, "")
    assert [(item.value, item.help) for item in items][:2] == [("text", "for a terminal"), ("json", "for programs")]


def test_elements_are_completed_for_the_kind_on_the_command_line() -> None:
    context = click.Context(click.Command("any"))
    context.params["kind"] = "vmss"
    assert [item.value for item in ELEMENT.shell_complete(context, PARAMETER, "vm")] == []
    assert "vmAgent" in _completed(ELEMENT, "vm")


@pytest.mark.parametrize(
    ("incomplete", "expected"),
    [
        ("wrong", ["wrong-type"]),
        ("null-element,wrong", ["null-element,wrong-type"]),
        ("null-element,no such", []),
    ],
)
def test_the_last_rule_of_a_list_is_completed(incomplete: str, expected: list[str]) -> None:
    assert [item.value for item in complete_rule_list(CONTEXT, PARAMETER, incomplete)] == expected


@pytest.mark.parametrize(
    ("incomplete", "expected"),
    [
        ("wrong", ["wrong-type="]),
        ("wrong-type=", ["wrong-type=error", "wrong-type=warning", "wrong-type=note"]),
        ("wrong-type=w", ["wrong-type=warning"]),
    ],
)
def test_a_severity_is_completed(incomplete: str, expected: list[str]) -> None:
    assert [item.value for item in complete_severity(CONTEXT, PARAMETER, incomplete)] == expected


@pytest.mark.parametrize(
    ("words", "incomplete", "expected"),
    [
        (["explain"], "malformed-", {"malformed-time", "malformed-status-code"}),
        (["explain", "--element"], "disks.n", {"disks.name"}),
        (["tables"], "rdp", {"rdpThumbPrint"}),
        (["tables", "--kind"], "vmss-", {"vmss-vm"}),
        (["schema"], "vmss-", {"vmss-vm"}),
        (["schema", "--api-version"], "2015", {"2015-06-15"}),
        (["diff", "2015-06-15"], "2016-03", {"2016-03-30"}),
        (["generate", "--scenario"], "disk", {"disk-encrypted"}),
        (["generate", "--spoil"], "malformed-", {"malformed-time", "malformed-status-code"}),
        (["generate", "--kind"], "vmss-", {"vmss-vm"}),
        ([], "di", {"diff"}),
    ],
)
def test_a_shell_completes_the_arguments(words: list[str], incomplete: str, expected: set[str]) -> None:
    items = ShellComplete(cli, {}, "instanceview", "_COMPLETE").get_completions(words, incomplete)
    assert {item.value for item in items} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/disks/0/statuses/1/code", "disks.statuses.code"),
        ("disks[0].statuses[].code", "disks.statuses.code"),
        ("disks.name", "disks.name"),
        ("/", ""),
    ],
)
def test_a_pointer_or_indices_name_the_element(text: str, expected: str) -> None:
    assert without_indices(text) == expected


def test_a_hostile_name_is_escaped() -> None:
    for of in (KIND, API_VERSION, ENGINE, RULE, ELEMENT):
        with pytest.raises(click.BadParameter) as error:
            of.convert("a\x1b[31m\n", PARAMETER, CONTEXT)
        assert f'unknown {of.name} "a\\u001b[31m\\n"; ' in str(error.value)


def test_the_list_of_commands_says_what_the_commands_say() -> None:
    text, code = invoke("--help")
    listed = text.partition("Commands:\n")[2]
    for name, about in COMMANDS.items():
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        assert command.name == name
        assert f"  {name:8}" in listed
        assert about in " ".join(listed.split())
    assert code == 0


NAMED = [
    pytest.param(option, id=f"{command}-{option.name}")
    for command in COMMANDS
    for option in cli.get_command(CONTEXT, command).params  # type: ignore[union-attr]
    if isinstance(option.type, (NameType, click.Choice))
]


@pytest.mark.parametrize("option", NAMED)
def test_a_name_is_taken_in_any_case(option: click.Parameter) -> None:
    names = option.type.names(None) if isinstance(option.type, NameType) else getattr(option.type, "choices", ())
    assert names
    for name in names:
        assert option.type.convert(name.upper(), option, CONTEXT) == name
        assert option.type.convert(name.lower(), option, CONTEXT) == name


def test_a_severity_and_its_rule_are_taken_in_any_case() -> None:
    typed = invoke(
        "check", "--severity", "UNSET-TIME=Error", "--select", "Unset-Time", "--color", "NEVER", "-", stdin="{}"
    )
    assert typed == invoke("check", "--severity", "unset-time=error", "--select", "unset-time", "-", stdin="{}")
    assert "unknown" not in typed[0]
