"""Stacks that were sampled, as tables of where the time goes and as the lines that a flame graph is drawn from."""

from __future__ import annotations

import linecache
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import instanceview
from instanceview.checking.check import check_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sampler import Samples, Spot

_MOST = 14
_PACKAGE = Path(instanceview.__file__).parent


def tables(samples: Samples, total: float, *, steps: bool) -> Iterator[str]:
    """Yield the lines of tables of where the time goes, all of which is `total`; `steps` are `check_document`'s."""
    scale = total / samples.stacks.total()
    yield from _table("module, with what it calls that is not ours", _by(samples, _module_of), scale)
    if steps:
        yield from _table("step of `check_document`, with all that it calls", _by(samples, _step), scale)
    yield from _table("line, with native code that it calls", _by(samples, lambda stack: _line(stack[-1])), scale)


def folded(samples: Samples) -> Iterator[str]:
    """Yield the stacks as the tools that draw flame graphs read them: functions, semicolons between, and a count."""
    counts: Counter[str] = Counter()
    for stack, count in samples.stacks.items():
        counts[";".join(f"{Path(spot.file).stem}.{spot.function}" for spot in stack)] += count
    yield from (f"{stack} {count}" for stack, count in counts.items())


def _table(what: str, counts: Counter[str], scale: float) -> Iterator[str]:
    yield from ("", f"| {what} | O |", "|---|---|")
    for name, count in counts.most_common(_MOST):
        yield f"| {name} | {count * scale:.2f} |"
    rest = counts.total() - sum(count for _, count in counts.most_common(_MOST))
    yield f"| all others | {rest * scale:.2f} |"


def _by(samples: Samples, named: Callable[[tuple[Spot, ...]], str]) -> Counter[str]:
    """Return how often the stacks of each name were met."""
    counts: Counter[str] = Counter()
    for stack, count in samples.stacks.items():
        counts[named(stack)] += count
    return counts


def _module_of(stack: tuple[Spot, ...]) -> str:
    return next((_module(spot) for spot in reversed(stack) if _is_ours(spot)), "others")


def _step(stack: tuple[Spot, ...]) -> str:
    checking = Path(check_document.__code__.co_filename)
    found = (spot for spot in stack if Path(spot.file) == checking and spot.function == check_document.__name__)
    return next(map(_line, found), "outside of it: lines, parsing, counting, report")


def _is_ours(spot: Spot) -> bool:
    return Path(spot.file).is_relative_to(_PACKAGE) or _is_compiled(spot)


def _is_compiled(spot: Spot) -> bool:
    return spot.file == "<string>" and spot.function.startswith("check")


def _module(spot: Spot) -> str:
    """Return the file of a spot as a reader knows it."""
    path = Path(spot.file)
    if path.is_relative_to(_PACKAGE):
        return f"`{path.relative_to(_PACKAGE).as_posix()}`"
    if _is_compiled(spot):
        return "compiled by `checking/gate/structure.py`"
    return f"`{spot.file}`" if spot.file.startswith("<") else f"`{path.parent.name}/{path.name}`, not ours"


def _line(spot: Spot) -> str:
    text = linecache.getline(spot.file, spot.line).strip().replace("|", "\\|")
    return f"{_module(spot)}, {spot.function}" + (f": `{text[:90]}`" if text else "")
