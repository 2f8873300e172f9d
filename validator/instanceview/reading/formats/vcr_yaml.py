"""Cassettes in YAML, of VCR.py, VCR for Ruby and go-vcr: the members of the JSON ones, bodies in every style."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from instanceview.model.document import Unreadable
from instanceview.reading.formats.json_recordings import of_vcr
from instanceview.reading.http.answer import CUT_OFF, is_worth_reading
from instanceview.reading.http.json_exchanges import at_path, of_entry
from instanceview.reading.operation import request_of
from instanceview.reading.yaml_texts.cassette_items import Interaction, interactions
from instanceview.reading.yaml_texts.cassette_pieces import begins_as_cassette
from instanceview.reading.yaml_texts.scalars import in_yaml_scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document, Origin, Skipped
    from instanceview.model.limits import Limits
    from instanceview.reading.files.stream import Stream
    from instanceview.reading.http.json_exchanges import Exchange
    from instanceview.reading.yaml_texts.cassette_items import BrokenPiece
    from instanceview.reading.yaml_texts.node import Node

sniff = begins_as_cassette


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the interactions, or the reason why one cannot be read.

    Raises OSError, UnreadError, and NotJSONError where the file is not UTF-8.
    """
    for found in interactions(stream, is_worth_reading):
        entry = None if found.number is None else f"/{found.name}/{found.number}"
        here = origin._replace(entry=entry)
        yield from (
            _interaction(found, here, stream.limits) if isinstance(found, Interaction) else [_unreadable(found, here)]
        )


def _unreadable(fault: BrokenPiece, origin: Origin) -> Unreadable:
    return Unreadable(origin._replace(line=fault.line, column=fault.column), fault.reason)


def _interaction(item: Interaction, origin: Origin, limits: Limits) -> Iterator[Document | Skipped | Unreadable]:
    node, source = item.node, item.source
    line, column = source.line_and_column(node.start)
    here = origin._replace(line=line, column=column)
    exchange = _exchange(node)
    if exchange and item.is_last and _lacks_body(node, exchange):
        yield Unreadable(here, CUT_OFF)
    else:
        yield from of_entry(node.value, exchange, here, source, partial(in_yaml_scalar, source), limits=limits)


def _lacks_body(node: Node, exchange: Exchange) -> bool:
    """Return True if an instance view was requested, and its answer, which is not an error, lacks the body's member."""
    is_missing = at_path(node.value, exchange.body) is None
    return is_missing and exchange.status in {None, HTTPStatus.OK} and request_of(exchange.url).is_for_view


def _exchange(node: Node) -> Exchange | None:
    """Return the exchange of an interaction; a body with the tag of binary text is base64, whatever its name is."""
    found = of_vcr(node.value) if isinstance(node.value, dict) else None
    body = node.at(found.body) if found else None
    return found._replace(encoded=True) if found and body and body.is_binary else found
