"""The machine or scale set that a document is about: its names, its guest, and the end of its last operation."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from random import Random

MINUTES = 365 * 24 * 60
"""Minutes from the date of an api-version to the latest end of an operation: a year, as most captures are no later."""
NAMES = ("web", "app", "db", "node", "build")
"""The names that a scale set or an application may have."""
MOST = 999
"""The highest number of a machine in its scale set, which has at most 1,000."""
SECOND = 10**7
"""Ticks of 100 ns in a second; the service writes times in ticks."""
LAST = MINUTES * 60 * SECOND - 1
"""The latest end of an operation, in ticks from the date of an api-version."""
_WAITS = 30
"""The number of different waits from the end of an operation to the answer. A wait is a square number of seconds, so
that many are short: in 195 of 1,915 captures the last report of the agent is older than both."""
OFFSETS = (0,) * 24 + (-420, -480, 120, 480)
"""Minutes from UTC in the times of a document, as in captures: 210 of 2,863 documents have a local offset."""


class Machine(NamedTuple):
    """A machine, by which a document differs from others.

    `name` is that of its scale set or application, `number` its own there, `guest` its index in `guests()`. The last
    operation ended `ended` ticks of 100 ns after the date of the api-version. `offset` is in minutes from UTC. With
    `report_stays`, a deallocated machine keeps the last report of its agent.
    """

    name: str = NAMES[0]
    number: int = 0
    guest: int = 0
    ended: int = 1
    offset: int = 0
    report_stays: bool = False

    @property
    def wait(self) -> int:
        """Whole seconds from the end of the operation to the answer of the service."""
        return (self.ended // 13 % _WAITS) ** 2

    def fill(self, text: str) -> str:
        """Return a text with `$vm`, `$computer`, `$number`, `$name`, `$guid`, `$other` and `$hex` filled in.

        >>> Machine("web", 3).fill("$vm on $computer")
        'web_3 on web-000003'
        """
        if "$" not in text:
            return text
        values = {
            "name": self.name,
            "number": str(self.number),
            "vm": f"{self.name}_{self.number}",
            "computer": f"{self.name}-{self.number:06}",
            # Readable identifiers that belong to nobody.
            "guid": f"00000000-0000-0000-0000-{self.number:012x}",
            "other": f"00000000-0000-0000-0001-{self.number:012x}",
            "hex": f"{self.number:040X}",
        }
        return Template(text).substitute(values)


class Guest(NamedTuple):
    """The software of a machine: operating system, agent, and extensions that occur with them, all with public names.

    `messages` are those of a ready agent, the most usual first. `slowest` is the greatest age of its last report, in
    seconds. An old agent does not report the name of its system.
    """

    vmAgentVersion: str  # noqa: N815 (named as in documents)
    messages: tuple[str, ...]
    slowest: int
    extensions: tuple[dict[str, str], ...]
    osName: str = ""  # noqa: N815 (named as in documents)
    osVersion: str = ""  # noqa: N815 (named as in documents)
    hyperVGeneration: str = "V1"  # noqa: N815 (named as in documents)


@cache
def guests() -> tuple[Guest, ...]:
    """Return the guests of `guests.json`: systems, agents and messages that captures have together."""
    rows: list[dict[str, Any]] = json.loads(Path(__file__).with_name("guests.json").read_bytes())
    return tuple(Guest(**row) for row in rows)


def with_domains(body: dict[str, Any], number: int) -> dict[str, Any]:
    """Return a document with the domains that a scale set gives the machine with this number."""
    domains = {"platformUpdateDomain": number % 5, "platformFaultDomain": number % 5}
    return {name: domains.get(name, value) for name, value in body.items()}


def any_machine(random: Random) -> Machine:
    """Return a machine chosen by `random`."""
    return Machine(
        random.choice(NAMES),
        random.randint(0, MOST),
        random.randrange(len(guests())),
        random.randint(1, LAST),
        random.choice(OFFSETS),
        random.randrange(8) == 0,
    )


def usual(machine: Machine) -> Machine:
    """Return a machine without what few have: a local offset, a report that stays, a system without a name."""
    return machine._replace(offset=0, report_stays=False, guest=machine.guest % (len(guests()) - 1))
