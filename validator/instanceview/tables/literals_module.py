"""The text of `literals.py`: names and words as types, from their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from instanceview.tables.states import Words

_OTHER_WORD = (
    "",
    "class OtherWord(str):",
    '    """A word of a state that the vocabulary does not have, as the document spells it."""',
    "",
    "    __slots__ = ()",
    "",
    "",
)
"""The lines of the class of the words that no type lists."""


def literals_module(names: Mapping[str, tuple[Iterable[str], str]], words: Mapping[str, Words], command: str) -> str:
    """Return the module with a type for each mapping of a name to its values and a sentence on it.

    Words that no facet says have no type. `command` is the one that derives the module.
    """
    said = {name: each for name, each in words.items() if not each.is_inner}
    return "\n".join(
        [
            f'"""The names that options take and the words of states, as types; derived by `{command}`."""',
            "",
            "from typing import Literal, TypeAlias",
            "",
            "__all__ = [",
            *(f'    "{name}",' for name in sorted([*names, "OtherWord", *said])),
            "]",
            "",
            *(line for name, (values, about) in names.items() for line in (*_literal(name, values, about), "")),
            *_OTHER_WORD,
            *(line for name, each in said.items() for line in (*_literal(name, each.all(), each.about), "")),
        ]
    )


def _literal(alias: str, names: Iterable[str], about: str) -> Iterator[str]:
    quoted = [f'"{name}"' for name in names]
    if len(quoted) == 1:
        yield f"{alias}: TypeAlias = Literal[{quoted[0]}]"
    else:
        yield from (f"{alias}: TypeAlias = Literal[", *(f"    {name}," for name in quoted), "]")
    yield f'"""{about}"""'
