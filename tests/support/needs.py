"""Things that some tests need and a machine may not have, and the one line that counts the tests skipped without them.

The reason of a skipped test is one of these constants, or a sentence of its own that reads well after "because".
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

RECORDED = "needs the recorded responses (IV_TEST_SHARED)"
"""Facts and responses that are not committed: they lie in `shared` beside the checkout, or where the variable says."""
NODE_PACKAGES = "needs npm packages (IV_TEST_NODE_MODULES)"
AJV = "needs ajv from npm (IV_TEST_AJV)"
BROWSER = "needs Chromium and its client (the extra test-browser)"
ARROW = "needs pyarrow (the extra arrow)"
DASK = "needs Dask (the extra dask)"
SPARK = "needs Spark (the extra spark) and Java"
MODELS = "needs azure-mgmt-compute (the extra test-oracle)"
GIT = "needs git"
LUPA = "needs lupa"
LIBYAML = "needs PyYAML with libyaml"
SOURCES = "needs the sources, not an installed package"
_MISSING_PACKAGE = re.compile(r"could not import '(\w+)'.*", re.DOTALL)


def counted(reasons: Iterable[str]) -> str:
    """Return the line of a run about its skipped tests: how many need what, the most first, then other reasons.

    >>> counted(["Skipped: needs git", "Skipped: it is late", "Skipped: needs git", "Skipped: needs lupa"])
    'skipped: 2 tests need git, 1 test needs lupa, 1 test because it is late'
    """
    plain = (reason.removeprefix("Skipped: ") for reason in reasons)
    counts = Counter(_MISSING_PACKAGE.sub(r"needs \1", reason) for reason in plain)
    most_first = sorted(counts.items(), key=lambda item: (not item[0].startswith("needs "), -item[1], item[0]))
    return f"skipped: {', '.join(_words(reason, count) for reason, count in most_first)}"


def _words(reason: str, count: int) -> str:
    number = "1 test" if count == 1 else f"{count} tests"
    if not reason.startswith("needs "):
        return f"{number} because {reason}"
    return f"{number} {reason if count == 1 else reason.replace('needs', 'need', 1)}"
