"""The sources: each address is public and has one form, every api-version has one, and they are shown where due."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import yaml
from command_cases import invoke

from instanceview import api_versions, check_text
from instanceview.derive import indexes
from instanceview.reporting import FORMATS, Layout, pieces
from instanceview.reporting.rule_help import help_markdown, help_text, rule_link
from instanceview.rules import RULES
from instanceview.tables.catalog import schemas_folder, versions_of
from instanceview.tables.kinds import KINDS, MACHINES
from instanceview.tables.sources import BASES, link, links, meaning

if TYPE_CHECKING:
    from pathlib import Path

    from instanceview.rules.rule import Rule

SOURCES: dict[str, Any] = yaml.safe_load((schemas_folder() / "sources.yaml").read_text("utf-8"))
HOSTS = {"learn.microsoft.com", "github.com"}
"""The hosts that an address may have."""
FORMS = {
    "page": r"https://learn\.microsoft\.com/en-us/rest/api/compute/[a-z-]+/(get-)?instance-view(\?view=rest-compute-{})?",
    "service": r"https://github\.com/Azure/azure-rest-api-specs/blob/[0-9a-f]{{40}}/specification/compute/\S+/{}/\w+\.json",
}
EVERY = [(kind, version) for kind in MACHINES for version in versions_of(kind)]
NOT_A_HOST = "instanceview.example"
"""The reserved host of the schemas' ids, which are names."""
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def test_every_api_version_has_its_definitions_or_says_that_there_are_none() -> None:
    assert tuple(SOURCES["definitions"]) == api_versions()
    assert set(SOURCES["editions"]) <= set(api_versions())
    assert set(SOURCES["pages"]) == set(KINDS)
    for version, address in SOURCES["definitions"].items():
        at = [kind for kind in MACHINES if version in versions_of(kind)]
        assert address is None or isinstance(address, str) or set(address) == set(at), version


@pytest.mark.parametrize(("kind", "version"), EVERY, ids=[f"{kind}-{version}" for kind, version in EVERY])
def test_every_address_is_public_and_names_its_api_version(kind: str, version: str) -> None:
    known = links(kind, version)
    assert set(known) <= set(FORMS)
    assert "page" in known
    for basis, address in known.items():
        assert re.fullmatch(FORMS[basis].format(re.escape(version)), address), address
        assert (urlsplit(address).scheme, urlsplit(address).hostname in HOSTS) == ("https", True)
    listed = SOURCES["definitions"][version]
    assert ("service" in known) is bool(listed.get(kind) if isinstance(listed, dict) else listed)


def test_pages_differ_by_kind_and_definitions_by_api_version() -> None:
    assert len(set(SOURCES["pages"].values())) == len(KINDS)
    for kind in MACHINES:
        addresses = [links(kind, version).get("service") for version in versions_of(kind)]
        assert len({each for each in addresses if each}) == sum(each is not None for each in addresses)


def test_an_address_is_that_of_the_first_basis_that_has_one() -> None:
    kind, version = MACHINES[0], "2024-07-01"
    known = links(kind, version)
    assert link(("service", "page"), kind, version) == known["service"]
    assert link(("observed", "service"), kind, version) == known["service"]
    assert link(("published", "observed"), kind, version) == known["page"]
    assert link(("service",), kind) == links(kind, versions_of(kind)[-1])["service"]


def test_the_numbers_of_captures_are_those_that_were_counted(shared: Path) -> None:
    files = [(shared / "captures" / "documents" / f"{kind}.ndjson").read_bytes() for kind in MACHINES]
    captures = [json.loads(line) for file in files for line in file.splitlines()]
    real = [each for each in captures if each["real"] and each["kind"] == "document"]
    assert len(real) == SOURCES["captures"]["elements"]


@each_rule
def test_a_rule_has_the_address_and_meaning_of_each_basis(rule: Rule) -> None:
    known = links(rule.bad.shown_as, rule.bad.api_version or versions_of(rule.bad.shown_as)[-1])
    text, _ = invoke("explain", rule.name)
    for shown in (text, help_text(rule), help_markdown(rule)):
        for basis in rule.basis:
            assert known.get(basis, "") in shown
            assert meaning(basis) in " ".join(shown.split())
    assert rule_link(rule) in known.values()


def test_an_element_is_explained_with_its_sources() -> None:
    known = links("vm", "2016-03-30")
    command = ("tables", "vmAgent", "--kind", "vm", "--api-version", "2016-03-30")
    text, _ = invoke(*command)
    assert f"\n          {known['service']}\n" in text
    assert meaning("service") in text
    assert meaning("observed", "elements") in text
    assert meaning("page") not in text  # no page describes this kind
    markdown, _ = invoke(*command, "--format", "markdown")
    assert f"- [service]({known['service']}): {meaning('service')}\n" in markdown
    assert json.loads(invoke(*command, "--format", "json")[0])["sources"] == known


def test_an_element_of_several_kinds_has_the_sources_of_each() -> None:
    newest = {kind: links(kind, versions_of(kind)[-1]) for kind in ("vmss-vm", "vm")}
    for form in ("text", "markdown"):
        shown, _ = invoke("explain", "--element", "vmAgent.statuses.level", "--format", form)
        assert newest["vmss-vm"]["page"] in shown
        assert newest["vmss-vm"]["service"] in shown
        assert newest["vm"]["service"] in shown
        assert meaning("observed", "elements") in shown


def test_a_difference_has_the_definitions_of_both_api_versions() -> None:
    text, _ = invoke("diff", "2024-07-01", "2025-04-01", "--kind", "vmss")
    for version in ("2024-07-01", "2025-04-01"):
        assert f"vmss at {version}: {links('vmss', version)['service']}\n" in text
    assert "https://" not in invoke("diff", "2024-07-01", "2024-07-01")[0]


def test_the_indexes_have_every_address() -> None:
    elements = indexes()["ELEMENTS.md"]
    for kind, version in EVERY:
        assert f"({links(kind, version).get('service', '')})" in elements
    for basis in BASES[:2]:
        assert f"]({links(MACHINES[0], versions_of(MACHINES[0])[-1])[basis]}): {meaning(basis)}" in elements


def test_no_output_has_a_link_to_a_host_that_does_not_exist() -> None:
    report = check_text('{"vmAgent": 1, "statuses": [{"code": "PowerState/runing"}]}')
    outputs = {name: "".join(pieces(name, report, Layout())) for name in FORMATS}
    outputs |= indexes()
    outputs |= {rule.name: invoke("explain", rule.name, "--format", "markdown")[0] for rule in RULES}
    outputs |= {"element": invoke("explain", "--element", "statuses", "--format", "markdown")[0]}
    assert [name for name, text in outputs.items() if NOT_A_HOST in text] == []
