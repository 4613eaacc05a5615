"""What a request asked for: the values that stand in its path and in its query."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, unquote, urlsplit

from conformance import surface
from mockserver.contract import Operation


def path_values(operation: Operation, url: str) -> dict[str, str] | None:
    """What stands in the path for its parameters; None where it was changed on its way."""
    names = surface.PLACEHOLDER.findall(operation.path)
    pattern = surface.PLACEHOLDER.sub("([^/]*)", operation.path) + "$"
    found = re.search(pattern, urlsplit(url).path)
    return dict(zip(names, map(unquote, found.groups()), strict=True)) if found else None


def single_values(url: str) -> Mapping[str, str]:
    """The parameters of a query that were given once."""
    query = parse_qs(urlsplit(url).query, keep_blank_values=True)
    return {name: values[0] for name, values in query.items() if len(values) == 1}
