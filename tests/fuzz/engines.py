"""Two engines that drive a harness: atheris, which is guided by coverage, and a mutation fuzzer for where it lacks.

Both change inputs by `mutating.py`.
"""

from __future__ import annotations

from hashlib import blake2b
from random import Random
from typing import TYPE_CHECKING

from mutating import LONGEST, mutated
from watched import interrupted

if TYPE_CHECKING:
    from pathlib import Path

    from harness import Harness
    from watched import Watched


def by_mutation(watched: Watched, seed: int) -> None:
    """Run a harness on changed seeds until the budget is spent, which ends the process."""
    random, harness = Random(seed), watched.harness  # noqa: S311 (the same in every run)
    inputs = [data for data in harness.seeds() if len(data) <= LONGEST] or [b""]
    for data in inputs:
        watched(data)
    while True:
        watched(_changed(random.choice(inputs), harness, inputs, random))


def _changed(data: bytes, harness: Harness, inputs: list[bytes], random: Random) -> bytes:
    """Return an input that is changed; one whose aliases make the change too slow stays as it is."""
    try:
        with interrupted(1):
            return mutated(data, harness.form, inputs, random)
    except TimeoutError:
        return data


def by_atheris(watched: Watched, seed: int, corpus: Path) -> None:
    """Run a harness guided by coverage until the budget is spent, which ends the process.

    `corpus` is a folder with the inputs that reached something new, of this and of earlier runs.
    """
    import atheris

    harness = watched.harness
    inputs = [data for data in harness.seeds() if len(data) <= LONGEST]
    for data in inputs:
        (corpus / blake2b(data, digest_size=8).hexdigest()).write_bytes(data)

    def changed(data: bytes, most: int, number: int) -> bytes:
        random = Random(number)  # noqa: S311 (as above)
        if random.random() < 0.3:
            return bytes(atheris.Mutate(data, most))
        return _changed(data, harness, inputs, random)[:most]

    # What is slow is a fault by the processor's time, in `watched.py`; the clock of atheris counts other programs, too.
    options = [f"-seed={seed or 1}", f"-max_len={LONGEST}", "-handle_alrm=0", "-timeout=86400", "-rss_limit_mb=0"]
    atheris.Setup([harness.name, *options, str(corpus)], watched, custom_mutator=changed)
    atheris.Fuzz()
