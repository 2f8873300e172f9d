"""Fuzz: `python tests/fuzz/fuzz.py [NAME...] --seconds 3600 --jobs 2`; each harness in a process of its own.

Faults are left in the folder `--into`: a small input, and beside it the exception with the lines that it passed.
`pytest tests/fuzz` replays what is copied from there to `tests/data/regressions/`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
import time
from contextlib import nullcontext, redirect_stderr, suppress
from importlib import import_module
from io import StringIO
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).parent
_SHOWN = 500  # bytes of an input on a terminal
_PROGRAMS = ("__main__", "derive", "pytest_plugin")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from harness import Harness


def main() -> int:
    """Run the harnesses that are named, or all, and print a row for each; return 1 if one has a fault."""
    options = _options()
    sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
    with _instrumented(options.engine):
        harnesses = _harnesses(options.names)
        into = Path(options.into or tempfile.mkdtemp(prefix="fuzz-"))
        into.mkdir(parents=True, exist_ok=True)
        print("| harness | executions | seconds | edges | faults |\n|---|---|---|---|---|", flush=True)
        rows = list(_run_all(harnesses, options, into))
    faults = sum(row["faults"] for row in rows)
    print(f"\n{len(rows)} harnesses, {faults} faults" + (f"; see {into}" if faults else ""))
    for path in sorted(into.glob("*.txt")):
        print(f"\n{path.stem}: {path.read_text('utf-8')}\n{path.with_suffix('').read_bytes()[:_SHOWN]!r}")
    return int(bool(faults))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="a harness; all by default")
    parser.add_argument("--executions", type=int, default=0, help="the least executions of each")
    parser.add_argument("--seconds", type=float, default=0, help="the least seconds of each")
    parser.add_argument("--most-seconds", type=float, default=float("inf"), help="the most seconds of each")
    parser.add_argument("--jobs", type=int, default=1, help="harnesses at a time")
    parser.add_argument(
        "--engine", choices=("atheris", "mutation"), default="atheris" if _has("atheris") else "mutation"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--into", metavar="FOLDER", help="where faults, logs and inputs are kept")
    return parser.parse_args()


def _has(package: str) -> bool:
    with suppress(ImportError):
        import_module(package)
        return True
    return False


def _instrumented(engine: str) -> AbstractContextManager[Any]:
    """Return the context in which modules of the package are loaded so that atheris sees their branches."""
    if engine != "atheris":
        return nullcontext()
    import atheris

    context: AbstractContextManager[Any] = atheris.instrument_imports(
        include=["instanceview"], enable_loader_override=False
    )
    return context


def _harnesses(names: list[str]) -> list[Harness]:
    """Return the harnesses; every module of the package is loaded once, for all of them."""
    with redirect_stderr(StringIO()):  # atheris names each
        import instanceview

        left_out = _PROGRAMS if _has("pyarrow") else (*_PROGRAMS, "arrow")
        for module in walk_packages(instanceview.__path__, "instanceview."):
            if not module.name.endswith(left_out):
                import_module(module.name)
    from table import HARNESSES

    unknown = [name for name in names if name not in HARNESSES]
    if unknown:
        sys.exit(f"unknown harness {unknown[0]}; known: {', '.join(HARNESSES)}")
    return [HARNESSES[name] for name in names or HARNESSES]


def _run_all(harnesses: list[Harness], options: argparse.Namespace, into: Path) -> Iterator[dict[str, Any]]:
    """Yield the row of each harness as it ends."""
    waiting = [harness for harness in harnesses if not harness.needs or _has(harness.needs)]
    for harness in harnesses:
        if harness not in waiting:
            print(f"| {harness.name} | needs {harness.needs} | | | |", flush=True)
    running: dict[int, tuple[Harness, float]] = {}
    while waiting or running:
        while waiting and len(running) < options.jobs:
            harness = waiting.pop(0)
            running[_started(harness, options, into)] = harness, time.monotonic()
        process, status = os.wait()
        harness, began = running.pop(process)
        yield _row(harness, into, status, time.monotonic() - began)


def _started(harness: Harness, options: argparse.Namespace, into: Path) -> int:
    """Start a process for a harness and return its id; what it prints goes to a file."""
    for old in into.glob(f"{harness.name}.*"):
        old.unlink()
    sys.stdout.flush()
    process = os.fork()
    if process:
        return process
    log = os.open(into / f"{harness.name}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    from engines import by_atheris, by_mutation
    from watched import Budget, Watched

    watched = Watched(harness, Budget(options.executions, options.seconds, options.most_seconds), into)
    try:
        if options.engine == "atheris":
            corpus = into / "corpus" / harness.name
            corpus.mkdir(parents=True, exist_ok=True)
            by_atheris(watched, options.seed, corpus)
        by_mutation(watched, options.seed)
    except BaseException:  # noqa: BLE001 (a fault of the fuzzer itself)
        import traceback

        traceback.print_exc()
    finally:
        os._exit(1)


def _row(harness: Harness, into: Path, status: int, seconds: float) -> dict[str, Any]:
    """Return the counts of a harness, and print them; a process that ended otherwise is a fault."""
    log = (into / f"{harness.name}.log").read_text("utf-8", "replace")
    try:
        done = json.loads((into / f"{harness.name}.json").read_text("utf-8"))
    except FileNotFoundError:
        done = {"executions": 0, "seconds": round(seconds), "faults": 1, "ended": status}
    edges = re.findall(r"cov: (\d+)", log)
    cells = (harness.name, f"{done['executions']:,}", done["seconds"], edges[-1] if edges else "", done["faults"])
    print(f"| {' | '.join(map(str, cells))} |", flush=True)
    return dict(done)


if __name__ == "__main__":
    sys.exit(main())
