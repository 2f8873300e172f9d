"""Makes what the guest of a machine reports agree with its state: agent, extensions, handlers and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from instanceview.generating.conform import power_state
from instanceview.generating.known import in_order, known_codes, known_status
from instanceview.tables.vocabulary import parsed

if TYPE_CHECKING:
    from instanceview.generating.conform import Json
    from instanceview.generating.machine import Guest, Machine

_READY = "ProvisioningState/succeeded"
_NOT_READY = "ProvisioningState/Unavailable"
_NONE = ""
_ANY = (_READY, _NOT_READY)
# The codes of agents in captures, by the provisioning and power state of the machine; `_NONE` is a machine without an
# agent. The first code replaces one that is not listed. In any other state, an agent is ready or not.
_AGENTS = {
    ("creating", ""): (_NONE, _NOT_READY),
    ("creating", "creating"): (_NONE,),
    ("creating", "starting"): (_NONE,),
    ("creating", "running"): (_NONE, _NOT_READY),
    ("creating/osprovisioninginprogress", "running"): (_NONE, _NOT_READY),
    ("creating/osprovisioningcomplete", "running"): (_NOT_READY,),
    ("succeeded/osprovisioningcomplete", "running"): (_READY,),
    ("succeeded", "starting"): (_READY,),
    ("updating", "running"): (_READY,),
}
# The provisioning states beside which extensions occur; `failed` is that of a VM whose extension failed.
_EXTENDED = {"succeeded", "failed", "updating"}
_UNRESPONSIVE = "VM Agent is unresponsive."


def report(body: Json, kind: str, guest: Guest, machine: Machine) -> None:
    """Make a machine's agent, extensions, handlers and names agree with its state and guest, in place."""
    code = _correct_agent(body, kind, guest, machine)
    if code == _NONE:
        body.pop("vmAgent", None)
    if power_state(body) != "running":
        body.pop("vmHealth", None)
    _correct_extensions(body, kind, guest, ready=code == _READY)
    _name_guest(body, guest, machine, ready=code == _READY)


def is_ready(body: Json) -> bool:
    """Return True if the agent of a machine is ready."""
    return any(status["code"] == _READY for status in body.get("vmAgent", {}).get("statuses", ()))


def _provisioning(body: Json) -> str:
    """Return the folded provisioning state of a machine with its detail, empty where its statuses have none."""
    codes = (parsed(status["code"]) for status in body.get("statuses", ()))
    found = (code for code in codes if code and code.category == "ProvisioningState")
    return next(("/".join(filter(None, (code.state, code.detail))).lower() for code in found), "")


def _correct_agent(body: Json, kind: str, guest: Guest, machine: Machine) -> str:
    """Give the agent the one status that it has in this state, and return its code, which is empty for no agent."""
    if "vmAgent" not in body:
        return _NONE
    power = power_state(body)
    if power == "deallocated" and not machine.report_stays:
        return _NONE
    agent = body["vmAgent"]
    allowed = _AGENTS.get((_provisioning(body), power), _ANY)
    drawn = next(iter(agent.get("statuses", ())), known_status(kind, "vmAgent.statuses", _READY).status())
    if drawn["code"] not in allowed:
        drawn = known_status(kind, "vmAgent.statuses", allowed[0] or _NOT_READY).status()
    if drawn["code"] == _READY and drawn.get("message") not in guest.messages:
        drawn["message"] = guest.messages[0]
    drawn.setdefault("message", "VM status blob is found but not yet populated.")
    agent["statuses"] = [in_order(drawn)]
    agent["vmAgentVersion"] = guest.vmAgentVersion if drawn["code"] == _READY else "Unknown"
    return str(drawn["code"]) if drawn["code"] in allowed else _NONE


def _correct_extensions(body: Json, kind: str, guest: Guest, *, ready: bool) -> None:
    """Give each extension the names of one in the guest, and a handler if it has reported.

    While the VM is updating, or beside an unresponsive agent, an extension without a report has only a name.
    """
    agent = body.get("vmAgent", {})
    extensions: list[Json] = body.get("extensions", [])
    del extensions[len(guest.extensions) :]
    provisioning = _provisioning(body)
    if not ready:
        agent.pop("extensionHandlers", None)
    unresponsive = not ready and _is_unresponsive(body) and provisioning == "succeeded"
    if not unresponsive and not (ready and provisioning.partition("/")[0] in _EXTENDED and "/os" not in provisioning):
        body.pop("extensions", None)
        if ready and "extensionHandlers" in agent:
            agent["extensionHandlers"] = []
        return
    for extension, of_guest in zip(extensions, guest.extensions, strict=False):
        if unresponsive or (not extension.get("statuses") and provisioning == "updating"):
            extension.clear()
            extension["name"] = of_guest["name"]
        else:
            extension.update(of_guest)
            if not extension.get("statuses"):
                extension["statuses"] = [_enabled(kind)]
    if ready:
        _match_handlers(agent, kind, [extension for extension in extensions if "type" in extension])


def _is_unresponsive(body: Json) -> bool:
    return any(status.get("message") == _UNRESPONSIVE for status in body.get("vmAgent", {}).get("statuses", ()))


def _enabled(kind: str) -> Json:
    status = known_status(kind, "extensions.statuses", "ProvisioningState/succeeded").status()
    return {**status, "message": "Enable succeeded."}


def _match_handlers(agent: Json, kind: str, extensions: list[Json]) -> None:
    """Give each extension its handler. Only the handler of an extension in transition may be `Installing`."""
    if "extensionHandlers" not in agent and not extensions:
        return
    usual = known_codes(kind, "vmAgent.extensionHandlers.status")[0].status()
    drawn: list[Json] = [*agent.get("extensionHandlers", ()), *({} for _ in extensions)]
    handlers = []
    for extension, handler in zip(extensions, drawn, strict=False):
        status: dict[str, Any] = dict(handler.get("status", usual))
        if "Installing" in status["code"] and "transitioning" not in str(extension.get("statuses")):
            status = dict(usual)
        handlers.append({**{name: extension[name] for name in ("type", "typeHandlerVersion")}, "status": status})
    agent["extensionHandlers"] = handlers


def _name_guest(body: Json, guest: Guest, machine: Machine, *, ready: bool) -> None:
    """Give the document the three names that a ready agent reports, or none where it lacks one of them."""
    values = {"computerName": machine.fill("$computer"), "osName": guest.osName, "osVersion": guest.osVersion}
    named = ready and bool(guest.osName) and values.keys() <= body.keys()
    for name, value in values.items():
        if named:
            body[name] = value
        else:
            body.pop(name, None)
    if "hyperVGeneration" in body:
        body["hyperVGeneration"] = guest.hyperVGeneration
