"""`instanceview code`: the vocabulary of status codes, and codes and display texts looked up in it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from instanceview.cli.commands.code_answers import answer
from instanceview.cli.commands.code_lists import RENDERERS, listing
from instanceview.cli.commands.code_lookup import matching, why_unlisted
from instanceview.cli.commands.code_texts import evidence_text
from instanceview.cli.named_values import CATEGORY, KIND, LEVEL, PLACE
from instanceview.cli.shared_options import form_option
from instanceview.cli.value_types import list_completion, several
from instanceview.reading.paths import STDIN
from instanceview.tables.kinds import choice_of_kinds
from instanceview.tables.known_codes import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from instanceview.cli.shared_options import Command
    from instanceview.cli.value_types import NameType
    from instanceview.tables.known_codes import KnownCode


def _choice(name: str, word: str, kind: NameType, about: str) -> Callable[[Command], Command]:
    """Return a decorator that gives a command a repeatable option, which takes names with commas between them."""
    return click.option(
        name,
        multiple=True,
        metavar=f"{word},...",
        callback=several(kind),
        shell_complete=list_completion(kind),
        help=about,
    )


@click.command()
@click.argument("codes", nargs=-1, metavar="[CODE or TEXT]...")
@_choice(
    "--place", "ELEMENT", PLACE, "Only codes of these places, such as vmAgent.statuses, or extensions for all below."
)
@_choice("--kind", "KIND", KIND, f"Only codes of {choice_of_kinds()}.")
@_choice("--category", "NAME", CATEGORY, "Only codes of these categories, such as PowerState.")
@_choice("--level", "LEVEL", LEVEL, "Only codes that are usually Info, Warning or Error.")
@form_option("text", "json", "csv", "markdown")
@click.pass_context
def code(context: click.Context, /, codes: tuple[str, ...], form: str, **chosen: tuple[str, ...]) -> None:
    """List the known status codes, or look up codes and the texts that are shown for them ("VM running").

    Each part of a code is explained, with the places where it is known and the evidence for it. A word without a slash
    is a bare error code, as in bootDiagnostics.status, or a text. Standard input is read only for -, one code or text
    per line. Exits with 1 if a code is malformed, if its category, state or detail is unknown, or if nothing is listed.
    """
    known = tuple(each for each in vocabulary() if _is_chosen(each, **chosen))
    if not codes:
        text = listing(known) + (f"\n{evidence_text()}" if known else "")
        click.echo(text if form == "text" else RENDERERS[form](known), nl=False)
        context.exit(0 if known else 1)
    texts = tuple(_texts(codes))
    if not texts:
        context.fail("no status code on standard input; write one per line")
    all_known = _explain(texts, known) if form == "text" else _list(texts, known, form)
    context.exit(0 if all_known else 1)


def _is_chosen(
    code: KnownCode, place: Sequence[str], kind: Sequence[str], category: Sequence[str], level: Sequence[str]
) -> bool:
    """Return True if a code has one of the names of each option; an option without names allows every code."""
    return (
        (not place or code.place in place)
        and (not kind or not set(kind).isdisjoint(code.kinds))
        and (not category or code.category in category)
        and (not level or code.level in level)
    )


def _texts(codes: tuple[str, ...]) -> Iterator[str]:
    for text in codes:
        if text != STDIN:
            yield text
            continue
        # Undecodable bytes are shown as escapes, and blank lines are passed over.
        lines = sys.stdin.buffer.read().decode("utf-8", "backslashreplace").split("\n")
        yield from (line for line in (each.removesuffix("\r") for each in lines) if line)


def _explain(texts: Sequence[str], among: Sequence[KnownCode]) -> bool:
    """Print the answer to each text, and return whether all are known."""
    known: list[bool] = []
    for text in texts:
        answered = answer(text, among)
        click.echo("\n" * bool(known) + answered.text, nl=False)
        known.append(answered.is_known)
    if any(known):
        click.echo(f"\n{evidence_text()}", nl=False)
    return all(known)


def _list(texts: Sequence[str], among: Sequence[KnownCode], form: str) -> bool:
    """Print the list of the known codes that some texts name, and return whether all name one.

    Standard error has a line with the nearest names for each text that does not name one.
    """
    found = {text: matching(text, among) for text in texts}
    for text in (text for text, codes in found.items() if not codes):
        click.echo(why_unlisted(text), err=True)
    click.echo(RENDERERS[form](list(dict.fromkeys(code for codes in found.values() for code in codes))), nl=False)
    return all(found.values())
