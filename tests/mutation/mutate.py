"""Mutation testing: does some test fail for a changed condition? `python tests/mutation/mutate.py --covering FOLDER`.

Mutants are drawn by a seed, room by room. Each runs in a process of its own, which imports the package with the changed
module and runs the tests that run the changed line, the quickest first, until one fails. A survivor is answered by
a test, or by a sentence in `equivalent.yaml` that says why no test can fail.

Written by hand: mutmut and cosmic-ray start pytest anew for each mutant, which takes longer than most of our tests do.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml
from covering import PACKAGE, Covering
from mutants import mutant, sites
from trial import SECONDS, outcome

if TYPE_CHECKING:
    from mutants import Mutant, Site
    from trial import Tests

HERE = Path(__file__).parent


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
    Room("secrets", ("model/text.py", "model/redaction.py", "model/secrets/*.py"), ("model", "rules"), 3),
)


def drawn(room: Room, seed: int, number: int) -> list[Site]:
    """Return mutants of a room, others for each seed; a change of the source draws few others."""
    ranked = []
    for file in room.files():
        seen: Counter[str] = Counter()
        for site in sites(PACKAGE, file):
            seen[site.name] += 1
            ranked.append((sha256(f"{seed} {seen[site.name]} {site.name}".encode()).digest(), site))
    return [site for _, site in sorted(ranked)[:number]]


def tests_of(one: Mutant, room: Room, covering: Covering) -> list[Tests]:
    """Return the tests of a room that run the statement of a mutant, then the others of its module.

    What is outside of functions runs at import, so that each test may see it. A line of a cached function is run by
    the test that calls it first, and others see what it returns.
    """
    lines = covering.of_file(PACKAGE / one.site.file)
    folders = tuple(f"tests/{folder}/" for folder in room.tests)
    every = {test for tests in lines.values() for test in tests if test.startswith(folders)}
    first = every & set[str]().union(*(lines.get(line, set()) for line in one.lines)) if one.lines else every
    return [{test: covering.seconds[test] for test in tests} for tests in (first, every - first)]


def answers() -> dict[str, str]:
    """Return the reasons why mutants are equivalent, by their names."""
    file = HERE / "equivalent.yaml"
    return yaml.safe_load(file.read_text("utf-8")) or {}


def outdated() -> set[str]:
    """Return the names in `equivalent.yaml` that no mutant has any more."""
    return answers().keys() - {site.name for room in ROOMS for file in room.files() for site in sites(PACKAGE, file)}


class _Run(NamedTuple):
    """The choices of a run: the tests that it has, the seconds of tests for one mutant, names of the only mutants."""

    covering: Covering
    seconds: float
    only: set[str]

    def counts(self, room: Room, sample: list[Site]) -> Counter[str]:
        """Return the number of mutants by what becomes of them; print each survivor as it is found."""
        counts: Counter[str] = Counter()
        known = answers()
        for site in sample:
            if self.only and site.name not in self.only:
                continue
            result = "equivalent" if site.name in known else self._outcome(mutant(PACKAGE, site), room)
            counts[result] += 1
            if result == "survived":
                print(site.name, flush=True)
        return counts

    def try_unchanged(self, room: Room, site: Site) -> None:
        """Raise RuntimeError where tests fail without a change, since every mutant would seem killed."""
        same = mutant(PACKAGE, site)._replace(source=(PACKAGE / site.file).read_text("utf-8"))
        if self._outcome(same, room) != "survived":
            raise RuntimeError(f"tests of {site.file} fail without a mutant; run them with pytest first")

    def _outcome(self, one: Mutant, room: Room) -> str:
        return outcome(one, PACKAGE, tests_of(one, room, self.covering), self.seconds)


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--covering", type=Path, required=True, help="what `covering.py` wrote")
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--mutants", type=int, default=390, help="of all rooms together")
    parser.add_argument("--room", choices=[room.name for room in ROOMS], action="append")
    parser.add_argument("--only", type=Path, help="a file with names of mutants, as a run prints them")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of tests for one mutant")
    parser.add_argument("--floor", type=int, default=90, help="the least score of a room, in percent")
    return parser.parse_args()


def main() -> int:
    """Run mutants and return 1 if the score of a room is below the floor."""
    given = _given()
    only = set(given.only.read_text("utf-8").splitlines()) if given.only else set[str]()
    run = _Run(Covering(given.covering), given.seconds, only)
    below = False
    print(*sorted(f"no mutant has this name: {name}" for name in outdated()), sep="\n", file=sys.stderr)
    print("| room | mutants | killed | timed out | equivalent | survived | score |", file=sys.stderr)
    print("|---|---|---|---|---|---|---|", file=sys.stderr)
    for room in ROOMS:
        if given.room and room.name not in given.room:
            continue
        sample = drawn(room, given.seed, given.mutants * room.share // sum(each.share for each in ROOMS))
        run.try_unchanged(room, sample[0])
        counts = run.counts(room, sample)
        score = 100 - 100 * counts["survived"] / max(1, counts.total())
        below = below or score < given.floor
        shown = [counts.total(), *(counts[each] for each in ("killed", "timed out", "equivalent", "survived"))]
        print(f"| {room.name} | {' | '.join(map(str, shown))} | {score:.0f} % |", file=sys.stderr, flush=True)
    return int(below)


if __name__ == "__main__":
    raise SystemExit(main())
