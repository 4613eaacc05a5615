"""Access: who calls, and may he; in the server's order 401, 403, licence."""

from connexion.operations import AbstractOperation
from starlette.types import ASGIApp, Receive, Scope, Send

from mockserver.contract import Operation
from mockserver.envelope import NO_PERMISSION, failure, not_signed_in
from mockserver.registry import Call
from mockserver.served import Served
from mockserver.world import licence
from mockserver.world.access import rules
from mockserver.world.refusal import Refusal
from mockserver.world.users.documents import User
from mockserver.world.world import World


class NotLicensed(Refusal):
    """The workspace has not bought the module that the operation belongs to."""

    code, reason = "error-action-not-allowed", "This is an enterprise feature"


class Access:
    """Makes the `Call` of a request, with its caller, or refuses."""

    def __init__(
        self, app: ASGIApp, operation: Operation, _resolved: AbstractOperation, served: Served
    ) -> None:
        self.app = app
        self.operation = operation
        self.served = served

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = user_id = None
        for name, value in scope["headers"]:
            if name == b"x-auth-token":
                token = value.decode("utf-8", "replace")
            elif name == b"x-user-id":
                user_id = value.decode("utf-8", "replace")
        world = self.served.world
        caller = rules.user_of(world, token, user_id)
        if not self.operation.public:
            if caller is None:
                raise not_signed_in("no credentials" if token is None else "unknown credentials")
            self._check_permissions(world, caller)
        if self.operation.licensed and not licence.has(world, self.operation.licensed):
            raise NotLicensed
        token = token if caller else None
        scope["call"] = Call(world, self.operation, caller, token, sent=scope["headers"])
        await self.app(scope, receive, send)

    def _check_permissions(self, world: World, caller: User) -> None:
        for permission in self.operation.all_of:
            if not rules.has_permission(world, caller, permission):
                raise failure(403, NO_PERMISSION, f"permission {permission}")
        one_of = self.operation.any_of
        if one_of and not any(rules.has_permission(world, caller, p) for p in one_of):
            raise failure(403, NO_PERMISSION, f"one of the permissions {', '.join(one_of)}")
