"""The commands that have a password, and addresses: `curl -u user:password`, `https://user:password@host`, `.netrc`."""

from __future__ import annotations

_WORD = r"(?:\"(?P<double>[^\"\n]{1,256})\"|'(?P<single>[^'\n]{1,256})'|(?P<bare>[^\s\"'|&;<>`-][^\s\"'|&;<>`]{0,256}))"
_QUOTED = r"(?:\"(?P<double>[^\"\n]{1,256})\"|'(?P<single>[^'\n]{1,256})')"
_REST = r"(?:[^\n|&;]{0,200}?)"
_PIPED = r"\b(?:echo|printf)\s+(?:-[a-z]{1,3}\s+)?(?:[\"']?%s(?:\\n)?[\"']?\s+)?"
"""The beginning of a command that gives another one what is after it."""
_READERS = (
    r"(?:sudo\s+)?(?:passwd\s+--stdin|realm\s+join|kinit|adcli\s+join|gh\s+auth\s+login"
    r"|[\w ]{1,30}\blogin\b[^\n|&;]{0,200}--password-stdin)|sudo\s+-[a-z]{0,4}(?P<large>s)"
)
"""The commands that read a password from their input."""
_OF_USER = rf"\s+(?!/)\S{{1,64}}\s+(?!/){_WORD}"
_OPTION = r"(?: |[\[,] ?[\"'])-"
"""The dash of an option of one letter, in a command line or in a list of its words."""
_PROGRAMS = {
    **{each: each for each in ("login", "sqlcmd", "psexec", "mariadb", "plink", "pscp", "ldapsearch", "twine", "bcp")},
    "rdesktop": "rdesktop",
    **{each: each for each in ("osql", "usermod", "useradd", "certutil", "winrs", "ldapadd", "ldapmodify")},
    "az ": r"az\s+(?:sql|mysql|postgres|mariadb|synapse)",
    "mongo": "mongo(?:sh)?",
    "mysql": "mysql(?:dump|admin)?",
}
"""Programs that take a password after `-p` or `-w`: a text in lower case, and the expression of the names with it."""
_Q = r"\\{0,15}[\"']"
_COLON = rf"{_Q}\s*:\s*{_Q}"
_TEXT = r"(?!\[)(?P<bare>[^\"'\n\\]{1,4096})"
_OF_LIST = r"[\w.-]{1,64}:\S[^\n]{0,256}"
_IN_CELL = r"[^\s\"',;:=()<>{}\[\]]"
_CELL = (
    rf"(?P<bare>(?={_IN_CELL}{{0,64}}?(?:[a-z][0-9]{_IN_CELL}{{0,64}}?[a-z][0-9]|[0-9]{_IN_CELL}{{0,64}}?[!#$%^&*?+~@]"
    rf"|[!#$%^&*?+~@]{_IN_CELL}{{0,64}}?[0-9])){_IN_CELL}{{6,256}})(?=[\"'](?!\s*:)|[ \t\r]*(?:\n|\Z))"
)
"""A cell that ends its row: letters and digits that change twice, or other characters."""
COMMANDS = (
    # An address. Its password may have any character but a space or a quote; digits up to a slash are a port. A program
    # that takes it for a path leaves one slash.
    (
        ":/",
        (
            r"(?:(?<=:)/|//)[^\s:/?#@\"'<>\\]{0,128}:(?P<bare>(?![0-9]{1,5}[/?#])(?:[^\s\"'<>@/]|/(?!/)){1,256}"
            r"(?:@[^\s\"'<>@/?#]{0,128}(?=@))?)@(?=[\w\[.])"
        ),
    ),
    # A token in place of user and password.
    (":/", r"(?:(?<=:)/|//)(?P<bare>(?=[^@\s/]{0,64}[0-9])[\w.~-]{20,256})@(?=[\w\[])"),
    # The same without a scheme; an image, a digest or an address of mail has none.
    (
        "@",
        (
            r"(?<![\w:@.+-])(?!(?:mailto|e-?mail|mail|to|from|cc|user|owner|upn|name|contact|docker|npm|git|sip|acct|image):)"
            r"[\w.+-]{1,64}:(?P<bare>(?=[^\s@]{0,128}[0-9!$%^&*#])(?![0-9]{1,5}@)[^\s\"'<>@/:,;|]{3,128})"
            r"@(?!sha256|sha512)(?=[\w\[]{2})"
        ),
    ),
    ("sshpass", rf"\bsshpass +-p\s*{_WORD}"),
    ("sp_addlogin", rf"\bsp_addlogin\s+n?'[^']{{1,64}}'\s*,\s*n?(?=['\"]){_WORD}"),
    ("__construct", rf"\b__construct\((?:'[^'\n]{{0,256}}',\s*){{2}}(?=['\"]){_WORD}"),
    ("rabbitmqctl", rf"\brabbitmqctl\b{_REST}\s(?:add_user|change_password)\s+\S{{1,64}}\s+{_WORD}"),
    *(
        (each, rf"\b{each}\b{_REST}\s[\"']?[\w$#]{{1,32}}/(?P<bare>[^\s\"'@/]{{1,256}})@[\w/]")
        for each in ("sqlplus", "expdp", "impdp", "sqlldr", "rman")
    ),
    ("/password", rf"\s/password[do]:{_WORD}"),
    ("net user", rf"\bnet user{_OF_USER}"),
    ("net.exe user", rf"\bnet\.exe user{_OF_USER}"),
    ("net use ", rf"\bnet use {_REST}\s/user:\S{{1,64}}\s+(?!/){_WORD}"),
    ("net use ", rf"\bnet use (?:\S{{1,8}}\s+)?\\\\\S{{1,256}}\s+(?!/){_WORD}"),
    ("vault login", r"\bvault login\s+(?:-[\w-]+(?:=\S{1,64})?\s+){0,8}(?P<bare>(?=[^\s\"'`]*[0-9])[\w.-]{16,256})"),
    ("freerdp", rf"freerdp\b{_REST} /p:{_WORD}"),
    ("schtasks", rf"\bschtasks\b{_REST} /rp\s+{_WORD}"),
    ("signtool", rf"\bsigntool\b{_REST} /p\s+{_WORD}"),
    ("curl", rf"\bcurl\b{_REST} -[a-z]{{1,8}}u\s*[\"']?[^\s:\"'/]{{1,64}}:(?P<bare>[^\s\"'@]{{1,256}})"),
    ("curl", rf"\bcurl\b{_REST} -b\s*[\"']?[\w.-]{{1,64}}=(?P<bare>[^\s\"';]{{1,4096}})"),
    # .netrc and .pgpass
    ("login", r"\blogin\s+\S{1,256}\s+(?:account\s+\S{1,256}\s+)?password\s+(?P<bare>\S{1,256})"),
    (":5432:", r"(?<![\w:])[\w.*-]{1,253}:5432:[^\s:]{1,64}:[^\s:]{1,64}:(?P<bare>[^\s\"',]{1,256})"),
    ("oracle:thin:", r"\boracle:thin:[^\s/@:]{1,64}/(?P<bare>[^\s\"'@]{1,256})@"),
    *((each, rf"{_PIPED}{_WORD}\s*\|\s*(?:{_READERS})") for each in ("echo", "printf")),
    ("<<<", rf"passwd\b[^\n|&;<]{{0,100}}<<<\s*(?![\w.-]{{1,64}}:){_WORD}"),
    ("<<<", rf"\bsudo\s+-[a-z]{{0,4}}(?P<large>s)[^\n|&;<]{{0,100}}<<<\s*{_WORD}"),
    ("securestring", r"\"(?P<double>[^\"\n]{1,256})\"\s*\|\s*convertto-securestring"),
    ("securestring", r"'(?P<single>[^'\n]{1,256})'\s*\|\s*convertto-securestring"),
    # What PowerShell says of a parameter.
    ("securestring", rf"\bconvert (?:the )?{_QUOTED} value of type [^\n]{{1,60}}securestring"),
    # A parameter of a template, and a variable of a container; what is in brackets is computed.
    ("securestring", rf"\btype{_COLON}securestring{_Q}\s*,\s*{_Q}(?:default)?value{_COLON}{_TEXT}"),
    ("securestring", rf"value{_COLON}{_TEXT}{_Q}\s*,\s*{_Q}type{_COLON}securestring"),
    ("securevalue", rf"securevalue{_COLON}{_TEXT}"),
    ("issecret=true", r"\btask\.setvariable\b[^\]\n]{0,200}issecret=true[^\]\n]{0,200}\](?P<bare>\S{1,4096})"),
    ("type=", r"\btype=[\"']?password[\"']?[^<>\n]{0,200}?\bvalue=[\"'](?P<bare>[^\"'\n]{1,256})"),
    ("::add-mask::", r"::add-mask::(?P<bare>\S{1,4096})"),
    ("x-zumo-auth", r"\bx-zumo-auth\\{0,15}[\"']?\s*[:=,]\s*\\{0,15}[\"']?(?P<bare>[^\s\"',;\\]{8,4096})"),
    ("identity", r"\bidentity[_-]header\\{0,15}[\"']?\s*[:=,]\s*\\{0,15}[\"']?(?P<bare>[\w-]{8,256})"),
    ("chpasswd", rf"{_PIPED}[\"']?[\w.-]{{1,64}}:(?P<bare>[^\s\"'|]{{1,256}})[\"']?\s*\|\s*(?:sudo\s+)?chpasswd"),
    ("chpasswd", r"\bchpasswd\b[^\n<]{0,64}<<<\s*[\"']?[\w.-]{1,64}:(?P<bare>[^\s\"']{1,256})"),
    # A list of users with their passwords, in the configuration of cloud-init and in a text given to the command.
    (
        "chpasswd",
        rf"\bchpasswd:\s*\n[ \t]*list:[ \t]*(?:[|>][-+]?[ \t]*)?\r?\n(?P<bare>(?:[ \t]+(?:- )?{_OF_LIST}\n?){{1,100}})",
    ),
    (
        "chpasswd",
        rf"\bchpasswd\b[^\n<]{{0,64}}<<-?\s*[\"']?\w{{1,40}}[\"']?[ \t]*\n(?P<bare>(?:{_OF_LIST}\n){{1,100}})",
    ),
    ("securestring", rf"\bconvertto-securestring\s+(?:-(?:string|asplaintext|force)\s+){{0,3}}{_WORD}"),
    (
        "networkcredential",
        (
            r"\bnetworkcredential\s*(?:\]::new\s*)?\(\s*[\"'][^\"'\n]{0,64}[\"']\s*,\s*"
            r"(?:\"(?P<double>[^\"\n]{1,256})\"|'(?P<single>[^'\n]{1,256})')"
        ),
    ),
    ("pscredential", r"\bpscredential\s*\(?\s*[\"'][^\"'\n]{1,64}[\"']\s*,\s*[\"'](?P<bare>[^\"'\n]{1,256})"),
    ("identified", r"\b(?:create|alter)\s+user\s+\S{1,64}\s+identified\s+by\s+(?P<bare>[^\s\"';,]{1,256})"),
    # In lower letters it is said of persons, too, but not after the words that make or change a user.
    ("identified", rf"\b(?P<large>identified)\s+by\s+(?:password\s+)?{_QUOTED}"),
    (
        "identified",
        r"\b(?P<large>identified)\s+by\s+(?:values\s+)?(?P<bare>(?=[^\s;,]{0,256}[0-9])[^\s\"'`;,()]{6,256})",
    ),
    ("identified", rf"\bidentified\s+with\s+\S{{1,64}}\s+by\s+(?:password\s+)?{_QUOTED}"),
    ("identified", rf"\b(?:create|alter)\s+user\s[^\n;]{{1,200}}?\sidentified\s+by\s+(?:password\s+)?{_QUOTED}"),
    (
        "identified",
        rf"\bgrant\s[^\n;]{{1,200}}?\son\s[^\n;]{{1,200}}?\sto\s+\S{{1,80}}\s+identified\s+by\s+(?:password\s+)?{_QUOTED}",
    ),
    # A row of two cells: the name and the value.
    *(
        (each, rf"(?<![^\n\"'])[\"']?[\w.-]{{0,40}}{each}[\"']?[,;][\"']?{_CELL}")
        for each in ("password", "passwd", "pwd", "secret", "apikey", "api_key")
    ),
    # A script that waits for a question and answers it.
    (
        "expect",
        rf"\bexpect\b[^\n]{{0,64}}?assword[^\n]{{0,32}}?[\s;{{]\s{{0,16}}send\s+(?:--\s+)?(?:{_QUOTED}|(?P<bare>[^\\s\"';{{}}]{{1,256}}))",
    ),
    # What Cisco's devices have in their configuration: the type of the secret, and the secret.
    *(
        (
            f"{each} ",
            rf"\b{each}\s+[5-9]\s+(?P<bare>(?:[0-9]{{2}}(?=[0-9a-f]*[a-f])[0-9a-f]{{8,128}}|\$\S{{8,256}}))(?!\w)",
        )
        for each in ("password", "secret", "key")
    ),
)
"""A text in lower case that a command has, and the expression of its password in one in lower case.

The option of a group `large` is a capital letter: the small one has another meaning.
"""
OPTIONS = (
    *(
        (mark, rf"\b{name}\b{_REST}{_OPTION}[pw](?:[\"'],\s*(?=[\"'])|[ =:]*){_WORD}")
        for mark, name in _PROGRAMS.items()
    ),
    ("ipmitool", rf"\bipmitool\b{_REST} -p\s+(?![0-9]{{1,5}}\s){_WORD}"),
    (" -p", rf"\b(?:un)?zip\b{_REST} -(?P<large>p)\s*(?!\S{{0,256}}\.){_WORD}"),
    ("7z", rf"\b7z[ar]?\b{_REST} -p(?=\S{{4}}){_WORD}"),  # `-pkg` is an option of another program
    (" -w", rf" -d\s+[\"']?[a-z]{{1,10}}=[^\n|&;]{{1,200}}? -w\s+{_WORD}"),  # of LDAP, after the name of an entry
    ("rar ", rf"\brar\b{_REST} -hp(?=\S{{4}}){_WORD}"),
    ("openssl", rf"\bopenssl\s+(?:enc|aes\S{{0,20}}|des\S{{0,20}})\b{_REST} -k\s+{_WORD}"),
    ("nuget", rf"\bnuget\b{_REST}\bpush\b{_REST} -k\s+{_WORD}"),
    ("lftp", r"\blftp\b[^\n|&;]{0,200}? -u\s+[\"']?[^\s,\"']{1,64},(?P<bare>[^\s\"']{1,256})"),
    *(
        (each, rf"\b{each}\b{_REST} -u\s*[\"']?[^\s%\"']{{1,64}}%(?P<bare>[^\s\"']{{1,256}})")
        for each in ("smbclient", "rpcclient", "net ads", "net rpc")
    ),
    ("htpasswd", rf"\bhtpasswd\s+(?:-\w+\s+){{0,3}}-\w{{0,4}}b\w{{0,4}}\s+(?:-\w+\s+){{0,3}}\S{{1,256}}{_OF_USER}"),
    ("redis-cli", rf"\bredis-cli\b{_REST} -a\s+{_WORD}"),
    ("keypass", rf" -keypass\s+{_WORD}"),
    ("storepass", rf" -(?:src|dest)?storepass\s+{_WORD}"),
    ("secret set", rf"\bsecret set\b{_REST} --value[\s=]+{_WORD}"),
    (" -a", rf"\bhttps?\b{_REST} -a\s+[\"']?[^\s:\"'/]{{1,64}}:(?P<bare>[^\s\"'@]{{1,256}})"),
    (
        "-u",
        (
            r"(?:^|[ \[\"',])(?:-u|--user|--proxy-user)(?:[\"'],\s*|[\s=]*)[\"']?(?P<name>[^\s:\"'/]{1,64}):"
            r"(?!(?P=name)\b|[0-9]{1,6}\b)"
            r"(?P<bare>[^\s\"'@]{1,256})"
        ),
    ),
)
"""The commands whose password is after an option of a dash, or is one of several words."""
