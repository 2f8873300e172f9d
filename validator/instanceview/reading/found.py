"""Results of a search in a JSON value: views, texts that may have some, files that are named, and errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from instanceview.places.spans import Path
    from instanceview.reading.inner_texts import Inner
    from instanceview.reading.recognise import Verdict
    from instanceview.reading.requests import Around


class Hit(NamedTuple):
    """An instance view in a text: its path, its value, its verdict, and the objects around it."""

    path: Path
    value: dict[str, object]
    verdict: Verdict
    around: Around | None


class Held(NamedTuple):
    """A value that holds a text: its path, the text, and the objects around it."""

    path: Path
    inner: Inner
    around: Around | None


class Elsewhere(NamedTuple):
    """The name of a file beside the recording that has a body, and the objects around it."""

    path: Path
    name: str
    around: Around


class Failed(NamedTuple):
    """An error that was answered in place of what was asked for, and the objects around it."""

    path: Path
    error: dict[str, object]
    around: Around


Item = Hit | Held | Elsewhere | Failed
