"""A kind of document as a value, and the operations of the service that answer with views of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from instanceview.literals import ApiVersion, KindName

COMPUTE = "Microsoft.Compute"
"""The provider of most kinds; without more, their api-versions are its own."""


class Operation(NamedTuple):
    """An operation of the service, a GET, that answers with views of a kind.

    `url` is below the provider of the kind, and `query` the parameter that asks for the view, empty where the
    answer is the view itself. `since` is the first api-version that defines the operation with this parameter; all
    later ones do (source: the operations of azure-mgmt-compute 33.1.0, which has all api-versions up to 2024-07-01,
    and 39.0.0).
    """

    name: str
    url: str
    query: str
    since: ApiVersion


class Said(NamedTuple):
    """What the state of a document beside those of machines is read from.

    `result` is the member with the statuses, the one status or the word that says how it ended, by the codes of a
    `category`. `facts` are the paths of other values that people ask for, `shown` those of them that are on the line.
    `items` is the list of its parts with results of their own. Three paths lead to lists that are added up to one fact
    each: `room` to the sizes of VMs that fit, with the `count` of each; `used` to the VMs that use a capacity, which
    is beside the list; and `copied` to the copies, with the `replicationStatus` of each.
    """

    result: str = "statuses"
    facts: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    items: str = ""
    room: str = ""
    used: str = ""
    copied: str = ""
    category: str = "ProvisioningState"


class Kind(NamedTuple):
    """A kind of document: the instance view of one kind of resource.

    `name` is the kind in options, outputs and file names; `model` is the object model of the whole document, the name
    of its file in `schemas/elements`. `holder` is what has the view, with its article; `about` says in a few words what
    one document describes. `subject` is the section of a scenario file that its documents show; without that section,
    a kind shows the scenario `succeeded` alone.

    `views` are the URLs that answer with the view itself, `resources` those that answer with a resource that has the
    view in `properties.instanceView`, or with a list of them: below the `provider`, `{name}` for one name, `[...]` for
    a part that may be absent. `answers` are the URLs of operations of the provider whose answer may have the view, of
    whatever kind: only the body shows it. `others` are as `resources`, of a provider that answers with the same shape.
    `members` are those of the `properties` that are the view, of a resource without an `instanceView`. `within` is the
    dotted path from a resource to the object with the `instanceView`, where that says the kind. `parameters` are
    the parameters of an x-ms-example that asks for the view: regular expressions for folded names, each of which must
    match a whole name.

    A document without kind and URL has the first kind of which it has one of the `marks`: names at the root that all
    must be there, in any spelling; one with a dot is inside another member, or in its first item. A document without
    any mark is a machine document: that whose tables fit it best, the first of those that fit as well. With no members
    but some of those that are `unmarked`, it may be of this kind as well, which a note says.

    `since` is the first api-version with the kind, the oldest of all by default. `versions` names the list of
    api-versions that its provider has beside those of machines. `said` is what its state is read from.
    `page_version` is the api-version at
    which the documentation page describes the kind too, empty where no page does. `operations` are those that answer
    with views of the kind, for people: requests are recognised by `views` and `resources`, in any case and api-version.
    """

    name: KindName
    model: str
    holder: str
    about: str
    subject: str
    views: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    since: str = ""
    page_version: ApiVersion | Literal[""] = ""
    operations: tuple[Operation, ...] = ()
    provider: str = COMPUTE
    versions: str = ""
    answers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    within: str = ""
    marks: tuple[str, ...] = ()
    unmarked: tuple[str, ...] = ()
    said: Said = Said()

    @property
    def title(self) -> str:
        """The words for a document of this kind."""
        return f"instance view of {self.holder}"
