"""The conformance report: what it says of the samples, in every form, and that no text of an input harms a form."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, get_type_hints

import pytest
from checkout import SAMPLES
from jsonschema import Draft7Validator
from markdown_it import MarkdownIt
from reports import HOSTILE
from yaml import safe_load

from instanceview.model.document import Document, Origin, Unreadable
from instanceview.reading.inputs import read_all
from instanceview.reporting.conformance import covered_values, deviating_values, json_form, markdown, terminal, values
from instanceview.reporting.conformance.build import conformance
from instanceview.reporting.conformance.thresholds import shortfalls
from instanceview.reporting.conformance.timelines import changes, machine_text
from instanceview.reporting.conformance.values import VersionCount
from instanceview.reporting.html import page
from instanceview.running.tally import report
from instanceview.running.wanted import Wanted
from instanceview.tables.catalog import schemas_folder
from instanceview.tables.descent import below
from instanceview.tables.elements import tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from instanceview.reporting.conformance.covered_values import RowCoverage
    from instanceview.reporting.conformance.values import Conformance

SCHEMA = json.loads((schemas_folder() / "coverage.json").read_text("utf-8"))
VALIDATOR = Draft7Validator(SCHEMA)
FORMS = {"json": json_form.pieces, "markdown": markdown.pieces, "terminal": terminal.pieces}


def made(documents: Iterable[object]) -> Conformance:
    return conformance(report(documents, wanted=Wanted(coverage=True)))  # type: ignore[arg-type]


@cache
def of_samples() -> Conformance:
    return made(read_all([str(SAMPLES / name) for name in ("conformant", "nonconformant", "page", "captures")]))


def document(body: dict[str, Any], kind: str = "vm", name: str = "a.json") -> Document:
    return Document(body, Origin(name), kind, "2024-07-01", "option")


def row(of: Conformance, element: str) -> RowCoverage:
    return next(row for table in of.tables for row in table.rows if row.element == element)


@pytest.mark.parametrize("of", [of_samples, lambda: made([]), lambda: made([document({})])])
def test_the_json_fits_its_schema(of: Any) -> None:  # noqa: ANN401 (a function)
    text = "".join(json_form.pieces(of()))
    assert [error.message[:200] for error in VALIDATOR.iter_errors(json.loads(text))] == []


def test_the_schema_has_every_field_and_no_other() -> None:
    names = {**vars(covered_values), **vars(deviating_values), **vars(values), "Mapping": Mapping, "Origin": Origin}
    kinds = {name: kind for name, kind in names.items() if hasattr(kind, "_fields") and kind is not Origin}
    shown = {name[0].lower() + name[1:]: kind for name, kind in kinds.items() if name != "Conformance"}
    definitions = {**SCHEMA["definitions"], "": SCHEMA}
    for name, kind in {**shown, "": values.Conformance}.items():
        hints = get_type_hints(kind, names)
        fields = {json_form.camel_case(field): hints[field] for field in kind._fields}
        assert definitions[name]["properties"].keys() == fields.keys(), name
        required = {field for field, hint in fields.items() if type(None) not in getattr(hint, "__args__", ())}
        assert set(definitions[name]["required"]) == required, name


def test_each_row_counts_every_document_that_could_have_it() -> None:
    rows = [(table, row) for table in of_samples().tables for row in table.rows]
    assert len(rows) > 200
    for table, each in rows:
        assert each.present + each.nulls + each.absent == each.documents <= table.documents, each.element
        assert each.absent >= 0, each.element
    for table in of_samples().tables:
        assert [each.element for each in table.rows] == [each.path for each in below(tree(table.kind))]
        assert table.seen == sum(each.present > 0 for each in table.rows if each.documents)


def test_a_row_of_no_api_version_of_the_documents_is_not_missed() -> None:
    of = made([Document({"computerName": "a"}, Origin("a.json"), "vm", "2017-03-30", "option")])
    assert row(of, "patchStatus").documents == 0
    assert "patchStatus" not in {each.element for each in of.never_seen.elements}
    assert ("vm", "vmHealth") not in {(each.kind, each.element) for each in of.never_seen.elements} or row(
        of, "vmHealth"
    ).documents


def test_never_seen_names_the_highest_element_alone() -> None:
    of = made([document({"vmAgent": {}})])
    names = {each.element for each in of.never_seen.elements}
    assert {"vmAgent.statuses", "patchStatus"} <= names
    assert not {"vmAgent", "vmAgent.statuses.code", "patchStatus.error"} & names


def test_a_value_says_if_its_row_lists_it() -> None:
    of = made([document({"hyperVGeneration": name}, name=f"{name}.json") for name in ("V1", "V2", "V2", "V9")])
    assert [tuple(each) for each in row(of, "hyperVGeneration").values] == [
        ('"V2"', 2, True),
        ('"V1"', 1, True),
        ('"V9"', 1, False),
    ]
    (name,) = row(made([document({"computerName": "a"})]), "computerName").values
    assert name.is_documented is None


def test_an_undocumented_member_has_a_row_of_yaml_and_a_later_one_a_note() -> None:
    old = Document({"osName": "x", "groupId": "g"}, Origin("a.json"), "vmss-vm", "2017-12-01", "option")
    members = {each.path: each for each in made([old]).undocumented.members}
    assert safe_load(members["groupId"].row or "") == {
        "groupId": {
            "about": "...",
            "type": "string",
            "since": "2017-12-01",
            "basis": ["observed"],
            "captures": 1,
        }
    }
    assert (members["osName"].row, members["osName"].note) == (
        None,
        "documented since 2022-11-01 (observed since 2017-12-01)",
    )


def test_an_unknown_code_has_an_entry_of_yaml() -> None:
    status = {"code": "powerstate/flying/High", "level": "Info", "displayStatus": "VM: flying"}
    (code,) = made([document({"statuses": [status, status]})]).undocumented.codes
    assert (code.element, code.kinds, code.times) == ("statuses", ("vm",), 2)
    assert safe_load(code.row or "")["PowerState"]["flying"]["details"]["High"] == {
        "about": "...",
        "level": "Info",
        "displayStatus": ["VM: flying"],
        "time": "never",
        "basis": ["observed"],
        "captures": 2,
    }


def test_a_row_says_its_file_and_its_name_is_read_as_it_was_written() -> None:
    names = ["a\x1b[31m\u202e", "two.parts", "\U0001f600 # \\", 'q"', "yes", "ü"]
    members = {each.path: each for each in made([document({"vmAgent": dict.fromkeys(names, 1)})]).undocumented.members}
    rows = [each.row or "" for each in members.values()]
    assert sorted(name for row in rows for name in safe_load(row)) == sorted(names)
    for row in rows:
        assert row.startswith("# below members in schemas/elements/VirtualMachineAgentInstanceView.yaml; then run: ")


def test_a_malformed_code_has_a_note_and_no_row() -> None:
    statuses = [
        {"code": code, "level": "Info"} for code in ("PowerState//running", "PowerState/\x1b", "PowerState/new")
    ]
    codes = made([document({"statuses": statuses})]).undocumented.codes
    assert {each.code: (each.note, each.row is None) for each in codes} == {
        "PowerState//running": ("malformed: empty segment", True),
        "PowerState/\\u001b": ("malformed: control character", True),
        "PowerState/new": (None, False),
    }


def test_the_matrix_says_what_is_documented_and_seen_at_each_api_version() -> None:
    versions = ("2017-12-01", "2024-07-01")
    documents = [Document({"osName": "x"}, Origin(version), "vmss-vm", version, "option") for version in versions]
    (matrix,) = made(documents).matrix
    cells = {each.element: each.cells for each in matrix.rows}
    assert matrix.api_versions == versions
    assert (cells["osName"], cells["vmAgent"], cells["osVersion"]) == ("sb", "dd", "nd")


def test_a_disagreement_counts_the_documents_that_could_have_it() -> None:
    codes = ("PowerState/deallocated", "PowerState/deallocated", "PowerState/running")
    groups: tuple[dict[str, str], ...] = ({"placementGroupId": "g"}, {}, {"placementGroupId": "g"})
    documents = [
        document({**group, "statuses": [{"code": code}]}, "vmss-vm", f"{number}.json")
        for number, (group, code) in enumerate(zip(groups, codes, strict=True))
    ]
    found = {each.rule: each for each in made(documents).disagreements}
    assert (found["deallocated-placement-group"].findings, found["deallocated-placement-group"].documents) == (1, 2)


def test_a_null_is_not_a_disagreement() -> None:
    of = made([document({"vmAgent": None})])
    assert of.overview.rules[0].rule == "null-element"
    assert of.disagreements == ()


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("json", '"name": "2024-07-01",\n    "documents": 3,\n    "assumed": 1'),
        ("markdown", "| 2024-07-01, assumed for 1 | 3 |"),
        ("terminal", "  2024-07-01, assumed for 1  3  "),
    ],
)
def test_an_api_version_that_no_document_says_is_marked(form: str, shown: str) -> None:
    assumed = document({"statuses": []})._replace(api_version_from="default")
    of = made([document({}), document({"osName": "a"}), assumed])
    assert of.overview.api_versions[0].shown == "2024-07-01, assumed for 1"
    assert VersionCount("2024-07-01", 2, None).shown == "2024-07-01"
    assert shown in "".join(FORMS[form](of))


def test_a_fact_that_the_service_keeps_and_a_document_breaks_is_named() -> None:
    status = {"code": "ProvisioningState/succeeded", "level": "Info", "displayStatus": "provisioning succeeded"}
    kept = made([document({"statuses": [{**status, "time": "2024-07-01T00:00:00Z"}]})]).fidelity
    broken = made([document({"statuses": [status, {**status, "level": "Warning", "displayStatus": "Ok"}]})]).fidelity
    assert (kept.facts, kept.broken) == (3, ())
    assert {(each.fact, each.times, each.of) for each in broken.broken} == {
        ("a time is always given", 0, 2),
        ("the level is Info", 1, 2),
        ("the display text is Provisioning succeeded", 1, 2),
    }


@pytest.mark.parametrize("form", FORMS)
def test_a_broken_fact_is_a_sentence_with_the_first_place_in_every_form(form: str) -> None:
    good = {"code": "PowerState/running", "level": "Info", "displayStatus": "VM running"}
    bad = {**good, "time": "2024-07-01T00:00:00Z"}
    of = made([document({"statuses": [each]}, name=f"{n}.json") for n, each in enumerate((good, good, bad, bad))])
    (broken,) = of.fidelity.broken
    assert re.fullmatch(r"a time is never given, captured [0-9,]+ times; 2 of 4 here have one", broken.sentence)
    assert broken.first.file == "2.json"
    text = "".join(FORMS[form](of))
    assert broken.sentence in text
    assert "2.json" in text


def test_a_machine_that_is_asked_twice_has_its_states_in_the_order_of_time() -> None:
    url = "https://management.azure.com/subscriptions/{}/providers/Microsoft.Compute/virtualMachines/app/instanceView"
    bodies = ({"statuses": [{"code": f"PowerState/{word}"}]} for word in ("stopped", "running", "running", "running"))
    asked = [
        Document(body, Origin("a.har", url=url.format(of)), "vm", "2024-07-01", headers={"Date": time})
        for body, of, time in zip(bodies, (0, 0, 0, 1), TIMES, strict=True)
    ]
    (timeline,) = made(asked).timelines
    assert (timeline.machine, [point.power for point in timeline.points]) == ("app", ["running", "running", "stopped"])
    assert [(point.time, point.power) for point in changes(timeline)] == [
        ("2017-06-02T14:00:00+00:00", "running"),
        ("2017-06-02T16:00:00+00:00", "stopped"),
    ]


def test_machines_of_one_name_in_two_files_are_two_and_those_of_a_file_have_their_paths() -> None:
    url = "/subscriptions/{}/providers/Microsoft.Compute/virtualMachines/app/instanceView"
    asked = [
        Document(dict(BODY), Origin(file, url=url.format(of)), "vm", "2024-07-01", headers={"Date": time})
        for file, of in (("a.har", 0), ("b.har", 0), ("b.har", 1))
        for time in TIMES
    ]
    assert [machine_text(each) for each in made(asked).timelines] == [
        "app (vm) in a.har",
        "app (vm) of /subscriptions/0/providers/microsoft.compute/virtualmachines/app in b.har",
        "app (vm) of /subscriptions/1/providers/microsoft.compute/virtualmachines/app in b.har",
    ]


BODY = {"statuses": [{"code": "PowerState/running"}]}
TIMES = [f"Fri, 02 Jun 2017 {hour}:00:00 GMT" for hour in (16, 15, 14, 13)]


def test_a_share_below_the_least_lists_what_is_missing() -> None:
    of = made([document({"computerName": "a"})])
    assert [each.kind for each in shortfalls(of, {"": 80, "vmss": 1})] == ["vm", "vmss"]
    (short,) = shortfalls(of, {"vm": 80.0})
    assert "computerName" not in short.missing
    assert len(short.missing) == short.documented - 1
    assert shortfalls(of, {"vm": 100 / short.documented}) == ()
    assert shortfalls(of, {"": 99, "vm": 0}) == ()


def test_a_row_of_markdown_has_its_evidence_and_links_to_its_page_and_first_document() -> None:
    of = made([document({"osName": "x"}, name="a b.json")])
    text = "".join(markdown.pieces(of, lambda origin: f"./{origin.file.replace(' ', '%20')}"))
    (line,) = (line for line in text.splitlines() if line.startswith("| [`osName`]("))
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    assert re.fullmatch(r"\[`osName`\]\(https://.*\)<br>string<br>[A-Z].*", cells[0])
    assert cells[1:3] == [row(of, "osName").since, f"service, observed, {row(of, 'osName').captures:,} captures"]
    assert cells[-1] == "[`a b.json`](./a%20b.json)"
    of = made([document({"statuses": [{"code": "PowerState/running"}]})])
    assert "| [`PowerState/running`](https://learn.microsoft.com/" in "".join(markdown.pieces(of))


@pytest.mark.parametrize("form", ["html", "json", "markdown"])
def test_an_input_that_cannot_be_read_is_named_with_the_reason(form: str) -> None:
    inputs = [Unreadable(Origin(f"{number}.json"), "not JSON; save it <b>again</b>") for number in range(101)]
    text = "".join({"html": page.pieces, **FORMS}[form](made(inputs)))
    assert re.search(r"0\.json.*not JSON; save it (&lt;|<|\\u003c)b", text, re.DOTALL)
    assert ("99.json" in text, "100.json" in text) == (True, False)
    if form == "html":
        assert ('href="#unreadable"' in text, "and 1 more" in text, "<b>again" in text) == (True, True, False)


@pytest.fixture(params=sorted(HOSTILE))
def hostile(request: pytest.FixtureRequest) -> Conformance:
    text = HOSTILE[request.param]
    status = {"code": text, "level": text, "displayStatus": text, "time": text, text: text}
    body = {"computerName": text, "osName": 1, text: {text: text}, "statuses": [status], "vmAgent": {text: [text]}}
    return made([document(body, name=f"{text[:200]}.json")])  # no file has a longer name


@pytest.mark.parametrize("form", FORMS)
def test_no_text_of_an_input_harms_a_form(hostile: Conformance, form: str) -> None:
    text = "".join(FORMS[form](hostile))
    assert len(text) < 400_000
    text.encode()
    assert all(character == "\n" or character.isprintable() for character in text)
    assert "##vso" not in text
    assert "##[" not in text
    if form == "markdown":
        page = MarkdownIt("commonmark").enable("table").render(text)
        assert not any(mark in page for mark in ("<script", "<img", 'href="http://evil.example'))
    if form == "json":
        assert [error.message[:200] for error in VALIDATOR.iter_errors(json.loads(text))] == []


@pytest.mark.parametrize("form", FORMS)
def test_no_secret_is_shown(form: str) -> None:
    secret = "?sv=1&sig=YWxzby1ub3QtYS1zZWNyZXQ"  # noqa: S105 (invented)
    status = {"code": f"PowerState/{secret}", "displayStatus": secret, "level": secret}
    body = {"osName": secret, "extra": secret, "more": {"a": [secret]}, f"x{secret}": 1, "statuses": [status]}
    text = "".join(FORMS[form](made([document(body, name=f"{secret}.json")])))
    assert "YWxzby1" not in text
    assert "extra" in text
