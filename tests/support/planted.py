"""The places of an input that hostile text can come from, each with a text of its own that outputs show.

A place is one line of `PLACES`: a function that writes its text into a folder. The text has a mark of the place around
it, so that one run over all of them shows where each text arrives.
"""

from __future__ import annotations

import io
import json
import os
import re
import tarfile
import zipfile
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Plant = Callable[[Path, str], None]

END = "qEnd"
"""The mark after a text."""
RUNNING = {"code": "PowerState/running", "level": "Info", "displayStatus": "VM running"}
FAULTY = {"vmAgent": 1, "statuses": [RUNNING]}
URL = "https://management.azure.com/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/{}/instanceView"
VERSION = "?api-version=2024-07-01"


def start(place: str) -> str:
    """Return the mark before the text of a place: letters alone, as a name of a machine or a member may have."""
    number = list(PLACES).index(place)
    return f"q{chr(ord('a') + number // 26)}{chr(ord('a') + number % 26)}Begin"


def plant(folder: Path, text: str) -> dict[str, str]:
    """Write the text at every place, each in a folder of its own, and return it by place as it was written."""
    planted = {}
    for place, write in PLACES.items():
        below = folder / place.replace(" ", "-")
        below.mkdir()
        of_place = _of_place(place, text)
        planted[place] = of_place
        write(below, f"{start(place)}{of_place}{END}")
    return planted


def _named(text: str) -> str:
    """Return a text as a part of a file name; half a pair of surrogates is a byte that is not UTF-8."""
    return re.sub(r"[/\0]", "", re.sub(r"[\ud800-\udfff]", "\udcff", text))[:40]


def _of_place(place: str, text: str) -> str:
    """Return a text without the characters that a place cannot have."""
    if place in _SEGMENTS:
        return text.replace("/", "")
    if place in _ENCODED:
        text = re.sub(r"[\ud800-\udfff]", "", text)
    return _named(text) if place in _NAMES else text


def _bare(text: str) -> str:
    """Return a text without its marks: a formula of a spreadsheet begins its cell."""
    return text.partition("Begin")[2].removesuffix(END)


def _document(body: Callable[[str], object]) -> Plant:
    return lambda folder, text: _write(folder / "a.json", body(text))


def _write(file: Path, value: object) -> None:
    file.write_text(json.dumps(value))


def _text_file(name: str, form: str) -> Plant:
    """Return the plant of a file whose text has the planted one in place of `{}`."""

    def write(folder: Path, text: str) -> None:
        (folder / _encoded(name.replace("{}", text))).write_text(form.replace("{}", text), "utf-8", "surrogatepass")

    return write


_YAML = "statuses:\n- code: PowerState/running\nvmAgent:\n  {}: 1\n"


def _encoded(name: str) -> str:
    """Return a name as this system decodes it."""
    return os.fsdecode(name.encode("utf-8", "surrogateescape"))


def _har(folder: Path, text: str, **request: str) -> None:
    """Write a recording of two answers; `request` is what differs from an ordinary one, and `text` a header."""
    headers = [{"name": name, "value": text} for name in ("Date", "Content-Encoding", "Content-Type", "X-Name")]
    content = {"mimeType": "application/json", "text": json.dumps(FAULTY)}
    asked = {"method": "GET", "url": URL.format("a") + VERSION, "headers": [], **request}
    answers = (
        {"status": 200, "headers": headers, "content": content},
        {"status": 404, "headers": headers, "content": {**content, "text": json.dumps({"error": {"code": text}})}},
    )
    entries = [{"startedDateTime": "2024-07-01T00:00:00Z", "request": asked, "response": each} for each in answers]
    _write(folder / "a.har", {"log": {"version": "1.2", "entries": entries}})


def _zip(folder: Path, text: str) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr(f"{text}.json", json.dumps(FAULTY))


def _tar(folder: Path, text: str) -> None:
    with tarfile.open(folder / "a.tar", "w") as archive:
        content = json.dumps(FAULTY).encode()
        member = tarfile.TarInfo(_encoded(text) + ".json")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))


