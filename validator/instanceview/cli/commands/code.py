"""`instanceview code`: status codes taken apart."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from instanceview.cli.commands.code_texts import code_text, evidence_text
from instanceview.cli.commands.codes import category_names, is_known, states_of, take_apart
from instanceview.model.excerpt import width
from instanceview.model.text import escape, join_words, one_line, redact
from instanceview.reading.inputs import STDIN
from instanceview.tables.catalog import tables_json
from instanceview.tables.status_code import MalformedStatusCodeError

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEFORE = 60  # columns of a long code before its fault, half of a terminal


@click.command()
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.pass_context
def code(context: click.Context, codes: tuple[str, ...]) -> None:
    """Explain each part of status codes, and show the places where a code is known and the evidence for it.

    A word without a slash is a bare error code, as in bootDiagnostics.status. Use - to read codes from standard input,
    one per line. Exits with 1 if a code is malformed or if its category, state or detail is unknown.
    """
    known: list[bool] = []
    for text in _code_texts(codes):
        if known:
            click.echo()
        try:
            parts = take_apart(text)
        except MalformedStatusCodeError as error:
            known.append(False)
            click.echo("\n".join(_malformed(error)))
        else:
            known.append(is_known(parts))
            click.echo(code_text(parts), nl=False)
    if not known:
        context.fail("no status code on standard input; write one per line")
    if any(known):
        click.echo(f"\n{evidence_text()}", nl=False)
    context.exit(0 if all(known) else 1)


def _code_texts(codes: tuple[str, ...]) -> Iterator[str]:
    for text in codes:
        if text != STDIN:
            yield text
            continue
        # Undecodable bytes are shown as escapes; blank lines are nothing.
        lines = sys.stdin.buffer.read().decode("utf-8", "backslashreplace").split("\n")
        yield from (line for line in (each.removesuffix("\r") for each in lines) if line)


def _malformed(error: MalformedStatusCodeError) -> Iterator[str]:
    """Yield the code with a caret under the fault, the reason, and what is allowed."""
    text = error.text
    if redact(text) == text:
        before, rest = escape(text[: error.position]), escape(text[error.position :])
        before = before if len(before) <= _BEFORE else "…" + before[-_BEFORE:]
        yield one_line(before + rest)
        yield f"{' ' * width(before)}^ {error.reason}"
    else:
        yield f"{one_line(text)}: {error.reason} at offset {error.position}"
    forms = " or ".join(row["form"] for row in tables_json()["statusCodes"]["grammar"] if row["form"] != "ErrorCode")
    yield f"malformed: {error.reason}; expected: {forms}"
    states = tuple(state.name for state in states_of(text.rstrip("/")).values())
    if text.rstrip("/").lower() in category_names() and states:
        yield f"known states of {category_names()[text.rstrip('/').lower()]}: {join_words(states)}"
