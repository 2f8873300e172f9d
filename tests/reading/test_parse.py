"""One parsing policy for bytes: the quick parser and the exact one behind it give the same values and reasons."""

from __future__ import annotations

import json

import pytest
from drawn import JSON_VALUES, Writer, writers
from hypothesis import given, settings

from instanceview.model.limits import DEFAULTS
from instanceview.places.source import line_and_column
from instanceview.reading.json_texts.parse import NotJSONError, parse
from instanceview.reading.json_texts.plain import from_python

BOM = b"\xef\xbb\xbf"  # the quick parser refuses it, so that it shows the other one at work


def deep(opening: bytes, levels: int, closing: bytes) -> bytes:
    return opening * levels + b"1" + closing * levels


VALUES: dict[bytes, object] = {
    b"{}": {},
    b' \t\r\n[1, {"a": null}]\n': [1, {"a": None}],
    b'"\\ud83d\\ude00 \xf0\x9f\x98\x80"': "\U0001f600 \U0001f600",
    b'"\\ud800"': "\ud800",
    b'{"\\udfff": ["\\ude00\\ud83d"]}': {"\udfff": ["\ude00\ud83d"]},
    b'{"a": 1, "b": 2, "a": 3}': {"a": 3, "b": 2},
    b"1.0": 1.0,
    b"-0": 0,
    b"-0.0": -0.0,
    b"5e-324": 5e-324,
    b"1e-400": 0.0,
    b"9223372036854775807": 2**63 - 1,
    b"18446744073709551615": 2**64 - 1,
    b"18446744073709551616": 18446744073709551616.0,
    b"-9223372036854775808": -(2**63),
    b"-9223372036854775809": -9223372036854775808.0,
    b"1" + b"0" * 299: 1e299,
    b"1" + b"0" * 308: 1e308,
    b"-1" + b"0" * 308: -1e308,
    b"0." + b"3" * 5000: 1 / 3,
    b'["' + b"[{" * 500 + b'", "\\"' + b"{" * 500 + b'"]': ["[{" * 500, '"' + "{" * 500],
    b"[" + b",".join([b"{}"] * 500) + b"]": [{}] * 500,
    deep(b"[", DEFAULTS.nesting, b"]"): json.loads(deep(b"[", DEFAULTS.nesting, b"]")),
    deep(b'{"a":', DEFAULTS.nesting, b"}"): json.loads(deep(b'{"a":', DEFAULTS.nesting, b"}")),
}
EMPTY = "empty; expected a JSON object"
COLOUR = "not JSON: a colour code; print it without colours"
DEPTH = "nested deeper than 128 levels; --max-nesting raises the limit"
NAN = "not JSON: {} is not a JSON number; use null or omit the member"
LARGE = "not JSON: the number {} is too large for a double"
UTF16 = "encoded as UTF-16 or UTF-32, not UTF-8; save it as UTF-8"
COMMA = "not JSON: a trailing comma; remove it"
CONTROL = "not JSON: a control character in a string; write {}, or close the quotes before it"
FAULTS: dict[bytes, tuple[str, int, int]] = {
    b"": (EMPTY, 1, 1),
    b" \r\n\t": (EMPTY, 1, 1),
    b"NaN": (NAN.format("NaN"), 1, 1),
    b'{"NaN": "NaN",\n "b": NaN}': (NAN.format("NaN"), 2, 7),
    b"[1, Infinity]": (NAN.format("Infinity"), 1, 5),
    b'["-Infinity", -Infinity]': (NAN.format("-Infinity"), 1, 15),
    b"[1e400]": (LARGE.format("1e400"), 1, 2),
    b'{"a": "-1e400", "b":\n-1e400}': (LARGE.format("-1e400"), 2, 1),
    b"[0." + b"1" * 400 + b", " + b"1" * 400 + b"]": (
        "not JSON: a number of 400 digits; a double holds at most 309",
        1,
        406,
    ),
    b"9" * 309: (LARGE.format("9" * 40), 1, 1),
    b"-" + b"9" * 309: (LARGE.format("-" + "9" * 39), 1, 1),
    b'{"a":\n' + b"1" * 5000 + b"}": ("not JSON: a number of 5,000 digits; a double holds at most 309", 2, 1),
    b"[-" + b"1" * 5000 + b"]": ("not JSON: a number of 5,000 digits; a double holds at most 309", 1, 2),
    b"[1,]": (COMMA, 1, 3),
    b'{"a": [1,\n2 ,\r\n ] }': (COMMA, 2, 3),
    b'{"a": 1, }': (COMMA, 1, 8),
    b"[tru": ('not JSON: cut off, expected a value, found "tru"', 1, 2),
    b"-": ('not JSON: cut off, expected a value, found "-"', 1, 1),
    b'{"a":': ("not JSON: cut off, expected a value", 1, 6),
    b'{"a": 1\n': ("not JSON: cut off, expected a comma or }", 2, 1),
    b'[1,\n "ab': ("not JSON: cut off, a string without its closing quote", 2, 2),
    b"[": ("not JSON: cut off, expected a value", 1, 2),
    b"{} {}": ('not JSON: expected the end, found "{"; write one document per line, or an array of documents', 1, 4),
    b'{"a": 1}\n\xf0\x9f\x98\x80 x': ('not JSON: expected the end, found "\U0001f600"', 2, 1),
    b'"\xf0\x9f\x98\x80\t"': (CONTROL.format(r"\t"), 1, 3),
    b'["a\nb"]': (CONTROL.format(r"\n"), 1, 4),
    b"{'a': 1}": ('not JSON: expected a name in double quotes, found "\'"; use double quotes', 1, 2),
    b"[01]": ('not JSON: expected a comma, found "1"', 1, 3),
    b"undefined": ('not JSON: expected a value, found "undefined"; use null', 1, 1),
    b'{"a": \x1b[94m1\x1b[39;49;00m' + b", \x1b[37m" * 200 + b"}": (COLOUR, 1, 7),
    deep(b"[", 129, b"\x1b[0m]"): (DEPTH, 1, 129),
    deep(b"[", 129, b"]"): (DEPTH, 1, 129),
    deep(b'{"a":\n', 129, b"}"): (DEPTH, 129, 1),
    b'["[[", "\\"[",\n' + deep(b"[", 128, b"]") + b"]": (DEPTH, 2, 128),
    b"[" * 100_000: (DEPTH, 1, 129),
    b'{"a":' * 100_000: (DEPTH, 1, 128 * 5 + 1),
}
ENCODINGS: dict[bytes, tuple[str, int, int]] = {
    '{"a": "\u00e9"}'.encode("utf-16"): (UTF16, 1, 1),
    '{"a": 1}'.encode("utf-16-le"): (UTF16, 1, 1),
    '{"a": 1}'.encode("utf-16-be"): (UTF16, 1, 1),
    '\ufeff{"a": 1}'.encode("utf-16-be"): (UTF16, 1, 1),
    '{"a": 1}'.encode("utf-32"): (UTF16, 1, 1),
    '{"a": 1}'.encode("utf-32-be"): (UTF16, 1, 1),
    '["\ud800"]'.encode("utf-8", "surrogatepass"): ("invalid UTF-8: byte 0xed at offset 2; save it as UTF-8", 1, 3),
    '{"a": "\u00e9"}'.encode("latin-1"): ("invalid UTF-8: byte 0xe9 at offset 7; save it as UTF-8", 1, 8),
    b'{\r\n "\xc3\xa9": "\xff"}': ("invalid UTF-8: byte 0xff at offset 11; save it as UTF-8", 2, 8),
    b'{\n "a": "\xc3': ("invalid UTF-8: byte 0xc3 at offset 9; save it as UTF-8", 2, 8),
    BOM + b'{\n "\xff"}': ("invalid UTF-8: byte 0xff at offset 7; save it as UTF-8", 2, 3),
    BOM + b'"\xc3\xa9\xc3\xa9\xff"': ("invalid UTF-8: byte 0xff at offset 8; save it as UTF-8", 1, 4),
    b"[" * 200 + b"\xff": ("invalid UTF-8: byte 0xff at offset 200; save it as UTF-8", 1, 201),
}


