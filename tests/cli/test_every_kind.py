"""Each kind has what every kind has, by the same commands: a new kind is tried without a line here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from command_cases import invoke
from jsonschema import Draft7Validator

from instanceview.tables.catalog import UNVERSIONED, versions_of
from instanceview.tables.descent import below
from instanceview.tables.elements import tree
from instanceview.tables.kinds import KIND_VALUES, KINDS, MACHINES
from instanceview.tables.vocabulary import categories_by_element

if TYPE_CHECKING:
    from collections.abc import Callable

    from instanceview.literals import KindName


def output(*arguments: str, stdin: str = "") -> str:
    """Return the output of a command that succeeds, its lines joined."""
    text, code = invoke(*arguments, stdin=stdin)
    assert code == 0, text
    return text


def generated(kind: KindName, *more: str) -> str:
    return output("generate", "--kind", kind, "--format", "ndjson", *more)


def elements(kind: KindName) -> list[str]:
    """Return the elements of a kind at its newest api-version, in document order."""
    return [each.path for each in below(tree(kind)) if each.path and each.documented_at(versions_of(kind)[-1])]


def generate(kind: KindName) -> None:
    lines = generated(kind, "--scenario", "all", "--count", "5", "--vary")
    report = json.loads(output("check", "-", "--kind", kind, "--format", "json", stdin=lines))
    found = [each for each in report["findings"] if each["severity"] != "note"]
    assert (report["summary"]["documents"], found, report["unreadable"]) == (5, [], [])


def spoil(kind: KindName) -> None:
    text, code = invoke(
        *("check", "-", "--kind", kind, "--format", "json", "--exit-zero"),
        stdin=generated(kind, "--spoil", "undocumented-element"),
    )
    found = json.loads(text)["findings"]
    assert (code, [(each["rule"], each["kind"]) for each in found]) == (0, [("undocumented-element", kind)])


def state(kind: KindName) -> None:
    text = output("state", "-", "--kind", kind, "--format", "json", stdin=generated(kind))
    states = json.loads(text.partition("\n]")[0] + "]")
    assert [each["kind"] for each in states] == [kind]
    assert kind in MACHINES or KIND_VALUES[kind].subject in states[0]["text"]


def report(kind: KindName) -> None:
    text = output("report", "-", "--kind", kind, "--json", "-", stdin=generated(kind, "--count", "3"))
    (table,) = json.loads(text.partition("\n}")[0] + "}")["tables"]
    assert (table["kind"], table["documented"]) == (kind, len(elements(kind)))
    assert 0 < table["seen"] <= table["documented"]


def tables(kind: KindName) -> None:
    rows = json.loads(output("tables", "--kind", kind, "--format", "json"))
    assert [row["element"] for row in rows["elements"]] == elements(kind)
    assert output("tables", elements(kind)[0], "--kind", kind).startswith(kind)


def explain(kind: KindName) -> None:
    assert f"{kind}: {elements(kind)[0]} · " in output("explain", "--element", elements(kind)[0])


def code(kind: KindName) -> None:
    text, exit_code = invoke("code", "--kind", kind, "--format", "json")
    places = {row["place"] for row in json.loads(text)["codes"]}
    assert (places, exit_code) == (set(categories_by_element(kind)), 0 if places else 1)


def versions(kind: KindName) -> None:
    if versions_of(kind) == (UNVERSIONED,):
        assert f"{kind} has no api-version; " in invoke("api-versions", "--kind", kind)[0]
        return
    listed = json.loads(output("api-versions", "--kind", kind, "--format", "json"))
    assert [row["apiVersion"] for row in listed["apiVersions"]] == list(versions_of(kind))
    first, last = versions_of(kind)[0], versions_of(kind)[-1]
    assert output("diff", first, last, "--kind", kind).startswith(f"{kind} from {first} to {last}")


def schema(kind: KindName) -> None:
    for version in (versions_of(kind)[0], versions_of(kind)[-1]):
        content = json.loads(output("schema", kind, "--api-version", version))
        documents = generated(kind, "--api-version", version, "--count", "3", "--vary").splitlines()
        assert not [each for each in documents if not Draft7Validator(content).is_valid(json.loads(each))]


CAPABILITIES: tuple[Callable[[KindName], None], ...] = (
    *(generate, spoil, state, report),
    *(tables, explain, code, versions, schema),
)


@pytest.mark.parametrize("capability", CAPABILITIES, ids=lambda each: each.__name__)
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_what_every_kind_has(kind: KindName, capability: Callable[[KindName], None]) -> None:
    capability(kind)


@pytest.mark.parametrize("command", ["check", "state", "report", "tables", "code", "generate", "api-versions", "diff"])
def test_help_lists_every_kind_machine_documents_first(command: str) -> None:
    text = " ".join(output(command, "--help").split()).replace("- ", "-")
    assert all(kind in text for kind in KINDS)
    assert text.index(MACHINES[-1]) < text.index(KINDS[len(MACHINES)])
