"""The pytest plugin: its cost, its options and its fixtures, and the text of a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from instanceview.tables.catalog import api_versions

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAVY = (
    "instanceview.checking.check",
    "instanceview.rules",
    "instanceview.reading.inputs",
    "orjson",
    "jsonschema_rs",
    "yaml",
    "click",
)
FAULTY = '{"platformFaultDomain": "two", "vmAgent": {}}'
ROW = "      table: platformFaultDomain · integer (int32) · since 2015-06-15 · service, observed in 115 captures"
SUMMARY = "1 document: 0 conformant; 1 error, 0 warnings, 0 notes"


def failure(lines: Sequence[str], test: str) -> list[str]:
    """Return the lines of a test's failure, from its heading to the next."""
    start = next(number for number, line in enumerate(lines) if line.strip("_ ") == test and line.startswith("_"))
    end = next(number for number, line in enumerate(lines) if number > start and line.startswith(("___", "===")))
    return [line for line in lines[start + 1 : end] if line]


def test_nothing_heavy_is_loaded_until_it_is_used(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        f"""
        import sys

        def test_alone(pytestconfig):
            assert "instanceview.pytest_plugin" in sys.modules
            assert pytestconfig.getoption("instanceview_paths") is None
            assert [name for name in {HEAVY} if name in sys.modules] == []

        def test_used(instance_view_validator):
            instance_view_validator({{}})
            assert {HEAVY[0]!r} in sys.modules
        """
    )
    suite.runpytest_subprocess().assert_outcomes(passed=2)


def test_a_failed_assertion_shows_the_test_and_the_report_alone(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        test_it=f"""
        from instanceview.testing import assert_conforms, conforms

        def test_assertion():
            assert_conforms('{FAULTY}', kind="vm")

        def test_called(instance_view_validator):
            instance_view_validator('{FAULTY}')

        def test_named(instance_view_validator):
            instance_view_validator.assert_conforms('{FAULTY}')
        """
    )
    result = suite.runpytest("-rN")
    result.assert_outcomes(failed=3)
    assert failure(result.outlines, "test_assertion") == [
        "    def test_assertion():",
        f""">       assert_conforms('{FAULTY}', kind="vm")""",
        'E       AssertionError: <text>:1:25: error wrong-type: expected integer, found "two"',
        'E           1 | {"platformFaultDomain": "two", "vmAgent": {}}',
        "E             |                         ^^^^^",
        f"E       {ROW}",
        f"E       {SUMMARY}",
        f"E       checked: 1 as vm at {api_versions()[-1]}, the newest, since none was given",
        "test_it.py:4: AssertionError",
    ]
    for test, line in (("test_called", 7), ("test_named", 10)):
        shown = failure(result.outlines, test)
        assert shown[-1] == f"test_it.py:{line}: AssertionError"
        assert "validator.py" not in "\n".join(shown)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            "assert_conforms({}, fail_on='eror')",
            'instanceview.model.names.UnknownNameError: unknown severity "eror"; *',
        ),
        ("conforms({}, ignore='x')", 'instanceview.model.names.UnknownNameError: unknown rule "x"; *'),
        ("findings(object())", "TypeError: expected a dict, *; found object"),
    ],
)
def test_a_mistake_in_a_call_shows_the_call_alone(call: str, told: str, suite: pytest.Pytester) -> None:
    suite.makepyfile(test_it=f"from instanceview.testing import *\ndef test_it():\n    {call}")
    shown = [line for line in failure(suite.runpytest("-rN").outlines, "test_it") if "^^^" not in line]
    expected = ["    def test_it():", f">       {call}".replace("[", "[[]"), f"E       {told}", "test_it.py:3: *Error"]
    pytest.LineMatcher(shown).fnmatch_lines(expected, consecutive=True)
    assert len(shown) == len(expected)


