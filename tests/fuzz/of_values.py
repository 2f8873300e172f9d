"""Harnesses of what takes a value or a text: recogniser, dialects, status codes, places, engines, state and secrets."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache, partial
from itertools import product
from typing import TYPE_CHECKING, Any

import seeds
from harness import Harness
from jsonschema_rs import Draft7Validator
from tables_of import tables_of

from instanceview.checking.engines.plain import plain_engine
from instanceview.model.document import Document, Origin
from instanceview.model.pointer import exists, follow
from instanceview.model.text import escape
from instanceview.places.compact import compact, compact_spans
from instanceview.places.source import Source
from instanceview.reading.dialects import printed_by_client
from instanceview.reading.dialects.printed import paths_of
from instanceview.reading.family import kind_of_family
from instanceview.reading.json_texts.parse import NotJSONError, decode, parse
from instanceview.reading.recognise import recognise
from instanceview.reporting.states import FORMATS, Layout
from instanceview.reporting.states.rendering import Asked, rendered
from instanceview.tables.catalog import api_versions, schema, schemas_folder
from instanceview.tables.status_code import MalformedStatusCodeError, StatusCode

if TYPE_CHECKING:
    from collections.abc import Callable

    from instanceview.places.spans import Path


def _of_value(run: Callable[[Any], None], data: bytes) -> None:
    """Run a harness of values on JSON; a text that is not JSON has no value."""
    with suppress(NotJSONError):
        value = parse(data)
        run(value)


def _recognised(value: Any) -> None:  # noqa: ANN401 (any JSON value)
    """What is an instance view by itself is one, too, where one is meant."""
    alone, asked = recognise(value), recognise(value, asked=True)
    assert bool(alone.evidence) != bool(alone.reason)
    assert bool(asked.evidence) != bool(asked.reason)
    assert asked.evidence or not alone.evidence, (alone, asked)
    recognise(value, asked=True, is_flat=True)


def _translated(value: Any) -> None:  # noqa: ANN401 (as above)
    """Each value of a document in the service's names is written at a path of what the client printed."""
    if not isinstance(value, dict):
        return
    for is_flat, kind in product((False, True), {"", kind_of_family(value, asked=True)}):
        printed = printed_by_client(value, is_flat=is_flat, kind=kind)
        if printed is None:
            continue
        for path in paths_of(printed.body):
            written = printed.written.get(path, path)
            assert exists(value, written), f"{printed.writer} {path} {written}"
            found, shown = follow(value, written)[1], follow(printed.body, path)[1]
            assert _is_written(found, shown, path), f"{printed.writer} {path} {written} {found!r} {shown!r}"


def _is_written(found: object, shown: object, path: Path) -> bool:
    """Return True if a value may be what a client printed: it has other names, and numbers and times of its own.

    An object that is a member may be members beside one another, and has the place of one of them.
    """
    if isinstance(shown, dict):
        return isinstance(found, dict) or not isinstance(path[-1], int)
    if isinstance(shown, list):
        return isinstance(found, list)
    return found == shown or (isinstance(found, (int, str)) and isinstance(shown, str))


def _status_code(data: bytes) -> None:
    """A status code is written as it was; the place of a fault is in the text; the schema refuses the same texts."""
    text = data.decode("utf-8", "replace")
    for bare in (False, True):
        try:
            code = StatusCode.parse(text, bare=bare)
        except MalformedStatusCodeError as error:
            assert 0 <= error.position <= len(text)
            assert error.text == text
            is_code = False
        else:
            assert str(code) == text
            is_code = True
        body: dict[str, Any] = {"statuses": [{"code": text}]}
        if bare:
            body = {"bootDiagnostics": {"status": {"code": text}}}
        refused = any(keyword in {"pattern", "not", "minLength"} for _, keyword in _schema_engine()(body))
        assert is_code != refused, f"{bare} {text!r}"


@cache
def _schema_engine() -> Callable[[object], Any]:
    return plain_engine(schema("vm", api_versions()[-1]))


def _places(data: bytes) -> None:
    """Each way to find the places in a JSON text finds the same, and what is there is the value."""
    try:
        value, text = parse(data), decode(data)
    except NotJSONError:
        return
    source = Source(text)
    spans = source.spans()
    lines = text.split("\n")
    for path, span in spans.by_path.items():
        is_there, found = _followed(value, path)
        assert is_there, path
        assert parse(text[span.start : span.end].encode("utf-8", "surrogatepass")) == found, path
        if span.key is not None:
            assert json.loads(text[span.key : span.key_end]) == path[-1]
        line, column = source.line_and_column(span.start)
        assert source.by_lines().line_and_column(span.start) == (line, column)
        assert lines[line - 1][column - 1] == text[span.start]
    for path in list(spans.by_path)[:4]:
        assert source.spans([path]).by_path[path] == spans.by_path[path], path
        if compact(value) == data and text.isascii():
            assert compact_spans(value, [path]).by_path[path] == spans.by_path[path], path


def _followed(value: Any, path: tuple[str | int, ...]) -> tuple[bool, object]:  # noqa: ANN401 (as above)
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return False, None
    return True, value


def _state(value: Any) -> None:  # noqa: ANN401 (as above)
    """A state in each format parses, and in JSON it is as its schema says."""
    body = value if isinstance(value, dict) else {"statuses": value}
    document = Document(body, Origin("x"), tables_of(body, str(value).encode("utf-8", "replace"))[0], None)
    asked = Asked([(name, Layout(verbose=True)) for name in FORMATS], {"power": "running"})
    texts = dict(zip(FORMATS, rendered(document, asked).texts, strict=True))
    found = json.loads(texts["ndjson"])
    assert json.loads(texts["json"]) == found
    with suppress(UnicodeEncodeError):  # a Rust string cannot hold a lone surrogate
        _state_schema().validate([found])
    for each in texts.values():
        text = each.replace("\n", "").replace("\0", "")
        assert escape(text) == text, ascii(text)


@cache
def _state_schema() -> Draft7Validator:
    return Draft7Validator(json.loads((schemas_folder() / "state.json").read_bytes()))


def _codes() -> list[bytes]:
    codes = ("PowerState/running", "ProvisioningState/failed/-1", "ComponentStatus/a b/succeeded/1", "x", "a/b/c/d")
    return [*(code.encode() for code in codes), "a/\u00a0".encode(), b"/", b" a/b", b"a/b\n", b"componentstatus/a"]


VALUES = (
    Harness("recogniser", partial(_of_value, _recognised), lambda: (*seeds.wrapped(), *seeds.documents()), "json"),
    Harness("dialects", partial(_of_value, _translated), seeds.printed, "json"),
    Harness("status-code", _status_code, _codes),
    Harness("places", _places, lambda: (*seeds.wrapped(), *seeds.documents()), "json"),
    Harness("state", partial(_of_value, _state), seeds.documents, "json"),
)
"""The harnesses of values."""
