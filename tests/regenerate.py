"""Write every committed file that is made from others: `python tests/regenerate.py [--check] [PART ...]`.

First `python -m instanceview.derive` writes its files; then each part writes the files that hold expected outputs.
With `--check` nothing is written: the files that differ are named, and the exit code is 1. Parts may be named to run
them alone; `derive` is one of them. Review the changes with `git diff`: they are what users will see.
"""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
PARTS = {
    "samples": "samples/*conformant, samples/page and samples/suite",
    "capture_samples": "samples/captures",
    "recordings": "tests/data/recordings, but for vcr_yaml",
    "answered": "tests/data/answered",
    "changed_recordings": "tests/data/changed_recordings",
    "changed_documents": "tests/data/changed_documents",
    "artefacts": "tests/data/artefacts and tests/data/field",
    "changed_secrets": "tests/data/secrets/changed.txt",
    "cassette_cases": "tests/data/recordings/vcr_yaml",
    "yaml_cases": "tests/data/yaml",
    "bad_input": "tests/data/bad_input",
    "limited": "tests/data/limits",
    "transcripts": "tests/data/check",
    "command_cases": "tests/data/commands",
    "states": "tests/data/states and tests/data/changed_states",
    "facts": "tests/tables/facts.digest.json, with the facts at hand",
    "hazards": "misled.json and facts.json of generating/hazards, the latter with the captures at hand",
    "picture": "validator/docs/finding.svg",
    "page_picture": "validator/docs/report.svg",
    "documentation": "outputs in the pages; last, since commands there read the samples",
}
"""Modules of tests/support by name, each with a function `fresh` that yields files and texts, and what it writes."""


def main() -> int:
    """Return the exit code: 1 where `--check` finds a file that differs, or `derive` fails."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; name the files that differ, exit with 1")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"derive, {', '.join(PARTS)}; all when none is named")
    given = parser.parse_args()
    unknown = sorted({*given.parts} - {"derive", *PARTS})
    if unknown:
        parser.error(f"unknown part {unknown[0]}; known: derive, {', '.join(PARTS)}")
    wanted = given.parts or ["derive", *PARTS]
    code = derive(check=given.check) if "derive" in wanted else 0
    if code and not given.check:
        return code  # the parts would be made from the old tables
    changed = [path for part in PARTS if part in wanted for path in update(part, check=given.check)]
    return 1 if code or (given.check and changed) else 0


def derive(*, check: bool) -> int:
    """Run `python -m instanceview.derive` in a process of its own: this one must not load the tables before."""
    command = [sys.executable, "-m", "instanceview.derive", *(["--check"] if check else [])]
    return subprocess.run(command, cwd=ROOT / "validator", check=False).returncode


def update(part: str, *, check: bool) -> Iterator[Path]:
    """Yield each file of a part that differs from what it should be; write it unless this is a check."""
    # Loaded now: it reads the tables that `derive` has just written.
    from checkout import NotHereError

    try:
        for path, text in import_module(part).fresh():
            if path.exists() and path.read_bytes() == text.encode():
                continue
            if not check:
                path.write_text(text, "utf-8", newline="\n")
            print(f"{'differs' if check else 'written'}: {path.relative_to(ROOT).as_posix()}")
            yield path
    except NotHereError as error:
        print(f"skipped: {PARTS[part]}: {error}")


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "validator"), str(ROOT / "tests" / "support")]
    sys.exit(main())
