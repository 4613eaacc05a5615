"""Accounts of users, their presence and their tokens."""

from functools import partial
from typing import Any

from mockserver.paging import page
from mockserver.registry import Answer, Call, operation
from mockserver.world.users import creation, deletion, lookup, presence, profiles, tokens


@operation("POST /api/v1/users.create")
def create_user(call: Call) -> Answer:
    return {"user": creation.create(call.world, call.user, call.body)}


@operation("GET /api/v1/users.info")
def show_user(call: Call, include_user_rooms: str | None = None) -> Answer:
    keys = ("userId", "username", "importId", "email", "freeSwitchExtension")
    search = next((key, call.query[key]) for key in keys if key in call.query)
    with_rooms = include_user_rooms == "true"
    return {"user": profiles.find(call.world, call.user, search, with_rooms=with_rooms)}


@operation("GET /api/v1/users.list")
def list_users(call: Call, email: str | None = None) -> Answer:
    found = profiles.listing(call.world, call.user, email)
    return page(call, "users", found, shape=partial(profiles.in_list, call.world, call.user))


@operation("POST /api/v1/users.delete")
def delete_user(
    call: Call,
    user_id: str | None = None,
    username: str | None = None,
    user: str | None = None,
    confirm_relinquish: bool = False,
) -> Answer:
    named = lookup.named(call.world, user_id, username, user)
    return {"deletedRooms": deletion.delete(call.world, named, with_rooms=confirm_relinquish)}


@operation("POST /api/v1/users.createToken")
def create_token(call: Call, user_id: str, secret: str) -> Answer:
    session = tokens.create(call.world, call.user, user_id, secret)
    return {"data": {"userId": session.user._id, "authToken": session.token}}


@operation("POST /api/v1/users.setStatus")
def set_status(call: Call) -> Answer:
    presence.change(call.world, call.user, call.body)
    return {}


@operation("GET /api/v1/users.getStatus")
def show_status(call: Call, user_id: Any = None, username: Any = None, user: Any = None) -> Answer:
    names = {"user_id": user_id, "username": username, "user": user}
    return presence.of(call.world, call.user, names)
