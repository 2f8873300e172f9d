"""YAML: a mapping is one document, a sequence many, and `---` separates documents."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from instanceview.model.document import Document, Unreadable
from instanceview.model.limits import MOST_LEVELS, OFF, Limits
from instanceview.places.source import Source
from instanceview.reading.depth import documents_in
from instanceview.reading.files.signatures import MAYBE_BOM
from instanceview.reading.formats import json_text
from instanceview.reading.json_texts.parse import decode, is_json
from instanceview.reading.recognise import NOT_OURS
from instanceview.reading.structures import is_list_of_statuses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Origin, Skipped
    from instanceview.reading.files.stream import Stream
    from instanceview.reading.yaml_texts.node import Node
    from instanceview.reading.yaml_texts.trees import NotYAMLError, Tree

_BLANK = MAYBE_BOM + rb"(?:[ \t]*+#[^\n]*+\n|[ \t]*+\r?\n)*+"
_KEY = rb"(?:[A-Za-z_$][\w.$-]*|'[^'\n]*')[ ]*:"
_BEGINNING = _BLANK + rb"(?:%(?:YAML|TAG)|---|[ ]*(?:[-?]|!\S+|" + _KEY + rb"))(?:\s|\Z)"

_MOST = Limits(nesting=MOST_LEVELS, members=OFF, items=OFF)


def sniff(head: bytes) -> bool:
    r"""Return True if a text begins as YAML and nothing else does: with `---`, `- `, a tag or `key:`.

    A text that begins with `{`, `[` or `"` is JSON, be it broken; only a file's name makes YAML of it.

    >>> sniff(b"# page\nstatuses:\n"), sniff(b"{statuses: []}"), sniff(b"some text")
    (True, False, False)
    """
    return re.match(_BEGINNING, head) is not None


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of a text, or the reason why one cannot be read; JSON is read as JSON.

    A text that begins as YAML, and has no document as such, may be a log: it is read as a text with JSON in it.
    Raises NotJSONError when the bytes are not UTF-8.
    """
    data = stream.whole()
    if is_json(data, _MOST):  # one that is beyond a limit is still JSON
        yield from json_text.of_text(data, origin, stream)
        return
    found = _read_trees(decode(data), origin, stream)
    if origin.file.lower().endswith((".yaml", ".yml")):
        yield from found
        return
    before: list[Document | Skipped | Unreadable] = []
    for item in found:
        before.append(item)
        if isinstance(item, Document):
            yield from chain(before, found)
            return
    # Loaded here, since few files that begin as YAML are not: its expressions take a while to compile.
    from instanceview.reading.texts import any_text

    yield from any_text.instead_of_yaml(data, origin, before, stream.limits)


def _read_trees(text: str, origin: Origin, stream: Stream) -> Iterator[Document | Skipped | Unreadable]:
    whole = Source(text).by_lines()
    if text.count("\x1b[") > 1:  # colours, as az prints them with -o yamlc; one alone is in a value
        from instanceview.reading.texts.cleaned import cleaned  # few files have some

        whole = cleaned(text)
    found = _not_empty(whole, stream.limits)
    ahead = list(islice(found, 2))
    if not ahead:
        yield Unreadable(origin._replace(line=1, column=1), "empty; expected an object")
    for index, tree in chain(ahead, found):
        here = origin._replace(entry=f"{origin.entry or ''}/{index}") if len(ahead) > 1 else origin
        yield from _of_tree(tree, here, whole, stream)


def _not_empty(whole: Source, limits: Limits) -> Iterator[tuple[int, Tree | NotYAMLError]]:
    """Yield the documents that hold anything, with their numbers: a `---` too many leaves an empty one."""
    # Loaded here, since each text without a known suffix is sniffed: with PyYAML, it saves 13 ms of a cold start of 65.
    from instanceview.reading.yaml_texts.trees import Tree, trees

    for index, tree in enumerate(trees(whole.text, lambda offset: whole.line_and_column(offset)[0], limits)):
        if not (isinstance(tree, Tree) and tree.root.value is None and tree.root.start == tree.root.end):
            yield index, tree


def _of_tree(
    tree: Tree | NotYAMLError, origin: Origin, whole: Source, stream: Stream
) -> Iterator[Document | Skipped | Unreadable]:
    if isinstance(tree, Exception):
        from instanceview.reading.yaml_texts.faults import of_template  # as above

        yield _unreadable_at(origin, whole, tree.offset, of_template(whole.text, tree.offset) or tree.reason)
        return
    if tree.root.value == []:
        yield _unreadable_at(
            origin, whole, tree.root.start, f"{NOT_OURS}: this is an empty sequence; expected one document per item"
        )
    for entry, node in _document_nodes(tree.root, origin.entry):
        line, column = whole.line_and_column(node.start)
        found = documents_in(
            node.value,
            origin._replace(entry=entry, line=line, column=column),
            whole._replace(tree=node),
            may_repeat=lambda: tree.repeats,
            asked=stream.is_asked,
            stream=stream,
            limits=stream.limits,
        )
        for item in found:
            # A file of another kind is reported as such, whatever tags it has: templates and playbooks have their own.
            if tree.tagged and isinstance(item, Document):
                yield _unreadable_at(origin, whole, tree.tagged.offset, tree.tagged.reason)
                return
            yield item


def _document_nodes(root: Node, entry: str | None) -> Iterator[tuple[str | None, Node]]:
    """Yield each value that is a document, with its entry: the items of a sequence, or the whole."""
    if isinstance(root.value, list) and not is_list_of_statuses(root.value):
        yield from ((f"{entry or ''}/{each.step}", each.node) for each in root.members)
    else:
        yield entry, root


def _unreadable_at(origin: Origin, whole: Source, offset: int, reason: str) -> Unreadable:
    line, column = whole.line_and_column(offset)
    return Unreadable(origin._replace(line=line, column=column), reason)
