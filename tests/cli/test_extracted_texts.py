"""The text that `instanceview extract` writes: redacted without --verbatim, and JSON for any recording."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from capture_samples import samples
from command_cases import invoke
from evident import evident
from extracted import files, manifest
from jsonschema import Draft7Validator
from recorded import SET_VM, entry, recording, url

from instanceview.cli.commands.manifest import VERSION
from instanceview.model.document import Document
from instanceview.reading.inputs import read_path
from instanceview.tables.catalog import schemas_folder
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = json.loads((schemas_folder() / "manifest.json").read_text("utf-8"))
VALIDATOR = Draft7Validator(SCHEMA)
SIGNED = url() + "&sv=1&sig=c2VjcmV0"
AZ = evident('{"additionalProperties": {}, "disks": null}')
# Split, so that nobody who scans this file for secrets finds one.
KEY = "-----BEGIN " + "PRIVATE KEY-----\\nsecret"
SECRETS = {
    "https://a.example/?sv=1&sig=c2VjcmV0&se=2": "https://a.example/?sv=1&sig=[redacted]&se=2",
    r"a\u0026\u0073ig=c2VjcmV0": "a&sig=[redacted]",
    rf"{KEY} without its end": "[redacted]",
    r"AccountKey=c2VjcmV0;\ud800": "AccountKey=[redacted];\ud800",
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("secret", "shown"), SECRETS.items(), ids=map(str, range(len(SECRETS))))
def test_a_secret_is_redacted_and_the_rest_stays_as_written(secret: str, shown: str, here: Path) -> None:
    text = f'{{ "statuses": [{{"message": "{secret}", "code": "a\\/b"}}],\r\n"osName": "\\u00e9\\n"}}'
    (here / "run.json").write_text(recording(entry(text, SIGNED)))
    for folder, option in (("out", []), ("whole", ["--verbatim"])):
        invoke("extract", "run.json", "--to", folder, *option)
    expected = text.replace(f'"{secret}"', json.dumps(shown))
    assert list(files("whole").values()) == [text]
    assert list(files("out").values()) == [expected]
    assert json.loads(expected)
    assert [manifest(folder)["documents"][0]["redacted"] for folder in ("out", "whole")] == [True, False]
    urls = [manifest(folder)["documents"][0]["origin"]["url"] for folder in ("out", "whole")]
    assert urls == [SIGNED.replace("c2VjcmV0", "[redacted]"), SIGNED]


def test_the_number_of_redacted_documents_is_shown(here: Path) -> None:
    (here / "run.ndjson").write_text(f'{{"osName": "{next(iter(SECRETS))}"}}\n{{"osName": "a"}}\n')
    output, _ = invoke("extract", "run.ndjson", "--to", "out")
    assert output == "2 documents: written to out; 1 with secrets redacted\n"


def test_yaml_becomes_json_and_the_manifest_says_so(here: Path) -> None:
    (here / "page.yaml").write_text("platformFaultDomain: 1\ndisks: []  # none\n")
    invoke("extract", "page.yaml", "--to", "out")
    assert files() == {"unknown-api-version/vmss-vm-0001.json": '{\n "platformFaultDomain": 1,\n "disks": []\n}\n'}
    assert manifest()["documents"][0]["converted"] is True


TEXTS = ["curl.http", "curl-2.txt", "az-debug.log", "powershell-debug.log", "vcrpy-custodian.json", "az-vm.json"]


@pytest.mark.parametrize("sample", samples(), ids=lambda path: path.name)
def test_json_in_a_recording_of_any_format_is_left_as_it_was_recorded(sample: Path) -> None:
    invoke("extract", str(sample), "--to", "out", "--verbatim")
    recorded = [each for each in read_path(sample) if isinstance(each, Document)]
    bodies = [json.dumps(each.body) for each in recorded]
    assert files()
    assert {each["converted"] for each in manifest()["documents"]} == {False}
    for text in files().values():
        body = json.loads(text)
        assert sample.name.startswith(("az-v", "powershell-object")) or json.dumps(body) in bodies
        if sample.name in TEXTS:
            assert text.encode() in sample.read_bytes()


@pytest.mark.parametrize("count", [0, 1, 9])
def test_a_manifest_of_any_length_is_whole(count: int, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("instanceview.running.spool._IN_MEMORY", 2)
    monkeypatch.setattr("instanceview.running.spool._FRAME", 2)
    polled = [entry("{}", url(f"{SET_VM}/{number}/instanceView")) for number in range(count)]
    (here / "run.json").write_text(recording(*polled, *polled, entry("", status=404)))
    invoke("extract", "run.json", "--to", "out")
    content = manifest()
    assert [error.message for error in VALIDATOR.iter_errors(content)] == []
    assert [each["file"] for each in content["documents"]] == sorted(files())
    assert [each["recorded"] for each in content["documents"]] == [2] * count
    assert (here / "out" / "manifest.json").read_text() == json.dumps(content, indent=1) + "\n"


def test_what_the_az_cli_wrote_is_left_as_it_wrote_it(here: Path) -> None:
    (here / "az.json").write_text(AZ)
    invoke("extract", "az.json", "--to", "out")
    assert list(files().values()) == [AZ]
    assert manifest()["documents"][0]["writtenBy"] == "az"


def everything(here: Path) -> Any:  # noqa: ANN401 (any JSON value)
    """Return the manifest of a folder with documents that differ in every member, skipped and unreadable files."""
    (here / "in").mkdir()
    (here / "in" / "a.json").write_text(recording(entry("{}"), entry("{}"), entry("", status=404), entry("[", url())))
    (here / "in" / "b.json").write_text(f"[{AZ}]")
    (here / "in" / "c.txt").write_text("text")
    invoke("extract", "in", "--to", "out")
    return manifest()


def test_the_schema_is_valid_and_fits_a_manifest_with_everything(here: Path) -> None:
    Draft7Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "https://instanceview.example/schemas/manifest.json"
    assert SCHEMA["properties"]["version"]["const"] == VERSION
    assert SCHEMA["definitions"]["document"]["properties"]["kind"]["enum"] == list(KINDS)
    content = everything(here)
    assert content["summary"] == {"documents": 2, "recorded": 3, "skipped": 2, "unreadable": 1}
    assert [error.message for error in VALIDATOR.iter_errors(content)] == []


@pytest.mark.parametrize("spoiler", [None, 0, "", {"x": 1}], ids=repr)
def test_a_spoiled_manifest_does_not_fit(spoiler: object, here: Path) -> None:
    content = everything(here)
    holders = [
        ("summary",),
        ("documents", 0),
        ("documents", 0, "origin"),
        ("skipped", 0),
        ("unreadable", 0),
        ("unreadable", 0, "origin"),
    ]
    for path in ((), *holders):
        names = content
        for step in path:
            names = names[step]
        for name in [*names, "other"]:
            copy = deepcopy(content)
            holder = copy
            for step in path:
                holder = holder[step]
            holder[name] = spoiler
            fits = (spoiler == 0 and path == ("summary",) and name != "other") or (spoiler == "" and name == "entry")
            assert VALIDATOR.is_valid(copy) == fits, (path, name)
