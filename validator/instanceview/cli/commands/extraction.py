"""Writes the documents of inputs to a folder, each to its own file, and keeps the source of each."""

from __future__ import annotations

import io
import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from instanceview.cli.commands.document_texts import recorded_text, without_secrets
from instanceview.model.document import Document, Skipped, Unreadable
from instanceview.running.repeats import Repeats
from instanceview.running.spool import Spool
from instanceview.tables.resolve import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from instanceview.model.document import Origin

UNKNOWN = "unknown-api-version"
"""The folder of documents whose request has no api-version, or one that cannot be the name of a folder."""

_VERSION = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(-preview)?")


class Written(NamedTuple):
    """A document in its file: its source, its tables, and how its text differs from the recorded one.

    `file` is the path in the folder, with `/` on every system; `recorded` is the number of times that the
    recording has the document; `redacted` is True if a secret was removed, `converted` if it was recorded as YAML.
    """

    file: str
    origin: Origin
    kind: str
    api_version: str | None
    written_by: str | None
    redacted: bool
    converted: bool
    recorded: int = 1


class Extraction(NamedTuple):
    """The written documents in input order, the numbers of skipped inputs, and the unreadable inputs.

    `skipped` counts by reason, `skipped_by` by group and thing, as a summary does.
    """

    written: Sequence[Written]
    skipped: Counter[str]
    skipped_by: Counter[tuple[str, str]]
    unreadable: Sequence[Unreadable]

    @property
    def recorded(self) -> int:
        """The number of documents in the inputs, repetitions included."""
        return sum(each.recorded for each in self.written)


def write_documents(
    inputs: Iterable[Document | Skipped | Unreadable], folder: Path, *, verbatim: bool = False, once: bool = True
) -> Extraction:
    """Write each document to its own file in a folder; with `once`, a repetition in a recording is only counted.

    Secrets are redacted unless `verbatim`. Raises OSError where a file cannot be written.
    """
    written: Spool[Written] = Spool()
    skipped: Counter[str] = Counter()
    groups: Counter[tuple[str, str]] = Counter()
    unreadable: Spool[Unreadable] = Spool()
    repeats = Repeats()
    for item in _outside(folder, inputs):
        if isinstance(item, Skipped):
            skipped[item.reason] += 1
            groups[item.group, item.thing] += 1
        elif isinstance(item, Unreadable):
            unreadable.extend([item])
        elif not (once and repeats.is_repeat(item)):
            written.extend([_write_document(item, len(written) + 1, folder, verbatim=verbatim)])
    counted: Spool[Written] = Spool()
    for each in written:
        counted.extend([each._replace(recorded=repeats.times(each.origin))])
    return Extraction(counted, skipped, groups, unreadable.short())


def _outside(
    folder: Path, inputs: Iterable[Document | Skipped | Unreadable]
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the inputs outside the target folder, which may be inside a folder that is read and has only our files."""
    target = Path(os.path.realpath(folder))
    file, is_inside = "", False
    for item in inputs:
        if item.origin.file != file:
            file = item.origin.file
            is_inside = "\0" not in file and target in Path(os.path.realpath(file)).parents
        if not is_inside:
            yield item


def _write_document(document: Document, number: int, folder: Path, *, verbatim: bool) -> Written:
    """Write a document to a file named by the tables that it is checked against, never by a name of the input."""
    version = document.api_version
    kind = document.kind or kind_of(document.body if isinstance(document.body, dict) else {})
    below = version if version and _VERSION.fullmatch(version) else UNKNOWN
    text = recorded_text(document)
    content = _indented(document.body) if text is None else text
    shown = content if verbatim else without_secrets(content)
    (folder / below).mkdir(exist_ok=True)
    name = f"{kind}-{number:04}.json"
    with (folder / below / name).open("xb") as file:
        file.write(shown.encode())
    return Written(
        f"{below}/{name}", document.origin, kind, version, document.written_by, shown != content, text is None
    )


def _indented(body: object) -> str:
    """Return a value as JSON text, made piece by piece: all pieces at once take 10 bytes for each byte of it."""
    text = io.StringIO()
    text.writelines(json.JSONEncoder(indent=1).iterencode(body))
    return f"{text.getvalue()}\n"
