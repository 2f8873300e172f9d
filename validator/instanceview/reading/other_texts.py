r"""Names texts and bytes without an instance view by what they look like, with the next step.

Each row was written after an output of the tool that it names. Expressions take linear time: captured text is written
by strangers.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.names import fold
from instanceview.reading.others import ASK, CONVERT, POWERSHELL
from instanceview.tables.elements import below, tree
from instanceview.tables.kinds import KINDS
from instanceview.tables.vocabulary import categories

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = 65536
"""Characters that are looked at: the kind of a text shows in its beginning."""


class Look(NamedTuple):
    """A thing that a text is when the expression is found in its head, `^` and `$` at lines; `step` is what to do.

    Where `is_bodyless` is set, the text has no JSON in it: with JSON, the same tools write what can be read.
    """

    what: str
    step: str
    pattern: str
    is_bodyless: bool = False


_JSON_OUT = "use -o json"
_LOG_BODIES = "log the body of the answer too, or record the requests with vcrpy"
_SEND = "send it, for instance with az rest, and pass the answer"

_TEXTS = (
    Look(
        "a web page",
        "pass the answer of the service instead of the page",
        r"\A\s*+<(?:!doctype html|html|head|body|script)\b",
    ),
    Look("an object that PowerShell wrote as CLIXML", CONVERT, r"\A#< CLIXML|\A\s*+<Objs "),
    Look(
        "a Python object, printed by its name",
        "write it with json.dumps(view.as_dict())",
        r"\A\s*+[\[(]?<azure\.[\w.]++ object at 0x",
    ),
    Look("XML", ASK, r"\A\s*+<(?:\?xml\b|[a-z][\w:.-]*+(?=[\s/>]))"),
    Look(
        "a name of a type, as PowerShell prints for an object",
        CONVERT,
        r"^[ \t]*+(?:\w++ *+: *+)?\{?Microsoft\.Azure\.(?:Commands|Management|PowerShell)\.[\w.+`]++",
    ),
    Look("an object in a text of PowerShell", CONVERT, r"\A\s*+(?:@\{\w++=|System\.Object\[\])"),
    Look(
        "a CSV file",
        "use ConvertTo-Json in place of Export-Csv, or az with -o json",
        r"\A(?:#TYPE [^\n]*+\n)?\"[^\"\n]*+\"(?:,\"[^\"\n]*+\")++\r?\n\"",
    ),
    Look(
        "a log of curl --trace",
        "use -i or -v in its place",
        r"^(?:=>|<=) (?:Send|Recv) (?:header|data|SSL data)\b",
    ),
    Look(
        "a Python value and not JSON",
        "write it with json.dumps",
        r"\A\s*+(?:\w++ ?= ?)?(?:[\[({]\s*+)+'[^'\n]*+'\s*+:|\A\s*+\[?OrderedDict\(",
    ),
    Look(
        "a Ruby value and not JSON",
        "write it with to_json",
        r"\A[\s\[]*+\{\s*+(?:\"[^\"\n]*+\"|:\w++)\s*+=>|\A\s*+#<[A-Z]\w*+::",
    ),
    Look(
        "a Go value and not JSON",
        "write it with json.Marshal",
        r"\A\s*+\[?&?(?:map\[\w++:|\{[A-Z]\w*+:|\w++\.[A-Z]\w*+\{)",
    ),
    Look(
        "a Java object and not JSON",
        "write it as JSON, for instance with Jackson",
        r"\A\s*+\[?(?:(?:[a-z]\w*+\.)*+[A-Z]\w*+(?:@[0-9a-f]{4,}+\s*+|[{\[]\w++=)|\{\w++=)",
    ),
    Look(
        "an object as a program prints it, and not JSON",
        "write it as JSON",
        r"\A\s*+\[?(?:[a-z]\w*+\.)*+[A-Z]\w*+\(\w++=",
    ),
    Look("a Rust value and not JSON", "write it with serde_json", r"\A\s*+\[?[A-Z]\w*+ \{\s*+\w++: "),
    Look(
        "a JavaScript value and not JSON",
        "write it with JSON.stringify",
        r"\A\s*+(?:\[\s*+)?\{\s*+\w++:\s*+[\[{'`\d]",
    ),
    Look(
        "a PHP value and not JSON",
        "write it with json_encode",
        r"\A\s*+(?:(?:array|object)\([\w\\]++\)[\s#\d(){]|Array\s*+\()",
    ),
    Look(
        "a plan or state as Terraform prints it",
        "use terraform show -json",
        r"^[ \t]*+(?:[+~-] |# )?[ \t]*+(?:(?:resource|data) \"\w++\" \"|azurerm_\w++\.\S++(?: (?:will|must) be |:$))",
    ),
    Look(
        "a listing of kubectl describe",
        "use kubectl get with -o json",
        r"\AName: {2,}+\S[^\n]*+\n(?:Namespace|Labels|Roles): {2,}",
    ),
    Look("a listing of the old azure CLI", "use its option --json", r"^(?:info|data): {4}"),
    Look(
        "an error message of az",
        "repeat the command until it answers",
        r"\A(?:WARNING: [^\n]*+\n)*+ERROR: ",
        is_bodyless=True,
    ),
    Look("a diff", "apply it, then pass the file itself", r"\A(?:diff --git |--- a/|Index: )"),
    Look(
        "an access token",
        "do not share it, and pass the answer that it gives access to",
        r"\A\s*+(?:Bearer )?eyJ[\w-]++\.eyJ",
    ),
    Look("a boot log of a VM", ASK, r"^\[ *+0\.000000\] |\bcloud-init\[\d++\]: Cloud-init v"),
    Look(
        "a log of the guest agent",
        ASK,
        r"^\d{4}[-/][^\n]{10,40}? (?:INFO|ERROR|WARNING|VERBOSE) (?:ExtHandler|Daemon|MainThread)\b",
        is_bodyless=True,
    ),
    Look("a log of Python's http.client without bodies", _LOG_BODIES, r"^(?:send: b|reply: )['\"]", is_bodyless=True),
    Look(
        "a log of httpx without bodies",
        _LOG_BODIES,
        r"\bhttpcore[.:]|\bhttpx\b[^\n]{0,40}?HTTP Request: ",
        is_bodyless=True,
    ),
    Look("a log of urllib3 without bodies", _LOG_BODIES, r"\burllib3\.connectionpool\b", is_bodyless=True),
    Look(
        "a log of an Azure SDK without bodies",
        "log them, in Python with logging_enable=True",
        r"\bRequest URL: '?https?:|\bResponse status: \d{3}\b",
        is_bodyless=True,
    ),
    Look(
        "a log of requests without bodies",
        _LOG_BODIES,
        r"\"(?:GET|POST|PUT|PATCH|DELETE) /[^\s\"]*+ HTTP/[\d.]++\"",
        is_bodyless=True,
    ),
    Look(
        "headers of an answer without its body",
        "leave out --headers of HTTPie, or -I of curl",
        r"\A\s*+(?:(?:< )?HTTP/\d\S*+ \d{3}\b[^\n]*+(?:\n(?:< )?[\w-]++:[^\n]*+)*+[<\s]*+)++\Z",
        is_bodyless=True,
    ),
    Look(
        "a command without its output",
        "run it, and pass what it prints",
        r"^(?:\$ |> |PS [^\n>]*+> )?(?:az (?:vm|vmss|rest|graph) |curl [^\n]*?https?:|(?:Get|Invoke)-Az\w++ )",
        is_bodyless=True,
    ),
    Look("a request without its answer", _SEND, r"^\W{0,9}(?:GET|POST) (?:https?:/|/)\S", is_bodyless=True),
    Look("a URL without its answer", _SEND, r"\A\s*+https?://\S++\s*+\Z", is_bodyless=True),
)
_HAS_JSON = r"\"\w++\"\s*+:"

_BYTES = (
    (
        rb"\A\d++:.{0,64}?(?:4:type;4:http;|7:version;|8:response;|2:id;36:)",
        "a dump of mitmproxy",
        "export it as a HAR with mitmdump -nr FILE --set hardump=OUT.har",
    ),
    (
        rb"\A(?:\xd4\xc3\xb2\xa1|\xa1\xb2\xc3\xd4|\x4d\x3c\xb2\xa1|\xa1\xb2\x3c\x4d|\n\r\r\n)",
        "a capture of packets",
        "record the requests as a HAR, since packets are encrypted",
    ),
    (rb"\A(?:\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP)", "a picture", "pass the text that it shows"),
    (rb"\A%PDF-", "a PDF file", "pass the JSON that it shows"),
    (rb"\ASQLite format 3\x00", "a database of SQLite", "write the answer that it holds to a file"),
    (rb"\A\x80[\x02-\x05](?:\x95|[}\](c])", "a Python pickle", "write it with json.dumps"),
)


def looks_like_text(text: str) -> str | None:
    r"""Return the thing that a text without an instance view looks like, and the next step; None if it is unknown.

    >>> looks_like_text("{'statuses': [{'code': None}]}")
    'a Python value and not JSON; write it with json.dumps'
    """
    head = re.sub(r"\x1b\[[\d;]*+m", "", text[:HEAD].removeprefix("\ufeff"))
    has_json = bool(re.search(_HAS_JSON, head))
    flags = re.IGNORECASE | re.MULTILINE if head.lstrip().startswith("<") else re.MULTILINE
    for what, step, pattern, is_bodyless in _TEXTS:
        if not (is_bodyless and has_json) and re.search(pattern, head, flags):
            return f"{what}; {step}"
    return None if has_json else _columns(head)


def _columns(head: str) -> str | None:
    """Return the name of a listing, a table or tab-separated values, which no single expression can recognise."""
    names = re.findall(r"^ *+([A-Z]\w*+)(?:\[\d++\])? *+:(?= |$)", head, re.MULTILINE)
    if sum(fold(name) in _table_names() for name in names) >= _FEW:
        return f"a listing that PowerShell prints, as of Get-AzVM -Status; {POWERSHELL}"
    # Three dashes at the beginning of a line separate documents of YAML.
    header = re.search(r"^( *+\S[^\n]*+)\r?\n(?!---[ \r]*+$) *+--++(?: ++-++)*+ *+\r?$", head, re.MULTILINE)
    if header and re.search(r"\b(?:ResourceGroupName|VmSize|OsType|DisplayStatus)\b", header[1]):
        return f"a table that PowerShell prints; {POWERSHELL}"
    if header:
        return f"a table for people, as az -o table prints; {_JSON_OUT}"
    lines = [line for line in head.splitlines() if line.strip()]
    if lines and all(line.partition("/")[0].strip().lower() in categories() for line in lines):
        return 'status codes alone; check each with "instanceview code"'
    if lines and all("\t" in line.strip(" ") for line in lines):
        return f"tab-separated values, as az -o tsv prints; {_JSON_OUT}"
    return None


_FEW = 2  # one `Name : value` may be in any text


@cache
def _table_names() -> frozenset[str]:
    names = (element.path.rpartition(".")[2] for kind in KINDS for element in below(tree(kind)))
    return frozenset(map(fold, names))


def looks_like_bytes(head: bytes) -> str | None:
    r"""Return the thing that the first bytes of a file look like, and the next step; None if it is unknown.

    >>> looks_like_bytes(b"2875:4:type;4:http;7:version;2:17#").partition(";")[0]
    'a dump of mitmproxy'
    """
    found = (f"{what}; {step}" for pattern, what, step in _BYTES if re.match(pattern, head, re.DOTALL))
    return next(found, None)


_ARGUMENTS: Mapping[str, str] = {
    r"(?i)file:/": 'a URL of a file; pass its path, without "file://"',
    r"(?i)https?:/": 'a URL; fetch it with "az rest --url" or curl, and pass - to read from there',
    r"[A-Za-z][\w+.-]+:/": "a URL; download it, and pass the file",
    r"/?subscriptions/[^/]+/": 'a resource ID; pass - to read what "az vm get-instance-view --ids" prints',
    r"""\s*[{\[]\s*["'{\[\]}]""": "JSON and not a file name; write it to a file, or pass - to read it from there",
}


def advice_for_argument(argument: str) -> str | None:
    """Return the thing that an argument is which does not name a file, and the next step; None if it is unknown.

    >>> advice_for_argument("https:/management.azure.com/x")
    'a URL; fetch it with "az rest --url" or curl, and pass - to read from there'
    """
    return next((advice for pattern, advice in _ARGUMENTS.items() if re.match(pattern, argument)), None)
