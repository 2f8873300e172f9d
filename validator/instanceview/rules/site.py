"""The sites at which a rule is asked, and the hooks that are the reasons for it.

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

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.places.spans import Path
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
