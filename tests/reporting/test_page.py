"""The page of the conformance report: it is one sound file, its texts are texts, and its links lead somewhere."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from checkout import SAMPLES
from reports import HOSTILE

from instanceview.model.document import Document, Origin
from instanceview.reading.inputs import read_all
from instanceview.reporting.conformance.bars import percent
from instanceview.reporting.conformance.build import conformance
from instanceview.reporting.html.cells import folder_of
from instanceview.reporting.html.conclusion import conclusion
from instanceview.reporting.html.page import pieces
from instanceview.running.tally import report
from instanceview.running.wanted import Wanted
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from instanceview.reporting.conformance.values import Conformance

VOID = {"meta", "link", "input", "wbr", "rect", "line", "br"}
"""Elements that have no end tag in our page; the shapes of SVG end themselves."""


class Page(HTMLParser):
    """What is in a page: texts by element, attributes, and the elements whose end tag is missing or too many."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self.open[-1] if self.open else "", []).append(data)

    def attributes(self, name: str) -> list[str]:
        return [each[name] or "" for _, each in self.elements if name in each]

    def names(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)


def made(documents: Iterable[object]) -> Conformance:
    return conformance(report(documents, wanted=Wanted(coverage=True)))  # type: ignore[arg-type]


def document(body: dict[str, Any], name: str = "a.json") -> Document:
    return Document(body, Origin(name), "vm", "2024-07-01", "option")


@cache
def of_samples() -> Conformance:
    return made(read_all([str(SAMPLES / name) for name in ("conformant", "nonconformant", "page", "captures")]))


@cache
def page_of_samples() -> str:
    return "".join(pieces(of_samples()))


BROKEN = {"code": "PowerState/running", "level": "Info", "displayStatus": "on", "time": "2024-07-01T00:00:00Z"}
"""A status that no rule faults, with a time and a text that the service never has there."""
CORPORA: dict[str, Callable[[], Conformance]] = {
    "samples": of_samples,
    "nothing": lambda: made([]),
    "one": lambda: made([document({})]),
    "one with an error": lambda: made([document({"computerName": 1})]),
}


@pytest.mark.parametrize("name", CORPORA)
def test_the_page_is_sound(name: str) -> None:
    page = Page("".join(pieces(CORPORA[name]())))
    assert (page.unbalanced, page.open) == ([], [])
    names = page.attributes("id")
    assert len(names) == len(set(names))
    inner = [link[1:] for link in page.attributes("href") if link.startswith("#")]
    assert set(inner) <= set(names)
    assert {*page.attributes("aria-labelledby")} <= set(names)
    assert not {"style", "onclick", "onload", "src"} & {name for _, each in page.elements for name in each}


