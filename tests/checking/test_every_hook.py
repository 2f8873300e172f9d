"""A new rule is asked at every hook, by every route, for few documents and for many."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, get_args

import pytest
from extended import extended

from instanceview.rules import rules_for
from instanceview.rules.site import OFF, Hook

if TYPE_CHECKING:
    from pathlib import Path

    from extended import Extended

pytestmark = pytest.mark.slow

CLEAN = json.dumps(
    {
        "platformFaultDomain": 1,
        "computerName": "web_0",
        "vmAgent": {
            "extensionHandlers": [{"type": "a.b", "typeHandlerVersion": "1.0"}],
            "statuses": [{"code": "ProvisioningState/succeeded", "level": "Info", "time": "2024-07-01T12:00:00Z"}],
        },
        "disks": [{"name": "os"}, {"name": "data"}],
    }
)
VERSION = "2024-07-01"
OF_CLEAN = {"time", "code", "open", "text", "number", "status", "statuses", "named", "document"}
HOOKS = [hook for hook in get_args(Hook) if hook not in {"unlisted", "guessed"}]
# The fast path never passes a document with a violation, so fewer of these documents prove as much.
LINES = {"compiled": (30_000, 3_000), "reference": (300, 300)}

# Prints the rule and pointer of each finding, by each function of the Python interface.
PROGRAM = """
import json, sys
from instanceview import check, check_chunk, check_text
text, chosen = sys.argv[1], json.loads(sys.argv[2])
def found(report):
    return sorted([each.rule, each.pointer] for each in report.findings)
routes = {"check": found(check(json.loads(text), **chosen)), "check_text": found(check_text(text, **chosen))}
for lines in (1, 2, 1_000):
    chunk = check_chunk(b"\\n".join([text.encode()] * lines), **chosen)
    routes[f"check_chunk of {lines}"] = found(chunk)[::lines]
    assert len(chunk.findings) == lines * len(routes[f"check_chunk of {lines}"])
