"""Connexion as it comes: the same contract, its own routing, validation and calling of handlers.

The handler answers a constant, without SQL; credentials are only required, not looked up.
"""

import logging

import connexion
from connexion.resolver import Resolution, Resolver
from connexion.security import ApiKeySecurityHandler

from mockserver import contract

ANSWER = {"test.cat": {"open": 1, "closed": 4}, "success": True}


def answer(**_arguments):
    """Answer any operation with the same body."""
    return ANSWER


class Everything(Resolver):
    """Resolves each operation to the one handler."""

    def resolve(self, operation):
        """Name the handler by method and path."""
        return Resolution(answer, f"{operation.method} {operation.path}")


class Anybody(ApiKeySecurityHandler):
    """Lets a request pass that carries the header."""

    def get_fn(self, security_scheme, required_scopes):
        """Return Connexion's own check with a look-up that always finds somebody."""
        return self._get_verify_func(
            lambda *_a, **_k: {"sub": "somebody"},
            security_scheme["in"],
            security_scheme["name"],
        )


logging.disable()
app = connexion.AsyncApp("bare", security_map={"apiKey": Anybody})
app.add_api(contract.read().documents["omnichannel"], resolver=Everything())
