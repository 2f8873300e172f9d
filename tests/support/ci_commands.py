"""Read lines of a log as the runners of GitHub Actions and Azure Pipelines do, and undo their escaping."""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """A command that a runner found in a line: its name, its properties and its text."""

    name: str
    properties: dict[str, str]
    text: str


def github(line: str) -> Command | None:
    """Return the command of a line: two colons at its beginning, or else the old form anywhere in it."""
    trimmed = line.lstrip()
    info, separator, text = trimmed[2:].partition("::")
    if trimmed.startswith("::") and separator:
        name, _, rest = info.partition(" ")
        pairs = _pairs(rest, ",")
        properties = {key: _undone(value, "\r\n:,%", "25") for key, value in pairs.items()}
        return Command(name, properties, _undone(text, "\r\n%", "25"))
    _, found, rest = line.partition("##[")
    info, closed, text = rest.partition("]")
    return Command(info.partition(" ")[0], {}, text) if found and closed else None


def azure_pipelines(line: str) -> Command | None:
    """Return the command of a line, at any offset in it."""
    _, found, rest = line.partition("##vso[")
    info, closed, text = rest.partition("]")
    if not found or not closed:
        return None
    name, _, properties = info.partition(" ")
    undone = {key: _undone(value, ";\r\n]%", "AZP25") for key, value in _pairs(properties, ";").items()}
    return Command(name, undone, _undone(text, ";\r\n]%", "AZP25"))


def _pairs(text: str, separator: str) -> dict[str, str]:
    pairs = [pair.split("=", 1) for pair in text.split(separator) if pair]
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and pair[1]}


def _undone(text: str, characters: str, percent: str) -> str:
    """Undo the escapes of the characters in this order, that of the percent sign last."""
    for character in characters:
        text = text.replace(f"%{percent if character == '%' else format(ord(character), '02X')}", character)
    return text
