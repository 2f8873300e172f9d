"""Hypothesis strategies of instance views: ones that conform, and ones with exactly one fault.

Needs the extra `instanceview[hypothesis]`.

>>> from hypothesis import given, settings
>>> from instanceview import check
>>> from instanceview.testing.strategies import instance_views
>>> @settings(max_examples=10)
... @given(instance_views("vm", "2024-07-01"))
... def test_a_drawn_document_has_no_finding(document):
...     assert not check(document, kind="vm", api_version="2024-07-01").findings
>>> test_a_drawn_document_has_no_finding()
"""

from __future__ import annotations

try:
    import hypothesis  # noqa: F401 (looked for here, so that its absence gets one clear line)
    import hypothesis_jsonschema  # noqa: F401
except ModuleNotFoundError as error:  # pragma: no cover (the tests have both)
    message = f"instanceview.testing.strategies needs {error.name}; install instanceview[hypothesis]"
    raise ModuleNotFoundError(message, name=error.name) from error

from instanceview.testing.strategies.documents import instance_views, spoiled_instance_views
from instanceview.testing.strategies.names import api_versions, status_codes, statuses

__all__ = ["api_versions", "instance_views", "spoiled_instance_views", "status_codes", "statuses"]
