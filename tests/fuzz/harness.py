"""A harness: a function of bytes that raises where a property of the package does not hold, and its first inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Form = Literal["bytes", "json", "yaml"]
"""The form of an input: `json` is one JSON value, `yaml` a text with some, `bytes` any text, with JSON in it."""


class Harness(NamedTuple):
    """One thing that is fuzzed.

    `run` returns for an input that is read or refused as it should be; whatever it raises is a fault. `seeds` are
    inputs to begin with. `form` says how inputs are changed, beside changes of single bytes. `needs` is a package that
    a machine may not have, where the harness is left out.
    """

    name: str
    run: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    form: Form = "bytes"
    needs: str = ""
