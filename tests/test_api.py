"""The public interface, `import instanceview`: its names, its results and its errors."""

from __future__ import annotations

import doctest
import inspect
import json
import pkgutil
import pydoc
import re
import subprocess
import sys
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from documentation import all_blocks
from evident import evident
from program import environment
from unknown import unknown

import instanceview
from instanceview import (
    Report,
    Severity,
    StatusCode,
    UnknownNameError,
    check,
    check_chunk,
    check_path,
    check_text,
    render,
    schema,
)
from instanceview.tables.catalog import api_versions
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

# tests/engines tries the examples of the module that needs pyarrow.
ALL = {module.name for module in pkgutil.walk_packages(instanceview.__path__, "instanceview.")}
NEED_MORE = set() if find_spec("pyarrow") else {name for name in ALL if "arrow" in name.split(".")}
MODULES = sorted(ALL - NEED_MORE)
FAULT = {"platformFaultDomain": "two"}


@pytest.mark.parametrize("name", instanceview.__all__)
def test_every_public_name_has_a_docstring_with_an_example(name: str) -> None:
    text = inspect.getdoc(getattr(instanceview, name)) or ""
    assert text[:1].isupper()
    assert "\n>>> " in text


def test_the_examples_of_all_modules_give_what_they_show() -> None:
    results = {name: doctest.testmod(import_module(name)) for name in ["instanceview", *MODULES]}
    assert {name: result.failed for name, result in results.items() if result.failed} == {}
    assert sum(result.attempted for result in results.values()) > 25


EXAMPLES = "\n".join(all_blocks("python"))
IMPORTS = set(re.findall(r"^>>> from (instanceview\S*) import (.*?)(?:  #.*)?$", EXAMPLES, re.MULTILINE))
IMPORTED = sorted(each for each in IMPORTS if each[0] not in NEED_MORE)


@pytest.mark.parametrize(("module", "names"), IMPORTED)
def test_a_name_that_a_guide_imports_is_public(module: str, names: str) -> None:
    assert set(names.split(", ")) <= set(import_module(module).__all__)


def test_a_module_that_a_guide_imports_is_named_in_the_docstring_of_the_package() -> None:
    public = {"instanceview", *re.findall(r"^- `(instanceview\.\S+)`: ", instanceview.__doc__ or "", re.MULTILINE)}
    assert {module for module, _ in IMPORTED} <= public
    assert {name for name in public - NEED_MORE if not hasattr(import_module(name), "__all__")} == set()


def test_an_attribute_of_the_package_in_a_guide_is_public_and_in_its_help() -> None:
    used = set(re.findall(r"(?<![\w.`])instanceview\.(\w+)\(", EXAMPLES))
    assert used >= {"check", "check_text", "check_path"}
    text = pydoc.plain(pydoc.render_doc(instanceview))
    for name in used | set(instanceview.__all__):
        assert name in instanceview.__all__
        assert re.search(rf"^ +(class )?{name}\b", text, re.MULTILINE), name


