"""Broken files of a folder: unreadable if its bytes show an instance view, skipped with a group if not."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from instanceview.model.document import Document, Skipped, Unreadable
from instanceview.reading.inputs import read_all
from instanceview.tables.family import FAMILY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

URL = "https://management.azure.com/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/a"
ASKED = f"GET {URL}/instanceView?api-version=2024-07-01 HTTP/1.1"
OK = "HTTP/1.1 200 OK\nContent-Type: application/json\n\n"

# Texts without a sign of an instance view, by the name of the file, and the group that they are skipped with.
OTHERS = {
    "tsconfig.json": ('// comments\n{"extensions": ["a"], "compilerOptions": {},}', "broken"),
    "helm.yaml": ("spec:\n  disks:\n  {{- range .Values.disks }}\n    - name: {{ .name }}\n  {{- end }}\n", "broken"),
    "helm.json": ('{{- if .Values.on }}{"disks": [{{ .Values.disks }}]}{{ end }}', "broken"),
    "cut.json": ('{"disks": [{"name": "a"}, {"na', "broken"),
    "empty.json": ("", "no-view"),
    "comments.jsonc": ('{"statuses": /* none', "broken"),
    "lines.ndjson": ('{"extensions": 1}\n{"extensions": \n{"extensions": 2}\n', "broken"),
    "jinja.yaml": ("spec:\n  disks:\n  {% if x %}\n  - a\n  {% endif %}\n", "broken"),
    "arm.json": ('{"resources": [ // one\n{"properties": {"bootDiagnostics": {"enabled": true}}}]}', "broken"),
    "latin-1.json": ('{"disks": "\udce9"}', "broken"),
    "specification.yaml": (f"paths:\n  # {ASKED}\n  disks: [\n", "no-view"),
    "tutorial.md": (f"# Ask\n\n```http\n{ASKED}\n```\n\nIt answers the instanceView.\n", "no-view"),
    "requests.log": (f"{ASKED}\n{ASKED}\n", "no-view"),
    "curl.log": (f"> {ASKED}\n>\n< HTTP/1.1 200 OK\n< Content-Type: application/json\n<\n", "no-view"),
    "without-a-body.http": (f"{ASKED}\n\n{OK}", "no-view"),
    "prose.txt": ("The extensions of a VM are in statuses { and so on.\n", "no-view"),
    "page.md": ('Write `{"disks": [...]}` for all.\n', "broken"),
    "no-suffix": ('{"disks": [1, 2', "broken"),
    "extension-template.json": (
        '{"name": "setup", "type": "extensions", "properties": {"typeHandlerVersion": "1.0", "settings": {',
        "broken",
    ),
    "settings.toml": ('[tool.instanceview]\ndisks = "x"\n[scripts]\ninstanceview = "instanceview:main"\n', "broken"),
}

# Texts that show one.
OURS = {
    "cut.json": '{"vmAgent": {"vmAgentVersion": "2.7", "statuses": [{"code": "Prov',
    "code.json": '[{"statuses": [{"level": "Info", "code": "ProvisioningState/succeeded"',
    "begun.json": '{"statuses": [{"code": "PowerState/',
    "by-root.json": '{"platformFaultDomain": 1, "computerName": "a", "osName": "ubuntu", "osV',
    "trailing.json": '{"vmAgent": {"vmAgentVersion": "2.7"},}',
    "snake.json": '{"vm_agent": {"vm_agent_version": "2.7"},}',
    "in-a-string.json": '{"body": "{\\"vmAgent\\": {\\"statuses\\": []',
    "embedded.json": '{"properties": {"instanceView": {"disks": [}}',
    "embedded.yaml": "properties:\n  instanceView:\n    disks: [\n",
    "tab.yaml": "vmAgent:\n\tvmAgentVersion: 2.7\n",
    "upper.yaml": "VMAGENT: [\n",
    "helm.yaml": "statuses:\n- code: PowerState/running\n  level: {{ .Values.level }}\n",
    "line.ndjson": '{"extensions": 1}\n{"statuses": [{"code": "PowerState/running"}]\n{"extensions": 2}\n',
    "answer.http": f"{ASKED}\n\n{OK}{{'disks': 1}}\n",
    "page.md": f'# Ask\n\n```http\n{ASKED}\n```\n\n```json\n{{\n  "disks": [\n    {{"name": ]\n  ]\n}}\n```\n',
    "wrapped.json": json.dumps(
        {
            "request": {"url": f"{URL}/instanceView"},
            "response": {"status": 200, "body": '{"disks": [{"name": "os", "statuses": ['},
        }
    ),
    "html.http": f"{ASKED}\n\n{OK}<html>sign in</html>\n",
    "run-command.json": '{"executionState": "Failed", "executionMes',
    "run-command.yaml": "exit_code: 1\nexecution_message: [\n",
    "arc-extension.json": '{"name": "a", "type": "b", "typeHandlerVersion": "1.0", "status": {"mess',
    "host.json": '{"assetId": "0", "statuses": [',
    "no-suffix": '{"vmAgent": {"vmAgentVersion": "2.7", }}',
    "x.instanceview.json": '{"disks": [',
    "latin-1.json": '{"vmAgent": {"vmAgentVersion": "\udce9"}}',
    "run.har": json.dumps({"log": {"entries": [{"request": {"method": "GET", "url": f"{URL}/instanceView"}}]}})[:-3]
    + ', "response": {"status": 200, "content": {"text": "{\\"vmAgent\\": {',
}

# Of the others, each document shows a status code.
MARKS = sorted({mark for kind in FAMILY.values() for mark in kind.marks if not mark.islower()})


def found(path: str) -> list[Document | Skipped | Unreadable]:
    """Return the items of a folder, without its end."""
    return [item for item in read_all([path]) if item.origin.file != path]


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


@pytest.mark.parametrize("name", OTHERS)
def test_what_shows_none_is_skipped_with_its_reason(name: str, tmp_path: Path) -> None:
    text, group = OTHERS[name]
    (tmp_path / name).write_bytes(encoded(text))
    items = found(str(tmp_path))
    assert {type(item) for item in items} == {Skipped}
    assert group in {item.group for item in items if isinstance(item, Skipped)}
    assert all(item.reason for item in items if isinstance(item, Skipped))


@pytest.mark.parametrize("name", OTHERS)
def test_what_shows_none_is_unreadable_where_it_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(encoded(OTHERS[name][0]))
    assert Unreadable in {type(item) for item in read_all([str(tmp_path / name)])}


@pytest.mark.parametrize("name", OURS)
def test_what_shows_one_is_unreadable(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(encoded(OURS[name]))
    assert Unreadable in {type(item) for item in found(str(tmp_path))}


@pytest.mark.parametrize("mark", MARKS)
def test_the_members_of_a_mark_show_a_document_of_the_family(mark: str, tmp_path: Path) -> None:
    whole = "".join(f'{{"{name}": ' for name in re.split("[ .]", mark))
    (tmp_path / "a.json").write_text(whole)
    assert {type(item) for item in found(str(tmp_path))} == {Unreadable}


@pytest.mark.parametrize("texts", [OTHERS, OURS], ids=["others", "ours"])
def test_a_file_of_an_archive_or_a_packed_one_is_as_in_a_folder(texts: dict[str, object], tmp_path: Path) -> None:
    for name, given in texts.items():
        data = encoded(given[0] if isinstance(given, tuple) else str(given))
        (tmp_path / name).write_bytes(data)
        plain = [type(item) for item in read_all([str(tmp_path)]) if item.origin.file == str(tmp_path / name)]
        (tmp_path / name).unlink()
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(data))
        packed = [type(item) for item in read_all([str(tmp_path)]) if item.origin.file.endswith(".gz")]
        (tmp_path / f"{name}.gz").unlink()
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w") as archive:
            archive.writestr(name, data)
        (tmp_path / "a.zip").write_bytes(whole.getvalue())
        archived = [type(item) for item in read_all([str(tmp_path)]) if item.origin.file.endswith(f"a.zip/{name}")]
        assert (packed, archived) == (plain, plain), name


TEMPLATES = {
    "helm.yaml": "a template with {{ }}; render it first",
    "jinja.yaml": "a template with {% %}; render it first",
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(encoded(OTHERS[name][0]))
    (tmp_path / "view.yaml").write_bytes(encoded(OURS["helm.yaml"]))
    (skipped, view) = found(str(tmp_path))
    assert isinstance(skipped, Skipped)
    assert skipped.reason == f"not YAML: {TEMPLATES[name]}"
    assert isinstance(view, Unreadable)
    assert view.reason == f"not YAML: {TEMPLATES['helm.yaml']}, or leave it out with --exclude"


def test_quoted_braces_make_no_template(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text('a: "{{ x }}"\nstatuses: [\n')
    assert not any("template" in str(item) for item in read_all([str(tmp_path / "a.yaml")]))


def zipped(texts: dict[str, str], *, cut: int = 0, fault: int = 0) -> bytes:
    """Return a zip archive of texts, without its last bytes, or with a broken one at an offset."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    data = bytearray(whole.getvalue())
    data[fault] ^= bool(fault)
    return bytes(data[: len(data) - cut])


