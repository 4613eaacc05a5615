"""Roles of users: giving and taking them."""

from mockserver.world.users.documents import User
from mockserver.world.world import World


def give(world: World, user: User, role: str) -> User:
    """Give a user a role; one that he has already is not given twice."""
    if role not in user.roles:
        user.roles = [*user.roles, role]
    return world.save(user)


def take(world: World, user: User, role: str) -> User:
    """Take a role from a user, if he has it."""
    user.roles = [one for one in user.roles if one != role]
    return world.save(user)
