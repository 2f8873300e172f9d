"""The rule `secret-in-text`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.redaction import kind_of_secret, meant_name, redact, redact_member
from instanceview.model.secrets.gate import CLOSER_MARKS, SECRET_MARKS
from instanceview.model.severity import Severity
from instanceview.rules.quiet import Without
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.places.spans import Path
    from instanceview.rules.site import Site

    Secret = tuple[Path, str, str, str | None]
    """A text that has a secret: its path, the text, the redacted text, and the name of its member, None for a key."""

SENTENCE = "A text contains a secret: a signature, a token or a key."
WHY = "Instance views are saved, shared and committed; anyone who reads one can use its secret until it is revoked."
GOOD = Example('{"bootDiagnostics": {"serialConsoleLogBlobUri": "https://a.example/log?sig=[redacted]"}}')
BAD = Example('{"bootDiagnostics": {"serialConsoleLogBlobUri": "https://a.example/log?sig=bm90LWEtc2VjcmV0"}}')


def check(site: Site) -> Iterator[Found]:
    """Yield every text that outputs redact: values and keys of the document, undocumented ones too."""
    secrets: list[Secret] = []
    _collect(site.path, site.value, "", secrets)
    for path, value, shown, name in secrets:
        hint = "remove it before you share this document, and revoke it"
        facts = {"kind": kind_of_secret(value, name)}
        # The finding keeps the redacted text, never the secret.
        yield Found(
            path, "{value} contains {kind!s}", shown, (), facts, hint, spot="secret-key" if name is None else "secret"
        )


def _collect(path: Path, value: object, name: str, secrets: list[Secret]) -> None:
    """Add each text in a value that has a secret, or is one by its name, to `secrets`, in the order of the document."""
    if isinstance(value, str):
        shown = redact_member(name, value)
        if shown != value:
            secrets.append((path, value, shown, name))
    elif isinstance(value, dict):
        for key, item in value.items():
            below = (*path, key)
            shown = redact(key)
            if shown != key:
                secrets.append((below, key, shown, None))
            _collect(below, item, meant_name(value, key, name), secrets)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _collect((*path, index), item, name, secrets)


RULE: Rule = Rule(
    "secret-in-text",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("service",),
    GOOD,
    BAD,
    ("document",),
    check,
    quiet={"document": (Without(SECRET_MARKS, CLOSER_MARKS),)},
    follows="deallocated-placement-group",
)
