"""The client of Azure itself, with a local server: its answers and its models are taken as they are."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import UserDict
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest
from checkout import IMPORT_PATH, SAMPLES
from needs import MODELS
from program import environment

from instanceview import check
from instanceview.testing import Validator, assert_conforms, findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from instanceview import Finding

SUITE = SAMPLES / "azure"
IS_HERE = find_spec("azure") is not None and find_spec("azure.mgmt.compute") is not None
needs_client = pytest.mark.skipif(not IS_HERE, reason=MODELS)


def ran(suite: Path, *, cwd: Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "instanceview.pytest_plugin"]
    variables = {**environment(), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": IMPORT_PATH}
    command = [*program, "--rootdir", os.fspath(cwd), os.fspath(suite)]
    return subprocess.run(command, cwd=cwd, env=variables, capture_output=True, text=True, check=False)


@needs_client
def test_the_suite_of_the_guide_passes(tmp_path: Path) -> None:
    result = ran(SUITE, cwd=tmp_path)
    assert result.stdout.splitlines()[-1].startswith("2 passed"), result.stdout


@needs_client
def test_the_suite_of_the_guide_fails_with_a_fault_in_the_answer_in_each_form(tmp_path: Path) -> None:
    for name in ("conftest.py", "test_client.py"):
        (tmp_path / "azure").mkdir(exist_ok=True)
        (tmp_path / "azure" / name).write_text((SUITE / name).read_text("utf-8"), "utf-8")
    view = tmp_path / "conformant" / "2022-11-01" / "vmss-vm-running.json"
    view.parent.mkdir(parents=True)
    text = (SAMPLES / "conformant" / "2022-11-01" / view.name).read_text("utf-8")
    view.write_text(text.replace('"Info"', '"Infos"', 1), "utf-8")
    test = tmp_path / "azure" / "test_client.py"
    test.write_text(test.read_text("utf-8").replace("    assert_conforms(answers[0])", "    #"), "utf-8")
    result = ran(tmp_path / "azure", cwd=tmp_path)
    assert result.stdout.splitlines()[-1].startswith("2 failed"), result.stdout
    assert result.stdout.count('error value-not-allowed: "Infos"') >= 2
    assert "virtualMachine" not in result.stdout.partition("value-not-allowed")[0].splitlines()[-1]


class OldModel:
    """A model up to release 33: `as_dict` has names of Python, and leaves the read-only members to `keep_readonly`."""

    def as_dict(self) -> dict[str, Any]:
        return {"vm_agent": 1}

    def serialize(self, *, keep_readonly: bool = False) -> dict[str, Any]:
        return {"vmAgent": 1, "statuses": []} if keep_readonly else {}


class VirtualMachineScaleSetInstanceView:
    """A model of later releases, whose class has the name of a kind's model."""

    def as_dict(self) -> dict[str, Any]:
        return {"vmAgent": 1}


def test_models_have_the_names_of_the_service_and_the_kind_of_their_class() -> None:
    assert [(each.rule, each.pointer, each.tables.kind) for each in findings(OldModel())] == [
        ("wrong-type", "/vmAgent", "vmss-vm")
    ]
    (finding,) = findings(VirtualMachineScaleSetInstanceView())
    assert (finding.rule, finding.tables.kind) == ("undocumented-element", "vmss")
    assert findings(VirtualMachineScaleSetInstanceView(), kind="vm")[0].tables.kind == "vm"
    assert len(findings([OldModel(), {"vmAgent": 2}])) == 2


class VirtualMachineInstanceView(UserDict[str, Any]):
    """A model of later releases, which is a mapping too."""

    def as_dict(self) -> dict[str, Any]:
        return dict(self.data)


class VirtualMachineScaleSetVM(VirtualMachineInstanceView):
    """The model of a resource that has a view."""


VM = VirtualMachineInstanceView({"vmAgent": 1})
RESOURCE = VirtualMachineScaleSetVM({"properties": {"instanceView": {"vmAgent": 1}}})


@pytest.mark.parametrize("call", [findings, lambda subject: check(subject).findings])
def test_the_class_of_each_model_says_its_kind(call: Callable[[object], Sequence[Finding]]) -> None:
    for subject, kinds in (
        (VM, ["vm"]),
        ([VM], ["vm"]),
        ((RESOURCE, VM, {"vmAgent": 1}), ["vmss-vm", "vm", "vmss-vm"]),
        ([VM, RESOURCE, VM], ["vm", "vmss-vm", "vm"]),
    ):
        assert [each.tables.kind for each in call(subject)] == kinds


def test_a_kind_that_is_given_goes_before_the_class() -> None:
    assert [each.tables.kind for each in findings([VM], kind="vmss-vm")] == ["vmss-vm"]
    assert [each.tables.kind for each in check([VM], kind="vmss-vm").findings] == ["vmss-vm"]
    assert [each.tables.kind for each in findings(Pages(VM, RESOURCE))] == ["vm", "vmss-vm"]


class Pages:
    """What a list operation returns."""

    def __init__(self, *models: object) -> None:
        self._models = iter(models)

    def __iter__(self) -> Iterator[object]:
        return self._models

    def by_page(self) -> Iterator[Iterator[object]]:
        return iter([self._models])


def test_models_in_pages_are_taken_as_a_list() -> None:
    assert [each.origin.entry for each in findings(Pages(OldModel(), OldModel()))] == ["/0", "/1"]


def test_a_list_of_models_that_contains_itself_has_the_place_of_the_cycle() -> None:
    cycle: list[object] = [OldModel()]
    cycle.append(cycle)
    with pytest.raises(ValueError, match=r"^/1 contains itself; pass a value without cycles$"):
        findings(cycle)


def test_a_list_of_models_that_is_nested_too_deep_is_refused() -> None:
    deep: list[object] = [OldModel()]
    for _ in range(2000):  # more than Python's own stack has
        deep = [OldModel(), deep]
    with pytest.raises(ValueError, match="nested deeper than 128 levels"):
        findings(deep)


def test_check_says_how_to_pass_a_model() -> None:
    with pytest.raises(TypeError, match="OldModel is n"):
        check(OldModel())


class Transport:
    """A response of the older transports of azure-core: `body` is a method, and `content` is missing."""

    def __init__(self, body: bytes, status: int = 200) -> None:
        self.status_code = status
        self.request = Request()
        self.content_type = "application/json"
        self._body = body

    def body(self) -> bytes:
        return self._body


class Request:
    """The request of a response."""

    url = (
        "https://management.azure.com/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/"
        "virtualMachineScaleSets/web/instanceView?api-version=2019-07-01"
    )


class PipelineResponse:
    """What hooks of azure-core get."""

    def __init__(self, http_response: object) -> None:
        self.http_response = http_response
        self.http_request = Request()


@pytest.mark.parametrize("wrap", [lambda response: response, PipelineResponse], ids=["alone", "in a pipeline"])
def test_responses_of_azure_core_are_taken(wrap: Callable[[object], object]) -> None:
    (finding,) = findings(wrap(Transport(b'{\n "vmAgent": 1}')))
    assert (finding.tables.kind, finding.tables.api_version, finding.tables.api_version_from) == (
        "vmss",
        "2019-07-01",
        "url",
    )
    assert (finding.origin.line, finding.origin.column) == (2, 2)
    with pytest.raises(AssertionError, match="the answer has status 404"):
        assert_conforms(wrap(Transport(b"{}", status=404)))
    assert Validator(ignore=["undocumented-element"]).findings(wrap(Transport(b'{"vmAgent": 1}'))) == ()
