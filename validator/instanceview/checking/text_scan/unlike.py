"""Expressions for JSON texts that are unlike a shape, for regular expressions that cannot look ahead.

A text is unlike a shape if, after some characters that fit, one does not. So the expression has an alternative for each
place where a text may first differ.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.rules.quiet import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.quiet import Like

_END = Step('"')  # the quote after a text


def unlike_text(shape: Like) -> str:
    """Return an expression that finds a JSON text after its first quote, if the text is not of a shape.

    It is made from the last part of the shape to the first.
    """
    after = _unlike_steps((_END,), "")
    for steps in reversed(shape.parts):
        after = _unlike_steps(steps, after) if steps is not shape.parts[-1] else _unlike_steps(_with_end(steps), "")
    return after


def _with_end(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps of the last part, with the closing quote as the step after each last one."""
    return tuple(each._replace(after=_with_end(each.after) if each.after else (_END,)) for each in steps)


def _unlike_steps(steps: tuple[Step, ...], after: str, repeated: str = "") -> str:
    """Return an expression for a text that fits none of the steps, or fits one but differs after it.

    `after` is the expression for a text that is unlike the next part. `repeated` are the characters of the step
    before, if it may repeat.
    """
    fitting = repeated + "".join(step.characters for step in steps)
    ways = [f"[{''.join(_ranges_outside(fitting))}]"]
    for step in steps:
        if step is _END:
            continue
        rest = _unlike_steps(step.after, after, step.characters if step.repeats else "") if step.after else after
        ways.append(f"[{step.characters}]{f'[{step.characters}]*' if step.repeats else ''}{rest}")
    return f"(?:{'|'.join(ways)})"


def _ranges_outside(characters: str) -> Iterator[str]:
    """Yield the ranges of ASCII outside a class; ranges of all Unicode make a scan take half as long again."""
    bounds = [match.span() for match in re.finditer(f"[^{characters}]+", "".join(map(chr, range(128))))]
    for first, end in bounds:
        yield rf"\x{first:02x}-\x{end - 1:02x}"
