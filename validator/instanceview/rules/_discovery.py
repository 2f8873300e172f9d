"""Find the rules in their files and put them in reading order, for `python -m instanceview.derive`."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

from instanceview import rules
from instanceview.model.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from instanceview.rules.rule import Rule

_NOT_RULES = {"quiet", "rule", "site"}
_HEADER = '''"""The rules in reading order, each with its hooks: derived by `python -m instanceview.derive`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.rules.site import Hook

HOOKS: Mapping[str, tuple[Hook, ...]] = {
'''


def reading_order_module() -> str:
    """Return the text of `rules/_reading_order.py` for the rules in this folder.

    Raises ValueError for a rule that follows an unknown one.
    """
    found = {name: import_module(f"{rules.__name__}.{name}").RULE for name in _modules()}
    names = {rule.name: module for module, rule in found.items()}
    lines = []
    for rule in in_reading_order(found.values()):
        hooks = ", ".join(f'"{hook}"' for hook in rule.hooks)
        lines.append(f'    "{names[rule.name]}": ({hooks}{"," if len(rule.hooks) == 1 else ""}),\n')
    return _HEADER + "".join(lines) + "}\n"


def _modules() -> list[str]:
    """Return the names of the modules that have a rule, sorted."""
    found = (module.name for module in pkgutil.iter_modules(rules.__path__))
    return sorted(name for name in found if not name.startswith("_") and name not in _NOT_RULES)


def in_reading_order(every: Iterable[Rule]) -> list[Rule]:
    """Return the rules in reading order: each is directly after the one that it follows.

    Rules that follow the same one are in the order of their names. Rules that neither follow nor are followed are last.
    Raises ValueError for a rule that follows an unknown one, and for rules that follow one another in a circle.
    """
    by_name = {rule.name: rule for rule in sorted(every, key=lambda rule: rule.name)}
    followers: dict[str | None, list[Rule]] = {}
    for rule in by_name.values():
        if rule.follows is not None and rule.follows not in by_name:
            known = ", ".join(by_name)
            raise ValueError(
                f"rule {quote(rule.name)} follows {quote(rule.follows)}, which is not a rule; known: {known}"
            )
        followers.setdefault(rule.follows, []).append(rule)
    first = sorted(followers.get(None, ()), key=lambda rule: rule.name not in followers)
    ordered = [each for rule in first for each in _with_followers(rule, followers)]
    left = sorted(by_name.keys() - {rule.name for rule in ordered})
    if left:
        raise ValueError(
            f"rules follow one another in a circle: {', '.join(left)}; let one of them follow another rule"
        )
    return ordered


def _with_followers(rule: Rule, followers: Mapping[str | None, list[Rule]]) -> Iterator[Rule]:
    yield rule
    for each in followers.get(rule.name, ()):
        yield from _with_followers(each, followers)
