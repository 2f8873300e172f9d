"""The vocabulary of a status code over all kinds: its parts, the places that have it, other resources that have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.tables.catalog import tables_json
from instanceview.tables.describe import captures_text
from instanceview.tables.status_code import StatusCode
from instanceview.tables.vocabulary import BARE, categories, categories_by_element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.tables.known_codes import KnownCode
    from instanceview.tables.vocabulary import State


def is_summary(place: str) -> bool:
    """Return True if a place counts codes."""
    return place.endswith("statusesSummary")


class CodePlace(NamedTuple):
    """A place that has a state: its element, the kinds with that element, a sentence about it, and the state there."""

    element: str
    kinds: tuple[str, ...]
    about: str
    state: State

    def named(self) -> str:
        """Return the element and its kinds."""
        return f"{self.element} ({', '.join(self.kinds)})"

    def fits(self, detail: str) -> bool:
        """Return True if a detail may follow the state here: it is known, or a number where no details have names."""
        if not detail or detail.lower() in self.state.details:
            return True
        return is_number(detail) and not self.state.details and not self.counts

    @property
    def counts(self) -> bool:
        """True if this is a summary, which counts codes and gives no level, text or time."""
        return is_summary(self.element)


def evidence_words(basis: Iterable[str], captures: int, *, counts: bool) -> str:
    """Return the basis of a code in words, with the number of its captures, or the reason why there are none.

    >>> evidence_words(("page", "observed"), 4045, counts=False), evidence_words(("observed",), 0, counts=True)
    ('page, observed in 4,045 captures', 'observed in the counted statuses')
    """
    reason = "observed in the counted statuses" if counts else "observed only with a detail"
    observed = f"observed in {captures_text(captures)}" if captures else reason
    return ", ".join(observed if each == "observed" else each for each in basis)


def take_apart(text: str) -> StatusCode:
    """Return the parts of a status code; a word without slashes is a bare error code, unless it is a category.

    Raises MalformedStatusCodeError with the place of the fault.

    >>> take_apart("StorageAccountNotFound").category, take_apart("PowerState/running").category
    ('', 'PowerState')
    """
    return StatusCode.parse(text, bare="/" not in text and text.lower() not in category_names())


def category_names() -> dict[str, str]:
    """Return the categories of codes, by folded name."""
    return {folded: name for folded, name in categories().items() if name != BARE}


def is_number(detail: str) -> bool:
    """Return True if a detail is a number, as exit and error codes are."""
    return detail.removeprefix("-").isdecimal()


def states_of(category: str) -> dict[str, State]:
    """Return the states of a category at all places by folded name, each with the words of its first place."""
    known: dict[str, State] = {}
    for place in places_of(category):
        known.setdefault(place.state.name.lower(), place.state)
    return known


def known_at(code: StatusCode, among: Iterable[KnownCode]) -> list[CodePlace]:
    """Return the places that have the category and state of a code, only those of the codes in `among`.

    Where a listed state is a number, any number counts as that state.
    """
    here = {(each.place, each.kinds, each.category.lower(), each.state.lower()) for each in among}
    category = (code.category or BARE).lower()
    return [
        place
        for place in places_of(category)
        if (_is_same(code.state, place.state.name) if code.category else code.state.lower() == place.state.name.lower())
        and (place.element, place.kinds, category, place.state.name.lower()) in here
    ]


def _is_same(state: str, listed: str) -> bool:
    return state.lower() == listed.lower() or (is_number(state) and is_number(listed))


def places_of(category: str) -> Iterator[CodePlace]:
    """Yield every place of every state of a category."""
    for row in tables_json()["statusCodes"]["places"]:
        here = categories_by_element(row["kinds"][0])[row["element"]].get(category.lower())
        for state in here.states.values() if here else ():
            yield CodePlace(row["element"], tuple(row["kinds"]), row["about"], state)


def is_known(code: StatusCode, among: Iterable[KnownCode]) -> bool:
    """Return True if the codes in `among` have every part of a code: its category, its state and its detail.

    A number may follow any state, and an extension chooses the names of its components.

    >>> from instanceview import vocabulary
    >>> codes = (take_apart(text) for text in ("PowerState/running", "PowerState/runing", "Power/running"))
    >>> [is_known(code, vocabulary()) for code in codes]
    [True, False, False]
    """
    if elsewhere(code):
        return True
    here = known_at(code, among)
    detail = (code.detail or "").lower()
    return bool(here) and (not detail or is_number(detail) or any(detail in place.state.details for place in here))


def elsewhere(code: StatusCode) -> str | None:
    """Return a sentence about the other resource that has a code, if one has; any number counts as a listed one."""
    for text, about in tables_json()["statusCodes"]["elsewhere"].items():
        category, _, state = text.partition("/")
        if category.lower() == code.category.lower() and _is_same(code.state, state):
            return str(about)
    return None
