"""Mutation testing: does some test fail for a changed condition? `python tests/mutation/mutate.py --covering FILE`.

Mutants are drawn by a seed, room by room. Each runs in a process of its own, which imports the package with the changed
module and runs the tests that call the changed function, the quickest first, until one fails. A survivor is answered by
a test, or by a sentence in `equivalent.yaml` that says why no test can fail.

Written by hand: mutmut and cosmic-ray start pytest anew for each mutant, which takes longer than most of our tests do.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from mutants import mutant, sites
from trial import outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mutants import Mutant
    from trial import Tests

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / "validator" / "instanceview"


class Room(NamedTuple):
    """A part of the package: its files by pattern, the folders of its tests, and its share of the mutants.

    `without` is the beginning of files that another room has.
    """

    name: str
    patterns: tuple[str, ...]
    tests: tuple[str, ...]
    share: int
    without: str = "-"

    def files(self) -> list[str]:
        """Return the files of the room."""
        found = {path for pattern in self.patterns for path in PACKAGE.glob(pattern)}
        paths = sorted(path.relative_to(PACKAGE).as_posix() for path in found)
        return [path for path in paths if not path.startswith(self.without)]


ROOMS = (
    Room("checking", ("checking/**/*.py",), ("checking", "rules"), 6, "checking/machine_state/"),
    Room("machine state", ("checking/machine_state/*.py",), ("checking",), 3),
    Room("rules", ("rules/*.py",), ("rules", "checking"), 4),
    Room("places", ("places/*.py",), ("places", "reading"), 3),
    Room("reading", ("reading/**/*.py",), ("reading",), 8),
    Room("secrets", ("model/text.py", "model/secrets/*.py"), ("model", "rules"), 3),
)


def drawn(room: Room, seed: int, number: int) -> Iterator[Mutant]:
    """Yield mutants of a room, others for each seed."""
    every = [(file, *site) for file in room.files() for site in sites(PACKAGE, file)]
    for site in random.Random(f"{seed} {room.name}").sample(every, min(number, len(every))):  # noqa: S311 (repeatable)
        yield mutant(PACKAGE, *site)


def tests_of(one: Mutant, room: Room, covering: dict[str, Any]) -> Tests:
    """Return the tests of a room that call the function of a mutant, or its module where it is outside of functions."""
    folders = tuple(f"tests/{folder}/" for folder in room.tests)
    of_room = {name: each for name, each in covering.items() if name.startswith(folders)}
    exactly = {name: each["seconds"] for name, each in of_room.items() if f"{one.file} {one.function}" in each["calls"]}
    if exactly:
        return exactly
    module = f"{one.file} "
    is_called = {name: any(call.startswith(module) for call in each["calls"]) for name, each in of_room.items()}
    return {name: each["seconds"] for name, each in of_room.items() if is_called[name]}


def answers() -> dict[str, str]:
    """Return the reasons why mutants are equivalent, by their names."""
    file = HERE / "equivalent.yaml"
    return yaml.safe_load(file.read_text("utf-8")) or {}


def run(
    rooms: Iterable[Room], seed: int, number: int, covering: dict[str, Any]
) -> Iterator[tuple[str, dict[str, int]]]:
    """Yield each room with its counts, and print each survivor as it is found."""
    known = answers()
    for room in rooms:
        _try_unchanged(room, seed, covering)
        counts = {"mutants": 0, "killed": 0, "equivalent": 0, "survived": 0}
        for one in drawn(room, seed, number * room.share // sum(each.share for each in ROOMS)):
            counts["mutants"] += 1
            if one.name in known:
                counts["equivalent"] += 1
                continue
            result = outcome(one, PACKAGE, tests_of(one, room, covering))
            counts["survived" if result == "survived" else "killed"] += 1
            if result == "survived":
                print(f"{PACKAGE.name}/{one.file}:{one.line}: {one.name.partition(' ')[2]}", flush=True)
        yield room.name, counts


def _try_unchanged(room: Room, seed: int, covering: dict[str, Any]) -> None:
    """Raise RuntimeError where the tests of a module fail without a change, since every mutant would seem killed."""
    one = next(drawn(room, seed, 1))
    same = one._replace(source=(PACKAGE / one.file).read_text("utf-8"))
    if outcome(same, PACKAGE, tests_of(one, room, covering)) != "survived":
        raise RuntimeError(f"tests of {one.file} fail without a mutant; run them with pytest first")


def main() -> int:
    """Run mutants and return 1 if the score of a room is below the floor."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--covering", type=Path, required=True, help="what `covering.py` wrote")
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--mutants", type=int, default=390, help="of all rooms together")
    parser.add_argument("--room", choices=[room.name for room in ROOMS], action="append")
    parser.add_argument("--floor", type=int, default=90, help="the least score of a room, in percent")
    given = parser.parse_args()
    rooms = [room for room in ROOMS if not given.room or room.name in given.room]
    covering = json.loads(given.covering.read_text("utf-8"))
    below = False
    print("| room | mutants | killed | equivalent | survived | score |\n|---|---|---|---|---|---|", file=sys.stderr)
    for name, counts in run(rooms, given.seed, given.mutants, covering):
        score = 100 * (counts["killed"] + counts["equivalent"]) // max(1, counts["mutants"])
        below = below or score < given.floor
        print(f"| {name} | {' | '.join(map(str, counts.values()))} | {score} % |", file=sys.stderr, flush=True)
    return int(below)


if __name__ == "__main__":
    raise SystemExit(main())
