"""Rules of access: who a pair of credentials stands for, and which permissions he has."""

from mockserver.world.access.documents import Permission, Token
from mockserver.world.users.documents import User
from mockserver.world.world import World


def user_of(world: World, token: str | None, user_id: str | None) -> User | None:
    """Return the active user that a token and a user id together stand for."""
    if not token or not user_id:
        return None
    return world.memo(f"caller {token} {user_id}", lambda: _user_of(world, token, user_id))


def _user_of(world: World, token: str, user_id: str) -> User | None:
    known = world.get(Token, token)
    if known is None or known.user_id != user_id:
        return None
    user = world.get(User, user_id)
    return user if user is not None and user.active else None


def has_permission(world: World, user: User, permission: str) -> bool:
    """Say whether one of the user's roles holds a permission."""
    return not holders(world, permission).isdisjoint(user.roles)


def holders(world: World, permission: str) -> frozenset[str]:
    """Return the roles that hold a permission; nobody holds an unknown one."""

    def read() -> frozenset[str]:
        known = world.get(Permission, permission)
        return frozenset(() if known is None else known.roles)

    return world.memo(f"permission {permission}", read)
