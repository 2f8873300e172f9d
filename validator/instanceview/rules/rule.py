"""What a rule is made of: what it is given, what it yields, and what it says of itself."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from instanceview.model.document import ABSENT
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    the object or array around it, `first` the line and column of the first of two equal keys.
    """

    hook: Hook
    scope: Scope
    path: Path
    element: Element
    value: object
    holder: object
    first: tuple[int, int] = (0, 0)

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


class Without(NamedTuple):
    """Texts of which a rule certainly reports nothing: those in which none of these expressions is found.

    At the hook `document` it is about every text and every key of the document. An expression has literal characters,
    classes, groups and `|`, no anchors and no look-around, so that what it finds in a text it finds in the JSON around
    the text too; one that has more is sound, but the fast path asks the rule of every text.
    """

    expressions: tuple[str, ...]


class Step(NamedTuple):
    """One character of a shape: the inside of its class (of ASCII), the steps after it, and whether it may repeat.

    The classes of steps that may follow one another have no character in common. No step after it: the part ends.
    """

    characters: str
    after: tuple[Step, ...] = ()
    repeats: bool = False


def chain(*classes: str, after: tuple[Step, ...] = ()) -> tuple[Step, ...]:
    """Return the steps of characters one after the other, with other steps behind the last.

    >>> chain("a", "0-9")
    (Step(characters='a', after=(Step(characters='0-9', after=(), repeats=False),), repeats=False),)
    """
    for characters in reversed(classes):
        after = (Step(characters, after),)
    return after


class Like(NamedTuple):
    """Texts of which a rule certainly reports nothing: those that are of this shape from end to end, part by part."""

    parts: tuple[tuple[Step, ...], ...]

    def expression(self) -> str:
        """Return the regular expression that matches a text of this shape."""
        return "".join(map(_any_of, self.parts))


def _any_of(steps: tuple[Step, ...]) -> str:
    ways = [f"[{step.characters}]{'+' if step.repeats else ''}{_any_of(step.after)}" for step in steps]
    return f"(?:{'|'.join(ways)})" if ways else ""


class AtLeast(NamedTuple):
    """Numbers of which a rule certainly reports nothing: this one and all that are greater."""

    least: int


class Fewer(NamedTuple):
    """Lists of which a rule certainly reports nothing: those of fewer items than this."""

    items: int


class Distinct(NamedTuple):
    """Lists of which a rule certainly reports nothing: no two items have equal texts, ignoring case, at the member.

    The member is the first of these names that the tables have for the items.
    """

    names: tuple[str, ...]


Quiet = Without | Like | AtLeast | Fewer | Distinct | Callable[[Any], bool]
"""A condition under which a rule certainly reports nothing: of a form that is known, or a predicate on the value."""


class Rule(NamedTuple):
    """One conformance rule: what it says of itself, when it is asked, its check, and when it need not be asked.

    `sentence` says what a finding means and `why` why it matters, each one sentence; `basis` is the evidence that
    the rule rests on; `good` conforms and `bad` raises exactly this rule. `check` is a function of the site's value,
    element and scope: a site's path only places what it finds.

    `reads` names the members that decide for a rule that is asked about a status, a list or the document, so that a
    value that agrees in them with one without findings is skipped: members of the status or of the items; for the
    document dotted paths, with `?` behind one of which only matters whether it is there and not empty; `*` for those
    that no table has. `quiet` has, by hook, conditions of which one suffices for the rule to report nothing. Of a rule
    that declares neither, nothing is skipped: it is asked every time.

    `follows` is the rule that it directly follows in reading order; without it, it is among the last.
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
    quiet: Mapping[Hook, tuple[Quiet, ...]] = MappingProxyType({})  # no condition
    follows: str | None = None

    def __hash__(self) -> int:
        """Return the hash of the name, which no other rule has."""
        return hash(self.name)
