"""Run the cases in tests/data/commands.

A case is a file. Its first line is the command, and the lines after it that are `<` or begin with `< ` are its standard
input. The rest is its exact output (both streams, as a terminal shows them), and the last line its exit code.
"""

from __future__ import annotations

import shlex
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from checkout import DATA
from click.testing import CliRunner
from schema_nodes import checking, members

from instanceview.tables.catalog import schema, versions_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CASES = DATA / "commands"


class Case(NamedTuple):
    """A command, its standard input, and the expected output."""

    command: str
    stdin: tuple[str, ...]
    expected: str

    def text(self, output: str) -> str:
        """Return the text of the file with an output."""
        return "".join([f"$ {self.command}\n", *self.stdin, output])


def read(path: Path) -> Case:
    """Return the case in a file."""
    first, *rest = path.read_text("utf-8").splitlines(keepends=True)
    stdin = tuple(takewhile(lambda line: line.startswith(("< ", "<\n")), rest))
    return Case(first.removeprefix("$ ").rstrip("\n"), stdin, "".join(rest[len(stdin) :]))


def run(case: Case) -> str:
    """Return the output of a case now, its exit code in the last line."""
    program, *arguments = shlex.split(case.command)
    assert program == "instanceview", program
    output, code = invoke(*arguments, stdin="".join(line[1:].removeprefix(" ") for line in case.stdin))
    return f"{output}exit {code}\n"


def invoke(*arguments: str, stdin: str | bytes = "") -> tuple[str, int]:
    """Return the output of a command, 80 columns wide, and its exit code."""
    from instanceview.cli.main import cli

    environment = {"COLUMNS": "80", "NO_COLOR": "1"}
    result = CliRunner(env=environment).invoke(
        cli, arguments, input=stdin, prog_name="instanceview", catch_exceptions=False
    )
    return result.output, result.exit_code


def members_of_schema(kind: str, api_version: str) -> dict[str, dict[str, Any]]:
    """Return the members of a schema by dotted path, in document order; none at an api-version without the kind."""
    if api_version not in versions_of(kind):
        return {}
    content = schema(kind, api_version)

    def found(path: str, node: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        node = checking(node)
        node = content["definitions"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node
        for name, each in members(node).items():
            below = f"{path}.{name}" if path else name
            yield below, {**each, "required": name in node.get("required", ())}
            yield from found(below, each.get("items", each))

    return dict(found("", content))


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield each case's file with the text that it should have."""
    for path in sorted(CASES.glob("*.txt")):
        case = read(path)
        yield path, case.text(run(case))
