"""Texts with a secret beside their redacted form, and texts that look like one and are harmless."""

from __future__ import annotations

# Split, so that nobody who scans this file for secrets finds one.
JWT = "ey" + "JhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ."
PEM_BEGIN, PEM_END = "-----BEGIN " + "PRIVATE KEY-----", "-----END " + "PRIVATE KEY-----"

REDACTIONS = {
    "https://a.example/log?sv=1&sig=a%2Bb%3D&se=2": "https://a.example/log?sv=1&sig=[redacted]&se=2",
    "?sig=a": "?sig=[redacted]",
    "privateKey: |\n  line1AbCdEfGhIj01\n  line2AbCdEfGhIj01 is written": "privateKey: |\n  [redacted]",
    '<p>as root (password "Zq7!kP2v_hX9wLm4") -> denied</p>': '<p>as root (password "[redacted]") -> denied</p>',
    "x;SIG=a+b/c==;y": "x;SIG=[redacted];y",
    '"https://a.example/?sig=a" and <https://b.example/?sig=b>': (
        '"https://a.example/?sig=[redacted]" and <https://b.example/?sig=[redacted]>'
    ),
    "Authorization: Bearer  abc.def~1": "Authorization: Bearer  [redacted]",
    "bearer\na1, next": "bearer\n[redacted], next",
    "Bearer abcdefghijklmnopqrst": "Bearer [redacted]",
    "AccountName=a;AccountKey=a+b/c==;EndpointSuffix=b": "AccountName=a;AccountKey=[redacted];EndpointSuffix=b",
    "accountkey = a": "accountkey = [redacted]",
    "Endpoint=sb://a.example;SharedAccessKeyName=b;SharedAccessKey=c=": (
        "Endpoint=sb://a.example;SharedAccessKeyName=b;SharedAccessKey=[redacted]"
    ),
    f"token {JWT}c2ln.": "token [redacted]",
    f"'{JWT}'": "'[redacted]'",
    JWT.partition(".")[0]: "[redacted]",
    f"a {PEM_BEGIN}\nMIIE\nvQ==\n{PEM_END}\nb": "a [redacted]\nb",
    f"a {PEM_BEGIN}\\nMIIE\\n{PEM_END} b {PEM_BEGIN}MIIE{PEM_END}": "a [redacted] b [redacted]",
    f"{PEM_BEGIN}\nMIIE\nwithout its end": "[redacted]",
    PEM_BEGIN.replace("PRIV", "RSA PRIV") + "\nMIIE": "[redacted]",
    f"sig=1?sig=2 bearer 3 {JWT}": "sig=[redacted] bearer [redacted] [redacted]",
}
HARMLESS = (
    "",
    "ProvisioningState/succeeded",
    "design=1&signature=2&sigma=3",
    "the bearer",
    "bearer authentication failed",
    "AccountKey",
    "eyJ.a",
    "keyJhbGciOiJub25lIn0",
    "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
    "a private key was not found",
    "two\nlines \x1b[31m \ud800",
)
