"""The assertions for test suites: their subjects, their errors and their messages."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from traceback import format_exception
from typing import Any, assert_type

import pytest
from unknown import unknown

from instanceview import Finding, Severity, UnknownNameError, check_path
from instanceview.tables.catalog import api_versions
from instanceview.tables.kinds import KINDS, MACHINE_VALUES, any_of
from instanceview.testing import InstanceViewAssertions, Validator, assert_conforms, conforms, findings

FAULTY: dict[str, Any] = {"platformFaultDomain": "two", "colour": 1}
TEXT = json.dumps(FAULTY)
ROW = "integer (int32; also decimal text in 2016-04-30-preview) · since 2015-06-15"
LEVEL_ROW = (
    "statuses.level · string · Info, Warning, Error · since 2015-06-15 · page, service, observed in 262 captures"
)
HOLDERS = any_of([kind.holder for kind in MACHINE_VALUES.values()])
NO_VIEW = f"no instance view: expected an object, the instance view of {HOLDERS}; found"
WEB_PAGE = "no instance view: this is a web page; pass the answer of the service instead"
NAMES = "no instance view: this is a list of file names; pass the names to check_path"
NULL = "no instance view: this is null, which az prints if --query matches nothing; omit --query"
AS_JSON = "save it as JSON, which starts with { or ["
NOT_EXPANDED = "a pattern, which only instanceview.check_path expands; pass one file or folder"
NONE_CHECKED = "\n0 documents: 0 conformant; 0 errors, 0 warnings, 0 notes; 1 unreadable"


def message(subject: object, **choices: Any) -> str:  # noqa: ANN401 (the options of assert_conforms)
    with pytest.raises(AssertionError) as caught:
        assert_conforms(subject, **choices)
    return str(caught.value)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("view.json").write_text(TEXT)
    Path("{view}.json").write_text(TEXT)
    return Path("view.json")


def test_the_message_is_the_text_report() -> None:
    told = message('{\n "statuses": [{"code": "PowerState/running",\n  "level": "info"}]}', kind="vmss-vm")
    assert told.splitlines() == [
        '<text>:3:12: error value-not-allowed: "info" is not allowed; allowed: Info, Warning, Error',
        '    3 | "level": "info"}]}',
        '      |          ^^^^^^ help: did you mean "Info"?',
        f"      table: {LEVEL_ROW}",
        "1 document: 0 conformant; 1 error, 0 warnings, 0 notes",
        f"checked: 1 as vmss-vm at {api_versions()[-1]}, the newest, since none was given",
    ]


def test_a_value_has_no_lines_so_the_message_has_pointers_and_hints() -> None:
    told = message({"statuses": [{"code": "PowerState/running", "level": "info"}]}, kind="vm", api_version="2024-07-01")
    assert told.splitlines()[:2] == [
        '<document>: /statuses/0/level: error value-not-allowed: "info" is not allowed; allowed: Info, Warning, Error',
        '      help: did you mean "Info"?',
    ]


TAKEN: dict[str, tuple[object, str]] = {
    "dict": (FAULTY, "<document>: /platformFaultDomain"),
    "list": ([{}, FAULTY], "<document>[/1]: /platformFaultDomain"),
    "resource": (
        {"name": "a", "properties": {"instanceView": FAULTY}},
        "<document>[/properties/instanceView]: /platformFaultDomain",
    ),
    "JSON text": (TEXT, "<text>:1:25"),
    "JSON text after a mark and space": (f"\ufeff \n{TEXT}", "<text>:2:25"),
    "JSON array": (f"[{TEXT}]", "<text>:1:26"),
    "NDJSON": (f"{{}}\n{TEXT}", "<text>:2:25"),
    "YAML": ("platformFaultDomain: two\ncolour: 1", "<text>:1:22"),
    "bytes": (TEXT.encode(), "<text>:1:25"),
    "bytearray": (bytearray(TEXT, "utf-8"), "<text>:1:25"),
    "memoryview": (memoryview(TEXT.encode()), "<text>:1:25"),
    "path as str": ("view.json", "view.json:1:25"),
    "path": (Path("view.json"), "view.json:1:25"),
    "path with a brace": (Path("{view}.json"), "{view}.json:1:25"),
    "path as str with a brace": ("./{view}.json", "{view}.json:1:25"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_taken(name: str, file: Path) -> None:
    subject, place = TAKEN[name]
    assert check_path(file).findings
    assert message(subject).startswith(f'{place}: error wrong-type: expected integer, found "two"')
    assert not conforms(subject)
    assert [finding.rule for finding in findings(subject)] == ["wrong-type", "undocumented-element"]


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        ("", "<text>:1:1: unreadable: empty; expected a JSON object"),
        (" \n", "<text>:1:1: unreadable: empty; expected a JSON object"),
        ('{"a', "<text>:1:2: unreadable: not JSON: cut off, a string without its closing quote"),
        ("<html>\n</html>", f"<text>:1:1: unreadable: {WEB_PAGE}"),
        ("gone.json", "gone.json: unreadable: cannot be read: no such file or directory"),
        (Path("{gone}.json"), "{gone}.json: unreadable: cannot be read: no such file or directory"),
        ("*.json", f"*.json: unreadable: {NOT_EXPANDED}"),
        (Path("view?.json"), f"view?.json: unreadable: {NOT_EXPANDED}"),
        (b"gone.json", f'<text>:1:1: unreadable: not JSON: expected a value, found "gone.json"; {AS_JSON}'),
        (b"view.json", f"<text>:1:1: unreadable: {NAMES}"),
        (None, f"<document>: unreadable: {NULL}"),
        ([7], f"<document>[/0]: unreadable: {NO_VIEW} 7"),
        (7, f"<document>: unreadable: {NO_VIEW} 7"),
    ],
    ids=repr,
)
def test_an_unreadable_subject_does_not_conform(subject: object, reason: str, file: Path) -> None:
    assert file.exists()
    assert message(subject) == reason + NONE_CHECKED
    assert not conforms(subject)
    with pytest.raises(ValueError, match=r".") as caught:
        findings(subject)
    assert str(caught.value).split(": ", 1)[1] == reason.split(": unreadable: ", 1)[1]


@pytest.mark.parametrize("subject", [object(), {1}, iter("{}"), str], ids=lambda each: type(each).__name__)
def test_an_object_of_another_sort_is_a_mistake_in_the_test(subject: object) -> None:
    kind = type(subject).__name__
    expected = f"expected a dict, JSON text or bytes, a path or an HTTP response; found {kind}"
    for call in (assert_conforms, conforms, findings):
        with pytest.raises(TypeError) as caught:
            call(subject)
        assert str(caught.value) == expected


def test_findings_below_fail_on_do_not_fail() -> None:
    warned, noted = {"colour": 1, "vmAgent": {}}, {"platformFaultDomain": 1, "disks": None}
    assert [conforms(warned, fail_on=level) for level in ("error", "warning", "note")] == [True, False, False]
    assert [conforms(noted, fail_on=level) for level in Severity] == [False, True, True]
    assert message(warned, fail_on="warning").startswith("<document>: /colour: warning undocumented-element: ")
    assert [finding.severity.value for finding in findings(noted)] == ["note"]


@pytest.mark.parametrize(
    "ignore", [["wrong-type"], ("wrong-type", "null-element"), {"wrong-type"}, "wrong-type", "null-element,wrong-type"]
)
def test_ignored_rules_are_left_out(ignore: Any) -> None:  # noqa: ANN401 (all that is taken)
    assert_conforms(FAULTY, ignore=ignore)
    assert [finding.rule for finding in findings(FAULTY, ignore=ignore)] == ["undocumented-element"]


@pytest.mark.parametrize(
    ("choices", "told"),
    [
        ({"fail_on": "eror"}, 'unknown severity "eror"; did you mean "error"? known: error, warning, note'),
        ({"ignore": ["wrong-tpye"]}, 'unknown rule "wrong-tpye"; did you mean "wrong-type"? `instanceview explain`'),
        ({"ignore": "colour"}, 'unknown rule "colour"; `instanceview explain` lists them all'),
        ({"kind": "vmms"}, unknown("kind", "vmms", KINDS)),
        ({"api_version": "2024-07-02"}, 'unknown api-version "2024-07-02"; did you mean "2024-07-01"?'),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_an_unknown_name_is_an_error_with_the_nearest_for_any_document(choices: dict[str, Any], told: str) -> None:
    for call in (assert_conforms, conforms):
        with pytest.raises(UnknownNameError) as caught:
            call({}, **choices)
        assert str(caught.value).startswith(told)


def test_the_given_version_and_kind_are_used() -> None:
    later = {"hyperVGeneration": "V1"}
    tables = [findings(later, api_version=version, kind="vmss-vm") for version in ("2015-06-15", "2024-07-01")]
    assert [[finding.rule for finding in each] for each in tables] == [["later-element"], []]
    assert findings(FAULTY, kind="vm")[0].tables.kind == "vm"
    default = Validator(default_api_version="2017-03-30").findings(FAULTY)[0].tables
    assert (default.api_version, default.api_version_from) == ("2017-03-30", "configuration")


def test_type_checkers_know_the_types() -> None:
    assert_type(conforms({}, fail_on=Severity.NOTE, ignore={"null-element"}), bool)
    assert_type(findings(b"{}", kind="vm"), tuple[Finding, ...])
    assert_type(Validator(fail_on="note").conforms("{}"), bool)


class Case(InstanceViewAssertions, unittest.TestCase):
    """A test case as users write it; it is run by the test below."""

    __test__ = False

    def good(self) -> None:
        self.assertConforms({"vmAgent": {}}, kind="vm")

    def bad(self) -> None:
        self.assertConforms(FAULTY, "the first answer", ignore=["undocumented-element"])


def test_the_unittest_mixin_fails_with_the_report_and_without_our_frames() -> None:
    result = unittest.TestResult()
    unittest.TestSuite([Case("good"), Case("bad")]).run(result)
    assert (result.testsRun, result.errors) == (2, [])
    [(_, trace)] = result.failures
    lines = trace.splitlines()
    assert lines[-5:-3] == [
        "AssertionError: the first answer",
        '<document>: /platformFaultDomain: error wrong-type: expected integer, found "two"',
    ]
    assert f"table: platformFaultDomain · {ROW}" in lines[-3]
    assert [line for line in lines if line.startswith("  File ")] == [
        f'  File "{__file__}", line {Case.bad.__code__.co_firstlineno + 1}, in bad'
    ]


def test_the_error_has_no_cause_that_would_be_shown() -> None:
    with pytest.raises(AssertionError) as caught:
        assert_conforms('{"a')
    assert sum("Error" in line.partition(":")[0] for line in format_exception(caught.value)[-1:]) == 1
    assert caught.value.__cause__ is caught.value.__context__ is None


def test_choices_of_a_call_take_the_place_of_those_of_the_validator(file: Path) -> None:
    validator = Validator(kind="vm", api_version="2024-07-01", ignore=["wrong-type"])
    assert [each.rule for each in validator.findings(file)] == ["undocumented-element"]
    (finding,) = validator.findings(file, kind="vmss-vm", ignore=["undocumented-element"])
    assert (finding.rule, finding.tables[:2]) == ("wrong-type", ("vmss-vm", "2024-07-01"))
    assert not validator.conforms(file, fail_on="warning")
    for call in (validator, validator.assert_conforms):
        call(file)
        with pytest.raises(AssertionError, match="unreadable: cannot be read"):
            call("gone.json", kind="vm")
        with pytest.raises(AssertionError, match="error wrong-type"):
            call(file, kind="vmss-vm", ignore=[])
        with pytest.raises(UnknownNameError, match='unknown kind "vmms"'):
            call(file, kind="vmms")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="findings has no fail_on"):
        validator.findings(file, fail_on="note")  # type: ignore[call-arg]
