"""Real documents, spoiled at one place each: the rule for it finds it there, and nothing else becomes an error."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from functools import cache, partial
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from instanceview.catalog import KINDS
from instanceview.elements import tree, walk
from instanceview.judge import judge
from instanceview.model import Document, Origin
from instanceview.pointer import pointer
from instanceview.readers import read
from instanceview.resolve import judged_by
from instanceview.rule import NAMES
from instanceview.stream import stream_of
from instanceview.vocabulary import parsed, places, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path as Folder

    from instanceview.elements import Element
    from instanceview.model import Finding, Path
    from instanceview.vocabulary import State

DOCUMENTS = 25
AGAIN = "#again"  # marks a key that is to stand twice in the text
ELSEWHERE = ("PowerState/running", "EncryptionState/encrypted", "HealthState/healthy", "ComponentStatus/Log/succeeded")
JUNK = {"object": {}, "array": [], "string": "text", "integer": 7, "boolean": True, "null": None}


class Place(NamedTuple):
    """A documented value of a real document."""

    kind: str
    version: str
    path: Path
    element: Element
    value: Any

    def members(self) -> dict[str, Any]:
        return self.value if isinstance(self.value, dict) else {}

    def state(self, code: str) -> State | None:
        """Return what the vocabulary has for a code in this status."""
        whole = parsed(code)
        return state_of(places(self.kind).get(self.element.path, {}), whole) if whole else None


class Spoilt(NamedTuple):
    """One spoiling: `value` is put at `where`, and the finding is expected at `at`."""

    at: Path
    where: Path
    value: Any


def renamed(change: Callable[[str, int], str], place: Place, *, required: bool = False) -> Iterator[Spoilt]:
    """Rename a member at one letter: not to a name that is documented too, and no name of two letters.

    Half of `id` resembles nothing, so its rule is undocumented-element.
    """
    children = place.element.children
    for old in [name for name in place.members() if name in place.element.names_at(place.version) and len(name) > 2]:
        for new in {change(old, at) for at in range(len(old))} if children[old].member.required == required else ():
            if new not in children and new not in place.value:
                value = {new if name == old else name: item for name, item in place.value.items()}
                yield Spoilt((*place.path, new), place.path, value)


def replaced(fits: Callable[[Place], bool], change: Callable[[str], object], place: Place) -> Iterator[Spoilt]:
    yield from [Spoilt(place.path, place.path, change(place.value))] if fits(place) else []


def mistyped(old: str, new: str, place: Place) -> Iterator[Spoilt]:
    is_item = isinstance((place.path or (0,))[-1], int)
    if place.path and old == ("item" if is_item else place.element.member.type):
        yield Spoilt(place.path, place.path, JUNK[new])


def unknown_state(place: Place) -> Iterator[Spoilt]:
    code = parsed(place.members().get("code", ""))
    if code and code.category.lower() in places(place.kind).get(place.element.path, {}):
        yield Spoilt((*place.path, "code"), (*place.path, "code"), str(replace(code, state="zzUnknown")))


def misplaced(place: Place) -> Iterator[Spoilt]:
    here = places(place.kind).get(place.element.path, {})
    for code in ELSEWHERE if here and "code" in place.members() else ():
        if code.partition("/")[0].lower() not in here:
            yield Spoilt((*place.path, "code"), (*place.path, "code"), code)


def contradicted(state: str, level: str, place: Place) -> Iterator[Spoilt]:
    known = place.state(place.members().get("code", "")) if "level" in place.members() else None
    if known and known.level not in {"", level} and known.name == state:
        yield Spoilt((*place.path, "level"), (*place.path, "level"), level)


def added(members: Callable[[Place], Iterable[tuple[str, object]]], place: Place) -> Iterator[Spoilt]:
    """Add a member to an object; one that is there already is to stand twice in the text."""
    for name, value in members(place) if isinstance(place.value, dict) else ():
        key = name + AGAIN if name in place.value else name
        yield Spoilt((*place.path, name), place.path, {**place.value, key: value})


def later(place: Place) -> Iterator[tuple[str, object]]:
    """Yield members of later api-versions, without those that captures hold early, which are a note."""
    for name, child in place.element.children.items():
        early = child.member.observed_since and child.member.observed_since <= place.version
        if child.since > place.version and not early and name not in place.value:
            yield name, JUNK[child.member.type]


def required_dropped(place: Place) -> Iterator[Spoilt]:
    for name in [name for name, child in place.element.children.items() if child.member.required]:
        if name in place.members():  # the finding points at the object
            yield Spoilt(place.path, place.path, {other: each for other, each in place.value.items() if other != name})


def extended(member: str, place: Place) -> Iterator[Spoilt]:
    """Add an item: one with a name that stands there, or, for `code`, with a contradicting power state."""
    items = place.value if isinstance(place.value, list) else []
    if member != "code" and member != next((name for name in NAMES if name in place.element.children), None):
        return
    for value in [item[member] for item in items if member in item]:
        other = "PowerState/" + ("stopped" if value.lower() == "powerstate/running" else "running")
        if member != "code" or (place.path == ("statuses",) and value.startswith("PowerState/") and place.state(value)):
            new = other if member == "code" else value
            yield Spoilt((*place.path, len(items), member), place.path, [*items, {member: new}])


def is_code(place: Place) -> bool:
    return place.path[-1:] == ("code",) and place.element.member.format in {"status-code", "bare-code"}


def is_optional(place: Place) -> bool:
    """Return whether null is a null-element here; a status whose code is null is one without code."""
    return isinstance((place.path or (0,))[-1], str) and not place.element.member.required and not is_code(place)


def code_nulled(place: Place) -> Iterator[Spoilt]:
    yield from [Spoilt(place.path[:-1], place.path, None)] if is_code(place) else []


LETTERS: dict[str, Callable[[str, int], str]] = {
    "letter dropped": lambda name, at: name[:at] + name[at + 1 :],
    "case of a letter": lambda name, at: name[:at] + name[at].swapcase() + name[at + 1 :],
    "capitals": lambda name, _: name.upper(),
}
TYPES = {
    "string": ("integer", "boolean", "object", "array"),
    "integer": ("string", "boolean"),
    "object": ("array", "string"),
    "array": ("object", "string"),
    "item": ("string", "null"),
}
level = partial(replaced, lambda place: place.path[-1:] == ("level",))
code = partial(replaced, lambda place: place.element.member.format == "status-code")
time = partial(replaced, lambda place: place.element.member.format == "date-time")
number = partial(replaced, lambda place: place.element.member.format == "int32")
SPOILINGS: dict[str, dict[str, Callable[[Place], Iterator[Spoilt]]]] = {
    "misspelt-element": {name: partial(renamed, change) for name, change in LETTERS.items()},
    "undocumented-element": {"unknown key": partial(added, lambda _: [("zzUnknown", 1)])},
    "wrong-type": {f"{old} -> {new}": partial(mistyped, old, new) for old, news in TYPES.items() for new in news},
    "value-not-allowed": {
        "unknown level": partial(level, lambda _: "Critical"),
        "level in lower case": partial(level, str.lower),
    },
    "malformed-status-code": {
        "empty segment": partial(code, lambda text: text.replace("/", "//", 1)),
        "leading slash": partial(code, lambda text: "/" + text),
        "trailing slash": partial(code, lambda text: text + "/"),
        "space at the start": partial(code, lambda text: " " + text),
        "space at the end": partial(code, lambda text: text + " "),
        "newline at the end of a code": partial(code, lambda text: text + "\n"),
        "control character": partial(code, lambda text: text[:-1] + "\x07" + text[-1:]),
        "category alone": partial(code, lambda text: text.partition("/")[0]),
    },
    "unknown-state": {"unknown state": unknown_state},
    "misplaced-category": {"category elsewhere": misplaced},
    "malformed-time": {
        "no offset": partial(time, lambda text: text[:19]),
        "space for T": partial(time, lambda text: text.replace("T", " ")),
        "date only": partial(time, lambda text: text[:10]),
        "month 13": partial(time, lambda text: text[:5] + "13" + text[7:]),
        "newline at the end of a time": partial(time, lambda text: text + "\n"),
        "local format": partial(time, lambda _: "7/1/2024 12:00 PM"),
    },
    "missing-element": {"required member dropped": required_dropped},
    "null-element": {"null": partial(replaced, is_optional, lambda _: None)},
    "status-without-code": {"code null": code_nulled},
    "duplicate-key": {"key twice": partial(added, lambda place: place.value.items())},
    "duplicate-name": {f"{name} twice": partial(extended, name) for name in NAMES},
    "later-element": {"later member": partial(added, later)},
    "out-of-range": {str(each): partial(number, lambda _, to=each: to) for each in (2**31, -(2**31) - 1, 10**20)},
    "conflicting-power-states": {"two power states": partial(extended, "code")},
    "level-contradicts-code": {
        "Error for succeeded": partial(contradicted, "succeeded", "Error"),
        "Info for failed": partial(contradicted, "failed", "Info"),
    },
}
SCARCE = {"Info for failed": 1, "serviceName twice": 7}  # the real documents that can be spoiled so
ALL = [(rule, kind) for rule, kinds in SPOILINGS.items() for kind in kinds]


@cache
def real(shared: Folder) -> list[dict[str, Any]]:
    texts = [(shared / "captures" / "documents" / f"{kind}.ndjson").read_text("utf-8") for kind in KINDS]
    lines = [json.loads(line) for text in texts for line in text.splitlines()]
    return [line for line in lines if line["kind"] == "document" and line["real"]]


def ways(line: dict[str, Any], spoil: Callable[[Place], Iterator[Spoilt]]) -> list[Spoilt]:
    """Return every place of a document that can be spoiled so."""
    kind, version, *_ = judged_by(line["document"], line["operation"], line["apiVersion"], "url")
    return [each for step in walk(tree(kind), version, line["document"]) for each in spoil(Place(kind, version, *step))]


def findings(line: dict[str, Any], spoilt: Spoilt | None = None) -> dict[tuple[str, str, str], Finding]:
    """Return what is found in the text of a document, spoiled or not, by rule, severity and pointer."""
    root = [deepcopy(line["document"])]
    if spoilt:
        holder: Any = root
        for step in (0, *spoilt.where)[:-1]:
            holder = holder[step]
        holder[(0, *spoilt.where)[-1]] = spoilt.value
    (document,) = read(stream_of(json.dumps(root[0], indent=1).replace(AGAIN, "").encode()), Origin("view.json"))
    assert isinstance(document, Document), document
    found = judge(replace(document, kind=line["operation"], api_version=line["apiVersion"]))
    return {(each.rule, each.severity.value, each.pointer): each for each in found}


def outcomes(shared: Folder, rule: str, spoil: Callable[[Place], Iterator[Spoilt]], count: int) -> Iterator[list[str]]:
    """Yield, for real documents that can be spoiled so, what is new: found, and what else of which severity."""
    random = Random(rule)  # noqa: S311 (the same in every run: what fails once fails again)
    lines = random.sample(real(shared), len(real(shared)))
    qualified = ((line, here) for line in lines if (here := sorted(ways(line, spoil), key=repr)))
    for line, here in islice(qualified, count):
        spoilt = random.choice(here)
        new = findings(line, spoilt).keys() - findings(line).keys()
        expected = [each for each in new if (each[0], each[2]) == (rule, pointer(spoilt.at))]
        others = [f"{severity} {name} {at}" for name, severity, at in new.difference(expected)]
        yield ["found" if expected else f"missed {line['id']} {pointer(spoilt.at)}", *others]


@pytest.mark.parametrize(("rule", "kind"), ALL, ids=[kind for _, kind in ALL])
def test_what_is_spoiled_is_found_there_and_is_the_only_finding(rule: str, kind: str, shared: Folder) -> None:
    found = list(outcomes(shared, rule, SPOILINGS[rule][kind], DOCUMENTS))
    assert [each for each in found if each != ["found"]] == []
    assert len(found) == SCARCE.get(kind, DOCUMENTS)


@pytest.mark.parametrize("kind", LETTERS)
def test_a_misspelt_required_member_is_one_finding(kind: str, shared: Folder) -> None:
    found = list(outcomes(shared, "misspelt-element", partial(renamed, LETTERS[kind], required=True), DOCUMENTS))
    assert [each for each in found if each != ["found"]] == []
