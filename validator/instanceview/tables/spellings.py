"""Spellings of the documented names: as the service writes them, and as the models of its clients have them.

A rule makes each spelling from the service's name. Source of the rules: the models of azure-mgmt-compute (snake case),
of which the az CLI makes camel case, and those of Az.Compute and Azure.ResourceManager.Compute (Pascal case).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.tables.descent import below
from instanceview.tables.elements import tree
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from instanceview.tables.elements import Element

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LONGEST = 64  # characters: the longest documented name has 37


@lru_cache(maxsize=1024)  # a document repeats its names; those of strangers are not kept for ever
def snake(name: str) -> str:
    """Return a name in snake case, as AutoRest makes it; a row of capitals is one word.

    >>> snake("isVMInStandbyPool"), snake("hyperVGeneration"), snake("VMAgent")
    ('is_vm_in_standby_pool', 'hyper_v_generation', 'vm_agent')
    """
    return _WORD.sub("_", name).lower() if len(name) <= _LONGEST else name


def pascal(name: str) -> str:
    """Return a service's name in Pascal case.

    >>> pascal("isVMInStandbyPool"), pascal("innererror")
    ('IsVMInStandbyPool', 'Innererror')
    """
    return name[:1].upper() + name[1:]


def camel(name: str) -> str:
    """Return a service's name as the az CLI writes it: the snake case with its words joined.

    >>> camel("isVMInStandbyPool"), camel("hyperVGeneration")
    ('isVmInStandbyPool', 'hyperVGeneration')
    """
    first, *others = snake(name).split("_")
    return first + "".join(word.capitalize() for word in others)


class Names(NamedTuple):
    """The documented names by snake case, and those of one word.

    A name of one word may be two words to another client: `substatuses` is `SubStatuses`.
    """

    by_snake: Mapping[str, str]
    single: frozenset[str]


@cache
def documented_names(kind: str = "") -> Names:
    """Return the documented names of a kind, of all machine documents by default, over all api-versions.

    >>> documented_names().by_snake["vm_agent"], "substatuses" in documented_names().single
    ('vmAgent', True)
    """
    trees = roots_of(kind)
    names = {element.path.rpartition(".")[2] for each in trees for element in below(each)}
    by_snake = {snake(name): name for name in sorted(names)}
    return Names(by_snake, frozenset(name for name in names if name == snake(name)))


@cache
def roots_of(kind: str = "") -> tuple[Element, ...]:
    """Return the element of the document of a kind, or without one those of all machine documents."""
    return tuple(tree(each) for each in ((kind,) if kind else MACHINES))


PASCAL = frozenset({"powershell", "dotnet"})
"""The writers whose names and values are those of .NET."""
SPELLED: Mapping[str, Callable[[str], str]] = {"az": camel, "python-sdk": snake, "powershell": pascal, "dotnet": pascal}
"""The spelling of a service's name in the documents of each writer that has its own."""
