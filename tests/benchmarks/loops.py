"""Loops that a user would write without us, each in a process of its own: `python loops.py NAME FILE [SCHEMA]`."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path


def orjson_lines(file: str) -> None:
    """Parse the lines of a file, each value dropped at once."""
    import orjson

    with Path(file).open("rb") as lines:
        for line in lines:
            orjson.loads(line)


def orjson_whole(file: str) -> None:
    """Parse a file as one value."""
    import orjson

    orjson.loads(Path(file).read_bytes())


def orjson_files(folder: str) -> None:
    """Read each file below a folder, and parse those that are JSON, each value dropped at once."""
    import orjson

    for path in Path(folder).rglob("*.*"):
        data = path.read_bytes()
        if path.suffix == ".json":
            with suppress(ValueError):
                orjson.loads(data)


def orjson_bodies(file: str) -> None:
    """Parse a recording, and the document in each of its entries, each value dropped at once."""
    import orjson

    for entry in orjson.loads(Path(file).read_bytes())["Entries"]:
        orjson.loads(entry["ResponseBody"])


def yaml_whole(file: str) -> None:
    """Parse a file of YAML as one value, by the parser in C."""
    import yaml

    with Path(file).open("rb") as stream:
        yaml.load(stream, Loader=yaml.CSafeLoader)


def jsonschema_bodies(file: str, schema: str) -> None:
    """Validate the document in each entry of a recording with json and jsonschema."""
    import jsonschema

    validator = jsonschema.Draft7Validator(json.loads(Path(schema).read_bytes()))
    for entry in json.loads(Path(file).read_bytes())["Entries"]:
        validator.is_valid(json.loads(entry["ResponseBody"]))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