def _nested(folder: Path, text: str) -> None:
    """Write an archive in an archive, and beside it a member that nobody can read without a password."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(f"{text}.json", json.dumps(FAULTY))
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
        archive.writestr(f"{text}.json", json.dumps(FAULTY))
    content = bytearray((folder / "a.zip").read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1  # the flag of encryption in the directory
    (folder / "a.zip").write_bytes(content)


def _ignored(folder: Path, text: str) -> None:
    """Write a file of patterns that leaves out another file, at the top of a repository."""
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("ref: refs/heads/main")
    pattern = re.sub(r"[\n\r\0]", "", text)
    (folder / ".gitignore").write_text(f"{pattern}\n*[!{pattern}].json\n", "utf-8", "surrogatepass")
    _write(folder / "a.json", FAULTY)


def _answered(folder: Path, text: str) -> None:
    """Write a recording whose answer is in a file beside it, one with an error, and one without a view."""
    url = URL.format("a").removesuffix("/instanceView") + VERSION
    request = {"method": "GET", "url": url + "&$expand=instanceView", "headers": []}
    resource = {"id": text, "name": "a", "properties": {"instanceView": text}}
    contents = (
        {"_file": text},
        {"text": json.dumps(resource)},
        {"text": json.dumps({"error": {"code": text, "message": text}})},
        {"text": json.dumps({"value": [{"error": {"code": text, "message": text}}]})},
    )
    entries = [
        {
            "startedDateTime": "2024-07-01T00:00:00Z",
            "request": request,
            "response": {"status": 200, "headers": [], "content": {"mimeType": "application/json", **each}},
        }
        for each in contents
    ]
    _write(folder / "a.har", {"log": {"version": "1.2", "entries": entries}})


def _named_entry(folder: Path, text: str) -> None:
    """Write a recording of PowerShell, whose entries have names."""
    other = {**FAULTY, "osName": 1}
    entry: dict[str, Any] = {
        "Request": {"Method": "GET", "RequestUri": URL.format("a") + VERSION, "Content": None, "Headers": {}},
        "Response": {"StatusCode": 200, "Headers": {}, "ContentHeaders": {}, "Content": json.dumps(FAULTY)},
    }
    named = {**entry, "Response": {**entry["Response"], "Content": json.dumps(other)}}
    _write(folder / "a.Recording.json", {f"A+B+$GET+{URL.format('a')}{VERSION}+1": entry, text: named})


def _cassette(folder: Path, text: str) -> None:
    """Write a cassette; JSON is YAML."""
    answer = {
        "status": {"code": 200, "message": text},
        "headers": {text: [text]},
        "body": {"string": json.dumps(FAULTY)},
    }
    asked = {"method": "GET", "uri": f"{URL.format('a')}{VERSION}&x={text}", "body": text, "headers": {text: [text]}}
    lines = [f"- {json.dumps({'request': asked, 'response': answer})}"] * 2
    (folder / "a.yaml").write_text("\n".join(["interactions:", *lines, "version: 1", ""]))


def _http(folder: Path, text: str) -> None:
    """Write a session of curl with the text in a header, in the URL and before the body."""
    (folder / "a.http").write_text(
        f"> GET {URL.format('a').removeprefix('https://management.azure.com')}{VERSION}&x={text} HTTP/1.1\n"
        f"> Host: management.azure.com\n> {text}: {text}\n> \n< HTTP/1.1 200 OK\n< {text}: {text}\n< \n"
        f"{text} {json.dumps(FAULTY)}\n",
        "utf-8",
        "surrogatepass",
    )


def _nock(folder: Path, text: str) -> None:
    path = URL.format("a").removeprefix("https://management.azure.com") + VERSION
    call = f".get({json.dumps(f'{path}&x={text}')})\n  .reply(200, {json.dumps(FAULTY)}, {{ {json.dumps(text)}: 'x' }})"
    (folder / "a.js").write_text(f"nock('https://management.azure.com:443')\n  {call};\n")


def _in_url(text: str) -> str:
    return quote(text, safe="")


def _log(folder: Path, text: str) -> None:
    """Write a log with the text before, in and after a document."""
    line = f"{text} {json.dumps({'statuses': [{**RUNNING, 'level': text}]})} {text}\n"
    (folder / "a.log").write_text(line, "utf-8", "surrogatepass")


def _folder(folder: Path, text: str) -> None:
    (folder / _encoded(text)).mkdir()
    _write(folder / _encoded(text) / "a.json", FAULTY)


PLACES: Mapping[str, Plant] = {
    "value": _document(lambda text: {"statuses": [{**RUNNING, "level": text}]}),
    "wrong type": _document(lambda text: {"vmAgent": text, "statuses": [RUNNING]}),
    "key": _document(lambda text: {"vmAgent": {text: 1}, "statuses": [RUNNING]}),
    "key in a key": _document(lambda text: {"vmAgent": {"statuses": [{**RUNNING, text: {text: [text]}}]}}),
    "key of the document": _document(lambda text: {"statuses": [RUNNING], text: text}),
    "status code": _document(lambda text: {"statuses": [{"code": f"PowerState/{text}"}]}),
    "category of a code": _document(lambda text: {"statuses": [RUNNING, {"code": f"{text}/running"}]}),
    "display text": _document(lambda text: {"statuses": [{**RUNNING, "displayStatus": text}]}),
    "message": _document(
        lambda text: {
            "statuses": [RUNNING],
            "extensions": [
                {"name": "e", "statuses": [{"code": "ProvisioningState/failed", "level": "Error", "message": text}]}
            ],
        }
    ),
    "extension": _document(
        lambda text: {
            "statuses": [RUNNING],
            "extensions": [{"name": text, "type": text, "statuses": [{"code": "ProvisioningState/failed/1"}]}],
        }
    ),
    "whole name": _document(lambda text: {"statuses": [RUNNING], "computerName": _bare(text), "vmAgent": {text: 1}}),
    "disk": _document(
        lambda text: {"statuses": [RUNNING], "disks": [{"name": text, "statuses": [{"code": "A/b", "time": text}]}]}
    ),
    "time": _document(lambda text: {"statuses": [{**RUNNING, "time": text}]}),
    "version": _document(lambda text: {"statuses": [RUNNING], "vmAgent": {"vmAgentVersion": [text]}}),
    "resource": _document(
        lambda text: {
            "id": URL.format(text).removesuffix("/instanceView").partition(".com")[2],
            "name": text,
            "type": "Microsoft.Compute/virtualMachines",
            "properties": {"instanceView": FAULTY},
        }
    ),
    "broken file": _text_file("a.json", '{"vmAgent": 1, "statuses": [{}'),
    "key of YAML": lambda folder, text: _text_file("a.yaml", _YAML)(folder, json.dumps(text)),
    "line of a log": _log,
    "tag of YAML": lambda folder, text: _text_file("a.yaml", "vmAgent: !{} 1\n" + _YAML)(folder, _in_url(text)),
    "alias of YAML": _text_file("a.yaml", _YAML.replace("{}: 1", "a: *{}")),
    "broken line": _text_file("a.ndjson", json.dumps(FAULTY) + '\n{"a": {}\n'),
    "text in a text": _document(
        lambda text: {"log": {"message": json.dumps({"instanceView": {**FAULTY, text: text, "osName": [text]}})}}
    ),
    "error": _document(lambda text: {"error": {"code": text, "message": text}}),
    "output of a query": _document(lambda text: text),
    "another resource": _document(lambda text: {"id": "/a", "name": text, "type": f"Microsoft.Example/{text}"}),
    "file name": lambda folder, text: _write(folder / _encoded(f"{text}.json"), FAULTY),
    "name of a broken file": _text_file("{}.json", '{"vmAgent": {'),
    "name of another file": lambda folder, text: _write(folder / _encoded(f"{text}.json"), {"name": "x"}),
    "folder": _folder,
    "member of a zip": _zip,
    "member of a tar": _tar,
    "member of a zip in a zip": _nested,
    "pattern of git": _ignored,
    "answer": _answered,
    "name of an entry": _named_entry,
    "cassette": _cassette,
    "session of curl": _http,
    "program of nock": _nock,
    "machine of a URL": lambda folder, text: _har(folder, "", url=URL.format(_in_url(text)) + VERSION),
    "api-version": lambda folder, text: _har(folder, "", url=f"{URL.format('a')}?api-version={_in_url(text)}"),
    "query": lambda folder, text: _har(folder, "", url=f"{URL.format('a')}{VERSION}&x={_in_url(text)}"),
    "URL as written": lambda folder, text: _har(folder, "", url=f"{URL.format('a')}{VERSION}&x={text}"),
    "method": lambda folder, text: _har(folder, "", method=text),
    "header": _har,
}
"""The places by name. A file name and a folder have only what the system allows there."""
ALONE = ("error", "output of a query", "another resource")
"""Places in a file that a folder skips without its text: its name is an argument."""
PARTLY = {
    "broken file",
    "tag of YAML",
    "broken line",
    "URL as written",
    "alias of YAML",
    "session of curl",
    "pattern of git",
}
"""Places of which a word is shown, or what is before a space."""
_ENCODED = {"machine of a URL", "api-version", "query", "member of a zip", "member of a zip in a zip", "tag of YAML"}
_SEGMENTS = {"status code", "category of a code"}
_NAMES = {"file name", "name of a broken file", "name of another file", "folder", "member of a zip", "member of a tar"}
_NAMES |= {"member of a zip in a zip"}
