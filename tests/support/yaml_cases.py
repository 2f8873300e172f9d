"""YAML files with their expected findings, both loaders of PyYAML, and JSON values that YAML can hold."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from checkout import DATA, NotHereError
from hypothesis import strategies as st
from needs import LIBYAML

from instanceview import check_path
from instanceview.model.document import Absent
from instanceview.reading.yaml_texts.trees import Tree, trees

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from instanceview import Report
    from instanceview.model.document import Origin
    from instanceview.reading.yaml_texts.node import Node

FOLDER = DATA / "yaml"

every_loader = pytest.mark.parametrize("loader", ["C", "pure"])


@contextmanager
def reading_with(loader: str) -> Iterator[None]:
    """Read with this loader of PyYAML; skip the test where the C loader is not installed."""
    if loader == "C" and not hasattr(yaml, "CSafeLoader"):
        pytest.skip(LIBYAML)
    with pytest.MonkeyPatch.context() as patch:
        if loader == "pure":
            patch.delattr(yaml, "CSafeLoader", raising=False)
        yield


def place(origin: Origin) -> str:
    return f"{origin.entry or '-'} {origin.line}:{origin.column}"


def found_in(report: Report) -> Iterator[str]:
    """Yield a line for each finding of a report: entry, place, rule, pointer, the text of the span, and the value."""
    for finding in report.findings:
        span = finding.excerpt.span if finding.excerpt else ""
        value = "" if isinstance(finding.value, Absent) else json.dumps(finding.value, ensure_ascii=False)
        yield f"{place(finding.origin)} {finding.rule} {finding.pointer} {span} -> {value}".rstrip()
    for item in report.unreadable:
        yield f"{place(item.origin)} unreadable: {item.reason}"
    yield f"{report.documents} judged"


def found_at(path: Path, loader: str) -> list[str]:
    with reading_with(loader):
        return list(found_in(check_path(path, kind="vmss-vm", api_version="2024-07-01")))


def need_libyaml() -> None:
    """Raise NotHereError unless PyYAML has its C loader, whose words for faults the `.expected` files hold."""
    if not hasattr(yaml, "CSafeLoader"):
        message = "PyYAML was installed without libyaml"
        raise NotHereError(message)


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield each `.expected` file with the text that it should have; raises NotHereError without libyaml."""
    need_libyaml()
    for case in sorted(FOLDER.glob("*.yaml")):
        yield case.with_suffix(".expected"), "".join(f"{line}\n" for line in found_at(case, "C"))


def node(text: str) -> Node:
    (tree,) = trees(text, lambda offset: text.count("\n", 0, offset) + 1)
    assert isinstance(tree, Tree), tree
    return tree.root


# Without characters that YAML forbids or reads as line ends, unlike JSON; keys must be on one line.
_CHARACTERS = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff")
_STRINGS = st.text(_CHARACTERS, max_size=6) | st.text('":\\/ ,[]{}#&*!|>-?\n\u00e9\U0001f600', max_size=6)
_NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
YAML_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _STRINGS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_STRINGS, inner, max_size=4),
    max_leaves=20,
)
"""JSON values whose compact text is YAML too."""
