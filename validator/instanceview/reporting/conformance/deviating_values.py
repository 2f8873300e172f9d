"""Undocumented members and codes, disagreements and broken facts as values of the conformance report."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.model.document import Origin


class UnknownMember(NamedTuple):
    """A member that the tables of its api-version do not have.

    `note` says if those of another api-version have it. `row` is the row of YAML for the tables, where none has it.
    """

    kind: str
    path: str
    documents: int
    types: Mapping[str, int]
    example: str
    api_versions: Mapping[str, int]
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
    levels: Mapping[str, int] | None
    display_texts: Mapping[str, int] | None
    api_versions: Mapping[str, int]
    origins: tuple[Origin, ...]
    note: str | None
    row: str | None


class Undocumented(NamedTuple):
    """The members and codes that are not documented; `is_whole` is False where there were more than are counted."""

    members: tuple[UnknownMember, ...]
    codes: tuple[UnknownCode, ...]
    is_whole: bool


class Disagreement(NamedTuple):
    """A row at which documentation page, service and captures disagree, and the documents of this corpus on it.

    `page`, `service` and `observed` say what each of these has. `rule` has `findings`; `documents` could have one.
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
    """A fact about a code that holds in every capture, and here for `times` of the `of` statuses with the code.

    `sentence` says all of it, except the place of the first status that breaks it, which is in the document `first`.
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
