"""Measure the documents a second that the strategies draw: `python tests/benchmarks/draw_rate.py`.

Every kind over all api-versions, checking nothing, with the health checks of Hypothesis on; the building of each
strategy is counted too.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from hypothesis import Phase, given, settings

from instanceview.generating.scenarios import scenario
from instanceview.tables.catalog import api_versions
from instanceview.tables.kinds import MACHINES
from instanceview.testing.strategies import instance_views, spoiled_instance_views

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

EACH = 67  # 2,010 documents of each kind
LEAST = 100


def draw(strategy: SearchStrategy[Any], count: int) -> None:
    """Draw this number of documents."""

    @settings(max_examples=count, deadline=None, database=None, phases=[Phase.generate])
    @given(strategy)
    def drawn(_: object) -> None:
        pass

    drawn()


def main() -> None:
    """Print the documents a second of each kind; exit with 1 when a realistic one is too slow."""
    slow = False
    for realistic in (True, False):
        for kind in MACHINES:
            start = time.perf_counter()
            for version in api_versions():
                draw(instance_views(kind, version, realistic=realistic), EACH)
            rate = EACH * len(api_versions()) / (time.perf_counter() - start)
            slow = slow or (realistic and rate < LEAST)
            print(f"instance_views({kind!r}, realistic={realistic}): {rate:.0f} a second")
    start = time.perf_counter()
    draw(spoiled_instance_views(), 1000)
    print(f"spoiled_instance_views(): {1000 / (time.perf_counter() - start):.0f} a second")
    start = time.perf_counter()
    for seed in range(1000):
        scenario(seed=seed, vary=True)
    print(f"scenario(vary=True): {1000 / (time.perf_counter() - start):.0f} a second")
    raise SystemExit(slow)


if __name__ == "__main__":
    main()