print(json.dumps(routes))
"""


def document(hook: str) -> tuple[str, str, str]:
    """Return the text of a document that has the hook, on one line, its kind and its api-version."""
    if hook in OF_CLEAN:
        return CLEAN, "vmss-vm", VERSION
    bad = next(rule for rule in reversed(rules_for(hook)) if hook in rule.hooks).bad
    return " ".join(bad.text.split("\n")), bad.shown_as, bad.api_version or VERSION


def files(folder: Path, text: str, kind: str, version: str) -> dict[str, tuple[Path, int]]:
    """Return a file of each form, and the number of times it holds the document."""
    places = {"vm": "virtualMachines/a", "vmss": "virtualMachineScaleSets/a"}
    place = places.get(kind, "virtualMachineScaleSets/a/virtualMachines/0")
    url = f"https://management.azure.com/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/{place}"
    entry = {"RequestUri": f"{url}/instanceView?api-version={version}", "RequestMethod": "GET", "StatusCode": 200}
    texts = {
        "one.json": (text, 1),
        "two.ndjson": (f"{text}\n{text}\n", 2),
        "three.json": (f"[{text}, {text}, {text}]", 3),
        "recording.json": (json.dumps({"Entries": [{**entry, "ResponseBody": text}], "Variables": {}}), 1),
    }
    for name, (content, _) in texts.items():
        (folder / name).write_text(content, "utf-8")
    return {name: (folder / name, count) for name, (_, count) in texts.items()}


def counted(report: dict[str, Any]) -> Counter[tuple[str, str]]:
    return Counter((finding["rule"], finding["pointer"]) for finding in report["findings"])


def asking(copy: Extended, hook: str) -> list[str]:
    """Return the option that asks for the rule of the copy, where the rules of its hook are off by default."""
    return ["--extend-select", copy.rule] if hook in OFF else []


@pytest.fixture
def copy(tmp_path: Path, hook: str) -> Extended:
    return extended(tmp_path, hook)


@pytest.mark.parametrize("hook", HOOKS)
def test_a_rule_without_a_declaration_is_asked_by_every_route(copy: Extended, hook: str, tmp_path: Path) -> None:
    text, kind, version = document(hook)
    selected = {"extend_select": [copy.rule]} if hook in OFF else {}
    chosen = {"kind": kind, "api_version": version, **selected}
    routes = copy.python(PROGRAM, text, json.dumps(chosen))
    expected = Counter((rule, pointer) for rule, pointer in routes["check_text"])
    assert any(rule == copy.rule for rule, _ in expected)
    # A Python value has no text, so none of its keys occurs twice.
    assert {name: found for name, found in routes.items() if found != routes["check_text"]} == (
        {"check": []} if hook == "duplicate" else {}
    )
    options = ["--kind", kind, "--api-version", version, *asking(copy, hook)]
    places = files(tmp_path, text, kind, version)
    if hook == "written-by":
        del places["recording.json"]  # the service wrote the answers of a recording
    for path, count in places.values():
        for jobs in ("1", "2"):
            found = counted(copy.check(str(path), *options, "--jobs", jobs))
            assert found == Counter({place: each * count for place, each in expected.items()}), (path.name, jobs)


@pytest.mark.parametrize("hook", HOOKS)
@pytest.mark.parametrize("engine", LINES)
def test_it_is_asked_about_each_of_many_lines(copy: Extended, hook: str, engine: str, tmp_path: Path) -> None:
    text, kind, version = document(hook)
    lines = LINES[engine][hook not in OF_CLEAN]
    options = ["--kind", kind, "--api-version", version, "--engine", engine, *asking(copy, hook)]
    (tmp_path / "one.json").write_text(text, "utf-8")
    one = copy.check(str(tmp_path / "one.json"), *options)["summary"]["findings"]
    many = tmp_path / "many.ndjson"
    many.write_text(f"{text}\n" * lines, "utf-8")
    for jobs in ("1", "2"):
        summary = copy.check(str(many), *options, "--jobs", jobs, "--max-findings", "1")["summary"]
        assert summary["findings"] == {severity: lines * count for severity, count in one.items()}, jobs
        assert summary["documents"] == lines


@pytest.mark.parametrize("hook", ["unlisted", "guessed"])
def test_a_rule_for_what_nobody_said_is_asked_too(copy: Extended, hook: Hook, tmp_path: Path) -> None:
    (rule,) = rules_for(hook)
    (tmp_path / "recording.json").write_text(rule.bad.text, "utf-8")
    (tmp_path / "again.json").write_text(rule.bad.text, "utf-8")
    for jobs in ("1", "2"):
        found = counted(copy.check("recording.json", "again.json", "--jobs", jobs))
        assert [count for (name, _), count in found.items() if name == copy.rule] == [2]


# A hook, when a rule there reports a value, what the rule declares, and members of a document that is reported.
DECLARED: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "members of the items of a list": (
        "statuses",
        "any(each.get('level') == 'Warning' for each in value)",
        'reads=("code", "level")',
        {"statuses": [{"code": "PowerState/running"}, {"code": "ProvisioningState/updating", "level": "Warning"}]},
    ),
    "lists that are shorter": (
        "named",
        "len(value) > 2",
        'quiet={"named": (Fewer(3),)}',
        {"disks": [{"name": "a"}, {"name": "b"}, {"name": "c"}]},
    ),
    "items that differ": (
        "named",
        "len({each['name'].lower() for each in value}) < len(value)",
        'quiet={"named": (Distinct(("name",)),)}',
        {"disks": [{"name": "a"}, {"name": "A"}]},
    ),
    "an expression": ("text", "'zz' in value", 'quiet={"text": (Without(("z+z",)),)}', {"computerName": "azz"}),
    "an expression that is not scanned for": (
        "text",
        "value.startswith('bad')",
        'quiet={"text": (Without(("^bad",)),)}',
        {"computerName": "bad0"},
    ),
    "a shape": (
        "time",
        "value[:1] != '2'",
        'quiet={"time": (Like((chain("2"), (chain("0-9T:.Z+\\\\-")[0]._replace(repeats=True),))),)}',
        {"statuses": [{"code": "PowerState/running", "time": "1999-07-01T12:00:00Z"}]},
    ),
    "numbers": ("number", "value < 5", 'quiet={"number": (AtLeast(5),)}', {"platformUpdateDomain": 4}),
    "a predicate on a number": (
        "number",
        "value > 900",
        'quiet={"number": (lambda value: value < 900,)}',
        {"platformUpdateDomain": 901},
    ),
    "a predicate on a status": (
        "status",
        "value.get('displayStatus') == 'odd'",
        'quiet={"status": (lambda value: value.get("displayStatus") != "odd",)}',
        {"statuses": [{"code": "PowerState/running", "displayStatus": "odd"}]},
    ),
    "a member of the document": (
        "document",
        "value.get('computerName') == 'a'",
        'reads=("computerName",)',
        {"computerName": "a"},
    ),
    "an expression in any text": (
        "document",
        "'qq' in value.get('computerName', '')",
        'quiet={"document": (Without(("qq",)),)}',
        {"computerName": "qq"},
    ),
}
PLAIN = {
    "platformUpdateDomain": 5,
    "disks": [{"name": "a"}, {"name": "b"}],
    "statuses": [{"code": "PowerState/running", "level": "Info", "time": "2024-07-01T12:00:00Z"}],
}


@pytest.mark.parametrize("case", DECLARED)
def test_a_declaration_hides_nothing_that_its_rule_reports(case: str, tmp_path: Path) -> None:
    hook, condition, declaration, members = DECLARED[case]
    copy = extended(tmp_path, hook, condition, declaration)
    reported, plain = json.dumps({**PLAIN, **members}), json.dumps({**PLAIN, "computerName": "web"})
    (tmp_path / "many.ndjson").write_text(f"{plain}\n{plain}\n{reported}\n" * 3000, "utf-8")
    options = ["--kind", "vmss-vm", "--api-version", VERSION, "--select", copy.rule]
    for lines, jobs in ((3000, "1"), (3000, "2")):
        report = copy.check("many.ndjson", *options, "--jobs", jobs)
        assert report["summary"]["findings"] == {"error": 0, "warning": 0, "note": lines}
        assert {finding["origin"]["line"] % 3 for finding in report["findings"]} == {0}
