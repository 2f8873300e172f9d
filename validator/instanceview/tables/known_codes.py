"""The status-code vocabulary as a flat list: each code that a place is known to have, with its meaning and evidence."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from instanceview.model.names import known
from instanceview.tables.catalog import tables_json
from instanceview.tables.kinds import KINDS
from instanceview.tables.states import codes_by_portal_name
from instanceview.tables.vocabulary import BARE, categories_by_element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from instanceview.literals import CategoryName, KindName, LevelName, PlaceName
    from instanceview.tables.vocabulary import State

COMPONENT, NUMBER = "<component>", "<number>"
"""The segments of a code that an extension chooses."""


class KnownCode(NamedTuple):
    """A status code that a place is known to have; `str()` returns the code.

    `place` is the path of the status or of the list of statuses, without indices, in documents of `kinds`. `category`
    is `ErrorCode` for a bare error code. In `code`, `<component>` and `<number>` are for what an extension chooses;
    `detail` is the segment after the state. `level` and `time` are None without evidence: `time` says if a status
    with the code has one, and `time_of` which moment that is, empty if unknown. `display_texts` are the texts that the
    service shows for the code, most frequent first, and `spellings` the state in other case, as captured too.
    `captures` is the number of captured documents with the code.

    >>> from instanceview import vocabulary
    >>> [str(code) for code in vocabulary(place="vmAgent.statuses", level="Warning")]
    ['ProvisioningState/Unavailable']
    """

    code: str
    place: PlaceName
    kinds: tuple[KindName, ...]
    category: CategoryName
    state: str
    detail: str | None
    about: str
    level: LevelName | None
    display_texts: tuple[str, ...]
    time: Literal["always", "sometimes", "never"] | None
    time_of: str
    basis: tuple[str, ...]
    captures: int
    spellings: tuple[str, ...]

    def __str__(self) -> str:
        """Return the code."""
        return self.code


def vocabulary(
    *,
    place: PlaceName | None = None,
    kind: KindName | None = None,
    category: CategoryName | None = None,
    level: LevelName | None = None,
) -> tuple[KnownCode, ...]:
    """Return the known status codes of a place, kind, category and level, or of all, in the order of a document.

    Raises UnknownNameError, a ValueError, with the nearest known name.

    >>> from instanceview import vocabulary
    >>> for code in vocabulary(kind="vm", category="OSState"):
    ...     print(code, code.level, code.display_texts, code.captures)
    OSState/generalized Info ('VM generalized',) 54
    OSState/specialized Info ('VM specialized',) 11
    """
    asked = {"place": place, "kind": kind, "category": category, "level": level}
    names = {"place": tuple(places()), "kind": KINDS, "category": tuple(categories()), "level": LEVELS}
    for what, name in asked.items():
        if name is not None:
            known(what, name, names[what])
    return tuple(
        code
        for code in _all()
        if (place in {None, code.place} and (kind is None or kind in code.kinds))
        and (category in {None, code.category} and level in {None, code.level})
    )


LEVELS: tuple[LevelName, ...] = ("Info", "Warning", "Error")
"""The levels of a status, the mildest first."""


def places() -> dict[str, str]:
    """Return the places that have status codes, each with a sentence on it: of a path in several kinds, the first."""
    found: dict[str, str] = {}
    for row in tables_json()["statusCodes"]["places"]:
        found.setdefault(row["element"], row["about"])
    return found


def about_place(place: str, kinds: tuple[str, ...]) -> str:
    """Return a sentence on a place in documents of some kinds."""
    rows = tables_json()["statusCodes"]["places"]
    return next(str(row["about"]) for row in rows if (row["element"], tuple(row["kinds"])) == (place, kinds))


def categories() -> dict[str, str]:
    """Return the categories of codes, `ErrorCode` for bare ones among them, each with a sentence on it."""
    found: dict[str, str] = tables_json()["statusCodes"]["categories"]
    return found


def shown_as(text: str, codes: Iterable[KnownCode]) -> tuple[KnownCode, ...]:
    """Return the codes with a display text or with Azure's name of a power state, whatever its case and white space.

    >>> [str(code) for code in shown_as("vm  RUNNING", vocabulary(kind="vm"))]
    ['PowerState/running']
    >>> [str(code) for code in shown_as("Stopped (allocated)", vocabulary(kind="vm"))]
    ['PowerState/stopped']
    """
    folded = _folded(text)
    named = _portal_names().get(folded, ())
    return tuple(code for code in codes if code.code in named or folded in map(_folded, code.display_texts))


def is_portal_name(text: str) -> bool:
    """Return True if a text is Azure's name of a power state, and not just the word of it.

    >>> is_portal_name("stopped (Deallocated)"), is_portal_name("VM stopped"), is_portal_name("running")
    (True, False, False)
    """
    return _folded(text) in _portal_names()


@cache
def _portal_names() -> dict[str, tuple[str, ...]]:
    return {_folded(name): codes for name, codes in codes_by_portal_name().items()}


def _folded(text: str) -> str:
    return " ".join(text.split()).lower()


@cache
def _all() -> tuple[KnownCode, ...]:
    return tuple(_codes())


def _codes() -> Iterator[KnownCode]:
    for row in tables_json()["statusCodes"]["places"]:
        for category in categories_by_element(row["kinds"][0])[row["element"]].values():
            for state in category.states.values():
                yield _code(row, (category.name, state.name, None), state)
                for detail in state.details.values():
                    yield _code(row, (category.name, state.name, detail.name), detail)
                if state.numbered:
                    yield _code(row, (category.name, state.name, NUMBER), state.numbered)


def _code(place: Mapping[str, Any], parts: tuple[str, str, str | None], row: State) -> KnownCode:
    category, state, detail = parts
    component = COMPONENT if category == "ComponentStatus" else None
    segments = (None if category == BARE else category, component, state, detail)
    return KnownCode(
        code="/".join(segment for segment in segments if segment),
        place=place["element"],
        kinds=tuple(place["kinds"]),
        category=cast("CategoryName", category),
        state=state,
        detail=detail,
        about=row.about,
        level=cast("LevelName | None", row.level or None),
        display_texts=row.texts,
        time=cast("Any", row.time or None),
        time_of=row.time_of if row.time in {"always", "sometimes"} else "",
        basis=row.basis,
        captures=row.captures,
        spellings=row.spellings,
    )
