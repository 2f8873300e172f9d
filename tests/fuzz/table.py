"""The table of harnesses. A new one is a function of bytes and a line here or in a tuple of its module."""

from __future__ import annotations

from of_archives import ARCHIVES
from of_arrow import ARROW
from of_findings import FINDINGS
from of_outputs import OUTPUTS
from of_pages import PAGES
from of_programs import PROGRAMS
from of_readers import READERS
from of_routes import ROUTES
from of_values import VALUES

ALL = (*READERS, *ARCHIVES, *VALUES, *FINDINGS, *ROUTES, *ARROW, *OUTPUTS, *PAGES, *PROGRAMS)
HARNESSES = {each.name: each for each in ALL}
"""Every harness by its name."""
