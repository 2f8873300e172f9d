"""Names in findings about a document that a client printed: as the client writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.tables.spellings import PASCAL, SPELLED

if TYPE_CHECKING:
    from instanceview.model.document import Document
    from instanceview.rules.rule import Found


def names_of_writer(document: Document) -> tuple[str, ...]:
    """Return the documented names that a document has in the spelling of its writer, each once."""
    spelled = ((path[-1:], written[-1]) for path, written in (document.written or {}).items() if written)
    names = [name for last, name in spelled if isinstance(name, str) and last != (name,)]
    # Around an array, old releases of PowerShell write an object with the members `value` and `Count`.
    named = (name for name in names if document.written_by not in PASCAL or name[:1].isupper())
    return tuple(dict.fromkeys(named))


def respelt(found: Found, document: Document) -> Found:
    """Return a fault with the name of its member as it is written, and with the names to write in that spelling.

    The service's name beside the page's (`instead`) is not a name to write.
    """
    spelled = SPELLED.get(document.written_by or "")
    if spelled is None or found.spot not in {"key", "repeat", "object"}:
        return found
    is_there = found.spot != "object"
    name = document.as_written(found.path)[-1] if is_there else spelled(str(found.facts["name"]))
    facts = {**found.facts, "name": name}
    if "instead" in facts:
        return found._replace(facts=facts)
    hint = found.hint
    if hint and "meant" in facts:
        meant = str(facts["meant"])
        facts["meant"] = spelled(meant)
        hint = hint.replace(f'"{meant}"', f'"{spelled(meant)}"')
    return found._replace(facts=facts, allowed=tuple(map(spelled, found.allowed)), hint=hint)
