"""Bodies that are encoded: decoded where they really are, never because of a header or a label alone."""

from __future__ import annotations

import base64
import gzip
import zlib

import pytest

from instanceview.model.limits import DEFAULTS
from instanceview.reading.decoding import NotDecodedError, chunks_of, text_in, text_of
from instanceview.reading.inner_texts import embedded_values, text_of_buffer
from instanceview.reading.json_texts import partial
from instanceview.reading.json_texts.partial import _of_part

BODY = '{"statuses": []}'
DATA = BODY.encode()
BASE64 = base64.b64encode(DATA).decode()


@pytest.mark.parametrize("data", [DATA, b"\xef\xbb\xbf" + DATA, gzip.compress(DATA, mtime=0), zlib.compress(DATA)])
def test_bytes_are_unpacked_where_they_are_packed(data: bytes) -> None:
    assert text_of(data) == BODY


@pytest.mark.parametrize("text", ["x\x9c is text", "x", "x^ too"])
def test_a_text_that_begins_as_packed_ones_do_is_a_text(text: str) -> None:
    assert text_of(text.encode()) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (BASE64, BODY),
        (BASE64.rstrip("="), BODY),
        ("\n".join([BASE64[:8], BASE64[8:]]), BODY),
        (base64.b64encode(gzip.compress(DATA, mtime=0)).decode(), BODY),
        (base64.urlsafe_b64encode(b'{"a": "???>>>"}').decode(), '{"a": "???>>>"}'),
        (BODY, None),
        ("", None),
    ],
)
def test_base64_is_decoded_where_it_is_base64(value: str, expected: str | None) -> None:
    assert text_in(value, encoded=True) == expected
    assert text_in(value) is None


@pytest.mark.parametrize("write", [bytes.hex, lambda chunk: base64.b64encode(chunk).decode()])
def test_chunks_are_joined_before_they_are_unpacked(write: object) -> None:
    packed = gzip.compress(DATA, mtime=0)
    chunks = [write(packed[:9]), write(packed[9:])]  # type: ignore[operator]  # either of the two
    assert text_in(chunks) == BODY
    assert text_in(chunks_of(str(chunks).replace("'", '"')) or []) == BODY


@pytest.mark.parametrize("text", ["[]", "[1]", '["a word"]', '{"a": 1}', '["7b"', '[["7b"]]'])
def test_an_array_of_something_else_is_not_chunks(text: str) -> None:
    assert chunks_of(text) is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            b"\xff{}",
            "the body is not UTF-8: byte 0xff at offset 0; if brotli or zstd packed it, record it unpacked",
        ),
        (gzip.compress(DATA, mtime=0)[:-9], "the compressed body is cut off; record it again"),
        (b"\x1f\x8bxxxxxxxxxxxxxxx", "the body is broken gzip; record it again"),
    ],
)
def test_what_cannot_be_decoded_has_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NotDecodedError) as caught:
        text_of(data)
    assert str(caught.value) == reason


def test_a_body_that_unpacks_to_too_much_is_refused() -> None:
    limits = DEFAULTS._replace(decoded_size=1 << 20)
    assert text_of(gzip.compress(b" " * (1 << 20)), limits) == " " * (1 << 20)
    with pytest.raises(NotDecodedError, match="larger than 1 MiB; --max-decoded-size raises the limit"):
        text_of(gzip.compress(b" " * ((1 << 20) + 1)), limits)


def test_a_text_of_many_faults_is_looked_through_a_bounded_number_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the standard library's parser counts the lines before it, so that it is given parts of a text."""
    given: list[int] = []

    def counted(part: str) -> object:
        given.append(len(part))
        return _of_part(part)

    monkeypatch.setattr(partial, "_of_part", counted)
    text = 'said {"a": tru} of it ' * 2000 + '{"a": 1}'
    assert [text[start:end] for start, end in embedded_values(text)] == ['{"a": 1}']
    assert sum(given) < 60 * len(text)


def test_a_buffer_of_node_has_its_bytes_as_numbers_or_in_base64() -> None:
    view = b'{"vmAgent": {}}'
    for data in (list(view), base64.b64encode(view).decode()):
        inner = text_of_buffer({"type": "Buffer", "data": data})
        assert inner is not None
        assert inner.text == view.decode()
    others: tuple[dict[str, object], ...] = (
        {"type": "Buffer"},
        {"type": "Buffer", "data": 5},
        {"type": "Buffer", "data": [256]},
        {"data": [123]},
    )
    assert [text_of_buffer(other) for other in others] == [None] * 4
