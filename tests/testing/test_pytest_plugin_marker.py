"""The marker `instance_views`: tests that run with generated documents."""

from __future__ import annotations

import pytest
from unknown import unknown

from instanceview import api_versions
from instanceview.generating import hazard
from instanceview.generating.hazards import able
from instanceview.tables.kinds import KINDS

# In place of the strategies, so that these tests are about the marker alone.
STUB = """
import sys
from types import ModuleType
from hypothesis import strategies

def instance_views(kind="vmss-vm", api_version=None, *, realistic=True):
    numbers = strategies.integers(min_value=0, max_value=2 if kind == "vmss" else 10**9)
    return numbers.map(lambda number: {"made": [kind, api_version, realistic, number]})

stub = ModuleType("instanceview.testing.strategies")
stub.instance_views = instance_views
sys.modules["instanceview.testing.strategies"] = stub
"""


@pytest.fixture
def stubbed(suite: pytest.Pytester) -> pytest.Pytester:
    pytest.importorskip("hypothesis")
    suite.makeconftest(STUB)
    return suite


def made(result: pytest.RunResult) -> list[str]:
    """Return the output of the tests about their documents."""
    return [line for line in result.outlines if line.startswith("made ")]


PRINTING = "print('made', *instance_view['made'])"
ASKED = {
    "nothing": ("()", f"vmss-vm {api_versions()[-1]} True ", 10),
    "names": ("(kind='vm', api_version='2024-07-01', realistic=False, count=3)", "vm 2024-07-01 False ", 3),
    "by place": ("('vm', '2017-03-30', count=1)", "vm 2017-03-30 True ", 1),
}


@pytest.mark.parametrize("name", ASKED)
def test_a_test_runs_with_each_document(name: str, stubbed: pytest.Pytester) -> None:
    call, start, count = ASKED[name]
    stubbed.makepyfile(
        f"""
        import pytest

        @pytest.mark.instance_views{call}
        def test_it(instance_view):
            print()
            {PRINTING}
        """
    )
    result = stubbed.runpytest("-s")
    result.assert_outcomes(passed=count)
    lines = made(result)
    assert [line.startswith(f"made {start}") for line in lines] == [True] * count
    assert len(set(lines)) == count


def test_the_choices_of_the_marker_go_before_those_of_the_run(stubbed: pytest.Pytester) -> None:
    stubbed.makepyfile(
        f"""
        import pytest

        @pytest.mark.instance_views(count=1)
        def test_default(instance_view):
            {PRINTING}

        @pytest.mark.instance_views(api_version="2024-07-01", count=1)
        def test_own(instance_view):
            {PRINTING}
        """
    )
    runs = [["-o", "instanceview_api_version=2019-03-01"], ["--instanceview-api-version=2020-12-01"]]
    shown = [[line.split()[2] for line in made(stubbed.runpytest("-rP", *options))] for options in runs]
    assert shown == [["2019-03-01", "2024-07-01"], ["2020-12-01", "2024-07-01"]]


def test_documents_are_drawn_from_a_seed_and_each_test_has_its_own(stubbed: pytest.Pytester) -> None:
    stubbed.makepyfile(
        f"""
        import pytest

        @pytest.mark.instance_views(count=4)
        class TestSame:
            def test_one(self, instance_view):
                instance_view["made"].append("changed")
                {PRINTING}

            def test_two(self, instance_view):
                {PRINTING}

            def test_without(self):
                pass

        @pytest.mark.instance_views(count=4, seed=1)
        def test_seeded(instance_view):
            {PRINTING}
        """
    )
    ran = [stubbed.runpytest_subprocess("-rP") for _ in range(2)]
    for result in ran:
        result.assert_outcomes(passed=13)
    first, again = (made(result) for result in ran)
    assert first == again
    assert [line.removesuffix(" changed") for line in first[:4]] == first[4:8]
    assert set(first[4:8]) & set(first[8:]) == {first[4]}  # the smallest document, for any seed


def test_workers_agree_on_names_and_documents(stubbed: pytest.Pytester) -> None:
    stubbed.makepyfile(
        f"""
        import pytest

        @pytest.mark.instance_views("vm", "2024-07-01", count=6)
        def test_it(instance_view):
            {PRINTING}
        """
    )
    alone = stubbed.runpytest_subprocess("-rP", "-v")
    shared = stubbed.runpytest_subprocess("-p", "xdist", "-n", "2", "-rP")
    shared.assert_outcomes(passed=6)
    assert sorted(made(shared)) == sorted(made(alone))
    names = [f"test_*.py::test_it[[]vm-2024-07-01-{number}[]] PASSED*" for number in range(6)]
    alone.stdout.fnmatch_lines(names)


FAULTS = {
    "(apiversion='2024-07-01')": (
        "*::test_it: instance_views: got an unexpected keyword argument 'apiversion'*; "
        "known: kind, api_version, realistic, hazards, count, seed"
    ),
    "('vmms')": f"*::test_it: instance_views: {unknown('kind', 'vmms', KINDS)}",
    "(count=0)": "*::test_it: instance_views: count takes a whole number of at least 1; found 0",
    "(hazards=True, seed='a')": "*::test_it: instance_views: seed takes a whole number beside hazards; found 'a'",
    "(hazards='yes')": "*::test_it: instance_views: hazards takes True or False; found 'yes'",
    "(hazards=['os-state-first-running'])": (
        "*::test_it: instance_views: hazards takes True or False; found ['os-state-first-running']"
    ),
    "('arc-extension', hazards=True)": "*::test_it: instance_views: no hazard is known for arc-extension documents; *",
    "(hazards=None)": "*::test_it: instance_views: hazards takes True or False; found None",
    "(realistic=0)": "*::test_it: instance_views: realistic takes True or False; found 0",
    "(count='3')": "*::test_it: instance_views: count takes a whole number of at least 1; found '3'",
    "(api_version='2024-07-02')": '*::test_it: instance_views: unknown api-version "2024-07-02"; did you mean *',
}


