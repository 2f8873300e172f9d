"""Hostile text in recordings and documents arrives as data in what pytest prints, and in its report in XML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from outputs import seen
from planted import PLACES, plant, start
from reports import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

SLOW = {name: [] if name == "commands in a line" else [pytest.mark.slow] for name in HOSTILE}
NAMES = [pytest.param(name, marks=marks) for name, marks in sorted(SLOW.items())]


@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_in_recordings_is_data(name: str, suite: pytest.Pytester) -> None:
    (suite.path / "in").mkdir()
    plant(suite.path / "in", HOSTILE[name][:2000])
    texts = printed(suite, "--instanceview", "in")
    assert len([place for place in PLACES if start(place).lower() in texts]) > 4


@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_in_an_assertion_is_data(name: str, suite: pytest.Pytester) -> None:
    text = HOSTILE[name][:2000]
    view = {"statuses": [{"code": f"PowerState/{text}", "level": text}], text: text, "vmAgent": {text: 1}}
    (suite.path / "view.json").write_text(json.dumps(view))
    suite.makepyfile(
        """
        import json
        from pathlib import Path
        from instanceview.testing import assert_conforms, assert_state
        VIEW = json.loads(Path("view.json").read_text())

        def test_conforms():
            assert_conforms(VIEW, kind="vm", fail_on="note")

        def test_state():
            assert_state(VIEW, power="running", kind="vm")
        """
    )
    assert "table: statuses.level" in printed(suite, "--tb=short")


def printed(suite: pytest.Pytester, *arguments: str) -> str:
    """Run pytest and return what it prints and writes, in lower case, each read as its readers do."""
    xml: Path = suite.path / "report.xml"
    ran = suite.runpytest(f"--junitxml={xml}", *arguments)
    seen("pytest", "text", "\n".join(ran.outlines))
    cases = [*ET.parse(xml).getroot().iter("testcase")]  # noqa: S314 (written by the line above)
    assert len(cases) > 1
    return "\n".join([*ran.outlines, *(case.get("name", "") for case in cases)]).lower()
