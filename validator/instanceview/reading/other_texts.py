r"""Likenesses of texts and bytes without an instance view: their names, and the next steps.

Each row was written after an output of the tool that it names. Expressions take linear time: captured text is written
by strangers.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import NamedTuple

from instanceview.model.names import fold
from instanceview.reading.others import ASK, CONVERT, POWERSHELL
from instanceview.tables.descent import below
from instanceview.tables.elements import tree
from instanceview.tables.kinds import KIND_VALUES
from instanceview.tables.vocabulary import categories

HEAD = 65536
"""Characters that are looked at: the kind of a text shows in its beginning."""


class Look(NamedTuple):
    """A thing that a text is when the expression is found in its head, `^` and `$` at lines; `step` is what to do."""

    what: str
    step: str
    pattern: str


_JSON_OUT = "use -o json"

_TEXTS = (
    Look(
        "a web page",
        "pass the answer of the service instead",
        r"\A\s*+<(?:!doctype html|html|head|body|script)\b",
    ),
    Look(
        "an object that PowerShell printed as text",
        CONVERT,
        r"\A#< CLIXML|\A\s*+<Objs |\A\s*+(?:@\{\w++=|System\.Object\[\])"
        r"|^[ \t]*+(?:\w++ *+: *+)?\{?Microsoft\.Azure\.(?:Commands|Management|PowerShell)\.[\w.+`]++",
    ),
    Look(
        "a log of curl --trace",
        "use -i or -v instead",
        r"^(?:=>|<=) (?:Send|Recv) (?:header|data|SSL data)\b",
    ),
    Look(
        "a Python value, not JSON",
        "write it with json.dumps, or a model with json.dumps(view.as_dict())",
        r"\A\s*+(?:\w++ ?= ?)?(?:[\[({]\s*+)+'[^'\n]*+'\s*+:|\A\s*+\[?OrderedDict\("
        r"|\A\s*+[\[(]?<azure\.[\w.]++ object at 0x",
    ),
    Look("XML", ASK, r"\A\s*+<(?:\?xml\b|[a-z][\w:.-]*+(?=[\s/>]))"),
    Look(
        "an object that a program printed, not JSON",
        "write it as JSON",
        # With names as in JavaScript, or of a class as in Java, Kotlin, Go and Rust.
        r"\A\s*+(?:\[\s*+)?\{\s*+\w++:\s*+[\[{'`\d]"
        r"|\A\s*+\[?&?(?:[a-z]\w*+\.)*+[A-Z]\w*+(?:@[0-9a-f]{4,}+\s*+| ?+[{(\[]\s*+\w++[=:])"
        r"|\A\s*+\[?&?(?:map\[\w++:|\{[A-Z]\w*+:)",
    ),
)
_LOG_BODIES = "log the bodies too, in Python with logging_enable=True for the client, or record the requests with vcrpy"
_BODYLESS = (
    Look("an error message of az", "repeat the command until it succeeds", r"\A(?:WARNING: [^\n]*+\n)*+ERROR: "),
    Look(
        "a log of requests without bodies",
        _LOG_BODIES,
        # Of http.client, httpx, urllib3, azure-core, and of a server.
        r"^(?:send: b|reply: )['\"]|\bhttpcore[.:]|\bhttpx\b[^\n]{0,40}?HTTP Request: |\burllib3\.connectionpool\b"
        r"|\bRequest URL: '?https?:|\bResponse status: \d{3}\b"
        r"|\"(?:GET|POST|PUT|PATCH|DELETE) /[^\s\"]*+ HTTP/[\d.]++\"",
    ),
    Look(
        "an answer with only its headers",
        "omit --headers of HTTPie or -I of curl",
        r"\A\s*+(?:(?:< )?HTTP/\d\S*+ \d{3}\b[^\n]*+(?:\n(?:< )?[\w-]++:[^\n]*+)*+[<\s]*+)++\Z",
    ),
    Look(
        "a command without its output",
        "run it and pass its output",
        r"^(?:\$ |> |PS [^\n>]*+> )?(?:az (?:vm|vmss|rest|graph) |curl [^\n]*?https?:|(?:Get|Invoke)-Az\w++ )",
    ),
    Look(
        "a request without its answer",
        "send it, for example with az rest, and pass the answer",
        r"^\W{0,9}(?:GET|POST) (?:https?:/|/)\S|\A\s*+https?://\S++\s*+\Z",
    ),
)
"""What a text is that has no JSON in it: with JSON, the same tools write what can be read."""
_HAS_JSON = r"\"\w++\"\s*+:"
_BEGINS_LISTING = r"\s*+(?:PS [^\n]*+\n\s*+)?[A-Z]\w*+(?:\[\d++\])?+ ++:\s"


def looks_like_text(text: str) -> str | None:
    r"""Return the thing that a text without an instance view looks like, and the next step; None if it is unknown.

    >>> looks_like_text("{'statuses': [{'code': None}]}")
    'this is a Python value, not JSON; write it with json.dumps, or a model with json.dumps(view.as_dict())'
    """
    head = re.sub(r"\x1b\[[\d;]*+m", "", text[:HEAD].removeprefix("\ufeff"))
    has_json = bool(re.search(_HAS_JSON, head))
    flags = re.IGNORECASE | re.MULTILINE if head.lstrip().startswith("<") else re.MULTILINE
    looks = _TEXTS if has_json else (*_TEXTS, *_BODYLESS)
    found = next((look for look in looks if re.search(look.pattern, head, flags)), None)
    if found and found not in _BODYLESS:
        return f"this is {found.what}; {found.step}"
    # A command may be above a listing, whose values may have JSON. Other texts with JSON have such lines as well.
    listing = None if has_json and not re.match(_BEGINS_LISTING, head) else _listing(head)
    if listing or has_json:
        return listing
    if found:
        return f"this is {found.what}; {found.step}"
    return _NAMES if _is_of_names(head) else _columns(head)


def _listing(head: str) -> str | None:
    """Return the name of a listing of PowerShell, by the command that prints such names."""
    names = re.findall(r"^ *+([A-Z]\w*+(?:\[\d++\])?+) ++:(?=\s|\Z)", head, re.MULTILINE)
    plain = [fold(name.partition("[")[0].removeprefix("InstanceView")) for name in names]
    if sum(name in _table_names() for name in plain) < _FEW:
        return None
    command = next((command for mark, command in _LISTED if any(mark in name for name in names)), "Get-AzVM -Status")
    return f"this is a PowerShell listing, such as the output of {command}; {POWERSHELL}"


_LISTED = (
    ("Value[", "Invoke-AzVMRunCommand"),
    ("ExecutionState", "Get-AzVMRunCommand"),
    ("InstanceViewType", "Get-AzConnectedMachineExtension"),
    ("ExtensionType", "Get-AzVMExtension -Status"),
    ("AssetId", "Get-AzHost -InstanceView"),
    ("RoleInstance", "Get-AzCloudServiceInstanceView"),
)
"""Parts of names in the listing of one command alone, and that command."""


def _is_of_names(head: str) -> bool:
    """Return True if each line of a text is the name of a file here; names may be separated by NUL, too."""
    names = [name for name in re.split(r"[\r\n\x00]++", head) if name.strip()][:_SOME]
    return bool(names) and all(map(_is_file, names))


def _is_file(name: str) -> bool:
    from pathlib import Path  # few texts have no JSON and are not known by now

    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # it is too long, for one
        return False


def _columns(head: str) -> str | None:
    """Return the name of a table or tab-separated values, which no single expression can recognise."""
    # Three dashes at the beginning of a line separate documents of YAML.
    header = re.search(r"^( *+\S[^\n]*+)\r?\n(?!---[ \r]*+$) *+--++(?: ++-++)*+ *+\r?$", head, re.MULTILINE)
    if header and re.search(r"\b(?:ResourceGroupName|VmSize|OsType|DisplayStatus)\b", header[1]):
        return f"this is a PowerShell table; {POWERSHELL}"
    if header:
        return f"this is a table, such as the output of az -o table; {_JSON_OUT}"
    lines = [line for line in head.splitlines() if line.strip()]
    if lines and all(line.partition("/")[0].strip().lower() in categories() for line in lines):
        return 'this is a list of status codes; check each with "instanceview code"'
    if lines and all("\t" in line.strip(" ") for line in lines):
        return f"this is tab-separated text, such as the output of az -o tsv; {_JSON_OUT}"
    return None


_NAMES = "this is a list of file names; read it with --files-from FILE, where - is standard input"
_SOME = 3  # names that are looked for in the file system
_FEW = 2  # one `Name : value` may be in any text


@cache
def _table_names() -> frozenset[str]:
    names = (element.path.rpartition(".")[2] for kind in KIND_VALUES for element in below(tree(kind)))
    return frozenset(map(fold, names))


def looks_like_bytes(head: bytes) -> str | None:
    r"""Return the thing that the first bytes of a file look like, and the next step; None if it is unknown.

    >>> looks_like_bytes(b"2875:4:type;4:http;7:version;2:17#").partition(";")[0]
    'this is a mitmproxy dump'
    """
    if re.match(rb"\d++:.{0,64}?(?:4:type;4:http;|7:version;|8:response;|2:id;36:)", head, re.DOTALL):
        return "this is a mitmproxy dump; export it as a HAR with mitmdump -nr FILE --set hardump=OUT.har"
    return _NAMES if b"\x00" in head and _is_of_names(os.fsdecode(head[:HEAD])) else None
