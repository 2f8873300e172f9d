"""Names in the documents of clients: the service's name for each, the names that a client adds, and whose they are."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from instanceview.reading.dialects.printed import ADDED, objects
from instanceview.reading.dialects.values import IN_PLACE
from instanceview.tables.descent import below
from instanceview.tables.spellings import PASCAL, SPELLED, camel, documented_names, pascal, roots_of, snake

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from instanceview.tables.elements import Element

_OF_RESOURCE = (
    *("ResourceGroupName", "Name", "Id", "InstanceId", "Type", "Location", "Tags", "Zones", "RequestId", "StatusCode"),
    *("PSComputerName", "PSShowComputerName", "RunspaceId"),
)
"""Members at the root of Az.Compute's objects that describe the resource, not its state, and those of remoting.

Source: its classes, and the page about remote output of PowerShell.
"""
RENAMED = {"RemoteDesktopThumbprint": "rdpThumbPrint", "ExtensionType": "type"}
"""Az.Compute's names that no rule makes of the service's (source: what it prints for a VM, and its class for one)."""

Spelling = Literal["word", "service", "az", "snake", "pascal"]

_OF_POWERSHELL = frozenset({"ResourceGroupName", "DisplayHint", "VMAgent", "PSComputerName", *RENAMED})
"""Names that only objects of PowerShell have."""
_RENAMED_BY_DOTNET = {"StartOn": "startTime", "EndOn": "endTime"}
"""Names of Azure.ResourceManager.Compute that no rule makes of the service's (source: its model of a run command)."""
_OF_DOTNET = frozenset({"OSName", "OSVersion", "IsVmInStandbyPool", "InnerError", *_RENAMED_BY_DOTNET})
"""Names of Azure.ResourceManager.Compute that Az.Compute writes in another way (source: the two libraries)."""


def service_names(name: str, writer: str, elements: Sequence[Element], kind: str = "") -> tuple[str, ...]:
    """Return the service's name for a member that a client wrote in one of some elements; two where it joined two.

    Here and below, `kind` is that of the document, empty for a machine document of any kind. The result is empty if the
    name is not the client's name of a documented member there.

    >>> from instanceview.tables.elements import tree
    >>> service_names("VMAgent", "powershell", [tree("vm")]), service_names("VmHealthStatus", "dotnet", [tree("vm")])
    (('vmAgent',), ('vmHealth', 'status'))
    >>> service_names("vmagent", "python-sdk", [tree("vm")])
    ()
    """
    names = documented_names(kind)
    if writer in PASCAL:
        meant = of_pascal(name, kind)
    else:
        meant = names.by_snake.get(snake(name))
        meant = meant if meant and SPELLED[writer](meant) == name else None
    if meant and any(meant in each.children for each in elements):
        return (meant,)
    return next(_of_dotnet(name, elements, kind), ()) if writer in PASCAL else ()


def is_own(name: str, elements: Sequence[Element], kind: str = "", *, is_root: bool) -> bool:
    """Return True if a member is one that a client adds: models' additions, Az.Compute's texts and names of a resource.

    >>> from instanceview.tables.elements import tree
    >>> is_own("StatusesText", [tree("vm")], is_root=True), is_own("ResourceGroupName", [tree("vm")], is_root=False)
    (True, False)
    >>> is_own("DisksText", [tree("vm").children["vmAgent"]], is_root=False)
    False
    """
    if snake(name) == snake(ADDED):
        return True
    text_of = of_pascal(name.removesuffix("Text"), kind) if name.endswith("Text") else None
    return bool(text_of and any(text_of in each.children for each in elements)) or (is_root and name in _OF_RESOURCE)


def of_pascal(name: str, kind: str = "") -> str | None:
    """Return the service's name for one in Pascal case: of one word in any letters, else of the same words."""
    if not name[:1].isupper() or (name.isupper() and len(name) > 1):
        return None
    names = documented_names(kind)
    if name in RENAMED or name in _RENAMED_BY_DOTNET:
        return RENAMED.get(name) or _RENAMED_BY_DOTNET[name]
    return name.lower() if name.lower() in names.single else names.by_snake.get(snake(name))


