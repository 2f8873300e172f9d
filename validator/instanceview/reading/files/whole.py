"""The whole of a file that is not an input: a baseline, a list of names, a report to compare with."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from instanceview.model.limits import DEFAULTS

if TYPE_CHECKING:
    from typing import BinaryIO

_BLOCK = 1 << 20  # bytes; a read of all that is allowed would reserve as much memory for a file of a line


def whole(file: BinaryIO) -> bytes:
    """Return all that is in a file; raises OSError for one that is too large, such as a device without an end."""
    parts: list[bytes] = []
    while block := file.read(_BLOCK):
        parts.append(block)
        if len(parts) > DEFAULTS.file_in_memory // _BLOCK:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return b"".join(parts)