SEEN = '{"vmAgent": {"vmAgentVersion": "2.7", "statuses": []}, "statuses": [{"code": "PowerState/running"}]}'
NOT_SEEN = '{"name": "package", "disks": ["' + "abcdefgh" * 99 + '"]}'
UNPACKED: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "a cut file": ("a.json.gz", lambda text: gzip.compress(text.encode())[:-12]),
    "a wrong sum": ("a.json.gz", lambda text: gzip.compress(text.encode())[:-8] + b"\1" * 8),
}


@pytest.mark.parametrize("case", UNPACKED)
def test_what_could_be_unpacked_decides(case: str, tmp_path: Path) -> None:
    name, packed = UNPACKED[case]
    (tmp_path / name).write_bytes(packed(NOT_SEEN))
    (item,) = found(str(tmp_path))
    assert isinstance(item, Skipped)
    assert item.group == "broken"
    assert {type(each) for each in read_all([str(tmp_path / name)])} & {Unreadable}
    (tmp_path / name).write_bytes(packed(SEEN))
    assert Unreadable in {type(each) for each in found(str(tmp_path))}


def test_a_file_of_an_archive_whose_bytes_are_lost_may_be_ours_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.json": NOT_SEEN}, fault=45))
    assert {type(item) for item in found(str(tmp_path))} == {Unreadable}
    (tmp_path / "a.zip").write_bytes(zipped({"a.png": NOT_SEEN}, fault=45))
    assert {type(item) for item in found(str(tmp_path))} == {Skipped}


