"""Texts of any kind: instance views among other lines, after any prefix, each finding at its place in the file."""

from __future__ import annotations

import json
import time
from random import Random
from typing import TYPE_CHECKING

import pytest
from checkout import SAMPLES
from evident import EVIDENCE, evident
from recordings import cases, expected, misplaced, seen

from instanceview import check_text
from instanceview.model.document import Document, Origin, Skipped
from instanceview.model.limits import DEFAULTS
from instanceview.reading.inputs import read_path
from instanceview.reading.recognise import recognise
from instanceview.reading.texts import items
from instanceview.running.tally import report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from instanceview import Report

URL = (
    "https://management.azure.com/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/virtualMachines/v"
    "/instanceView?api-version=2023-03-01"
)
BODY = evident('{"platformFaultDomain": "two"}')
FAULTS = [
    path
    for path in sorted((SAMPLES / "nonconformant").rglob("*.json"))
    if path.read_bytes()[:1] == b"{"
    and b'"Entries"' not in path.read_bytes()
    and recognise({**EVIDENCE, **json.loads(path.read_bytes())}).evidence
]
PREFIXES: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "mail": lambda _: "> > ",
    "comment": lambda _: "# ",
    "compose": lambda _: "app_1  | ",
    "stage": lambda _: "[stdout] ",
    "build": lambda _: "##[debug]",
    "container": lambda line: f"2024-05-06T07:{line % 60:02}:09.{'5' * (line % 9 + 1)}Z stdout F ",
    "syslog": lambda line: f"May {line % 30 + 1} 07:08:09 host app[{line}]: ",
    "logger": lambda line: f"{line} : 2024-05-06 07:08:09,{line % 999:03} : DEBUG : a.b.c : ",
}


@pytest.mark.parametrize("path", cases("texts"), ids=lambda path: path.name)
def test_a_text_gives_exactly_what_is_beside_it(path: Path) -> None:
    assert seen(path) == expected(path)


@pytest.mark.parametrize("path", cases("texts"), ids=lambda path: path.name)
def test_each_finding_of_a_text_is_at_its_place(path: Path) -> None:
    assert [each for each in misplaced(path, report(read_path(path)).findings) if each.pointer] == []


def short(found: Report) -> list[tuple[str, str, str]]:
    return sorted((each.rule, each.pointer, each.message) for each in found.findings)


def in_colours(text: str, random: Random) -> str:
    """Return a JSON text with colours before some of the quotes that begin a name or a value, and brackets."""
    return "".join(
        f"\x1b[{random.randrange(99)}m{each}\x1b[0m" if each in "{}[]," and random.random() < 0.3 else each
        for each in text
    )


@pytest.mark.parametrize("name", PREFIXES)
@pytest.mark.parametrize("look", ["plain", "coloured"])
def test_a_document_behind_a_prefix_has_the_findings_of_the_document(name: str, look: str, tmp_path: Path) -> None:
    random = Random(f"{name} {look}")  # noqa: S311 (a test that is the same each time)
    path = tmp_path / "a.log"
    for document in random.sample(FAULTS, 12):
        value = {**EVIDENCE, **json.loads(document.read_bytes())}
        text = json.dumps(value, indent=random.randint(1, 4), ensure_ascii=False)
        is_plain = not any(bracket in string for string in text.split('"')[1::2] for bracket in "{}[],")
        shown = in_colours(text, random) if look == "coloured" and is_plain else text
        lines = f"first [line] of {{some}}\n{random.choice(['', 'body: ', 'ok => '])}{shown}\nlast line\n".splitlines()
        written = "".join(f"{PREFIXES[name](number)}{line}\n" for number, line in enumerate(lines))
        path.write_text(written, "utf-8")
        assert short(report(read_path(path))) == short(check_text(text)), document.name
        assert misplaced(path, report(read_path(path)).findings) == []


