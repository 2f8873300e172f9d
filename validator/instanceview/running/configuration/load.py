"""One configuration file -> its settings, checked."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from typing import TYPE_CHECKING, Any

from instanceview.model.paths import relative
from instanceview.model.redaction import redact_parts
from instanceview.model.text import number_of, quote, safe
from instanceview.places.source import Source, line_and_column
from instanceview.reading.json_texts.parse import NotJSONError, decode
from instanceview.running.configuration.problems import problems, single_values
from instanceview.running.configuration.settings import NAMES, Configuration, ConfigurationError
from instanceview.running.configuration.toml_places import places

if TYPE_CHECKING:
    from instanceview.running.configuration.toml_places import TomlPlace
    from instanceview.running.configuration.unfit import Spot

_TABLE = ("tool", "instanceview")
_DEEP = re.compile(r"""(?:\.[ \t]*+(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+){100}""")
"""A key in a hundred tables; for a key in 100,000 tables, the parser takes hours."""
_SHOWN = 20
"""The most faults that are shown; each has its own line."""
# A pattern of the parser's message with the word that it found, and the next step.
_HINTS = (
    (r"^invalid value: [Tt]rue$", "use true"),
    (r"^invalid value: [Ff]alse$", "use false"),
    (r"^invalid value: $", "write a value after ="),
    (r"^(invalid value|expected newline)", "put a string in double quotes"),
    (r"^(invalid statement|expected '=')", "write KEY = VALUE"),
    (r"^unclosed array", "end it with ], and put commas between its items"),
    (r"^(expected (\"'|'\")|illegal character|unterminated string)", "close the quotes"),
    (r"^(unescaped|invalid hex)", "put a string with backslashes in single quotes"),
    (r"^cannot (overwrite|declare)", "use each key once"),
)


def load(path: str, data: bytes) -> Configuration | None:
    """Return the configuration in the bytes of a file, None for a pyproject.toml without our table.

    Raises ConfigurationError with the first faults, each in a line that begins with its place.
    """
    file = safe(relative(path))
    try:
        return _load(file, path, data)
    except RecursionError:
        message = f"{file}:1:1: nested too deeply; a configuration has at most three levels"
        raise ConfigurationError(message) from None


def _load(file: str, path: str, data: bytes) -> Configuration | None:
    text, content = _parsed(file, data)
    source = Source(text).in_pieces()
    table = () if os.path.basename(path) == NAMES[0] else _TABLE
    values: Any = content
    for name in table:
        values = values.get(name) if isinstance(values, dict) else None
    if values is None:
        return None
    found = {at[len(table) :]: place for at, place in places(text).items() if at[: len(table)] == table}
    if not isinstance(values, dict):
        message = f"{_file_position(file, source, found[()].value)}: tool.instanceview is not a table"
        raise ConfigurationError(message)
    for holder, at in single_values(values):
        holder[str(at[-1])] = [holder[str(at[-1])]]
        found[*at, 0] = found[at]
    _refuse(file, source, values, found)
    lines = {at: source.line_and_column(place.key)[0] for at, place in found.items()}
    return Configuration(file, os.path.dirname(path), values, lines)


def _parsed(file: str, data: bytes) -> tuple[str, dict[str, Any]]:
    """Return the text and the content of a TOML file."""
    try:
        text = decode(data)
        if _DEEP.search(text):
            raise RecursionError
        return text, tomllib.loads(text)
    except NotJSONError as error:
        message = f"{file}:{error.line}:{error.column}: {error.reason}"
    except ValueError as error:  # a TOMLDecodeError, or a number with too many digits
        reason, place = _fault(text, str(error))
        message = f"{file}{place}: not TOML: {reason}"
    raise ConfigurationError(message)


def _fault(text: str, message: str) -> tuple[str, str]:
    """Return the parser's message with the word that it found and the next step, and the line and column."""
    match = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    if match is None:
        return f"a number has more than {sys.get_int_max_str_digits():,} digits", ""
    line, column = (int(each) for each in (match.groups() if match[1] else line_and_column(text, len(text.rstrip()))))
    reason = f"{message[:1].lower()}{message[1 : match.start()]}"
    written = text.split("\n")[line - 1]
    word = re.compile(r"[^\s,\]}#]*").match(written, column - 1)
    # The name before a word in its line may say that it is a secret.
    found = redact_parts(written, word.span())[0] if word and reason == "invalid value" else ""
    hint = next((f"; {hint}" for pattern, hint in _HINTS if re.search(pattern, f"{reason}: {found}")), "")
    return safe(f"{reason}{found and f', found {quote(found)}'}{hint}"), f":{line}:{column}"


def _refuse(file: str, source: Source, values: dict[str, Any], found: dict[tuple[str | int, ...], TomlPlace]) -> None:
    """Raise ConfigurationError with the first faults of the values, if they have any."""
    faults = []
    for path, spot, reason in problems(values):
        place = found[path]
        faults.append((place.key if spot == "key" else place.value, _key_prefix(path, spot), reason))
    if faults:
        shown = sorted(faults)[:_SHOWN]
        lines = [f"{_file_position(file, source, offset)}: {name}{reason}" for offset, name, reason in shown]
        lines += [f"{file}: {number_of(len(faults) - _SHOWN, 'more fault')}"] if len(faults) > _SHOWN else []
        raise ConfigurationError("\n".join(lines))


def _key_prefix(path: tuple[str | int, ...], spot: Spot) -> str:
    """Return the key of a value as the beginning of a line, empty for a fault of a key, whose message names it."""
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    return "" if spot == "key" else f"{safe(key)}: "


def _file_position(file: str, source: Source, offset: int) -> str:
    line, column = source.line_and_column(offset)
    return f"{file}:{line}:{column}"