@pytest.mark.parametrize("call", FAULTS)
def test_a_mistake_in_the_marker_is_an_error_of_collection(call: str, stubbed: pytest.Pytester) -> None:
    stubbed.makepyfile(f"import pytest\n@pytest.mark.instance_views{call}\ndef test_it(instance_view): pass")
    result = stubbed.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([FAULTS[call].replace("[", "[[]")])
    assert not [word for word in ("marker.py", "During handling") if word in result.stdout.str()]


TESTS = {
    "@pytest.mark.instance_views\ndef test_it(): pass": (
        "*::test_it: instance_views: the test has no argument instance_view for the documents; add it"
    ),
    "def test_it(instance_view): pass": "instance_view: mark the test with @pytest.mark.instance_views",
    "@pytest.mark.instance_views('vmss', count=5)\ndef test_it(instance_view): pass": (
        "instance_views: only 3 different documents could be drawn"
    ),
}


@pytest.mark.parametrize("test", TESTS)
def test_a_test_that_gets_no_document_says_why(test: str, stubbed: pytest.Pytester) -> None:
    stubbed.makepyfile(f"import pytest\n{test}")
    result = stubbed.runpytest()
    assert result.ret != pytest.ExitCode.OK
    result.stdout.fnmatch_lines([TESTS[test]])


def test_without_hypothesis_the_extra_is_named(suite: pytest.Pytester) -> None:
    suite.makeconftest("import importlib.util\nimportlib.util.find_spec = lambda name: None")
    suite.makepyfile(
        "import pytest\n@pytest.mark.instance_views(count=9)\ndef test_it(instance_view): pass\ndef test_2(): pass"
    )
    result = suite.runpytest_subprocess()
    assert result.ret is pytest.ExitCode.USAGE_ERROR
    assert [line for line in result.errlines if line] == [
        "ERROR: the marker instance_views needs hypothesis; run pip install 'instanceview[hypothesis]'"
    ]
    assert len(result.outlines) < 10
    suite.runpytest_subprocess("-k", "test_2").assert_outcomes(passed=1, deselected=9)


HAZARDS = "@pytest.mark.instance_views('vmss', '2024-07-01', hazards=True{more})\ndef test_it(instance_view): {body}"
OF_SCALE_SETS = able("vmss", "2024-07-01")


def test_a_test_runs_with_each_hazard_without_hypothesis(suite: pytest.Pytester) -> None:
    suite.makeconftest("import importlib.util\nimportlib.util.find_spec = lambda name: None")
    suite.makepyfile("import pytest\n" + HAZARDS.format(more="", body="print('made', instance_view)"))
    result = suite.runpytest_subprocess("-rP", "-v")
    result.assert_outcomes(passed=len(OF_SCALE_SETS))
    result.stdout.fnmatch_lines([f"test_*.py::test_it[[]vmss-2024-07-01-{name}[]] PASSED*" for name in OF_SCALE_SETS])
    assert made(result) == [f"made {hazard(name, kind='vmss', api_version='2024-07-01')}" for name in OF_SCALE_SETS]


def test_a_count_gives_documents_of_each_hazard_from_the_seed_on(suite: pytest.Pytester) -> None:
    suite.makepyfile("import pytest\n" + HAZARDS.format(more=", count=2, seed=5", body="print('made', instance_view)"))
    result = suite.runpytest("-rP", "-v")
    seeded = [(name, seed) for name in OF_SCALE_SETS for seed in (5, 6)]
    result.stdout.fnmatch_lines(
        [f"test_*.py::test_it[[]vmss-2024-07-01-{name}-{seed}[]] PASSED*" for name, seed in seeded]
    )
    assert made(result) == [
        f"made {hazard(name, kind='vmss', api_version='2024-07-01', seed=seed)}" for name, seed in seeded
    ]


def test_generated_documents_conform(suite: pytest.Pytester) -> None:
    """The strategies themselves are tested elsewhere; this shows that the marker draws from them."""
    suite.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("kind", ["vm"])
        @pytest.mark.instance_views("vm", "2024-07-01", count=5)
        def test_it(instance_view, kind, instance_view_validator):
            assert instance_view_validator.findings(instance_view) == ()
        """
    )
    suite.runpytest_subprocess().assert_outcomes(passed=5)


def test_generated_documents_of_every_kind_conform(suite: pytest.Pytester) -> None:
    marked = (
        f"@pytest.mark.instance_views({kind!r}, count=2)\n"
        f"def test_{kind.replace('-', '_')}(instance_view): assert_conforms(instance_view, kind={kind!r})\n"
        for kind in KINDS
    )
    suite.makepyfile("import pytest\nfrom instanceview.testing import assert_conforms\n" + "".join(marked))
    suite.runpytest_subprocess().assert_outcomes(passed=2 * len(KINDS))


def test_without_hypothesis_workers_have_one_error_and_run_the_other_tests(suite: pytest.Pytester) -> None:
    suite.makeconftest("import importlib.util\nimportlib.util.find_spec = lambda name, package=None: None")
    suite.makepyfile(
        "import pytest\n@pytest.mark.instance_views(count=9)\ndef test_it(instance_view): pass\ndef test_2(): pass"
    )
    result = suite.runpytest_subprocess("-p", "xdist", "-n", "2")
    result.assert_outcomes(errors=1, passed=1)
    result.stdout.fnmatch_lines(["the marker instance_views needs hypothesis; *"])
