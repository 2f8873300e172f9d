"""The types of values that have names, which commands share: rules, api-versions, kinds, elements and others.

Each takes one of its names in any case, suggests the nearest for any other text, and completes names in a shell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.checking.engines import ENGINES
from instanceview.cli.value_types import NameType, completion, list_completion
from instanceview.model.pointer import without_indices
from instanceview.model.text import quote
from instanceview.reporting import FORMATS
from instanceview.rules.site import OFF
from instanceview.tables.catalog import api_versions, known_versions, versions_of
from instanceview.tables.descent import elements_of
from instanceview.tables.family import FAMILY
from instanceview.tables.kinds import KIND_VALUES, KINDS, MACHINES, choice_of_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping

    import click
    from click.shell_completion import CompletionItem


def _kinds(_context: click.Context | None) -> Mapping[str, str]:
    return {name: kind.about for name, kind in KIND_VALUES.items()}


def _api_versions(context: click.Context | None) -> Mapping[str, str]:
    """Return every api-version; with a context, those of the kind on the command line, or of machines without one."""
    kind = context.params.get("kind") if context else None
    names = known_versions() if context is None else versions_of(kind) if kind in KINDS else api_versions()
    return dict.fromkeys(names, "")


def _places(_context: click.Context | None) -> Mapping[str, str]:
    from instanceview.tables.known_codes import places  # here and below: a run without such a value saves the module

    return places()


def _categories(_context: click.Context | None) -> Mapping[str, str]:
    from instanceview.tables.known_codes import categories

    return categories()


def _levels(_context: click.Context | None) -> Mapping[str, str]:
    from instanceview.tables.known_codes import LEVELS

    return dict.fromkeys(LEVELS, "")


def _engines(_context: click.Context | None) -> Mapping[str, str]:
    return dict(zip(ENGINES, ("jsonschema-rs, the default", "jsonschema, slower"), strict=True))


def _formats(_context: click.Context | None) -> Mapping[str, str]:
    return FORMATS


def _rule_names(_context: click.Context | None) -> Mapping[str, str]:
    from instanceview.rules import RULES  # a run that names no rule saves the 40 modules of the rules

    return {rule.name: rule.sentence for rule in RULES}


def _extensions(context: click.Context | None) -> Mapping[str, str]:
    return {**dict.fromkeys(OFF, "every rule of this family"), **_rule_names(context)}


def _elements(context: click.Context | None) -> Mapping[str, str]:
    """Return the elements of the kind on the command line, or of every kind without one."""
    kind = context.params.get("kind") if context else None
    # Where several kinds have a path, the last one describes it, so that machines are last.
    found = elements_of([kind] if kind in KINDS else (*FAMILY, *MACHINES))
    return {path: element.member.about for path, element in found.items()}


def _elsewhere(name: str) -> str:
    """Return the command that explains a rule, an element, a status code or its text, empty for any other text."""
    from instanceview.tables.known_codes import shown_as, vocabulary

    path = without_indices(name).lower()
    if name in _rule_names(None):
        return f"instanceview explain {name}"
    if re.fullmatch(r"[A-Za-z]\w*(/[\w.-]+)+", name):
        return f"instanceview code {name}"
    if any(shown_as(name, vocabulary())):
        return f"instanceview code {quote(name)}"
    named = [each for each in elements_of(MACHINES) if path and f".{each.lower()}".endswith(f".{path}")]
    named = named or [each for each in _elements(None) if path and f".{each.lower()}".endswith(f".{path}")]
    return f"instanceview explain --element {min(named, key=len)}" if named else ""


def _rule_or_code(name: str) -> str:
    """Return the command that explains a rule or a status code in place of an element."""
    command = _elsewhere(name)
    return "" if "--element" in command else command


KIND = NameType("kind", _kinds)
KINDS_WORDS = f"{KINDS[0]} (the default)" + choice_of_kinds().removeprefix(KINDS[0])
"""The kinds, as the help of an option or argument lists them."""
API_VERSION = NameType("api-version", _api_versions)
PLACE = NameType("place", _places)
CATEGORY = NameType("category", _categories)
LEVEL = NameType("level", _levels)
ENGINE = NameType("engine", _engines)
FORMAT = NameType("format", _formats)
RULE = NameType("rule", _rule_names, listed_by="instanceview explain")
EXTENSION = NameType("rule", _extensions, listed_by="instanceview explain")
"""A rule, or a family of rules that are off by default."""
EXPLAINED = NameType("rule", _rule_names, listed_by="instanceview explain", elsewhere=_elsewhere)
"""A rule, where people also type names of elements and codes."""
ELEMENT = NameType("element", _elements, without_indices, "instanceview tables", _rule_or_code)
complete_rule_list = list_completion(RULE)


def complete_severity(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete RULE=LEVEL, as `check --severity` takes it."""
    rule, equals, level = incomplete.partition("=")
    if equals:
        words = ("error", "warning", "note")
        return [completion(f"{rule}={word}") for word in words if word.startswith(level)]
    return [completion(f"{item.value}=", help=item.help) for item in RULE.shell_complete(ctx, param, rule)]
