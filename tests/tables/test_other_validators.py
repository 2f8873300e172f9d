"""Validators of others check the samples by the committed schema files, offline."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from checkout import IMPORT_PATH, ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis_jsonschema import from_schema
from jsonschema import Draft7Validator
from needs import AJV

from instanceview import api_versions, schema
from instanceview.tables.catalog import known_versions, schemas_folder
from instanceview.tables.kinds import KINDS, MACHINES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Validator = Callable[[Path, list[Path]], subprocess.CompletedProcess[str]]

CONFORMANT = ROOT / "samples" / "conformant"
PAGE = ROOT / "samples" / "page"
# The one exception: the page writes placeholders where times belong, which break `format`.
PAGE_SAMPLE = PAGE / "2016-04-30-preview" / "page-sample.json"
# Where nobody listens, so that a validator that wants to fetch a schema fails.
NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
FAULTS = {
    "undocumented member": '{"disk": []}',
    "type": '{"statuses": {}}',
    "enum": '{"statuses": [{"level": "info"}]}',
    "pattern": '{"statuses": [{"code": "PowerState"}]}',
    "not": '{"statuses": [{"code": " PowerState/running"}]}',
    "format": '{"statuses": [{"time": "today"}]}',
    "required": '{"disks": [{"encryptionSettings": [{"keyEncryptionKey": {"sourceVault": {}}}]}]}',
    "maximum": '{"platformFaultDomain": 2147483648}',
}
SAID = {
    "check-jsonschema": {
        "undocumented member": "('disk' was unexpected)",
        "type": "{} is not of type 'array', 'null'",
        "enum": "'info' is not one of ['Info', 'Warning', 'Error', None]",
        "pattern": "'PowerState' does not match",
        "not": "' PowerState/running' should not be valid under",
        "format": "'today' is not a 'date-time'",
        "required": "'keyUrl' is a required property",
        "maximum": "2147483648 is greater than the maximum of 2147483647",
    },
    "ajv": {
        "undocumented member": "additionalProperty: 'disk'",
        "type": "must be array,null",
        "enum": "must be equal to one of the allowed values",
        "pattern": "must match pattern",
        "not": "must NOT be valid",
        "format": 'must match format "date-time"',
        "required": "must have required property 'keyUrl'",
        "maximum": "must be <= 2147483647",
    },
}


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **NO_NETWORK, "no_proxy": "", "NO_PROXY": "", "PYTHONPATH": IMPORT_PATH}
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=120, env=environment, cwd=ROOT)


def check_jsonschema(schema_file: Path, documents: list[Path]) -> subprocess.CompletedProcess[str]:
    return run([sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema_file), *map(str, documents)])


def ajv(schema_file: Path, documents: list[Path]) -> subprocess.CompletedProcess[str]:
    """Run ajv-cli with ajv-formats, both from npm; IV_TEST_AJV names the program if PATH does not have it."""
    program = os.environ.get("IV_TEST_AJV") or shutil.which("ajv")
    if program is None:
        pytest.skip(AJV)
    data = [part for document in documents for part in ("-d", str(document))]
    return run([program, "validate", "--spec=draft7", "-c", "ajv-formats", "-s", str(schema_file), *data])


each_validator = pytest.mark.parametrize("validator", [check_jsonschema, ajv], ids=["check-jsonschema", "ajv"])


def samples() -> dict[tuple[str, str], list[Path]]:
    """Return the samples without an error but the page's own, by api-version and kind, which folder and name give."""
    found: dict[tuple[str, str], list[Path]] = {}
    for path in sorted([*CONFORMANT.glob("*/*.json"), *PAGE.glob("*/*.json")]):
        kind = max((kind for kind in KINDS if path.name.startswith(f"{kind}-")), key=len, default=None)
        if kind is not None:
            found.setdefault((path.parent.name, kind), []).append(path)
    return found


def test_every_sample_but_the_pages_has_a_schema() -> None:
    checked = {path for paths in samples().values() for path in paths}
    assert {*CONFORMANT.rglob("*.json"), *PAGE.rglob("*.json")} - checked == {PAGE_SAMPLE}
    assert {kind for _, kind in samples()} == set(KINDS)
    assert {version for version, _ in samples()} <= set(known_versions())


