"""Names of files: the suffix that shows the format, and what it says."""

from __future__ import annotations

import os

WITH_COMMENTS = frozenset({".jsonc", ".json5"})
"""The suffixes of JSON that may have comments and trailing commas."""

NO_SUFFIX = "an archive without a suffix such as .zip or .tar"
"""The reason why an archive is passed over that nobody named: office files and packages of programs are some, too."""

_PACKED = frozenset({".gz", ".zst", ".bz2", ".xz", ".zz", ".zlib", ".deflate", ".br", ".lz4", ".z"})
_ARCHIVES = frozenset({".zip", ".tar", ".tgz", ".taz", ".tbz", ".tbz2", ".txz", ".tzst"})


def suffix(file: str) -> str:
    """Return the suffix of a file's name that shows its format, that of compression left out.

    >>> suffix("captures/a.JSON.gz")
    '.json'
    """
    name, end = os.path.splitext(file)
    while end.lower() in _PACKED:
        name, end = os.path.splitext(name)
    return end.lower()


def is_archive_name(file: str) -> bool:
    """Return True if a file is named as an archive, so that it is one where nobody named it.

    >>> is_archive_name("runs.tar.gz"), is_archive_name("runs.TGZ"), is_archive_name("library.jar")
    (True, True, False)
    """
    return suffix(file) in _ARCHIVES
