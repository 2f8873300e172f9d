"""The configuration and the baseline of a project in pytest, and the folder where relative paths start."""

from __future__ import annotations

import json
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from evident import evident

from instanceview.cli.main import cli

if TYPE_CHECKING:
    from pathlib import Path

TWO = evident('{"platformFaultDomain": "two", "vmAgent": {}}')
COLOUR = evident('{"colour": 1}')


def write(folder: Path, **texts: str) -> None:
    """Write files by their names, in which `__` is a slash."""
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_json", ".json").replace("_toml", ".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def known(folder: Path, *paths: str) -> None:
    """Write the baseline of the folder, as a user does."""
    with chdir(folder):
        ran = CliRunner().invoke(cli, ["check", *paths, "--write-baseline", "--baseline", "known.json"])
    assert "written to" in ran.stderr


def outcome(suite: pytest.Pytester, *options: str) -> dict[str, int]:
    return suite.runpytest("--instanceview", "captures", *options).parseoutcomes()


SETTINGS: dict[str, tuple[str, list[str], dict[str, int]]] = {
    "none": ("", [], {"passed": 1, "failed": 1}),
    "fail-on": ('fail-on = "warning"', [], {"failed": 2}),
    "an option before fail-on": (
        'fail-on = "warning"',
        ["--instanceview-fail-on=error"],
        {"passed": 1, "failed": 1},
    ),
    "the ini file before fail-on": (
        'fail-on = "warning"',
        ["-o", "instanceview_fail_on=error"],
        {"passed": 1, "failed": 1},
    ),
    "ignore": ('ignore = ["wrong-type"]', [], {"passed": 2}),
    "an option in place of ignore": (
        'ignore = ["wrong-type"]',
        ["--instanceview-ignore=unset-time"],
        {"passed": 1, "failed": 1},
    ),
    "select": ('select = ["unset-time"]', [], {"passed": 2}),
    "severity": ('severity = { wrong-type = "note", undocumented-element = "error" }', [], {"passed": 1, "failed": 1}),
    "a section": ('[[per-file]]\nfiles = ["captures/two.json"]\nignore = ["wrong-type"]', [], {"passed": 2}),
    "a section of another file": (
        '[[per-file]]\nfiles = ["two.json/"]\nignore = ["wrong-type"]',
        [],
        {"passed": 1, "failed": 1},
    ),
    "exclude": ('exclude = ["captures/two.json"]', [], {"passed": 1}),
    "exclude a text": ('exclude = "two.json"', [], {"passed": 1}),
    "no-ignore": ("no-ignore = true", [], {"passed": 1, "failed": 1}),
    "no configuration": ('ignore = ["wrong-type"]', ["--instanceview-no-config"], {"passed": 1, "failed": 1}),
    "what is not about findings": ("exit-zero = true\nquiet = true", [], {"passed": 1, "failed": 1}),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_the_configuration_holds_behind_options_and_the_ini_file(name: str, suite: pytest.Pytester) -> None:
    text, options, expected = SETTINGS[name]
    write(suite.path, captures__two_json=TWO, captures__colour_json=COLOUR)
    write(suite.path, **{".instanceview_toml": text})
    assert outcome(suite, *options) == expected


def test_sections_give_kind_and_api_version_as_on_the_command_line(suite: pytest.Pytester) -> None:
    later = {"statuses": [{"code": "ProvisioningState/succeeded", "level": "Info"}], "orchestrationServices": []}
    write(suite.path, captures__a_json=json.dumps(later))
    text = '[[per-file]]\nfiles = ["a.json"]\nkind = "vmss"\napi-version = "2018-04-01"'
    write(suite.path, **{".instanceview_toml": text})
    result = suite.runpytest("--instanceview", "captures", "--instanceview-fail-on=warning")
    result.stdout.fnmatch_lines(["*later-element*in 2018-04-01*"])
    result = suite.runpytest(
        "--instanceview", "captures", "--instanceview-fail-on=warning", "--instanceview-api-version=2017-03-30"
    )
    result.stdout.fnmatch_lines(["*later-element*in 2017-03-30*"])
    result.stdout.no_fnmatch_line("*later-element*in 2018-04-01*")


def test_the_configuration_is_found_above_and_beside_the_recordings(suite: pytest.Pytester) -> None:
    write(suite.path, project__captures__two_json=TWO, other__readme_json="{}")
    write(suite.path, **{"project__.instanceview_toml": 'ignore = ["wrong-type"]'})
    for folder, path in (("project", "captures"), ("project/captures", "two.json"), ("other", "../project/captures")):
        with chdir(suite.path / folder):
            suite.runpytest("--rootdir", str(suite.path), "--instanceview", path).assert_outcomes(passed=1)


def test_the_fixture_has_the_configuration_too(suite: pytest.Pytester) -> None:
    write(suite.path, **{".instanceview_toml": 'ignore = ["wrong-type"]\nfail-on = "warning"'})
    suite.makepyfile(
        """
        import pytest

        def test_ignored(instance_view_validator):
            instance_view_validator({"platformFaultDomain": "two", "vmAgent": {}})

        def test_failing(instance_view_validator):
            with pytest.raises(AssertionError, match="undocumented-element"):
                instance_view_validator({"colour": 1, "vmAgent": {}})
        """
    )
    suite.runpytest().assert_outcomes(passed=2)


def test_known_findings_do_not_fail_and_new_ones_do(suite: pytest.Pytester) -> None:
    write(suite.path, captures__two_json=TWO, captures__colour_json=COLOUR)
    write(suite.path, **{".instanceview_toml": 'baseline = "known.json"\nfail-on = "warning"'})
    known(suite.path, "captures")
    assert outcome(suite) == {"passed": 2}
    assert outcome(suite, "--instanceview-no-config") == {"passed": 1, "failed": 1}
    write(suite.path, captures__two_json=TWO.replace("vmAgent", "vmagent"))
    result = suite.runpytest("--instanceview", "captures")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*misspelt-element*"])
    result.stdout.no_fnmatch_line("*error wrong-type*")


def test_of_equal_documents_as_many_are_known_as_the_baseline_counts(suite: pytest.Pytester) -> None:
    line = json.dumps({"platformFaultDomain": "two", "statuses": [{"code": "PowerState/running", "level": "Info"}]})
    write(suite.path, captures__a_json=f"{line}\n{line}\n")
    write(suite.path, **{".instanceview_toml": 'baseline = "known.json"'})
    known(suite.path, "captures")
    assert outcome(suite) == {"passed": 2}
    write(suite.path, captures__a_json=f"{line}\n{line}\n{line}\n")
    assert outcome(suite) == {"passed": 2, "failed": 1}
    with chdir(suite.path):
        assert CliRunner().invoke(cli, ["check", "captures"]).exit_code == 1


FAULTS = {
    "key": ("fail-onn = 1", '*.instanceview.toml:1:1: unknown key "fail-onn"; did you mean "fail-on"?*'),
    "no baseline": (
        '\nbaseline = "none.json"',
        '*.instanceview.toml:2: baseline: no file "none.json"; instanceview check --write-baseline creates it',
    ),
    "not a baseline": ('baseline = ".instanceview.toml"', "*.instanceview.toml:1: baseline: *; pass a file that *"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_configuration_that_cannot_be_used_is_one_usage_error(name: str, suite: pytest.Pytester) -> None:
    text, line = FAULTS[name]
    write(suite.path, captures__two_json=TWO)
    write(suite.path, **{".instanceview_toml": text})
    result = suite.runpytest("--instanceview", "captures")
    assert result.ret is pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: instanceview: {line}"])
    assert len([each for each in result.errlines if each]) == 1
    suite.makepyfile("def test_other(): pass\ndef test_ours(instance_view_validator): pass")
    result = suite.runpytest()
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines([f"instanceview: {line}"])
    assert len(result.outlines) < 20


def test_relative_paths_start_at_the_folder_of_the_test_and_then_at_the_working_folder(suite: pytest.Pytester) -> None:
    write(suite.path, deep__beside_json=TWO, above_json=TWO, deep__both_json=TWO, both_json="{}")
    suite.makepyfile(
        **{
            "deep/test_it": """
            import os
            import pytest
            from instanceview.testing import InstanceViewAssertions, assert_conforms, conforms, findings

            @pytest.mark.parametrize("name", ["beside.json", "above.json", "both.json"])
            def test_same(name, load_capture, instance_view_validator):
                (document,) = load_capture(name)
                assert document.body["platformFaultDomain"] == "two"
                for call in (assert_conforms, instance_view_validator, InstanceViewAssertions().assertConforms):
                    with pytest.raises(AssertionError, match=document.origin.file):
                        call(name)
                assert [each.rule for each in findings(name)] == ["wrong-type"]

            def test_working_folder(tmp_path, monkeypatch):
                monkeypatch.chdir(tmp_path)
                (tmp_path / "made.json").write_text('{"vmAgent": {}}')
                assert conforms("made.json") and not conforms("beside.json")
            """
        }
    )
    suite.runpytest().assert_outcomes(passed=4)
    with chdir(suite.path / "deep"):
        suite.runpytest("-k", "not above").assert_outcomes(passed=3, deselected=1)
