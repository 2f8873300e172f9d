"""The schemas of the batches that `instanceview.arrow` returns."""

from __future__ import annotations

import pyarrow as pa

from instanceview.running.counts import Measure

_TEXT, _NUMBER = pa.string(), pa.int64()

FINDINGS = pa.schema(
    [
        pa.field("document", _NUMBER, nullable=False),
        pa.field("rule", _TEXT),
        pa.field("severity", _TEXT, nullable=False),
        pa.field("pointer", _TEXT),
        pa.field("element", _TEXT),
        pa.field("message", _TEXT, nullable=False),
        pa.field("line", _NUMBER),
        pa.field("column", _NUMBER),
        pa.field("kind", _TEXT),
        pa.field("api_version", _TEXT),
        pa.field("fingerprint", _TEXT),
    ]
)
"""A row for each finding, and for each row of the input that is not an instance view.

- `document`: the row of the input in its batch, from 0
- `rule`: the name of the rule; null where it is not a finding
- `severity`: `error`, `warning` or `note`. `unreadable` is a text that should have been checked and could not be,
  `skipped` is one that is not an instance view, and `counted` has the findings of a document beyond the limit
- `pointer`, `element`: the JSON pointer into the text of the row, and the documented path; null where `rule` is
- `message`: the finding or the reason, one line
- `line`, `column`: the place in the text, both from 1; null where the whole text is meant
- `kind`, `api_version`: the tables that the document was checked against; null where `rule` is
- `fingerprint`: 16 hexadecimal digits, the same for the same finding of the same document; null where `rule` is
"""

SUMMARY = pa.schema(
    [
        pa.field("measure", _TEXT, nullable=False),
        *(pa.field(name, _TEXT) for name in Measure._fields[1:]),
        pa.field("count", _NUMBER, nullable=False),
    ]
)
"""A row for each number: the sum of `count` by all other columns is the summary of several batches.

The other columns are `measure`, and `kind`, `api_version`, `element`, `rule`, `severity` and `code`, null where they do
not apply. Measures are:

- `documents` by kind and api-version; `conformant`, those without an error; `worst`, those with findings by their
  highest severity
- `findings` by kind, api-version, rule and severity
- `skipped` and `unreadable` texts
- with coverage, by kind and api-version: `present` and `null`, documents with an element or with nothing but null in
  it; `statuses` by element and code; `undocumented`, documents with a member that no table has; `elements`, findings
  by element, rule and severity; and `incomplete`, batches with more unknown names than are counted
"""

RANGES = pa.schema(
    [
        pa.field("file", _TEXT, nullable=False),
        pa.field("first_line", _NUMBER, nullable=False),
        pa.field("start", _NUMBER, nullable=False),
        pa.field("size", _NUMBER),
    ]
)
"""A row for each range of whole lines: its `file`, the number of its `first_line` from 1, and its bytes.

`start` is the offset of the first byte, and `size` the number of bytes. It is null for a line that is larger than a
document may be, which is not read.
"""

FINDINGS_OF_RANGES = FINDINGS.append(RANGES.field("file"))
"""`FINDINGS` with the `file`: `line` is that of the file, and `document` is the row of the range in its batch."""
