"""Puts the parts together: the contract, the handlers, the pipeline and a world make one app."""

import importlib
import pkgutil
import textwrap
from functools import partial
from typing import Any

from connexion import AsyncApp
from connexion.middleware.lifespan import LifespanMiddleware
from connexion.middleware.main import API
from connexion.middleware.swagger_ui import SwaggerUIMiddleware
from connexion.operations import OpenAPIOperation
from connexion.options import SwaggerUIOptions
from connexion.resolver import Resolution, Resolver
from connexion.spec import Specification

from mockserver import handlers
from mockserver.cache import cached
from mockserver.contract import NAMES, Contract, ContractError, fingerprint
from mockserver.middleware.access import Access
from mockserver.middleware.answer import Answer
from mockserver.middleware.control import DOCS, Control
from mockserver.middleware.cors import Cors
from mockserver.middleware.envelope import Envelope
from mockserver.middleware.limits import Limits
from mockserver.middleware.rate_limit import RateLimited
from mockserver.middleware.request import Request
from mockserver.middleware.routed import key_of, routed
from mockserver.middleware.routing import TableRouting
from mockserver.registry import HANDLERS, check_complete
from mockserver.served import Served


class Table(Resolver):
    """Connexion's way to a handler: by method and path, from the registry."""

    def resolve(self, operation: OpenAPIOperation) -> Resolution:
        key = key_of(operation)
        return Resolution(HANDLERS[key], key)


def create(served: Served) -> AsyncApp:
    """Return the ASGI application; exits with a list when contract and handlers differ."""
    load_handlers()
    check_complete(served.contract)
    app = AsyncApp("mockserver", middlewares=pipeline(served))
    options = app.middleware.options.replace(resolver=Table())
    for name, specification in specifications(served.contract).items():
        given = {**options.__dict__, "swagger_ui_options": _swagger_ui(is_shown=name == NAMES[0])}
        app.middleware.apis.append(API(specification, base_path=None, name=name, **given))
    return app


def pipeline(served: Served) -> list[Any]:
    """Return the steps of a request's way, outermost first; the order is the server's."""
    return [
        Cors,
        Envelope,
        Limits,
        partial(Control, served=served),
        partial(TableRouting, aliases=served.contract.aliases),
        routed(Access, served),
        routed(RateLimited, served),
        routed(Request, served),
        LifespanMiddleware,
        routed(Answer, served),
        SwaggerUIMiddleware,
    ]


def load_handlers() -> None:
    """Import every handler file, which registers its operations."""
    for module in pkgutil.iter_modules(handlers.__path__):
        importlib.import_module(f"{handlers.__name__}.{module.name}")


def specifications(contract: Contract) -> dict[str, Specification]:
    """Return the documents as Connexion resolved and checked them, from the cache if it can.

    The main document comes last: of several on one base path, Connexion shows the last one's page.
    """

    def make() -> dict[str, Specification]:
        return {name: _resolved(name, contract.documents[name]) for name in reversed(NAMES)}

    made: dict[str, Specification] = cached("specifications", fingerprint(), make)
    return made


def _resolved(name: str, document: dict[str, Any]) -> Specification:
    try:
        return Specification.from_dict(_without_examples(document))
    except Exception as error:  # Connexion and jsonschema have no common class for their faults
        where = getattr(error, "json_path", "").removeprefix("$")
        why = textwrap.shorten(getattr(error, "message", None) or str(error), 200)
        raise ContractError(
            f"openapi/{name}.yaml must be mended{where and f' at {where}'}: {why}"
        ) from error


def _without_examples(node: Any) -> Any:
    """Return a copy of a document without the recorded answers, which serving does not need.

    So the mock starts, and can be recorded, when an example is still to be recorded.
    """
    if isinstance(node, dict):
        is_media_type = "schema" in node
        kept = {k: v for k, v in node.items() if not (is_media_type and k == "examples")}
        return {key: _without_examples(value) for key, value in kept.items()}
    return [_without_examples(item) for item in node] if isinstance(node, list) else node


def _swagger_ui(*, is_shown: bool) -> SwaggerUIOptions:
    if not is_shown:
        return SwaggerUIOptions(swagger_ui=False, serve_spec=False)
    documents = [{"url": f"{DOCS}/{name}.json", "name": name} for name in NAMES]
    return SwaggerUIOptions(
        swagger_ui_path=DOCS,
        serve_spec=False,
        spec_path=f"{DOCS}/{NAMES[0]}.json",
        swagger_ui_config={"urls": documents, "persistAuthorization": True},
    )
