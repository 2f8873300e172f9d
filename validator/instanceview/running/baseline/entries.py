"""The baseline file: sorted JSON with one finding on each line, so that changes of two branches merge line by line.

`schemas/baseline.json` is its JSON Schema. The file has digests of values, never a value.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.model.fingerprint import value_digest
from instanceview.model.paths import relative
from instanceview.model.pointer import follow
from instanceview.model.redaction import redact, redact_pointer
from instanceview.model.text import harmless, quote
from instanceview.places.source import Source
from instanceview.reading.files.whole import whole
from instanceview.reading.json_texts.parse import NotJSONError, decode, parse
from instanceview.tables.catalog import schemas_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from instanceview.checking.engines.protocol import Violation
    from instanceview.model.finding import Finding
    from instanceview.places.spans import Path as Steps

VERSION = 1
"""The version of the file's form."""
_AT_ONCE = 1_000
"""The findings of a file that are checked at once: a violation takes a kilobyte, and two bytes may have one."""


class Entry(NamedTuple):
    """The key of a finding in a baseline.

    It has neither a line nor the place of the document in its file, since other changes of the file move both. `file`
    is relative to the folder of the baseline, `document` is the identity of the document, and `value` is the digest of
    the value that was found.
    """

    file: str
    document: str
    rule: str
    pointer: str
    value: str


class BaselineError(ValueError):
    """A baseline that cannot be read; the text is one line with the place."""


def entry(finding: Finding, folder: Path) -> Entry:
    """Return the entry of a finding in a baseline that is in a folder."""
    file, at = _kept(redact(relative(finding.origin.file, folder))), _kept(redact_pointer(finding.pointer))
    return Entry(file, finding.identity, finding.rule, at, value_digest(finding))


def _kept(text: str) -> str:
    """Return a text as it is read from a baseline, where half a surrogate pair is the text of its escape."""
    kept: str = text if text.isascii() else json.loads(harmless(json.dumps(text)))
    return kept


def as_text(entries: Mapping[Entry, int]) -> str:
    """Return the text of a baseline; equal findings share a line and are counted."""
    lines = [_line(each, count) for each, count in sorted(entries.items()) if count > 0]
    return "\n".join([f'{{"version": {VERSION}, "findings": [', *([",\n".join(lines)] if lines else []), "]}\n"])


def _line(each: Entry, count: int) -> str:
    members = {name: value for name, value in each._asdict().items() if value or name != "document"}
    return harmless(json.dumps({**members, "count": count} if count > 1 else members))


def read(path: Path) -> Counter[Entry]:
    """Return the entries of a baseline file, each with the number of findings that it covers.

    Where a merge left an entry twice, the greater number counts. Raises BaselineError for a file that is not a
    baseline, and OSError where it cannot be read.
    """
    with path.open("rb") as file:
        data = whole(file)
    if not data.strip():
        message = f"{relative(path)}:1:1: empty"
        raise BaselineError(message)
    try:
        content = parse(data)
        _refuse(path, decode(data), content)
    except NotJSONError as error:
        message = f"{relative(path)}:{error.line}:{error.column}: {error.reason}"
        raise BaselineError(message) from None
    known: Counter[Entry] = Counter()
    for members in content["findings"]:  # type: ignore[index]  # the schema requires it
        each = Entry(**{name: members.get(name, "") for name in Entry._fields})
        known[each] = max(known[each], members.get("count", 1))
    return known


def _refuse(path: Path, text: str, content: Any) -> None:  # noqa: ANN401 (a JSON value)
    """Raise BaselineError for the first violation of the schema of baselines."""
    violations = _violations(content)
    if not violations:
        return
    source = Source(text)
    spans = source.spans([at for at, _ in violations]).by_path
    at, keyword = min(violations, key=lambda violation: spans[violation[0]].start)
    line, column = source.line_and_column(spans[at].start)
    message = f"{relative(path)}:{line}:{column}: not a baseline: {_why(at, keyword, follow(content, at)[1])}"
    raise BaselineError(message)


def _violations(content: Any) -> list[Violation]:  # noqa: ANN401 (a JSON value)
    """Return some violations of the schema, including the first, since a file may have one for every two bytes."""
    from instanceview.checking.engines.compiled import compiled_engine  # a run of few documents saves 25 ms

    engine = compiled_engine(json.loads((schemas_folder() / "baseline.json").read_bytes()))
    listed = content.get("findings") if isinstance(content, dict) else None
    if not isinstance(listed, list):
        return list(engine(content))
    found = list(engine({**content, "findings": []}))
    for start in range(0, len(listed), _AT_ONCE):
        part = list(engine({"version": VERSION, "findings": listed[start : start + _AT_ONCE]}))
        if part:
            return [*found, *(((at[0], start + int(at[1]), *at[2:]), keyword) for at, keyword in part)]
    return found


def _why(at: Steps, keyword: str, value: object) -> str:
    if at == ("version",):
        return f"unsupported version {quote(value)}; expected {VERSION}"
    what = {"required": "a required member is missing", "additionalProperties": "unknown member"}.get(keyword)
    return what or f"unexpected {quote(value)}"
