"""What holds for every operation: who may call it, and in which order it refuses."""

import pytest

from mockserver.contract import Operation, read
from mockserver.world.access.documents import Permission
from mockserver.world.licence import Module
from mockserver.world.world import World
from tests.client import Answer, Client

OPERATIONS = tuple(read())
SIGNED_IN = [o for o in OPERATIONS if not o.public]
GUARDED = [o for o in SIGNED_IN if o.all_of or o.any_of]
LICENSED = [o for o in OPERATIONS if o.licensed]
NOT_SIGNED_IN = {"status": "error", "message": "You must be logged in to do this."}
NO_PERMISSION = {
    "success": False,
    "error": "User does not have the permissions required for this action [error-unauthorized]",
}


def call(client: Client, operation: Operation, content: bytes = b"") -> Answer:
    path = operation.path.replace("{", "").replace("}", "")
    return client.call(operation.method, path, content=content)


@pytest.mark.parametrize("operation", SIGNED_IN, ids=lambda o: o.key)
def test_nobody_gets_a_401_before_anything_else(visitor: Client, operation: Operation):
    answer = call(visitor, operation, content=b"{broken")

    assert (answer.status, answer.body) == (401, NOT_SIGNED_IN)


@pytest.mark.parametrize(
    ("user_id", "token"),
    [
        ("admin", None),
        (None, "admin-token"),
        ("admin", "manager-token"),
        ("admin", "admin-toke"),
        ("admin", ""),
        ("", "admin-token"),
        ("admin", "admin-token "),
        ("ADMIN", "admin-token"),
    ],
)
def test_headers_that_do_not_belong_together_are_a_401(
    visitor: Client, user_id: str | None, token: str | None
):
    headers = {"X-User-Id": user_id, "X-Auth-Token": token}
    sent = {name: value for name, value in headers.items() if value is not None}

    answer = visitor.call("GET", "/api/v1/me", headers=sent)

    assert (answer.status, answer.body) == (401, NOT_SIGNED_IN)


@pytest.mark.parametrize("operation", GUARDED, ids=lambda o: o.key)
def test_a_caller_without_the_permission_gets_a_403_before_his_body_is_read(
    user: Client, world: World, operation: Operation
):
    for permission in (*operation.all_of, *operation.any_of):
        known = world.get(Permission, permission)
        assert known is not None, f"the contract names {permission}, which the world does not know"
        known.roles = [role for role in known.roles if role != "user"]
        world.save(known)

    answer = call(user, operation, content=b"{broken")

    assert (answer.status, answer.body) == (403, NO_PERMISSION)


@pytest.mark.parametrize("operation", LICENSED, ids=lambda o: o.key)
def test_without_the_licence_an_operation_of_it_refuses(
    admin: Client, world: World, operation: Operation
):
    world.remove(Module)

    answer = call(admin, operation)

    assert (answer.status, answer.error_type) == (400, "error-action-not-allowed")
    assert answer.error == "This is an enterprise feature [error-action-not-allowed]"
