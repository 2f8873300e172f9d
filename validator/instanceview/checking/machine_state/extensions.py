"""The extensions of a machine, and the handlers of the agent that run them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.checking.machine_state.codes import PROVISIONING, count_of, found, spelt
from instanceview.checking.machine_state.members import with_notes
from instanceview.checking.machine_state.parts import Extension, ExtensionCounts, Handler, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from instanceview.checking.machine_state.facets import Agent
    from instanceview.checking.machine_state.members import Object, Reading
    from instanceview.checking.machine_state.reasons import Why

_COUNTED = {"failed": 0, "transitioning": 1, "no status": 2, "succeeded": 4}
"""The words that have a count of their own, and its place in `ExtensionCounts`."""
_OTHER = 3
NO_EXTENSIONS = ExtensionCounts()
"""The counts of no extensions at all."""
_COMPONENT = "componentstatus"
_PROBLEMS = frozenset({"warning", "error"})


def handlers_of(reading: Reading, agent: Object | None) -> dict[str, list[Handler]]:
    """Return the handlers of an agent by folded type, those without a type under an empty one."""
    handlers: dict[str, list[Handler]] = {}
    if agent and "extensionHandlers" in agent:
        for index, item in reading.objects_at(agent, "extensionHandlers", "/vmAgent"):
            handler = _handler(reading, item, f"/vmAgent/extensionHandlers/{index}")
            handlers.setdefault((handler.type or "").lower(), []).append(handler)
    return handlers


def _handler(reading: Reading, item: Object, pointer: str) -> Handler:
    kind = reading.text_at(item, "type", pointer)
    status = reading.object_at(item, "status", pointer)
    if status is None:
        return Handler("unknown", pointer, ("handler without code",), kind)
    at = f"{pointer}/status"
    time = reading.take_time(status, at)
    message = reading.text_at(status, "message", at)
    code = reading.text_at(status, "code", at)
    what = found((code or "",), PROVISIONING, "HandlerWord", "")
    if what is None:
        return Handler("unknown", at if code else pointer, ("handler without code",), kind, None, message, time)
    return Handler(what.word, f"{at}/code", what.why, kind, what.detail, message, time)


def extensions_of(
    reading: Reading, handlers: dict[str, list[Handler]], agent: Agent, provisioning: str
) -> tuple[Extension, ...]:
    """Return the extensions of a machine with their handlers, beside its agent and its provisioning state."""
    is_old = agent.word == "not reporting"
    none: Why = ("agent off",) if is_old else ("not yet", provisioning)
    extensions = []
    for index, item in reading.objects_at(reading.body, "extensions", ""):
        before, pointer = len(reading.ignored), f"/extensions/{index}"
        kind = reading.text_at(item, "type", pointer)
        handler = handlers.get(kind.lower()) if kind else None
        extension = _extension(reading, item, pointer, none, handler[0] if handler else None)
        if is_old and extension.word != "no status":
            extension = extension._replace(as_last_reported=True)
        extensions.append(extension if len(reading.ignored) == before else with_notes(extension, reading, before))
    return tuple(extensions)


def _extension(reading: Reading, item: Object, pointer: str, none: Why, handler: Handler | None) -> Extension:
    """Return an extension with its handler; `none` is the reason of one without statuses."""
    name = reading.text_at(item, "name", pointer)
    parts = _parts(reading, item, pointer) if "substatuses" in item else ()
    statuses = reading.list_at(item, "statuses", pointer)
    if not statuses:
        return Extension("no status", pointer, none, name, None, None, None, handler, parts)
    at = f"{pointer}/statuses"
    codes = reading.codes_of(statuses, at)
    if not count_of(codes):
        return Extension("no status", pointer, none, name, None, None, None, handler, parts)
    what = found(codes, PROVISIONING, "ExtensionWord", at)
    if what is None:
        return Extension("unknown", at, ("none", PROVISIONING, count_of(codes)), name, None, None, None, handler, parts)
    status: Object = statuses[what.at]  # type: ignore[assignment]  # what has a code is an object
    time = status.get("time")
    time = time if type(time) is str else None
    message = reading.message_of(status, at, what.at)
    return Extension(what.word, what.pointer, what.why, name, what.detail, time, message, handler, parts)


def _parts(reading: Reading, item: Object, pointer: str) -> tuple[Part, ...]:
    """Return the substatuses that say that something is wrong."""
    parts = []
    for index, status in reading.objects_at(item, "substatuses", pointer):
        code, level = status.get("code"), status.get("level")
        if level == "Info" and type(code) is str and code.endswith("/succeeded") and "time" not in status:
            continue  # nearly all
        part = _part(reading, status, f"{pointer}/substatuses/{index}")
        if part.word == "failed" or (part.level or "").lower() in _PROBLEMS:
            parts.append(part)
    return tuple(parts)


def _part(reading: Reading, status: Object, at: str) -> Part:
    reading.take_time(status, at)
    code, level = reading.text_at(status, "code", at), reading.text_at(status, "level", at)
    segments = (code or "").split("/")
    name = segments.pop(1) if segments[2:] and segments[0].lower() == _COMPONENT else None
    word = spelt("ExtensionWord", segments[1]) if segments[1:] else None
    return Part(name, word, f"{at}/code" if code else at, level, reading.text_at(status, "message", at))


def counts_of(extensions: Sequence[Extension]) -> ExtensionCounts:
    """Return the numbers of extensions by word.

    >>> counts_of([Extension("failed", "", ()), Extension("updating", "", ())])
    ExtensionCounts(failed=1, transitioning=0, no_status=0, other=1, succeeded=0)
    """
    counts = [0] * len(NO_EXTENSIONS)
    for extension in extensions:
        counts[_COUNTED.get(extension.word, _OTHER)] += 1
    return ExtensionCounts(*counts)


def without_extension(handlers: dict[str, list[Handler]], extensions: object) -> tuple[Handler, ...]:
    """Return the handlers whose type none of a document's extensions has, in the order of the document."""
    types = {_type_of(each) for each in extensions} if isinstance(extensions, list) else set()
    alone = (each for kind, several in handlers.items() if kind not in types for each in several)
    return tuple(each._replace(pointer=each.pointer.partition("/status")[0]) for each in alone)


def _type_of(extension: object) -> str | None:
    kind = extension.get("type") if isinstance(extension, dict) else None
    return kind.lower() if isinstance(kind, str) and kind else None
