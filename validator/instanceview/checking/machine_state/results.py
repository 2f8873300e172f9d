"""The result that the statuses, the one status or the word of a document beside those of machines says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from instanceview.checking.machine_state.codes import PROVISIONING, count_of, found, parts, spelt
from instanceview.checking.machine_state.facets import Facet
from instanceview.checking.machine_state.members import with_notes
from instanceview.checking.machine_state.patches import status_of
from instanceview.checking.machine_state.resource import FAILED, Part
from instanceview.tables.elements import members
from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from instanceview.checking.machine_state.facets import Status
    from instanceview.checking.machine_state.members import Object, Reading
    from instanceview.checking.machine_state.reasons import Why
    from instanceview.literals import KindName
    from instanceview.tables.kind import Said

_WORDS = "ExtensionWord"
_OTHER_WORDS = {"PowerState": "PowerWord"}
"""The types of the words of single statuses, by the category of their kind; all others have those of extensions."""
_COMPONENT = "componentstatus"
_ONE_WORD = {"success": "succeeded", "error": FAILED, "0": "succeeded"}
"""The words of codes without a category, as agents of Azure Arc write them."""
_Read = tuple["Facet[str]", "list[Status]", "list[Part]"]


def result_of(reading: Reading, holder: Object, kind: KindName, pointer: str) -> _Read:
    """Return the result of an object, its statuses of other categories, and its components.

    `kind` is that of the document, which has the object itself or in a list; `pointer` is that of the object.
    """
    said = KIND_VALUES[kind].said
    name = said.result
    row = members(KIND_VALUES[kind].model).get(name)
    if row and row.type == "string":
        return _of_word(reading, holder, (name, row.values or {}), pointer), [], []
    if row and row.type == "object":
        return _of_status(reading, holder, said, pointer), [], []
    if name == "value" and name not in holder:  # the answer of an operation of 2017 is a document by itself
        holder = reading.object_at(holder, "properties", pointer) or {}
        name, pointer = "output", f"{pointer}/properties"
    return _of_statuses(reading, holder, said.category, name, pointer)


def _of_statuses(reading: Reading, holder: Object, category: str, name: str, pointer: str) -> _Read:
    """Return the result of the statuses in a member of an object, by those of a category, with the rest of them."""
    before, at = len(reading.ignored), f"{pointer}/{name}"
    statuses = reading.list_at(holder, name, pointer)
    substatuses = reading.list_at(holder, "substatuses", pointer) or []
    components = [*_components(reading, substatuses, f"{pointer}/substatuses")]
    if not statuses:
        nothing: Facet[str] = Facet("unknown", at if statuses is not None else pointer, ("no statuses",))
        return with_notes(nothing, reading, before), [], components
    codes = reading.codes_of(statuses, at)
    components = [*_components(reading, statuses, at), *components]
    others = [
        status_of(reading, status, f"{at}/{index}")
        for index, status in enumerate(statuses)
        if isinstance(status, dict) and parts(codes[index]).category not in {category.lower(), _COMPONENT}
    ]
    what = found(codes, category, _WORDS, at)
    if what is None:
        facet = of_components(components, at, count_of(codes), category)
        return (facet if components else with_notes(facet, reading, before)), others, components
    status: Any = statuses[what.at]
    time, message = status.get("time"), reading.message_of(status, at, what.at)
    facet = Facet(what.word, what.pointer, what.why, what.detail, time if isinstance(time, str) else None, message)
    return facet, others, components


def _of_word(reading: Reading, holder: Object, member: tuple[str, Iterable[str]], pointer: str) -> Facet[str]:
    """Return the result that a member, of a name and documented words, says in one word; its message is beside it.

    A documented word is in lower case with its parts apart, such as `timed out`; any other is as the document has it.
    """
    name, documented = member
    before = len(reading.ignored)
    word = reading.text_at(holder, name, pointer)
    why = _why_none(reading, before, name)
    message = reading.text_at(holder, "executionMessage", pointer)
    if not word:
        return Facet("unknown", pointer, why, None, None, message)
    usual = next((each for each in documented if each.lower() == word.lower()), "")
    spelled = "".join(f" {each.lower()}" if each.isupper() else each for each in usual).strip()
    why = ("member" if usual else "member unlisted", name, word)
    return Facet(spelled or word, f"{pointer}/{name}", why, None, None, message)


def _of_status(reading: Reading, holder: Object, said: Said, pointer: str) -> Facet[str]:
    """Return the result of a single status, whose code may be one word."""
    before = len(reading.ignored)
    status = reading.object_at(holder, said.result, pointer)
    if status is None:
        return Facet("unknown", pointer, _why_none(reading, before, said.result))
    at = f"{pointer}/{said.result}"
    code = reading.text_at(status, "code", at)
    why = _why_none(reading, before, "code")
    time, message = reading.take_time(status, at), reading.text_at(status, "message", at)
    if not code:
        return Facet("unknown", at, why, None, time, message)
    known = parts(code)
    word = known.state if known.category else _ONE_WORD.get(code.lower(), code)
    spelled = str(spelt(_OTHER_WORDS.get(said.category, _WORDS), word))
    return Facet(spelled, f"{at}/code", ("code", code), known.detail, time, message)


def _why_none(reading: Reading, before: int, name: str) -> Why:
    """Return the reason for no value of a member: its wrong type, if that is the note after so many, or no member."""
    notes = reading.ignored[before:]
    return ("wrong type", notes[0]) if notes else ("member is not there", name)


def _components(reading: Reading, statuses: list[Any], pointer: str) -> Iterator[Part]:
    """Yield each component among statuses, with its word."""
    for index, code in enumerate(reading.codes_of(statuses, pointer)):
        segments = code.split("/")
        if segments[2:] and segments[0].lower() == _COMPONENT:
            at = f"{pointer}/{index}"
            message = reading.message_of(statuses[index], pointer, index)
            yield Part(segments[1], str(spelt(_WORDS, segments[2])), f"{at}/code", ("code", code), message)


def of_components(components: Sequence[Part], pointer: str, number: int, category: str = PROVISIONING) -> Facet[str]:
    """Return the result where only components say one: failed if one of them has, else what the first says."""
    if not components:
        return Facet("unknown", pointer, ("none", category, number))
    first = next((each for each in components if each.word == FAILED), components[0])
    return Facet(first.word, first.pointer, first.why)
