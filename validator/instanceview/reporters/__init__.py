"""Report -> text: the reporters by name, one file per format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.reporters import json_report, text_report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from instanceview.layout import Layout
    from instanceview.model import Report

REPORTERS: Mapping[str, Callable[[Report, Layout], str]] = {"text": text_report.render, "json": json_report.render}
"""Every reporter; the name is the value of `--format`."""
