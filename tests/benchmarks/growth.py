"""Grow a document as real ones grow: by data disks, by extensions with their handlers, by the output of scripts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

_EXTENSIONS = (
    ("AzureMonitorLinuxAgent", "Microsoft.Azure.Monitor.AzureMonitorLinuxAgent", "1.28.11"),
    ("DependencyAgentLinux", "Microsoft.Azure.Monitoring.DependencyAgent.DependencyAgentLinux", "9.10.16.22650"),
    ("AADSSHLoginForLinux", "Microsoft.Azure.ActiveDirectory.AADSSHLoginForLinux", "1.0.2390.1"),
    ("GuestAttestation", "Microsoft.Azure.Security.LinuxAttestation.GuestAttestation", "1.0.1023"),
    ("KeyVaultForLinux", "Microsoft.Azure.KeyVault.KeyVaultForLinux", "2.2.0.2"),
    ("AzurePolicyforLinux", "Microsoft.GuestConfiguration.ConfigurationforLinux", "1.26.60"),
    ("VMAccessForLinux", "Microsoft.OSTCExtensions.VMAccessForLinux", "1.5.15"),
    ("OmsAgentForLinux", "Microsoft.EnterpriseCloud.Monitoring.OmsAgentForLinux", "1.19.0"),
)
_WORDS = ("installed", "package", "service", "started", "reading", "writing", "config", "of", "unit", "0", "1", "200")
_SUCCEEDED = {"code": "ProvisioningState/succeeded", "level": "Info", "displayStatus": "Provisioning succeeded"}


def grown(document: dict[str, Any], size: int, random: Random) -> dict[str, Any]:
    """Return a copy of a document, grown to at least this number of bytes of compact JSON."""
    body: dict[str, Any] = json.loads(json.dumps(document))
    handled = [each["type"] for each in body.get("vmAgent", {}).get("extensionHandlers", ())]
    more = [each for each in _EXTENSIONS if each[1] not in handled]
    random.shuffle(more)
    while len(json.dumps(body, separators=(",", ":"))) < size:
        what = random.choice(("disk", "extension", "output")) if body.get("extensions") else "disk"
        if what == "extension" and more:
            _add_extension(body, more.pop(), random)
        elif what == "output":
            _add_output(body["extensions"][0], random)
        else:
            _add_disk(body)
    return body


def _add_extension(body: dict[str, Any], named: tuple[str, str, str], random: Random) -> None:
    name, kind, version = named
    handler = {"type": kind, "typeHandlerVersion": version}
    handlers = body.get("vmAgent", {}).get("extensionHandlers", [])
    handlers.append({**handler, "status": {**_SUCCEEDED, "displayStatus": "Ready", "message": "Plugin enabled"}})
    said = " ".join(random.choices(_WORDS, k=random.randint(2, 20)))
    body["extensions"].append({"name": name, **handler, "statuses": [{**_SUCCEEDED, "message": said}]})


def _add_output(extension: dict[str, Any], random: Random) -> None:
    said = "\n".join(" ".join(random.choices(_WORDS, k=8)) for _ in range(random.randint(3, 12)))
    status = {**_SUCCEEDED, "code": "ComponentStatus/StdOut/succeeded", "message": said}
    extension.setdefault("substatuses", []).append(status)


def _add_disk(body: dict[str, Any]) -> None:
    disks = body.setdefault("disks", [])
    name = str(disks[0]["name"]).removesuffix("_os") if disks else "app_1"
    time = next((each["time"] for each in body["statuses"] if "time" in each), "2024-07-01T10:00:00+00:00")
    disks.append({"name": f"{name}_data_{len(disks)}", "statuses": [{**_SUCCEEDED, "time": time}]})