@pytest.mark.parametrize(("name", "group"), [("a.zip", "broken"), ("a.tgz", "broken"), ("a.json.gz", "broken")])
def test_what_cannot_be_unpacked_at_all_is_skipped(name: str, group: str, tmp_path: Path) -> None:
    data = {"a.zip": zipped({"a.png": SEEN}, cut=9), "a.tgz": b"\x1f\x8b\x08" + b"?" * 99}
    (tmp_path / name).write_bytes(data.get(name, b"\x1f\x8b\x08" + b"?" * 99))
    assert [(type(item), getattr(item, "group", "")) for item in found(str(tmp_path))] == [(Skipped, group)]
    (tmp_path / name).rename(tmp_path / f"instance-view.{name}")
    assert {type(item) for item in found(str(tmp_path))} == {Unreadable}


LARGE = 3 << 20
ENDS = {"shows one": ('{"code": "PowerState/running"', Unreadable), "shows none": ('{"code": "x"', Skipped)}


@pytest.mark.parametrize("case", ENDS)
@pytest.mark.parametrize("name", ["a.json", "a.json.gz", "a.ndjson"])
def test_all_of_a_large_file_counts(name: str, case: str, tmp_path: Path) -> None:
    end, expected = ENDS[case]
    data = b'{"extensions": [1,\n' + b" " * LARGE + end.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    assert expected in {type(item) for item in found(str(tmp_path))}


def test_a_document_beside_what_is_broken_shows_it(tmp_path: Path) -> None:
    text = '{"platformFaultDomain": 1, "computerName": "a", "osName": "b", "osVersion": "c"}\n{"disks": [\n'
    (tmp_path / "a.ndjson").write_text(text)
    assert [type(item) for item in found(str(tmp_path))] == [Document, Unreadable]


def test_a_file_that_is_named_beside_its_folder_needs_less_evidence_than_the_others(tmp_path: Path) -> None:
    for name in ("named", "other"):
        (tmp_path / f"{name}.json").write_text('{"osName": "a"}')
    for arguments in ([f"{tmp_path}", f"{tmp_path / 'named.json'}"], [f"{tmp_path / 'named.json'}", f"{tmp_path}"]):
        found = [(type(each), each.origin.file) for each in read_all(arguments)]
        assert found.count((Document, f"{tmp_path / 'named.json'}")) == 1
        assert [kind for kind, file in found if file == f"{tmp_path / 'other.json'}"] == [Skipped]
