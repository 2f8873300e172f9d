"""The schemas and the vocabulary against the published facts: nothing is missing, nothing is added.

The facts are not committed; where they are absent, a committed digest of the schemas takes their place.
After a wanted change of the element tables, and with the facts at hand, `python tests/regenerate.py` writes it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from facts import ALL, DIGEST, FAMILY, digests, fact_rows, read, schema_rows

from instanceview import StatusCode, api_versions, vocabulary
from instanceview.tables.catalog import tables_json
from instanceview.tables.vocabulary import categories_by_element, state_of

if TYPE_CHECKING:
    from pathlib import Path

    from instanceview.tables.vocabulary import State

each_schema = pytest.mark.parametrize(("version", "kind"), ALL, ids=[f"{version}-{kind}" for version, kind in ALL])


def versions_of_facts(shared: Path) -> list[str]:
    return (shared / "facts" / "api-versions.txt").read_text("utf-8").split()


def test_api_versions_are_those_of_the_facts_and_later_ones(shared: Path) -> None:
    facts = versions_of_facts(shared)
    assert list(api_versions())[: len(facts)] == facts


@each_schema
def test_schema_says_what_the_facts_say(shared: Path, version: str, kind: str) -> None:
    if version > versions_of_facts(shared)[-1]:
        pytest.skip("the facts are older than this api-version")
    if kind not in {fact["document"] for fact in (*read(shared, "elements.csv"), *read(shared, FAMILY))}:
        pytest.skip("the facts do not have this kind")
    assert schema_rows(version, kind) == fact_rows(shared, version, kind)


def test_schemas_say_what_they_said_when_the_facts_were_at_hand() -> None:
    committed = json.loads(DIGEST.read_text("utf-8"))
    now = digests()
    assert list(committed) == list(now)
    differing = [name for name, digest in now.items() if digest != committed[name]]
    assert differing == [], "after a wanted change, and with the facts at hand, run python tests/regenerate.py"


OF_FAMILY = {
    "(dedicated host": "dedicated-host",
    "(cloud service": "cloud-service",
    "(cloud service role instance": "cloud-service-role-instance",
}
"""The kinds of containers in the facts about codes."""


def place_of(element: str) -> tuple[str, tuple[str, ...]]:
    """Return the place, and the kinds that have it, of an element as status-codes-observed.csv names it."""
    container, _, path = element.rpartition(") ")
    path = path.replace("[]", "")
    if container == "(scale-set summary":
        return path, ("vmss",)
    if container in OF_FAMILY:
        return path, (OF_FAMILY[container],)
    # The instance view of an extension resource holds the same statuses one level up.
    return (f"extensions.{path}" if container == "(extension resource" else path), ("vmss-vm", "vm")


def classified(element: str, kind: str, code: str) -> tuple[StatusCode, State | None]:
    """Return a parsed code, and its entry in the vocabulary at a place."""
    bare = element == "bootDiagnostics.status"
    parsed = StatusCode.parse(code, bare=bare)
    assert str(parsed) == code
    categories = categories_by_element(kind)[element]
    state = categories["errorcode"].states.get(code.lower()) if bare else state_of(categories, parsed)
    if state is None or parsed.detail is None or is_number(parsed.detail):
        return parsed, state
    return parsed, state.details.get(parsed.detail.lower())


def is_number(detail: str | None) -> bool:
    return re.fullmatch(r"-?[0-9]+", detail or "") is not None


def test_every_observed_code_is_known_at_its_place(shared: Path) -> None:
    facts = read(shared, "status-codes-observed.csv")
    assert len(facts) == 118
    for fact in facts:
        where = f"{fact['element']} {fact['code']}"
        element, kinds = place_of(fact["element"])
        for kind in kinds:
            parsed, state = classified(element, kind, fact["code"])
            assert state is not None, f"{kind} {where}"
            assert "observed" in state.basis, f"{kind} {where}"
            level = (state.numbered or state).level if is_number(parsed.detail) else state.level
            levels = {pair.split(":")[0] for pair in fact["levels"].split("|")}
            assert levels == {level or "null"}, f"{kind} {where}"


# The places of the published codes that belong to our documents.
PUBLISHED_AT = {
    "vm statuses": ("statuses", ("vmss-vm", "vm")),
    "vmss vm statuses": ("statuses", ("vmss-vm",)),
    "extension statuses": ("extensions.statuses", ("vmss-vm", "vm")),
    "extension substatus": ("extensions.substatuses", ("vmss-vm", "vm")),
    "vmHealth": ("vmHealth.status", ("vmss-vm", "vm")),
    "patchStatus.configurationStatuses": ("patchStatus.configurationStatuses", ("vm",)),
}
PAGE_PLACEHOLDER = "ProvisioningState/<handlerStatus>/<code>"


def test_every_published_code_is_known_at_its_place_or_as_of_elsewhere(shared: Path) -> None:
    elsewhere = tables_json()["statusCodes"]["elsewhere"]
    facts = read(shared, "status-codes-published.csv")
    assert len(facts) == 28
    for fact in facts:
        where = f"{fact['element']} {fact['code']}"
        if fact["code"] == PAGE_PLACEHOLDER:
            assert str(StatusCode.parse(fact["code"])) == fact["code"]
            continue
        if fact["element"] not in PUBLISHED_AT:
            assert fact["code"] in {*elsewhere, *map(str, vocabulary())}, where
            continue
        element, kinds = PUBLISHED_AT[fact["element"]]
        for kind in kinds:
            _, state = classified(element, kind, fact["code"])
            assert state is not None, f"{kind} {where}"
            assert {"page", "published"} & set(state.basis), f"{kind} {where}"
