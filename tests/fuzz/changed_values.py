"""Changes of the JSON and YAML values in an input, which are written again.

Changed bytes alone seldom get past a parser. A changed value is still JSON, so that the code after it is reached.
"""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import yaml
from drawn import Writer
from spoilt import spoil

if TYPE_CHECKING:
    from random import Random

NO_VALUE = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError, yaml.YAMLError)
"""The exceptions of the functions below, PyYAML among them, for an input without a value that can be changed."""

_FEW = 8  # aliases: each is written as often as it occurs, and those inside others once more
_OPENING = re.compile(r"[{\[]")
_decoder = json.JSONDecoder(strict=False)


def changed_json(data: bytes, random: Random) -> bytes:
    """Return a text of one JSON value, with one of its values changed; raises `NO_VALUE`."""
    return _written(_changed(json.loads(data), random), random)


def changed_part(data: bytes, random: Random) -> bytes:
    """Return a text with a change in one of the JSON values in it; raises `NO_VALUE`."""
    text = data.decode("utf-8", "surrogateescape")
    begins = [match.start() for match in _OPENING.finditer(text)]
    if not begins:
        raise ValueError
    start = random.choice(begins)
    value, end = _decoder.raw_decode(text, start)
    around = (each.encode("utf-8", "surrogateescape") for each in (text[:start], text[end:]))
    return _written(_changed(value, random), random).join(around)


def changed_yaml(data: bytes, random: Random) -> bytes:
    """Return a text of YAML, with a value of each document changed, in another style; raises `NO_VALUE`."""
    if data.count(b"*") > _FEW:
        raise ValueError
    text = yaml.dump_all(
        [_changed(each, random) for each in yaml.load_all(data, yaml.CSafeLoader)],
        Dumper=yaml.CSafeDumper,
        default_flow_style=random.choice((True, False, None)),
        default_style=random.choice((None, None, None, '"', "'", "|", ">")),
        allow_unicode=random.random() < 0.5,
        width=random.choice((20, 80, 1000)),
        sort_keys=False,
    )
    return str(text).encode("utf-8", "replace")


def _changed(value: Any, random: Random) -> Any:  # noqa: ANN401 (any JSON value)
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
            holder[key] = _written(_changed(inner, random), random).decode("utf-8", "replace")
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
