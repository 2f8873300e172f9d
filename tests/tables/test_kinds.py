"""Every kind is complete, and its shape is recognised in a document and in a view of its own members alike."""

from __future__ import annotations

from itertools import chain, combinations, product
from typing import Any

import pytest

from instanceview.reading.operation import request_of
from instanceview.tables.catalog import api_versions, known_versions, schemas_folder, versions_of
from instanceview.tables.elements import tree
from instanceview.tables.kinds import KIND_VALUES, KINDS, MACHINE_VALUES, MACHINES, Kind, any_of, is_of_page
from instanceview.tables.resolve import _listed, choose_tables, kind_of, shape_within

each_kind = pytest.mark.parametrize("kind", KIND_VALUES.values(), ids=KINDS)
PARTS: dict[str, Any] = {
    "placementGroupId": "x",
    "patchStatus": {},
    "computerName": "app",
    "statuses": [],
    "virtualMachine": {"statusesSummary": []},
    "extensions": [],
    "orchestrationServices": [],
    "vmHealth": {},
}
BODIES = [
    {name: PARTS[name] for name in names}
    for names in chain.from_iterable(combinations(PARTS, size) for size in range(len(PARTS) + 1))
]


@each_kind
def test_a_kind_has_a_table_and_words_of_its_own(kind: Kind) -> None:
    assert (schemas_folder() / "elements" / f"{kind.model}.yaml").is_file()
    assert all((kind.holder, kind.about, kind.subject, kind.views or kind.resources or kind.answers))
    assert kind.since in {"", *known_versions()}
    for others in (each for each in KIND_VALUES.values() if each != kind):
        assert {kind.model, kind.holder, kind.about}.isdisjoint({others.model, others.holder, others.about})
        assert set(kind.views + kind.resources).isdisjoint(others.views + others.resources)


def written(url: str) -> list[str]:
    """Return the paths of a URL pattern, with and without its optional parts."""
    before, _, rest = url.partition("[")
    if not rest:
        return [before.replace("{", "a-").replace("}", "")]
    inside, _, after = rest.partition("]")
    ends = written(after)
    return [f"{start}{end}" for start, end in product(written(before + inside) + written(before), ends)]


@each_kind
def test_the_urls_of_a_kind_are_recognised(kind: Kind) -> None:
    for urls, embedded in ((kind.views, False), (kind.resources, True)):
        for path in chain.from_iterable(written(url) for url in urls):
            request = request_of(f"/subscriptions/s/providers/{kind.provider}/{path}")
            assert (request.kind, request.embedded) == (kind.name, embedded), path


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({}, "vmss-vm"),
        ({"patchStatus": None}, "vm"),
        ({"patchStatus": {}, "placementGroupId": None}, "vmss-vm"),
        ({"virtualMachine": {"statusesSummary": None}, "placementGroupId": ""}, "vmss"),
        ({"virtualMachine": []}, "vmss"),
        ({"orchestrationServices": []}, "vmss"),
        ({"statuses": [], "extensions": [{"name": "a", "statusesSummary": []}]}, "vmss"),
        ({"statuses": [], "extensions": [{"name": "a", "typeHandlerVersion": "1"}]}, "vmss-vm"),
        ({"windowsConfiguration": "", "statuses": []}, "vmss-vm"),
        ({"placementGroupId": "", "patchStatus": {}, "isVMInStandbyPool": True}, "vm"),
    ],
)
def test_a_document_has_the_kind_whose_tables_fit_best(body: dict[str, object], kind: str) -> None:
    assert kind_of(body) == kind


def test_a_member_counts_at_its_api_version() -> None:
    body = {"computerName": "app", "statuses": []}
    assert [kind_of(body, each) for each in ("2017-12-01", "2022-11-01")] == ["vm", "vmss-vm"]


@pytest.mark.parametrize("kind", MACHINE_VALUES.values(), ids=MACHINES)
def test_a_view_of_documented_members_surely_has_the_kind(kind: Kind) -> None:
    def has(view: Any, name: str) -> bool:  # noqa: ANN401 (any JSON value)
        return isinstance(view, dict) and name in view

    for version in versions_of(kind.name):
        is_of_kind = shape_within(kind.name, version, has)
        names = set(tree(kind.name).names_at(version))
        certain = [body for body in BODIES if body.keys() <= names and is_of_kind(body)]
        assert certain or version < "2018"
        assert {kind_of(body, version) for body in certain} <= {kind.name}, version


def test_an_api_version_before_a_kind_has_the_oldest_tables_of_the_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    late = {name: value._replace(since="2020-06-01") for name, value in KIND_VALUES.items()}
    monkeypatch.setattr("instanceview.tables.catalog.KIND_VALUES", late)
    monkeypatch.setattr("instanceview.tables.resolve.versions_of", versions_of.__wrapped__)
    monkeypatch.setattr("instanceview.tables.resolve._listed", _listed.__wrapped__)
    tables = choose_tables({}, "vm", "2017-03-30", "url")
    assert (tables.api_version, tables.unlisted) == ("2020-06-01", "2017-03-30")


def test_the_page_describes_one_kind_at_one_api_version() -> None:
    assert [(kind, each) for kind in KINDS for each in api_versions() if is_of_page(kind, each)] == [
        ("vmss-vm", "2016-04-30-preview")
    ]


def test_a_choice_of_words() -> None:
    assert [any_of(words) for words in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a or b", "a, b or c"]
