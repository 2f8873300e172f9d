"""The formats of `instanceview state`: each is parsed by its own parser, whatever texts a document has."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from checkout import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from markdown_it import MarkdownIt

import instanceview
from instanceview.checking.machine_state import state_of
from instanceview.checking.machine_state.expecting import differences, facets
from instanceview.checking.machine_state.paths import paths
from instanceview.model.document import Document, Origin
from instanceview.model.pointer import pointer
from instanceview.reading.inputs import read_path
from instanceview.reporting.states import FORMATS, MARK, Layout, Shown, frame, piece
from instanceview.reporting.states.words import FACETS
from instanceview.tables.catalog import schemas_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

VALIDATOR = Draft7Validator(json.loads((schemas_folder() / "state.json").read_text("utf-8")))
FOLDERS = [ROOT / "samples" / name for name in ("conformant", "nonconformant", "captures")]
FOLDERS += [Path(instanceview.__file__).parent / "generating" / "hazards"]
SAMPLES = [item for folder in FOLDERS for item in read_path(folder) if isinstance(item, Document)]
SIGNED = "?sig=aGlkZGVu%3D"
HOSTILE = "\u202e##vso[task.complete]|`a`\r\n\x1b[31m=1+1," + SIGNED
TEXTS = st.text(max_size=30) | st.sampled_from([HOSTILE, "=cmd", "a|b", "", "`", "``x`", "<script>", SIGNED])


def text_of(name: str, documents: list[Document], layout: Layout, expected: dict[str, Any] | None = None) -> str:
    """Return the whole output in a format."""
    around = frame(name, layout)
    states = [(document, state_of(document)) for document in documents]
    pieces = [
        piece(name, Shown(document, state, differences(state, expected or {})), layout).replace(MARK, "", 1)
        for document, state in states
    ]
    return around.head + around.between.join(pieces) + (around.end if pieces else around.empty)


def objects(documents: list[Document], layout: Layout, expected: dict[str, Any] | None = None) -> list[Any]:
    """Return the objects of JSON, after a look at those of NDJSON."""
    found = json.loads(text_of("json", documents, layout, expected))
    lines = text_of("ndjson", documents, layout, expected).splitlines()
    assert [json.loads(line) for line in lines] == found
    return found  # type: ignore[no-any-return]  # what json gives


def machine(text: str) -> Document:
    """Return a machine that has a text wherever a document can have one."""
    status = {"code": f"ProvisioningState/{text}", "displayStatus": text, "message": text, "time": text, "level": text}
    body = {
        "computerName": text,
        "statuses": [status, {**status, "code": f"PowerState/{text}"}, {"code": text, "message": text}],
        "vmAgent": {
            "vmAgentVersion": text,
            "statuses": [{**status, "code": "ProvisioningState/Unavailable"}],
            "extensionHandlers": [{"type": text, "status": status}, {"type": f"{text}x", "status": status}],
        },
        "extensions": [
            {"name": text, "type": text, "statuses": [status], "substatuses": [{**status, "level": "Error"}]}
        ],
        "disks": [{"name": text, "statuses": [status, {"code": f"EncryptionState/{text}"}]}],
        "maintenanceRedeployStatus": {"lastOperationResultCode": text, "lastOperationMessage": text},
        "bootDiagnostics": {"status": status},
        "vmHealth": {"status": {"code": f"HealthState/{text}"}},
    }
    return Document(
        body, Origin(f"{text}.json", pointer((text,)), 1, 1, "GET", f"https://x/{text}"), kind="vm", api_version=text
    )


def scale_set(text: str) -> Document:
    """Return a scale set that has a text wherever a document can have one."""
    summary = [{"code": f"ProvisioningState/{text}", "count": 1}]
    body = {
        "virtualMachine": {"statusesSummary": summary},
        "extensions": [{"name": text, "statusesSummary": summary}],
        "orchestrationServices": [{"serviceName": text, "serviceState": text, "latestOperationStatus": {"code": text}}],
        "statuses": [{"code": text}],
    }
    return Document(body, Origin("a"), kind="vmss")


@pytest.mark.parametrize("verbose", [False, True])
def test_the_objects_of_every_sample_fit_the_schema(verbose: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    found = objects(SAMPLES, Layout(verbose=verbose, compares=True), {"power": "running", "machines.updating": 0})
    assert len(found) == len(SAMPLES) > 100
    assert {each["kind"] for each in found} >= {"vm", "vmss-vm", "vmss"}
    assert list(VALIDATOR.iter_errors(found)) == []
    assert all(not list(VALIDATOR.iter_errors(each)) for each in found)
    assert any(each["differs"] for each in found)


def test_no_document_is_an_empty_array() -> None:
    assert objects([], Layout()) == []


def places(value: object) -> Iterator[tuple[str, int | None]]:
    """Yield each pointer in a value with its line."""
    if isinstance(value, dict):
        if "pointer" in value:
            yield value["pointer"], value.get("line")
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        yield from places(each)


def test_a_verbose_object_has_the_line_of_each_pointer() -> None:
    text = '{"disks": [\n {"name": "os",\n  "statuses": []}],\n "statuses": [\n  {"code":\n   "PowerState/running"}]}'
    (document,) = documents_in(text)
    (found,) = objects([document], Layout(verbose=True))
    lines = dict(places(found))
    assert (lines["/statuses/0/code"], lines["/disks/0/statuses"], lines["/statuses"]) == (6, 3, 4)
    assert all(line is None for _, line in places(objects([document], Layout())))


def documents_in(text: str) -> list[Document]:
    from instanceview.reading.dispatch import read
    from instanceview.reading.files.stream import stream_of

    return [item for item in read(stream_of(text.encode()), Origin("a.json")) if isinstance(item, Document)]


def test_pointers_are_those_of_the_text_that_a_client_wrote() -> None:
    text = json.dumps({"Statuses": [{"Code": "PowerState/running", "Level": "Info"}], "VMAgent": None, "Disks": []})
    documents = documents_in(text)
    (found,) = objects(documents, Layout())
    assert (found["power"]["word"], found["power"]["pointer"]) == ("running", "/Statuses/0/Code")
    assert "/Statuses/0/Code (1:" in text_of("text", documents, Layout(verbose=True))


@pytest.mark.parametrize("facet", FACETS)
def test_a_facet_is_shown_alone(facet: str) -> None:
    layout = Layout(facets=(facet,))
    always = {"origin", "name", "kind", "apiVersion", "answeredAt", "text", "notes", "ignored"}
    own = {
        "extensions": {"extensionCounts", "extensionSummaries"},
        "machines": {"summary"},
        "result": {"facts", "items"},
    }.get(facet, set())
    found = objects(SAMPLES, layout)
    assert list(VALIDATOR.iter_errors(found)) == []
    members = {name for each in found for name in each} - always
    assert members <= {facet} | own
    assert facet in members
    head = text_of("csv", [], layout).rstrip("\n").split(",")
    about = ["name", "origin", "kind", "apiVersion", "answeredAt"]
    assert head == [*about, *(path for path in paths() if of(path) == facet), "notes"]
    assert text_of("markdown", SAMPLES, layout).count("|") >= 4 * len(SAMPLES)
    assert len(text_of("text", SAMPLES, layout).splitlines()) >= len(SAMPLES)


def of(path: str) -> str:
    return path.partition(".")[0]


def spoiled(value: Any) -> Iterator[Any]:  # noqa: ANN401 (a JSON value)
    """Yield copies of a value with one fault each: a member too many, and a member of another type."""
    if isinstance(value, dict):
        if "pointer" in value or "kind" in value:
            yield {**value, "colour": 1}
        for name, each in value.items():
            yield from ({**value, name: other} for other in spoiled(each))
            if name in {"word", "pointer", "reason", "kind", "text"}:
                yield {**value, name: 1}
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from ([*value[:index], other, *value[index + 1 :]] for other in spoiled(each))


def test_a_spoiled_object_does_not_fit_the_schema() -> None:
    documents = [machine("x"), scale_set("x")]
    faults = [each for value in objects(documents, Layout(compares=True)) for each in spoiled(value)]
    assert len(faults) > 80
    assert [each for each in faults if VALIDATOR.is_valid(each)] == []


@settings(deadline=None)  # a busy machine is not a fault
@given(TEXTS, st.booleans())
@example(HOSTILE, True)  # noqa: FBT003 (verbose)
def test_hostile_texts_are_parsed_by_the_parser_of_each_format(text: str, verbose: bool) -> None:  # noqa: FBT001
    documents = [machine(text), scale_set(text)]
    layout = Layout(verbose=verbose, compares=True)
    expected = {"power": "running", "agent.version": "1"}
    found = objects(documents, layout, expected)
    assert list(VALIDATOR.iter_errors(found)) == []
    rows = list(csv.DictReader(StringIO(text_of("csv", documents, layout, expected))))
    assert [row["kind"] for row in rows] == ["vm", "vmss"]
    assert all(None not in row and None not in row.values() for row in rows)
    assert [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))] == []
    tokens = MarkdownIt("commonmark").enable("table").parse(text_of("markdown", documents, layout, expected))
    counts = [sum(token.type == f"{kind}_open" for token in tokens) for kind in ("table", "tr", "td")]
    assert counts == [1, 3, 2 * 8]
    inside = {each.type for token in tokens for each in token.children or ()}
    assert inside <= {"text", "code_inline"}
    for name in FORMATS:
        whole = text_of(name, documents, layout, expected)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ud800-\udfff]", whole), name
        assert "##vso[" not in whole, name
        assert "aGlkZGVu" not in whole, name


def test_colours_go_by_severity() -> None:
    documents = [machine("x"), *SAMPLES[:4]]
    coloured = text_of("text", documents, Layout(colour=True, verbose=True))
    assert {"\x1b[1m", "\x1b[2m", "\x1b[33m"} <= set(re.findall(r"\x1b\[\d+m", coloured))
    plain = re.sub(r"\x1b\[\d+m", "", coloured)
    assert plain == text_of("text", documents, Layout(verbose=True))


def test_every_facet_can_be_expected_or_shown() -> None:
    assert set(facets()) <= set(FACETS)
    assert set(FACETS) - set(facets()) == {"other", "orchestrationServices"}
