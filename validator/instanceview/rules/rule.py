"""The parts of a rule: the sites at which it is asked, its findings, its texts, and when it need not be asked.

The hooks, and the value of their sites:

- `type`, `range`, `enum`, `pattern`: a documented value that the schema refuses. `required`: a missing member; the site
  has its path, and `holder` is the object that lacks it. `extra`: an undocumented member; `holder` is its object.
- `null`: an optional documented member that is null. `number`: a documented member that is a number.
- `time`, `code`, `open`, `text`: a text, which by its row is a time, a status code, a value of a list, or any other.
- `status`: an object that has a status code. `statuses`: a list of such objects. `named`: any other list of objects
  with a name, a type or a service name, such as `disks` and `extensions`; `site.element.path` distinguishes them.
- `document`: the whole document, after all that is in it.
- `member`: any documented member, in a document that the documentation page describes.
- `fidelity`: as `status`, in a run that asks for the rules of this hook, which are off by default.
- `duplicate`: a member whose key an earlier member of the object has. `written-by`: the document, if a program wrote
  it; the value is its name. `unlisted`: the document, if its api-version is not listed; the value is that version.
  `guessed`: the document, if nothing says its kind and it may be of others; the value is these kinds.

A value may have any JSON type: the schema reports a wrong one, and the rules are still asked.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from instanceview.model.document import ABSENT
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from instanceview.literals import ApiVersion, KindName, RuleName
    from instanceview.model.severity import Severity
    from instanceview.places.spans import Path
    from instanceview.rules.quiet import Quiet
    from instanceview.tables.elements import Element
    from instanceview.tables.vocabulary import Category

Hook = Literal[
    "type",
    "range",
    "enum",
    "pattern",
    "required",
    "extra",
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
    "member",
    "duplicate",
    "written-by",
    "unlisted",
    "guessed",
    "fidelity",
]
"""The occasion at which a rule is asked; the docstring of the module explains each."""

MANY: frozenset[Hook] = frozenset({"statuses", "named", "document", "member", "fidelity"})
"""The hooks whose sites hold many places: each rule is asked there, even if an earlier one finds something."""

OFF: tuple[Hook, ...] = ("fidelity",)
"""The hooks whose rules are off by default; each is a family of rules, which a caller adds by its name."""

NAMES = ("name", "type", "serviceName")
"""The members that identify an item of its list, the most specific first."""

Spot = Literal["value", "key", "object", "repeat", "conflict", "secret", "secret-key", "writer", "version", "kind"]
"""The part of a document that a finding points at.

`value` and `key` are those of a member, `object` is the object that lacks it, `repeat` is a repeated key, and
`conflict` is a value that contradicts another one. `secret` and `secret-key` are a value and a key with a secret,
whatever else is wrong with them. `writer`, `version` and `kind` are the document: its author, api-version and kind.

Of several findings with the same path and spot, that of the first rule in reading order is reported.
"""


class Scope(NamedTuple):
    """The tables for a document: its kind and api-version, the tree of its elements, the status codes by element."""

    kind: str
    api_version: str
    root: Element
    places: Mapping[str, Mapping[str, Category]]


class Site(NamedTuple):
    """A place in a document that a rule is asked about, and the reason for it: the hook.

    `element` is its row of the element tables; an undocumented or missing member has that of its holder. `holder` is
    the object or array around the place; at `written-by`, the names in the writer's own spelling. `first` is the line
    and column of the first of two equal keys.
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
        """The last step of the path, which is the name of a member."""
        return str(self.path[-1])

    @property
    def categories(self) -> Mapping[str, Category]:
        """The categories, by their folded names, that are known for the status here or around this place."""
        places = self.scope.places
        return places.get(self.element.path) or places.get(self.element.path.rpartition(".")[0]) or {}


class Found(NamedTuple):
    """A fault that a rule found, its place and its message; the caller adds the rule.

    `template` names facts in braces: `{value}`, `{allowed}` and those of `facts`. All are quoted, except `{fact!s}`.
    `severity` and `basis` are None where they are those of the rule. `find_hint` returns a hint that is slow to find;
    it is called for a fault that is kept, and not for one that is only counted.
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
    find_hint: Callable[[], str | None] | None = None


class Example(NamedTuple):
    """A text that shows a rule; `kind` is None where it is a guess, `api_version` where a URL in the text has it."""

    text: str
    kind: KindName | None = KINDS[0]
    api_version: ApiVersion | None = "2024-07-01"

    @property
    def shown_as(self) -> KindName:
        """The kind, or the default one where it is a guess."""
        return self.kind or KINDS[0]


class Rule(NamedTuple):
    """One conformance rule: its texts, its hooks, its check, and the conditions under which it need not be asked.

    `sentence` says what a finding means, `why` why it matters; each is one sentence. `basis` is the evidence for the
    rule. `good` has no finding; all findings of `bad` are of this rule.

    `check` depends only on the value, element and scope of a site; it uses the path only for the place of a finding.

    `reads` names all members that a rule about a status, a list or the document reads. A value is skipped if it has the
    same members as one that the rule did not report. For a status or a list, they are members of the status or of the
    items. For the document they are dotted paths; `?` after one says that the rule asks only whether it is empty or
    absent. `*` is for all members that no table has.

    `quiet` has conditions by hook. If one of them holds of a value, the rule reports nothing.

    A rule that declares neither is asked every time.

    `follows` is the rule that comes directly before this one in reading order; None puts it among the last.
    """

    name: RuleName
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
