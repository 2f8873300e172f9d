"""The files of `instanceview report`, and the least coverage that it asks for."""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote as quote_address

import click

from instanceview.cli.destinations import STDOUT, file_of
from instanceview.cli.output import write_for
from instanceview.model.names import UnknownNameError, known
from instanceview.model.paths import relative
from instanceview.model.text import quote, safe
from instanceview.reporting.conformance import json_form, markdown
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from instanceview.model.document import Origin
    from instanceview.reporting.conformance.values import Conformance

FORMS = ("html", "markdown", "json")
"""The options that name a file of the report, each for its own form."""


def outputs(options: Mapping[str, Any]) -> dict[str, Path | None]:
    """Return the file of each form that the options ask for; it is None for `-`, which is standard output.

    Raises BadParameter for a folder, and for two forms with the same file.
    """
    files: dict[str, Path | None] = {}
    for form in FORMS:
        name = options[form]
        if name is None:
            continue
        chosen = file_of(name, f"--{form}")
        twin = next((each for each, file in files.items() if _resolved(file) == _resolved(chosen)), None)
        if twin:
            raise click.BadParameter(f"has the file of --{twin}; use one file for each", param_hint=f"--{form}")
        files[form] = chosen
    return files


def _resolved(file: Path | None) -> Path | None:
    return Path(os.path.realpath(file)) if file else None


def write(conformance: Conformance, files: Mapping[str, Path | None]) -> None:
    """Write the report to the files, each whole or not at all; raises BadParameter where one cannot be written."""
    for form, file in files.items():
        write_pieces(file, _pieces(conformance, form, file), form)


def _pieces(conformance: Conformance, form: str, file: Path | None) -> Iterable[str]:
    if form == "json":
        return json_form.pieces(conformance)
    address = partial(_address, Path(os.path.realpath(file or STDOUT)).parent)
    if form == "html":
        from instanceview.reporting.html import page  # no other form needs Jinja: 30 ms

        return page.pieces(conformance, address)
    # Standard output has no known folder; most often it becomes the summary of a run, which is not in a folder.
    return markdown.pieces(conformance, address) if file else markdown.pieces(conformance)


def _address(folder: Path, origin: Origin) -> str | None:
    """Return the link from a folder to the file of a place, None where it is not a file, such as in an archive.

    A name with a secret, and one that is shown with escapes, has no link.
    """
    name = origin.file
    if safe(name) != name or not Path(name).is_file():
        return None
    path = relative(Path(name).resolve(), folder)
    return Path(path).as_uri() if Path(path).is_absolute() else f"./{quote_address(path)}"


def write_pieces(file: Path | None, pieces: Iterable[str], form: str) -> None:
    """Write the text of a form to its file; raises BadParameter where that cannot be written."""
    if file is None:
        click.echo("".join(pieces), nl=False)
        return
    write_for(f"--{form}", file, pieces)


def least_shares(texts: Iterable[str]) -> dict[str, float]:
    """Return the least share of elements by kind, in percent; the empty text is the name of every other kind.

    Raises BadParameter for a text that is not a share, and for two shares of a kind.

    >>> least_shares(["80%", "vm=92.5 %"])
    {'': 80.0, 'vm': 92.5}
    """
    shares: dict[str, float] = {}
    for text in texts:
        kind, share = _least_share(text)
        if kind in shares:
            message = f"{kind or 'every kind'} has two shares, {shares[kind]:g}% and {share:g}%; give one"
            raise click.BadParameter(message, param_hint="--min-coverage")
        shares[kind] = share
    return shares


def _least_share(text: str) -> tuple[str, float]:
    kind, _, share = text.rpartition("=")
    if "=" in kind:
        message = f"expected one share, found {quote(text)}; repeat the option for each kind"
        raise click.BadParameter(message, param_hint="--min-coverage")
    number = re.fullmatch(r"\s*([0-9]{1,3}(?:\.[0-9]+)?)\s*(%?)\s*", share)
    try:
        name = known("kind", kind.strip(), KINDS) if kind.strip() else ""
    except UnknownNameError as error:
        raise click.BadParameter(f"{error}; write KIND=SHARE", param_hint="--min-coverage") from None
    if number is None or float(number[1]) > 100:  # noqa: PLR2004 (percent)
        message = f"expected a share from 0% to 100%, found {quote(share)}; write it as 80% or vm=80%"
        raise click.BadParameter(message, param_hint="--min-coverage")
    if 0 < float(number[1]) <= 1 and not number[2]:
        percent = f"{100 * float(number[1]):g}%"
        message = f"expected a share in percent, found {quote(share)}; write {percent} or {number[1]}%"
        raise click.BadParameter(message, param_hint="--min-coverage")
    return name, float(number[1])
