"""Steps that exist once per operation, on Connexion's own base for them."""

from collections.abc import Callable
from typing import Any

from connexion.middleware.abstract import RoutedAPI, RoutedMiddleware
from connexion.operations import AbstractOperation
from starlette.types import ASGIApp

from mockserver.contract import Operation
from mockserver.served import Served

Step = Callable[[ASGIApp, Operation, AbstractOperation, Served], ASGIApp]


def key_of(operation: AbstractOperation) -> str:
    """Return the key of an operation in the contract and the registry: method and path."""
    return f"{operation.method.upper()} {operation.path}"


def routed(step: Step, served: Served) -> type[RoutedMiddleware[Any]]:
    """Return a Connexion middleware that makes one `step` per operation when the mock starts.

    Connexion hands a step its resolved operation (`$ref`s followed); ours carries the `x-` keys.
    """

    class Api(RoutedAPI[ASGIApp]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self.add_paths()

        def make_operation(self, operation: AbstractOperation) -> ASGIApp:
            ours = served.contract[key_of(operation)]
            return step(self.next_app, ours, operation, served)

    return type(
        f"{getattr(step, '__name__', 'Step')}Middleware", (RoutedMiddleware,), {"api_cls": Api}
    )
