"""What users see of each other: alone and in a list."""

from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa

from mockserver.world.access import rules, sign_in
from mockserver.world.messages.documents import SUBSCRIPTIONS, Subscription
from mockserver.world.refusal import Forbidden, Refusal
from mockserver.world.resource import Query
from mockserver.world.rooms.documents import Room
from mockserver.world.settings.documents import value
from mockserver.world.users import lookup, profile_fields
from mockserver.world.users.documents import USERS, User
from mockserver.world.world import World

FULL_VIEW = "view-full-other-user-info"
SHOWN = (
    "_id",
    "name",
    "username",
    "nickname",
    "status",
    "utcOffset",
    "type",
    "active",
    "bio",
    "statusText",
    "statusExpiresAt",
    "statusLivechat",
)
FULL = ("emails", "statusConnection", "createdAt", "lastLogin", "requirePasswordChange", "roles")
LISTED = ("_id", "name", "username", "status", "active", "type")
LISTED_FULL = ("emails", "roles", "lastLogin")

Search = tuple[str, str]


class NothingSearched(Refusal):
    """The key by which to search is there, but empty."""

    reason = "Invalid search query."


class NobodyFound(Refusal):
    """Nobody fits, or the caller may not search by this key."""

    reason = "User not found."


def find(world: World, caller: User, search: Search, *, with_rooms: bool) -> dict[str, Any]:
    """Return what a caller may see of the user that he searches by one key and its value.

    Ids and names are searched alike; e-mail addresses only by those who may see them.
    """
    key, wanted = search
    if not wanted:
        raise NothingSearched
    is_own = _is_own(caller, key, wanted)
    sees_all = is_own or rules.has_permission(world, caller, FULL_VIEW)
    user = _searched(world, key, wanted) if sees_all or key != "email" else None
    if user is None:
        raise NobodyFound
    shown = _kept(user, (*SHOWN, *FULL) if sees_all else SHOWN)
    if fields := profile_fields.shown(world, user.custom_fields or {}, sees_all=sees_all):
        shown["customFields"] = fields
    if is_own and sign_in.has_password(world, user):
        shown["services"] = {"password": True}
    shown["canViewAllInfo"] = sees_all
    if with_rooms and _may_see_rooms(world, caller, user):
        shown["rooms"] = _rooms(world, user)
    return shown


def listing(world: World, caller: User, email: str | None = None) -> Query[User]:
    """Return the query for users by name, or for the one with an e-mail address."""
    if _is_closed(world) and not rules.has_permission(world, caller, "view-outside-room"):
        raise Forbidden
    if not email:
        return Query(User, (), (("username", 1),))
    if not rules.has_permission(world, caller, FULL_VIEW):
        raise Forbidden
    user = lookup.by_email(world, email)
    wanted: sa.ColumnElement[bool] = USERS.c._id == ("" if user is None else user._id)
    return Query(User, (wanted,), (("username", 1),))


def in_list(world: World, caller: User, user: User) -> dict[str, Any]:
    """Return how a list shows a user to a caller."""
    sees_all = rules.has_permission(world, caller, FULL_VIEW)
    shown = _kept(user, (*LISTED, *LISTED_FULL) if sees_all else LISTED)
    return {**shown, "nameInsensitive": (user.name or "").lower()}


def _is_own(caller: User, key: str, wanted: str) -> bool:
    if key == "email":
        return any(own.address.casefold() == wanted.casefold() for own in caller.emails or ())
    return wanted == {"userId": caller._id, "username": caller.username}.get(key)


def _searched(world: World, key: str, wanted: str) -> User | None:
    if key == "email":
        return lookup.by_email(world, wanted)
    if key in ("userId", "username"):
        return lookup.by_id_or_username(world, wanted)
    return None  # nobody was imported, nobody has a telephone extension


def _may_see_rooms(world: World, caller: User, user: User) -> bool:
    if user._id == caller._id:
        return True
    return rules.has_permission(world, caller, "view-other-user-channels")


def _rooms(world: World, user: User) -> list[dict[str, Any]]:
    subscribed = world.all(Subscription, SUBSCRIPTIONS.c.user_id == user._id)
    rooms = [_room(world, subscription) for subscription in subscribed]
    return sorted(rooms, key=lambda room: (room["t"], room["name"]))


def _room(world: World, subscription: Subscription) -> dict[str, Any]:
    room = world.get(Room, subscription.rid)
    return {
        "_id": subscription._id,
        "rid": subscription.rid,
        "name": "" if room is None else room.fname,
        "t": "l",
        "unread": subscription.unread,
    }


def _is_closed(world: World) -> bool:
    return bool(value(world, "API_Apply_permission_view-outside-room_on_users-list"))


def _kept(user: User, keys: Iterable[str]) -> dict[str, Any]:
    whole = msgspec.to_builtins(user)
    return {key: whole[key] for key in keys if key in whole}
