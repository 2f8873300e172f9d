"""One item of an array in a JSON text, with its place in the file."""

from __future__ import annotations

from typing import NamedTuple

from instanceview.model.limits import DEFAULTS, Limits
from instanceview.model.redaction import redact_quoted
from instanceview.places.source import Source, source_at
from instanceview.reading.files.signatures import BOM
from instanceview.reading.files.stream import too_large
from instanceview.reading.json_texts.faults import BEGINNING
from instanceview.reading.json_texts.parse import NotJSONError, decode, parse


class TextItem(NamedTuple):
    """One item of the array: its number from 0, its text, and the line and column, from 1, where it starts in the file.

    `is_last` means that the text ends with it, so that it may be cut off. `is_beyond` means that it is larger than a
    document may be, so that its text is not kept. `before` is what the text has before it, as far as that may show that
    the item is a secret. `beside` is the path of a value that is not an item, but beside the array or around it.
    """

    number: int
    data: bytes
    line: int
    column: int
    is_last: bool = False
    limits: Limits = DEFAULTS
    is_beyond: bool = False
    before: bytes = b""
    beside: tuple[str, ...] | None = None

    def value(self) -> object:
        """Return the JSON value; raises NotJSONError with the place in the file."""
        if self.is_beyond:
            raise NotJSONError(too_large("the item", self.limits), self.line, self.column)
        try:
            return parse(self.data, self.limits)
        except NotJSONError as error:
            reason = error.reason.removesuffix(BEGINNING)  # it is about the item alone
            reason = reason if self.is_last else reason.replace("cut off, ", "")
            around = self.before + self.data[: len(self.before)]
            reason = redact_quoted(reason, around.decode("utf-8", "replace"))
            place = source_at(self.data, self.line, self.column).line_and_column(error.offset)
            raise NotJSONError(reason, *place) from None

    def source(self) -> Source:
        """Return the text with its place in the file; raises NotJSONError where it is not UTF-8."""
        column = self.column + self.data.startswith(BOM)
        return Source(decode(self.data), lines=(self.line,), columns=(column,))
