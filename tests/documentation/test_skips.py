"""A run counts its skipped tests in one line."""

from __future__ import annotations

import doctest
import subprocess
import sys

import needs
import pytest
from checkout import ROOT
from program import environment

SKIPPING = "tests/reading/test_nock.py"


def test_reasons_are_counted_by_what_is_missing() -> None:
    assert doctest.testmod(needs) == (0, 1)
    missing = ["could not import 'lupa': No module named 'lupa'", "needs lupa", "needs git"]
    assert needs.counted(missing) == "skipped: 2 tests need lupa, 1 test needs git"


@pytest.mark.parametrize("workers", [["-p", "no:xdist"], ["-n", "2"]], ids=["alone", "xdist"])
def test_a_run_without_the_recordings_says_so_in_one_line(workers: list[str]) -> None:
    program = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *workers, SKIPPING]
    variables = environment(IV_TEST_SHARED=str(ROOT / "no-such-folder"), PYTEST_ADDOPTS="")
    ran = subprocess.run(program, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=120, check=False)
    lines = ran.stdout.splitlines()
    (line,) = [each for each in lines if "need" in each]
    assert line.startswith("skipped: ")
    assert line.endswith(needs.RECORDED.removeprefix("needs"))
    assert "passed" in lines[-1]
