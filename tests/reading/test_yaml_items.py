"""A cassette that is cut into pieces gives what the same text gives that is read as a whole."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from cassette_cases import cases
from hypothesis import given, settings
from hypothesis import strategies as st

from instanceview.model.limits import DEFAULTS
from instanceview.reading.files import stream
from instanceview.reading.files.stream import Stream, stream_of
from instanceview.reading.yaml_texts.cassette_items import BrokenPiece, Interaction, _of_whole
from instanceview.reading.yaml_texts.cassette_items import interactions as read_interactions
from instanceview.reading.yaml_texts.cassette_pieces import cut_pieces, opening

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LINES = st.sampled_from(
    ["", "- a: 1", "- request:", "interactions:", "version: 1", "# no comment", "---x", '"', "it's", "{"]
)
TEXTS = st.lists(LINES, max_size=5).map("\n".join)
BODIES = st.one_of(TEXTS, st.fixed_dictionaries({"string": TEXTS}), st.none())
HEADERS = st.sampled_from([{"a": ["b"]}, {"c": ["d", "e"]}])  # one object more than once: an anchor and its aliases
INTERACTIONS = st.lists(
    st.fixed_dictionaries({"request": st.fixed_dictionaries({"headers": HEADERS, "body": BODIES}), "response": BODIES}),
    min_size=1,
    max_size=6,
)
ROOTS = st.sampled_from([{}, {"version": 2}, {"a": {"b": ["c"]}}, {"recorded_with": "x", "also": ["d"]}])


def with_places(found: Iterable[Interaction | BrokenPiece]) -> list[Any]:
    """Return the items with the places of everything in them."""
    result: list[Any] = []
    for each in found:
        assert isinstance(each, Interaction), each
        spans = each.source.spans().by_path
        places = {path: each.source.line_and_column(span.start) for path, span in spans.items()}
        result.append((each.name, each.number, each.node.value, places))
    return result


@pytest.mark.parametrize("block", [256, 1 << 20])
@settings(max_examples=150, deadline=None, database=None)
@given(interactions=INTERACTIONS, root=ROOTS, options=st.data())
def test_pieces_and_the_whole_are_the_same(
    block: int, interactions: list[Any], root: dict[str, Any], options: st.DataObject
) -> None:
    members = [*root.items(), ("interactions", interactions)]
    value = dict(options.draw(st.permutations(members)))
    style = options.draw(st.sampled_from([None, '"', "'", "|"]))
    text = yaml.safe_dump(value, sort_keys=False, default_style=style, width=options.draw(st.sampled_from([20, 200])))
    text = text.replace('"interactions":', "interactions:")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "BLOCK", block)
        found = with_places(read_interactions(Stream(io.BytesIO(text.encode())), lambda _: True))
    assert found == with_places(_of_whole(text, DEFAULTS))
    assert [each[2] for each in found] == interactions


@pytest.mark.parametrize("case", cases(), ids=lambda path: path.stem)
@pytest.mark.parametrize("size", [1, 5, 100, 100_000])
def test_pieces_put_together_are_the_file_whatever_the_blocks_are(case: Path, size: int) -> None:
    data = case.read_bytes()
    begins = opening(data)
    if begins is None:
        assert case.stem.startswith(("flow", "no-"))
        return
    blocks = [data[at : at + size] for at in range(0, len(data), size)]
    cut = list(cut_pieces(blocks, begins.indent))
    assert b"".join(piece.data for piece in cut) == data
    assert cut == list(cut_pieces([data], begins.indent))
    assert [piece.line for piece in cut] == [
        data.count(b"\n", 0, sum(len(before.data) for before in cut[:index])) + 1 for index in range(len(cut))
    ]


def test_anchors_beyond_the_limit_are_refused_in_one_line() -> None:
    text = "interactions:\n" + "".join(f"- request: &a{number} {{x: {'y' * 40}}}\n" for number in range(4))
    limits = DEFAULTS._replace(file_in_memory=100)
    with pytest.raises(ValueError, match="interactions with anchors are larger than 100 bytes; --max-file-in-memory"):
        list(read_interactions(stream_of(text.encode(), limits), lambda _: False))
