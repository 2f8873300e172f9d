"""Documents made to order: conforming ones, machines in a named state, and documents with exactly one fault.

>>> from instanceview.generating import scenario
>>> scenario("stopped", kind="vm", api_version="2024-07-01")["statuses"][1]["code"]
'PowerState/stopped'
"""

from instanceview.generating.scenarios import ScenarioError, scenario
from instanceview.generating.spoiling import CannotSpoilError, Spoiled, spoil

__all__ = ["CannotSpoilError", "ScenarioError", "Spoiled", "scenario", "spoil"]