def test_nothing_is_loaded_and_only_links_lead_away() -> None:
    page = Page(page_of_samples())
    elements = [(tag, each["href"] or "") for tag, each in page.elements if "href" in each]
    assert {link for tag, link in elements if tag != "a"} == {"data:,"}
    outside = {link.partition("/")[0] for tag, link in elements if tag == "a" and not link.startswith("#")}
    assert outside == {"https:"}
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|import\(", page_of_samples())


def test_the_policy_allows_the_script_and_the_style_of_the_page_alone() -> None:
    page = Page(page_of_samples())
    (policy,) = (each["content"] or "" for _, each in page.elements if "http-equiv" in each)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for tag in ("script", "style"):
        digest = b64encode(sha256("".join(page.texts[tag]).encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"
    assert (page.names("script"), page.names("style")) == (1, 1)


def test_the_page_shows_what_the_report_has() -> None:
    of = of_samples()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page_of_samples().replace("<wbr>", "")))
    for table in of.tables:
        assert f"{table.seen} of {table.documented} seen, {percent(table.seen, table.documented)}" in text
        for row in table.rows:
            assert f" {row.element} {row.type}" in text
    for code in of.status_codes:
        assert code.code.replace("<", "&lt;").replace(">", "&gt;") in text
    for each in of.overview.rules:
        assert f"{each.rule} {each.severity}{each.findings}" in text
    for unknown in of.undocumented.codes:
        assert f"status code at {unknown.element} of " in text


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_stays_text(name: str) -> None:
    text = HOSTILE[name]
    status = {"code": text, "level": text, "displayStatus": text, "time": text, text: text}
    body = {"computerName": text, "osName": 1, text: {text: text}, "statuses": [status], "vmAgent": {text: [text]}}
    of = made([document(body, f"{text[:200]}.json")])
    page = "".join(pieces(of, lambda _: "./\"'><script>"))
    parsed = Page(page)
    assert (parsed.unbalanced, parsed.names("script"), parsed.names("img")) == ([], 1, 0)
    assert len(page) < 400_000
    page.encode()
    assert all(character == "\n" or character.isprintable() for character in page.replace("\xa0", " "))


def test_no_secret_is_shown() -> None:
    secret = "?sv=1&sig=YWxzby1ub3QtYS1zZWNyZXQ"  # noqa: S105 (invented)
    status = {"code": f"PowerState/{secret}", "displayStatus": secret, "level": secret}
    body = {"osName": secret, "extra": secret, f"x{secret}": 1, "statuses": [status]}
    page = "".join(pieces(made([document(body, f"{secret}.json")])))
    assert "YWxzby1" not in page
    assert "extra" in page


@pytest.mark.parametrize(
    ("bodies", "verdict", "sentence"),
    [
        ([{}], "The document conforms.", "It has 0 of the "),
        ([{"computerName": 1}], "The document does not conform.", "It has 1 of the "),
        ([{}, {"osName": "x"}], "All 2 documents conform.", "They have 1 of the "),
        ([{}, {"osName": 1}], "1 of 2 documents does not conform.", "Nothing in them is undocumented."),
        ([{}, {"osName": 1}, {"osName": 2}], "2 of 3 documents do not conform.", "They have "),
        ([{"osName": 1}, {"osName": 2}], "None of the 2 documents conforms.", "They have "),
        ([{"extra": 1}], "The document conforms.", "1 member is not documented."),
        ([{"statuses": [BROKEN]}], "The document conforms, but differs from the service in 2 facts.", "It has "),
        ([{"statuses": [BROKEN]}, {"statuses": [BROKEN, BROKEN]}], "All 2 documents conform, but differ from the", ""),
        ([], "No instance view was found.", ""),
    ],
)
def test_the_conclusion_is_a_sentence(bodies: list[dict[str, Any]], verdict: str, sentence: str) -> None:
    of = conclusion(made([document(body, f"{number}.json") for number, body in enumerate(bodies)]))
    assert of.verdict.startswith(verdict)
    assert of.verdict.endswith(".")
    assert sentence in of.sentence


def test_what_to_look_at_first_begins_with_the_gravest() -> None:
    tones = [each.tone for each in conclusion(of_samples()).looks]
    assert tones == sorted(tones, key=["error", "warning", "note", "info"].index)
    assert tones[0] == "error"


@pytest.mark.parametrize(
    ("files", "folder"),
    [
        (["a/b/x.json", "a/b/y.json"], "a/b/"),
        (["a/b/x.json", "a/bc/y.json"], "a/"),
        (["a/b.json", "c.json"], ""),
        (["/one/a.json"], "/one/"),
        (["a.zip/x.json", "<stdin>"], ""),
    ],
)
def test_places_are_seen_from_the_folder_of_all_files(files: list[str], folder: str) -> None:
    documents = [document({f"extra{number}": 1}, file) for number, file in enumerate(files)]
    of = made(documents)
    assert folder_of(of) == folder
    page = "".join(pieces(of))
    assert all(f">{file.removeprefix(folder).replace('<', '&lt;').replace('>', '&gt;')}" in page for file in files)


@pytest.mark.slow
def test_the_page_of_ten_thousand_documents_is_below_two_megabytes() -> None:
    found = [each for each in read_all([str(SAMPLES / "conformant")]) if isinstance(each, Document)]
    bodies = [each for each in found if each.kind in {None, *MACHINES}]
    of = made(_changed(bodies[number % len(bodies)], number) for number in range(10_000))
    assert of.overview.documents == 10_000
    assert len(of.undocumented.members) + len(of.undocumented.codes) == 512
    assert not of.undocumented.is_whole
    assert len(of.timelines) > 150
    assert len("".join(pieces(of)).encode()) < 2_000_000


def _changed(each: Document, number: int) -> Document:
    """Return a document with a member, a code and values that no other has, in a long file, of one of many machines."""
    assert isinstance(each.body, dict)
    text = f"{number} {'x' * 99}"
    code = {"code": f"PowerState/{number}{'y' * 60}", "level": text, "displayStatus": text}
    body = {**each.body, f"extra{number}": text, "statuses": [*each.body.get("statuses", []), code]}
    url = f"/subscriptions/0/providers/Microsoft.Compute/virtualMachines/{'m' * 60}{number // 20}/instanceView"
    headers = {"Date": f"Fri, 02 Jun 2017 14:{number % 20:02}:11 GMT"}
    origin = Origin(f"{'folder/' * 9}{number // 20}.json", f"/{number}", url=url)
    return each._replace(body=body, origin=origin, source=None, data=None, headers=headers)
