"""Measures how soon the command line starts: `python tests/benchmarks/cold_start.py`.

Each command runs in turn, so that all meet the same machine; the least of 15 runs counts, and ratios are what is told.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import instanceview
from instanceview.catalog import schemas_folder

DOCUMENT = Path(__file__).parents[2] / "samples" / "conformant" / "2022-11-01" / "vmss-vm-running.json"
SCHEMA = schemas_folder() / "2022-11-01" / "vmss-vm.json"
RUNS = 15
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "import click": ["-c", "import click"],
    "floor: import click, orjson, jsonschema_rs": ["-c", "import click, orjson, jsonschema_rs"],
    "instanceview --version": ["-m", "instanceview", "--version"],
    "instanceview check one.json": ["-m", "instanceview", "check", str(DOCUMENT)],
    "check-jsonschema one.json": ["-m", "check_jsonschema", "--schemafile", str(SCHEMA), str(DOCUMENT)],
}


def seconds(arguments: list[str]) -> float:
    """Return how long one run takes, in seconds."""
    environment = {**os.environ, "PYTHONPATH": str(Path(instanceview.__file__).parents[1])}
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Print a table of the least times and their ratios."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(RUNS):
        for name, arguments in COMMANDS.items():
            times[name].append(seconds(arguments))
    least = {name: min(runs) for name, runs in times.items()}
    click, peer = least["import click"], least["check-jsonschema one.json"]
    print(f"{'':44} {'ms':>6} {'/ click':>8} {'/ check-jsonschema':>19}")
    for name, value in least.items():
        print(f"{name:44} {value * 1000:6.1f} {value / click:8.2f} {value / peer:19.2f}")


if __name__ == "__main__":
    main()
