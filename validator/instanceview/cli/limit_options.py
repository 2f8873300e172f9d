"""The options of the limits, such as `--max-nesting`, and the limits that they set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from instanceview.cli.shared_options import all_of
from instanceview.cli.value_types import LimitType
from instanceview.model.limits import DEFAULTS, NAMES, SIZES, option
from instanceview.model.written_limits import limits_of, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from instanceview.cli.shared_options import Command
    from instanceview.model.limits import Limits

# The words of the help about each limit.
_WORDS = {
    "document_size": "Largest document, line of NDJSON, item of an array or entry of a recording",
    "file_in_memory": "Largest file of a form that is read as a whole, such as YAML",
    "file_size": "Largest file, unpacked",
    "decoded_size": "Largest body that is decoded from base64 or gzip inside a value",
    "unpacked_size": "Largest size of a compressed file, or of all files of an archive, when unpacked",
    "ratio": "Largest ratio of the unpacked to the packed size; 500 applies from 1 GiB",
    "nesting": "Most levels of objects and arrays",
    "members": "Most members of one object",
    "items": "Most items of one array in a document",
    "aliases": "Most values and characters that aliases add to one YAML file",
    "documents": "Most documents in one file",
    "findings_per_document": "Most findings that have a place in one document; all are counted",
    "seconds": "Longest time for one file",
}
_OF_FINDINGS = "findings_per_document"
OF_FINDINGS = option(_OF_FINDINGS).lstrip("-")
"""The key of the limit that only commands with findings have."""
LIMITS = tuple(option(name).lstrip("-") for name in NAMES if name != _OF_FINDINGS)
"""The keys of `limit_options`, for the groups of a help."""


def limit_options(*, has_findings: bool = False) -> Callable[[Command], Command]:
    """Return a decorator that gives a command an option for each limit of `model/limits.py`."""
    return all_of(tuple(_limit(name) for name in NAMES if has_findings or name != _OF_FINDINGS))


def _limit(name: str) -> Callable[[Command], Command]:
    default = shown(name, getattr(DEFAULTS, name))
    return click.option(
        option(name),
        metavar="SIZE" if name in SIZES else "N",
        type=LimitType(name, default),
        default=default,
        help=f"{_WORDS[name]} (default: {default}).",
    )


def limits_in(options: dict[str, Any]) -> Limits:
    """Return the limits that the options of a command set."""
    given = {name: options[key] for name in NAMES if (key := f"max_{name}") in options}
    return limits_of({name: text for name, text in given.items() if text != shown(name, getattr(DEFAULTS, name))})
