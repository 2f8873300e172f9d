"""The gate: a document that it passes has no finding when each rule is asked about it."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from checkout import SAMPLES

from instanceview.checking.check import check_document, tables_for
from instanceview.checking.gate import TOGETHER, structure, text_gate, texts_gate, types
from instanceview.checking.gate.types import clean_type
from instanceview.checking.memo import Shortcut
from instanceview.checking.scope import scope_of
from instanceview.model.document import Document, Origin
from instanceview.places.source import Source
from instanceview.reading.depth import documents_in_json
from instanceview.reading.inputs import read_all
from instanceview.rules import RULES
from instanceview.tables.catalog import api_versions
from instanceview.tables.kinds import MACHINES
from instanceview.tables.resolve import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.finding import Finding

DATA = Path(__file__).parents[1] / "data"


@cache
def captured(shared: Path) -> list[dict[str, Any]]:
    lines = [
        (shared / "captures" / "documents" / f"{kind}.ndjson").read_text("utf-8").splitlines() for kind in MACHINES
    ]
    return [line for each in lines for line in map(json.loads, each) if line["kind"] == "document"]


def rules_of(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.pointer) for finding in findings]


def of_text(body: object, kind: str, version: str) -> Document:
    """Return a document with its JSON text, so that it goes through the gate for texts."""
    text = json.dumps(body)
    return Document(body, Origin("x"), kind, version, source=Source(text), may_repeat_keys=True, data=text.encode())


@cache
def sampled() -> list[Document]:
    """Return the documents of samples and of what people hold, many of them printed by a client."""
    folders = [*(SAMPLES / name for name in ("conformant", "nonconformant", "page", "captures")), DATA / "artefacts"]
    return [each for each in read_all(map(str, folders)) if isinstance(each, Document)]


def test_samples_have_the_same_findings_with_and_without_the_gate() -> None:
    found = [check_document(each) for each in sampled()]
    assert [check_document(each, many=True) for each in sampled()] == found
    assert sum(map(bool, found)) > 200
    assert sum(bool(each.written_by) for each in sampled()) > 30


@pytest.mark.parametrize("body", [[], [{"vmAgent": 1}], "a", 1, None], ids=repr)
def test_what_is_not_an_object_has_no_finding(body: object) -> None:
    for many in (False, True):
        assert check_document(Document(body, Origin("x"), "vm"), many=many) == ()
    assert tables_for(Document(body, Origin("x"), None, "2024-07-01"))[:2] == ("vmss-vm", "2024-07-01")


def test_a_change_of_one_value_of_a_sample_is_never_missed() -> None:
    for number, document in enumerate(sampled()[::7]):
        for path in [*spoilt(document.body)][number % 5 :: 5]:
            body = changed(document.body, path, OTHER_VALUES[(number + len(path)) % len(OTHER_VALUES)])
            by_text = of_text(body, document.kind or "vm", document.api_version or api_versions()[-1])
            by_value = by_text._replace(source=None, data=None, may_repeat_keys=False)
            expected = rules_of(check_document(by_text))
            for each in (by_text, by_value):
                assert rules_of(check_document(each, many=True)) == expected, (document.origin, path)


def test_captures_have_the_same_findings_with_and_without_the_gate(shared: Path) -> None:
    passed = let_through = 0
    for line in captured(shared):
        for version in (line["apiVersion"], api_versions()[-1]):
            document = Document(line["document"], Origin("x"), line["operation"], version)
            expected = rules_of(check_document(document))
            assert rules_of(check_document(document, many=True)) == expected, line["id"]
            with_text = of_text(line["document"], line["operation"], version)
            assert rules_of(check_document(with_text, many=True)) == expected, line["id"]
            passed += not expected
            kind = text_gate(line["operation"], version or api_versions()[-1])(with_text.data or b"")
            assert kind in {None, line["operation"]}
            let_through += kind is not None
    assert passed > 5000
    assert let_through > 0.98 * passed


def spoilt(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 (any JSON value)
    """Yield the path of every scalar in a value."""
    if isinstance(value, (dict, list)):
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from spoilt(item, (*path, step))
    else:
        yield path


def changed(value: Any, path: tuple[Any, ...], new: object) -> Any:  # noqa: ANN401 (any JSON value)
    """Return a copy of a value with another one at a path."""
    copy = holder = deepcopy(value)
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = new
    return copy


OTHER_VALUES = (
    "",
    "Info",
    "Warning",
    "PowerState/running",
    "ProvisioningState/succeeded",
    "<null>",
    "Unknown",
    -1,
    None,
)


def test_a_change_of_one_value_is_never_missed(shared: Path) -> None:
    for line in captured(shared)[::150]:
        for number, path in enumerate(spoilt(line["document"])):
            body = changed(line["document"], path, OTHER_VALUES[number % len(OTHER_VALUES)])
            document = of_text(body, line["operation"], line["apiVersion"])
            assert rules_of(check_document(document, many=True)) == rules_of(check_document(document)), (
                line["id"],
                path,
            )


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        ('{"statuses": [{"code": "PowerState/running"}]}', []),
        ('{"statuses":[],"statuses":[]}', ["/statuses"]),
        ('{"statuses" :[],"statuses": []}', ["/statuses"]),
        ('{"statuses":[],"\\u0073tatuses":[]}', ["/statuses"]),
        ('{"computerName":"a","computerName":"\\u003a"}', ["/computerName"]),
        ('{"computerName":"a\\":","computerName":"a"}', ["/computerName"]),
        ('{"computerName":"caf\\u00e9 \\u2603"}', []),
        ('{"computerName":"caf\\u00e9","computerName":"caf\\u00e9"}', ["/computerName"]),
        ('{"computerName":"a","comput\\u0065rName":"\\u003A"}', ["/computerName"]),
        ('{"statuses":[{"code":"PowerState/running","code":"PowerState/running"}]}', ["/statuses/0/code"]),
    ],
)
def test_a_repeated_key_is_found_although_its_value_is_fine(text: str, repeated: list[str]) -> None:
    (document,) = documents_in_json(text.encode(), json.loads(text), Origin("x"), Source(text))
    assert isinstance(document, Document)
    document = document._replace(kind="vmss-vm")
    assert rules_of(check_document(document, many=True)) == [("duplicate-key", each) for each in repeated]
    assert (text_gate("vmss-vm", "2024-07-01")(text.encode()) is None) == bool(repeated)


def test_a_document_without_kind_passes_as_what_its_shape_is(shared: Path) -> None:
    for line in captured(shared):
        text = json.dumps(line["document"]).encode()
        version = line["apiVersion"] or api_versions()[-1]
        kind = text_gate(None, version)(text)
        if kind:
            assert kind == kind_of(line["document"], version), line["id"]
            assert not check_document(Document(line["document"], Origin("x"), kind, version)), line["id"]


def test_a_document_that_may_be_of_several_kinds_does_not_pass_without_one() -> None:
    provisioned, running = (
        {"code": code, "level": "Info"} for code in ("ProvisioningState/succeeded", "PowerState/running")
    )
    views: tuple[tuple[dict[str, Any], str | None], ...] = (
        ({"statuses": [provisioned]}, None),
        ({"statuses": []}, None),
        ({"statuses": [provisioned, running]}, "vmss-vm"),
        ({"statuses": [provisioned], "disks": []}, "vmss-vm"),
        ({"statuses": [provisioned], "virtualMachine": {}}, "vmss"),
    )
    for view, kind in views:
        assert text_gate(None, "2024-07-01")(json.dumps(view).encode()) == kind, view
        assert bool(check_document(Document(view, Origin("x"), None, "2024-07-01"))) == (kind is None), view


def test_a_colon_that_is_escaped_hides_no_repeated_key() -> None:
    passes = text_gate("vmss-vm", "2024-07-01")
    once = rb'{"computerName":"a","osName":"b","osVersion":"\u003a"}'
    assert passes(once.replace(rb"\u003a", b":"))
    assert not passes(once.replace(b'"osName":"b"', b'"osName":"b","osName":"b"'))


def test_an_empty_document_does_not_pass_without_its_kind() -> None:
    assert text_gate(None, "2024-07-01")(b"{}") is None
    assert text_gate("vm", "2024-07-01")(b"{}") == "vm"


def test_a_number_passes_from_0_to_the_largest_of_32_bits() -> None:
    passes = text_gate("vmss-vm", "2024-07-01")
    found = [bool(passes(b'{"platformFaultDomain":%d}' % number)) for number in (-1, 0, 1, 2**31 - 1, 2**31, 2**32)]
    assert found == [False, True, True, True, False, False]


def test_a_member_of_which_each_listed_value_is_reported_has_no_text_that_passes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(types, "is_reported", lambda *_: True)
    type_ = clean_type(scope_of("vm", "2024-07-01"))
    assert msgspec.to_builtins(msgspec.json.decode(b'{"osName": "a"}', type=type_)) == {"osName": "a"}
    for text in ("V1", "V2", "V", ""):
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(json.dumps({"hyperVGeneration": text}), type=type_)


def test_every_rule_of_the_walk_says_when_it_need_not_be_asked() -> None:
    """Rules declare conditions for most values; a rule that declares none takes time for every document."""
    hooks = {"text", "time", "status", "statuses", "named", "document"}
    silent = [rule.name for rule in RULES if hooks & set(rule.hooks) and not rule.reads and not rule.quiet]
    assert silent == []


@pytest.mark.parametrize(
    "message",
    ["password=hunter2", "PassWord: hunter22", "<name>", "\u00e9", "{Name}", "a\\u0041", "eyJhbGciOiJIUzI1NiJ9.e30.x"],
)
def test_what_a_scan_of_several_texts_passes_each_scan_passes(message: str) -> None:
    """A text with something in it is found among others, wherever it is; the others pass."""
    clean = [
        json.dumps({"statuses": [{"code": "PowerState/running", "message": f"m{at}"}]}).encode() for at in range(40)
    ]
    texts = [*clean]
    marked = json.dumps({"statuses": [{"code": "PowerState/running", "message": message}]}, ensure_ascii=False).encode()
    gate, are_quiet = text_gate("vm", "2024-07-01"), texts_gate("vm", "2024-07-01")
    alone = [gate(text) for text in clean]
    for at in (0, 5, 39):
        texts[at] = marked
        for start in range(0, len(texts), TOGETHER):
            some = texts[start : start + TOGETHER]
            if are_quiet(some):
                assert marked not in some
                assert list(map(gate, some, [True] * len(some))) == alone[start : start + TOGETHER]
            else:
                assert marked in some
        texts[at] = clean[at]


OPEN = Shortcut(is_open=True, needed=(), quiet=(), reads=())
NEEDED = Shortcut(is_open=False, needed=((lambda _: False,),), quiet=(), reads=("code",))


@pytest.mark.parametrize("declared", [OPEN, NEEDED], ids=["nothing", "a function"])
def test_rules_whose_declarations_allow_no_skip_are_asked_about_each_value(
    declared: Shortcut, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(structure, "shortcut", lambda _hook: declared)
    type_ = clean_type(scope_of("vm", "2024-07-01"))
    is_clean = structure.structure_check.__wrapped__("vm", "2024-07-01")
    codes = ("PowerState/running", "PowerState/gone", "PowerState/running", "PowerState/stopped")
    views = [msgspec.convert({"statuses": [{"code": code, "level": "Info"}]}, type_) for code in codes]
    assert list(map(is_clean, views)) == [True, False, True, True]
