"""Every scenario's document conforms wherever it can be expressed, and is refused in one line elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from command_cases import invoke
from program import environment

from instanceview import check_text
from instanceview.checking.check import check_document
from instanceview.checking.engines import ENGINES
from instanceview.generating.scenarios import ScenarioError, scenario, scenarios, since
from instanceview.generating.scenarios.build import merged
from instanceview.model.document import Document, Origin
from instanceview.model.names import UnknownNameError
from instanceview.tables.catalog import api_versions, versions_of
from instanceview.tables.elements import NEWEST
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from pathlib import Path

    from instanceview.literals import KindName

ASKED_FOR = {
    *("creating", "running", "stopped", "deallocated", "generalized", "failed-provisioning", "agent-not-ready"),
    *("extension-failed", "disk-encrypted", "unhealthy", "maintenance", "hibernated", "os-provisioning", "specialized"),
}
NOTED = "deallocated-placement-group"
"""The one note of varied documents: nearly all captures of deallocated machines have it."""
CASES = [(name, kind) for name in scenarios() for kind in MACHINES]
TOLD = [(name, kind) for name, kind in CASES if since(name, kind) != NEWEST]


def test_the_scenarios_asked_for_are_there_and_running_is_the_first() -> None:
    assert set(scenarios()) >= ASKED_FOR
    assert next(iter(scenarios())) == "running"
    assert all(about.endswith(".") for about in scenarios().values())


@pytest.mark.parametrize(("name", "kind"), TOLD)
def test_a_scenario_conforms_at_every_api_version_that_can_express_it(name: str, kind: KindName) -> None:
    versions = [version for version in api_versions() if version >= since(name, kind)]
    assert versions
    for version in versions:
        for seed, vary in ((0, False), (1, True), (2, True), (3, True)):
            document = scenario(name, api_version=version, kind=kind, seed=seed, vary=vary)
            for engine in ENGINES if seed < 2 else ENGINES[:1]:
                found = check_document(Document(document, Origin(name), kind, version), engine_name=engine)
                found = tuple(each for each in found if not (vary and each.rule == NOTED))
                assert [(each.rule, each.pointer, each.message) for each in found] == [], (version, seed)


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_a_version_or_kind_that_cannot_express_it_is_refused_in_one_line(name: str, kind: KindName) -> None:
    first = since(name, kind)
    for version in [version for version in api_versions() if version < first]:
        with pytest.raises(ScenarioError) as raised:
            scenario(name, api_version=version, kind=kind)
        text = str(raised.value)
        assert "\n" not in text
        assert f"since {first}" in text or (first == NEWEST and f"in a {kind} document; use " in text)


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("disk-encrypted", '"EncryptionState/encrypted"'),
        ("disk-encrypted", '"diskEncryptionKey"'),
        ("unhealthy", '"HealthState/unhealthy"'),
        ("maintenance", '"preMaintenanceWindowStartTime"'),
        ("hibernated", '"HibernationState/Hibernated"'),
        ("generalized", '"OSState/generalized"'),
        ("failed-provisioning", '"ProvisioningState/failed/OSProvisioningTimedOut"'),
        ("extension-failed", '"ComponentStatus/StdErr/failed/1"'),
        ("agent-not-ready", '"ProvisioningState/Unavailable"'),
        ("creating", '"ProvisioningState/creating'),
        ("os-provisioning", '"ProvisioningState/succeeded/osProvisioningInProgress"'),
        ("specialized", '"OSState/specialized"'),
        ("extension-failed-alone", '"ProvisioningState/failed/1"'),
    ],
)
def test_a_scenario_shows_its_subject_in_any_variation(name: str, member: str) -> None:
    for kind in ("vmss-vm", "vm"):
        versions = versions_of(kind)
        for version in {next(each for each in versions if each >= since(name, kind)), versions[-1]}:
            for seed in range(20):
                assert member in json.dumps(scenario(name, api_version=version, kind=kind, seed=seed, vary=True))


def test_equal_seeds_give_equal_documents_in_every_process() -> None:
    program = (
        "from instanceview.generating import scenario; import json\nprint(json.dumps(scenario(seed=5, vary=True)))"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", program], env=environment(PYTHONHASHSEED=seed), capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2", "3", "4")
    }
    assert texts == {(json.dumps(scenario(seed=5, vary=True)) + "\n").encode()}


def test_seeds_tell_machines_apart_and_vary_their_shapes() -> None:
    plain = [scenario(seed=seed) for seed in range(50)]
    assert len({json.dumps(each) for each in plain}) == 50
    assert len({tuple(each) for each in plain}) == 1
    varied = [scenario(seed=seed, vary=True) for seed in range(50)]
    assert len({(*each, len(each["disks"]), len(each.get("extensions", ()))) for each in varied}) > 10


def test_any_scenario_is_chosen_by_the_seed() -> None:
    drawn = [scenario("all", kind="vm", seed=seed) for seed in range(200)]
    assert drawn == [scenario("all", kind="vm", seed=seed) for seed in range(200)]
    powers = {tuple(status["code"] for status in each["statuses"]) for each in drawn}
    assert {("ProvisioningState/succeeded", "PowerState/stopped"), ("ProvisioningState/creating",)} <= powers
    assert "OSState/specialized" in {codes[0] for codes in powers}


def test_a_merge_patch_replaces_lists_and_removes_by_null() -> None:
    assert merged({"a": [1, 2], "b": {"c": 1, "d": 2}}, {"a": [3], "b": {"c": None}, "e": 4}) == {
        "a": [3],
        "b": {"d": 2},
        "e": 4,
    }


def test_unknown_names_are_refused() -> None:
    with pytest.raises(UnknownNameError, match='unknown scenario "stoped"; did you mean "stopped"'):
        scenario("stoped")
    with pytest.raises(UnknownNameError, match="unknown kind"):
        scenario(kind="vmsss")  # type: ignore[arg-type]  # refused by a type checker too
    with pytest.raises(UnknownNameError, match="unknown api-version"):
        scenario(api_version="2024-07-02")  # type: ignore[arg-type]  # refused by a type checker too


@pytest.mark.parametrize("form", ["json", "ndjson"])
@pytest.mark.parametrize("spoilt", [[], ["--spoil", "duplicate-key"]], ids=["conforming", "spoiled"])
def test_what_the_command_writes_is_read_again(form: str, spoilt: list[str]) -> None:
    text, code = invoke("generate", "--count", "20", "--vary", "--seed", "3", "--format", form, *spoilt)
    report = check_text(text, kind="vmss-vm")
    assert (code, report.documents, report.unreadable) == (0, 20, ())
    assert [each.rule for each in report.findings] == ["duplicate-key"] * (20 if spoilt else 0)
    assert len(text.splitlines()) == 20 or form == "json"


def test_the_command_s_documents_are_those_of_python() -> None:
    text, _ = invoke("generate", "--scenario", "unhealthy", "--kind", "vm", "--count", "2", "--seed", "8", "--vary")
    assert json.loads(text) == [scenario("unhealthy", kind="vm", seed=seed, vary=True) for seed in (8, 9)]


def test_the_help_lists_every_scenario() -> None:
    text, _ = invoke("generate", "--help")
    assert [name for name in scenarios() if f"\n  {name} " not in text] == []


def test_generating_needs_no_hypothesis() -> None:
    program = (
        "import sys; sys.modules['hypothesis'] = None\nfrom instanceview.cli.main import cli\n"
        "cli(['generate', '--spoil', 'wrong-type'])"
    )
    done = subprocess.run([sys.executable, "-c", program], env=environment(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)


def test_strategies_without_hypothesis_say_what_to_install(tmp_path: Path) -> None:
    program = "import sys; sys.modules['hypothesis'] = None\nimport instanceview.testing.strategies"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(), cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stderr.splitlines()[-1] == (
        "ModuleNotFoundError: instanceview.testing.strategies needs hypothesis; install instanceview[hypothesis]"
    )
