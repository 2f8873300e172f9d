"""Files and texts in the forms of other programs: paths from the working folder, URIs, tables in Markdown and CSV."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from instanceview.model.paths import relative
from instanceview.model.redaction import redact
from instanceview.model.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from instanceview.model.finding import Finding


def path(file: str) -> str:
    """Return a file's path from the working folder, which in CI is the root of the repository, without a secret.

    >>> path("./captures//run.json")
    'captures/run.json'
    """
    return safe(relative(file))


def uri(file: str) -> tuple[str, bool]:
    """Return a file as a URI reference, and True if the reference is relative, as of a file in the working folder.

    >>> uri("my captures/50%.json"), uri("<stdin>")
    (('my%20captures/50%25.json', True), ('%3Cstdin%3E', True))
    """
    from urllib.parse import quote  # formats without URIs save 2 ms

    here = redact(relative(file))
    inside = not here.startswith("../") and not Path(here).is_absolute()
    if inside:
        return quote(here, errors="backslashreplace"), True
    absolute = Path(os.path.abspath(redact(file))).as_posix()  # noqa: PTH100 (which takes `..` out)
    return f"file://{quote(absolute if absolute.startswith('/') else f'/{absolute}', errors='backslashreplace')}", False


def with_hint(finding: Finding) -> str:
    """Return the message of a finding, and on the next line the next step, if there is one."""
    return f"{finding.message}\n{finding.hint}" if finding.hint else finding.message


def csv_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Return a table in CSV; a list becomes a cell with its items separated by `; `, None becomes an empty cell.

    >>> csv_table(("code", "kinds"), [("a,b", ["vm", "vmss"]), (None, 1)])
    'code,kinds\n"a,b",vm; vmss\n,1\n'
    """
    import csv  # reports without tables save 1 ms
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([["; ".join(cell) if isinstance(cell, list) else cell for cell in row] for row in rows])
    return text.getvalue()


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    for cells in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
