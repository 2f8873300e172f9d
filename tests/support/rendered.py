"""Documents of the service as clients print them, with the place of each member, by rules written once more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from instanceview.tables.elements import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.places.spans import Path
    from instanceview.tables.elements import Element

WRITERS = ("az", "python-sdk", "powershell", "dotnet")
PASCAL = ("powershell", "dotnet")


def rendered(document: dict[str, Any], kind: str, writer: str) -> tuple[dict[str, Any], dict[Path, Path]]:
    """Return a document as a client prints it, and where it prints the value at each path.

    Documented names are those of the client's models; other names stay, in Pascal case with a capital.
    """
    places: dict[Path, Path] = {(): ()}
    value = _rendered(document, tree(kind), writer, (), (), places)
    if writer == "powershell":
        value = {"ResourceGroupName": "shop", "Name": "till", **value, "StatusesText": "[]"}
    return value, places


def _rendered(  # noqa: PLR0913, PLR0917 (the two places of a value)
    value: Any,  # noqa: ANN401 (any JSON value)
    element: Element | None,
    writer: str,
    path: Path,
    there: Path,
    places: dict[Path, Path],
) -> Any:  # noqa: ANN401 (as above)
    if isinstance(value, list):
        for index in range(len(value)):
            places[*path, index] = (*there, index)
        return [
            _rendered(item, element, writer, (*path, index), (*there, index), places)
            for index, item in enumerate(value)
        ]
    if isinstance(value, dict):
        members = {}
        for name, item in value.items():
            child = element.children.get(name) if element else None
            spelt = name_of(name, writer) if child or writer in PASCAL else name
            places[*path, name] = (*there, spelt)
            members[spelt] = _rendered(item, child, writer, (*path, name), (*there, spelt), places)
        if writer == "az":
            return dict(sorted({**members, "additionalProperties": {}, "tags": None}.items()))
        return members
    if writer == "powershell" and element and isinstance(value, str) and value in (element.member.values or ()):
        return list(element.member.values or ()).index(value)
    return value


def name_of(name: str, writer: str) -> str:
    """Return the name that a client has for a service's name.

    >>> [name_of("isVMInStandbyPool", writer) for writer in WRITERS]
    ['isVmInStandbyPool', 'is_vm_in_standby_pool', 'IsVMInStandbyPool', 'IsVMInStandbyPool']
    """
    if writer in PASCAL:
        return name[:1].upper() + name[1:]
    words = list(_words(name))
    if writer == "python-sdk":
        return "_".join(words)
    return words[0] + "".join(word[:1].upper() + word[1:] for word in words[1:]) if words else name


def _words(name: str) -> Iterator[str]:
    """Yield the words of a name in small letters; a row of capitals is one word, but for the first of the next."""
    word = ""
    for index, letter in enumerate(name):
        begins = letter.isupper() and (
            not name[index - 1 : index].isupper() or re.match("[A-Z][a-z]", name[index : index + 2]) is not None
        )
        if begins and word:
            yield word.lower()
            word = ""
        word += letter
    if word:
        yield word.lower()
