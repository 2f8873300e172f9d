"""Measurements of `state` on parsed documents: those of the other parts, captured ones, and ones with many disks."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import orjson
from in_memory import each, settle, texts
from rounds import beyond, in_turn

from instanceview import state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rounds import Row, Work
    from sizes import Sizes

WORK = (
    "One process, one core; seconds are those of the processor. O: a loop of `orjson.loads` over the documents as "
    "compact JSON, each value dropped at once. Each row is what a loop of `instanceview.state(orjson.loads(text))` "
    "takes beyond that, in O: it recognises an instance view, finds its kind and reads its state. Captured: the 2,767 "
    "machines beside the project, where they are present."
)
_DISKS = 64  # the most data disks that a size of VM takes
_MACHINES = 200


def rows(sizes: Sizes) -> Iterator[Row]:
    """Yield the rows of this part of the table."""
    corpora = {"generated": texts(0, sizes.chunk // 10), "captured": list(_captured()), "disks": list(_with_disks())}
    works: dict[str, Work] = {}
    for name, lines in corpora.items():
        if lines:
            works[f"O {name}"] = each(orjson.loads, lines)
            works[name] = each(_read, lines)
    settle()
    in_turn(lambda _: works, 1)  # compiles what is compiled once
    times = in_turn(lambda _: works, sizes.many_rounds, process_time)
    gc.unfreeze()
    about = {"generated": "generated documents", "captured": "captured machines", "disks": f"{_DISKS} disks"}
    for name, words in about.items():
        if name in works:
            unit = f"O {name}"
            yield beyond(times, f"the state of a parsed document, {words}, in O", "<= 6", name, unit, unit)


def _read(text: bytes) -> None:
    state(orjson.loads(text))


def _captured() -> Iterator[bytes]:
    """Yield the captured machines as compact JSON, none where they are not present."""
    beside = Path(__file__).parents[3] / "shared"
    folder = Path(os.environ.get("IV_TEST_SHARED", beside)) / "captures" / "documents"
    for kind in ("vm", "vmss-vm") if folder.is_dir() else ():
        rows = map(orjson.loads, (folder / f"{kind}.ndjson").read_bytes().splitlines())
        yield from (orjson.dumps(row["document"]) for row in rows if row["kind"] == "document" and row["real"])


def _with_disks() -> Iterator[bytes]:
    """Yield machines with many disks."""
    done = {"code": "ProvisioningState/succeeded", "level": "Info", "displayStatus": "Provisioning succeeded"}
    running = {"code": "PowerState/running", "level": "Info", "displayStatus": "VM running"}
    for machine in range(_MACHINES):
        time = f"2024-07-01T12:{machine % 60:02}:41.1234567+00:00"
        disks = [{"name": f"web-{machine}_{number}", "statuses": [{**done, "time": time}]} for number in range(_DISKS)]
        yield orjson.dumps({"disks": disks, "statuses": [{**done, "time": time}, running]})
