"""Measurements in one process on one core, documents in memory: our chunk of lines, and a loop over each peer.

The unit O is what `orjson.loads` takes on the same lines in the same round, each value dropped at once.
"""

from __future__ import annotations

import gc
import json
from functools import partial
from importlib import import_module
from time import process_time
from typing import TYPE_CHECKING, Any

import corpora
import jsonschema
import jsonschema_rs
import orjson
from in_memory import chunk, each, settle, texts
from peers import SCHEMA, FailedError
from rounds import in_turn, ratio

from instanceview.checking.engines import checking_schema
from instanceview.checking.gate import text_gate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rounds import Row, Work
    from sizes import Sizes

WORK = (
    "One process, one core, documents in memory as compact JSON unless said, new ones in every round; seconds are "
    "those of the processor. O: a loop of `orjson.loads` over the lines, each value dropped at once. Ours: "
    "`check_chunk` of the lines (parse, schema and every rule; a faulty line up to its findings, without a report). "
    "Peers: a loop that parses each line and asks whether it is valid by the schema, formats off; json + jsonschema "
    "does every 17th line, and its time is scaled."
)
_SAMPLE = 17  # it has no factor in common with the number of texts


def rows(sizes: Sizes) -> Iterator[Row]:
    """Yield the rows of this part of the table."""
    peers = _peers()
    _agree(peers)
    works = partial(_works, sizes.chunk, peers)
    in_turn(works, 1)  # compiles what is compiled once
    times = in_turn(lambda number: works(number + 1), sizes.many_rounds, process_time)
    gc.unfreeze()
    yield ratio(times, "parse + schema + all rules, 2 % faulty, one core, in O", "<= 2.5", "ours", "O")
    yield ratio(times, "the same, all valid, in O", "", "clean", "O clean")
    yield ratio(times, "the same, 20 % faulty, in O", "", "many", "O many")
    yield ratio(times, "2 % faulty, a space after each comma and colon, in O of that", "", "spaced", "O spaced")
    yield ratio(times, "all valid, indented with CRLF, the gate alone, in O of that", "", "indented", "O indented")
    yield ratio(times, "2 % faulty, against orjson.loads where every value is kept", "", "ours", "kept")
    yield ratio(times, "json + jsonschema, schema only, against us", ">= 120", f"{_SAMPLE}*jsonschema", "ours")
    yield ratio(times, "us against orjson + jsonschema-rs, schema only", "<= 1.4", "ours", "rs")
    if "fastjsonschema" in peers:
        yield ratio(times, "orjson + fastjsonschema, schema only, against us", "", "fastjsonschema", "ours")


def _works(size: int, peers: dict[str, Callable[[bytes], object]], turn: int) -> dict[str, Work]:
    """Return the works of a round, on documents of no earlier round."""
    some, clean, many = (texts(share, size, turn=turn) for share in (0.02, 0, 0.2))
    spaced, indented = texts(0.02, size, "spaced", turn), texts(0, size, "indented", turn)
    settle()
    return {
        "O": each(orjson.loads, some),
        "ours": chunk(some),
        "kept": lambda: [orjson.loads(line) for line in some],
        "O clean": each(orjson.loads, clean),
        "clean": chunk(clean),
        "O many": each(orjson.loads, many),
        "many": chunk(many),
        "O spaced": each(orjson.loads, spaced),
        "spaced": chunk(spaced),
        "O indented": each(orjson.loads, indented),
        "indented": each(text_gate(corpora.KIND, corpora.VERSION), indented),
        **{name: each(peer, some[:: _SAMPLE if name == "jsonschema" else 1]) for name, peer in peers.items()},
    }


def _agree(peers: dict[str, Callable[[bytes], object]]) -> None:
    """Raise FailedError for a peer that refuses a valid document or accepts a faulty one."""
    sound = texts(0, 100_000)
    for name, peer in peers.items():
        if not all(map(peer, sound)) or peer(b'{"computerName": 1}'):
            raise FailedError(f"{name} does not validate by {SCHEMA}")


def _peers() -> dict[str, Callable[[bytes], object]]:
    """Return the call for a text of each peer in Python; fastjsonschema only where it is installed."""
    content: dict[str, Any] = checking_schema(corpora.KIND, corpora.VERSION)
    compiled = jsonschema_rs.Draft7Validator(content, validate_formats=False)
    slow = jsonschema.Draft7Validator(content)
    peers: dict[str, Callable[[bytes], object]] = {
        "rs": lambda text: compiled.is_valid(orjson.loads(text)),
        "jsonschema": lambda text: slow.is_valid(json.loads(text)),
    }
    try:
        made = import_module("fastjsonschema").compile(content, formats={"date-time": lambda _: True})
    except ImportError:
        return peers
    return {**peers, "fastjsonschema": lambda text: _is_valid(made, orjson.loads(text))}


def _is_valid(validate: Callable[[Any], object], document: object) -> bool:
    try:
        validate(document)
    except ValueError:
        return False
    return True
