"""Values that the walk need not visit, by element and hook; the walk adds to them as it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.checking.memo import SCALARS, Memo, predicate, shortcut
from instanceview.checking.text_scan import scannable_condition
from instanceview.model.document import ABSENT

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from collections.abc import Set as AbstractSet

    from instanceview.rules.quiet import Quiet
    from instanceview.rules.site import Hook
    from instanceview.tables.elements import Element

    Key = Callable[[Any], Hashable | None]


class Skips:
    """The values at an element that need not be visited for a hook.

    `known` holds the keys of values that no rule reported. `is_quiet` is a predicate on a value: true if no rule can
    report it; None if the rules declare no such condition. `allow` is a predicate too: True if no rule need be asked
    about a value, for either reason.
    """

    def __init__(self, hook: Hook, element: Element) -> None:
        """Start with no known value; the declarations of the hook's rules decide which ones can be skipped."""
        declared = shortcut(hook)
        # A scan of the document's JSON text answers for these.
        needed = [each for each in declared.needed if hook != "document" or not scannable_condition(each)]
        self._memo = Memo()
        self.known = self._memo.known
        self._is_open = declared.is_open
        self._key = _scalar_key if hook in SCALARS else key_of(element, declared.reads, of_item=hook == "status")
        self.is_quiet = _all_of(element, [*needed, *declared.quiet]) if declared.quiet and not self._is_open else None
        self.allow = self._allowing(_all_of(element, needed) if needed else None)

    def _allowing(self, is_needed: Callable[[Any], object] | None) -> Callable[[Any], bool]:
        """Return the predicate `allow`; it uses local names only, since each object and list of a document calls it."""
        if self._is_open:
            return lambda _: False
        is_quiet, known, key = self.is_quiet, self.known, self._key

        def is_known(value: object) -> bool:
            try:
                return key(value) in known
            except (AttributeError, TypeError):  # a member has another type; the rules check it
                return False

        if is_needed:
            return lambda value: bool((is_quiet and is_quiet(value)) or (is_needed(value) and is_known(value)))
        if is_quiet:
            return lambda value: True if is_quiet(value) else is_known(value)
        return is_known

    def learn(self, value: object) -> None:
        """Cache that no rule reports a value, unless its key has something else than texts."""
        try:
            key = None if self._is_open else self._key(value)
        except (AttributeError, TypeError):
            return
        if key is not None and (self._key is _scalar_key or _is_of_texts(key)):
            self._memo.add(key)


def _all_of(element: Element, conditions: Iterable[tuple[Quiet, ...]]) -> Callable[[Any], object]:
    """Return a predicate on a value: true if of each rule's conditions one holds."""
    checks = [_one_of(element, each) for each in conditions]
    return checks[0] if len(checks) == 1 else lambda value: all(check(value) for check in checks)


def _one_of(element: Element, conditions: tuple[Quiet, ...]) -> Callable[[Any], object]:
    checks = [predicate(each, element) for each in conditions]
    return checks[0] if len(checks) == 1 else lambda value: any(check(value) for check in checks)


def _scalar_key(value: object) -> Hashable | None:
    return value if type(value) in {str, int} else None


class _MemberRead(NamedTuple):
    """A member in a key: is it a flag (only its presence counts), is it a list, and the members below that count."""

    name: str
    is_flag: bool
    is_array: bool
    below: tuple[_MemberRead, ...]


def key_of(element: Element, reads: Iterable[str], *, of_item: bool = False) -> Key:
    """Return a function from a value at an element to its key: the members at the paths that rules read.

    With `of_item` the value is an item of the element's list. The function raises AttributeError or TypeError, or
    returns None, for a value of another shape.

    >>> from instanceview.tables.elements import tree
    >>> key_of(tree("vm"), ["statuses.code"])({"statuses": [{"code": "PowerState/running", "level": "Info"}]})
    ('PowerState/running',)
    """
    wanted = tuple(dict.fromkeys(reads))
    plan = _reads_at(element, [path for path in wanted if path != "*"])
    documented = element.children.keys() if "*" in wanted else None
    names = [each.name for each in plan if not each.below and not each.is_flag]
    read = _texts_of(names, documented) if len(names) == len(plan) else _key_by(plan, documented)

    def of_items(items: Any) -> Hashable | None:  # noqa: ANN401 (any JSON value)
        keys = tuple([read(each) for each in items])
        return None if None in keys else keys

    return of_items if element.member.type == "array" and not of_item else read


def _texts_of(names: list[str], documented: AbstractSet[str] | None) -> Key:
    """Return a function from an object to its members of these names; to None if one of its members is undocumented."""
    absent = [ABSENT] * len(names)
    if documented is not None:
        return lambda holder: tuple(map(holder.get, names, absent)) if holder.keys() <= documented else None
    if len(names) == 1:
        (name,) = names
        return lambda holder: holder.get(name, ABSENT)
    return lambda holder: tuple(map(holder.get, names, absent))


def _is_of_texts(key: object) -> bool:
    """Return True if a key has texts only: each equals no other JSON value, but 1, 1.0 and true are one key."""
    return all(map(_is_of_texts, key)) if isinstance(key, tuple) else type(key) is str or key is ABSENT


def _reads_at(element: Element, paths: Iterable[str]) -> tuple[_MemberRead, ...]:
    below: dict[str, list[str]] = {}
    for path in paths:
        name, _, rest = path.partition(".")
        below.setdefault(name, []).extend([rest] if rest else [])
    children = element.children
    return tuple(_member_read(children.get(name.removesuffix("?")), name, rests) for name, rests in below.items())


def _member_read(child: Element | None, name: str, rests: list[str]) -> _MemberRead:
    if child is None:  # no table has it here, but a rule may read it: it counts as a whole
        return _MemberRead(name.removesuffix("?"), is_flag=False, is_array=False, below=())
    is_array = child.member.type == "array"
    return _MemberRead(name.removesuffix("?"), name.endswith("?"), is_array, _reads_at(child, rests))


def _key_by(plan: tuple[_MemberRead, ...], documented: AbstractSet[str] | None) -> Key:
    return lambda holder: _key_part(holder, plan) if documented is None or holder.keys() <= documented else None


def _key_part(holder: Any, plan: tuple[_MemberRead, ...]) -> Any:  # noqa: ANN401 (any JSON value)
    """Return the members of an object that count: a single one as it is, several as a tuple."""
    if len(plan) == 1:
        return _member_part(holder, plan[0])
    return tuple([_member_part(holder, each) for each in plan])


def _member_part(holder: Any, read: _MemberRead) -> Any:  # noqa: ANN401 (any JSON value)
    item = holder.get(read.name, ABSENT)
    if item is ABSENT:
        return ABSENT
    if read.below:
        if not read.is_array:
            return _key_part(item, read.below)
        if not isinstance(item, list):
            raise TypeError
        return tuple([_key_part(each, read.below) for each in item])
    if not read.is_flag:
        return item
    if not isinstance(item, str):
        raise TypeError
    return "set" if item else ""
