"""`instanceview schema`: every schema, byte for byte as in its folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_cases import invoke

from instanceview.cli.commands.schema import FILES
from instanceview.tables.catalog import schema, schemas_folder, versions_of
from instanceview.tables.kinds import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_every_schema_is_printed_byte_for_byte(kind: str) -> None:
    for api_version in versions_of(kind):
        text, code = invoke("schema", kind, "--api-version", api_version)
        assert text.encode() == (schemas_folder() / api_version / f"{kind}.json").read_bytes()
        assert json.loads(text) == schema(kind, api_version)
        assert code == 0


@pytest.mark.parametrize("kind", KINDS)
def test_the_path_is_that_of_the_schema(kind: str) -> None:
    for api_version in versions_of(kind):
        text, code = invoke("schema", kind, "--path", "--api-version", api_version)
        path = Path(text.removesuffix("\n"))
        assert path.is_absolute()
        assert json.loads(path.read_bytes()) == schema(kind, api_version)
        assert code == 0


OF_AUTHORS = {"elements", "status-codes"}
"""Schemas of the tables in YAML, which only a checkout has."""


def test_every_schema_of_what_commands_write_and_read_is_printed_too() -> None:
    texts = {path.stem: path.read_text("utf-8") for path in schemas_folder().glob("*.json")}
    schemas = {name for name, text in texts.items() if "$schema" in json.loads(text)}
    assert set(FILES) == schemas - OF_AUTHORS
    for name in FILES:
        assert invoke("schema", name) == invoke("schema", f"schemas/{name}.json") == (texts[name], 0)
        assert invoke("schema", name, "--path") == (f"{schemas_folder() / name}.json\n", 0)


def test_the_default_is_the_newest_of_the_first_kind() -> None:
    assert json.loads(invoke("schema")[0]) == schema(KINDS[0], versions_of(KINDS[0])[-1])
