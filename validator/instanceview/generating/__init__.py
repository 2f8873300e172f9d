"""Documents made to order: conforming ones, machines in a named state, hazards, and documents with exactly one fault.

>>> from instanceview.generating import hazard, scenario
>>> scenario("stopped", kind="vm", api_version="2024-07-01")["statuses"][1]["code"]
'PowerState/stopped'
>>> hazard("creating-nothing-else")["statuses"]
[{'code': 'ProvisioningState/creating', 'level': 'Info', 'displayStatus': 'Creating'}]
"""

from instanceview.generating.hazards import hazard
from instanceview.generating.scenarios import ScenarioError, scenario
from instanceview.generating.spoiling import CannotSpoilError, Spoiled, spoil

__all__ = ["CannotSpoilError", "ScenarioError", "Spoiled", "hazard", "scenario", "spoil"]
