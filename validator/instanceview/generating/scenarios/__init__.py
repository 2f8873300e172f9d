"""Scenarios: named situations of a machine or scale set, and documents that show them; one JSON file for each.

A file has the subject of the situation, the elements that it cannot do without (`needs`), and the content of its
documents: a JSON merge patch (RFC 7386) of those of `running.json`. The vocabulary adds the rest of each status.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from instanceview.generating.agree import agree
from instanceview.generating.machine import MOST, any_machine
from instanceview.generating.scenarios.build import completed, merged, varied, with_domains
from instanceview.model.names import known
from instanceview.tables.catalog import KINDS, api_versions
from instanceview.tables.describe import is_element, line_of
from instanceview.tables.elements import NEWEST

__all__ = ["ScenarioError", "scenario", "scenarios", "since"]

_USUAL = "running"


class ScenarioError(ValueError):
    """A scenario that a kind or an api-version cannot express; the text says which ones can."""


def scenarios() -> dict[str, str]:
    """Return the subject of each scenario, by name, `running` first.

    >>> scenarios()["stopped"]
    "The VM is off but keeps its host; the agent's last report stands."
    """
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.json"))
    names.sort(key=lambda name: name != _USUAL)
    return {name: _content(name)["about"] for name in names}


def scenario(
    name: str = _USUAL, *, api_version: str | None = None, kind: str = KINDS[0], seed: int = 0, vary: bool = False
) -> dict[str, Any]:
    """Return a document that shows a scenario and conforms: it has no finding at this kind and api-version.

    `api_version` defaults to the newest. `seed` chooses the machine: its names, numbers, guest and times; equal seeds
    give equal documents. With `vary` it also chooses which other members there are, and how many disks and extensions.
    Raises UnknownNameError for an unknown name, ScenarioError for a kind or api-version that cannot express the
    scenario; both are ValueErrors.

    >>> [status["code"] for status in scenario("stopped", api_version="2024-07-01", kind="vm")["statuses"]]
    ['ProvisioningState/succeeded', 'PowerState/stopped']
    """
    known("scenario", name, tuple(scenarios()))
    known("kind", kind, KINDS)
    version = known("api-version", api_version or api_versions()[-1], api_versions())
    first = since(name, kind)
    if first > version:
        raise ScenarioError(_why_not(name, kind, version))
    section = _section(kind)
    random = Random(seed)  # noqa: S311 (no cipher: equal seeds give equal documents)
    machine = any_machine(random)._replace(number=seed % (MOST + 1))
    body = completed(merged(_content(_USUAL)[section], _content(name)[section]), kind, version)
    if vary:
        stated = set() if name == _USUAL else set(_content(name)[section])
        body = varied(body, completed(_content(_USUAL)[section], kind, version), stated, random)
    return agree(with_domains(body, machine.number), kind, version, machine)


def since(name: str, kind: str) -> str:
    """Return the first api-version at which a kind can express a scenario, one after all others if it never can.

    >>> since("unhealthy", "vm"), since("stopped", "vmss")
    ('2020-06-01', '9999')
    """
    content = _content(name)
    if _section(kind) not in content or not all(is_element(kind, path) for path in content.get("needs", ())):
        return NEWEST
    return max((line_of(kind, path)[-1].since for path in content.get("needs", ())), default=api_versions()[0])


@cache
def _content(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((Path(__file__).parent / f"{name}.json").read_bytes())
    return content


def _section(kind: str) -> str:
    return "scale set" if kind == "vmss" else "machine"


def _why_not(name: str, kind: str, api_version: str) -> str:
    first = since(name, kind)
    needs = ", ".join(_content(name).get("needs", ()))
    if first != NEWEST:
        return f'scenario "{name}" needs {needs}, which {kind} documents have from {first} on; found {api_version}'
    able = " or ".join(f"{each} from {since(name, each)} on" for each in KINDS if since(name, each) != NEWEST)
    return f'scenario "{name}" cannot be told in a {kind} document; use {able}'
