"""Likenesses of arguments that do not name a file, such as a URL: what they are, and the next steps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ARGUMENTS: Mapping[str, str] = {
    r"(?i)file:/": 'a file URL; pass its path without "file://"',
    r"(?i)https:/+management\.[\w.-]+[:/]": (
        'a URL of Azure; fetch it with "az rest --url", or with curl, and pass - to read the output'
    ),
    r"(?i)https:/+[\w-]+\.(?:blob|dfs)\.[\w.-]+/": (
        'a URL of a storage account; fetch it with "az storage blob download --blob-url", and pass the file; '
        "an engine reads it with fsspec"
    ),
    r"(?i)https:/+(?:github|gitlab)\.com/.+/blob/": "a page about a file; fetch its raw text with curl, and pass -",
    r"(?i)https:/+portal\.azure\.[\w.]+/": (
        'a page of the portal; pass - to read the output of "az vm get-instance-view --ids"'
    ),
    r"(?i)https?:/": "a URL; fetch it with curl, and pass - to read the output; an engine reads it with fsspec",
    r"[A-Za-z][\w+.-]+:/": (
        "a URL; pipe it and pass - to read it, or mount its storage and pass the path; an engine reads it with fsspec"
    ),
    r"/?subscriptions/[^/]+/": 'a resource ID; pass - to read the output of "az vm get-instance-view --ids"',
    r"""\s*[{\[]\s*["'{\[\]}]""": "JSON, not a file name; write it to a file, or pass - to read it from standard input",
}


def advice_for_argument(argument: str) -> str | None:
    """Return the thing that an argument is which does not name a file, and the next step; None if it is unknown.

    >>> advice_for_argument("https:/management.azure.com/x")
    'a URL of Azure; fetch it with "az rest --url", or with curl, and pass - to read the output'
    """
    return next((advice for pattern, advice in _ARGUMENTS.items() if re.match(pattern, argument)), None)