@each_validator
@pytest.mark.parametrize(("version", "kind"), samples(), ids=["-".join(key) for key in samples()])
def test_validator_takes_every_conformant_sample(validator: Validator, version: str, kind: str) -> None:
    paths = samples()[version, kind]
    result = validator(schemas_folder() / version / f"{kind}.json", paths)
    assert result.returncode == 0, result.stdout + result.stderr
    if validator is ajv:
        assert result.stdout.splitlines() == [f"{path} valid" for path in paths]
    else:
        assert result.stdout == "ok -- validation done\n"


@each_validator
def test_validator_refuses_the_placeholders_of_the_page(validator: Validator) -> None:
    result = validator(schemas_folder() / "2016-04-30-preview" / "vmss-vm.json", [PAGE_SAMPLE])
    assert result.returncode == 1, result.stdout + result.stderr
    if validator is ajv:  # it stops at the first fault
        assert "instancePath: '/vmAgent/statuses/0/time'" in result.stdout + result.stderr
        return
    faults = [line.partition("::")[2] for line in result.stdout.splitlines() if "::" in line]
    assert faults == [
        "$.vmAgent.statuses[0].time: 'status-report-time' is not a 'date-time'",
        "$.disks[0].statuses[0].time: '<time disk created>' is not a 'date-time'",
        "$.extensions[0].statuses[0].time: '<configurationAppliedTime>' is not a 'date-time'",
    ]


@each_validator
@pytest.mark.parametrize("fault", FAULTS)
def test_validator_sees_a_fault(validator: Validator, fault: str, tmp_path: Path) -> None:
    # A validator that could make nothing of the schema would take every sample, too.
    document = tmp_path / "fault.json"
    document.write_text(FAULTS[fault], "utf-8")
    result = validator(schemas_folder() / "2024-07-01" / "vmss-vm.json", [document])
    assert result.returncode == 1, result.stdout + result.stderr
    assert SAID[validator.__name__.replace("_", "-")][fault] in result.stdout + result.stderr


def readme(language: str) -> list[str]:
    text = (ROOT / "schemas" / "README.md").read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


README_SAYS = {
    "check-jsonschema": "^ok -- validation done$",
    "ajv": "valid$",
    "echo": "undocumented-element.*'groupId' was unexpected",
    "instanceview": "^ok -- validation done$",
}


@pytest.mark.parametrize("block", readme("sh"), ids=lambda block: block.split()[0])
def test_commands_of_the_readme_run(block: str) -> None:
    ajv_program = os.environ.get("IV_TEST_AJV") or shutil.which("ajv")
    if block.startswith("ajv") and ajv_program is None:
        pytest.skip(AJV)
    modules = {"check-jsonschema": "check_jsonschema", "instanceview": "instanceview"}
    programs = {name: f'"{sys.executable}" -m {module}' for name, module in modules.items()} | {"ajv": ajv_program}
    functions = [f'{name}() {{ {program} "$@"; }}' for name, program in programs.items()]
    result = run(["bash", "-c", "\n".join(["set -e -o pipefail", *functions, block])])
    assert result.returncode == 0, result.stdout + result.stderr
    assert re.search(README_SAYS[block.split(maxsplit=1)[0]], result.stdout, re.DOTALL), result.stdout


def test_editor_settings_of_the_readme_name_schemas_and_files_that_exist() -> None:
    (block,) = readme("json")
    content = json.loads(block)
    pairs = [(each["url"], pattern) for each in content["json.schemas"] for pattern in each["fileMatch"]]
    for name, pattern in [*pairs, *content["yaml.schemas"].items()]:
        assert (ROOT / name).is_file(), name
        assert list(ROOT.glob(pattern.removeprefix("/"))), pattern


@pytest.mark.parametrize("kind", MACHINES)
def test_hypothesis_jsonschema_draws_documents(kind: str) -> None:
    content = schema(kind, api_versions()[-1])

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(from_schema(content))
    def draws(document: object) -> None:
        assert Draft7Validator(content).is_valid(document)

    draws()
