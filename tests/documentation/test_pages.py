"""README and guides: links lead somewhere, README is short, sentences are short and plain."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from checkout import ROOT
from documentation import GUIDES, PAGES, page
from markdown_it import MarkdownIt
from prose import WORDS

from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

OTHERS = ("schemas/RULES.md", "schemas/ELEMENTS.md", "validator/CONTRIBUTING.md", "CHANGELOG.md")
LINKED = (*PAGES, *(name for name in OTHERS if (ROOT / name).exists()))
PROSE = ("README.md", *GUIDES, "validator/CONTRIBUTING.md")
MOST_LINES = 180
MOST_WORDS = 25
"""Of a sentence; an inline code is one word."""


def parse(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(text)


def links(text: str) -> Iterator[str]:
    """Yield the addresses of links and pictures."""
    for token in parse(text):
        for child in token.children or ():
            if address := child.attrGet("href") or child.attrGet("src"):
                yield str(address)


def anchors(text: str) -> set[str]:
    """Return the anchors that GitHub gives to headings."""
    tokens = parse(text)
    headings = (after.content for token, after in pairwise(tokens) if token.type == "heading_open")
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", LINKED)
def test_links_lead_to_files_and_headings(name: str) -> None:
    broken = []
    for address in links(page(name)):
        path, _, anchor = address.partition("#")
        if re.match(r"https?:", path):
            continue
        target = ROOT / name if not path else (ROOT / name).parent / path
        if not target.exists() or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            broken.append(address)
    assert broken == []


def test_a_link_and_an_anchor_are_found() -> None:
    text = "# A `b`: c-d\n\n| [x](y.md#z) |\n|---|\n| ![p](q.svg) |\n"
    assert (list(links(text)), anchors(text)) == (["y.md#z", "q.svg"], {"a-b-c-d"})


def test_readme_is_short() -> None:
    assert len(page("README.md").splitlines()) <= MOST_LINES


def test_every_guide_is_in_the_contents_of_readme() -> None:
    contents = set(links(page("README.md")))
    assert [name for name in GUIDES if name not in contents] == []


def test_the_guide_to_kinds_has_each_kind_once_with_the_words_of_the_program() -> None:
    rows = re.findall(r"^\| `(\S+)` \| (.*?) \| .+ \|$", page("validator/docs/kinds.md"), re.MULTILINE)
    assert rows == [(kind.name, kind.about) for kind in KIND_VALUES.values()]


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of paragraphs, lists and tables, without code."""
    for token in parse(re.sub(r"<!--.*?-->", "", text)):
        if token.type == "inline":
            words = "".join(_shown(child) for child in token.children or ())
            yield from re.split(r"(?<=[.!?])\s+", words)


def _shown(token: Token) -> str:
    if token.type == "code_inline":
        return "CODE"
    return " " if token.type in {"softbreak", "hardbreak"} else token.content if token.type == "text" else ""


@pytest.mark.parametrize("name", PROSE)
def test_sentences_are_short_and_plain(name: str) -> None:
    long = [sentence for sentence in sentences(page(name)) if len(sentence.split()) > MOST_WORDS]
    hard = [sentence for sentence in sentences(page(name)) if any(each.search(sentence) for each in WORDS.values())]
    assert (long, hard) == ([], [])


def test_sentences_are_those_of_prose_alone() -> None:
    text = "One `a b` two.\nThree *is* no four\n\n```sh\ncode\n```\n\n- Five"
    assert list(sentences(text)) == ["One CODE two.", "Three is no four", "Five"]
