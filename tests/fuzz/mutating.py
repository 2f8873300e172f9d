"""Changes of an input: of its bytes, and of the JSON and YAML values in it, which are written again.

Changed bytes alone seldom get behind a parser. A changed value is still JSON, so that the code behind is reached.
"""

from __future__ import annotations

import json
import re
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml
from drawn import Writer
from spoilt import spoil

from instanceview.tables.catalog import tables_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from harness import Form

LONGEST = 1 << 15
"""Bytes of the longest input: long ones are tried by the tests of growth, and make a fuzzer slow."""

_TOKENS = (
    *(
        "{",
        "}",
        "[",
        "]",
        '"',
        "'",
        "`",
        ":",
        ",",
        "\\",
        "\\u",
        "\\ud800",
        '\\"',
        "\\\\",
        "null",
        "true",
        "-1",
        "1e400",
    ),
    *("\n", "\r\n", "\n\n", "\t", "  ", "\0", "\x1b[31m", "\ufeff", "\ud800", "\u2028", "NaN", "0", "200", "404"),
    *("---\n", "...\n", "- ", "? ", "| ", ">-\n", "&a ", "*a", "<<: ", "!!binary ", "!!str ", "%YAML 1.2\n", "# "),
    *("```json\n", "```yaml\n", "```\n", "// ", "/* ", "*/", "HTTP/1.1 200 OK\r\n", "GET ", "< ", "> ", "* "),
    *("nock('https://a')", ".get('", ".reply(200, ", ".query(", "JSON.stringify(", "${", "+", ")", "H4sIA", "eyJ"),
    *("ProvisioningState/", "PowerState/running", "/instanceView", "?$expand=instanceView", "api-version=2024-07-01"),
    *("/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/a", "value", "entries", "body"),
)
_FEW = 8
_OPENING = re.compile(r"[{\[]")
_decoder = json.JSONDecoder(strict=False)


@cache
def _tokens() -> tuple[bytes, ...]:
    names = sorted({name for table in tables_json()["tables"].values() for name in table["members"]})
    return tuple(each.encode("utf-8", "surrogatepass") for each in (*_TOKENS, *names))


def mutated(data: bytes, form: Form, others: list[bytes], random: Random) -> bytes:
    """Return an input that is changed in one to four places; `others` are inputs of which parts may be taken."""
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        changes = _CHANGES[form]
        data = random.choice(changes)(data, others, random)
    return data[:LONGEST]


def _changed_bytes(data: bytes, others: list[bytes], random: Random) -> bytes:
    start = random.randint(0, len(data))
    end = min(len(data), start + random.choice((0, 0, 1, 1, 2, 8, 64, 512)))
    part = random.choice(others) if others else data
    begin = random.randint(0, len(part))
    put = random.choice(
        (
            b"",
            random.choice(_tokens()),
            random.choice(_tokens()),
            bytes([random.randrange(256)]),
            data[start:end] * 2,
            part[begin : begin + random.choice((1, 8, 64, 512))],
        )
    )
    return data[:start] + put + data[end:]


def _cut(data: bytes, others: list[bytes], random: Random) -> bytes:  # noqa: ARG001 (the form of a change)
    return data[: random.randint(0, len(data))]


def _changed_json(data: bytes, others: list[bytes], random: Random) -> bytes:
    """Return a text of one JSON value, with one of its values changed."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return _changed_bytes(data, others, random)
    return _written(_changed_value(value, random), random)


def _changed_part(data: bytes, others: list[bytes], random: Random) -> bytes:
    """Return a text with a change in one of the JSON values in it."""
    text = data.decode("utf-8", "surrogateescape")
    begins = [match.start() for match in _OPENING.finditer(text)]
    if not begins:
        return _changed_bytes(data, others, random)
    start = random.choice(begins)
    try:
        value, end = _decoder.raw_decode(text, start)
    except (ValueError, RecursionError):
        return _changed_bytes(data, others, random)
    return b"".join(
        (
            text[:start].encode("utf-8", "surrogateescape"),
            _written(_changed_value(value, random), random),
            text[end:].encode("utf-8", "surrogateescape"),
        )
    )


def _changed_yaml(data: bytes, others: list[bytes], random: Random) -> bytes:
    """Return a text of YAML, with one of its values changed, in another style."""
    if data.count(b"*") > _FEW:  # aliases would be written as often as they occur
        return _changed_bytes(data, others, random)
    try:
        values = [_changed_value(each, random) for each in yaml.load_all(data, yaml.CSafeLoader)]
        text = yaml.dump_all(
            values,
            Dumper=yaml.CSafeDumper,
            default_flow_style=random.choice((True, False, None)),
            default_style=random.choice((None, None, None, '"', "'", "|", ">")),
            allow_unicode=random.random() < 0.5,
            width=random.choice((20, 80, 1000)),
            sort_keys=False,
        )
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, AttributeError):
        return _changed_bytes(data, others, random)
    return str(text).encode("utf-8", "replace")


def _changed_value(value: Any, random: Random) -> Any:  # noqa: ANN401 (any JSON value)
    """Return a copy of a value with one place changed, perhaps in the JSON of a text in it."""
    root = {"": deepcopy(value)}
    texts = list(_texts_with_json(root))
    if texts and random.random() < 0.6:
        holder, key = random.choice(texts)
        try:
            inner = json.loads(holder[key])
        except (ValueError, RecursionError):
            inner = None
        if isinstance(inner, (dict, list)):
            holder[key] = _written(_changed_value(inner, random), random).decode("utf-8", "replace")
            return root[""]
    return spoil(root, random).get("", value)


def _texts_with_json(holder: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 (as above)
    found: list[tuple[Any, Any]] = []
    for key, item in list(holder.items() if isinstance(holder, dict) else enumerate(holder)):
        if isinstance(item, (dict, list)):
            found += _texts_with_json(item)
        elif isinstance(item, str) and item[:1] in {"{", "["}:
            found.append((holder, key))
    return found


def _written(value: object, random: Random) -> bytes:
    """Return a JSON text of a value, as programs and as nobody writes it."""
    way = random.randrange(4)
    if way == 0:
        spaces = random.choice((("",), ("", " "), ("", "", " ", "\n", "\r\n", "\t  ")))
        writer = Writer(random, spaces, escapes=random.random() < 0.5, repeats=random.random() < 0.3)
        return writer.write(value).encode("utf-8", "surrogatepass")
    text = json.dumps(value, indent=1 if way == 1 else None, separators=(",", ":") if way == 2 else None)
    return text.encode()


_CHANGES: dict[Form, tuple[Callable[[bytes, list[bytes], Random], bytes], ...]] = {
    "bytes": (_changed_bytes, _changed_bytes, _changed_part, _changed_part, _cut),
    "json": (_changed_bytes, _changed_json, _changed_json, _changed_json, _changed_json),
    "yaml": (_changed_bytes, _changed_bytes, _changed_part, _changed_yaml, _changed_yaml, _cut),
}
