"""Cassettes in YAML, of VCR.py, VCR for Ruby and go-vcr: the members of the JSON ones, bodies in every style."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from instanceview.model.document import Unreadable
from instanceview.model.pointer import pointer
from instanceview.reading.depth import documents_in
from instanceview.reading.evidence import shows_view
from instanceview.reading.formats.json_recordings import of_vcr
from instanceview.reading.holders import is_view_name
from instanceview.reading.http.answer import CUT_OFF, is_worth_reading
from instanceview.reading.http.beside import with_views
from instanceview.reading.http.json_exchanges import at_path, of_entry
from instanceview.reading.operation import request_of
from instanceview.reading.yaml_texts.cassette_items import Interaction, interactions
from instanceview.reading.yaml_texts.cassette_pieces import begins_as_cassette
from instanceview.reading.yaml_texts.scalars import in_yaml_scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document, Origin, Skipped
    from instanceview.reading.files.stream import Stream
    from instanceview.reading.http.json_exchanges import Exchange
    from instanceview.reading.yaml_texts.node import Node

sniff = begins_as_cassette


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the interactions and beside them, or the reason why one cannot be read.

    Raises OSError, UnreadError, and NotJSONError where the file is not UTF-8.
    """
    for found in interactions(stream, is_worth_reading):
        steps = (found.name,) if found.number is None else (found.name, found.number)
        here = origin._replace(entry=pointer(steps) if found.name else None)
        if not isinstance(found, Interaction):
            if not found.beside or shows_view(found.beside):
                yield Unreadable(here._replace(line=found.line, column=found.column), found.reason)
            continue
        line, column = found.source.line_and_column(found.node.start)
        read_one = _beside if found.number is None else _interaction
        yield from read_one(found, here._replace(line=line, column=column), stream)


def _beside(found: Interaction, origin: Origin, stream: Stream) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in what is not an interaction."""
    items = documents_in(
        *(found.node.value, origin, found.source),
        may_repeat=lambda: True,
        asked=is_view_name(found.name),
        stream=stream,
        limits=stream.limits,
    )
    return with_views(items, "YAML")


def _interaction(item: Interaction, here: Origin, stream: Stream) -> Iterator[Document | Skipped | Unreadable]:
    node, source = item.node, item.source
    exchange = _exchange(node)
    if exchange and item.is_last and _lacks_body(node, exchange):
        yield Unreadable(here, CUT_OFF)
    else:
        yield from of_entry(node.value, exchange, here, source, partial(in_yaml_scalar, source), limits=stream.limits)


def _lacks_body(node: Node, exchange: Exchange) -> bool:
    """Return True if an instance view was requested, and its answer, which is not an error, lacks the body's member."""
    is_missing = at_path(node.value, exchange.body) is None
    return is_missing and exchange.status in {None, HTTPStatus.OK} and request_of(exchange.url).is_for_view


def _exchange(node: Node) -> Exchange | None:
    """Return the exchange of an interaction; a body with the tag of binary text is base64, whatever its name is."""
    found = of_vcr(node.value) if isinstance(node.value, dict) else None
    body = node.at(found.body) if found else None
    return found._replace(encoded=True) if found and body and body.is_binary else found
