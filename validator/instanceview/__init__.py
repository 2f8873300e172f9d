"""Check Azure VM instance views against the documented element tables of their api-version.

>>> from instanceview import check
>>> for finding in check({"statuses": [{"code": "PowerState/running", "level": "Fine"}]}).findings:
...     print(finding.severity.value, finding.pointer, finding.message)
error /statuses/0/level "Fine" is not allowed; allowed: Info, Warning, Error

More in modules of their own:
- `instanceview.arrow`: findings of tables for Spark, Dask and others, with the extra `instanceview[arrow]`
- `instanceview.literals`: the names that choices take, as types for a type checker
- `instanceview.testing`: assertions for test suites, and a mixin for `unittest`
- `instanceview.testing.strategies`: Hypothesis strategies, with the extra `instanceview[hypothesis]`
- `instanceview.generating`: documents that show a scenario, and documents with exactly one fault
- `instanceview.generating.hazards`: documents that conform and mislead readers, and the readers that each misleads
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from instanceview.api import check, check_chunk, check_path, check_text, state
    from instanceview.checking.machine_state.resource import ResourceState
    from instanceview.checking.machine_state.values import MachineState, ScaleSetState
    from instanceview.model.finding import Finding
    from instanceview.model.limits import Limits
    from instanceview.model.names import UnknownNameError
    from instanceview.model.report import Report
    from instanceview.model.severity import Severity
    from instanceview.model.summary import Summary
    from instanceview.reporting import render
    from instanceview.tables.catalog import api_versions, registry, schema
    from instanceview.tables.known_codes import KnownCode, vocabulary
    from instanceview.tables.status_code import MalformedStatusCodeError, StatusCode

__version__ = "0.1.0"

__all__ = [
    "Finding",
    "KnownCode",
    "Limits",
    "MachineState",
    "MalformedStatusCodeError",
    "Report",
    "ResourceState",
    "ScaleSetState",
    "Severity",
    "StatusCode",
    "Summary",
    "UnknownNameError",
    "api_versions",
    "check",
    "check_chunk",
    "check_path",
    "check_text",
    "registry",
    "render",
    "schema",
    "state",
    "vocabulary",
]

_HOMES = {
    "api": ("check", "check_chunk", "check_path", "check_text", "state"),
    "checking.machine_state.resource": ("ResourceState",),
    "checking.machine_state.values": ("MachineState", "ScaleSetState"),
    "model.finding": ("Finding",),
    "model.limits": ("Limits",),
    "model.names": ("UnknownNameError",),
    "model.report": ("Report",),
    "model.severity": ("Severity",),
    "model.summary": ("Summary",),
    "reporting": ("render",),
    "tables.catalog": ("api_versions", "registry", "schema"),
    "tables.known_codes": ("KnownCode", "vocabulary"),
    "tables.status_code": ("MalformedStatusCodeError", "StatusCode"),
}


if not TYPE_CHECKING:  # a type checker that sees it accepts any name

    def __getattr__(name: str) -> object:
        """Return a public name from the module that defines it, which is loaded now and no earlier.

        It is kept here: to come here again takes a tenth of the time of a state.
        """
        home = next((home for home, names in _HOMES.items() if name in names), None)
        if home is None:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        found = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
        return found


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