def shown(data: bytes) -> str:
    return repr(data[:40])[2:-1] + (f" ({len(data)} bytes)" if len(data) > 40 else "")


def refused(data: bytes) -> tuple[str, int | None, int | None]:
    with pytest.raises(NotJSONError) as caught:
        parse(data)
    assert str(caught.value) == caught.value.reason
    return caught.value.reason, caught.value.line, caught.value.column


@pytest.mark.parametrize("mark", [b"", BOM], ids=["quickly", "exactly"])
@pytest.mark.parametrize(("data", "value"), VALUES.items(), ids=map(shown, VALUES))
def test_a_text_has_exactly_this_value(data: bytes, value: object, mark: bytes) -> None:
    # Numbers of another type and zeros of another sign are equal, their texts are not.
    assert repr(parse(mark + data)) == repr(value)


@pytest.mark.parametrize("mark", [b"", BOM], ids=["quickly", "exactly"])
@pytest.mark.parametrize(("data", "fault"), FAULTS.items(), ids=map(shown, FAULTS))
def test_a_text_that_is_not_json_is_refused_with_reason_and_place(
    data: bytes, fault: tuple[str, int, int], mark: bytes
) -> None:
    assert refused(mark + data) == fault


@pytest.mark.parametrize(("data", "fault"), ENCODINGS.items(), ids=map(shown, ENCODINGS))
def test_bytes_that_are_no_utf_8_are_refused_with_reason_and_place(data: bytes, fault: tuple[str, int, int]) -> None:
    assert refused(data) == fault


