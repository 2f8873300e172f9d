"""The signs between the name of a secret and its value, and the quotes round both."""

from __future__ import annotations

QUOTES = r"\\{0,15}(?:[\"']{1,3}|`)"
_MEMBER = rf"(?:(?:{QUOTES})?\w{{1,40}}(?:{QUOTES})?\s*:\s*(?:{QUOTES})?\w{{1,40}}(?:{QUOTES})?\s*,\s*)"
_VALUE = "(?:default|secure|secret)?value"
_NESTED = rf"(?:\{{\s*{_MEMBER}{{0,4}}(?:{QUOTES})?{_VALUE}(?:{QUOTES})?\s*|{_VALUE}):\s*"
_TYPE = r"&?[a-z][\w.\[\]|?<>]{0,40}\s=\s(?=[\"'])"
"""The type of a variable in a program: `password: str = "…"`."""
SIGNS = {
    "colon": (
        rf"(?:\([a-z ]{{1,20}}\)\s*)?"
        rf"\\{{0,3}}[:\uff1a]{{1,2}}(?!//|=|:|new\b)\**\s*(?:invalid\s\w{{1,16}}:\s*|{_TYPE})?(?:{_NESTED})?\[?\s*(?:-\s+)?"
    ),
    "equals": r"\\{0,3}(?:[:?+]{0,2}={1,3}>?|->|\uff1d)\s*\[?\s*(?:string\([0-9]{1,6}\)\s+)?",
    "pair": (
        rf"(?:(?<=[\"'`\s])[,;]?|,)\s*{_MEMBER}?(?:{QUOTES})?(?:\w{{1,16}}:)?{_VALUE}(?:{QUOTES})?\s*[:=]\s*"
        r"|(?<=\s)(?:-value|(?:/t\s+)?reg_(?:expand_)?sz(?:\s+/d)?)\s+"
        # a part of a form, and an array of PHP in one line
        r"|(?<=[\"']\n\n)|(?<=[\"']\r\n\r\n)|;s:[0-9]{1,6}:"
        r"|(?:(?<=[\"']\n)|(?<=[\"']\r\n))(?:[\w-]{1,40}:[^\n]{1,100}\n){1,3}\r?\n"
        # a variable of Terraform
        r"|\{\s*(?:(?:type|description|sensitive|nullable)\s*=[^\n]{1,100}\n\s*){0,4}default\s*=\s*"
    ),
    "element": (
        r"(?:(?<=\s)(?=[\w:.-]{1,64}\s*=)[^<>\n]{1,200})?>\s*(?:<value>\s*|<!\[cdata\[)?"
        r"|</[\w:]{1,40}>\s*<[\w:]{1,40}(?:\s[^<>]{1,100})?>\s*"  # a name and its value, each in its element
    ),
    "call": r"\(\s*(?=[\"'])|\|\s*",
    "sentence": (
        r"(?<=\s)(?:for|of)\s[^\n:\"']{1,60}?\s(?:to|is|was)\s+"
        r"|(?<=\s)(?:(?:is|was|has\sbeen)\s)?(?:(?:generated|created)\s)?(?:for|of)\s[^\n:]{1,80}:\s+"
        r"|(?<=\s)(?:(?:is|was|has\sbeen)\s+)?(?:(?:re)?set|changed)\s+to\s+|(?<=\s)to\s+"
        r"|(?<=\s)(?:with|has|had)\s(?:(?:the|an?)\s)?(?:invalid\s)?value:?\s+"
        r"|(?<=\s)(?:at\s[^\n:]{1,40}?\s)?(?:is|was)\s(?:invalid|not\s(?:valid|allowed)):\s+|(?<=\s)(?:is|was):?\s+"
    ),
    "option": r",\s*|\.\s+(?=[\"'])|(?<=[ \t])",
}
"""The signs between a name and its value."""
