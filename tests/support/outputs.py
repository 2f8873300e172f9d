"""Outputs of the program as their own readers see them: what is in them as data, and of which parts they are built."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import ci_commands
from checkout import DATA
from jsonschema_rs import validator_for
from markdown_it import MarkdownIt

from instanceview.tables.catalog import schemas_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Seen(NamedTuple):
    """An output as its reader has it: its texts, and the kinds of parts that it is built of, such as elements of HTML.

    Texts of an input may be in `texts` alone.
    """

    texts: list[str]
    parts: set[str]


def seen(output: str, form: str, text: str) -> Seen:
    """Return an output as the reader of its format has it; raises AssertionError where it is malformed.

    A format without a reader of its own is a text for a terminal.
    """
    text.encode()
    bad = {each for each in set(text) if each != "\n" and _moves(each)}
    assert bad == set(), f"{output} has {bad}"
    lines = text.split("\n")
    for runner in (ci_commands.github, ci_commands.azure_pipelines):
        found = {command.name for line in lines if (command := runner(line))}
        assert found <= _COMMANDS.get(form, set()), f"{output} has a command to a runner: {found}"
    return READERS.get(form, _lines)(text)


def _moves(character: str) -> bool:
    """Return True for a character that moves, hides or reorders what a terminal or an editor shows."""
    is_turning = unicodedata.bidirectional(character) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return is_turning or unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in _HIDDEN


_HIDDEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_COMMANDS = {"github": {"error", "warning", "notice"}, "azure-pipelines": {"task.logissue"}}


def _lines(text: str) -> Seen:
    return Seen(text.split("\n"), set())


def _json(schema: str) -> Callable[[str], Seen]:
    def read(text: str) -> Seen:
        value = json.loads(text)
        assert [
            f"{error.instance_path}: {error.message[:200]}" for error in _validator(schema).iter_errors(value)
        ] == []
        return Seen(list(_texts(value)), set())

    return read


@cache
def _validator(schema: str) -> Any:  # noqa: ANN401 (of any draft)
    folder = schemas_folder() if (schemas_folder() / schema).exists() else DATA / "formats"
    return validator_for(json.loads((folder / schema).read_text("utf-8")))


def _texts(value: object) -> Iterator[str]:
    """Yield the names and texts in a JSON value; a URI is decoded."""
    if isinstance(value, str):
        yield value
    for name, each in value.items() if isinstance(value, dict) else ():
        yield name
        yield from _texts(unquote(each) if name == "uri" else each)
    for each in value if isinstance(value, list) else ():
        yield from _texts(each)


def _ndjson(text: str) -> Seen:
    values = [json.loads(line) for line in text.splitlines()]
    return Seen([each for value in values for each in _json("state.json")(json.dumps([value])).texts], set())


def _sarif(text: str) -> Seen:
    """SARIF has links in its messages, as `[text](target)`, and placeholders in braces."""
    read = _json("sarif-2.1.0.json")(text)
    (run,) = json.loads(text)["runs"]
    messages = [each["message"]["text"] for each in run["results"]]
    assert not any(re.search(r"(?<!\\)\]\(", each) for each in messages)
    # A space is in it where a link would be.
    return Seen([each.replace("] (", "](") for each in read.texts], set())


def _junit(text: str) -> Seen:
    root = ET.fromstring(text)  # noqa: S314 (written by ourselves)
    elements = list(root.iter())
    parts = {f"{each.tag} {name}" for each in elements for name in ("", *each.keys())}
    return Seen([value for each in elements for value in (each.text or "", *each.attrib.values())], parts)


def _commands(read: Callable[[str], ci_commands.Command | None]) -> Callable[[str], Seen]:
    def parsed(text: str) -> Seen:
        lines = text.split("\n")
        found = [command for line in lines if (command := read(line))]
        parts = {f"{each.name} {name}" for each in found for name in each.properties}
        texts = [value for each in found for value in (each.text, *each.properties.values())]
        return Seen([*texts, *(line for line in lines if not read(line))], parts)

    return parsed


def _markdown(text: str) -> Seen:
    """Texts of an input are in code spans and blocks; there are our elements alone, and links to sources."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    every = [*tokens, *(child for token in tokens for child in token.children or ())]
    tags = {each.content.strip() for each in every if each.type.startswith("html_")}
    tags = {tag for each in tags for tag in re.findall(r"<[^>]*>", each)}
    links = {_target(str(each.attrs["href"])) for each in every if each.type == "link_open"}
    code = [each.content for each in every if each.type in {"code_inline", "fence"}]
    plain = [each.content for each in every if each.type in {"text", "html_block"}]
    assert not any("Begin" in each for each in plain), "a text of an input is not in a code span"
    return Seen(code, {each.type for each in every} | tags | links)


def _target(link: str) -> str:
    """Return the part of a link that may not depend on an input: that of a file is all but its name."""
    return link.partition("/")[0] if link.startswith("./") else "/".join(link.split("/")[:3])


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.values: list[str] = []
        self.parts: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            link = _target(value or "") if name in {"href", "src"} and not (value or "").startswith("#") else ""
            self.parts.add(f"{tag} {name} {link}")
            self.values.append(unquote(value or ""))
        self.parts.add(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.parts.add(f"comment {data}")


def _html(text: str) -> Seen:
    page = _Page()
    page.feed(text)
    page.close()
    return Seen(["".join(page.texts), *page.values], page.parts)


def _csv(text: str) -> Seen:
    """Every row has as many cells as the first, and no cell is a formula of a spreadsheet."""
    rows = list(csv.reader(io.StringIO(text), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    cells = [cell for row in rows for cell in row]
    assert not any(re.match(r"[=+@\t\r]|-(?![0-9.]+$)", cell) for cell in cells)
    return Seen(cells, set())


READERS: dict[str, Callable[[str], Seen]] = {
    "json": _json("report.json"),
    "sarif": _sarif,
    "junit": _junit,
    "github": _commands(ci_commands.github),
    "azure-pipelines": _commands(ci_commands.azure_pipelines),
    "gitlab": _json("gitlab-code-quality.json"),
    "markdown": _markdown,
    "csv": _csv,
    "ndjson": _ndjson,
    "state.json": _json("state.json"),
    "coverage.json": _json("coverage.json"),
    "manifest.json": _json("manifest.json"),
    "baseline.json": _json("baseline.json"),
    "html": _html,
}
"""The readers by format."""
