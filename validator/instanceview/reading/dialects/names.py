"""Names in the documents of clients: whose names a document has, and the service's names for them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from instanceview.reading.dialects.printed import ADDED, objects
from instanceview.reading.dialects.values import IN_PLACE
from instanceview.tables.elements import below, tree
from instanceview.tables.kinds import KINDS
from instanceview.tables.spellings import PASCAL, SPELLED, camel, documented_names, pascal, snake

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from instanceview.tables.elements import Element

Spelling = Literal["word", "service", "az", "snake", "pascal"]

_OWN = frozenset(
    ("ResourceGroupName", "Name", "Id", "InstanceId", "Type", "Location", "Tags", "Zones", "RequestId", "StatusCode")
)
"""Members at the root of Az.Compute's objects that describe the resource, not its state (source: its classes)."""
_RENAMED = {"RemoteDesktopThumbprint": "rdpThumbPrint"}
"""Az.Compute's names that no rule makes of the service's (source: its class PSVirtualMachineInstanceView)."""
_OF_POWERSHELL = frozenset({"ResourceGroupName", "DisplayHint", "VMAgent", "PSComputerName", *_RENAMED})
"""Names that only objects of PowerShell have."""
_OF_DOTNET = frozenset({"OSName", "OSVersion", "IsVmInStandbyPool", "InnerError"})
"""Names of Azure.ResourceManager.Compute that Az.Compute writes in another way (source: the two libraries)."""


def writer_by_names(view: dict[str, object]) -> str | None:
    """Return the writer whose spelling all documented names of a document have, None where spellings are mixed.

    >>> writer_by_names({"Statuses": [{"Code": "a"}]}), writer_by_names({"Statuses": [{"code": "a"}]})
    ('powershell', None)
    """
    spellings = set(_spellings(view))
    if spellings == {"pascal"}:
        return _writer_of_pascal(view)
    return "python-sdk" if "snake" in spellings and spellings <= {"snake", "word"} else None


def _spellings(value: object) -> Iterator[Spelling]:
    """Yield the spelling of each documented name in a value, and of the names below these and in lists."""
    for name, item in value.items() if isinstance(value, dict) else ():
        found = spelling(name)
        if found:
            yield found
        if found or name == IN_PLACE:
            yield from _spellings(item)
    for item in value if isinstance(value, list) else ():
        yield from _spellings(item)


def spelling(name: str) -> Spelling | None:
    """Return the spelling of a documented name; None for a name that no spelling has. A `word` is one of most of them.

    >>> spelling("vm_agent"), spelling("VMAgent"), spelling("isVmInStandbyPool"), spelling("colour")
    ('snake', 'pascal', 'az', None)
    """
    names = documented_names()
    if name in names.single:
        return "word"
    if _of_pascal(name):
        return "pascal"
    meant = names.by_snake.get(snake(name))
    if meant is None or name[:1].isupper():
        return None
    return "service" if name == meant else "snake" if "_" in name else "az" if name == camel(meant) else None


def is_of_az(name: str) -> bool:
    """Return True if a name is the az CLI's and not the service's."""
    return spelling(name) == "az"


def service_names(name: str, writer: str, elements: Sequence[Element]) -> tuple[str, ...]:
    """Return the service's name for a member that a client wrote in one of some elements; two where it joined two.

    It is empty if the name is not the client's name of a documented member there.

    >>> from instanceview.tables.elements import tree
    >>> service_names("VMAgent", "powershell", [tree("vm")]), service_names("VmHealthStatus", "dotnet", [tree("vm")])
    (('vmAgent',), ('vmHealth', 'status'))
    >>> service_names("vmagent", "python-sdk", [tree("vm")])
    ()
    """
    names = documented_names()
    if writer in PASCAL:
        meant = _of_pascal(name)
    else:
        meant = names.by_snake.get(snake(name))
        meant = meant if meant and SPELLED[writer](meant) == name else None
    if meant and any(meant in each.children for each in elements):
        return (meant,)
    return next(_of_dotnet(name, elements), ()) if writer in PASCAL else ()


def is_own(name: str, elements: Sequence[Element], *, is_root: bool) -> bool:
    """Return True if a member is one that a client adds: models' additions, Az.Compute's texts and names of a resource.

    >>> from instanceview.tables.elements import tree
    >>> is_own("StatusesText", [tree("vm")], is_root=True), is_own("ResourceGroupName", [tree("vm")], is_root=False)
    (True, False)
    """
    if snake(name) == snake(ADDED):
        return True
    text_of = _of_pascal(name.removesuffix("Text")) if name.endswith("Text") else None
    return bool(text_of and any(text_of in each.children for each in elements)) or (is_root and name in _OWN)


def _of_pascal(name: str) -> str | None:
    """Return the service's name for one in Pascal case: of one word in any letters, else of the same words."""
    if not name[:1].isupper() or (name.isupper() and len(name) > 1):
        return None
    names = documented_names()
    if name in _RENAMED:
        return _RENAMED[name]
    return name.lower() if name.lower() in names.single else names.by_snake.get(snake(name))


def _of_dotnet(name: str, elements: Iterable[Element]) -> Iterator[tuple[str, ...]]:
    """Yield the service's names for one that Azure.ResourceManager.Compute makes longer.

    It joins the name of an object with the one member that it has, and writes the class before `Type`.
    """
    for element in elements:
        for child in element.children.values():
            if name == element.member.table + pascal(_last(child)):
                yield (_last(child),)
            if child.member.type == "object" and len(child.children) == 1:
                (only,) = child.children
                if snake(name) == f"{snake(_last(child))}_{snake(only)}":
                    yield _last(child), only


def _last(element: Element) -> str:
    return element.path.rpartition(".")[2]


def _writer_of_pascal(view: dict[str, object]) -> str:
    """Return the writer of a document in Pascal case: .NET by its own names or by levels as text, else PowerShell."""
    every = list(objects(view))
    names = {name for each in every for name in each}
    if names & _OF_POWERSHELL or any(is_own(name, _elements(), is_root=False) for name in names):
        return "powershell"
    has_texts = any(isinstance(each.get("Level"), str) for each in every)
    return "dotnet" if has_texts or names & _OF_DOTNET or any(map(_is_joined, names)) else "powershell"


def _is_joined(name: str) -> bool:
    return spelling(name) is None and any(True for _ in _of_dotnet(name, _elements()))


@cache
def _elements() -> tuple[Element, ...]:
    """Return the elements of all kinds, one of each table."""
    every = [element for kind in KINDS for element in (tree(kind), *below(tree(kind)))]
    return tuple({element.member.table: element for element in every}.values())
