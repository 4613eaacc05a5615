"""Tokens that one user makes for another, or for himself, by the workspace's secret."""

from mockserver.world.access import rules, sign_in
from mockserver.world.refusal import Refusal
from mockserver.world.settings.documents import Setting
from mockserver.world.users import lookup
from mockserver.world.users.documents import User
from mockserver.world.world import World

SECRET = "CREATE_TOKENS_FOR_USERS_SECRET"
"""The server reads it from its environment; here it is a hidden setting of the world."""


class NotAuthorized(Refusal):
    """The secret is wrong or unknown, or the caller may make no tokens for others."""

    code, reason = "error-not-authorized", "Not authorized"


def create(world: World, caller: User, user_id: str, secret: str) -> sign_in.Session:
    """Make a token that works like one of a sign-in."""
    user = lookup.named(world, user_id)
    known = world.get(Setting, SECRET)
    if known is None or not known.value or known.value != secret:
        raise NotAuthorized
    is_own = user._id == caller._id
    if not is_own and not rules.has_permission(world, caller, "user-generate-access-token"):
        raise NotAuthorized
    return sign_in.Session(user, sign_in.token_for(world, user))
