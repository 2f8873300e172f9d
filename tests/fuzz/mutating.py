"""Changes of an input: of its bytes, and of the values in it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from changed_values import NO_VALUE, changed_json, changed_part, changed_yaml

from instanceview.tables.catalog import tables_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from harness import Form

LONGEST = 1 << 12
"""Bytes of the longest input, as libFuzzer has it: with eight times as many, an execution takes two to five times as
long. Long inputs are tried by the tests of growth."""

# In each row, a space separates the tokens.
_WORDS = r"""
{ } [ ] " ' ` : , \ \u \ud800 \" \\ null true -1 1e400 NaN 0 200 404 --- ... - ? | >- &a *a <<: !!binary !!str # // /*
*/ ```json ```yaml ``` GET < > * nock('https://a') .get(' .reply(200, .query( JSON.stringify( ${ + ) H4sIA eyJ %YAML
ProvisioningState/ PowerState/running /instanceView ?$expand=instanceView api-version=2024-07-01 value entries body
/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/a HTTP/1.1
##vso[task.logissue] ##[error] ::error:: <script> <![CDATA[ ]]> &lt; | ](
""".split()  # noqa: SIM905 (as a list it takes sixty lines)
_SPACES = ("\n", "\r\n", "\n\n", "\t", "  ", "\0", "\x1b[31m", "\ufeff", "\ud800", "\u2028", "\n---\n", "\n- ")


@cache
def _tokens() -> tuple[bytes, ...]:
    names = sorted({name for table in tables_json()["tables"].values() for name in table["members"]})
    return tuple(each.encode("utf-8", "surrogatepass") for each in (*_WORDS, *_SPACES, *names))


def mutated(data: bytes, form: Form, others: list[bytes], random: Random) -> bytes:
    """Return an input that is changed in one to four places; `others` are inputs of which parts may be taken."""
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        change = random.choice(_CHANGES[form])
        try:
            data = change(data, random) if change else _changed_bytes(data, others, random)
        except NO_VALUE:
            data = _changed_bytes(data, others, random)
    return data[:LONGEST]


def _changed_bytes(data: bytes, others: list[bytes], random: Random) -> bytes:
    """Return bytes with a part left out, doubled, or replaced by a token, a byte or a part of another input."""
    start = random.randint(0, len(data))
    end = min(len(data), start + random.choice((0, 0, 1, 1, 2, 8, 64, 512)))
    part = random.choice(others) if others else data
    begin = random.randint(0, len(part))
    put = (
        b"",
        random.choice(_tokens()),
        random.choice(_tokens()),
        bytes([random.randrange(256)]),
        data[start:end] * 2,
        part[begin : begin + random.choice((1, 8, 64, 512))],
    )
    return data[:start] + random.choice(put) + data[end:]


def _cut(data: bytes, random: Random) -> bytes:
    return data[: random.randint(0, len(data))]


# None is a change of bytes.
_CHANGES: dict[Form, tuple[Callable[[bytes, Random], bytes] | None, ...]] = {
    "bytes": (None, None, changed_part, changed_part, _cut),
    "json": (None, changed_json, changed_json, changed_json, changed_json),
    "yaml": (None, None, changed_part, changed_yaml, changed_yaml, _cut),
}
