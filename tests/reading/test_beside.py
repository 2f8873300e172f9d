"""Bodies in files beside a recording are read there, with its requests, and nothing outside its folder is."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from command_cases import invoke
from packed import heads, tarred, wrong, zipped
from recorded import SET_VM, url

from instanceview import check_text
from instanceview.model.document import Document, Unreadable
from instanceview.model.limits import DEFAULTS
from instanceview.reading.files import stream
from instanceview.reading.files.beside import beside_file, body_beside
from instanceview.reading.inputs import read_path

BODY = b'{\n  "platformFaultDomain": "two"\n}'
PLACE = 26


def har(*names: str, member: str = "_file", status: int = 200) -> bytes:
    """Return a HAR file whose bodies are in files of these names."""
    entries = [
        {
            "request": {"method": "GET", "url": url(f"{SET_VM}/{number}/instanceView")},
            "response": {"status": status, "content": {"size": 34, member: name}},
        }
        for number, name in enumerate(names)
    ]
    return json.dumps({"log": {"version": "1.2", "entries": entries}}).encode()


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "outer" / "run"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    (folder.parent / "above.json").write_bytes(BODY)
    (folder / "body.json").write_bytes(BODY)
    (folder / "resources").mkdir()
    (folder / "resources" / "sha.json").write_bytes(BODY)
    return folder


@pytest.mark.parametrize("member", ["_file", "_sha1"])
def test_a_body_is_read_in_the_file_that_the_recording_names(member: str, here: Path) -> None:
    (here / "run.har").write_bytes(har("body.json", "resources/sha.json", "sha.json", member=member))
    assert heads("run.har") == [
        wrong(f"body.json:2:{PLACE}"),
        wrong(f"resources/sha.json:2:{PLACE}"),
        wrong(f"resources/sha.json:2:{PLACE}"),
        "",
    ]
    os.chdir(here.parent)
    assert heads("run/run.har")[0] == wrong(f"run/body.json:2:{PLACE}")
    assert heads(str(here / "run.har"))[0] == wrong(f"{here}/body.json:2:{PLACE}")


def test_request_and_api_version_are_those_of_the_recording(here: Path) -> None:
    (here / "run.har").write_bytes(har("body.json"))
    (found,) = read_path("run.har")
    assert isinstance(found, Document)
    assert (found.kind, found.api_version, found.recording) == ("vmss-vm", "2024-07-01", "run.har")
    assert found.origin == ("body.json", "/log/entries/0", 1, 1, "GET", url(f"{SET_VM}/0/instanceView"), None)


def test_a_body_that_is_recorded_again_is_counted_once(here: Path) -> None:
    again = har("body.json", "resources/sha.json").replace(b"/1/instanceView", b"/0/instanceView")
    (here / "run.har").write_bytes(again)
    output, _ = invoke("check", "run.har", "--format", "json")
    summary = json.loads(output)["summary"]
    assert (summary["documents"], summary["recorded"], summary["findings"]["error"]) == (1, 2, 1)


OUTSIDE = {
    "../above.json": "../above.json",
    "below and up": "resources/../../above.json",
    "absolute": "/etc/hostname",
    "backslash": "..\\above.json",
    "a link to a file": "link.json",
    "a link to a folder": "up/above.json",
    "a pipe": "pipe.json",
    "a folder": "resources",
    "none": "",
    "the folder itself": ".",
    "missing": "gone.json",
    "zero": "a\x00b",
}


@pytest.mark.parametrize("case", OUTSIDE)
def test_what_is_outside_the_folder_is_not_read(case: str, here: Path) -> None:
    (here / "link.json").symlink_to(here.parent / "above.json")
    (here / "up").symlink_to(here.parent)
    os.mkfifo(here / "pipe.json")
    data = stream.Stream(io.BytesIO(), lambda: beside_file("run.har", "run.har", DEFAULTS))
    assert body_beside(data, OUTSIDE[case]) is None


def test_a_missing_body_is_one_line_where_an_instance_view_was_requested(here: Path) -> None:
    (here / "run.har").write_bytes(har("gone.json"))
    (found,) = read_path("run.har")
    assert isinstance(found, Unreadable)
    assert found.reason == (
        'the body is in the file "gone.json", which cannot be read from the folder of the recording; put it there, '
        "or record the bodies in the recording itself"
    )
    (here / "run.har").write_bytes(har("gone.json", status=404))
    assert [item.reason for item in read_path("run.har") if not isinstance(item, Document)] == [
        "no instance view: the answer has status 404",
        "no instance view in any answer of this HAR",
    ]


def test_a_link_within_the_folder_is_followed(here: Path) -> None:
    (here / "link.json").symlink_to("resources/sha.json")
    (here / "run.har").write_bytes(har("link.json"))
    assert heads("run.har")[0] == wrong(f"link.json:2:{PLACE}")


def test_text_and_standard_input_have_nothing_beside_them() -> None:
    data = har("body.json")
    assert [item.reason[:16] for item in check_text(data).unreadable] == ["the body is in t"]
    assert heads("-", stdin=data)[-1] == "1 unreadable"


def test_bodies_beside_a_recording_are_limited(here: Path) -> None:
    (here / "run.har").write_bytes(har("body.json", "body.json"))
    lines = heads("run.har", f"--max-unpacked-size={len(BODY)}")
    reason = f"cannot be read to its end: more than {len(BODY)} bytes of bodies in files beside it"
    assert [line for line in lines if "unreadable:" in line] == [
        f"run.har: unreadable: {reason}; --max-unpacked-size raises the limit"
    ]
    assert heads("run.har", f"--max-document-size={len(BODY) - 1}")[0] == (
        f"run.har: unreadable: the file of a body is larger than {len(BODY) - 1} bytes; "
        "--max-document-size raises the limit"
    )


FILES = (("run/har.har", har("body.json", "sha.json")), ("run/body.json", BODY), ("run/resources/sha.json", BODY))


ARCHIVES = {"run.zip": zipped(**dict(reversed(FILES))), "run.tar": tarred(*FILES)}


@pytest.mark.parametrize("name", ARCHIVES)
def test_in_an_archive_they_are_read_beside_it_and_once(name: str, here: Path) -> None:
    (here / name).write_bytes(ARCHIVES[name])
    assert heads(name) == [
        wrong(f"{name}/run/body.json:2:{PLACE}"),
        wrong(f"{name}/run/resources/sha.json:2:{PLACE}"),
        "",
    ]


def test_in_a_cut_archive_what_is_whole_is_read(here: Path) -> None:
    (here / "cut.tar").write_bytes(tarred(*FILES[:2], ("run/more.json", BODY * 99))[:4_096])
    found = heads("cut.tar")
    assert wrong(f"cut.tar/run/body.json:2:{PLACE}") in found
    assert [line.partition(": unreadable: ")[2][:45] for line in found[1:3]] == [
        'the body is in the file "sha.json", which can',
        "cannot be unpacked: unexpected end of data; c",
    ]


def test_in_an_archive_no_name_leads_out_of_it(here: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("run/har.har", har("../body.json", str(here / "body.json"), "folder"))
        archive.writestr("run/folder/", b"")
    (here / "run.zip").write_bytes(content.getvalue())
    found = heads("run.zip")
    assert [line.partition(": unreadable: ")[2][:16] for line in found[:3]] == ["the body is in t"] * 3


def test_bodies_of_wiremock_are_in_files_beside_mappings(here: Path) -> None:
    for folder in ("mappings/below", "__files/below"):
        (here / folder).mkdir(parents=True)
    (here / "mappings" / "same.json").write_bytes(b"{}")
    (here / "__files" / "same.json").write_bytes(BODY)
    found = []
    for path in ("mappings/same.json", "mappings/below/same.json", str(here / "mappings" / "same.json")):
        data = stream.Stream(io.BytesIO(), lambda path=path: beside_file(path, path, DEFAULTS))  # type: ignore[misc]
        found.append(body_beside(data, "same.json"))
    assert found == [(BODY, "__files/same.json"), (BODY, "__files/same.json"), (BODY, f"{here}/__files/same.json")]
    os.chdir(here / "mappings")
    data = stream.Stream(io.BytesIO(), lambda: beside_file("same.json", "same.json", DEFAULTS))
    assert body_beside(data, "same.json") == (BODY, str(Path("..") / "__files" / "same.json"))
    assert body_beside(data, "../run/body.json") is None
