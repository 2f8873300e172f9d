"""The operation of Azure that a URL requests: the kind of instance view in its answer, and the api-version."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, unquote_plus, urlsplit

from instanceview.tables.kinds import KIND_VALUES, MACHINE_VALUES

if TYPE_CHECKING:
    from instanceview.tables.kind import Kind

_PROVIDER = r"(?s).*/providers/(?P<type>microsoft\.[^/]+/.*)"


class Request(NamedTuple):
    """The request of a URL: its resource, and the kind of instance view that the answer may hold.

    `resource` is the resource type with names left out, such as `microsoft.compute/hostgroups/hosts`, empty where the
    URL is not one of Azure's. `kind` is None where no instance view of ours can be in the answer. `embedded` means that
    it is in `properties.instanceView` of a resource, or of the items of a list, and not the whole body. `is_for_view`
    means that the URL asks for it. `api_version` is the one in the query, None without one.
    """

    resource: str
    kind: str | None
    embedded: bool
    is_for_view: bool
    api_version: str | None


def request_of(url: str) -> Request:
    """Return the request of a URL, whatever the case of its letters, absolute or from the path on.

    >>> request_of("/providers/Microsoft.Compute/virtualMachines/a?%24expand=instanceView&api-version=1")
    Request(resource='microsoft.compute/virtualmachines', kind='vm', embedded=True, is_for_view=True, api_version='1')
    >>> request_of("https://x/providers/microsoft.compute/galleries/g/images/i?$expand=instanceView").kind is None
    True
    """
    parts = _split(url)
    path = re.sub("/+", "/", unquote(parts[0]).lower()).rstrip("/")
    query = _asked_for(parts[1])
    found = re.match(_PROVIDER, path)
    resource = found["type"] if found else ""
    kind, embedded = _kind(resource)
    is_for_view = path.endswith("/instanceview") or "instanceview" in query.get("$expand", "").lower()
    is_for_view = is_for_view or query.get("statusonly", "").lower() == "true"
    return Request(_without_names(resource), kind, embedded, is_for_view, query.get("api-version") or None)


def _asked_for(query: str) -> dict[str, str]:
    """Return the parameters of a query that a view depends on, by name in lower case: a URL may have any number.

    >>> _asked_for("%24Expand=instance+View&a=b&api-version=1")
    {'$expand': 'instance View', 'api-version': '1'}
    """
    found = {}
    for parameter in re.finditer("[^&]+", query):
        name, _, value = parameter[0].partition("=")
        name = unquote_plus(name).lower()
        if name in _PARAMETERS:
            found[name] = unquote_plus(value)
    return found


_PARAMETERS = frozenset({"$expand", "statusonly", "api-version"})


def is_open(request: Request) -> bool:
    """Return True if the answer may have a view of a kind that its body alone shows, such as that of an operation.

    >>> is_open(request_of("/subscriptions/0/providers/Microsoft.Compute/locations/westus/operations/0"))
    True
    """
    return request.resource in _open_types()


def has_view_always(request: Request) -> bool:
    """Return True if the resource that was requested has its view in each answer, as those of Azure Arc have.

    >>> url = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.HybridCompute/machines/m/extensions/e"
    >>> has_view_always(request_of(url))
    True
    >>> has_view_always(request_of("/providers/Microsoft.Compute/virtualMachines/app"))
    False
    """
    kind = KIND_VALUES[request.kind] if request.kind and request.embedded else None
    return kind is not None and not kind.views and any(not operation.query for operation in kind.operations)


FAILED = 400
"""The first status of a failure."""


@cache
def _open_types() -> frozenset[str]:
    urls = (f"{kind.provider}/{url}" for kind in KIND_VALUES.values() for url in kind.answers)
    return frozenset(re.sub(r"[\[\]]|/?{\w+}", "", url).lower() for url in urls)


def _split(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # a host in brackets that is none: a recorder's placeholder
        path, _, query = url.partition("?")
        return path, query
    return parts.path, parts.query


def _kind(resource: str) -> tuple[str | None, bool]:
    for pattern, kind, embedded in _url_patterns():
        if pattern.fullmatch(resource):
            return kind, embedded
    return None, False


@cache
def _url_patterns() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    """Return a pattern for each URL of each kind, in lower case, and whether the view is embedded in the answer."""
    return tuple(
        (re.compile(_pattern(url)), name, embedded)
        for name, kind in KIND_VALUES.items()
        for urls, embedded in ((_of_provider(kind, kind.views), False), (_of_provider(kind, kind.resources), True))
        for url in (*urls, *(kind.others if embedded else ()))
    )


def _of_provider(kind: Kind, urls: tuple[str, ...]) -> list[str]:
    return [f"{kind.provider}/{url}" for url in urls]


def _pattern(url: str) -> str:
    """Return the regular expression of a URL of `tables.kinds`.

    >>> _pattern("[locations/{location}/]virtualMachines")
    '(?:locations/[^/]+/)?virtualmachines'
    """
    named = re.sub(r"{\w+}", "<>", url.lower())
    return named.replace("[", "(?:").replace("]", ")?").replace("<>", "[^/]+")


def _without_names(resource: str) -> str:
    """Return the types of a resource path: they alternate with names after the provider."""
    provider, _, rest = resource.partition("/")
    return "/".join([provider, *rest.split("/")[::2]]) if rest else provider


def path_of(url: str) -> str:
    """Return the path of a request URL without host and query, in lower case, which identifies the resource.

    >>> path_of("https://management.azure.com:443/Subscriptions/1?api-version=2")
    '/subscriptions/1'
    """
    return unquote(_split(url)[0]).lower()


@cache
def _mocked() -> re.Pattern[str]:
    """Return a pattern for the part from the resource on, in a URL without a provider."""
    urls = (url for kind in MACHINE_VALUES.values() for url in (*kind.views, *kind.resources))
    types = dict.fromkeys(re.sub(r"^\[.*?\]", "", url).partition("/")[0].partition("[")[0] for url in urls)
    return re.compile(rf"/(?:{'|'.join(types)})(?:[/?].*)?$", re.IGNORECASE | re.DOTALL)


def operation_of(url: str) -> Request:
    """Return the request of a URL, absolute or relative, in any case; the provider may be left out.

    >>> operation_of("/x/virtualMachineScaleSets/web/virtualMachines/0/instanceView?api-version=2024-07-01").kind
    'vmss-vm'
    >>> operation_of("http://127.0.0.1:8000/VIRTUALMACHINES/app?API-Version=2024-07-02&%24expand=instanceView").embedded
    True
    """
    request = request_of(url)
    mocked = None if request.resource else _mocked().search(url)
    return request_of(f"/providers/Microsoft.Compute{mocked[0]}") if mocked else request
