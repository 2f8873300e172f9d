"""Values that `check` takes beside an instance view, and the choices that every function of the interface has alike."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, get_args

import pytest
import yaml
from checkout import SAMPLES
from evident import evident

from instanceview import Severity, UnknownNameError, check, check_chunk, check_path, check_text, literals
from instanceview.model.limits import NAMES
from instanceview.rules import RULES
from instanceview.running.choices import Choices, Selecting
from instanceview.tables.catalog import known_versions
from instanceview.tables.kinds import KINDS
from instanceview.testing import InstanceViewAssertions, Validator, assert_conforms, conforms, findings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VIEW = {"platformFaultDomain": "two", "statuses": [{"code": "PowerState/running", "level": "Info"}]}
SET = "/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/s"
URL = f"https://management.azure.com{SET}/virtualMachines/0/instanceView?api-version=2019-07-01"
RESOURCE = {"id": f"{SET}/virtualMachines/0", "name": "s_0", "properties": {"instanceView": VIEW}}

# A value, and the entry of the one faulty document in it.
VALUES: dict[str, tuple[Any, str | None]] = {
    "a view": (VIEW, None),
    "a resource": (RESOURCE, "/properties/instanceView"),
    "the answer of a list": ({"value": [RESOURCE], "nextLink": None}, "/value/0/properties/instanceView"),
    "a list of views": ([{"vmAgent": {}}, VIEW], "/1"),
    "a tuple of resources": ((RESOURCE,), "/0/properties/instanceView"),
    "an exchange": ({"request": {"url": URL}, "response": {"body": VIEW}}, "/response/body"),
    "text in a member": ({"request": {"url": URL}, "response": {"body": json.dumps(VIEW)}}, "/response/body"),
    "base64 in a member": (
        {"response": {"content": base64.b64encode(json.dumps(VIEW).encode()).decode(), "encoding": "base64"}},
        "/response/content",
    ),
    "deep below": ({"a": [[{"b": {"c": [VIEW]}}]]}, "/a/0/0/b/c/0"),
}


@pytest.mark.parametrize("name", VALUES)
def test_check_finds_views_at_any_depth_with_pointers_and_no_lines(name: str) -> None:
    value, entry = VALUES[name]
    before = json.dumps(value)
    report = check(value)
    (finding,) = report.findings
    assert (finding.pointer, finding.origin.entry, finding.document.entry) == ("/platformFaultDomain", entry, entry)
    assert (finding.origin.line, finding.origin.column, finding.end, finding.excerpt) == (None, None, None, None)
    assert (finding.origin.file, report.unreadable) == ("<document>", ())
    assert json.dumps(value) == before


def test_the_url_in_a_value_says_kind_and_api_version() -> None:
    (finding,) = check({"request": {"url": URL}, "response": {"body": VIEW}}).findings
    assert (finding.tables.kind, finding.tables.api_version, finding.tables.api_version_from) == (
        "vmss-vm",
        "2019-07-01",
        "url",
    )


RECORDINGS = sorted(path for path in (SAMPLES / "captures").iterdir() if path.suffix in {".json", ".har", ".yaml"})


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.name)
def test_the_value_of_a_recording_gives_what_its_file_gives(path: Path) -> None:
    text = path.read_text("utf-8")
    value = yaml.safe_load(text) if path.suffix == ".yaml" else json.loads(text)
    of_value, of_file = check(json.loads(json.dumps(value, default=str))), check_path(path)
    told = [(each.rule, each.pointer, each.tables) for each in of_file.findings if each.rule != "duplicate-key"]
    assert [(each.rule, each.pointer, each.tables) for each in of_value.findings] == told
    assert (of_value.documents, of_value.recorded, len(of_value.skipped)) == (
        of_file.documents,
        of_file.recorded,
        len(of_file.skipped),
    )
    assert {each.origin.line for each in of_value.findings} | {each.origin.line for each in of_value.skipped} <= {None}


@pytest.mark.parametrize("value", [None, 7, [], {"value": []}, [[]], {"error": {"code": "NotFound", "message": ""}}])
def test_a_value_without_a_view_is_unreadable_as_its_text_is(value: object) -> None:
    of_value, of_text = check(value), check_text(json.dumps(value))
    assert [each.reason for each in of_value.unreadable] == [each.reason for each in of_text.unreadable]
    assert (of_value.exit_code, of_value.documents) == (2, 0)


class Case(InstanceViewAssertions):
    """The mixin of unittest, without a test."""


CALLS: dict[str, Callable[..., object]] = {
    "check": lambda **choices: check({}, **choices),
    "check_text": lambda **choices: check_text("{}", **choices),
    "check_path": lambda **choices: check_path("none.json", **choices),
    "check_chunk": lambda **choices: check_chunk(b"{}", **choices),
    "assert_conforms": lambda **choices: assert_conforms({}, **choices),
    "conforms": lambda **choices: conforms({}, **choices),
    "findings": lambda **choices: findings({}, **choices),
    "assertConforms": lambda **choices: Case().assertConforms({}, **choices),
    "Validator": Validator,
}
WRONG: dict[str, tuple[dict[str, Any], type[Exception], str]] = {
    "kind": ({"kind": "vmms"}, UnknownNameError, 'unknown kind "vmms"; did you mean "vmss"?'),
    "api_version": ({"api_version": "2024-07-02"}, UnknownNameError, 'unknown api-version "2024-07-02"; did you mean'),
    "select": ({"select": ["wrong-typ"]}, UnknownNameError, 'unknown rule "wrong-typ"; did you mean "wrong-type"?'),
    "ignore": ({"ignore": ["wrong-typ"]}, UnknownNameError, 'unknown rule "wrong-typ"; did you mean "wrong-type"?'),
    "severity": ({"severity": {"wrong-typ": "note"}}, UnknownNameError, 'unknown rule "wrong-typ"; did you mean'),
    "level": (
        {"severity": {"wrong-type": "warn"}},
        UnknownNameError,
        'unknown severity "warn"; did you mean "warning"?',
    ),
    "select of a number": ({"select": 5}, TypeError, 'select takes names of rules, such as ["unset-time"]; found 5'),
    "ignore of numbers": ({"ignore": [5]}, TypeError, 'ignore takes names of rules, such as ["unset-time"]; found 5'),
    "ignore of bytes": ({"ignore": b"unset-time"}, TypeError, "ignore takes names of rules"),
    "severity of a list": (
        {"severity": ["a=b"]},
        TypeError,
        'severity takes a mapping of rules to severities, such as {"unset-time": "error"}; found [',
    ),
    "severity of a number": ({"severity": {"unset-time": 2}}, TypeError, 'severity takes a severity, such as "error"'),
    "severity of no text": ({"severity": {7: "note"}}, TypeError, "severity takes names of rules"),
    "nothing selected": ({"select": []}, ValueError, "select names no rule"),
    "choice": ({"knd": "vm"}, TypeError, 'unknown choice "knd"; did you mean "kind"? known: api_version, kind, select'),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_choice_is_refused_at_every_call_alike(call: str, wrong: str) -> None:
    choices, error, message = WRONG[wrong]
    with pytest.raises(error) as caught:
        CALLS[call](**choices)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("call", sorted(set(CALLS) - {"check_chunk", "findings"}))
def test_fail_on_is_a_choice_of_all_that_say_whether_a_document_conforms(call: str) -> None:
    with pytest.raises(TypeError, match='fail_on takes a severity, such as "error"; found 3'):
        CALLS[call](fail_on=3)
    with pytest.raises(UnknownNameError, match='unknown severity "eror"; did you mean "error"'):
        CALLS[call](fail_on="eror")


@pytest.mark.parametrize("call", ["check_chunk", "findings"])
def test_fail_on_is_not_a_choice_of_others(call: str) -> None:
    with pytest.raises(TypeError, match="fail_on"):
        CALLS[call](fail_on="error")


TEXT = evident('{"platformFaultDomain": "two", "colour": 1}')
BOTH = ["wrong-type", "undocumented-element"]
CHOSEN: dict[str, tuple[dict[str, Any], list[str], bool]] = {
    "nothing": ({}, BOTH, False),
    "select": ({"select": ["undocumented-element"]}, ["undocumented-element"], True),
    "ignore": ({"ignore": ["wrong-type"]}, ["undocumented-element"], True),
    "severity": ({"severity": {"wrong-type": "note"}}, BOTH, True),
    "severity as value": (
        {"severity": {"undocumented-element": Severity.ERROR}, "ignore": ["wrong-type"]},
        BOTH[1:],
        False,
    ),
    "fail_on": ({"ignore": ["wrong-type"], "fail_on": "warning"}, ["undocumented-element"], False),
    "fail_on as value": ({"ignore": ["wrong-type"], "fail_on": Severity.WARNING}, ["undocumented-element"], False),
    "None": ({"ignore": None, "select": None, "severity": None, "kind": None, "api_version": None}, BOTH, False),
}


@pytest.mark.parametrize("name", CHOSEN)
def test_a_choice_has_the_same_effect_everywhere(name: str, tmp_path: Path) -> None:
    choices, rules, is_conformant = CHOSEN[name]
    (tmp_path / "a.json").write_text(TEXT, "utf-8")
    value = json.loads(TEXT)
    for report in (check(value, **choices), check_text(TEXT, **choices), check_path(tmp_path / "a.json", **choices)):
        assert ([each.rule for each in report.findings], report.conformant) == (rules, is_conformant)
    for subject in (value, TEXT, tmp_path / "a.json"):
        assert conforms(subject, **choices) is Validator(**choices).conforms(subject) is is_conformant
    without = {key: value for key, value in choices.items() if key != "fail_on"}
    chunk = check_chunk(TEXT.replace("\n", " ").encode(), **without)
    assert [each.rule for each in chunk.findings] == [each.rule for each in findings(value, **without)] == rules


def test_severities_are_those_that_are_chosen() -> None:
    report = check(json.loads(TEXT), severity={"wrong-type": "note", "undocumented-element": "error"})
    assert [each.severity.value for each in report.findings] == ["note", "error"]


def test_check_path_takes_what_the_command_line_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("one/a.json", "one/b.json", "two/a.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, "utf-8")
    counts: dict[int, list[list[str | Path]]] = {
        1: [["one/a.json"], ["two"], [tmp_path / "two"], ["*/b.json"]],
        2: [["one"], ["one/*.json"], ["o*"], ["one/a.json", tmp_path / "two"]],
        3: [["one", "two"], ["**/*.json"], ["."]],
    }
    for count, cases in counts.items():
        assert {repr(paths): check_path(*paths).documents for paths in cases} == {repr(each): count for each in cases}
    assert check_path("none*.json").unreadable[0].reason.startswith("no file matches this pattern")


def test_check_path_does_not_read_standard_input() -> None:
    for paths in (["-"], ["a.json", "-"]):
        with pytest.raises(ValueError, match="does not read standard input; pass sys"):
            check_path(*paths)


def test_the_literals_are_all_names_and_no_other() -> None:
    assert get_args(literals.KindName) == KINDS
    assert get_args(literals.ApiVersion) == known_versions()
    assert get_args(literals.RuleName) == tuple(rule.name for rule in RULES)
    assert get_args(literals.SeverityName) == tuple(severity.value for severity in reversed(Severity))


def test_the_choices_are_named_as_the_options_of_check() -> None:
    from instanceview.cli.commands.check import check as command

    options = {each.name for each in command.params}
    assert set(Choices.__annotations__) - {"limits"} <= options
    assert {f"max_{name}" for name in NAMES} <= options
    assert set(Selecting.__annotations__) == set(Choices.__annotations__) - {"fail_on"}
