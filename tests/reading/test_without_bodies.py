"""A recording without bodies is one line that says how to record them; one with some is checked as far as it goes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from command_cases import invoke
from packed import LINE, heads, wrong
from recorded import entry, recording, url

if TYPE_CHECKING:
    from pathlib import Path


def har(content: dict[str, object], status: int = 200) -> bytes:
    exchange = {"request": {"method": "GET", "url": url()}, "response": {"status": status, "content": content}}
    return json.dumps({"log": {"version": "1.2", "entries": [exchange]}}).encode()


NONE = "no instance view in any answer of this"
WITHOUT = "it was recorded without bodies"
HOW = """save it again, with "Save all as HAR with content" in Chrome or content: 'embed' in Playwright"""
CASES = {
    "omitted": (
        har({"size": 1709, "mimeType": "application/json"}),
        f"{NONE} HAR: {WITHOUT}; {HOW}",
    ),
    "empty": (har({"size": 0, "text": ""}), f"{NONE} HAR: {WITHOUT}; {HOW}"),
    "null": (har({"size": 9, "text": None}), f"{NONE} HAR: {WITHOUT}; {HOW}"),
    "an error": (har({"size": 9}, 404), f"{NONE} HAR"),
    "another format": (
        recording(entry("")).encode(),
        f"{NONE} session record: {WITHOUT}; record it again with the bodies of the answers",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_recording_without_bodies_says_how_to_record_them(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data, reason = CASES[case]
    (tmp_path / "run.har").write_bytes(data)
    assert heads("run.har") == [f"run.har:1:1: unreadable: {reason}", "1 skipped; 1 unreadable"]
    assert invoke("check", "run.har")[1] == 2
    (tmp_path / "a.json").write_bytes(LINE)
    assert heads(".") == [wrong("a.json:1:25"), "2 skipped"]
