"""Finding users: by id, by name or by e-mail address, in any case, as the server does."""

import sqlalchemy as sa

from mockserver.world.users.documents import USERS, User
from mockserver.world.world import World


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
