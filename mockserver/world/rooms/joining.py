"""Joining: a user takes part in a conversation without serving it."""

from mockserver.world.messages import posting
from mockserver.world.refusal import Refusal
from mockserver.world.rooms import access, lookup, serving
from mockserver.world.users.documents import User
from mockserver.world.world import World


class NotAllowed(Refusal):
    """The user does not see the room."""

    reason = "error-not-allowed"


def join(world: World, user: User, rid: str) -> None:
    """Give a user a place in an open room; who has one already keeps it in silence."""
    room = lookup.by_id(world, rid)
    if room.open is not True:
        raise lookup.RoomClosed
    if not access.can_access(world, room, user):
        raise NotAllowed
    if serving.subscribe(world, room, user):
        room.users_count += 1
        posting.note(world, room, "uj", user.username, by=posting.person(user))
