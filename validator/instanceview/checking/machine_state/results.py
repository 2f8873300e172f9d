"""The result that the statuses, the one status or the word of a document beside those of machines says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from instanceview.checking.machine_state.codes import PROVISIONING, count_of, found, parts, spelt
from instanceview.checking.machine_state.facets import Facet
from instanceview.checking.machine_state.patches import status_of
from instanceview.checking.machine_state.resource import FAILED, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from instanceview.checking.machine_state.facets import Status
    from instanceview.checking.machine_state.members import Object, Reading
    from instanceview.checking.machine_state.reasons import Why
    from instanceview.tables.kind import Said

_WORDS = "ExtensionWord"
_COMPONENT = "componentstatus"
_ONE_WORD = {"success": "succeeded", "error": FAILED, "0": "succeeded"}
"""The words of codes without a category, as agents of Azure Arc write them."""
_Read = tuple["Facet[str]", "list[Status]", "list[Part]"]


def result_of(reading: Reading, holder: Object, said: Said, pointer: str) -> _Read:
    """Return the result of an object, its statuses of other categories, and its components."""
    name = said.result
    if name == "value" and name not in holder:  # the answer of an operation of 2017 is a document by itself
        holder = reading.object_at(holder, "properties", pointer) or {}
        name, pointer = "output", f"{pointer}/properties"
    value = holder.get(name)
    at = f"{pointer}/{name}"
    if isinstance(value, str):
        return _of_word(value, said.result, at, holder), [], []
    if isinstance(value, dict):
        return _of_status(reading, value, at), [], []
    components = [*_components(reading, holder.get("substatuses"), f"{pointer}/substatuses")]
    statuses = reading.list_at(holder, name, pointer)
    if not statuses:
        why: Why = (
            ("no statuses",) if statuses is not None or not said.is_word else ("member is not there", said.result)
        )
        return Facet("unknown", at if statuses is not None else pointer, why), [], components
    codes = reading.codes_of(statuses, at)
    components = [*_components(reading, statuses, at), *components]
    others = [
        status_of(reading, status, f"{at}/{index}")
        for index, status in enumerate(statuses)
        if isinstance(status, dict) and parts(codes[index]).category not in {said.category.lower(), _COMPONENT}
    ]
    what = found(codes, said.category, _WORDS, at)
    if what is None:
        return of_components(components, at, count_of(codes), said.category), others, components
    status: Any = statuses[what.at]
    time, message = status.get("time"), reading.message_of(status, at, what.at)
    facet: Facet[str] = Facet(
        what.word, what.pointer, what.why, what.detail, time if isinstance(time, str) else None, message
    )
    return facet, others, components


def _of_word(word: str, name: str, pointer: str, holder: Mapping[str, object]) -> Facet[str]:
    """Return the result that a member says in one word; its message is beside it."""
    message = holder.get("executionMessage")
    spelled = "".join(f" {each.lower()}" if each.isupper() else each for each in word).strip()
    return Facet(spelled, pointer, ("member", name, word), None, None, message if isinstance(message, str) else None)


def _of_status(reading: Reading, status: Object, pointer: str) -> Facet[str]:
    """Return the result of a single status, whose code may be one word."""
    code = reading.text_at(status, "code", pointer)
    time, message = reading.take_time(status, pointer), reading.text_at(status, "message", pointer)
    if not code:
        return Facet("unknown", pointer, ("member is not there", "code"), None, time, message)
    known = parts(code)
    word = known.state if known.category else _ONE_WORD.get(code.lower(), code)
    return Facet(str(spelt(_WORDS, word)), f"{pointer}/code", ("code", code), known.detail, time, message)


def _components(reading: Reading, statuses: object, pointer: str) -> Iterator[Part]:
    """Yield each component among statuses, with its word."""
    for index, status in enumerate(statuses if isinstance(statuses, list) else ()):
        code = status.get("code") if isinstance(status, dict) else None
        segments = code.split("/") if isinstance(code, str) else []
        if segments[2:] and segments[0].lower() == _COMPONENT:
            at = f"{pointer}/{index}"
            word = str(spelt(_WORDS, segments[2]))
            yield Part(segments[1], word, f"{at}/code", ("code", str(code)), reading.text_at(status, "message", at))


def of_components(components: Sequence[Part], pointer: str, number: int, category: str = PROVISIONING) -> Facet[str]:
    """Return the result where only components say one: failed if one of them has, else what the first says."""
    if not components:
        return Facet("unknown", pointer, ("none", category, number))
    first = next((each for each in components if each.word == FAILED), components[0])
    return Facet(first.word, first.pointer, first.why)
