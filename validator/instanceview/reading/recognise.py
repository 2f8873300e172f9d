"""Recognise a JSON value as an instance view, by evidence: what says so, or why it is not one.

What is asked for needs less than the rest: a value of Python, a document with `--kind`, the root of a named file and a
member called `instanceView` are meant as instance views. In a folder, or somewhere in a larger value, only a
structure counts that nothing else has, be it in a part whose name is misspelt. Every real document in the captures that
the project was tried on has one.
"""

from __future__ import annotations

from typing import NamedTuple

from instanceview.model.names import nearest
from instanceview.model.text import quote
from instanceview.places.compact import compact
from instanceview.reading.dialects import printed_by_client
from instanceview.reading.dialects.printed import Printed, paths_of
from instanceview.reading.structures import (
    fits,
    is_list_of_statuses,
    is_list_of_words,
    is_of_part,
    is_of_script,
    is_structure,
    meant,
    root_members,
)
from instanceview.tables.catalog import SCHEMA_MEMBER
from instanceview.tables.elements import root_names
from instanceview.tables.kinds import MACHINE_VALUES, any_of

USE_KIND = "; use --kind to check it"
"""The end of a reason where --kind is the next step."""

NOT_OURS = "no instance view"
"""The beginning of the reason where a JSON value is not ours to check."""

KINDS_NAMED = f"instance view of {any_of([kind.holder for kind in MACHINE_VALUES.values()])}"
"""The words for an instance view of a machine, which most people have."""

NO_BODY = f"{NOT_OURS}: no body"
"""The reason where an answer was recorded without its body."""

_ENOUGH = 3  # members at the root without a structure: two, such as osName and osVersion, occur in inventories
_NEAR = 100  # members of an object up to which misspelt ones are looked for: four times as many as are documented


class Verdict(NamedTuple):
    """What a JSON value is: the evidence that it is an instance view, or the reason why it is not one.

    `evidence` names the member that says so. With `is_part`, more members of the value are foreign than documented:
    only its `statuses` are an instance view's, unless it `is_meant` as one and a caller gives a kind. `printed` is the
    document with the service's names, where a client printed it. `kind` is that of a document that is not a machine's,
    by its marks, or with `is_sure` by its type or ID.
    """

    evidence: str = ""
    reason: str = ""
    is_part: bool = False
    is_meant: bool = False
    printed: Printed | None = None
    kind: str = ""
    is_sure: bool = False


def recognise(value: object, *, asked: bool = False, is_flat: bool = False) -> Verdict:
    """Return the verdict on a JSON value; `asked` means that it is meant as an instance view, so that less is enough.

    `is_flat` means that it is beside the name of its resource, as clients print it.

    >>> recognise({"statuses": [{"code": "PowerState/running"}]}).evidence
    'statuses'
    >>> recognise({"osName": "Linux"}).evidence, recognise({"osName": "Linux"}, asked=True).evidence
    ('', 'osName')
    >>> recognise({"error": {"code": 1}}, asked=True).reason.partition("; ")[2]
    'found "error"'
    """
    verdict = _recognised(value, asked=asked, is_flat=is_flat)
    if verdict.evidence or asked or not isinstance(value, dict):
        return verdict
    return _by_parts(value, is_flat=is_flat) or verdict


def foreign_members(value: object, verdict: Verdict) -> dict[str, object]:
    """Return the members of a view that may hold another one: none that it has by the tables, nor a misspelt one.

    >>> view = {"statuses": [{"code": "PowerState/running"}], "vmAgnt": {}, "before": {"vmAgent": {}}, "new": {"a": []}}
    >>> foreign_members(view, recognise(view))
    {'before': {'vmAgent': {}}}
    """
    if not isinstance(value, dict) or (root_names().issuperset(value) and not verdict.is_part):
        return {}
    if verdict.is_part:
        return {name: item for name, item in value.items() if name != "statuses" and _may_have_machine(item)}
    if verdict.kind or verdict.printed or len(value) > _NEAR:
        return {}
    return {name: item for name, item in value.items() if not meant(name) and _may_have_machine(item)}


def _may_have_machine(item: object) -> bool:
    """Return True if a value may have the view of a machine: new members of the service have statuses, too."""
    if not isinstance(item, (dict, list, str)):
        return False
    text = item if isinstance(item, str) else (compact(item) or b"").decode()
    folded = text.lower().replace("_", "")
    return "powerstate/" in folded or "vmagent" in folded


def _recognised(value: object, *, asked: bool, is_flat: bool = False) -> Verdict:
    if isinstance(value, list) and is_list_of_statuses(value):
        kind = "run-command-result" if is_of_script(value) else ""
        return Verdict("value" if kind else "statuses", printed=_around_statuses(value, kind), kind=kind)
    if not isinstance(value, dict):
        return Verdict(reason=f"expected an object, the {KINDS_NAMED}; found {quote(value)}")
    if SCHEMA_MEMBER in value:  # for editors; it says nothing of what the value is
        value = {name: item for name, item in value.items() if name != SCHEMA_MEMBER}
    of_other = None if root_names().issuperset(value) else _of_other(value, asked=asked, is_flat=is_flat)
    if of_other:
        return of_other
    printed = printed_by_client(value, is_flat=is_flat)
    body = printed.body if printed else value
    verdict = _verdict(body, asked=asked)
    if verdict.evidence and not (asked or root_names().issuperset(body)):  # it is one: of which kind, as if asked for
        kind = _kind_of_family(value, asked=True)
        if kind:
            return _of_family(value, kind, is_flat=is_flat)
    return verdict._replace(printed=printed) if printed else verdict