MANY = {
    "opening brackets": "[",
    "opening objects": '{"a":',
    "objects of a program": 'app | {"a": [\n',
    "braces of a program": "app | {\n",
    "strings without an end": '{"a": "x\n',
    "strings over lines": '["\n',
    "escaped objects": '{\\"a\\":',
    "backslashes": "{\\\\",
    "spaces": "{ ",
    "members": '"statuses": [\n',
    "members in lines": 'x "statuses": [{"a": 1}, \n\n',
    "returns": "\r^M",
    "escapes": "\x1b]8;;",
    "numbers": "1.",
    "URLs": "/subscriptions/",
    "fences": "```jsonc\n",
    "comments": "```jsonc\n/*,",
    "answers": f"GET {URL}\n{BODY}\n",
    "answers of a program": f"app | GET {URL}\napp | {{\napp | {BODY[1:]}\n",
    "broken views": '{"platformUpdateDomain": x ',
    "broken views in lines": '{"platformUpdateDomain": x\n',
    "fences for JSON": "```json\n{'vmAgentVersion':\n",
    "fences for YAML": "```yaml\nvmAgentVersion: [\n```\n",
    "prose": 'lorem [1] dolor {x} "quoted" status: \n',
}


@pytest.mark.slow
@pytest.mark.parametrize("name", MANY)
def test_the_time_of_a_text_grows_with_its_size(name: str) -> None:
    # Four times as much takes four times as long; a time that grows with the square takes up to sixteen times.
    few, many = (seconds(MANY[name] * size) for size in (4_000, 16_000))
    if many >= 8 * few + 0.05:  # the least of three is not of a busy machine
        few, many = (min(seconds(MANY[name] * size) for _ in range(3)) for size in (4_000, 16_000))
    assert many < 8 * few + 0.05


def seconds(text: str) -> float:
    start = time.process_time()
    items.items_of(f"{text}x".encode(), Origin("a.txt"), DEFAULTS)
    return time.process_time() - start


def found_in(text: str, name: str, folder: Path) -> list[object]:
    path = folder / name
    path.write_text(text, newline="")
    return list(read_path(path))


PASTES = {
    "the status of curl": BODY + "\n200\n",
    "the status of curl at once": BODY + "200",
    "colours": BODY.replace("{", "{\x1b[0m"),
    "two characters for a return": BODY.replace("{", "{^M\n"),
    "a time in brackets": f"[2024-05-06 07:08:09] {BODY}",
    "a level in brackets": f"[debug] {BODY}\n",
    "a key of YAML": f"DEBUG: got {BODY}: {{x}}\n",
    "a list of YAML": f"- an answer: [a](b)\n\n  {BODY}\n",
    "front matter": f"---\ntitle: a\n---\n# A page\n```\n{BODY}\n```\n",
    "a member": BODY[1:-1],
}


@pytest.mark.parametrize("name", PASTES)
@pytest.mark.parametrize("suffix", ["", ".txt", ".json", ".log"])
def test_a_paste_is_read_whatever_its_file_is_called(name: str, suffix: str, tmp_path: Path) -> None:
    (document,) = (each for each in found_in(PASTES[name], f"a{suffix}", tmp_path) if isinstance(each, Document))
    assert document.body == json.loads(BODY)


COMMENTS = {"a.jsonc": 1, "a.json5": 1, "a.json": 0}


@pytest.mark.parametrize("name", COMMENTS)
@pytest.mark.parametrize("text", [f"// a\n{BODY}", f"{BODY[:-1]},\n}}", f"{BODY} /* a */"])
def test_comments_are_read_where_the_name_says_so(name: str, text: str, tmp_path: Path) -> None:
    found = found_in(text, name, tmp_path)
    assert sum(isinstance(each, Document) for each in found) == COMMENTS[name]


def test_only_members_without_their_object_are_marked_as_such(tmp_path: Path) -> None:
    text = f"{BODY}\n\n{BODY[1:-1]}\n"
    documents = [each for each in found_in(f"Two:\n{text}", "a.txt", tmp_path) if isinstance(each, Document)]
    assert [each.written_by for each in documents] == [None, "fragment"]


