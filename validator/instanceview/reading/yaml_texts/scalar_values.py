"""The JSON values of plain scalars in YAML, and the member names of keys.

A plain scalar is a number where JSON would write the number so, else text. So dates, `yes`, `017`, `0x1f`, `1_000`,
`.inf` and `1:30`, which the versions of YAML read in different ways, are text as written. On `~`, `Null`, `True` and a
missing value they agree: null and true. Numbers follow the policy of json_texts/parse.py.
"""

from __future__ import annotations

import json
import re

from instanceview.model.text import quote
from instanceview.reading.json_texts.parse import NotJSONError, parse
from instanceview.reading.yaml_texts.faults import NotYAMLError

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


def plain_value(text: str, start: int) -> object:
    """Return the JSON value of a plain scalar.

    Raises NotYAMLError for a number that a double cannot hold.

    >>> [plain_value(text, 0) for text in ("1.10", "1.1.0", "True", "yes", "2016-04-30")]
    [1.1, '1.1.0', True, 'yes', '2016-04-30']
    """
    if text in _WORDS:
        return _WORDS[text]
    if not _NUMBER.fullmatch(text):
        return text
    try:
        return parse(text.encode())
    except NotJSONError as error:
        raise NotYAMLError(error.reason.removeprefix("not JSON: "), start) from None


def member_name(key: object, start: int) -> str:
    """Return the member name that a key is, for a scalar the text of its value; `start` is its place in a fault."""
    if isinstance(key, (dict, list)):
        raise NotYAMLError(f"a key is {quote(key)}; expected a string", start)
    return key if isinstance(key, str) else json.dumps(key)
