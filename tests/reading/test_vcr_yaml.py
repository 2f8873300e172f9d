"""Cassettes in YAML: each case is a file beside what must be found in it, with the text at each place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cassette_cases import cases, found_in
from yaml_cases import every_loader, reading_with

from instanceview.model.document import Document, Unreadable
from instanceview.reading.inputs import read_path
from instanceview.reading.yaml_texts.cassette_anchors import Anchored

if TYPE_CHECKING:
    from pathlib import Path

    from instanceview.reading.yaml_texts.cassette_pieces import Piece


each_case = pytest.mark.parametrize("case", cases(), ids=lambda path: path.stem)


def expected(case: Path) -> list[str]:
    return case.with_suffix(".expected").read_text("utf-8").splitlines()


@every_loader
@each_case
def test_a_cassette_has_exactly_what_is_expected(case: Path, loader: str) -> None:
    with reading_with(loader):
        found = list(found_in(case.read_bytes()))
    if loader == "C":
        assert found == expected(case)
    else:  # each of the two loaders has its own words for a fault of the syntax
        assert [line.split(": ")[0] for line in found if "unreadable: not YAML" not in line] == [
            line.split(": ")[0] for line in expected(case) if "unreadable: not YAML" not in line
        ]


@each_case
def test_line_ends_of_windows_and_a_byte_order_mark_change_no_place(case: Path) -> None:
    data = b"\xef\xbb\xbf" + case.read_bytes().replace(b"\n", b"\r\n")
    assert list(found_in(data)) == expected(case)


@pytest.mark.parametrize(
    ("letter", "reason"),
    [
        (b"\xff", "invalid UTF-8: byte 0xff; save it as UTF-8"),
        (b"\x07", 'not YAML: a control character; write it as "\\u0007", in double quotes'),
    ],
    ids=["no-utf-8", "control-character"],
)
def test_a_letter_that_no_text_has_costs_its_interaction_and_no_other(letter: bytes, reason: str) -> None:
    case = next(case for case in cases() if case.stem == "indented-sequence")
    first, second = expected(case)[:2]
    data = case.read_bytes().replace(b"message: OK", b"message: " + letter, 1)
    assert list(found_in(data)) == [second, f"/interactions/0 8:36 unreadable: {reason}", "1 recorded"]
    assert first.startswith("/interactions/0 ")


def test_only_interactions_that_may_matter_are_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    case = next(case for case in cases() if case.stem == "indented-sequence")
    other = b"  - request: {method: GET, uri: https://example.com}\n    response: {body: {string: x}}\n"
    key, interaction = case.read_bytes().split(b"\n", 1)
    parsed: list[str] = []
    composed = Anchored.composed

    def counting(self: Anchored, piece: Piece) -> object:
        parsed.append(piece.data.decode())
        return composed(self, piece)

    monkeypatch.setattr(Anchored, "composed", counting)
    found = list(found_in(key + b"\n" + other * 1000 + interaction + b"version: 1\n"))
    assert len(parsed) == 2
    assert [line.split()[0] for line in found[:-1]] == ["/interactions/1000", "/interactions/1001"]


def test_a_merge_of_two_documents_reads_both(tmp_path: Path) -> None:
    case = next(case for case in cases() if case.stem == "one")
    path = tmp_path / "two.yaml"
    path.write_bytes(case.read_bytes() + b"---\n" + case.read_bytes())
    found = [each.origin.line for each in read_path(path) if isinstance(each, Document)]
    assert found == [2, 12]


def test_a_mapping_of_another_kind_is_not_cassette(tmp_path: Path) -> None:
    path = tmp_path / "service.yaml"
    path.write_text("paths:\n  interactions:\n  - request: 1\n", "utf-8")
    assert [type(each) for each in read_path(path)] == [Unreadable]
