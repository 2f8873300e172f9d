"""Derives the committed files: the list of rules, tables, JSON Schemas, indexes, files for editors, names as types.

Run `python -m instanceview.derive` in a checkout after a change of `schemas/*.yaml`, of `schemas/elements/*.yaml`, of a
kind or of a rule. With `--check` it writes nothing, names each file that differs and exits with 1.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from instanceview.model.severity import Severity
from instanceview.reporting import FORMATS
from instanceview.rules import _reading_order
from instanceview.rules._discovery import reading_order_module
from instanceview.rules.site import OFF
from instanceview.tables.catalog import oldest_first
from instanceview.tables.editor_catalog import editor_catalog
from instanceview.tables.kinds import KINDS
from instanceview.tables.known_codes import LEVELS
from instanceview.tables.literals_module import literals_module
from instanceview.tables.states import words_of
from instanceview.tables.yaml_tables import derive, read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from instanceview.tables.states import Words

_COMMAND = "python -m instanceview.derive"
_NOTE = f"<!-- Derived by `{_COMMAND}`; edit the rules and tables instead. -->\n\n"
_NAME_KINDS = ("manifest.json", "report.json", "status-codes.json", "vocabulary.json")
"""The schemas written by hand that list the kinds; the list alone is derived."""


def for_editors() -> dict[str, str]:
    """Return the text of each file by its path below `schemas/`.

    >>> sorted(for_editors())
    ['catalog.json', 'config.json']
    """
    # Here and below: these load the rules, which must be listed first.
    from instanceview.cli.commands.check import check
    from instanceview.cli.commands.report import report
    from instanceview.cli.config_schema import config_schema

    return {"config.json": _text(config_schema((check, report))), "catalog.json": _text(editor_catalog())}


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def indexes() -> dict[str, str]:
    """Return the text of each index by its path below `schemas/`.

    >>> sorted(indexes())
    ['ELEMENTS.md', 'RULES.md']
    """
    from instanceview.cli.commands.rule_texts import rules_index
    from instanceview.cli.commands.table_pages import tables_index

    return {"RULES.md": _NOTE + rules_index(), "ELEMENTS.md": _NOTE + tables_index()}


def _literals(content: Mapping[str, Any]) -> str:
    """Return the module that has the names of choices and the words of states as types.

    `content` is that of `tables.json`, for api-versions, places and categories of codes, levels and words.
    """
    codes = content["statusCodes"]
    rules = [module.replace("_", "-") for module in _reading_order.HOOKS]
    places = dict.fromkeys(place["element"] for place in codes["places"])
    names: dict[str, tuple[Iterable[str], str]] = {
        "KindName": (KINDS, "A kind of document."),
        "ApiVersion": (_versions(content), "An api-version that defines instance views."),
        "RuleName": (rules, "A rule."),
        "FamilyName": (OFF, "A family of rules that are off by default."),
        "SeverityName": ([each.value for each in reversed(Severity)], "A severity, the worst first."),
        "FormatName": (FORMATS, "A format of a report."),
        "PlaceName": (places, "A place of status codes: the path of the status, or of the list of them."),
        "CategoryName": (codes["categories"], "A category of status codes; ErrorCode is for bare ones."),
        "LevelName": (LEVELS, "A level of a status."),
    }
    return literals_module(names, words_of(content), _COMMAND)


def _versions(content: Mapping[str, Any]) -> tuple[str, ...]:
    """Return every api-version of some kind, oldest first."""
    return oldest_first({*content["apiVersions"], *chain.from_iterable(content["apiVersionsOf"].values())})


_CLOSED = {"AgentWord", "SaysWord"}
"""The words that are never those of a document."""


def _with_kinds(schema: str) -> str:
    """Return the text of a schema with its lists of kinds as they are now."""
    kinds = ", ".join(f'"{kind}"' for kind in KINDS)
    return re.sub(rf'\["{KINDS[0]}"[^]]*\]', f"[{kinds}]", schema)


def _with_words(schema: str, words: Mapping[str, Words]) -> str:
    """Return the text of the schema of states with the definitions of words as they are now.

    Any other text is right too where a word comes from the document: the vocabulary is not closed.
    """
    content = json.loads(schema)
    for name, each in words.items():
        if name in content["definitions"]:
            known = {"enum": list(each.all())}
            form = known if name in _CLOSED else {"anyOf": [known, {"type": "string"}]}
            content["definitions"][name] = {"description": each.about, **form}
    return _text(content)


def _from_rules() -> dict[str, str]:
    """Return the text of the list of rules, by its path in the checkout."""
    return {"validator/instanceview/rules/_reading_order.py": reading_order_module()}


def _from_yaml(root: Path) -> dict[str, str]:
    """Return the text of each file that derives from the YAML tables and the kinds, by its path in the checkout."""
    schemas = root / "schemas"
    content = read_tables(schemas)
    by_hand = {name: _with_kinds((schemas / name).read_text("utf-8")) for name in _NAME_KINDS}
    by_hand["state.json"] = _with_words((schemas / "state.json").read_text("utf-8"), words_of(content))
    return {**_in_schemas(derive(schemas) | by_hand), "validator/instanceview/literals.py": _literals(content)}


def _from_tables() -> dict[str, str]:
    """Return the text of each file that derives from `tables.json` and the rules, by its path in the checkout."""
    return _in_schemas(indexes() | for_editors())


def _in_schemas(files: dict[str, str]) -> dict[str, str]:
    return {f"schemas/{name}": text for name, text in files.items()}


def _stale(root: Path, derived: Iterable[str]) -> list[str]:
    """Return the schemas of the checkout that no table gives any more."""
    found = {path.relative_to(root).as_posix() for path in root.glob("schemas/[0-9]*/*.json")}
    return sorted(found.difference(derived))


def differing(root: Path) -> Iterator[str]:
    """Yield a line for each committed file that differs from the derived one.

    Files that derive from `tables.json` are compared with those that the committed `tables.json` gives. Without the
    right list of rules nothing else can be compared.
    """
    unlisted = list(_differing(root, _from_rules()))
    yield from unlisted
    if unlisted:
        return
    from_yaml = _from_yaml(root)
    yield from _differing(root, {**from_yaml, **_from_tables()})
    for name in _stale(root, from_yaml):
        yield f"{name} is not a derived file; run {_COMMAND} to delete it"


def _differing(root: Path, files: dict[str, str]) -> Iterator[str]:
    for name, text in files.items():
        path = root / name
        if not path.is_file() or path.read_bytes() != text.encode():
            yield f"{name} is out of date; run {_COMMAND}"


def write(root: Path) -> Iterator[str]:
    """Write the derived files into a checkout, delete those that no table gives any more, and yield each path."""
    yield from _write_changed(root, _from_rules())
    importlib.reload(_reading_order)
    from_yaml = _from_yaml(root)
    yield from _write_changed(root, from_yaml)
    for name in _stale(root, from_yaml):
        (root / name).unlink()
        yield f"{name} deleted"
    # These read the tables that were just written.
    yield from _write_changed(root, _from_tables())


def _write_changed(root: Path, files: dict[str, str]) -> Iterator[str]:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
        yield name


def main() -> None:
    """Write the derived files of the checkout, or with `--check` compare them."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description="Derive the committed files from tables and rules.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a file differs")
    arguments = parser.parse_args()
    root = Path(__file__).parents[2]
    if not (root / "schemas" / "elements").is_dir():
        sys.exit(f'no element tables in "{root}"; run this command in a checkout, which has schemas/elements/*.yaml')
    lines = 0
    try:
        for line in differing(root) if arguments.check else write(root):
            print(line)  # noqa: T201 (a command's output)
            lines += 1
    except ValueError as error:  # a rule whose example or place is wrong
        sys.exit(str(error))
    sys.exit(1 if arguments.check and lines else 0)


if __name__ == "__main__":
    main()
