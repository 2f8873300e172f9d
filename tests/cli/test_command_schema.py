"""`instanceview schema`: every schema, byte for byte as in its folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_cases import invoke

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


def test_the_default_is_the_newest_of_the_first_kind() -> None:
    assert json.loads(invoke("schema")[0]) == schema(KINDS[0], versions_of(KINDS[0])[-1])
