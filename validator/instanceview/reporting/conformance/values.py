"""The conformance report as values: what was seen of each row and code, for every form in which it is shown.

Texts of inputs are redacted, escaped and cut here, so that a form only has to quote them. In JSON, each value is an
object whose members have the names of the fields in camel case; a member without a value is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from instanceview.model.document import Origin

VERSION = 1
"""The version of the form in JSON; `schemas/README.md` says what raises it."""

Counts = Mapping[str, int]


class NameCount(NamedTuple):
    """A name with its number of documents."""

    name: str
    documents: int


class RuleCount(NamedTuple):
    """A rule that found something: its number of findings, the place of the first, and the address of its evidence."""

    rule: str
    severity: str
    findings: int
    first: Origin
    link: str


class Overview(NamedTuple):
    """The run in numbers, as the report of `check` has them, and the documents by kind, api-version and container."""

    documents: int
    recorded: int
    conformant: int
    nonconformant: int
    skipped: int
    unreadable: int
    findings: Counts
    kinds: tuple[NameCount, ...]
    api_versions: tuple[NameCount, ...]
    containers: tuple[NameCount, ...]
    rules: tuple[RuleCount, ...]


class ValueCount(NamedTuple):
    """A value as JSON text, how often it occurs, and if its row lists it; None where the row lists no values."""

    value: str
    times: int
    is_documented: bool | None


class RowCoverage(NamedTuple):
    """A row of an element table, and what the documents have of it.

    `documents` are those whose api-version has the row: 0 means that no document could have it. Of these, `present`
    have a value, `nulls` have null alone, and `absent` have neither. `values` are empty with `has_many_values`: there
    were more than are counted.
    """

    element: str
    type: str
    format: str | None
    values_documented: tuple[str, ...]
    since: str | None
    until: str | None
    basis: tuple[str, ...]
    captures: int
    about: str
    link: str
    documents: int
    present: int
    nulls: int
    absent: int
    types: Counts
    formats: Counts
    values: tuple[ValueCount, ...]
    has_many_values: bool
    findings: Counts
    first: Origin | None


class TableCoverage(NamedTuple):
    """The table of a kind: its rows in document order, and how many of those that documents could have they have."""

    kind: str
    title: str
    documents: int
    documented: int
    seen: int
    rows: tuple[RowCoverage, ...]


class Expected(NamedTuple):
    """What the vocabulary says of a code: its usual level and texts, and if a time is `always` or `never` given."""

    level: str | None
    time: str | None
    display_texts: tuple[str, ...]


class CodeCoverage(NamedTuple):
    """An entry of the status-code vocabulary at its place, and the statuses that have it: 0 `times` is never.

    `timed` of them have a time. Levels and texts are None where there were more than are counted. `breaking` has the
    first document that breaks a fact of `expected`, by the member that the fact is about.
    """

    element: str
    kinds: tuple[str, ...]
    code: str
    about: str
    basis: tuple[str, ...]
    captures: int
    expected: Expected
    times: int
    timed: int
    levels: Counts | None
    display_texts: Counts | None
    api_versions: Counts
    first: Origin | None
    breaking: Mapping[str, Origin]


class UnknownMember(NamedTuple):
    """A member that the tables of its api-version do not have.

    `note` says if those of another api-version have it. `row` is the row of YAML for the tables, where none has it.
    """

    kind: str
    path: str
    documents: int
    types: Counts
    example: str
    api_versions: Counts
    origins: tuple[Origin, ...]
    note: str | None
    row: str | None


class UnknownCode(NamedTuple):
    """A code that the vocabulary does not have at its place, with an entry of YAML that it could have there.

    `origins` are the first documents that have it, each of another kind or api-version. A malformed code has a `note`
    that says what is wrong with it, in place of `row`.
    """

    element: str
    kinds: tuple[str, ...]
    code: str
    times: int
    timed: int
    levels: Counts | None
    display_texts: Counts | None
    api_versions: Counts
    origins: tuple[Origin, ...]
    note: str | None
    row: str | None


class Undocumented(NamedTuple):
    """What was seen and is not documented; `is_whole` is False where there was more than is counted."""

    members: tuple[UnknownMember, ...]
    codes: tuple[UnknownCode, ...]
    is_whole: bool


class UnseenElement(NamedTuple):
    """A row that documents could have and none has."""

    kind: str
    element: str
    documents: int


class UnseenCode(NamedTuple):
    """A code that the vocabulary has at a place of the documents, and that no status has."""

    element: str
    code: str


class NeverSeen(NamedTuple):
    """What is documented and was never seen."""

    elements: tuple[UnseenElement, ...]
    codes: tuple[UnseenCode, ...]


class MatrixRow(NamedTuple):
    """An element and a letter for each api-version: `b` documented and seen, `d` and `s` one of them, `n` neither."""

    element: str
    cells: str


class Matrix(NamedTuple):
    """The elements of a kind at the api-versions of its documents."""

    kind: str
    api_versions: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


class Disagreement(NamedTuple):
    """A row at which documentation page, service and captures disagree, and the documents of this corpus on it.

    `page`, `service` and `observed` say what each has. `findings` of `rule` are of `documents` that could have one.
    """

    kind: str
    element: str
    rule: str
    sentence: str
    page: str
    service: str
    observed: str
    findings: int
    documents: int
    first: Origin


class BrokenFact(NamedTuple):
    """A fact about a code that holds in every capture; here it holds of `times` of the `of` statuses with the code.

    `sentence` says all of it but the place of the first status that breaks it, which is in the document `first`.
    """

    element: str
    kinds: tuple[str, ...]
    code: str
    fact: str
    captures: int
    times: int
    of: int
    sentence: str
    first: Origin


class Fidelity(NamedTuple):
    """The facts about codes of the documents, as captures show them: how many there are, and those that are broken."""

    facts: int
    broken: tuple[BrokenFact, ...]


class TimelinePoint(NamedTuple):
    """The states of a machine at the time of an answer; a scale set has no `power`. `extensions` has states by name."""

    time: str
    power: str | None
    provisioning: str
    extensions: Mapping[str, str]
    origin: Origin


class MachineTimeline(NamedTuple):
    """A machine or scale set that was asked more than once in a file, with its states in the order of time.

    `resource` is the path of the machine where another one of the file has the same name.
    """

    machine: str
    kind: str
    file: str
    resource: str | None
    points: tuple[TimelinePoint, ...]


class Conformance(NamedTuple):
    """The whole report; `tool` is the program that made it, with its version."""

    version: int
    tool: str
    overview: Overview
    tables: tuple[TableCoverage, ...]
    status_codes: tuple[CodeCoverage, ...]
    never_seen: NeverSeen
    undocumented: Undocumented
    matrix: tuple[Matrix, ...]
    disagreements: tuple[Disagreement, ...]
    fidelity: Fidelity
    timelines: tuple[MachineTimeline, ...]
