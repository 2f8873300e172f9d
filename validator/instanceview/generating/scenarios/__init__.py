"""Scenarios: named situations of a machine or scale set, and documents that show them; one JSON file for each.

A file has a sentence `about` the situation, the elements that it `needs`, and a section for each subject that shows it.
A section is a JSON merge patch (RFC 7386) of the usual document, which `running.json` has for machines and
`succeeded.json` for everything else. `varied` has further patches; a varied document has one of them or none. The
vocabulary adds the rest of each status. `by name alone` lists subjects whose captures do not show the situation.
"""

from __future__ import annotations

import json
from functools import cache, reduce
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from instanceview.generating.agree import agree
from instanceview.generating.machine import MOST, any_machine
from instanceview.generating.machine import usual as usual_machine
from instanceview.generating.scenarios.build import completed, merged, varied
from instanceview.generating.variants import fullest, variant
from instanceview.model.names import known
from instanceview.model.text import with_article
from instanceview.tables.catalog import UNVERSIONED, version_given, versions_of
from instanceview.tables.descent import is_element, line_of
from instanceview.tables.elements import NEWEST
from instanceview.tables.kinds import KIND_VALUES, KINDS, any_of

if TYPE_CHECKING:
    from instanceview.literals import ApiVersion, KindName

__all__ = ["ALL", "ScenarioError", "scenario", "scenarios", "since"]

ALL = "all"
"""The name for any scenario: the seed chooses it among those that a kind and api-version can express."""
_USUAL = ("running", "succeeded")
"""The scenarios with whole documents: the first for machines and scale sets, the second for all other subjects."""
_MORE_USUAL = 4
"""How many times as often as each other scenario `all` draws the usual one."""


class ScenarioError(ValueError):
    """A scenario or hazard that a kind or an api-version cannot express; the message says which ones can."""


def scenarios() -> dict[str, str]:
    """Return the sentence about each scenario by its name, the usual ones first.

    >>> scenarios()["stopped"]
    "The VM is off but keeps its host; the agent's last report remains."
    """
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.json"))
    names.sort(key=lambda name: name not in _USUAL)
    return {name: _content(name)["about"] for name in names}


def usual_of(kind: str) -> str:
    """Return the name of the usual scenario of a kind.

    >>> usual_of("vm"), usual_of("vm-extension")
    ('running', 'succeeded')
    """
    subject = KIND_VALUES[kind].subject
    return next((name for name in _USUAL if subject in _content(name)), _USUAL[-1])


def scenario(
    name: str | None = None,
    *,
    api_version: ApiVersion | None = None,
    kind: KindName = KINDS[0],
    seed: int = 0,
    vary: bool = False,
) -> dict[str, Any]:
    """Return a document that shows a scenario and conforms: it has no finding at this kind and api-version.

    Without `name`, it is the usual one of the kind: `running` for machines and scale sets, else `succeeded`.
    `api_version` defaults to the newest. `seed` chooses the machine: its names, numbers, guest and times; equal seeds
    give equal documents. With `vary`, it also chooses the other members, the number of disks and extensions, and one of
    the ways in which captures show the scenario. Then a deallocated scale-set VM may have its placement group, which is
    a note. The scenario `all` is any one, by seed. Raises UnknownNameError for an unknown name, and ScenarioError for a
    kind or api-version that cannot express the scenario; both are ValueErrors.

    >>> [status["code"] for status in scenario("stopped", api_version="2024-07-01", kind="vm")["statuses"]]
    ['ProvisioningState/succeeded', 'PowerState/stopped']
    """
    known("kind", kind, KINDS)
    usual = usual_of(kind)
    name = known("scenario", usual if name is None else name, (*scenarios(), ALL))
    version = version_given(kind, api_version)
    random = Random(seed)  # noqa: S311 (no cipher: equal seeds give equal documents)
    if name == ALL:
        name = random.choice(_any_of(kind, version) or (usual,))
    if since(name, kind) > version or version not in versions_of(kind):
        raise ScenarioError(_why_not(name, kind, version))
    machine = any_machine(random)._replace(number=seed % (MOST + 1))
    if not vary:
        machine = usual_machine(machine)
    return agree(_body(name, kind, version, random if vary else None), kind, version, machine)


def _body(name: str, kind: str, version: str, random: Random | None) -> dict[str, Any]:
    """Return the document of a scenario before its parts agree; `random` chooses its members where they vary."""
    section, usual, whole = KIND_VALUES[kind].subject, usual_of(kind), _usual(kind, version)
    patches = [_content(name)[section]] if name != usual else []
    if random:
        patches.append(random.choice(({}, *_content(name).get("varied", {}).get(section, ()))))
    body = whole
    if any(patches):
        body = completed(reduce(merged, patches, _content(usual).get(section, whole)), kind, version)
    if not random:
        return body
    always = {*variant(kind, version, realistic=True)["required"], *(name for patch in patches for name in patch)}
    always |= {name.partition(".")[0] for way in KIND_VALUES[kind].marks for name in way.split()}
    return varied(body, whole, always, random)


@cache
def _any_of(kind: str, api_version: str) -> tuple[str, ...]:
    """Return the scenarios that `all` draws from, the usual one several times."""
    subject, usual = KIND_VALUES[kind].subject, usual_of(kind)
    unasked = [name for name in scenarios() if subject not in _content(name).get("by name alone", ())]
    able = [name for name in unasked if since(name, kind) <= api_version]
    return (*[name for name in able if name == usual] * (_MORE_USUAL - 1), *able)


def since(name: str, kind: str) -> str:
    """Return the first api-version at which a kind can express a scenario, or `NEWEST` if it never can.

    >>> since("unhealthy", "vm"), since("stopped", "vmss")
    ('2020-06-01', '~')
    """
    content = _content(name)
    needs = content.get("needs", ())
    is_shown = name == usual_of(kind) or KIND_VALUES[kind].subject in content
    if not is_shown or not all(is_element(kind, path) for path in needs):
        return NEWEST
    return max((line_of(kind, path)[-1].since for path in needs), default=versions_of(kind)[0])


@cache
def _content(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((Path(__file__).parent / f"{name}.json").read_bytes())
    return content


def _usual(kind: str, api_version: str) -> dict[str, Any]:
    """Return a document of the usual scenario, with every member where its file has no section for the subject."""
    section = KIND_VALUES[kind].subject
    content = _content(usual_of(kind))
    return completed(content[section], kind, api_version) if section in content else fullest(kind, api_version)


def _why_not(name: str, kind: str, api_version: str) -> str:
    first = since(name, kind)
    needs = ", ".join(_content(name).get("needs", ()))
    every = versions_of(kind)
    if api_version < every[0]:
        return f"{kind} documents are defined since {every[0]}; found {api_version}"
    if api_version not in every:
        of_kind = f"{kind} documents have {len(every)} api-versions of their own, {every[0]} to {every[-1]}"
        return f"{of_kind}; found {api_version}; list them with instanceview api-versions --kind {kind}"
    if first != NEWEST:
        return f'scenario "{name}" needs {needs}, which {kind} documents have since {first}; found {api_version}'
    firsts = {each: since(name, each) for each in KINDS}
    able = [
        each if first == UNVERSIONED else f"{each} since {first}" for each, first in firsts.items() if first != NEWEST
    ]
    return f'scenario "{name}" cannot be shown in {with_article(kind)} document; use {any_of(able)}'
