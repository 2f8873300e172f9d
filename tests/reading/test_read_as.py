"""Small inputs of which another part of a condition would make something else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from instanceview import Limits
from instanceview.model.document import Document
from instanceview.reading.files.beside import beside_file
from instanceview.reading.files.stream import UnreadError
from instanceview.reading.inner_texts import text_in_list
from instanceview.reading.inputs import read_path

if TYPE_CHECKING:
    from pathlib import Path

VIEW = '{"statuses": [{"code": "PowerState/running"}]}'
MACHINE = (
    "https://management.azure.com/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/app"
)
GET = f"{MACHINE}/instanceView?api-version=2024-07-01"
DISK = f"{MACHINE}/a".replace("virtualMachines", "disks/virtualMachine")
FAILED = {"404": {"body": {"error": {"code": "NotFound"}}}}


def har(url: str, body: object) -> str:
    """Return a recording of one answer."""
    answer = {"status": 200, "content": {"text": json.dumps(body)}}
    return json.dumps({"log": {"entries": [{"request": {"method": "GET", "url": url}, "response": answer}]}})


def module(name: str) -> str:
    """Return a recording of a generated module of PowerShell, with one entry of this name."""
    response = {"StatusCode": 200, "Content": VIEW}
    return json.dumps({name: {"Request": {"Method": "GET", "RequestUri": GET}, "Response": response}})


ANCHORED = f"""interactions:
- request: &a
    method: GET
    uri: {GET}
  others: [&b 1, {{&c 2: 3}}, [4,&d 5]]
  more:\t&e 6
  response: {{status: {{code: 404}}, body: {{string: "x"}}}}
- request: *a
  response: {{status: {{code: 200}}, body: {{string: '{VIEW}'}}}}
"""

# The name of a file, its text, and the kind and URL of each document or the beginning of the reason.
READ: dict[str, tuple[str, str, list[object]]] = {
    "weak evidence from another server": (
        "a.har",
        har("https://mock.example/x", {"osName": "Linux", "statuses": "PowerState/running"}),
        ["no instance view in any answer"],
    ),
    "failure of a request for a view": (
        "a.json",
        json.dumps({"parameters": {"$expand": "instanceView"}, "responses": FAILED}),
        ["no instance view: the answer has status 404", "no instance view in any answer"],
    ),
    "failure of another request": (
        "a.json",
        json.dumps({"parameters": {"name": "x"}, "responses": FAILED}),
        ["no instance view in any answer"],
    ),
    "request beside a name without one": ("a.Recording.json", module("x"), [("vm", GET)]),
    "request beside another in the name": ("a.Recording.json", module("a+b+$GET+https://x/a+1"), [("vm", GET)]),
    "URL of a thing without views": ("a.json", json.dumps({"url": DISK, "body": json.loads(VIEW)}), [(None, None)]),
    "URL of a machine": ("a.json", json.dumps({"url": GET, "body": json.loads(VIEW)}), [("vm", GET)]),
    "anchors of each form": ("a.yaml", ANCHORED, ["no instance view: the answer has status 404", ("vm", GET)]),
    "view behind what is nested too deep": (
        "a.log",
        f"x\n{'[' * 20_000}{']' * 20_000}\n{VIEW}",
        ["nested deeper than 128 levels", (None, None)],
    ),
    "view in lists in a text": ("a.log", f"build one\n[[[{VIEW}]]]\n{VIEW}\nend\n", [(None, None)] * 2),
    "view in too many lists in a text": (
        "a.log",
        f"build one\n{'[' * 150}{VIEW}{']' * 150}\n{VIEW}\nend\n",
        ["the body is nested deeper than 128 levels", (None, None)],
    ),
}


@pytest.mark.parametrize("case", READ)
def test_a_file_is_read_as_what_it_is(case: str, tmp_path: Path) -> None:
    name, text, expected = READ[case]
    (tmp_path / name).write_text(text)
    items = list(read_path(tmp_path / name))
    seen = [(each.kind, each.origin.url) if isinstance(each, Document) else each.reason for each in items]
    assert len(seen) == len(expected)
    for one, other in zip(seen, expected, strict=True):
        assert one == other or str(one).startswith(str(other))


def test_a_large_log_is_not_read_by_its_lines(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text(f"{VIEW}\n" + f"{'x' * 1000}\n" * 1100)
    assert [type(each) for each in read_path(tmp_path / "a.log")] == [Document]


def test_a_list_with_a_number_that_is_not_a_byte_is_not_a_text() -> None:
    numbers: list[object] = [*VIEW.encode()]
    assert text_in_list(numbers, Limits()) is not None
    assert [text_in_list([*numbers, each], Limits()) for each in (256, -1, "a")] == [None] * 3


def test_bodies_in_files_are_read_up_to_the_limit_of_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    for most, times in ((10, 2), (9, 1)):
        beside = beside_file(str(tmp_path / "x.har"), "x.har", Limits(unpacked_size=most))
        assert [beside.read(0, ("a",)) for _ in range(times)] == [(b"12345", "a")] * times
        with pytest.raises(UnreadError, match="bodies in files beside it"):
            beside.read(0, ("a",))
