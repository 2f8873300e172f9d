"""The answer to a text that may be a status code, a display text, or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.cli.commands.code_lists import rows
from instanceview.cli.commands.code_lookup import LEFT_OUT
from instanceview.cli.commands.code_texts import code_lines
from instanceview.cli.commands.codes import category_names, is_known, states_of, take_apart
from instanceview.cli.paragraphs import labelled
from instanceview.model.excerpt import width
from instanceview.model.redaction import redact, redact_quoted
from instanceview.model.text import beginning, escape, join_words, one_line
from instanceview.tables.catalog import tables_json
from instanceview.tables.known_codes import is_portal_name, shown_as, vocabulary
from instanceview.tables.status_code import MalformedStatusCodeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from instanceview.tables.known_codes import KnownCode

_BEFORE = 60  # the most columns of a code before its fault: half of a wide terminal


class Answer(NamedTuple):
    """The answer of the vocabulary to a text, wrapped to the terminal, and whether the text is known."""

    text: str
    is_known: bool


def answer(text: str, among: Sequence[KnownCode]) -> Answer:
    """Return the answer to a status code or a display text, from the codes in `among`."""
    if shown_as(text, vocabulary()):
        return _answer(_shown(text, among), text, is_known=bool(shown_as(text, among)))
    try:
        code = take_apart(text)
    except MalformedStatusCodeError as error:
        return _answer(_malformed(error), text, is_known=False)
    return _answer(code_lines(code, among), text, is_known=is_known(code, among))


def _answer(lines: Iterable[str], text: str, *, is_known: bool) -> Answer:
    if redact(text) != text:  # a part that is shown alone may be a secret because of the part before it
        lines = (redact_quoted(line, text) for line in lines)
    return Answer("".join(f"{beginning(line)}\n" for line in lines), is_known)


def _shown(text: str, among: Sequence[KnownCode]) -> Iterator[str]:
    """Yield the codes for which a display text is shown, those in `among` in full."""
    codes = shown_as(text, among)
    named = dict.fromkeys(code.code for code in codes or shown_as(text, vocabulary()))
    yield one_line(text)
    label = "portal name of" if is_portal_name(text) else "text of"
    yield from labelled([(label, ", ".join(named))], "  ")
    if codes:
        yield from rows(codes)
    else:
        yield f"  {LEFT_OUT}"


def _malformed(error: MalformedStatusCodeError) -> Iterator[str]:
    """Yield the code with a caret under the fault, the reason, and what is allowed."""
    text = error.text
    if redact(text) == text:
        before, rest = escape(text[: error.position]), escape(text[error.position :])
        before = before if len(before) <= _BEFORE else "…" + before[-_BEFORE:]
        shown = one_line(before + rest)
        yield shown
        yield f"{' ' * (width(before) + len(beginning(shown)) - len(shown))}^ {error.reason}"
    else:
        yield f"{one_line(text)}: {error.reason} at offset {error.position}"
    forms = " or ".join(row["form"] for row in tables_json()["statusCodes"]["grammar"] if row["form"] != "ErrorCode")
    yield f"malformed: {error.reason}; expected: {forms}"
    states = tuple(state.name for state in states_of(text.rstrip("/")).values())
    if text.rstrip("/").lower() in category_names() and states:
        category = category_names()[text.rstrip("/").lower()]
        yield f"known states of {category}: {join_words(states)}; try: instanceview code --category {category}"
