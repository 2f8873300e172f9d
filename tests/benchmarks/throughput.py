"""Measures us and our peers on the same work: `python tests/benchmarks/throughput.py [--write FILE] [--megabytes N]`.

Each measurement runs in turn with the others, several rounds; medians count, and ratios are what is told. The unit is
O, the time that `orjson.loads` takes on the same lines in the same run, each value dropped at once. A peer does the
schema only; we do parse, schema and every rule. Peers that are not installed are left out: fastjsonschema, and in the
folder that INSTANCEVIEW_PEERS names ajv, ajv-formats, ajv-cli and @sourcemeta/jsonschema.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import corpora
import jsonschema
import jsonschema_rs
import orjson

from instanceview.batch import check_chunk
from instanceview.catalog import schema, schemas_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCHEMA = schemas_folder() / corpora.VERSION / f"{corpora.KIND}.json"
PEERS = os.environ.get("INSTANCEVIEW_PEERS", "")
ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def medians(works: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Return the median time of each work, done in turn."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(seconds(work))
    return {name: statistics.median(each) for name, each in times.items()}


def run(*command: str) -> Callable[[], object]:
    """Return the work of running a program, whatever its exit code."""
    return lambda: subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def ours(*arguments: str) -> Callable[[], object]:
    """Return the work of running our command line."""
    return run(sys.executable, "-m", "instanceview", "check", *arguments)


def in_process(faulty: list[bytes]) -> Iterator[tuple[str, str, float]]:
    """Yield what is measured in this process: one core, everything in memory."""
    data = b"\n".join(faulty * 10)
    lines = data.split(b"\n")
    content: dict[str, Any] = schema(corpora.KIND, corpora.VERSION)
    compiled = jsonschema_rs.Draft7Validator(content, validate_formats=False)
    slow = jsonschema.Draft7Validator(content)
    few = lines[:60]
    clean = b"\n".join(corpora.documents(0) * 10)
    works: dict[str, Callable[[], object]] = {
        "orjson": lambda: _each(orjson.loads, lines),
        "kept": lambda: [orjson.loads(line) for line in lines],
        "ours": lambda: check_chunk(data, kind=corpora.KIND, api_version=corpora.VERSION),
        "clean": lambda: check_chunk(clean, kind=corpora.KIND, api_version=corpora.VERSION),
        "rs": lambda: _each(lambda line: compiled.is_valid(orjson.loads(line)), lines),
        "jsonschema": lambda: _each(lambda line: slow.is_valid(json.loads(line)), few),
    }
    try:
        fast = import_module("fastjsonschema").compile(content, formats={"date-time": lambda _: True})
    except ImportError:
        fast = None
    if fast:
        works["fastjsonschema"] = lambda: _each(lambda line: _accepted(fast, orjson.loads(line)), lines)
    took = medians(works)
    scaled = took["jsonschema"] * len(lines) / len(few)
    yield "parse + schema + all rules, 2 % faulty, one core, in O", "<= 2.5", took["ours"] / took["orjson"]
    yield "the same, all valid", "", took["clean"] / took["orjson"]
    yield "2 % faulty against orjson.loads where every value is kept", "", took["ours"] / took["kept"]
    yield "json + jsonschema, schema only, against us", ">= 120", scaled / took["ours"]
    yield "us against orjson + jsonschema-rs, schema only", "<= 1.4", took["ours"] / took["rs"]
    if fast:
        yield "orjson + fastjsonschema, schema only, against us", "", took["fastjsonschema"] / took["ours"]


def _each(work: Callable[[bytes], object], lines: list[bytes]) -> None:
    for line in lines:
        work(line)


def _accepted(validate: Callable[[Any], object], document: object) -> bool:
    try:
        validate(document)
    except ValueError:
        return False
    return True


def on_streams(folder: Path, megabytes: int) -> Iterator[tuple[str, str, float]]:
    """Yield what is measured on files of lines, each program started anew."""
    clean, some, many = (
        str(corpora.lines(folder / f"{share}.ndjson", corpora.documents(share), megabytes)) for share in (0, 0.02, 0.2)
    )
    options = ["--kind", corpora.KIND, "--api-version", corpora.VERSION]
    report = ["--format", "json", "--output", str(folder / "report.json")]
    works = {
        "clean": ours(clean, "--jobs", "1", *options),
        "some": ours(some, "--jobs", "1", *options, *report),
        "many": ours(many, "--jobs", "1", *options, *report),
        "two": ours(some, "--jobs", "2", *options, *report),
    }
    if PEERS:
        works["ajv"] = run("node", str(Path(__file__).with_name("peers.mjs")), str(SCHEMA), clean)
        works["sourcemeta"] = run(f"{PEERS}/node_modules/.bin/jsonschema", "validate", "--fast", str(SCHEMA), clean)
    took = medians(works, 3)
    if PEERS:
        yield "ajv in node against us, all valid", ">= 1.7", took["ajv"] / took["clean"]
        yield "sourcemeta --fast against us, all valid", ">= 2", took["sourcemeta"] / took["clean"]
    yield "20 % faulty against 2 %, JSON reports included", "<= 1.5", took["many"] / took["some"]
    yield f"one job against two, {megabytes} MB", ">= 1.8", took["some"] / took["two"]


def on_files(folder: Path) -> Iterator[tuple[str, str, float]]:
    """Yield what is measured on 2,000 files of one document."""
    where = corpora.files(folder / "files", corpora.documents(0.02), 2000)
    works = {
        "ours": ours(str(where), "--kind", corpora.KIND, "--api-version", corpora.VERSION),
        "check-jsonschema": run(
            sys.executable, "-m", "check_jsonschema", "--schemafile", str(SCHEMA), *map(str, sorted(where.iterdir()))
        ),
    }
    if PEERS:
        options = ["validate", "-c", "ajv-formats", "--spec=draft7", "-s", str(SCHEMA), "-d", f"{where}/*.json"]
        works["ajv-cli"] = run(f"{PEERS}/node_modules/.bin/ajv", *options)
    took = medians(works, 3)
    yield "check-jsonschema against us, 2,000 files", ">= 25", took["check-jsonschema"] / took["ours"]
    if PEERS:
        yield "ajv-cli against us, 2,000 files", ">= 4", took["ajv-cli"] / took["ours"]


def of_memory(folder: Path, large: int) -> Iterator[tuple[str, str, float]]:
    """Yield the peak of memory on a long stream against a short one."""
    texts, peaks = corpora.documents(0.02), []
    for megabytes in (30, large):
        path = corpora.lines(folder / "long.ndjson", texts, megabytes)
        code = "import resource, sys; from instanceview.cli import cli; cli.main(sys.argv[1:], standalone_mode=False); "
        code += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
        command = [sys.executable, "-c", code, "check", str(path), "--jobs", "1", "--quiet"]
        ran = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
        peaks.append(int(ran.stderr.split()[-1]))
    yield f"peak memory, {large} MB against 30 MB, 2 % faulty, text report", "<= 1.05", peaks[1] / peaks[0]


def table(megabytes: int, large: int) -> Iterator[str]:
    """Yield the lines of a Markdown table of what was measured."""
    names = ("instanceview", "orjson", "jsonschema-rs", "jsonschema", "fastjsonschema", "check-jsonschema")
    yield f"Measured on {datetime.now(UTC):%Y-%m-%d}: Python {platform.python_version()}, {platform.machine()}, "
    yield f"{os.cpu_count()} cores; {', '.join(filter(None, map(_version, names)))}; streams of {megabytes} MB."
    yield ""
    yield "| | aim | measured |"
    yield "|---|---|---|"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in (
            in_process(corpora.documents(0.02)),
            on_streams(folder, megabytes),
            on_files(folder),
            of_memory(folder, large),
        ):
            yield from (f"| {what} | {aim} | {measured:.2f} |" for what, aim, measured in part)


def _version(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return ""


def main() -> None:
    """Print the table, and write it to a file where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, help="write the table to this file too")
    parser.add_argument("--megabytes", type=int, default=300, help="the size of the streams (default: 300)")
    parser.add_argument("--large", type=int, default=1000, help="the size of the long stream (default: 1000)")
    options = parser.parse_args()
    lines = []
    for line in table(options.megabytes, options.large):
        print(line, flush=True)
        lines.append(line)
    if options.write:
        options.write.write_text("# Results of throughput.py\n\n" + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
