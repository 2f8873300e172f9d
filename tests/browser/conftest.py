"""Fixtures of the tests in a browser: Chromium as the machine has it, and pages that the command wrote."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from checkout import SAMPLES
from needs import BROWSER, NODE_PACKAGES
from opened import Opened
from program import run
from reports import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
"""For Chromium as root in a container, as CI has it."""
RUNS = "<img src=x onerror=run()><script>run()</script>\"'><svg onload=run()>{{run()}}javascript:run()"
"""A text that runs a script, where markup, an attribute or a template takes it for more than a text."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser; without it or its client, the test is skipped."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.skip(BROWSER)
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip(BROWSER)
    with sync_playwright() as client:
        browser = client.chromium.launch(executable_path=program, args=_SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages of all samples, of no document, of one, and of hostile documents."""
    folder = tmp_path_factory.mktemp("pages")
    texts = [RUNS, *(text[:2000] for text in HOSTILE.values())]
    lines = (
        json.dumps({"computerName": text, "osName": 1, text: {text: text}, "statuses": [{"code": text, "level": text}]})
        for text in texts
    )
    (folder / "hostile.ndjson").write_text("\n".join(lines), "utf-8")
    (folder / "one.json").write_text('{"statuses": [{"code": "PowerState/running", "level": "Info"}]}', "utf-8")
    (folder / "none.json").write_text("{}", "utf-8")
    corpora = {"samples": [str(SAMPLES)], "hostile": ["hostile.ndjson"], "one": ["one.json"], "none": ["none.json"]}
    for name, paths in corpora.items():
        ran = run("report", *paths, "--html", f"{name}.html", cwd=folder)
        assert (ran.code, ran.err) == (0, ""), ran
    return folder


@pytest.fixture
def opened(chromium: Any, pages: Path) -> Iterator[Callable[..., Opened]]:  # noqa: ANN401 (the client may be absent)
    """Open a page by its name, with options of the browser; at the end it must not have a fault."""
    done: list[Opened] = []

    def open_page(name: str = "samples", **options: object) -> Opened:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        done.append(Opened(context.new_page(), (pages / f"{name}.html").as_uri()))
        return done[-1]

    yield open_page
    faults = [fault for each in done for fault in each.faults]
    for each in done:
        each.page.context.close()
    assert faults == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The program of axe-core, which finds what a screen reader or keyboard cannot use."""
    folder = os.environ.get("IV_TEST_NODE_MODULES")
    program = Path(folder or "", "axe-core", "axe.min.js")
    if not folder or not program.is_file():
        pytest.skip(NODE_PACKAGES)
    return program.read_text("utf-8")
