"""Writers of documents: whose names a document has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from instanceview.reading.dialects.names import RENAMED, elements_of_tables, is_own, joined_names, of_pascal
from instanceview.reading.dialects.printed import objects
from instanceview.reading.dialects.values import IN_PLACE
from instanceview.tables.spellings import camel, documented_names, snake

if TYPE_CHECKING:
    from collections.abc import Iterator

Spelling = Literal["word", "service", "az", "snake", "pascal"]

_OF_POWERSHELL = frozenset({"ResourceGroupName", "DisplayHint", "VMAgent", "PSComputerName", *RENAMED})
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
    if of_pascal(name):
        return "pascal"
    meant = names.by_snake.get(snake(name))
    if meant is None or name[:1].isupper():
        return None
    return "service" if name == meant else "snake" if "_" in name else "az" if name == camel(meant) else None


def is_of_az(name: str) -> bool:
    """Return True if a name is the az CLI's and not the service's."""
    return spelling(name) == "az"


def _writer_of_pascal(view: dict[str, object]) -> str:
    """Return the writer of a document in Pascal case: .NET by its own names or by levels as text, else PowerShell."""
    every = list(objects(view))
    names = {name for each in every for name in each}
    texts = [name for name in names if name.endswith("Text")]
    if names & _OF_POWERSHELL or any(is_own(name, elements_of_tables(), is_root=False) for name in texts):
        return "powershell"
    joined = {longer for _, longer in joined_names()}
    has_joined = any(name in joined or snake(name) in joined for name in names)
    has_texts = any(isinstance(each.get("Level"), str) for each in every)
    return "dotnet" if has_texts or has_joined or names & _OF_DOTNET else "powershell"
