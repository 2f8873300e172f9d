"""The kinds of document, each one value: its table, its words, its URLs, its shape and its first api-version.

A new kind is one more value here, beside its element tables and samples; everything else reads these values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from instanceview.literals import ApiVersion, KindName

PAGE_VERSION: ApiVersion = "2016-04-30-preview"
"""The api-version that the documentation page describes."""


class Operation(NamedTuple):
    """An operation of the service, a GET, that answers with views of a kind.

    `url` is below the provider Microsoft.Compute, and `query` the parameter that asks for the view, empty where the
    answer is the view itself. `since` is the first api-version that defines the operation with this parameter; all
    later ones do (source: the operations of azure-mgmt-compute 33.1.0, which has all api-versions up to 2024-07-01,
    and 39.0.0).
    """

    name: str
    url: str
    query: str
    since: ApiVersion


class Kind(NamedTuple):
    """A kind of document: the instance view of one kind of resource.

    `name` is the kind in options, outputs and file names; `model` is the object model of the whole document, the name
    of its file in `schemas/elements`. `holder` is what has the view, with its article; `about` says in a few words what
    one document describes. `subject` is the section of a scenario file that its documents show; without that section,
    a kind shows the scenario `running` alone.

    `views` are the URLs that answer with the view itself, `resources` those that answer with a resource that has the
    view in `properties.instanceView`, or with a list of them: below the provider Microsoft.Compute, `{name}` for one
    name, `[...]` for a part that may be absent. `parameters` are the parameters of an x-ms-example that asks for the
    view: regular expressions for folded names, each of which must match a whole name.

    A document without kind and URL has the kind whose tables fit it best, the first of those that fit as well.

    `since` is the first api-version with the kind, the oldest of all by default. `page_version` is the api-version at
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

    @property
    def title(self) -> str:
        """The words for a document of this kind."""
        return f"instance view of {self.holder}"


_SET = "virtualMachineScaleSets/{set}"
_VMS = "virtualMachineScaleSets/{vmScaleSetName}/virtualMachines"
_VM = f"{_VMS}/{{instanceId}}"
_EXPAND = "$expand=instanceView"
_EVERY = (
    Kind(
        name="vmss-vm",
        model="VirtualMachineScaleSetVMInstanceView",
        holder="a scale-set VM",
        about="one VM of a scale set",
        subject="machine",
        views=(f"{_SET}/virtualMachines/{{id}}/instanceView",),
        resources=(f"{_SET}/virtualMachines[/{{id}}]",),
        parameters=(".*scaleset.*", "instanceid"),
        page_version=PAGE_VERSION,
        operations=(
            Operation("VirtualMachineScaleSetVMs_GetInstanceView", f"{_VM}/instanceView", "", "2015-06-15"),
            Operation("VirtualMachineScaleSetVMs_Get", _VM, _EXPAND, "2019-03-01"),
            Operation("VirtualMachineScaleSetVMs_List", _VMS, _EXPAND, "2015-06-15"),
        ),
    ),
    Kind(
        name="vm",
        model="VirtualMachineInstanceView",
        holder="a VM",
        about="a single VM",
        subject="machine",
        views=("virtualMachines/{name}/instanceView",),
        resources=("[locations/{location}/]virtualMachines[/{name}]",),
        parameters=("vmname",),
        operations=(
            Operation("VirtualMachines_InstanceView", "virtualMachines/{vmName}/instanceView", "", "2017-03-30"),
            Operation("VirtualMachines_Get", "virtualMachines/{vmName}", _EXPAND, "2015-06-15"),
            Operation("VirtualMachines_List", "virtualMachines", _EXPAND, "2023-03-01"),
            Operation("VirtualMachines_ListAll", "virtualMachines", "statusOnly=true", "2019-07-01"),
            Operation("VirtualMachines_ListAll", "virtualMachines", _EXPAND, "2023-03-01"),
        ),
    ),
    Kind(
        name="vmss",
        model="VirtualMachineScaleSetInstanceView",
        holder="a scale set",
        about="a scale set's summary",
        subject="scale set",
        views=(f"{_SET}/instanceView",),
        parameters=(".*scaleset.*",),
        operations=(
            Operation(
                "VirtualMachineScaleSets_GetInstanceView",
                "virtualMachineScaleSets/{vmScaleSetName}/instanceView",
                "",
                "2015-06-15",
            ),
        ),
    ),
)

KIND_VALUES: Mapping[str, Kind] = {kind.name: kind for kind in _EVERY}
"""The kinds by name, in the order in which help, tables and schemas list them."""

KINDS: tuple[KindName, ...] = tuple(kind.name for kind in _EVERY)
"""The names of the kinds; the first is the default."""


def is_of_page(kind: str, api_version: str) -> bool:
    """Return whether the documentation page describes a kind at an api-version, so that page and service both count."""
    return KIND_VALUES[kind].page_version == api_version


def any_of(words: Sequence[str]) -> str:
    """Return words as a choice.

    >>> any_of(("error", "warning", "note"))
    'error, warning or note'
    """
    return " or ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)