ABOVE = {
    f"GET {URL}": (URL, 200),
    f"curl -s '{URL}' | jq": (URL, 200),
    f'az rest --method get --url "{URL}"': (URL, 200),
    f"Request URL: '{URL}'\nResponse status: 404": (URL, 404),
    f'"{URL}"\nHTTP/2 404': (URL, 404),
    f"Response for {URL}:": (URL, 200),
    f"see {URL}.\n<- 200": (URL, 200),
    f"GET {URL}\nLocation: {URL.replace('virtualMachines', 'locations/operations')}": (URL, 200),
    f"GET {URL} and https://learn.microsoft.com/rest/api/compute/virtualmachines/instanceview": (URL, 200),
    "GET https://learn.microsoft.com/rest/api/compute/virtualmachines/instanceview": (None, 200),
    f"a (see [the answer]({URL})), and this": (URL, 200),
    f"Status: 404\nGET {URL}": (URL, 200),
}


@pytest.mark.parametrize(("others", "documents"), [(20, 1), (21, 0)])
@pytest.mark.parametrize("before", ["", "app | "])
def test_a_value_goes_on_behind_so_many_lines_of_another_program(before: str, others: int, documents: int) -> None:
    between = "".join(f"another {number}\n" for number in range(others))
    status = f'{before}{{"code": "PowerState/running", "level": "Info"}}\n'
    for text in (f"{between}{status}", f"{status}{between}"):
        assert check_text(f'Log:\n{before}{{"statuses": [\n{text}{before}]}}\n').documents == documents


OTHER, PATH = URL.replace("virtualMachines/v/", "virtualMachines/w/"), URL.partition("azure.com")[2]
METHODS = {
    f"GET {URL}": ("GET", URL),
    f"PUT {URL}\n{PATH}": ("PUT", URL),
    f"PUT {OTHER}\n{URL}": (None, URL),
    f"PUT {OTHER}\n{PATH}": (None, PATH),
    f"request method: PUT\n{URL}": (None, URL),
    f"{URL}\nrequest method: PUT": ("PUT", URL),
    f"GET {URL}\nhttps://management.azure.com/subscriptions?api-version=2020-01-01": ("GET", URL),
    f"GET {URL}\nhttps://a.example/b?api-version=2020-01-01": ("GET", URL),
    f"PUT https://REDACTED{PATH}\n{PATH}": (None, PATH),
}


@pytest.mark.parametrize("above", METHODS)
def test_a_url_has_the_method_of_its_own_request_alone(above: str, tmp_path: Path) -> None:
    (found,) = found_in(f"{above}\n\n{BODY}\n", "a.md", tmp_path)
    assert isinstance(found, Document)
    assert (found.origin.method, found.origin.url) == METHODS[above]


@pytest.mark.parametrize("above", ABOVE)
def test_the_nearest_request_above_a_value_is_its_request(above: str, tmp_path: Path) -> None:
    url, status = ABOVE[above]
    found = found_in(f"# A page\n{above}\n\n{BODY}\n", "a.md", tmp_path)
    documents = [each for each in found if isinstance(each, Document)]
    assert len(documents) == (status == 200)
    assert [each.origin.url for each in documents] == [url] * len(documents)
    assert [each.api_version for each in documents] == ["2023-03-01" if url else None] * len(documents)


def test_a_list_with_the_word_error_after_a_request_is_no_answer_of_an_error() -> None:
    url = "https://management.azure.com/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/m"
    text = f'GET {url}/instanceView?api-version=2024-07-01\n["error", {{"a": 1}}]\n'
    assert list(items.items_of(text.encode(), Origin("a.log"), DEFAULTS)) == []
    answered = text.replace('["error", {"a": 1}]', '{"error": {"a": 1}}')
    assert [type(item) for item in items.items_of(answered.encode(), Origin("a.log"), DEFAULTS)] == [Skipped]
