"""One machine or scale set of a document: its names, its guest, and the moment before all of its times."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from random import Random

YEAR = 365 * 24 * 60
"""Minutes from the date of an api-version to the latest moment of a document."""
_NAMES = ("web", "app", "db", "node", "build")
MOST = 999
"""The highest number of a machine in its scale set."""


class Machine(NamedTuple):
    """The machine that makes a document differ from others.

    `name` is of the scale set or application, `number` within it, `guest` an index of the guests, `minute` counts from
    the first day of the api-version.
    """

    name: str = _NAMES[0]
    number: int = 0
    guest: int = 0
    minute: int = 0

    def moment(self, api_version: str) -> datetime:
        """Return the moment at which the machine was set up."""
        year, month, day = (int(part) for part in api_version[:10].split("-"))
        return datetime(year, month, day, tzinfo=UTC) + timedelta(minutes=self.minute)

    def fill(self, text: str) -> str:
        """Return a text with `$vm`, `$computer`, `$number`, `$name`, `$guid` and `$hex` filled in.

        >>> Machine("web", 3).fill("$vm on $computer")
        'web_3 on web-000003'
        """
        if "$" not in text:
            return text
        said = {
            "name": self.name,
            "number": str(self.number),
            "vm": f"{self.name}_{self.number}",
            "computer": f"{self.name}-{self.number:06}",
            # Readable identifiers that belong to nobody.
            "guid": f"00000000-0000-0000-0000-{self.number:012x}",
            "hex": f"{self.number:040X}",
        }
        return Template(text).substitute(said)


@cache
def guests() -> tuple[dict[str, Any], ...]:
    """Return the guests: operating system, agent and the extensions that go with them (all of them public names)."""
    return tuple(json.loads(Path(__file__).with_name("guests.json").read_bytes()))


def names() -> tuple[str, ...]:
    """Return the names a scale set or an application may have."""
    return _NAMES


def any_machine(random: Random) -> Machine:
    """Return a machine chosen by `random`."""
    return Machine(
        random.choice(_NAMES), random.randint(0, MOST), random.randrange(len(guests())), random.randrange(YEAR)
    )
