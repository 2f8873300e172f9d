"""Texts with secrets, each beside what is redacted of it where one of its characters is left out or another one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from checkout import DATA

from instanceview.model.secrets.search import secrets_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXPECTED = DATA / "secrets" / "changed.txt"
_OTHERS = 'x :="1\\/,@\n-'
_LONGEST = 120  # characters of a text: a longer one differs from others in its secret alone


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield the expected file with its text now."""
    blocks = ((name, *marks(text)) for name, text in texts().items())
    yield EXPECTED, "".join(f"{line}\n" for block in blocks for line in block)


def texts() -> dict[str, str]:
    """Return the texts by name."""
    found = {}
    for file in ("forms", "edges", "ordinary"):
        for form in json.loads((DATA / "secrets" / f"{file}.json").read_text("utf-8")):
            text = form if isinstance(form, str) else "".join(form["text"])
            if len(text) <= _LONGEST:
                found[f"{file}: {json.dumps(form) if isinstance(form, str) else form['name']}"] = text
    return found


def expected() -> dict[str, list[str]]:
    """Return the expectation of each text, by name."""
    found: dict[str, list[str]] = {}
    for line in EXPECTED.read_text("utf-8").splitlines():
        if not line.startswith("  "):
            found[line] = []
        else:
            found[[*found][-1]].append(line)
    return found


def marks(text: str) -> list[str]:
    """Return for each kind of change of a text what becomes of its secrets, a mark for a character.

    The same is redacted as before (=), more (+), less (-), nothing (.), or the same as another kind of secret (k).
    """
    return [f"  {_marks(text, step)}" for step in range(3)]


def _marks(text: str, step: int) -> str:
    plain = _shown(text)
    return "".join(_mark(plain, _shown(_changed(text, at, step)), at, step) for at in range(len(text)))


def _changed(text: str, at: int, step: int) -> str:
    """Return a text without a character, or in the next steps with another one in its place."""
    return text[:at] + (_OTHERS[(at * 2 + step) % len(_OTHERS)] if step else "") + text[at + 1 :]


def _shown(text: str) -> tuple[list[int], str]:
    """Return the offsets of the characters that are redacted, and the first kind of a secret."""
    secrets = secrets_in(text)
    return [at for each in secrets for at in range(each.start, each.end)], secrets[0].kind if secrets else ""


def _mark(plain: tuple[list[int], str], found: tuple[list[int], str], at: int, step: int) -> str:
    """Return the mark of a change at an offset."""
    if not found[0]:
        return "=" if not plain[0] else "."
    same = plain[0] if step else [each - (each > at) for each in plain[0] if each != at]
    if found[0] == same:
        return "=" if found[1] == plain[1] else "k"
    return "+" if len(found[0]) >= len(same) else "-"
