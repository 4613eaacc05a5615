"""Finding users: by id, by name or by e-mail address, in any case, as the server does."""

from typing import Any

import sqlalchemy as sa

from mockserver.world.refusal import Refusal
from mockserver.world.users.documents import USERS, User
from mockserver.world.world import World


class NobodyNamed(Refusal):
    """The request names no user."""

    code = "error-user-param-not-provided"
    reason = 'The required "userId" or "username" param was not provided'


class NoSuchUser(Refusal):
    """The request names a user who does not exist."""

    code = "error-invalid-user"
    reason = 'The required "userId" or "username" param provided does not match any users'


def named(world: World, user_id: Any = None, username: Any = None, user: Any = None) -> User:
    """Return the user whom a request names, by id or, in any case, by one of two name keys."""
    if _is_text(user_id):
        found = world.get(User, user_id)
    elif _is_text(username):
        found = by_username(world, username)
    elif _is_text(user):
        found = by_username(world, user)
    else:
        raise NobodyNamed
    if found is None:
        raise NoSuchUser
    return found


def is_self(caller: User, user_id: Any = None, username: Any = None, user: Any = None) -> bool:
    """Say whether a request names nobody or the caller himself."""
    if not user_id and not username and not user:
        return True
    return user_id == caller._id or caller.username in (username, user)


def by_id_or_username(world: World, name: str) -> User | None:
    """Return the user with this id or exactly this name."""
    return world.find(User, sa.or_(USERS.c._id == name, USERS.c.username == name))


def by_username(world: World, username: str) -> User | None:
    """Return the user with this name, whatever its case."""
    return world.find(User, USERS.c.username_folded == username.casefold())


def by_exact_username(world: World, username: str) -> User | None:
    """Return the user whose name is written exactly so."""
    return world.find(User, USERS.c.username == username)


def by_email(world: World, address: str) -> User | None:
    """Return the user with this e-mail address, whatever its case."""
    wanted = address.casefold()
    for user in world.all(User, containing(address)):
        if any(email.address.casefold() == wanted for email in user.emails or ()):
            return user
    return None


def containing(text: str) -> sa.ColumnElement[bool]:
    """Return the condition that name, user name or e-mail contain a text, whatever its case."""
    found: sa.ColumnElement[bool] = USERS.c.words.contains(text.casefold(), autoescape=True)
    return found


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
