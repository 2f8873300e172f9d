"""What a rule is made of: what it is given, what it yields, and what it says of itself."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from instanceview.model.document import ABSENT
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from instanceview.model.severity import Severity
    from instanceview.places.spans import Path
    from instanceview.tables.elements import Element
    from instanceview.tables.vocabulary import Category

Hook = Literal[
    # a keyword of the schema failed at the site
    "type",
    "range",
    "enum",
    "pattern",
    "required",
    "extra",
    # the walk over the documented members came to the site
    "null",
    "time",
    "code",
    "open",
    "text",
    "number",
    "status",
    "statuses",
    "named",
    "document",
    # a documented member stands in a document of the page's api-version and kind
    "member",
    # a key stands twice
    "duplicate",
    # another program than the service wrote the document; the value names it
    "written-by",
    # the document is of an api-version that is not listed; the value is that version
    "unlisted",
]
"""When a rule is asked: a schema violation, or a kind of value that the walk meets."""

MANY: frozenset[Hook] = frozenset({"statuses", "named", "document", "member"})
"""The hooks whose sites hold many places, so that what one rule finds there says nothing of the next rule."""

NAMES = ("name", "type", "serviceName")
"""The members that tell the items of a list apart, the most telling first."""

Spot = Literal["value", "key", "object", "repeat", "conflict", "secret", "secret-key", "writer", "version"]
"""What a finding points at: the value, its key, the object that lacks it, the key written again, a conflicting value,
a value or key with a secret in it, whatever else is wrong with it, the document for who wrote it and its version.

One place has one finding of a kind: the first rule in reading order that finds something there has it.
"""


class Scope(NamedTuple):
    """The tables that judge a document: its kind, its api-version, its elements and its status codes by element."""

    kind: str
    api_version: str
    root: Element
    places: Mapping[str, Mapping[str, Category]]


class Site(NamedTuple):
    """A place in a document that a rule is asked about, and why: the hook.

    `element` is its row of the element tables (for an undocumented or missing member: of its holder), `holder`
    the object or array that it stands in, `first` the line and column of the first of two equal keys. `known` are
    values of the element of which the rules had nothing to say, None where they must be asked each time.
    """

    hook: Hook
    scope: Scope
    path: Path
    element: Element
    value: object
    holder: object
    first: tuple[int, int] = (0, 0)
    known: set[object] | None = None

    @property
    def name(self) -> str:
        """The member's name."""
        return str(self.path[-1])

    @property
    def categories(self) -> Mapping[str, Category]:
        """The status-code categories known for the status that this site is, or is a member of."""
        places = self.scope.places
        return places.get(self.element.path) or places.get(self.element.path.rpartition(".")[0]) or {}


class Found(NamedTuple):
    """Where and what a rule found; who and how bad is added by the caller.

    `template` names facts in braces: `{value}`, `{allowed}` and those of `facts`, quoted, or bare as `{fact!s}`.
    """

    path: Path
    template: str
    value: object = ABSENT
    allowed: tuple[str, ...] = ()
    facts: Mapping[str, object] = MappingProxyType({})  # no facts
    hint: str | None = None
    severity: Severity | None = None
    basis: tuple[str, ...] | None = None
    spot: Spot = "value"


class Example(NamedTuple):
    """A text that shows a rule, and the tables that judge it; without an api-version those of its request URL."""

    text: str
    kind: str = KINDS[0]
    api_version: str | None = "2024-07-01"


class Rule(NamedTuple):
    """One conformance rule: what it says of itself, when it is asked, and its check.

    `sentence` says what a finding means and `why` why it matters, each one sentence; `basis` is the evidence that
    the rule rests on; `good` conforms and `bad` raises exactly this rule. `reads` names the members that decide for a
    rule that looks at a status, at the items of a list or at the document: those of the status or of the items; for
    the document dotted paths, with `?` behind one of which only matters whether it is there and not empty.
    """

    name: str
    severity: Severity
    sentence: str
    why: str
    basis: tuple[str, ...]
    good: Example
    bad: Example
    hooks: tuple[Hook, ...]
    check: Callable[[Site], Iterator[Found]]
    reads: tuple[str, ...] = ()