def _of_other(value: dict[str, object], *, asked: bool, is_flat: bool) -> Verdict | None:
    """Return the verdict on an object that is of another kind or has a view; None where it may be a machine's."""
    from instanceview.reading.holders import held_members  # nearly all documents are a machine's

    held = held_members(value, value)
    if held:
        return _of_family(held[1], held[0], is_flat=True)._replace(is_sure=True)
    kind = _kind_of_family(value, asked=asked)
    if kind:
        return _of_family(value, kind, is_flat=is_flat)
    if not _holds_view(value):
        return None
    is_part = is_structure("statuses", value.get("statuses"))
    return Verdict("statuses", is_part=True) if is_part else Verdict(reason="its view is in its instanceView")


def _holds_view(value: dict[str, object]) -> bool:
    """Return True if an object has a view in its `instanceView`, as an inventory has it beside names of the machine."""
    from instanceview.reading.holders import is_view_name  # as above

    held = (item for name, item in value.items() if is_view_name(name) and isinstance(item, dict))
    return any(_recognised(item, asked=True).evidence for item in held)


def _by_parts(value: dict[str, object], *, is_flat: bool) -> Verdict | None:
    """Return the verdict on an object with a view in a member that is its part, such as a misspelt `vmAgent`; or None.

    Its part is not a document of its own: what else the object has would be passed over.
    """
    asked = _recognised(value, asked=True, is_flat=is_flat) if len(value) <= _NEAR else Verdict()
    if not asked.evidence or asked.is_part:
        return None
    from instanceview.reading.likeness import parts_like  # few objects come here

    has_view = any(_recognised(part, asked=False).evidence for part in parts_like(value, asked.kind))
    return asked if has_view else None


def _of_family(value: dict[str, object], kind: str, *, is_flat: bool) -> Verdict:
    from instanceview.reading.family import evidence_of  # as above

    printed = printed_by_client(value, is_flat=is_flat, kind=kind)
    return Verdict(evidence_of(kind, value) or next(iter(value)), printed=printed, kind=kind)


def _kind_of_family(value: dict[str, object], *, asked: bool) -> str:
    """Return the kind beside the machine documents that an object is, or is most like if it is asked for."""
    from instanceview.reading.family import kind_of_family  # as above

    kind = kind_of_family(value, asked=asked)
    if kind or not asked:
        return kind
    from instanceview.reading.likeness import most_like  # as above

    return most_like(value)


def _verdict(value: dict[str, object], *, asked: bool) -> Verdict:
    if not value:
        return Verdict("{}") if asked else Verdict(reason="the object is empty")
    names = root_names()
    known = [name for name in value if name in names]
    if len(known) == len(value):
        if asked and not is_list_of_words(known[0], value[known[0]]):
            return Verdict(known[0])
    else:
        from instanceview.reading.others import other_view  # needed where a member is not documented

        other = other_view(value)
        if other:
            return Verdict(reason=f"this is {other}; expected the {KINDS_NAMED}")
    return _by_members(value, known, asked=asked)


def _by_members(value: dict[str, object], known: list[str], *, asked: bool) -> Verdict:
    """Return the verdict on an object by its members, of which the known ones are documented."""
    is_foreign = 2 * len(known) < len(value) and _foreign(value, known) > len(known)
    if is_foreign or (len(known) < len(value) and is_of_part(value)):
        is_part = "statuses" in known and is_structure("statuses", value["statuses"])
        return Verdict("statuses", is_part=True, is_meant=asked) if is_part else Verdict(reason=_why_foreign(value))
    structure = next((name for name in known or value if is_structure(name, value[name])), "")
    if structure:
        return Verdict(structure)
    fitting = [name for name in known if fits(name, value[name])]
    if len(fitting) >= _ENOUGH and 2 * len(fitting) > len(value):
        return Verdict(" and ".join(fitting[:_ENOUGH]))
    named = known or [name for name in value if meant(name).lower() == name.lower()]
    telling = [name for name in named if not is_list_of_words(name, value[name])] if asked else []
    if telling:
        return Verdict(telling[0])
    words = next((name for name in named if is_list_of_words(name, value[name])), None)
    if words:
        return Verdict(reason=f"{quote(words)} is a list without objects; expected the {KINDS_NAMED}")
    return Verdict(reason=_why_weak(named) if named else _why_foreign(value))


def _foreign(value: dict[str, object], known: list[str]) -> int:
    """Return the number of members that are neither documented nor near a documented name."""
    others = [name for name in value if name not in root_members()]
    near = [name for name in others if nearest(name, tuple(root_members()))] if len(value) <= _NEAR else []
    return len(value) - len(known) - len(near)


def _around_statuses(value: list[object], kind: str) -> Printed:
    """Return a list of statuses as a document, with their paths as they are written."""
    name = "value" if kind else "statuses"
    is_pascal = isinstance(value[0], dict) and any(each[:1].isupper() for each in value[0])
    body: dict[str, object] = {name.capitalize() if is_pascal else name: value}
    printed = printed_by_client(body, kind=kind)
    written = {} if printed is None else dict(printed.written)
    body = printed.body if printed else body
    return Printed(body, "fragment", {path: written.get(path, path)[1:] for path in paths_of(body)})


def _why_foreign(value: dict[str, object]) -> str:
    names = [name for name in value if name not in root_members()]
    found = ", ".join(quote(name) for name in names[:3])
    if len(names) == len(value):
        return f"none of its members is documented in the {KINDS_NAMED}; found {found}"
    return f"most of its members are not documented in the {KINDS_NAMED}; found {found}"


def _why_weak(known: list[str]) -> str:
    names = " and ".join(quote(name) for name in known[:_ENOUGH])
    verb = "are" if known[1:] else "alone is"
    return f"{names} {verb} not enough evidence of the {KINDS_NAMED}{USE_KIND}"
