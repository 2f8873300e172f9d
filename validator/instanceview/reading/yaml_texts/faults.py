"""Faults of YAML texts in words, with their offset, the same with both of PyYAML's loaders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import yaml

_UNPRINTABLE = r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_HINTS = (
    (r"tab|'\\t'", "indent with spaces"),
    (r"cannot start|alphabetic", "put a string that begins with it in quotes"),
    (r"mapping values", 'check the indentation, and put a string that contains ": " in quotes'),
    (r"expected (key|<block end>|'-')", "check the indentation"),
    (r"escape code", "write the character itself"),
    (r"escape character", "double the backslash, or put the string in single quotes"),
    (r"end of stream", "close the quotes"),
    (r"document start>", "put --- between two documents"),
)


_TEMPLATE = re.compile(r"""(?m)^(?:[^"'#\n{]++|\{(?![{%]))*+(?P<begin>\{\{|\{%)""")
RENDER = "; render it first"
"""The end of a reason where the text is a template."""


def of_template(text: str, offset: int) -> str | None:
    """Return the reason where a fault is in a line of a template, or after one; None where it is not.

    >>> of_template("a: {{ .Values.a }}", 4)
    'not YAML: a template with {{ }}; render it first'
    """
    begin = text.rfind("\n", 0, max(text.rfind("\n", 0, offset), 0)) + 1
    end = text.find("\n", offset)
    found = _TEMPLATE.search(text, begin, len(text) if end < 0 else end)
    if found is None:
        return None
    return f"not YAML: a template with {'{{ }}' if found['begin'] == '{{' else '{% %}'}{RENDER}"


class NotYAMLError(ValueError):
    """A YAML text, or one document of it, that cannot be read: why, and the offset of the fault."""

    def __init__(self, reason: str, offset: int) -> None:
        """Keep the reason and the place."""
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


def refuse_characters(text: str, shift: int = 0) -> None:
    """Raise NotYAMLError at the first character that a YAML text must not hold; `shift` is added to its offset.

    PyYAML would do it too, but its places are in bytes or in characters, depending on the loader.

    >>> refuse_characters("level: Info")
    """
    found = re.search(_UNPRINTABLE, text)
    if found:
        code = f"\\u{ord(found[0]):04x}"
        raise NotYAMLError(
            f'not YAML: a control character; write it as "{code}", in double quotes', found.start() + shift
        )


def refuse_surrogates(value: str, text: str, start: int, shift: int) -> None:
    """Raise NotYAMLError when a quoted scalar has an escape for half a character, as the C loader does by itself.

    `shift` is added to the offset of the fault.
    """
    if any("\ud800" <= character <= "\udfff" for character in value):
        found = re.compile(r"\\u(?=[dD][89a-fA-F])").search(text, start)
        raise _error("found invalid Unicode character escape code", "", shift + (found.end() if found else start))


def yaml_fault(error: yaml.YAMLError, text: str, start: int, line_at: Callable[[int], int], shift: int) -> NotYAMLError:
    """Return a fault of the syntax with its place and, where known, the construct that it breaks and a hint.

    PyYAML was given the text from `start` on; `line_at` returns the file's line of an offset with `shift` added.
    """
    problem = str(getattr(error, "problem", None) or error)
    problem = re.sub("^(did|could) not find expected", "expected", problem)
    began: yaml.Mark | None = getattr(error, "context_mark", None)
    mark: yaml.Mark | None = getattr(error, "problem_mark", None) or began
    offset = start + mark.index if mark else start
    if problem.startswith("found character that"):  # the C loader does not say which
        problem = problem.replace("character", f"character {text[offset]!r}", 1)
    where = ""
    if began and mark and began.line != mark.line:
        line = line_at(shift + start + began.index)
        where = f" {getattr(error, 'context', '')} from line {line}"
    return _error(problem, where, shift + offset)


def _error(problem: str, where: str, offset: int) -> NotYAMLError:
    hint = next((hint for pattern, hint in _HINTS if re.search(pattern, problem)), "")
    return NotYAMLError(f"not YAML: {problem}{where}{hint and f'; {hint}'}", offset)
