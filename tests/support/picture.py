"""The picture of findings in README: an SVG made of the colours and characters that `instanceview check` prints.

An SVG has no columns of its own: each run of one colour is a text at its column, in a monospaced font. The width of the
font is given, so that a font that a reader has instead changes nothing. The colours follow the reader's light or dark
mode.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from html import escape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checkout import ROOT
from program import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

PICTURE = ROOT / "validator" / "docs" / "finding.svg"
NAME = "web_0.json"
TEXT = """{
 "platformFaltDomain": 1,
 "statuses": [
  {"code": "ProvisioningState/succeeded", "level": "info",
   "time": "2024-07-03 10:00"},
  {"code": "PowerState/running", "level": "Info"}
 ]
}
"""
"""A document with a misspelt member, a value in another case, and a time that clients cannot read."""
COMMAND = ("check", "--kind", "vmss-vm", "--api-version", "2024-07-01", NAME)

COLUMNS = 116
WIDTH, HEIGHT, MARGIN = 8, 19, 16
"""Of a character and of a line in pixels, at a font size of 13; and the space around the text."""
_SEQUENCE = re.compile(r"\x1b\[(\d*)m")
_CLASSES = {"31": "error", "33": "warning", "36": "note", "1": "bold", "2": "dim"}
_STYLE = """
text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre;fill:#1f2328}
.paper{fill:#f6f8fa;stroke:#d1d9e0}.bold{font-weight:600}.dim{fill:#59636e}
.error{fill:#c0202b}.warning{fill:#8a5a00}.note{fill:#0a6b75}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.paper{fill:#151b23;stroke:#3d444d}.dim{fill:#9198a1}
.error{fill:#ff7b72}.warning{fill:#e3b341}.note{fill:#56d4dd}}
"""


class Run(NamedTuple):
    """Characters of one colour."""

    colour: str
    text: str


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield the picture with the text that it should have."""
    yield PICTURE, svg(["$ instanceview " + " ".join(COMMAND), *printed().splitlines()])


def printed() -> str:
    """Return the report on the document, with colours."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / NAME).write_text(TEXT, "utf-8")
        program = [sys.executable, "-m", "instanceview", *COMMAND, "--color", "always"]
        done = subprocess.run(program, cwd=folder, env=environment(), capture_output=True, check=False)
    return done.stdout.decode()


def runs(line: str) -> list[Run]:
    """Return the runs of a line with the sequences that colour it.

    >>> runs("\\x1b[31merror\\x1b[0m: one")
    [Run(colour='error', text='error'), Run(colour='', text=': one')]
    """
    colour = ""
    found = []
    for number, part in enumerate(_SEQUENCE.split(line)):
        if number % 2:
            colour = _CLASSES.get(part, "")
        elif part:
            found.append(Run(colour, part))
    return found


def wrapped(line: list[Run], columns: int = COLUMNS) -> Iterator[list[Run]]:
    """Yield the lines in which a line fits, broken after spaces, and those after the first indented.

    >>> list(wrapped([Run("bold", "abc"), Run("", ": defg")], 7))
    [[Run(colour='bold', text='abc'), Run(colour='', text=': ')], [Run(colour='', text='  defg')]]
    """
    characters = [Run(colour, character) for colour, text in line for character in text]
    while len(characters) > columns:
        indent = next((number for number, each in enumerate(characters) if each.text != " "), columns)
        spaces = (place for place in range(columns, indent, -1) if characters[place - 1].text == " ")
        end = next(spaces, columns)
        yield list(_joined(characters[:end]))
        characters = [Run(characters[end].colour, " ")] * 2 + characters[end:]
    yield list(_joined(characters))


def _joined(characters: list[Run]) -> Iterator[Run]:
    for colour, group in groupby(characters, key=lambda each: each.colour):
        yield Run(colour, "".join(each.text for each in group))


def svg(lines: list[str]) -> str:
    """Return a picture of coloured lines."""
    rows = [row for line in lines for row in wrapped(runs(line))]
    width, height = COLUMNS * WIDTH + 2 * MARGIN, len(rows) * HEIGHT + 2 * MARGIN
    texts = "\n".join(text for number, row in enumerate(rows) for text in _texts(row, MARGIN + HEIGHT * number + 14))
    title = "What instanceview check reports about a document with three faults"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n"
        f'<rect class="paper" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="6"/>\n{texts}\n</svg>\n'
    )


def _texts(row: list[Run], y: int) -> Iterator[str]:
    """Yield the runs of a row, but for spaces."""
    column = 0
    for colour, text in row:
        start = column + len(text) - len(text.lstrip())
        column += len(text)
        if shown := text.strip():
            kind = f' class="{colour}"' if colour else ""
            place = f'x="{MARGIN + WIDTH * start}" y="{y}" textLength="{WIDTH * len(shown)}"'
            yield f"<text {place}{kind}>{escape(shown, quote=False)}</text>"
