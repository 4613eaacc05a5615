"""Routing by table: exact paths in a dict, templates in a tree, literal before parameter."""

from collections.abc import Iterator, Mapping
from typing import Any

from connexion.middleware.routing import RoutingMiddleware
from connexion.spec import Specification
from starlette.types import ASGIApp, Receive, Scope, Send

from mockserver.contract import METHODS, ContractError
from mockserver.envelope import failure
from mockserver.middleware.control import DOCS

Route = tuple[dict[str, Any], tuple[str, ...]]
Ends = dict[str, Route]
Node = dict[str | None, Any]
LEAF = ""


class TableRouting(RoutingMiddleware):
    """Finds the operation of a request, or refuses with 405 and all methods of the path.

    Connexion's own router tries the operations one by one; this one costs the same for all 165.
    """

    def __init__(self, app: ASGIApp, aliases: Mapping[str, str]) -> None:
        super().__init__(app)
        self._exact: dict[str, Ends] = {}
        self._tree: Node = {}
        self._aliases = aliases

    def add_api(
        self, specification: Specification, base_path: str | None = None, **_options: Any
    ) -> None:
        """Add the operations of one document, and the aliases that stand for them."""
        base = specification.base_path if base_path is None else base_path
        for key in _keys(specification):
            self._add(base, key, key)
            for alias, documented in self._aliases.items():
                if documented == key:
                    self._add(base, alias, key)

    def _add(self, base: str, route: str, key: str) -> None:
        method, path = route.split(" ", 1)
        context = {"api_base_path": base, "operation_id": key}
        names: list[str] = []
        if "{" not in path:
            self._exact.setdefault(base + path, {})[method] = (context, ())
            return
        node = self._tree
        for part in (base + path).split("/")[1:]:
            step: str | None = part
            if "{" in part:
                if not (part.startswith("{") and part.endswith("}")):
                    raise ContractError(f"{route}: a parameter must fill its segment of the path")
                names.append(part[1:-1])
                step = None
            node = node.setdefault(step, {})
        node.setdefault(LEAF, {})[method] = (context, tuple(names))

    def _find(self, path: str) -> Iterator[tuple[Ends, tuple[str, ...]]]:
        if path in self._exact:
            yield self._exact[path], ()
        yield from _walk(self._tree, path.split("/")[1:], ())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        context, values, allowed = self._choose(scope["method"], scope["path"])
        if context is None and allowed and scope["method"] == "OPTIONS":
            await _tell_methods(send, allowed)
            return
        if context is None:
            _refuse(scope["method"], scope["path"], allowed)
        routing = {"connexion_routing": context or {"operation_id": None}}
        extensions = {**scope.get("extensions", {}), **routing}
        await self.app({**scope, "extensions": extensions, "path_params": values}, receive, send)

    def _choose(
        self, method: str, path: str
    ) -> tuple[dict[str, Any] | None, dict[str, str], set[str]]:
        """Return the routing context and path parameters, or none and the path's methods."""
        allowed: set[str] = set()
        for ends, found in self._find(path):
            route = ends.get(method) or (ends.get("GET") if method == "HEAD" else None)
            if route is not None:
                return route[0], dict(zip(route[1], found, strict=True)), allowed
            allowed |= ends.keys()
        return None, {}, allowed


def _refuse(method: str, path: str, allowed: set[str]) -> None:
    """Refuse an unknown path or method; the pages of the documentation are not ours to know."""
    if allowed:
        error = f"Method {method[:20]} is not allowed here"
        raise failure(405, error, "method", [_allow(allowed)])
    if not path.startswith(DOCS):
        raise failure(404, "API endpoint not found", "path")


async def _tell_methods(send: Send, allowed: set[str]) -> None:
    headers = [_allow(allowed), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _allow(allowed: set[str]) -> tuple[bytes, bytes]:
    names = sorted(allowed | ({"HEAD"} if "GET" in allowed else set()) | {"OPTIONS"})
    return b"allow", ", ".join(names).encode()


def _keys(specification: Specification) -> Iterator[str]:
    for path, item in specification["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method.upper()} {path}"


def _walk(
    node: Node, parts: list[str], values: tuple[str, ...]
) -> Iterator[tuple[Ends, tuple[str, ...]]]:
    if not parts:
        if LEAF in node:
            yield node[LEAF], values
        return
    first, rest = parts[0], parts[1:]
    if not first:
        return
    if first in node:
        yield from _walk(node[first], rest, values)
    if None in node:
        yield from _walk(node[None], rest, (*values, first))
