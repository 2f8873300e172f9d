"""Check Azure VM instance views against the documented element tables of their api-version.

>>> from instanceview import check
>>> for finding in check({"statuses": [{"code": "PowerState/running", "level": "Fine"}]}).findings:
...     print(finding.severity.value, finding.pointer, finding.message)
error /statuses/0/level "Fine" is not allowed; allowed: Info, Warning, Error
"""

from instanceview.api import check, check_path, check_text
from instanceview.catalog import UnknownNameError, api_versions, registry, schema
from instanceview.model import Finding, Report, Severity
from instanceview.status_code import MalformedStatusCodeError, StatusCode

__version__ = "0.1.0"

__all__ = [
    "Finding",
    "MalformedStatusCodeError",
    "Report",
    "Severity",
    "StatusCode",
    "UnknownNameError",
    "api_versions",
    "check",
    "check_path",
    "check_text",
    "registry",
    "schema",
]
