"""The rules of the family `fidelity`: off by default, added by name, and true of every capture."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from checkout import shared_folder
from click.testing import CliRunner
from needs import RECORDED

from instanceview import check, check_chunk, check_path
from instanceview.cli.main import cli
from instanceview.rules import off_by_default

if TYPE_CHECKING:
    from pathlib import Path

BARE = {"statuses": [{"code": "PowerState/running"}, {"code": "ProvisioningState/succeeded"}]}
FAMILY = off_by_default()["fidelity"]


def rules_of(*options: str) -> list[str]:
    arguments = ["check", "-", "--kind", "vm", "--format", "json", *options]
    output = CliRunner().invoke(cli, arguments, input=json.dumps(BARE), catch_exceptions=False).stdout
    return sorted({finding["rule"] for finding in json.loads(output)["findings"]})


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ([], []),
        (["--extend-select", "fidelity"], ["status-without-level", "status-without-text", "status-without-time"]),
        (["--extend-select", "status-without-time"], ["status-without-time"]),
        (
            ["--extend-select", "fidelity", "--ignore", "status-without-text,status-without-time"],
            ["status-without-level"],
        ),
        (["--select", "wrong-type", "--extend-select", "status-without-level"], ["status-without-level"]),
        (["--select", "status-without-text"], ["status-without-text"]),
        (["--select", "wrong-type"], []),
    ],
)
def test_a_rule_of_the_family_is_reported_where_it_is_named(options: list[str], found: list[str]) -> None:
    assert rules_of(*options) == found


def test_python_and_a_configuration_name_the_family_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {each.rule for each in check(BARE, kind="vm", extend_select="fidelity").findings} < FAMILY
    assert check(BARE, kind="vm").findings == ()
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".instanceview.toml").write_text('extend-select = ["fidelity"]\n')
    assert len(rules_of()) == 3


def test_statuses_alone_are_asked() -> None:
    body = {
        "vmAgent": {"vmAgentVersion": "2"},
        "statuses": [5],
        "disks": [{"name": "a", "statuses": [{"code": "EncryptionState/encrypted"}]}],
    }
    found = [each.pointer for each in check(body, kind="vm", extend_select="fidelity").findings if each.rule in FAMILY]
    assert {each.rpartition("/statuses/")[0] for each in found} == {"/disks/0"}


def test_many_documents_are_asked_too() -> None:
    lines = f"{json.dumps(BARE)}\n".encode() * 200
    assert len(check_chunk(lines, kind="vm", extend_select="status-without-time").findings) == 200
    assert check_chunk(lines, kind="vm").findings == ()


def test_a_name_that_is_not_one_gets_the_nearest() -> None:
    result = CliRunner().invoke(cli, ["check", "-", "--extend-select", "fidelty"], input="{}")
    assert result.exit_code == 2
    assert 'did you mean "fidelity"?' in result.output


@pytest.mark.slow
def test_no_capture_breaks_a_rule_of_the_family(tmp_path: Path) -> None:
    folder = (shared_folder() or pytest.skip(RECORDED)) / "captures" / "documents"
    for path in folder.glob("vm*.ndjson"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        (tmp_path / path.name).write_text("".join(line for line in lines if json.loads(line)["real"]), "utf-8")
    report = check_path(tmp_path, select=sorted(FAMILY))  # type: ignore[arg-type]  # the names of rules
    assert report.documents > 2800
    assert [str(finding) for finding in report.findings] == []
