"""Readers of instance views as people write them: their code is in `generating/hazards/readers.json`.

A reader breaks where its code raises an exception, and lies where it gives another answer than `instanceview.state`.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from right_answers import right_answer
from seen import times

import instanceview

if TYPE_CHECKING:
    from types import CodeType

    from seen import View

FOLDER = Path(instanceview.__file__).parent / "generating" / "hazards"
READERS: dict[str, dict[str, str]] = json.loads((FOLDER / "readers.json").read_text("utf-8"))
"""The readers by their names, with what each asks and its code."""
RIGHT = {"P7", "T5"}
"""The readers that are right on every captured document."""
_OF_OLD_PYTHON = "T4"


class Answer(NamedTuple):
    """What a reader makes of a document: `said` has what it `gives` or `raises`, and what is `right`."""

    verdict: Literal["right", "breaks", "lies"]
    said: dict[str, str]


class _Datetime310(datetime):
    """The `datetime` of Python 3.10, whose `fromisoformat` takes a fraction of three or six digits and no Z."""

    @classmethod
    def fromisoformat(cls, text: str, /) -> _Datetime310:
        if not re.fullmatch(r"[^.Z]*(\.(\d{3}|\d{6})([+-].*)?)?", text):
            message = f"Invalid isoformat string: {text!r}"
            raise ValueError(message)
        return super().fromisoformat(text)


_CODES: dict[str, CodeType] = {name: compile(each["code"], name, "eval") for name, each in READERS.items()}


def asked_of(name: str, view: View) -> bool:
    """Return True if a reader is one of documents like this: of its kind, or with extensions."""
    if name.startswith(("T", "N")):
        return True
    is_scale_set = "virtualMachine" in view
    return name.startswith("S") == is_scale_set and (name not in {"X3", "X5"} or "extensions" in view)


def answer(name: str, view: View) -> Answer:
    """Return the answer of a reader to a document."""
    asks = READERS[name]["asks"]
    right = right_answer(asks, view)
    known = {"view": view, "times": list(times(view)), "json": json}
    clock = _Datetime310 if name == _OF_OLD_PYTHON else datetime
    try:
        given = eval(_CODES[name], {**known, "datetime": clock})  # noqa: S307 (our own code)
    except Exception as error:  # noqa: BLE001 (whatever the reader raises)
        return Answer("breaks", {"raises": type(error).__name__, "right": repr(right)})
    is_right = _comparable(given) == _comparable(right)
    return Answer("right" if is_right else "lies", {"gives": repr(given), "right": repr(right)})


def _comparable(value: Any) -> Any:  # noqa: ANN401 (any value)
    """Return a value with texts in one case, and moments as texts in UTC."""
    if isinstance(value, list):
        return [_comparable(each) for each in value]
    if isinstance(value, datetime):
        value = value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC).isoformat()
    return value.casefold() if isinstance(value, str) else value
