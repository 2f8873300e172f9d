"""Recognition of YAML texts; files that are not text, and texts that are too large to commit."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from yaml_cases import every_loader, found_at

from instanceview.model.document import Document, Origin
from instanceview.reading.dispatch import read
from instanceview.reading.files.stream import Stream

if TYPE_CHECKING:
    from pathlib import Path

NESTING = "; limits=Limits(nesting=...) raises the limit"
TOO_MUCH = (
    'unreadable: aliases add more than 1,000,000 values or characters, reached at the alias "*a"; '
    "limits=Limits(aliases=...) raises the limit"
)
GENERATED: dict[str, tuple[str | bytes, str]] = {
    "sequences-100000-deep": ("[" * 100_000, "- 1:129 unreadable: nested deeper than 128 levels" + NESTING),
    "mappings-100000-deep": ("{a: " * 100_000, "- 1:513 unreadable: nested deeper than 128 levels" + NESTING),
    "blocks-100000-deep": ("- " * 100_000, "- 1:257 unreadable: nested deeper than 128 levels" + NESTING),
    "keys-100000-deep": ("? " * 100_000, "- 1:257 unreadable: nested deeper than 128 levels" + NESTING),
    "deep-by-aliases": (
        "".join(f"- &a{level} [*a{level - 1}]\n" if level else "- &a0 []\n" for level in range(200)),
        '- 128:10 unreadable: nested deeper than 128 levels by the alias "*a126"' + NESTING,
    ),
    "bomb-of-characters": (f"rdpThumbPrint: &a {'x' * 99_999}\nstatuses: [{'*a, ' * 11}]\n", f"- 2:52 {TOO_MUCH}"),
    "bomb-in-parts": (
        f"--- {{rdpThumbPrint: &a {'x' * 99_999}, statuses: [{'*a, ' * 4}]}}\n" * 3,
        f"/2 3:100044 {TOO_MUCH}",
    ),
    "digits": (
        f"platformFaultDomain: {'7' * 5000}",
        "- 1:22 unreadable: a number of 5,000 digits; a double holds at most 309",
    ),
    "control-character": (
        "rdpThumbPrint: é \x1b[31m",
        '- 1:18 unreadable: not YAML: a control character; write it as "\\u001b", in double quotes',
    ),
    "nul": (
        "statuses: []\0",
        '- 1:13 unreadable: not YAML: a control character; write it as "\\u0000", in double quotes',
    ),
    "utf-32": (
        "statuses: []".encode("utf-32"),
        "- 1:1 unreadable: encoded as UTF-16 or UTF-32, not UTF-8; save it as UTF-8",
    ),
    "latin-1": ("\nx: é".encode("latin-1"), "- 2:4 unreadable: invalid UTF-8: byte 0xe9 at offset 4; save it as UTF-8"),
}


@every_loader
@pytest.mark.parametrize("case", GENERATED)
def test_what_is_too_large_or_no_text_is_one_line(case: str, loader: str, tmp_path: Path) -> None:
    text, line = GENERATED[case]
    path = tmp_path / "case.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert [each for each in found_at(path, loader) if "unreadable" in each] == [line]


# Each text is broken in both languages, so that the reason names the one that it was taken for.
LANGUAGES = {
    "statuses: [": "YAML",
    "  statuses :\r\n[": "YAML",
    "'a b': [": "YAML",
    "$schema: [": "YAML",
    "vmAgent.statuses: [": "YAML",
    "- [": "YAML",
    "-\n- [": "YAML",
    "? [": "YAML",
    "!!map {": "YAML",
    "---\n[": "YAML",
    "--- {": "YAML",
    "%YAML 1.2\n---\n[": "YAML",
    "# a comment\n\n  # another\nstatuses: [": "YAML",
    "\ufeff# a comment\nstatuses: [": "YAML",
    "{statuses: [": "JSON",
    "[statuses": "JSON",
    '"statuses": [': "JSON",
    "# a comment\n{": "JSON",
    "// a comment: {\n[": "JSON",
    "-1: [": "JSON",
    "{'statuses': [": "JSON",
    "two words: [": "JSON",
    "a, b: [": "JSON",
    '{"statuses": []}\n{"statuses": [': "JSON",
}
PROSE = {"# a comment\n{", "// a comment: {\n[", "-1: [", "two words: [", "a, b: ["}
"""Texts in which no JSON is expected where the name says that they are any text."""


@pytest.mark.parametrize("text", LANGUAGES)
@pytest.mark.parametrize("name", ["case", "case.txt", "case.YML", "yaml.json"])
def test_a_name_decides_the_language_of_a_text_and_else_its_beginning(text: str, name: str, tmp_path: Path) -> None:
    named = {".yml": "YAML", ".json": "JSON"}
    path = tmp_path / name
    path.write_text(text, "utf-8")
    language = named.get(path.suffix.lower(), LANGUAGES[text])
    reasons = [line.partition("unreadable: ")[2] for line in found_at(path, "C") if "unreadable" in line]
    expected = "no instance view" if path.suffix == ".txt" and text in PROSE else f"not {language}"
    assert [reason.partition(":")[0] for reason in reasons][-1:] == [expected]


def test_each_line_of_a_fence_in_a_list_is_read_without_the_indentation_of_the_fence() -> None:
    lines = ("```yaml", "statuses:", "  - code: PowerState/running", "osName: |", "  a", "   b", "```", "")
    page = "# A page\n\n- step:\n\n" + "".join(f"    {line}\n" for line in lines)
    (found,) = read(Stream(io.BytesIO(page.encode())), Origin("a.md"))
    assert isinstance(found, Document)
    assert found.body == {"statuses": [{"code": "PowerState/running"}], "osName": "a\n b\n"}