def test_the_function_check_is_not_hidden_by_a_module_of_its_name() -> None:
    code = "import instanceview; instanceview.check({}); instanceview.check_text('{}'); import instanceview.cli.main; "
    code += "print(instanceview.check({'vmAgent': 1}).findings[0].message)"
    program = [sys.executable, "-c", code]
    ran = subprocess.run(program, env=environment(), capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout == "expected object, found 1\n"


CALLS: dict[str, Callable[..., Report]] = {
    "check": lambda **options: check(FAULT, **options),
    "check_text": lambda **options: check_text('{"platformFaultDomain": "two"}', **options),
    "check_path": lambda **options: check_path("no-such-file.json", **options),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("kind", "vmms", unknown("kind", "vmms", KINDS)),
        ("kind", "", unknown("kind", "", KINDS)),
        (
            "api_version",
            "2024-07-02",
            unknown("api-version", "2024-07-02", api_versions()),
        ),
    ],
)
def test_an_unknown_name_is_raised_at_the_call(call: str, option: str, value: str, message: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        CALLS[call](**{option: value})
    assert str(caught.value) == message
    assert isinstance(caught.value, ValueError)


# A function, its arguments, and the end or the beginning of the message.
WRONG_TYPES: dict[str, tuple[Callable[..., Any], Any, dict[str, Any], str]] = {
    "text of a value": (check_text, {}, {}, "check_text takes str or bytes, found dict"),
    "text of nothing": (check_text, None, {}, "check_text takes str or bytes, found NoneType"),
    "text of a path": (check_text, Path("a.json"), {}, "pass a value to check, a path to check_path"),
    "path of bytes": (check_path, b"a.json", {}, "check_path takes str or a Path, found bytes"),
    "path of a value": (check_path, {}, {}, "found dict; pass JSON text to check_text"),
    "chunk of text": (check_chunk, "{}", {}, "check_chunk takes bytes, found str; pass bytes, such as text.encode()"),
    "value of a path": (check, Path("a.json"), {}, "check takes a Python value; pass a path to check_path"),
    "value of a buffer": (check, bytearray(b"{}"), {}, "check takes a Python value; pass JSON text to check_text"),
    "value with a time": (
        check,
        {"statuses": [{"time": datetime.now(UTC)}]},
        {},
        "/statuses/0/time: datetime is",
    ),
    "value with a set in a list": (check, [{}, {"a/b": {1}}], {}, "/1/a~1b: set is not a JSON type"),
    "value with a name": (check, [{}, {2: 3}], {}, "/1: a member name has the type int"),
    "report of a summary": (render, check_chunk(b"{}"), {}, "found Summary; pass a report: summary.report() makes one"),
    "report of a value": (render, {}, {}, "found dict; pass a report: check, check_text and check_path return one"),
    "a year": (check, {}, {"api_version": 2024}, f'api-version takes str, such as "{api_versions()[-1]}"; found 2024'),
    "kind of bytes": (check, {}, {"kind": b"vm"}, f"kind takes str, such as \"{KINDS[-1]}\"; found b'vm'"),
    "schema of nothing": (schema, None, {"api_version": "2024-07-01"}, "found None"),
}


@pytest.mark.parametrize("case", WRONG_TYPES)
def test_a_wrong_type_is_an_error_with_the_right_one(case: str) -> None:
    function, given, options, message = WRONG_TYPES[case]
    with pytest.raises(TypeError, match=re.escape(message)):
        function(given, **options)


STEPS = {
    '{"statuses":[]}': "write it to a file, or pass it to check_text",
    "https://x/y.json": "fetch it with curl, and pass the output to check_text; an engine reads it with fsspec",
    "/subscriptions/1/x": 'a resource ID; pass the output of "az vm get-instance-view --ids" to check_text',
}


@pytest.mark.parametrize("path", STEPS)
def test_the_next_step_is_one_for_python(path: str) -> None:
    assert check_path(path).unreadable[0].reason.endswith(STEPS[path])


SUMMARIES = {"conformant": ("{}", True), "nonconformant": ('{}\n{"vmAgent": 1}', False), "unreadable": ("{}\n{", False)}


@pytest.mark.parametrize("name", SUMMARIES)
def test_a_summary_is_true_where_its_report_is(name: str) -> None:
    text, expected = SUMMARIES[name]
    summary = check_chunk(text.encode())
    assert (bool(summary), bool(summary.report())) == (expected, expected)
    assert (str(summary), repr(summary)) == (str(summary.report()), f"<Summary {summary.report()}>")


def nested(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(levels):
        value = {"statuses": value}
    return value


@pytest.mark.parametrize(
    ("document", "error", "message"),
    [
        ('{"statuses": []}', TypeError, "check takes a Python value; pass JSON text to check_text"),
        (b"{}", TypeError, "check takes a Python value; pass JSON text to check_text"),
        ({"disks": {1}}, TypeError, "/disks: set is not a JSON type; use dict, list, str, int, float, bool or None"),
        ({"disks": b"x"}, TypeError, "/disks: bytes is not a JSON type; use dict, list, str, int, float, bool or None"),
        ({1: "x"}, TypeError, "a member name has the type int; use str"),
        ({"a": float("nan")}, ValueError, "/a: nan is not a JSON number; use None or omit the member"),
        ({"a": [float("-inf")]}, ValueError, "/a/0: -inf is not a JSON number; use None or omit the member"),
        (nested(100_000), ValueError, "nested deeper than 128 levels; limits=Limits(nesting=...) raises the limit"),
    ],
    ids=["text", "bytes", "a set", "bytes inside", "a number as name", "nan", "infinity", "depth"],
)
def test_a_value_that_json_lacks_is_raised(document: Any, error: type[Exception], message: str) -> None:  # noqa: ANN401 (any value at all)
    with pytest.raises(error) as caught:
        check(document)
    assert (type(caught.value), str(caught.value)) == (error, message)


@pytest.mark.parametrize(
    "call",
    [lambda: check({"name": "other"}), lambda: check_text("7"), lambda: check_text(b"\xff"), lambda: check_text("")],
)
def test_a_value_that_is_not_an_instance_view_is_in_the_report(call: Callable[[], Report]) -> None:
    report = call()
    assert (report.conformant, report.exit_code, report.documents, report.findings) == (False, 2, 0, ())
    assert len(report.unreadable) == 1


def test_a_path_that_cannot_be_read_is_in_the_report(tmp_path: Path) -> None:
    reasons = [check_path(path).unreadable[0].reason for path in (tmp_path / "gone.json", "a\0b")]
    assert reasons == ["cannot be read: no such file or directory", "cannot be read: embedded null byte"]
    (half,) = check_path("\ud800.json").unreadable
    assert (half.origin.file, "surrogates not allowed" in half.reason) == ("\\ud800.json", True)


def test_a_value_a_text_and_a_file_give_the_same_findings(tmp_path: Path) -> None:
    text = evident('{"platformFaultDomain": "two", "colour": 1}')
    (tmp_path / "file.json").write_text(text)
    reports = [
        check(json.loads(text)),
        check_text(text),
        check_text(text.encode("utf-8-sig")),
        check_path(str(tmp_path / "file.json")),
        check_path(tmp_path),
    ]
    found = [[(each.rule, each.pointer, each.message) for each in report.findings] for report in reports]
    assert found == [found[0]] * 5
    assert [(rule, pointer) for rule, pointer, _ in found[0]] == [
        ("wrong-type", "/platformFaultDomain"),
        ("undocumented-element", "/colour"),
    ]
    assert [report.findings[0].origin.line for report in reports] == [None, 1, 1, 1, 1]


def test_the_counts_of_a_report() -> None:
    report = check_text(
        '{}\n{"colour": 1, "disks": null}\n{"platformFaultDomain": "two", "colour": 1}\n{"name": \n{"vmAgent": {}}'
    )
    assert (report.documents, report.recorded, report.nonconformant) == (4, 4, 1)
    assert [report.count(severity) for severity in Severity] == [1, 2, 1]
    assert (len(report.findings), len(report.unreadable), report.skipped) == (4, 1, ())
    assert (report.exit_code, report.conformant, report.fail_on) == (2, False, Severity.ERROR)
    assert [check(FAULT).exit_code, check({"colour": 1, "disks": []}).exit_code] == [1, 0]


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (check(FAULT), "findings"),
        (check(FAULT).findings[0], "rule"),
        (check(FAULT).findings[0].origin, "line"),
        (check_text("7").unreadable[0], "reason"),
        (StatusCode.parse("PowerState/running"), "state"),
    ],
    ids=["Report", "Finding", "Origin", "Unreadable", "StatusCode"],
)
def test_what_is_given_back_is_frozen(value: object, field: str) -> None:
    with pytest.raises((FrozenInstanceError, AttributeError)):
        setattr(value, field, "changed")
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        setattr(value, "no_such_field", "new")  # noqa: B010 (a type checker would refuse the plain form)


def test_findings_may_be_in_a_set() -> None:
    findings = [*check({"statuses": [{"level": ["x"]}, {"time": {}}]}).findings, *check({"colour": {}}).findings]
    assert len({*findings, *findings}) == len(findings) > 2


def test_a_check_does_not_change_the_document() -> None:
    document = {"statuses": ({"level": "info", "time": None},), "colour": 2**70}
    before = repr(document)
    check(document)
    assert repr(document) == before