def _of_dotnet(name: str, elements: Iterable[Element], kind: str) -> Iterator[tuple[str, ...]]:
    """Yield the service's names for one that Azure.ResourceManager.Compute makes longer, in one of some elements."""
    for element in elements:
        steps = joined_names(kind).get((element.member.table, name)) or joined_names(kind).get(("", snake(name)), ())
        if steps and steps[0] in element.children and set(steps[1:]) <= element.children[steps[0]].children.keys():
            yield steps


@cache
def joined_names(kind: str = "") -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the service's names by the longer ones of .NET: by table and name, or by snake case in any table.

    .NET joins the name of an object with the one member that it has, and writes the class before `Type`.
    """
    joined: dict[tuple[str, str], tuple[str, ...]] = {}
    for element in elements_of_tables(kind):
        for name, child in element.children.items():
            if name == "type":
                joined[element.member.table, element.member.table + pascal(name)] = (name,)
            if child.member.type == "object" and len(child.children) == 1:
                (only,) = child.children
                joined["", f"{snake(name)}_{snake(only)}"] = (name, only)
    return joined


@cache
def elements_of_tables(kind: str = "") -> tuple[Element, ...]:
    """Return the elements that have members, one of each table."""
    roots = roots_of(kind)
    of_tables = {element.member.table: element for root in roots for element in below(root) if element.children}
    return (*roots, *of_tables.values())


def writer_by_names(view: dict[str, object], kind: str = "") -> str | None:
    """Return the writer whose spelling all documented names of a document have, None where spellings are mixed.

    >>> writer_by_names({"Statuses": [{"Code": "a"}]}), writer_by_names({"Statuses": [{"code": "a"}]})
    ('powershell', None)
    """
    spellings = set(_spellings(view, kind))
    if spellings == {"pascal"}:
        return _writer_of_pascal(view, kind)
    return "python-sdk" if "snake" in spellings and spellings <= {"snake", "word"} else None


def _spellings(value: object, kind: str) -> Iterator[Spelling]:
    """Yield the spelling of each documented name in a value, and of the names below these and in lists."""
    for name, item in value.items() if isinstance(value, dict) else ():
        found = spelling(name, kind)
        if found:
            yield found
        if found or name == IN_PLACE:
            yield from _spellings(item, kind)
    for item in value if isinstance(value, list) else ():
        yield from _spellings(item, kind)


def spelling(name: str, kind: str = "") -> Spelling | None:
    """Return the spelling of a documented name; None for a name that no spelling has. A `word` is one of most of them.

    >>> spelling("vm_agent"), spelling("VMAgent"), spelling("isVmInStandbyPool"), spelling("colour")
    ('snake', 'pascal', 'az', None)
    """
    names = documented_names(kind)
    if name in names.single:
        return "word"
    if of_pascal(name, kind):
        return "pascal"
    meant = names.by_snake.get(snake(name))
    if meant is None or name[:1].isupper():
        return None
    return "service" if name == meant else "snake" if "_" in name else "az" if name == camel(meant) else None


def is_of_az(name: str) -> bool:
    """Return True if a name is the az CLI's and not the service's."""
    return spelling(name) == "az"


def _writer_of_pascal(view: dict[str, object], kind: str) -> str:
    """Return the writer of a document in Pascal case: .NET by its own names or by levels as text, else PowerShell."""
    every = list(objects(view))
    names = {name for each in every for name in each}
    texts = [name for name in names if name.endswith("Text")]
    if names & _OF_POWERSHELL or any(is_own(name, elements_of_tables(kind), kind, is_root=False) for name in texts):
        return "powershell"
    joined = {longer for _, longer in joined_names(kind)}
    has_joined = any(name in joined or snake(name) in joined for name in names)
    has_texts = any(isinstance(each.get("Level"), str) for each in every)
    return "dotnet" if has_texts or has_joined or names & _OF_DOTNET else "powershell"
