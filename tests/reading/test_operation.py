"""Request URLs: the kind, the place and the api-version of the instance view in their answer."""

from __future__ import annotations

import pytest

from instanceview.reading.operation import path_of, request_of

GROUP = "/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute"
WHOLE, HELD = False, True

OURS = {
    f"{GROUP}/virtualMachineScaleSets/s/virtualMachines/0/instanceView?api-version=2024-07-01": ("vmss-vm", WHOLE),
    f"{GROUP}/virtualMachineScaleSets/s/instanceView?api-version=2024-07-01": ("vmss", WHOLE),
    f"{GROUP}/virtualMachines/v/instanceView?api-version=2024-07-01": ("vm", WHOLE),
    f"{GROUP}/virtualMachines/v/InstanceView/?API-Version=2024-07-01": ("vm", WHOLE),
    f"HTTPS://MANAGEMENT.AZURE.COM{GROUP.upper()}/VIRTUALMACHINES/V/INSTANCEVIEW?api-version=2024-07-01": ("vm", WHOLE),
    f"https://management.azure.com:443{GROUP}//virtualMachines/v/instanceView?api-version=2024-07-01": ("vm", WHOLE),
    f"{GROUP}/virtualMachines/v?$expand=instanceView&api-version=2024-07-01": ("vm", HELD),
    f"{GROUP}/virtualMachines/v?%24expand=instanceView&api-version=2024-07-01": ("vm", HELD),
    f"{GROUP}/virtualMachines/v?api-version=2024-07-01&%24Expand=InstanceView%2CuserData": ("vm", HELD),
    f"{GROUP}/virtualMachines?statusOnly=true&api-version=2024-07-01": ("vm", HELD),
    f"{GROUP}/locations/westus/virtualMachines?statusOnly=true&api-version=2024-07-01": ("vm", HELD),
    f"{GROUP}/virtualMachineScaleSets/s/virtualMachines?$expand=instanceView&api-version=2024-07-01": ("vmss-vm", HELD),
    f"{GROUP}/virtualMachineScaleSets/s/virtualMachines/0?$expand=instanceView&api-version=2024-07-01": (
        "vmss-vm",
        HELD,
    ),
    "/subscriptions/0/providers/Microsoft.Compute/virtualMachines?statusOnly=true&api-version=2024-07-01": ("vm", HELD),
    f"{GROUP}/virtualMachines/v/extensions/e?$expand=instanceView&api-version=2024-07-01": ("vm-extension", HELD),
    f"{GROUP}/virtualMachineScaleSets/s/virtualMachines/0/extensions/e?$expand=instanceView&api-version=2024-07-01": (
        "vm-extension",
        HELD,
    ),
    f"{GROUP}/virtualMachines/v/runCommands/r?$expand=instanceView&api-version=2024-07-01": ("run-command", HELD),
    f"{GROUP}/hostGroups/g?$expand=instanceView&api-version=2024-07-01": ("dedicated-host-group", HELD),
    f"{GROUP}/capacityReservationGroups/c?$expand=instanceView&api-version=2024-07-01": (
        "capacity-reservation-group",
        HELD,
    ),
    f"{GROUP}/cloudServices/c/instanceView?api-version=2024-07-01": ("cloud-service", WHOLE),
}

OTHERS = (
    f"{GROUP}/galleries/g/images/i?$expand=instanceView",
    f"{GROUP}/virtualMachines/v/providers/Microsoft.Maintenance/updates?$expand=instanceView",
    "/subscriptions/0/resourceGroups/g/providers/Microsoft.ContainerInstance/containerGroups/c",
    "/subscriptions/0/resourceGroups/g/providers/Microsoft.HybridCompute/machines/m?$expand=instanceView",
    "/subscriptions/0/resourceGroups/g/providers/Microsoft.ClassicCompute/virtualMachines/v?$expand=instanceView",
    "https://example.com/virtualMachines/v/instanceView",
    "https://[broken/virtualMachines?$expand=instanceView",
    "",
)


@pytest.mark.parametrize("url", OURS)
def test_a_request_for_an_instance_view_has_its_kind_and_place(url: str) -> None:
    request = request_of(url)
    assert (request.kind, request.embedded) == OURS[url]
    assert (request.is_for_view, request.api_version) == (True, "2024-07-01")


@pytest.mark.parametrize("url", OTHERS)
def test_a_request_for_something_else_has_no_kind(url: str) -> None:
    assert request_of(url).kind is None


def test_a_page_of_a_list_may_hold_instance_views_that_its_url_does_not_ask_for() -> None:
    request = request_of(f"{GROUP}/virtualMachines?api-version=2024-07-01&$skiptoken=abc")
    assert (request.kind, request.embedded, request.is_for_view) == ("vm", True, False)


def test_a_version_that_is_not_given_is_none() -> None:
    assert request_of(f"{GROUP}/virtualMachines/v/instanceView").api_version is None
    assert request_of(f"{GROUP}/virtualMachines/v/instanceView?api-version=").api_version is None


def test_the_path_identifies_the_resource_and_not_the_host() -> None:
    first, second = (
        path_of(f"{host}/A%20B/c?d=e") for host in ("http://localhost:1234", "https://management.azure.com")
    )
    assert first == second == "/a b/c"