INI = "instanceview_api_version = 2017-03-30\ninstanceview_fail_on = warning\n"
CHOICES = {
    "nothing": ([], "", [f"{api_versions()[-1]} default", "error", "[]"]),
    "options": (
        ["--instanceview-api-version=2017-03-30", "--instanceview-fail-on=note", "--instanceview-ignore=wrong-type"],
        "",
        ["2017-03-30 option", "note", "['wrong-type']"],
    ),
    "ini file": (
        [],
        f"{INI}instanceview_ignore = null-element, wrong-type\n  later-element\n",
        ["2017-03-30 configuration", "warning", "['later-element', 'null-element', 'wrong-type']"],
    ),
    "both": (
        ["--instanceview-api-version=2024-07-01", "--instanceview-fail-on=error", "--instanceview-ignore=wrong-type"],
        f"{INI}instanceview_ignore = later-element\n",
        ["2024-07-01 option", "error", "['later-element', 'wrong-type']"],
    ),
}


@pytest.mark.parametrize("name", CHOICES)
def test_options_and_ini_keys_choose(name: str, suite: pytest.Pytester) -> None:
    options, ini, expected = CHOICES[name]
    suite.makeini(f"[pytest]\n{ini}")
    suite.makepyfile(
        """
        def test_choices(instance_view_validator):
            tables = instance_view_validator.findings({"platformUpdateDomain": "two", "vmagent": {}})[-1].tables
            print(tables.api_version, tables.api_version_from)
            print(instance_view_validator.chosen.fail_on.value)
            print(sorted(instance_view_validator.chosen.selection.ignore))
        """
    )
    result = suite.runpytest("-s", "-q", *options)
    assert [line.strip() for line in result.outlines[:3]] == expected


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--instanceview-api-version=2024-07-02"], 'unknown api-version "2024-07-02"; did you mean "2024-07-01"? *'),
        (["--instanceview-fail-on=eror"], 'unknown severity "eror"; did you mean "error"? known: error, warning, note'),
        (["--instanceview-ignore=wrong-tpye"], 'unknown rule "wrong-tpye"; did you mean "wrong-type"? *'),
        (["-o", "instanceview_api_version=latest"], 'unknown api-version "latest"; known: *'),
        (["-o", "instanceview_fail_on=warn"], 'unknown severity "warn"; did you mean "warning"? *'),
        (["-o", "instanceview_ignore=all"], 'unknown rule "all"; `instanceview explain` lists them all'),
    ],
)
def test_an_unknown_name_is_a_usage_error_before_any_test(
    options: list[str], told: str, suite: pytest.Pytester
) -> None:
    suite.makepyfile("def test_one(): pass")
    result = suite.runpytest(*options)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: instanceview: {told}"])
    assert "test_one" not in result.stdout.str()


def test_load_capture_reads_from_the_folder_of_the_test(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        **{
            "deep/test_it": """
            import pytest

            @pytest.fixture(scope="module")
            def documents(load_capture):
                return load_capture("two.ndjson")

            def test_two(documents, instance_view_validator):
                assert [document.body for document in documents] == [{}, {"vmAgent": {}}]
                for document in documents:
                    instance_view_validator(document)

            def test_gone(load_capture):
                load_capture("gone.json")

            def test_pattern(load_capture):
                load_capture("*.json")

            def test_broken(load_capture):
                load_capture("broken.json")

            def test_nothing(load_capture):
                load_capture("others")
            """
        }
    )
    folder = suite.path / "deep"
    (folder / "others").mkdir()
    (folder / "two.ndjson").write_text('{}\n{"vmAgent": {}}')
    (folder / "broken.json").write_text('{}\n{"vmAgent')
    (folder / "others" / "package.json").write_text('{"name": "other"}')
    result = suite.runpytest("-rN")
    result.assert_outcomes(passed=1, failed=4)
    reasons = {
        "test_pattern": "[*].json: a pattern, which only instanceview.check_path expands; pass one file or folder",
        "test_gone": "gone.json: cannot be read: no such file or directory",
        "test_broken": "broken.json:2:2: not JSON: cut off, a string without its closing quote",
        "test_nothing": "others: no instance view found in the files of this folder; *",
    }
    for test, reason in reasons.items():
        shown = failure(result.outlines, test)
        pytest.LineMatcher(shown).fnmatch_lines(
            [
                ">       load_capture(*",
                f"E       Failed: {'' if test == 'test_pattern' else 'deep?'}{reason}",
                "deep?test_it.py:*",
            ]
        )
        assert "captures.py" not in "\n".join(shown)
