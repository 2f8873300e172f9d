"""Strings and lists that hold a text in another form: the text is found in each form that the byte marks let pass."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from functools import partial
from typing import TYPE_CHECKING

import pytest

from instanceview import check, check_text
from instanceview.reading.inner_texts import text_in_list, text_in_string, text_of_buffer

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = '{"statuses": [{"code": "PowerState/running"}]}'
PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": bytes,
    "with a mark": lambda data: b"\xef\xbb\xbf" + data,
    "gzip": gzip.compress,
    **{f"zlib {level}": partial(zlib.compress, level=level) for level in (0, 3, 6, 9)},
}
WRITTEN: dict[str, Callable[[bytes], str]] = {
    "base64": lambda data: base64.b64encode(data).decode(),
    "base64 in lines": lambda data: base64.encodebytes(data).decode(),
    "hexadecimal": bytes.hex,
}
OTHERS = ("eyes on the road, please", "H4sIAAAA but no more than that", "W3 is a name of something")


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("written", WRITTEN)
def test_a_packed_text_is_found_in_a_string(packing: str, written: str) -> None:
    inner = text_in_string(WRITTEN[written](PACKINGS[packing](TEXT.encode())))
    assert inner
    assert (inner.text, inner.exact) == (TEXT, False)


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_packed_text_is_found_in_a_list(packing: str) -> None:
    data = PACKINGS[packing](TEXT.encode())
    chunks = [data[:9].hex(), data[9:].hex()]
    found = [text_in_list(list(data)), text_in_list([*chunks]), text_of_buffer({"type": "Buffer", "data": list(data)})]
    assert [inner and inner.text for inner in found] == [TEXT] * 3


@pytest.mark.parametrize("text", OTHERS)
def test_a_text_that_begins_as_a_packed_one_has_none(text: str) -> None:
    assert text_in_string(text) is None


@pytest.mark.parametrize(("layers", "documents"), [(1, 1), (2, 1), (4, 1), (5, 0)])
def test_texts_in_texts_are_searched_to_a_depth(layers: int, documents: int) -> None:
    text = '{"statuses": [{"code": "PowerState/running"}]}'
    for _ in range(layers):
        text = json.dumps(text)
    found = [check(json.loads(f'{{"a": {text}}}')), check_text(f'{{"a": {text}}}'), check_text(f"[{text}]")]
    assert [each.documents for each in found] == [documents] * 3
