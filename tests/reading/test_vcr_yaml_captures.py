"""Real cassettes in YAML: all are read, and a fault written into one is found where it was written."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from instanceview.checking.check import check_document
from instanceview.model.document import Document, Origin, Unreadable
from instanceview.model.limits import DEFAULTS
from instanceview.reading.dispatch import read
from instanceview.reading.files.stream import stream_of
from instanceview.reading.formats import vcr_yaml
from instanceview.reading.yaml_texts.cassette_items import Interaction, _of_whole, interactions

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("shared")

_CASSETTES = 25
# Counted were the documents of these kinds.
_KINDS = ("vmss-vm", "vm", "vmss")
_DOCUMENTS = 52
_WITH_DOCUMENTS = 19
_LEVELS = 217


@pytest.fixture(scope="module")
def cassettes(shared: Path) -> list[Path]:
    return sorted(path for path in (shared / "captures" / "containers").iterdir() if path.suffix in {".yaml", ".yml"})


def content(data: bytes) -> list[Document | Unreadable]:
    found = list(read(stream_of(data), Origin("cassette")))
    return [each for each in found if isinstance(each, (Document, Unreadable))]


def test_all_are_cassettes_and_are_read(cassettes: list[Path]) -> None:
    assert len(cassettes) == _CASSETTES
    documents = 0
    for path in cassettes:
        data = path.read_bytes()
        assert vcr_yaml.sniff(data)
        found = content(data)
        documents += sum(isinstance(each, Document) and each.kind in _KINDS for each in found)
        unread = [each.reason for each in found if isinstance(each, Unreadable)]
        assert unread in ([], ["no instance view in any answer of this VCR cassette"])
    assert documents == _DOCUMENTS


def test_the_items_are_those_that_the_whole_has(cassettes: list[Path]) -> None:
    for path in cassettes:
        data = path.read_bytes()
        cut = [each for each in interactions(stream_of(data), lambda _: True) if isinstance(each, Interaction)]
        whole = [each for each in _of_whole(data.decode(), DEFAULTS) if isinstance(each, Interaction)]
        assert [each.number for each in cut] == [each.number for each in whole]
        for one, other in zip(cut, whole, strict=True):
            assert one.node.value == other.node.value
            assert _place(one) == _place(other)


def _place(item: Interaction) -> tuple[int, int]:
    return item.source.line_and_column(item.node.start)


def test_each_spoilt_level_is_found_at_its_place(cassettes: list[Path]) -> None:
    """Every level of a cassette becomes a word of its own, so that each finding names its level."""
    found_in = Counter[str]()
    for path in cassettes:
        first, *others = re.split(r'(?<=level\\": \\")Info', path.read_bytes().decode())
        text = first + "".join(f"x{number:03}{rest}" for number, rest in enumerate(others))
        lines = text.split("\n")
        found = content(text.encode())
        documents = [each for each in found if isinstance(each, Document) and each.kind in _KINDS]
        for finding in (finding for each in documents for finding in check_document(each)):
            word = str(finding.value)
            if finding.pointer.endswith("/level") and word.startswith("x"):
                origin = finding.origin
                assert origin.inside is None
                assert lines[(origin.line or 0) - 1][(origin.column or 0) - 1 :].startswith(f'\\"{word}\\"')
                found_in[path.name] += 1
    assert (len(found_in), found_in.total()) == (_WITH_DOCUMENTS, _LEVELS)