@settings(max_examples=300, deadline=None, database=None)
@given(JSON_VALUES, writers())
def test_quick_exact_and_python_paths_give_one_value(value: object, writer: Writer) -> None:
    """JSON text of any value, however it is written, is the value that Python gives to the rules."""
    data = writer.write(value).encode()
    expected = repr(from_python(value))
    assert repr(parse(data)) == expected
    assert repr(parse(BOM + data)) == expected


@settings(max_examples=300, deadline=None, database=None)
@given(JSON_VALUES, writers())
def test_wherever_a_text_is_cut_off_it_is_refused_within_it(value: object, writer: Writer) -> None:
    text = writer.write([value])
    for length in {0, 1, len(text) // 3, len(text) // 2, len(text) - 1}:
        _, line, column = refused(text[:length].encode())
        assert (1, 1) <= (line or 0, column or 0) <= line_and_column(text, length)


@pytest.mark.parametrize(
    ("text", "limited", "reason"),
    [
        ('{"a": 1, "b": 2, "c": 3}', {"members": 3}, None),
        ('{"a": 1, "b": 2, "c": 3, "d": 4}', {"members": 3}, "members"),
        ('{"a": {"b": 1}, "c": {"d": 1}}', {"members": 2}, None),
        ("[1, 2, 3]", {"items": 3}, None),
        ("[1, 2, 3, 4]", {"items": 3}, "items"),
        ("[[1, 2], [3, 4]]", {"items": 2}, None),
        ('{"a": "x: y: z, w, v"}', {"members": 1, "items": 1}, None),
    ],
)
def test_members_and_items_beyond_a_limit_are_refused(text: str, limited: dict[str, int], reason: str | None) -> None:
    limits = DEFAULTS._replace(**limited)
    if reason is None:
        assert parse(text.encode(), limits) == json.loads(text)
    else:
        with pytest.raises(NotJSONError, match=f"more than 3 {reason}"):
            parse(text.encode(), limits)


def test_equal_objects_of_a_large_text_are_one_and_unequal_ones_are_not() -> None:
    pieces = (
        '{"a": 1}', '{"a": 1.0}', '{"a": true}', '{"a": "1"}', '{"a": 0.0}', '{"a": -0.0}', '{"a": null}', "{}", "[]",
        '{"a": 1, "b": 2}', '{"b": 2, "a": 1}', '{"a": 1, "a": 2}', '{"a": {"a": 1}}', '{"a": {"a": 1.0}}',
        '{"a": [1]}', '{"a": [1.0]}', '{"a": [[1]]}', '{"a": "\\ud800"}', '{"a": 18446744073709551616}',
    )  # fmt: skip
    times = (1 << 18) // len(", ".join(pieces)) + 1
    found = parse(f"[{', '.join(pieces * times)}]".encode())
    assert isinstance(found, list)
    assert list(map(repr, found)) == [repr(parse(piece.encode())) for piece in pieces] * times
    assert found[0] is found[len(pieces)]


def test_a_fault_of_a_large_text_of_tiny_values_has_its_place() -> None:
    with pytest.raises(NotJSONError) as caught:
        parse(b"[\n" + b'{"a": 1}, ' * 30_000 + b"oops]")
    assert (caught.value.reason, caught.value.line, caught.value.column) == (
        'not JSON: expected a value, found "oops"',
        2,
        300_001,
    )
